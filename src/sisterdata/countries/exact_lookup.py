"""A text as the rules see it, its direct lookup in the index, and the answers that rules give.

A text is a country's name if the index has its key, its code, or its words in another order.
Everything more lenient is in the modules that `matching_rules.py` lists.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import Literal, NamedTuple

from sisterdata.countries.comparison_key import (
    accented_key,
    country_key,
    single_letters,
    without_accents,
)
from sisterdata.countries.index import (
    Entry,
    english_name,
    lookup,
    lookup_at_home,
    lookup_bag,
    lookup_code,
    lookup_known,
    lookup_translated,
)
from sisterdata.countries.name_words import FORM_SPELLINGS, bag_of, words
from sisterdata.match_result import Doubt
from sisterdata.text.thai_letters import has_thai
from sisterdata.vocabulary import Status

Basis = Literal["name", "parts", "territory", "former"]


class Answer(NamedTuple):
    """The answer for one text: a `Match` without the text and the names of the candidates.

    `basis` is the evidence: one ``name``, several ``parts`` of the text, a ``territory`` next to
    its state, or the name of a ``former`` state.
    """

    id: str | None
    status: Status
    score: float | None
    rule: str
    candidates: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    basis: Basis = "name"


NOT_RUN = Answer(None, "not_run", None, "there is no name")
UNMATCHED = Answer(None, "unmatched", None, "no country has a name like this")

_STATUS: dict[str, Status] = {
    "name": "exact",
    "official": "exact",
    "code": "exact",
    "alias": "alias",
    "abbreviation": "alias",
    "old": "alias",
    "part": "alias",
    "misspelling": "alias",
}
_DOUBTED = {
    "abbreviation": "country_variant",
    "old": "country_variant",
    "part": "country_variant",
    "misspelling": "misspelling",
}


def names_one(entry: Entry) -> bool:
    """Whether an index entry is a name or code of exactly one country."""
    return entry.kind in _STATUS


@cache
def answer_of(entry: Entry, how: str = "") -> Answer:
    """The answer of an index entry; `how` says how it was found, in addition to its note."""
    codes, kind, note = entry
    if kind in _STATUS:
        rule = english_name(codes[0])
        if kind != "code":
            rule = f"{rule}: {note}"
        if how:
            rule = f"{rule}; {how}"
        doubts = (Doubt(_DOUBTED[kind], rule),) if kind in _DOUBTED else ()
        return Answer(codes[0], _STATUS[kind], 1.0, rule, (), doubts)
    if kind == "ambiguous":
        return Answer(None, "ambiguous", None, note, codes)
    if kind == "dissolved":
        return former_state(f", {note}", codes)
    return Answer(None, "unmatched", None, f"no country of its own: {note}", codes)


def former_state(which: str, codes: tuple[str, ...]) -> Answer:
    """A former state: no country, with its successors as candidates."""
    return Answer(None, "unmatched", None, f"a former state{which}", codes, basis="former")


@cache
def inferred(code: str, how: str) -> Answer:
    """A country that a rule infers, with a `country_variant` doubt."""
    rule = f"{english_name(code)}{how}"
    return Answer(code, "inferred", 0.9, rule, (), (Doubt("country_variant", rule),))


def likeliest(readings: list[tuple[str, Answer]], edits: int, length: int) -> Answer | None:
    """The country that all corrections of a misspelled text agree on.

    If they differ there is no answer, and all are candidates. `edits` letters of `length` were
    changed.
    """
    codes = tuple(
        dict.fromkeys(
            code for _, decision in readings for code in (decision.id, *decision.candidates) if code
        )
    )
    if not codes:
        return None
    reading, first = readings[0]
    if len(codes) > 1 or first.id is None:
        return Answer(None, "unmatched", None, "several countries are about equally similar", codes)
    letters = "one letter" if edits == 1 else f"{edits} letters"
    rule = f"{english_name(codes[0])}: {letters} from {reading!r}"
    score = round(1 - edits / length, 3)
    return Answer(codes[0], "inferred", score, rule, (), (Doubt("misspelling", rule),))


def one_country(keys: list[str]) -> str | None:
    """The one country that all these keys mean, or None."""
    codes = {code for key in keys for code in lookup_known(key).codes}
    return codes.pop() if len(codes) == 1 else None


# --- The lookup of a text


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
    if max(text) > _FIRST_FLAG:
        text = _FLAG.sub(_letters_of_flag, text)
    accented = accented_key(text)
    key = without_accents(accented)
    return Printed(text, accented, key, words(key), has_thai(key))


_FIRST_FLAG = "\U0001f1e5"
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
    if len(text) == _DOTTED_LENGTH and _DOTTED_CODE.fullmatch(text):
        text = text.replace(".", "")
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


_DOTTED_CODE = re.compile(r"(?:[A-Z]\.){3}")
_DOTTED_LENGTH = 6
# Including a space on either side.
_LONGEST_CODE = 5
# Forms of state in other languages, and words for islands and provinces.
_ENGLISH_FORMS = frozenset(
    """
    republic kingdom commonwealth federation confederation principality sultanate emirate union
    empire duchy state democratic peoples socialist islamic arab federal islands island united
    """.split()  # noqa: SIM905
)
_FOREIGN_WORDS = (FORM_SPELLINGS - _ENGLISH_FORMS) | {
    "ilhas", "ilha", "isole", "isola", "inseln", "territoires", "territorios", "territori",
    "confederation", "region", "regiao", "republiek", "rijk", "bondsrepubliek", "estats", "illes",
    "regne", "kraljevina", "republika", "otoci", "santa", "sankt", "gemenebest",
}  # fmt: skip


def reordered(printed: Printed) -> Answer | None:
    """The words of one name in another order, with articles, brackets or footnote marks."""
    entry = lookup_bag(bag_of(printed.said))
    if entry is None or single_letters(printed.text, printed.key):
        return None
    if " and " in printed.key and names_one(entry) and _two_countries(printed.key):
        return None
    return _unless_a_word(printed.text, printed.said, entry)


def translated(printed: Printed) -> Answer | None:
    """A name in another language as ISO 3166-1 translates it: "Королевство Камбоджа"."""
    foreign = not printed.text.isascii() or not _FOREIGN_WORDS.isdisjoint(printed.said)
    entry = lookup_translated(printed.key) if foreign else None
    return None if entry is None else answer_of(entry)


def _two_countries(key: str) -> bool:
    """Whether the words around an "and" are two different countries: "Congo and Zaire"."""
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
