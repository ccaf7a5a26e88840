"""The country that a printed place tells by its own words: a type word, or the script."""

from __future__ import annotations

import re
from functools import lru_cache

from sisterdata.places.parse_toponym import read_toponym
from sisterdata.places.regions_in_text import is_written
from sisterdata.places.type_words import type_words

# Scripts that one country has.
_SCRIPTS = {
    "LA": re.compile("[\u0e80-\u0eff]"),
    "MM": re.compile("[\u1000-\u109f]"),
    "KH": re.compile("[\u1780-\u17ff]"),
}


def countries_of_words(text: str) -> tuple[str, ...]:
    """The countries whose own type words or script a text has, where they have such a place.

    >>> countries_of_words("tỉnh Quảng Ninh"), countries_of_words("Fukuoka-ken")
    (('VN',), ('JP',))
    >>> countries_of_words("Atlantis-ken")
    ()
    """
    for code, letters in _SCRIPTS.items():
        if letters.search(text):
            return (code,)
    return tuple(code for code in _with_own_words() if _has_own_word(text, code))


def _has_own_word(text: str, code: str) -> bool:
    units = read_toponym(text, (code,))
    if not units or units[0].type_word not in _with_own_words()[code]:
        return False
    return is_written(units[0].name, (code,))


@lru_cache(maxsize=1)
def _with_own_words() -> dict[str, frozenset[str]]:
    """The type words of each country that has some of its own."""
    words: dict[str, set[str]] = {}
    for line in type_words():
        for code in line.countries:
            words.setdefault(code, set()).add(line.word)
    return {code: frozenset(words[code]) for code in sorted(words)}
