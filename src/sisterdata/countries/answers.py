"""What the rules for country names answer with, and what an entry of the index stands for."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from sisterdata.countries.index import Entry, english_name, lookup_known
from sisterdata.match import Doubt
from sisterdata.vocabulary import Status

Basis = Literal["name", "parts", "territory", "former"]


class Decision(NamedTuple):
    """What the rules say of one text: a `Match` without the text and the candidates' names.

    `basis` is what it rests on: one ``name``, several ``parts`` of the text that name the same
    country or different ones, a ``territory`` beside its state, or the name of a ``former`` state.
    """

    id: str | None
    status: Status
    score: float | None
    rule: str
    candidates: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    basis: Basis = "name"


NOT_RUN = Decision(None, "not_run", None, "there is no name")
UNMATCHED = Decision(None, "unmatched", None, "no country is written like this")

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
    """Whether an entry of the index is a name or a code of one country."""
    return entry.kind in _STATUS


@cache
def answer(entry: Entry, how: str = "") -> Decision:
    """The decision that an entry of the index stands for; `how` it was reached, beside its note."""
    codes, kind, note = entry
    if kind in _STATUS:
        rule = english_name(codes[0])
        if kind != "code":
            rule = f"{rule}: {note}"
        if how:
            rule = f"{rule}; {how}"
        doubts = (Doubt(_DOUBTED[kind], rule),) if kind in _DOUBTED else ()
        return Decision(codes[0], _STATUS[kind], 1.0, rule, (), doubts)
    if kind == "ambiguous":
        return Decision(None, "ambiguous", None, note, codes)
    if kind == "dissolved":
        return former_state(f", {note}", codes)
    return Decision(None, "unmatched", None, f"no country of its own: {note}", codes)


def former_state(which: str, codes: tuple[str, ...]) -> Decision:
    """No country, but a state that was one; `codes` are its successors, or those named so now."""
    return Decision(None, "unmatched", None, f"a former state{which}", codes, basis="former")


@cache
def inferred(code: str, how: str) -> Decision:
    """A country that a rule infers, with the doubt that goes with it."""
    rule = f"{english_name(code)}{how}"
    return Decision(code, "inferred", 0.9, rule, (), (Doubt("country_variant", rule),))


def likeliest(readings: list[tuple[str, Decision]], edits: int, length: int) -> Decision | None:
    """The country that all readings of a misspelt text give.

    Where they differ there is none, with all as candidates. `edits` letters were changed in a
    text of `length`.
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
        return Decision(None, "unmatched", None, "not near enough to any one country", codes)
    letters = "one letter" if edits == 1 else f"{edits} letters"
    rule = f"{english_name(codes[0])}: {letters} from {reading!r}"
    score = round(1 - edits / length, 3)
    return Decision(codes[0], "inferred", score, rule, (), (Doubt("misspelling", rule),))


def one_country(keys: list[str]) -> str | None:
    """The country that all of these keys of the index mean."""
    codes = {code for key in keys for code in lookup_known(key).codes}
    return codes.pop() if len(codes) == 1 else None
