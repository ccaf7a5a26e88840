"""Add GB/T 2260 codes to Chinese places, and entries for divisions that are not places."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from statistics import fmean

from sisterdata.gazetteer.index import NameKind, Place
from tools.gazetteer.chinese_divisions import PROVINCES, Division, letters, pinyin, readings
from tools.gazetteer.curated_corrections import DivisionName
from tools.gazetteer.place_entries import Entry, Name, distinct
from tools.gazetteer.read_geonames import City

_FAR = 150  # km from the centre of a prefecture's places; few counties are farther away
_LARGE = 50_000  # inhabitants; a namesake of a prefecture-level city is smaller


def with_divisions(
    entries: list[Entry],
    cities: Iterable[City],
    divisions: list[Division],
    curated: Iterable[DivisionName],
) -> list[Entry]:
    """The entries of China, joined with the divisions by Chinese name within the prefecture.

    Pinyin is ambiguous (Yichun, Suzhou, Taizhou, Fuzhou, Yulin), so Chinese names are compared, and
    a place must be in the prefecture of the division, by GeoNames' code or by distance.
    """
    places = _Places(entries, cities)
    established = {line.gb2260_code: line for line in curated}
    ids: dict[str, str] = {}
    new: list[Entry] = []
    for division in sorted(divisions, key=lambda d: (d.parent is not None, d.code)):
        found = None if division.level == "prefecture" else places.find(division)
        if found is None:
            entry = places.of_members(_entry(division, established.get(division.code)))
            new.append(entry)
        else:
            entry = places.join(found, division, established.get(division.code))
        ids[division.code] = entry.place.id
    return [places.in_prefecture(entry, ids) for entry in [*places.entries, *new]]


class _Places:
    """The entries of China, by Chinese name and province."""

    def __init__(self, entries: list[Entry], cities: Iterable[City]) -> None:
        provinces = {f"CN-{letters}": f"{digits}0000" for digits, letters in PROVINCES.items()}
        self.entries = [
            replace(entry, place=replace(entry.place, gb2260_code=provinces[entry.place.iso3166_2]))
            if entry.place.iso3166_2 in provinces
            else entry
            for entry in entries
        ]
        self.prefecture: dict[str | None, str] = {}  # GeoNames id -> the four digits
        self.members: dict[str, list[City]] = defaultdict(list)
        for city in cities:
            if len(city.admin2) == 4 and city.admin2.isdigit():
                self.prefecture[str(city.geonames_id)] = city.admin2
                self.members[city.admin2].append(city)
        self.named: dict[tuple[str | None, str], list[int]] = defaultdict(list)
        for i, entry in enumerate(self.entries):
            if entry.place.geonames_id and not entry.place.iso3166_2:
                for name in entry.names:
                    text = name.text if name.kind is NameKind.LOCAL else letters(name.text)
                    self.named[entry.place.admin1_code, text].append(i)

    def find(self, division: Division) -> int | None:
        """The entry of a division; the largest if there are several, None if there is none.

        It is found by its full Chinese name, else by the name alone, else by pinyin in its
        prefecture.
        """
        spoken = letters(pinyin(division.stem))
        for name in (division.name, division.stem, spoken):
            found = [
                i
                for i in self.named[division.admin1, name]
                if len(name) > 1
                and self.entries[i].place.gb2260_code is None
                and (self._known_inside if name == spoken else self._inside)(i, division)
            ]
            if found:
                return max(found, key=lambda i: (self.entries[i].place.population, -i))
        return None

    def join(self, i: int, division: Division, established: DivisionName | None) -> Entry:
        """Add a division to entry `i`.

        If GeoNames has the Chinese name of the town (Tengyue), the name of the division (Tengchong)
        replaces it; names in other languages (Lhasa) stay.
        """
        entry = self.entries[i]
        local = [name.text for name in entry.names if name.kind is NameKind.LOCAL]
        town = readings(set(local) - {division.name, division.stem})
        primary = entry.place.name
        if established:
            primary = established.name
        elif letters(primary) in town - readings([division.stem]):
            primary = pinyin(division.stem)
        names = [Name(primary, NameKind.PRIMARY), Name(entry.place.name, NameKind.ALTERNATE)]
        names += [*entry.names[1:], *_local_names(division)]
        if established:
            names += [Name(name, NameKind.CURATED) for name in established.names.split("|")]
        place = replace(
            entry.place,
            name=primary,
            name_local=division.name,
            gb2260_code=division.code,
            level=division.level,
        )
        self.entries[i] = replace(entry, place=place, names=distinct(names))
        return self.entries[i]

    def of_members(self, entry: Entry) -> Entry:
        """A prefecture with the position of its largest place, and the sum of the populations."""
        inside = self.members.get((entry.place.gb2260_code or "")[:4], [])
        if entry.place.level != "prefecture" or not inside:
            return entry
        seat = max(inside, key=lambda city: (city.population, -city.geonames_id))
        place = replace(
            entry.place,
            latitude=seat.latitude,
            longitude=seat.longitude,
            population=sum(city.population for city in inside),
        )
        return replace(entry, place=place)

    def in_prefecture(self, entry: Entry, ids: dict[str, str]) -> Entry:
        """An entry with the id of its prefecture."""
        place = entry.place
        if place.iso3166_2 is not None:
            return entry
        code = place.gb2260_code or self.prefecture.get(place.geonames_id, "")
        parent = ids.get(f"{code[:4]}00") if code else None
        return replace(
            entry, place=replace(place, parent_id=None if parent == place.id else parent)
        )

    def _known_inside(self, i: int, division: Division) -> bool:
        """Whether it is in the prefecture by GeoNames' code, or has no Chinese name and no code."""
        entry = self.entries[i]
        if division.code[2] == "9":
            return not any(name.kind is NameKind.LOCAL for name in entry.names)
        own = self.prefecture.get(entry.place.geonames_id)
        return division.parent is not None and own == division.code[:4]

    def _inside(self, i: int, division: Division) -> bool:
        place = self.entries[i].place
        own, wanted = self.prefecture.get(place.geonames_id), division.code[:4]
        if division.parent is None and division.code.endswith("00"):
            return own == wanted or place.population >= _LARGE
        if own is not None:
            return own == wanted or division.code[2] == "9"  # directly under the province
        inside = self.members.get(wanted)
        if not inside:
            return division.code[2] in "09" and place.population >= _LARGE
        middle = (fmean(c.latitude for c in inside), fmean(c.longitude for c in inside))
        return _distance((place.latitude or 0.0, place.longitude or 0.0), middle) < _FAR


def _entry(division: Division, established: DivisionName | None) -> Entry:
    """The entry of a division without a place in GeoNames."""
    primary = established.name if established else division.english
    names = [Name(primary, NameKind.PRIMARY)]
    if established:
        names += [Name(name, NameKind.CURATED) for name in established.names.split("|") if name]
    names.append(Name(division.english, NameKind.ALTERNATE))
    names.append(Name(pinyin(division.stem), NameKind.ALTERNATE))
    place = Place(
        id=f"gb2260:{division.code}",
        name=primary,
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
    )
    return Entry(place, distinct([*names, *_local_names(division)]))


def _local_names(division: Division) -> list[Name]:
    names = (division.name, division.stem, division.short)
    return [Name(name, NameKind.LOCAL) for name in names if name and len(name) > 1]


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance of two positions in kilometres."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(x), math.radians(y)) for x, y in (one, other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 12742 * math.asin(math.sqrt(half))
