"""Review files: the doubtful names of a list, for a person to decide.

Decisions are made once, and applied each time the list is normalized. A review file is a table
(CSV, or another format by its suffix) with one row for each name:

============================== ==================================================================
``decision``                   to fill in: a place id, or a candidate's whole cell; several,
                               separated by ``|``, if it stays open; ``none`` if it is not a place
``verbatim``                   the name as it was matched, with its printed context
``country_code, admin1_code``  the codes given with it, if any
``country``                    to fill in if the printed country is wrong: a name or a code;
                               without a decision, the name is matched again in that country
``rows``                       the number of rows that have it
``status, why, doubts``        the match, the reason for it, and the codes of its doubts
``candidate_1`` ... ``_5``     the likeliest places: id, name, level, region, country, latitude,
                               longitude, population, score
``name, kind, reason,          what `curate` moves to ``curated/places.csv``, with the decision as
evidence``                     ``place_id``
============================== ==================================================================
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from sisterdata import gazetteer
from sisterdata.argument_types import as_path, shown
from sisterdata.countries.match import split_country
from sisterdata.errors import CuratedError, DataError
from sisterdata.human_decisions import AskedName, Decision
from sisterdata.lists.read_options import country_code
from sisterdata.match_result import Candidate, Match
from sisterdata.places.describe_place import whereabouts
from sisterdata.places.match import match_place
from sisterdata.places.parse_toponym import read_toponym
from sisterdata.tabular.delimited import escape_formula, unescape_formula
from sisterdata.tabular.formats import open_table, write_rows
from sisterdata.tabular.table import Row
from sisterdata.vocabulary import PLACE

CANDIDATES = tuple(f"candidate_{n}" for n in range(1, 6))
COLUMNS = (
    "decision",
    "verbatim",
    "country_code",
    "admin1_code",
    "country",
    "rows",
    "status",
    "why",
    "doubts",
    *CANDIDATES,
    "name",
    "kind",
    "reason",
    "evidence",
)


def decisions_of(
    decisions: str | os.PathLike[str] | Sequence[Decision],
) -> Sequence[Decision]:
    """What the argument `decisions` gives: the decisions themselves, or those of a review file."""
    if isinstance(decisions, str | os.PathLike):
        return read_decisions(decisions)
    if isinstance(decisions, list | tuple) and all(isinstance(d, Decision) for d in decisions):
        return decisions
    raise DataError(
        f"decisions= is {shown(decisions)}",
        todo="give the path of a review file, or what read_decisions returns",
    )


def read_decisions(path: str | os.PathLike[str]) -> tuple[Decision, ...]:
    """The decisions of a review file; rows without one are skipped.

    A row with a `country` and no decision is decided for the place that is found in that country.
    A place in another country than the one beside the name is accepted if the match has a doubt
    about the country, or if `country` says so.

    Raises `CuratedError` that lists every line whose decision is not a place id, is not in the
    gazetteer, lies in another country than the row says, or contradicts another line.
    """
    decisions: dict[AskedName, Decision] = {}
    problems: list[str] = []
    for where, row in read_rows(as_path(path, "path")):
        if not is_decided(row):
            continue
        try:
            decision = _decision(row, where)
        except CuratedError as error:
            problems.append(str(error))
            continue
        before = decisions.setdefault(decision.name, decision)
        if before.place_ids != decision.place_ids:
            problems.append(f"{where}: decided otherwise at {before.where}; keep one of the two")
    refuse(problems)
    return tuple(decisions.values())


def write_review(
    path: Path,
    doubts: Mapping[AskedName, tuple[Match, int]],
    decided: Sequence[Decision] = (),
) -> None:
    """Write the doubtful names, with the number of rows of each, and then those already decided.

    Names without a match come first, and among them those in most rows.
    """
    columns = tuple(dict.fromkeys([*COLUMNS, *(name for d in decided for name in d.row)]))
    rows = [_review_row(name, *found) for name, found in _ranked(doubts)]
    rows = [row + ("",) * (len(columns) - len(COLUMNS)) for row in rows]
    rows += [tuple(decision.row.get(name, "") for name in columns) for decision in decided]
    write_review_rows(path, columns, rows)


def refuse_losing(path: Path, decided: Sequence[Decision]) -> None:
    """Raise `CuratedError` if `path` has decisions that are not in `decided`.

    Writing it again would lose them.
    """
    if not path.exists():
        return
    kept = {(decision.name, decision.place_ids) for decision in decided}
    for decision in read_decisions(path):
        if (decision.name, decision.place_ids) not in kept:
            raise CuratedError(
                "this decision would be overwritten",
                where=decision.where,
                todo=f"add --decisions {path}, or choose another file for --review",
            )


def write_review_rows(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write the rows of a review file so that any spreadsheet can open it.

    A byte order mark makes Excel detect UTF-8, and formulas are escaped.
    """
    with write_rows(path, dict.fromkeys(columns, str), mark=True) as put:
        put([tuple(map(escape_formula, row)) for row in rows])


def _ranked(
    doubts: Mapping[AskedName, tuple[Match, int]],
) -> list[tuple[AskedName, tuple[Match, int]]]:
    return sorted(
        doubts.items(),
        key=lambda item: (bool(item[1][0]), -item[1][1], item[0].verbatim),
    )


def _review_row(name: AskedName, match: Match, rows: int) -> Row:
    candidates = [_described(candidate) for candidate in match.candidates[: len(CANDIDATES)]]
    why = [match.rule, *(doubt.message for doubt in match.doubts)]
    return (
        "",
        name.verbatim,
        name.country_code or "",
        name.admin1_code or "",
        "",
        str(rows),
        match.status,
        "; ".join(dict.fromkeys(why)),
        " ".join(dict.fromkeys(doubt.code for doubt in match.doubts)),
        *candidates,
        *[""] * (len(CANDIDATES) - len(candidates)),
        bare_name(name.verbatim),
        "",
        "",
        "",
    )


def _described(candidate: Candidate) -> str:
    """A candidate to read and copy: its id, name, location, population and score."""
    place = gazetteer.place(candidate.id)
    parts = [f"{candidate.id} {candidate.name}"]
    parts.append(candidate.description if place is None else whereabouts(place))
    if place is not None and place.latitude is not None and place.longitude is not None:
        parts.append(f"{place.latitude:.4f} {place.longitude:.4f}")
    if place is not None and place.population:
        parts.append(f"population {place.population:,}")
    return ", ".join([*parts, f"{candidate.score:.2f}"])


def bare_name(verbatim: str) -> str:
    """The name alone, without type word, region and country, as in a curated file.

    >>> bare_name("เมืองซัวหยาง มณฑลหูหนาน สาธารณรัฐประชาชนจีน"), bare_name("Teochew, China")
    ('ซัวหยาง', 'Teochew')
    """
    units = read_toponym(split_country(verbatim)[0])
    return units[0].name if units else verbatim


def read_rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each row of a review file, with its position (``file:line``)."""
    with open_table(path) as table:
        lost = [name for name in ("decision", "verbatim") if name not in table.columns]
        if lost:
            raise CuratedError(
                f"no column {lost[0]!r}",
                where=str(path),
                todo="give a file written by sisterdata normalize --review",
            )
        line = 1
        for chunk in table.chunks:
            columns = [chunk.texts(at) for at in range(len(table.columns))]
            for cells in zip(*columns, strict=True):
                line += 1
                row = dict.fromkeys(COLUMNS, "")
                texts = (unescape_formula(cell or "") for cell in cells)
                yield f"{path}:{line}", row | dict(zip(table.columns, texts, strict=True))


def is_decided(row: Mapping[str, str]) -> bool:
    """Whether a person has filled in a decision or a country."""
    return bool(row["decision"].strip() or row["country"].strip())


def _decision(row: Mapping[str, str], where: str) -> Decision:
    """The decision of a row. Raises `CuratedError` if it cannot be read."""
    codes = (row[name].strip() or None for name in ("country_code", "admin1_code"))
    return Decision(
        AskedName(row["verbatim"], *codes),
        place_ids(row, where),
        row["reason"] or "decided by a person",
        row["evidence"] or where,
        where,
        kind=row["kind"].strip() or None,
        row=row,
        country=_corrected_country(row, where),
    )


def _corrected_country(row: Mapping[str, str], where: str) -> str | None:
    """The code of the country that a person filled in."""
    if not row["country"].strip():
        return None
    try:
        return country_code(row["country"].strip())
    except DataError as error:
        raise CuratedError(error.what, where=where, todo=error.todo) from error


def place_ids(row: Mapping[str, str], where: str) -> tuple[str, ...]:
    """The place ids of a decision: the first word of each choice."""
    printed, country = row["decision"].strip(), _corrected_country(row, where)
    if printed.casefold() == "none":
        return ()
    if not printed and country:
        return (_found_in(country, row, where),)
    return tuple(_place_id(choice, row, country, where) for choice in printed.split("|"))


def _place_id(choice: str, row: Mapping[str, str], country: str | None, where: str) -> str:
    words = choice.split(maxsplit=1)
    place = gazetteer.place(words[0]) if words and re.fullmatch(PLACE, words[0]) else None
    if place is None:
        raise CuratedError(
            f"the gazetteer has no place {choice.strip()!r}",
            where=where,
            todo="write a place id, several separated by |, or none",
        )
    given = country or row["country_code"].strip()
    doubted = country is None and "country_conflict" in row["doubts"].split()
    if given and place.country_code != given and not doubted:
        raise CuratedError(
            f"{place.id} {place.name} is in {place.country_code}, not in {given}",
            where=where,
            todo=f"correct the id, or write {place.country_code} into the column country",
        )
    return place.id


def _found_in(country: str, row: Mapping[str, str], where: str) -> str:
    """The id of the place with this name in the country that a person filled in."""
    printed = row["verbatim"]
    for name in (split_country(printed)[0], printed.rpartition(",")[0], bare_name(printed)):
        found = match_place(name, country=country)
        if found.id is not None:
            return found.id
    raise CuratedError(
        f"no place in {country} is certain for {printed!r}",
        where=where,
        todo="write a place id into the column decision",
    )


def refuse(problems: Iterable[str]) -> None:
    """Raise `CuratedError` that lists all `problems`, if there are any."""
    lines = list(problems)
    if lines:
        more = f" (and {len(lines) - 1} more)" if len(lines) > 1 else ""
        raise CuratedError(f"{lines[0]}{more}" + "".join(f"\n  {line}" for line in lines[1:]))
