"""One printed text as the rules see it, and the names that stand in the index as printed.

A text is the name of a country where its key, its code or its words in another order are in the
index. Everything more lenient is in the modules that `country_rules` names.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from sisterdata.countries.answers import Decision, answer, names_one
from sisterdata.countries.index import Entry, lookup, lookup_at_home, lookup_bag, lookup_code
from sisterdata.countries.key import accented_key, country_key, single_letters, without_accents
from sisterdata.countries.words import bag_of, words
from sisterdata.text.scripts import has_thai


class Printed(NamedTuple):
    """One text: as printed, its keys with accents and without, the words that carry meaning."""

    text: str
    accented: str
    key: str
    said: tuple[str, ...]
    thai: bool


def read_printed(text: str) -> Printed:
    """The text under its keys; flags are the letters that they are made of."""
    if "&" in text and ";" in text:
        text = html.unescape(text)
    if text.isascii():
        key = country_key(text)
        return Printed(text, key, key, words(key), False)
    text = _FLAG.sub(_letters_of_flag, text)
    accented = accented_key(text)
    key = without_accents(accented)
    return Printed(text, accented, key, words(key), has_thai(key))


_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


def _letters_of_flag(flag: re.Match[str]) -> str:
    """A flag is two regional indicator symbols: 🇹🇭 is T and H."""
    return " " + "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in flag.group()) + " "


# Lower-case two- and three-letter codes that are words of a European language: codes in capitals
# only.
_WORDS_LIKE_CODES = frozenset(
    """
    ad ai al am an are as at be by can com con col da de del den der do don es et fin for ga gin go
    he hr id il im in ir is it je jam la lao li lie ma man mar me met mi mo ms my na ne no non nor
    nu og om pa pan par per pm pol por que ps pt re sa se sen si so som su sun sur ta to ton tun tv
    um and ago arm ben bel bra cod cog cub dom est guy gum hun ken mac nam pry vat  eh hm ba mm va
    vu ye
    """.split()  # noqa: SIM905
)


def whole(printed: Printed) -> Decision | None:
    """The text as one name: as it stands in the index, or in another order."""
    return named(printed) or reordered(printed)


def named(printed: Printed, scheme: str = "iso", *, at_home: bool = False) -> Decision | None:
    """A code, or a key of the index; with `at_home` only of its English and Thai names.

    "L. Angola" is not Maltese for Angola, though "l-Angola" is.
    """
    text, accented, key, said, _ = printed
    if len(text) <= _LONGEST_CODE and text.isascii() and key.isalnum():  # ß is not SS
        code = text.strip()
        entry = lookup_code(code, scheme)
        if entry is None and code.islower() and code not in _WORDS_LIKE_CODES:
            entry = lookup_code(code.upper(), scheme)
        if entry is not None:
            return answer(entry, f"its {scheme.upper()} code")
    find = lookup_at_home if at_home else lookup
    entry = find(accented)
    if entry is None and key != accented:
        entry = find(key)
    return None if entry is None else _unless_a_word(text, said, entry)


# With a blank on either side.
_LONGEST_CODE = 5


def reordered(printed: Printed) -> Decision | None:
    """The words of one name in another order, with footnote marks, articles or brackets."""
    entry = lookup_bag(bag_of(printed.said))
    if entry is None or single_letters(printed.text, printed.key):
        return None
    if " and " in printed.key and names_one(entry) and _two_countries(printed.key):
        return None
    return _unless_a_word(printed.text, printed.said, entry)


def _two_countries(key: str) -> bool:
    """Whether the words around an "and" name countries that differ: "Congo and Zaire"."""
    before, _, behind = key.partition(" and ")
    one, other = lookup_at_home(before), lookup_at_home(behind)
    return (
        one is not None
        and other is not None
        and names_one(one)
        and names_one(other)
        and one.codes != other.codes
    )


def _unless_a_word(text: str, said: tuple[str, ...], entry: Entry) -> Decision | None:
    """The entry's answer; but "CAR" is the name of a country, and "car" is not."""
    if entry.kind == "abbreviation" and len(said) == 1:
        text = text.strip()
        if text.islower() or (text.istitle() and text.isalpha()):
            return None
    return answer(entry)
