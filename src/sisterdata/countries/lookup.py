"""A text as the rules see it, and its direct lookup in the index.

A text is a country's name if the index has its key, its code, or its words in another order.
Everything more lenient is in the modules that `rules` lists.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from sisterdata.countries.answers import Answer, answer_of, names_one
from sisterdata.countries.index import Entry, lookup, lookup_at_home, lookup_bag, lookup_code
from sisterdata.countries.key import accented_key, country_key, single_letters, without_accents
from sisterdata.countries.words import bag_of, words
from sisterdata.text.scripts import has_thai


class Printed(NamedTuple):
    """A text, its keys with and without accents, and its meaningful words."""

    text: str
    accented: str
    key: str
    said: tuple[str, ...]
    thai: bool


def read_printed(text: str) -> Printed:
    """Compute the keys of a text; an emoji flag becomes its two letters."""
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
    """An emoji flag is two regional indicator symbols: 🇹🇭 is T and H."""
    return " " + "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in flag.group()) + " "


# Two- and three-letter codes that are words in a European language: read in capitals only.
_WORDS_LIKE_CODES = frozenset(
    """
    ad ai al am an are as at be by can com con col da de del den der do don es et fin for ga gin go
    he hr id il im in ir is it je jam la lao li lie ma man mar me met mi mo ms my na ne no non nor
    nu og om pa pan par per pm pol por que ps pt re sa se sen si so som su sun sur ta to ton tun tv
    um and ago arm ben bel bra cod cog cub dom est guy gum hun ken mac nam pry vat  eh hm ba mm va
    vu ye
    """.split()  # noqa: SIM905
)


def whole(printed: Printed) -> Answer | None:
    """Look up the text as one name, with its words in any order."""
    return named(printed) or reordered(printed)


def named(printed: Printed, scheme: str = "iso", *, at_home: bool = False) -> Answer | None:
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
            return answer_of(entry, f"its {scheme.upper()} code")
    find = lookup_at_home if at_home else lookup
    entry = find(accented)
    if entry is None and key != accented:
        entry = find(key)
    return None if entry is None else _unless_a_word(text, said, entry)


# Including a space on either side.
_LONGEST_CODE = 5


def reordered(printed: Printed) -> Answer | None:
    """The words of one name in another order, with articles, brackets or footnote marks."""
    entry = lookup_bag(bag_of(printed.said))
    if entry is None or single_letters(printed.text, printed.key):
        return None
    if " and " in printed.key and names_one(entry) and _two_countries(printed.key):
        return None
    return _unless_a_word(printed.text, printed.said, entry)


def _two_countries(key: str) -> bool:
    """Do the words around an "and" name two different countries: "Congo and Zaire"?"""
    before, _, behind = key.partition(" and ")
    one, other = lookup_at_home(before), lookup_at_home(behind)
    return (
        one is not None
        and other is not None
        and names_one(one)
        and names_one(other)
        and one.codes != other.codes
    )


def _unless_a_word(text: str, said: tuple[str, ...], entry: Entry) -> Answer | None:
    """The entry's answer, except for a plain word: "CAR" is a country and "car" is not."""
    if entry.kind == "abbreviation" and len(said) == 1:
        text = text.strip()
        if text.islower() or (text.istitle() and text.isalpha()):
            return None
    return answer_of(entry)
