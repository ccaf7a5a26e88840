"""The curated files about units: read and checked."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TypeVar

from sisterdata.errors import CuratedError

FOLDER = Path(__file__).resolve().parents[2] / "src/sisterdata/curated"
_Line = TypeVar("_Line")


@dataclass(frozen=True)
class Admin1:
    """`admin1.csv`: a GeoNames first-level code that no rule joins to ISO 3166-2."""

    country_code: str
    geonames_admin1: str
    iso3166_2: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class MisplacedCity:
    """`misplaced_cities.csv`: a place that GeoNames gives to a first-level unit it is not in."""

    geonames_id: str
    geonames_admin1: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class Subdivision:
    """`subdivisions.csv`: the English name of a unit that CLDR misnames.

    `names_of` is the CLDR code under which its other names stand, ``-`` where there are none.
    """

    iso3166_2: str
    name: str
    names_of: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class DatedUnit:
    """`units.csv`: between which dates a unit held, and what replaced it."""

    iso3166_2: str
    name: str
    valid_from: str
    valid_to: str
    replaced_by: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class FormerDistricts:
    """`former_districts.csv`: the second-level codes of places that lay in a former unit."""

    iso3166_2: str
    first: str
    last: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class CityUnit:
    """`city_units.csv`: the city that a first-level unit is; no GeoNames id: it is none."""

    iso3166_2: str
    geonames_id: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class RejectedAlias:
    """`rejected_aliases.csv`: an alternate name of GeoNames that belongs to another place."""

    geonames_id: str
    alias: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class ThaiName:
    """`thai_names.csv`: a Thai name that the check gets wrong: ``keep`` it, or ``reject`` it."""

    place_id: str
    name_th: str
    verdict: str
    reason: str
    evidence: str


@dataclass(frozen=True)
class DivisionName:
    """`divisions.csv`: the established names of a Chinese division, beside pinyin."""

    gb2260_code: str
    name: str
    names: str  # further ones, separated by "|"
    reason: str
    evidence: str


_OPTIONAL = {"name", "valid_from", "valid_to", "replaced_by", "geonames_id", "names"}


def lines(kind: type[_Line], name: str) -> list[_Line]:
    """The lines of ``curated/<name>``, sorted and each with its reason and evidence.

    Raises CuratedError, with the line, where a field is empty or the file is not sorted.
    """
    columns = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    read: list[_Line] = []
    before: tuple[str, ...] = ()
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != columns:
            raise CuratedError(
                f"the columns are {reader.fieldnames}", where=name, todo=f"they should be {columns}"
            )
        for row in reader:
            where = f"curated/{name}:{reader.line_num}"
            if None in row:
                raise CuratedError("too many fields", where=where, todo="quote what has commas")
            empty = [column for column in columns if not row[column] and column not in _OPTIONAL]
            if empty:
                raise CuratedError(f"empty: {', '.join(empty)}", where=where, todo="fill it")
            key = tuple(row.values())
            if key <= before:
                raise CuratedError("not in its order", where=where, todo="sort the lines")
            before = key
            read.append(kind(**row))
    return read
