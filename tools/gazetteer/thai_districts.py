"""Thai districts and subdistricts, with the codes of the Department of Provincial Administration.

Source: the package geothai (Thai and English names and codes, CC BY 4.0). It has no coordinates;
they come from the only GeoNames place with the same name in the same province, if there is one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sisterdata.gazetteer.index import NameKind, Place
from tools.gazetteer.place_entries import Entry, Name, distinct

BANGKOK = "10"
_TYPES = {
    ("district", True): ("เขต", "Khet"),
    ("district", False): ("อำเภอ", "Amphoe"),
    ("subdistrict", True): ("แขวง", "Khwaeng"),
    ("subdistrict", False): ("ตำบล", "Tambon"),
}


@dataclass(frozen=True)
class Area:
    """One district or subdistrict."""

    code: str  # four digits, or six
    name_th: str  # without its type word
    name_en: str

    @property
    def level(self) -> str:
        return "district" if len(self.code) == 4 else "subdistrict"

    @property
    def province(self) -> str:
        """The ISO 3166-2 code of the province; the Department uses the same digits."""
        return f"TH-{self.code[:2]}"

    @property
    def types(self) -> tuple[str, str]:
        """The type word in Thai and romanised; it differs in Bangkok.

        >>> Area("1007", "ปทุมวัน", "Pathum Wan").types, Area("2004", "บางละมุง", "Bang Lamung").types
        (('เขต', 'Khet'), ('อำเภอ', 'Amphoe'))
        """
        return _TYPES[self.level, self.code.startswith(BANGKOK)]


def areas(data: Path) -> list[Area]:
    """All districts, then all subdistricts, by code."""
    found = [
        Area(code, name_th, name_en)
        for name in ("districts.json", "subdistricts.json")
        for code, name_th, name_en, *_ in json.loads((data / name).read_bytes())
    ]
    return [replace(area, name_th=_bare(area)) for area in found]


def _bare(area: Area) -> str:
    """The name without the type word, which the source only has in Bangkok."""
    word = area.types[0]
    bare = area.name_th.removeprefix(word)
    return bare if bare and area.code.startswith(BANGKOK) else area.name_th


def with_areas(entries: Sequence[Entry], found: Sequence[Area]) -> list[Entry]:
    """The entries of Thailand, followed by districts and subdistricts.

    A GeoNames place that is the district itself (in Bangkok, or with its type word) becomes the
    district, and keeps its GeoNames id as a secondary id. A town with the same name (Hua Hin) stays
    a separate place.
    """
    kept = dict(enumerate(entries))
    places = _Places(entries)
    provinces = {area.province: area.code[:2] for area in found}
    ids = {area.code: f"dopa:{area.code}" for area in found}
    new = []
    for area in found:
        parent = ids.get(area.code[:4]) if area.level == "subdistrict" else None
        same = places.same(area)
        own = kept.pop(same, None) if same is not None else None
        new.append(_entry(area, parent or f"iso3166-2:{area.province}", own, places.near(area)))
    rest = [_coded(entry, provinces) for entry in kept.values()]
    return [*rest, *new]


def _coded(entry: Entry, provinces: dict[str, str]) -> Entry:
    """Add the Department's code to a province; other entries stay unchanged."""
    code = provinces.get(entry.place.iso3166_2 or "")
    return replace(entry, place=replace(entry.place, dopa_code=code)) if code else entry


class _Places:
    """GeoNames' places in Thailand by province and Thai name."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.named: dict[tuple[str | None, str], set[int]] = defaultdict(set)
        for i, entry in enumerate(entries):
            if entry.place.geonames_id:
                for name in self._names(entry):
                    self.named[entry.place.admin1_code, name].add(i)

    @staticmethod
    def _names(entry: Entry) -> Iterator[str]:
        for name in entry.names:
            if name.kind is NameKind.THAI or name.kind is NameKind.PRIMARY:
                yield name.text

    def same(self, area: Area) -> int | None:
        """The only entry that is this unit, or None."""
        thai, latin = area.types
        if not area.code.startswith(BANGKOK):
            found = self._only(area, [f"{latin} {area.name_en}"], units=False)
            listed = found is not None and self.entries[found].place.name.startswith(latin)
            return found if listed else None
        names = [f"{thai}{area.name_th}", area.name_th, area.name_en]
        return self._only(area, names, units=False)

    def near(self, area: Area) -> Entry | None:
        """The only place with the name of the unit, usually its seat, or None."""
        bare = area.name_th.removeprefix("เมือง") if area.level == "district" else area.name_th
        i = self._only(area, [area.name_th, bare], units=True)
        return None if i is None else self.entries[i]

    def _only(self, area: Area, names: Iterable[str], *, units: bool) -> int | None:
        found = {i for name in names for i in self.named.get((area.province, name), ())}
        if not units:
            found = {i for i in found if not self.entries[i].place.iso3166_2}
        return found.pop() if len(found) == 1 else None


def _entry(area: Area, parent: str, own: Entry | None, near: Entry | None) -> Entry:
    thai, latin = area.types
    where = own or near
    names = [
        Name(area.name_en, NameKind.PRIMARY),
        Name(f"{thai}{area.name_th}", NameKind.THAI),
        Name(area.name_th, NameKind.THAI),
        Name(f"{latin} {area.name_en}", NameKind.ALTERNATE),
    ]
    place = Place(
        id=f"dopa:{area.code}",
        name=area.name_en,
        name_th=f"{thai}{area.name_th}",
        name_th_origin="dopa",
        name_local=None,
        level=area.level,
        country_code="TH",
        admin1_code=area.province,
        iso3166_2=None,
        geonames_id=own.place.geonames_id if own else None,
        gb2260_code=None,
        dopa_code=area.code,
        latitude=where.place.latitude if where else None,
        longitude=where.place.longitude if where else None,
        population=own.place.population if own else 0,
        parent_id=parent,
    )
    more = own.names if own else ()
    return Entry(place, distinct([*names, *more]), own.sounds if own else ())
