"""The answers of the country rules, and how an index entry becomes one."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from sisterdata.countries.index import Entry, english_name, lookup_known
from sisterdata.match import Doubt
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
    """Is an index entry a name or code of exactly one country?"""
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
