"""The curated names of places: `curated/places.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sisterdata.errors import CuratedError
from sisterdata.normalizer.gazetteer import fold

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


@lru_cache(maxsize=1)
def curated() -> dict[tuple[str, str], CuratedName]:
    """(country, folded name) -> the curated line.

    Raises CuratedError where a line lacks something, or a name means two places in a country.
    """
    names: dict[tuple[str, str], CuratedName] = {}
    with PATH.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            where = f"curated/places.csv:{line}"
            if None in row.values() or not all(row.values()) or row["kind"] not in KINDS:
                raise CuratedError(
                    "a field is empty, or the kind unknown",
                    where=where,
                    todo=f"fill every column; kind is one of {', '.join(KINDS)}",
                )
            name = CuratedName(**row)
            key = (name.country_code, fold(name.name))
            if key in names:
                raise CuratedError(
                    f"{name.name} is there twice in {name.country_code}",
                    where=where,
                    todo="keep one",
                )
            names[key] = name
    return names
