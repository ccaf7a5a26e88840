"""Read and check the curated files that correct units, their names and their dates."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from sisterdata.curated_csv import read_rows
from sisterdata.errors import CuratedError

FOLDER = Path(__file__).resolve().parents[2] / "src/sisterdata/curated"
_Line = TypeVar("_Line")


@dataclass(frozen=True)
class Admin1:
    """`admin1.csv`: the ISO 3166-2 code of a GeoNames first-level code, if no rule finds it."""

    country_code: str
    geonames_admin1: str
    iso3166_2: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class MisplacedCity:
    """`misplaced_cities.csv`: a place that GeoNames puts into the wrong first-level unit."""

    geonames_id: str
    geonames_admin1: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class Subdivision:
    """`subdivisions.csv`: the English name of a unit whose name in CLDR is wrong.

    `names_of` is the CLDR code that has its other names, ``-`` if there is none.
    """

    iso3166_2: str
    name: str
    names_of: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class DatedUnit:
    """`units.csv`: when a unit existed, and which unit replaced it."""

    iso3166_2: str
    name: str
    valid_from: str
    valid_to: str
    replaced_by: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class FormerDistricts:
    """`former_districts.csv`: the second-level codes of places that were in a former unit."""

    iso3166_2: str
    first: str
    last: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class CityUnit:
    """`city_units.csv`: the city that a first-level unit consists of; none without an id."""

    iso3166_2: str
    geonames_id: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class RejectedAlias:
    """`rejected_aliases.csv`: an alternate name in GeoNames that belongs to another place."""

    geonames_id: str
    alias: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class ThaiName:
    """`thai_names.csv`: a Thai name that the check judges wrongly: ``keep`` or ``reject`` it."""

    place_id: str
    name_th: str
    verdict: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class DivisionName:
    """`divisions.csv`: the established names of a Chinese division, other than pinyin."""

    gb2260_code: str
    name: str
    names: str  # more names, separated by "|"
    reason: str
    evidence: str


_OPTIONAL = {"name", "valid_from", "valid_to", "replaced_by", "geonames_id", "names"}


def lines(kind: type[_Line], name: str) -> list[_Line]:
    """The lines of ``curated/<name>``, in sorted order, each with its reason and evidence.

    Raises `CuratedError`, with the line, if a cell is empty or the file is not sorted.
    """
    columns = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    text = (FOLDER / name).read_text(encoding="utf-8")
    read: list[_Line] = []
    before: tuple[str, ...] = ()
    for where, row in read_rows(text, f"curated/{name}", columns, optional=_OPTIONAL):
        cells = tuple(row.values())
        if cells <= before:
            raise CuratedError("out of order, or twice", where=where, todo="sort the lines")
        before = cells
        read.append(kind(**row))
    return read
