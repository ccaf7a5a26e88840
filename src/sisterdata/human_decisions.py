"""Human decisions on what a name means, and what they change.

A decision is one line of ``curated/places.csv`` (a name, wherever it is printed), of
``curated/corrections.csv`` (one cell of one source), or of a review file (`lists/review_file.py`:
a name in a list).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as dataclass_field
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from sisterdata import gazetteer
from sisterdata.curated_csv import CuratedRow, read_rows
from sisterdata.errors import CuratedError
from sisterdata.gazetteer.place import Place
from sisterdata.match_result import Candidate, Doubt, Match
from sisterdata.text.fold_names import fold
from sisterdata.vocabulary import CODES

NAMES_FILE = Path(__file__).parent / "curated" / "places.csv"
NAME_COLUMNS = ("name", "country_code", "place_id", "kind", "reason", "evidence")
KINDS = ("abbreviation", "dialect", "exonym", "former", "misspelling", "spelling")
_CORRECTION_COLUMNS = (
    *("source_id", "line", "field", "verbatim", "decision", "reason", "evidence"),
)
_CORRECTED_FIELDS = ("verbatim_place", "verbatim_partner")
# The doubts that are settled once a person has decided which place is meant.
_SETTLED = {
    *("ambiguous_name", "country_unread", "level_ambiguous", "misspelling", "unmatched_name"),
}


@dataclass(frozen=True, slots=True)
class AskedName:
    """A name as it was matched: its text, and the codes given with it."""

    verbatim: str
    country_code: str | None = None
    admin1_code: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One human decision on one name.

    name
        The name, and the codes given with it.
    place_ids
        The place that is meant; several if it stays open; empty if it is not a place.
    reason, evidence
        Why, and where that can be checked.
    where
        The file and line of the decision.
    kind
        What kind of name it is, for a curated name: one of KINDS.
    source_id, line, field
        The cell that it applies to, for a correction of a source; None for any cell.
    row
        All cells of its row in a review file.
    country
        The code of the country that the place lies in, if a person says that the printed one is
        wrong.
    """

    name: AskedName
    place_ids: tuple[str, ...]
    reason: str
    evidence: str
    where: str
    kind: str | None = None
    source_id: str | None = None
    line: int | None = None
    field: str | None = None
    row: Mapping[str, str] = dataclass_field(default_factory=dict, compare=False)
    country: str | None = None

    @property
    def why(self) -> str:
        """The reason with its evidence."""
        return f"{self.reason} ({self.evidence})"


@dataclass(frozen=True, slots=True)
class StaleDecision:
    """A decision that no longer applies, or is no longer needed, and why."""

    where: str
    message: str


def needs_review(match: Match) -> bool:
    """Whether a person should look at this answer.

    True for a name without an id, for an answer accepted by similarity, and for one with a warning;
    false for an empty cell, and for a name that a person has decided.
    """
    if match.status == "corrected" or not re.search(r"[^\W\d_]", match.verbatim):
        return False
    return match.status not in ("exact", "alias") or any(
        CODES[doubt.code].severity != "info" for doubt in match.doubts
    )


def apply_decision(match: Match, decision: Decision) -> Match:
    """Apply a decision to a match.

    Doubts about the spelling, and about which place is meant, are settled and removed. Others stay,
    such as a printed region that disagrees. A correction of a source adds a doubt, which becomes an
    issue of the source.
    """
    kept = tuple(doubt for doubt in match.doubts if doubt.code not in _SETTLED)
    of_source = decision.line is not None
    places = [p for place_id in decision.place_ids if (p := gazetteer.place(place_id)) is not None]
    if not places:
        rule = f"rejected: {decision.why}"
        return replace(
            match,
            id=None,
            status="unmatched",
            score=None,
            rule=rule,
            doubts=(*kept, Doubt("unmatched_name", rule)),
        )
    if len(places) > 1:
        rule = f"open between {' or '.join(map(_full_name, places))}: {decision.why}"
        return replace(
            match,
            id=None,
            status="ambiguous",
            score=None,
            rule=rule,
            candidates=tuple(Candidate(p.id, p.name, 1 / len(places)) for p in places),
            doubts=(*kept, Doubt("ambiguous_name", rule)),
        )
    (place,) = places
    if decision.name.country_code == place.country_code:
        kept = tuple(doubt for doubt in kept if doubt.code != "country_conflict")
    rule = f"corrected to {place.name}{_elsewhere(match, decision, place)}: {decision.why}"
    if match.id == place.id:
        rule = f"confirmed: {decision.why}; {match.rule}"
    return replace(
        match,
        id=place.id,
        status="corrected",
        score=1.0,
        rule=rule,
        candidates=(Candidate(place.id, place.name, 1.0),),
        doubts=(*kept, Doubt("misspelling", rule)) if of_source else kept,
    )


def _full_name(place: Place) -> str:
    """The name of a place with its level and region: "Kyoto (city, JP-26)"."""
    return f"{place.name} ({place.level}, {place.admin1_code or place.country_code})"


def _elsewhere(match: Match, decision: Decision, place: Place) -> str:
    """Says that the place lies in another country than the one printed with the name."""
    printed = decision.name.country_code
    doubted = any(d.code in ("country_conflict", "country_unread") for d in match.doubts)
    elsewhere = printed != place.country_code if printed else doubted or decision.country
    if not elsewhere:
        return ""
    return f" in {place.country_code}" + (f", not in {printed}" if printed else ", not as printed")


def unneeded(match: Match, decision: Decision) -> str | None:
    """Why a decision is not needed for a match; None if it is needed.

    A decision that confirms a doubtful match, or that a name is not a place, is needed: without it,
    the name would go to review again. A correction of a source must change something.
    """
    same = decision.place_ids == ((match.id,) if match.id else ())
    if not same or (decision.line is None and needs_review(match)):
        return None
    return f"the rules find {match.id or 'no place'} without this decision; delete it"


def correct(match: Match, correction: Decision) -> Match:
    """Apply a correction of a source to a match.

    Raises `CuratedError` if the source has another text than the correction expects, or if the
    rules find the same place without it.
    """
    if match.verbatim != correction.name.verbatim:
        raise CuratedError(
            f"expects {correction.name.verbatim!r}, but the source has {match.verbatim!r}",
            where=correction.where,
            todo="look at the line again, then change or delete the correction",
        )
    if unneeded(match, correction) is not None:
        raise CuratedError(
            f"the rules find {match.id or 'no place'} without this correction",
            where=correction.where,
            todo="delete it",
        )
    return apply_decision(match, correction)


@lru_cache(maxsize=1)
def curated_names() -> dict[tuple[str, str], Decision]:
    """The curated names of the package, by country and folded name."""
    return read_names(NAMES_FILE)


def read_names(path: Path) -> dict[tuple[str, str], Decision]:
    """The curated names of a file with NAME_COLUMNS, by country and folded name.

    Raises `CuratedError`, with the line, for a file with other columns, an unknown kind of name,
    and a name that is there twice in its country.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:  # ValueError: not UTF-8
        raise CuratedError(
            f"cannot be read: {error}", where=str(path), todo="give a file of curated names, UTF-8"
        ) from error
    names: dict[tuple[str, str], Decision] = {}
    for where, row in read_rows(text, str(path), NAME_COLUMNS):
        name = curated_name(row, where)
        if names.setdefault(name_key(name), name) is not name:
            raise CuratedError(
                f"{row['name']!r} is there twice in {row['country_code']}",
                where=where,
                todo="keep one",
            )
    return names


def curated_name(row: CuratedRow, where: str) -> Decision:
    """The decision of one line of curated names."""
    if row["kind"] not in KINDS:
        raise CuratedError(
            f"kind is {row['kind']!r}", where=where, todo=f"give one of {', '.join(KINDS)}"
        )
    return Decision(
        AskedName(row["name"], row["country_code"]),
        (row["place_id"],),
        row["reason"],
        row["evidence"],
        where,
        kind=row["kind"],
    )


def name_key(decision: Decision) -> tuple[str, str]:
    """The key of a curated name: its country and its folded form."""
    return decision.name.country_code or "", fold(decision.name.verbatim)


def name_row(decision: Decision) -> tuple[str, ...]:
    """The line of a curated name, in the order of NAME_COLUMNS."""
    name = decision.name
    place = decision.place_ids[0]
    cells = (name.verbatim, name.country_code, place, decision.kind, decision.reason)
    return (*(cell or "" for cell in cells), decision.evidence)


@cache
def corrections() -> tuple[Decision, ...]:
    """The corrections of the package, in the order of curated/corrections.csv."""
    path = files("sisterdata") / "curated" / "corrections.csv"
    return read_corrections(path.read_text(encoding="utf-8"), "curated/corrections.csv")


def read_corrections(text: str, name: str) -> tuple[Decision, ...]:
    """Read a table of corrections of sources.

    The columns are ``source_id, line, field, verbatim, decision, reason, evidence``; a decision
    is a place id, several separated by ``|``, or ``none``. Raises `CuratedError`, with the line.
    """
    read = tuple(_correction(*found) for found in read_rows(text, name, _CORRECTION_COLUMNS))
    order = [(c.source_id or "", c.line or 0, c.field or "") for c in read]
    for before, after, correction in zip(order, order[1:], read[1:], strict=False):
        if before >= after:
            raise CuratedError(
                "out of order, or a second decision on the same field",
                where=correction.where,
                todo="sort by source_id, line, field; keep one decision for each",
            )
    return read


def _correction(where: str, row: CuratedRow) -> Decision:
    if not re.fullmatch(r"[1-9]\d{0,8}", row["line"]) or row["field"] not in _CORRECTED_FIELDS:
        raise CuratedError(
            f"line {row['line']!r}, field {row['field']!r}",
            where=where,
            todo=f"line is a number, field one of {', '.join(_CORRECTED_FIELDS)}",
        )
    ids = () if row["decision"] == "none" else tuple(row["decision"].split("|"))
    ids = tuple(place_id.strip() for place_id in ids)
    if len(set(ids)) < len(ids):
        raise CuratedError("an id is there twice", where=where, todo="give each place once")
    for place_id in ids:
        if gazetteer.place(place_id) is None:
            raise CuratedError(
                f"the gazetteer has no place {place_id!r}", where=where, todo="correct the id"
            )
    return Decision(
        AskedName(row["verbatim"]),
        ids,
        row["reason"],
        row["evidence"],
        where,
        source_id=row["source_id"],
        line=int(row["line"]),
        field=row["field"],
    )
