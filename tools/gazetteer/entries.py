"""From the inputs to one entry a place, country by country."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sisterdata.normalizer.gazetteer import NameKind, Place, fold
from tools.gazetteer.cldr import Unit
from tools.gazetteer.divisions import Division, english
from tools.gazetteer.geonames import City, is_code, is_romanisation
from tools.gazetteer.script import script


@dataclass(frozen=True)
class Entry:
    """A place and its names, the primary one first."""

    place: Place
    names: tuple[tuple[str, NameKind], ...]


def city_entry(city: City, admin1: str | None, own_scripts: set[str]) -> Entry:
    """A populated place of GeoNames."""
    names = [(city.name, NameKind.PRIMARY), *_names(city, own_scripts)]
    place = Place(
        id=f"geonames:{city.geonames_id}",
        name=city.name,
        name_th=_first(names, NameKind.THAI),
        name_local=_local(names, city.country),
        level="city",
        country_code=city.country,
        admin1_code=admin1,
        iso3166_2=None,
        geonames_id=str(city.geonames_id),
        gb2260_code=None,
        latitude=city.latitude,
        longitude=city.longitude,
        population=city.population,
    )
    return Entry(place, distinct(names))


def unit_entry(
    unit: Unit, admin1: str, level: str, languages: list[str], members: list[City]
) -> Entry:
    """A unit of ISO 3166-2; `members` are the places known to lie in it."""
    names = [
        (unit.names[locale], NameKind.CLDR) for locale in ("en", *languages) if locale in unit.names
    ]
    names = [(n, k if script(n) == "Latn" else NameKind.LOCAL) for n, k in names]
    latin = [n for n, k in names if k is NameKind.CLDR]
    primary = latin[0] if latin else _any_latin(unit)
    if "th" in unit.names:
        names.append((unit.names["th"], NameKind.CLDR_THAI))
    seat = max(members, key=lambda city: (city.population, -city.geonames_id), default=None)
    place = Place(
        id=f"iso3166-2:{unit.code}",
        name=primary,
        name_th=unit.names.get("th"),
        name_local=_first(names, NameKind.LOCAL),
        level=level,
        country_code=unit.country,
        admin1_code=admin1,
        iso3166_2=unit.code,
        geonames_id=None,
        gb2260_code=None,
        latitude=seat.latitude if seat else None,
        longitude=seat.longitude if seat else None,
        population=sum(city.population for city in members),
    )
    return Entry(place, distinct([(primary, NameKind.PRIMARY), *names]))


def division_entry(division: Division) -> Entry:
    """A Chinese division that GeoNames has no place for."""
    name = english(division)
    place = Place(
        id=f"gb2260:{division.code}",
        name=name,
        name_th=None,
        name_local=division.name,
        level=division.level,
        country_code="CN",
        admin1_code=division.admin1,
        iso3166_2=None,
        geonames_id=None,
        gb2260_code=division.code,
        latitude=None,
        longitude=None,
        population=0,
        parent_id=division.parent and f"gb2260:{division.parent}",
    )
    names = [
        (name, NameKind.PRIMARY),
        (division.name, NameKind.LOCAL),
        (division.stem, NameKind.LOCAL),
    ]
    return Entry(place, distinct(names))


def merged(unit: Entry, city: Entry) -> Entry:
    """A city that is a first-level unit: one place, with both ids."""
    place = replace(
        city.place,
        id=unit.place.id,
        level="admin1",
        iso3166_2=unit.place.iso3166_2,
        name_th=city.place.name_th or unit.place.name_th,
        name_local=city.place.name_local or unit.place.name_local,
        admin1_code=unit.place.iso3166_2,
    )
    return Entry(place, distinct([*city.names, *unit.names]))


def with_divisions(entries: list[Entry], divisions: Iterable[Division]) -> list[Entry]:
    """Gives Chinese places their GB/T 2260 code, and the divisions without place an entry."""
    by_name: dict[tuple[str | None, str], list[int]] = defaultdict(list)
    for i, entry in enumerate(entries):
        if entry.place.geonames_id:
            for name in {n for n, kind in entry.names if kind is NameKind.LOCAL}:
                by_name[entry.place.admin1_code, name].append(i)
    joined = list(entries)
    for division in divisions:
        found = by_name.get((division.admin1, division.name)) or by_name.get(
            (division.admin1, division.stem), []
        )
        free = [i for i in found if joined[i].place.gb2260_code is None]
        if division.level == "prefecture" or not free:
            joined.append(division_entry(division))
            continue
        best = max(free, key=lambda i: (joined[i].place.population, -i))
        entry = joined[best]
        level = entry.place.level if entry.place.level == "admin1" else division.level
        place = replace(entry.place, gb2260_code=division.code, level=level)
        names = [*entry.names, (division.name, NameKind.LOCAL), (division.stem, NameKind.LOCAL)]
        joined[best] = Entry(place, distinct(names))
    return joined


def distinct(names: Iterable[tuple[str, NameKind]]) -> tuple[tuple[str, NameKind], ...]:
    """Each name once, in its first spelling; spellings that fold alike are one name."""
    kept: dict[str, tuple[str, NameKind]] = {}
    for name, kind in names:
        name = " ".join(name.split())
        if fold(name):
            kept.setdefault(fold(name), (name, kind))
    return tuple(kept.values())


def _names(city: City, own_scripts: set[str]) -> list[tuple[str, NameKind]]:
    names = []
    for name in city.alternates:
        written = script(name)
        if written == "Thai":
            names.append((name, NameKind.THAI))
        elif written == "Latn":
            if not is_romanisation(name) and not is_code(name):
                names.append((name, NameKind.ALTERNATE))
        elif written in own_scripts:
            names.append((name, NameKind.LOCAL))
    return names


def _local(names: list[tuple[str, NameKind]], country: str) -> str | None:
    local = [name for name, kind in names if kind is NameKind.LOCAL]
    if country == "CN":
        local = [n for n in local if _encodes(n, "gb2312")] or local
    return min(local, key=lambda name: (len(name), name), default=None)


def _encodes(name: str, charset: str) -> bool:
    try:
        name.encode(charset)
    except UnicodeEncodeError:
        return False
    return script(name) == "Hani"


def _first(names: Iterable[tuple[str, NameKind]], kind: NameKind) -> str | None:
    return next((name for name, k in names if k is kind), None)


def _any_latin(unit: Unit) -> str:
    return next((n for _, n in sorted(unit.names.items()) if script(n) == "Latn"), unit.code)


def members(cities: Iterable[City], joined: Mapping[str, str]) -> dict[str, list[City]]:
    """ISO 3166-2 code -> the places whose GeoNames code joins to it."""
    found: dict[str, list[City]] = defaultdict(list)
    for city in cities:
        if city.admin1 in joined:
            found[joined[city.admin1]].append(city)
    return found
