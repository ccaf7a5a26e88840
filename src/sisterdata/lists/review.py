"""Doubtful names for a person to decide, and the decisions applied: once made, replayed each time.

A review file is a table (CSV, or another form by its suffix) with one row a name:

============================== ==================================================================
``decision``                   for the person: a place id, or a candidate's whole cell; several,
                               separated by ``|``, keep it open between them; ``none``: no place
``verbatim``                   the name as it was asked, with what is printed beside it
``country_code, admin1_code``  the codes given beside it; empty where there were none
``rows``                       in how many rows it stands
``status, why``                what the rules made of it
``candidate_1`` ... ``_5``     the likeliest places: id, name, where, latitude, longitude, score
``name, kind, reason,          what `curate` moves to ``curated/places.csv``, with the decision as
evidence``                     ``place_id``
============================== ==================================================================

So a review file is a curated file with more beside it, and each line is decided once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sisterdata import gazetteer
from sisterdata.countries.match import split_country
from sisterdata.errors import CuratedError
from sisterdata.match import Candidate, Doubt, Match
from sisterdata.normalizer.corrections import Correction, correct, without_answered
from sisterdata.places.describe import whereabouts
from sisterdata.places.toponym import read_toponym
from sisterdata.tabular.delimited import escape_formula, unescape_formula
from sisterdata.tabular.formats import open_table, write_rows
from sisterdata.tabular.table import Row
from sisterdata.vocabulary import CODES, PLACE

CANDIDATES = tuple(f"candidate_{n}" for n in range(1, 6))
COLUMNS = (
    "decision",
    "verbatim",
    "country_code",
    "admin1_code",
    "rows",
    "status",
    "why",
    *CANDIDATES,
    "name",
    "kind",
    "reason",
    "evidence",
)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of one name: its text, and the codes given beside it."""

    verbatim: str
    country_code: str | None = None
    admin1_code: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of one name: its place; none, or several, leave it without one."""

    where: str
    question: Question
    place_ids: tuple[str, ...]
    row: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StaleDecision:
    """A decision that does not apply, or is not needed, any more."""

    where: str
    message: str


def doubtful(match: Match) -> bool:
    """Should a person look at this answer?

    Those without an id, those accepted on likeness, and those with a warning; not what holds no
    name at all, nor what a person has decided.
    """
    if match.status == "corrected" or not re.search(r"[^\W\d_]", match.verbatim):
        return False
    return match.status not in ("exact", "alias") or any(
        CODES[doubt.code].severity != "info" for doubt in match.doubts
    )


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a review file; rows without one are left.

    Raises `CuratedError` that lists every line whose decision is no place id, is not in the
    gazetteer, lies in another country than the row says, or contradicts another line.
    """
    decisions: dict[Question, Decision] = {}
    amiss: list[str] = []
    for where, row in read_rows(path):
        if not row["decision"].strip():
            continue
        question = question_of(row)
        try:
            decision = Decision(where, question, place_ids(row, where), row)
        except CuratedError as error:
            amiss.append(str(error))
            continue
        before = decisions.setdefault(question, decision)
        if before.place_ids != decision.place_ids:
            amiss.append(f"{where}: decided otherwise at {before.where}; keep one")
    refuse(amiss)
    return tuple(decisions.values())


def decide(match: Match, decision: Decision) -> Match | StaleDecision:
    """The answer once `decision` is applied, or a finding where the rules are as sure without it.

    What a person has decided is no doubt any more: not how the name is spelt, nor which place it
    is. What else is odd about it (its printed region is another) stays.
    """
    reason = decision.row["reason"] or "decided by a person"
    evidence = decision.row["evidence"] or decision.where
    if decision.place_ids == (match.id,):
        if not doubtful(match):
            said = f"the rules find {match.id} by themselves; delete the decision"
            return StaleDecision(decision.where, said)
        rule = f"confirmed: {reason} ({evidence}); {match.rule}"
        return without_answered(replace(match, status="corrected", score=1.0, rule=rule))
    if not decision.place_ids and match.id is None:  # so that it is not asked again
        rule = f"rejected: {reason} ({evidence})"
        rejected = without_answered(match)
        doubts = (*rejected.doubts, Doubt("unmatched_name", rule))
        return replace(rejected, status="unmatched", rule=rule, doubts=doubts)
    corrected = correct(
        match,
        Correction(
            where=decision.where,
            source_id="",
            line=0,
            field="verbatim",
            verbatim=decision.question.verbatim,
            decision=decision.place_ids,
            reason=reason,
            evidence=evidence,
        ),
    )
    return corrected if corrected.id is None else without_answered(corrected)


def write_review(
    path: Path,
    doubts: Mapping[Question, tuple[Match, int]],
    decided: Sequence[Decision] = (),
) -> None:
    """Write the doubtful names, each with in how many rows it stands, behind what is decided.

    Names without an answer stand first, and among them those in most rows.
    """
    columns = tuple(dict.fromkeys([*COLUMNS, *(name for d in decided for name in d.row)]))
    rows = [_review_row(question, *found) for question, found in _ranked(doubts)]
    rows = [row + ("",) * (len(columns) - len(COLUMNS)) for row in rows]
    rows += [tuple(decision.row.get(name, "") for name in columns) for decision in decided]
    write_review_rows(path, columns, rows)


def refuse_losing(path: Path, decided: Sequence[Decision]) -> None:
    """Raise `CuratedError` where `path` holds decisions that are not among `decided`.

    Written anew, it would lose them, and nothing that a person wrote is lost.
    """
    if not path.exists():
        return
    kept = {(decision.question, decision.place_ids) for decision in decided}
    for decision in read_decisions(path):
        if (decision.question, decision.place_ids) not in kept:
            raise CuratedError(
                "there is a decision here that would be overwritten",
                where=decision.where,
                todo=f"give --decisions {path} too, or name another file for --review",
            )


def write_review_rows(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write the rows of a review file for a spreadsheet to open.

    A mark at its head is how Excel knows UTF-8, and what it would run as a formula is escaped.
    """
    with write_rows(path, dict.fromkeys(columns, str), mark=True) as put:
        put([tuple(map(escape_formula, row)) for row in rows])


def _ranked(
    doubts: Mapping[Question, tuple[Match, int]],
) -> list[tuple[Question, tuple[Match, int]]]:
    return sorted(
        doubts.items(),
        key=lambda item: (bool(item[1][0]), -item[1][1], item[0].verbatim),
    )


def _review_row(question: Question, match: Match, rows: int) -> Row:
    candidates = [_described(candidate) for candidate in match.candidates[: len(CANDIDATES)]]
    why = [match.rule, *(doubt.message for doubt in match.doubts)]
    return (
        "",
        question.verbatim,
        question.country_code or "",
        question.admin1_code or "",
        str(rows),
        match.status,
        "; ".join(dict.fromkeys(why)),
        *candidates,
        *[""] * (len(CANDIDATES) - len(candidates)),
        bare_name(question.verbatim),
        "",
        "",
        "",
    )


def _described(candidate: Candidate) -> str:
    """A candidate for a person to read and copy: its id, name, place and score."""
    place = gazetteer.place(candidate.id)
    parts = [f"{candidate.id} {candidate.name}"]
    parts.append(candidate.description if place is None else whereabouts(place))
    if place is not None and place.latitude is not None and place.longitude is not None:
        parts.append(f"{place.latitude:.4f} {place.longitude:.4f}")
    return ", ".join([*parts, f"{candidate.score:.2f}"])


def bare_name(verbatim: str) -> str:
    """The name alone, as a curated file takes it, without type word, region and country.

    >>> bare_name("เมืองซัวหยาง มณฑลหูหนาน สาธารณรัฐประชาชนจีน"), bare_name("Teochew, China")
    ('ซัวหยาง', 'Teochew')
    """
    units = read_toponym(split_country(verbatim)[0])
    return units[0].name if units else verbatim


def read_rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row of a review file, with where it stands."""
    with open_table(path) as table:
        lost = [name for name in ("decision", "verbatim") if name not in table.columns]
        if lost:
            raise CuratedError(
                f"no column {lost[0]!r}",
                where=str(path),
                todo="give a file that sisterdata normalize --review wrote",
            )
        line = 1
        for chunk in table.chunks:
            columns = [chunk.texts(at) for at in range(len(table.columns))]
            for cells in zip(*columns, strict=True):
                line += 1
                row = dict.fromkeys(COLUMNS, "")
                texts = (unescape_formula(cell or "") for cell in cells)
                yield f"{path}:{line}", row | dict(zip(table.columns, texts, strict=True))


def question_of(row: Mapping[str, str]) -> Question:
    return Question(
        row["verbatim"], row["country_code"].strip() or None, row["admin1_code"].strip() or None
    )


def place_ids(row: Mapping[str, str], where: str) -> tuple[str, ...]:
    """The ids of a decision: each is the first word of a candidate, or stands alone."""
    printed = row["decision"].strip()
    if printed.casefold() == "none":
        return ()
    ids = []
    for choice in printed.split("|"):
        words = choice.split(maxsplit=1)
        place = gazetteer.place(words[0]) if words and re.fullmatch(PLACE, words[0]) else None
        if place is None:
            raise CuratedError(
                f"the gazetteer has no place {choice.strip()!r}",
                where=where,
                todo="decide for a place id, several separated by |, or none",
            )
        country = row["country_code"].strip()
        if country and place.country_code != country:
            raise CuratedError(
                f"{place.id} {place.name} lies in {place.country_code}, not in {country}",
                where=where,
                todo="correct the id",
            )
        ids.append(place.id)
    return tuple(ids)


def refuse(amiss: Iterable[str]) -> None:
    """Refuse a file with everything that is amiss in it."""
    lines = list(amiss)
    if lines:
        more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
        raise CuratedError(f"{lines[0]}{more}" + "".join(f"\n  {line}" for line in lines[1:]))
