"""The names of a list that need a decision, with their rows and candidates, for the review page."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sisterdata import gazetteer
from sisterdata.gazetteer.place import Place
from sisterdata.lists.normalize_file import normalize_file
from sisterdata.lists.review_file import CANDIDATES, read_rows
from sisterdata.parser.strip_marks import without_marks
from sisterdata.serializable_values import Record
from sisterdata.tabular.formats import open_table, table_format

ROWS_SHOWN = 5  # rows of the list that are shown with a name
_PLACE = (
    *("id", "name", "name_th", "name_local", "level", "country_code", "admin1_code"),
    *("latitude", "longitude", "population"),
)


def open_names(
    file: str | os.PathLike[str],
    decisions: str | os.PathLike[str] | None = None,
    **options: Any,
) -> list[Record]:
    """The doubtful names of a list: the cells of their review rows, their rows, their candidates.

    file
        A table or a document, as for `normalize_file`; or a review file.
    decisions
        A review file with decisions; its names come last, as they were decided.
    options
        Those of `normalize_file`, such as `country`.
    """
    path = Path(file)
    if decisions is None and is_review(path):
        return [_name(row, ()) for _, row in read_rows(path)]
    with tempfile.TemporaryDirectory() as folder:
        out, review = Path(folder) / "out.csv", Path(folder) / "review.csv"
        normalize_file(path, out, review=review, decisions=decisions, **options)
        rows = [row for _, row in read_rows(review)]
        listed = _listed(out)
    return [_name(row, _rows_of(row, listed)) for row in rows]


def is_review(path: Path) -> bool:
    """Whether a file is a review file."""
    if table_format(path) is None:
        return False
    with open_table(path) as table:
        return {"decision", "verbatim", "candidate_1"} <= set(table.columns)


def _name(row: Mapping[str, str], rows: Iterable[Record]) -> Record:
    candidates = []
    for column in CANDIDATES:
        cell = row.get(column, "")
        place = gazetteer.place(cell.partition(" ")[0]) if cell else None
        if place is not None:
            candidates.append({"id": place.id, "score": _score(cell), "cell": cell})
    return {"review": dict(row), "rows": list(rows), "candidates": candidates}


def _score(cell: str) -> float | None:
    found = re.search(r"(\d\.\d+)$", cell)
    return float(found[1]) if found else None


def _listed(out: Path) -> list[Record]:
    """The rows that were written, each with its line."""
    with open_table(out) as table:
        texts: list[list[str | None]] = [[] for _ in table.columns]
        for chunk in table.chunks:
            for at, column in enumerate(texts):
                column.extend(chunk.texts(at))
        names = list(table.columns)
    return [
        {"line": line, **dict(zip(names, row, strict=True))}
        for line, row in enumerate(zip(*texts, strict=True), start=2)
    ]


def _rows_of(row: Mapping[str, str], listed: list[Record]) -> list[Record]:
    """The first rows of the list that have the name of a review row."""
    found = [record for record in listed if _has(record, row)]
    return [_shown(record) for record in found[:ROWS_SHOWN]]


def _has(record: Record, row: Mapping[str, str]) -> bool:
    printed = row["verbatim"]
    if "verbatim_partner" in record:
        return printed in (record["verbatim_partner"], record["verbatim_place"])
    rule = record.get("match_rule") or ""
    decided = rule.startswith(("corrected to ", "confirmed: ", "rejected: ", "open between "))
    if not (decided or row["why"].startswith(rule)):
        return False
    own = (cell for name, cell in record.items() if isinstance(cell, str) and not _added(name))
    return any(cell and printed.startswith((cell, without_marks(cell) or cell)) for cell in own)


def _added(column: str) -> bool:
    return column.startswith("match_")


def _shown(record: Record) -> Record:
    """What a person wants to see of a row: its own cells."""
    hidden = {"attestation_id", "source_id", "relation_id", "place_id", "partner_id", "issues"}
    hidden |= {"country_code", "admin1_code", "level", "date", "instrument", "stage", "topic"}
    hidden |= {"next_step", "sequence", "year"} if "verbatim_partner" in record else set()
    return {
        name: cell
        for name, cell in record.items()
        if cell not in (None, "") and not _added(name) and name not in hidden
    }


def described(place: Place) -> Record:
    """A place as the page shows it, with the names of its region."""
    record = {name: getattr(place, name) for name in _PLACE}
    region = gazetteer.place(f"iso3166-2:{place.admin1_code}") if place.admin1_code else None
    inside = region is not None and region.id != place.id
    record["region"] = region.name if region and inside else None
    record["region_th"] = region.name_th if region and inside else None
    return record


def largest_places(countries: Iterable[str], most: int) -> list[Record]:
    """The largest places of some countries, to search in without a server."""
    found: list[Place] = []
    for code in countries:
        country = gazetteer.country(code)
        order = sorted(range(len(country)), key=lambda i: -int(country.population[i]))
        found += [country.place(i) for i in order[:most]]
    return [described(place) for place in found]
