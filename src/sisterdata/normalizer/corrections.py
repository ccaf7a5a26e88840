"""Curated corrections: what a line of one source means where no rule can tell."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from sisterdata import gazetteer
from sisterdata.errors import CuratedError
from sisterdata.match import Candidate, Doubt, Match

_COLUMNS = ["source_id", "line", "field", "verbatim", "decision", "reason", "evidence"]
_FIELDS = ("verbatim_place", "verbatim_partner")


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision on one field of one line of one source.

    `decision` holds the place ids: one is the answer, several stay open between them, none
    means that the name is known to be no place.
    """

    where: str
    source_id: str
    line: int
    field: str
    verbatim: str
    decision: tuple[str, ...]
    reason: str
    evidence: str


@cache
def corrections() -> tuple[Correction, ...]:
    """The shipped corrections, in the order of curated/corrections.csv."""
    path = files("sisterdata") / "curated" / "corrections.csv"
    return read_corrections(path.read_text(encoding="utf-8"), "curated/corrections.csv")


def read_corrections(text: str, name: str) -> tuple[Correction, ...]:
    """Read a table of corrections; `CuratedError` names the line that is not right.

    The columns are ``source_id, line, field, verbatim, decision, reason, evidence``; a decision
    is a place id, several separated by ``|``, or ``none``.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        if reader.fieldnames != _COLUMNS:
            raise CuratedError(
                f"the columns are {reader.fieldnames}", where=f"{name}:1", todo=f"use {_COLUMNS}"
            )
        read = tuple(_correction(row, f"{name}:{reader.line_num}") for row in reader)
    except csv.Error as error:
        raise CuratedError(
            f"not CSV: {error}", where=f"{name}:{reader.line_num}", todo="correct the line"
        ) from error
    order = [(c.source_id, c.line, c.field) for c in read]
    for before, after, correction in zip(order, order[1:], read[1:], strict=False):
        if before >= after:
            raise CuratedError(
                "out of order, or a second decision on the same field",
                where=correction.where,
                todo="sort by source_id, line, field; keep one decision for each",
            )
    return read


def _correction(row: dict[str | Any, str | Any], where: str) -> Correction:
    if None in row:
        raise CuratedError(
            "more cells than columns", where=where, todo="quote the cells that hold commas"
        )
    cells = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    for name, cell in cells.items():
        if not cell:
            raise CuratedError(f"{name} is empty", where=where, todo="every column is required")
    if not re.fullmatch(r"[1-9]\d{0,8}", cells["line"]) or cells["field"] not in _FIELDS:
        raise CuratedError(
            f"line {cells['line']!r}, field {cells['field']!r}",
            where=where,
            todo=f"line is a number, field one of {', '.join(_FIELDS)}",
        )
    ids = () if cells["decision"] == "none" else tuple(cells["decision"].split("|"))
    ids = tuple(place_id.strip() for place_id in ids)
    if len(set(ids)) < len(ids):
        raise CuratedError("an id stands twice", where=where, todo="name each place once")
    for place_id in ids:
        if gazetteer.place(place_id) is None:
            raise CuratedError(
                f"the gazetteer has no place {place_id!r}", where=where, todo="correct the id"
            )
    return Correction(
        where=where,
        source_id=cells["source_id"],
        line=int(cells["line"]),
        field=cells["field"],
        verbatim=cells["verbatim"],
        decision=ids,
        reason=cells["reason"],
        evidence=cells["evidence"],
    )


def correct(match: Match, correction: Correction) -> Match:
    """The answer once `correction` has been applied to what the rules found.

    `CuratedError` where the text is not the one the correction expects, or where the rules
    find the same without it.
    """
    if match.verbatim != correction.verbatim:
        raise CuratedError(
            f"expects {correction.verbatim!r}, but the source has {match.verbatim!r}",
            where=correction.where,
            todo="look at the line again, then change or delete the correction",
        )
    if (match.id,) == correction.decision or (match.id is None and not correction.decision):
        raise CuratedError(
            f"the rules find {match.id or 'no place'} without this correction",
            where=correction.where,
            todo="delete it",
        )
    found = [place for id_ in correction.decision if (place := gazetteer.place(id_)) is not None]
    kept = without_answered(match).doubts
    why = f"{correction.reason} ({correction.evidence})"
    if len(found) == 1:
        return Match(
            verbatim=match.verbatim,
            id=found[0].id,
            status="corrected",
            score=1.0,
            rule=f"corrected to {found[0].name}: {why}",
            candidates=(Candidate(found[0].id, found[0].name, 1.0),),
            doubts=(*kept, Doubt("misspelling", f"corrected to {found[0].name}: {why}")),
        )
    if found:
        names = " or ".join(place.name for place in found)
        return Match(
            verbatim=match.verbatim,
            id=None,
            status="ambiguous",
            score=None,
            rule=f"open between {names}: {why}",
            candidates=tuple(Candidate(p.id, p.name, 1 / len(found)) for p in found),
            doubts=(*kept, Doubt("ambiguous_name", f"open between {names}: {why}")),
        )
    return Match(
        verbatim=match.verbatim,
        id=None,
        status="unmatched",
        score=None,
        rule=f"rejected: {why}",
        candidates=match.candidates,
        doubts=(*kept, Doubt("unmatched_name", f"rejected: {why}")),
    )


# The doubts that are no more once a person has decided which place it is.
ANSWERED = {"ambiguous_name", "level_ambiguous", "misspelling", "unmatched_name"}


def without_answered(match: Match) -> Match:
    """A match without the doubts that a decision answers."""
    return replace(match, doubts=tuple(d for d in match.doubts if d.code not in ANSWERED))
