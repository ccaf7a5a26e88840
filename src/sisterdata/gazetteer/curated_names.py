"""The curated names of places: `curated/places.csv`."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from sisterdata.errors import CuratedError
from sisterdata.text.fold import fold

PATH = Path(__file__).resolve().parent.parent / "curated" / "places.csv"
KINDS = ("abbreviation", "dialect", "exonym", "former", "spelling")


@dataclass(frozen=True, slots=True)
class CuratedName:
    """One curated name: the place it means in its country, and why."""

    name: str
    country_code: str
    place_id: str
    kind: str
    reason: str
    evidence: str


FIELDS = [field.name for field in fields(CuratedName)]


@lru_cache(maxsize=1)
def curated() -> dict[tuple[str, str], CuratedName]:
    """The library's own curated names; see `read_names`."""
    return read_names(PATH)


def read_names(path: Path) -> dict[tuple[str, str], CuratedName]:
    """(country, folded name) -> the curated line, for each line of a file of curated names.

    Raises `CuratedError`, with the line, for what is no such file, a cell that is empty or too
    many, a kind that is not known, and a name that stands twice in its country.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:  # ValueError: not UTF-8
        raise CuratedError(
            f"cannot be read: {error}", where=str(path), todo="name a file of curated names, UTF-8"
        ) from error
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    names: dict[tuple[str, str], CuratedName] = {}
    try:
        if reader.fieldnames != FIELDS:
            raise CuratedError(
                f"the columns are {reader.fieldnames}",
                where=f"{path}:1",
                todo=f"name a file with the columns {', '.join(FIELDS)}",
            )
        for row in reader:
            name = _curated_name(row, f"{path}:{reader.line_num}")
            if names.setdefault(key_of(name), name) is not name:
                raise CuratedError(
                    f"{name.name!r} is there twice in {name.country_code}",
                    where=f"{path}:{reader.line_num}",
                    todo="keep one",
                )
    except csv.Error as error:
        raise CuratedError(
            f"not CSV: {error}", where=f"{path}:{reader.reader.line_num}", todo="correct the line"
        ) from error
    return names


def key_of(name: CuratedName) -> tuple[str, str]:
    """What a curated name is found by: its country, and its folded form."""
    return name.country_code, fold(name.name)


def _curated_name(row: dict[str | Any, str | Any], where: str) -> CuratedName:
    if None in row:
        raise CuratedError(
            "more cells than columns", where=where, todo="quote the cells that hold commas"
        )
    for column, cell in row.items():
        if not (cell or "").strip():
            raise CuratedError(f"{column} is empty", where=where, todo="every column is required")
    if row["kind"] not in KINDS:
        raise CuratedError(
            f"kind is {row['kind']!r}", where=where, todo=f"give one of {', '.join(KINDS)}"
        )
    return CuratedName(**row)
