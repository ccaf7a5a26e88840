"""Thai names whose marks above and below the line are lost: กรงปกกง for กรุงปักกิ่ง.

Bad copies of PDF files lose them all. Such a name is compared with the gazetteer's Thai names
without their marks, as a last resort: an answer found so always carries a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from sisterdata import gazetteer
from sisterdata.gazetteer.name_lookup import names_of
from sisterdata.human_decisions import curated_names
from sisterdata.places.parse_toponym import Unit, read_toponym
from sisterdata.places.type_words import type_words
from sisterdata.text.thai_letters import has_thai

_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")
_LETTER = re.compile("[ก-ฮ]")
_FEWEST = 3  # letters; a shorter name is any other without its marks
_KNOWN = 20  # times as many people that one place must have to be meant rather than another


def without_marks(text: str) -> str:
    """A text without the marks above and below its letters.

    >>> without_marks("ปักกิ่ง")
    'ปกกง'
    """
    return _MARKS.sub("", text)


def has_lost_marks(text: str) -> bool:
    """Whether a Thai text may have lost its marks: it is long enough, and has none."""
    return has_thai(text) and not _MARKS.search(text) and len(_LETTER.findall(text)) >= _FEWEST


def restored(text: str, countries: tuple[str, ...], levels: tuple[str, ...]) -> Unit | None:
    """The one known place of the countries that a text without marks can mean, None for several.

    >>> restored("กรงปกกง", ("CN",), ()).name
    'ปักกิ่ง'
    """
    if not has_lost_marks(text) or not countries:
        return None
    units = read_toponym(_with_type_word(text), countries)
    if not units:
        return None
    place = units[0]
    found: dict[str, int] = {}
    for code in countries:
        country = gazetteer.country(code)
        for name, entry in _by_letters(code).get(without_marks(place.name), ()):
            if not levels or country.entry(entry).level in levels:
                found[name] = max(int(country.population[entry]), found.get(name, 0))
    order = sorted(found, key=lambda name: (-found[name], name))
    if not order or (len(order) > 1 and found[order[0]] < _KNOWN * max(found[order[1]], 1)):
        return None
    return Unit(order[0], order[0], place.type_word, place.levels)


@cache
def _by_letters(code: str) -> dict[str, tuple[tuple[str, int], ...]]:
    """The Thai names of a country by their letters without marks, with the entry of each."""
    names = names_of(code)
    listed: dict[str, list[tuple[str, int]]] = {}
    thai: Iterable[tuple[str, int]] = zip(names.folded, names.entry.tolist(), strict=True)
    found = gazetteer.country(code)
    lines = [(n, line.place_ids[0]) for (c, n), line in curated_names().items() if c == code]
    known = [(name, entry) for name, i in lines if (entry := found.find(i)) is not None]
    for name, entry in (*thai, *known):
        if has_thai(name):
            listed.setdefault(without_marks(name), []).append((name, entry))
    return {letters: tuple(entries) for letters, entries in listed.items()}


@lru_cache(maxsize=1)
def _type_words() -> dict[str, str]:
    """The type words that lose a mark, by what is left of them."""
    words = (line.word for line in type_words() if line.position == "before")
    return {without_marks(word): word for word in words if without_marks(word) != word}


def _with_type_word(text: str) -> str:
    """The text with the marks of the type word before it: เมองคนหมง, จงหวดเชยงใหม."""
    for bare in sorted(_type_words(), key=len, reverse=True):
        if text.startswith(bare) and len(text) > len(bare) + 1:
            return _type_words()[bare] + text[len(bare) :]
    return text
