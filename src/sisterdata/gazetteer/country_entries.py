"""The entries of one country, as columns, and a view of one entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sisterdata.curated_csv import read_rows
from sisterdata.gazetteer.lazy_text_columns import DerivedColumn, TextColumn, coded
from sisterdata.gazetteer.place import ORIGINS, Place
from sisterdata.vocabulary import LEVELS

_CURATED = Path(__file__).resolve().parent.parent / "curated" / "places.csv"
NO_NAME = 255  # in the column `name_th_row`


@dataclass(frozen=True, slots=True)
class Entry:
    """A view of one entry of a country, which reads the columns when needed.

    Views of the same entry are equal and have the same hash. `place()` returns the full record.

    >>> from sisterdata.gazetteer import country
    >>> found = country("LA")
    >>> capital = found.entry(found.find("iso3166-2:LA-VT"))
    >>> capital.name, capital.level, capital.admin1, capital.is_city
    ('Vientiane', 'admin1', 'LA-VT', True)
    """

    country: Country
    number: int

    @property
    def id(self) -> str:
        return self.country.ids[self.number]

    @property
    def name(self) -> str:
        return self.country.names[self.number]

    @property
    def name_th(self) -> str:
        return self.country.names_th[self.number]

    @property
    def name_th_origin(self) -> str:
        """The origin of `name_th`, as in `Place`."""
        return ORIGINS[self.country.name_th_origins[self.number]]

    @property
    def asked_only(self) -> bool:
        """Whether it competes only where a type word, a level or a parent calls for it."""
        return bool(self.country.asked_only[self.number])

    @property
    def name_local(self) -> str:
        return self.country.names_local[self.number]

    @property
    def level(self) -> str:
        return LEVELS[self.country.levels[self.number]]

    @property
    def population(self) -> int:
        return int(self.country.population[self.number])

    @property
    def admin1(self) -> str:
        """The ISO 3166-2 code of the first-level unit that it is in."""
        return self.country.admin1[self.number]

    @property
    def valid_from(self) -> str:
        return self.country.valid_from[self.number]

    @property
    def valid_to(self) -> str:
        return self.country.valid_to[self.number]

    @property
    def is_city(self) -> bool:
        """Whether it is a city, or a first-level unit that is a city (Busan, Hanoi, Beijing)."""
        return self.level == "city" or (self.level == "admin1" and self.has_geonames)

    @property
    def has_geonames(self) -> bool:
        return bool(self.country.geonames[self.number])

    @property
    def replaced_by(self) -> Entry | None:
        """The unit that took over from a unit that no longer exists."""
        return self.country.lookup(self.country.replaced_by[self.number])

    def in_force(self, date: str | None) -> bool:
        """Whether the unit exists at a reduced ISO date (None: today)."""
        end = self.valid_to
        if date is None:
            return end == ""
        return self.valid_from <= date and (end == "" or date < end)

    def place(self) -> Place:
        return self.country.place(self.number)


@dataclass(frozen=True, eq=False)
class Country:
    """The entries of one country, as columns; entry ``i`` is row ``i`` of each column.

    The ``name_*`` columns are a second table with one row for each name: ``name_text[j]`` is a name
    of entry ``name_entry[j]`` (ascending), and ``name_rows(i)`` are the rows of entry ``i``.
    Unknown text is an empty string, and unknown coordinates are NaN.
    """

    code: str
    ids: Sequence[str]
    names: Sequence[str]
    names_th: Sequence[str]
    names_local: Sequence[str]
    levels: npt.NDArray[np.uint8]  # position in LEVELS
    admin1: Sequence[str]
    former_admin1: Sequence[str]
    iso3166_2: Sequence[str]
    geonames: npt.NDArray[np.uint32]  # 0: none
    gb2260: npt.NDArray[np.uint32]  # 0: none
    dopa: npt.NDArray[np.uint32]  # 0: none
    name_th_origins: npt.NDArray[np.uint8]  # position in ORIGINS
    latitude: npt.NDArray[np.float32]
    longitude: npt.NDArray[np.float32]
    population: npt.NDArray[np.uint32]
    valid_from: Sequence[str]
    valid_to: Sequence[str]
    parents: npt.NDArray[np.int32]  # an entry of this country, -1: none
    replaced_by: Sequence[str]
    name_entry: npt.NDArray[np.int32]
    name_text: Sequence[str]
    name_kind: npt.NDArray[np.uint8]  # a NameKind

    def __len__(self) -> int:
        return len(self.ids)

    def entry(self, i: int) -> Entry:
        """Entry ``i`` as a view."""
        return Entry(self, i)

    def lookup(self, place_id: str) -> Entry | None:
        """The entry with this id; None if there is none."""
        number = self.find(place_id) if place_id else None
        return None if number is None else Entry(self, number)

    def name_rows(self, i: int) -> range:
        """The rows of the names table that belong to entry ``i``."""
        # Of the column's own type: numpy would convert the whole column to another.
        start, stop = np.searchsorted(self.name_entry, np.array([i, i + 1], dtype=np.int32))
        return range(int(start), int(stop))

    def place(self, i: int) -> Place:
        """Entry ``i`` as a record."""
        located = not np.isnan(self.latitude[i])
        parent = int(self.parents[i])
        name_th, origin = self._name_th(i)
        unit = _units(self).get(self.admin1[i])
        return Place(
            id=self.ids[i],
            name=self.names[i],
            name_th=name_th or None,
            name_local=self.names_local[i] or None,
            level=LEVELS[self.levels[i]],
            country_code=self.code,
            admin1_code=self.admin1[i] or None,
            iso3166_2=self.iso3166_2[i] or None,
            geonames_id=str(self.geonames[i]) if self.geonames[i] else None,
            gb2260_code=f"{self.gb2260[i]:06d}" if self.gb2260[i] else None,
            latitude=round(float(self.latitude[i]), 5) if located else None,
            longitude=round(float(self.longitude[i]), 5) if located else None,
            population=int(self.population[i]),
            valid_from=self.valid_from[i] or None,
            valid_to=self.valid_to[i] or None,
            former_admin1=self.former_admin1[i] or None,
            parent_id=self.ids[parent] if parent >= 0 else None,
            replaced_by=self.replaced_by[i] or None,
            name_th_origin=origin or None,
            dopa_code=str(self.dopa[i]) if self.dopa[i] else None,
            admin1_name=None if unit is None else self.names[unit],
            admin1_name_th=None if unit is None else self._name_th(unit)[0] or None,
        )

    def _name_th(self, i: int) -> tuple[str, str]:
        """The Thai name of entry ``i`` and its origin; a name in use before one spelt by rule."""
        name, origin = self.names_th[i], ORIGINS[self.name_th_origins[i]]
        if origin in ("", "official"):
            usual = usual_thai_names().get(self.ids[i])
            return (name, origin) if usual is None else (usual, "curated")
        return name, origin

    def admin1_at(self, i: int, date: str | None) -> str:
        """The first-level unit that entry ``i`` was in at a reduced ISO date (None: today).

        A date without day or month counts as its first day.

        >>> from sisterdata.gazetteer import country
        >>> found = country("VN")
        >>> my_tho = found.find("geonames:1574023")
        >>> found.admin1_at(my_tho, "2022"), found.admin1_at(my_tho, None)
        ('VN-46', 'VN-45')
        """
        former = self.former_admin1[i]
        if former and date is not None:
            unit = self.find(f"iso3166-2:{former}")
            if unit is not None and date < self.valid_to[unit]:
                return former
        return self.admin1[i]

    def find(self, place_id: str) -> int | None:
        """The position of the entry with this id, also as a secondary id; None if there is none."""
        scheme, _, local = place_id.partition(":")
        if scheme == "iso3166-2":
            return _units(self).get(local)
        column = {"geonames": self.geonames, "gb2260": self.gb2260, "dopa": self.dopa}.get(scheme)
        if (
            column is None
            or not (local.isascii() and local.isdigit())
            or not 0 < int(local) < 2**32
        ):
            return None
        if local != (f"{int(local):06d}" if scheme == "gb2260" else str(int(local))):
            return None
        rows = np.flatnonzero(column == np.uint32(int(local))).tolist()
        return next((row for row in rows if self.ids[row] == place_id), rows[0] if rows else None)

    def in_force(self, entries: npt.NDArray[np.intp], date: str | None) -> npt.NDArray[np.bool_]:
        """Which of some entries exist at a reduced ISO date (None: today), as `Entry.in_force`.

        >>> from sisterdata.gazetteer import country
        >>> country("VN").in_force(np.array([0, 1]), None)
        array([ True,  True])
        """
        if date is None:
            return self._current[entries]
        return np.array([self.entry(i).in_force(date) for i in entries.tolist()], dtype=np.bool_)

    @cached_property
    def _current(self) -> npt.NDArray[np.bool_]:
        return np.fromiter((end == "" for end in self.valid_to), np.bool_, len(self))

    @cached_property
    def asked_only(self) -> npt.NDArray[np.bool_]:
        """Entries that compete only where a type word, a level or a parent calls for them.

        These are the Thai districts and subdistricts that GeoNames does not list as places: their
        names repeat too often to mean one of them.
        """
        marked: npt.NDArray[np.bool_] = (self.dopa > 99) & (self.geonames == 0)
        return marked


def open_country(code: str, columns: Mapping[str, npt.NDArray[Any]]) -> Country:
    """Make a Country from the columns of its file."""
    text = {
        name.removeprefix("text_"): TextColumn(column)
        for name, column in columns.items()
        if name.startswith("text_")
    }
    counts = columns["name_count"].astype(np.int64)
    none = np.zeros(len(counts), dtype=np.uint32)
    first = np.cumsum(counts) - counts
    names, geonames, gb2260 = text["name_text"], columns["geonames"], columns["gb2260"]
    dopa, levels = columns.get("dopa", none), columns["levels"]
    former = columns.get("former_admin1")

    names_th: Sequence[str]
    if "name_th_row" in columns:
        thai, origins = columns["name_th_row"], columns["name_th_origin"]
        names_th = DerivedColumn(
            len(counts), lambda i: names[first[i] + thai[i]] if thai[i] != NO_NAME else ""
        )
    else:
        names_th, origins = text["names_th"], none.astype(np.uint8)

    def place_id(i: int) -> str:
        iso3166_2 = text["iso3166_2"][i]
        return _id(iso3166_2, int(levels[i]), int(geonames[i]), int(gb2260[i]), int(dopa[i]))

    return Country(
        code=code,
        ids=DerivedColumn(len(counts), place_id),
        names=DerivedColumn(len(counts), lambda i: names[first[i]]),
        names_th=names_th,
        names_local=text["names_local"],
        levels=levels,
        admin1=coded(columns["admin1"], text["admin1_codes"]),
        former_admin1=DerivedColumn(len(counts), lambda _: "")
        if former is None
        else coded(former, text["admin1_codes"]),
        iso3166_2=text["iso3166_2"],
        geonames=geonames,
        gb2260=gb2260,
        dopa=dopa,
        name_th_origins=origins,
        latitude=columns["latitude"],
        longitude=columns["longitude"],
        population=columns["population"],
        valid_from=text["valid_from"],
        valid_to=text["valid_to"],
        parents=columns["parents"],
        replaced_by=text["replaced_by"],
        name_entry=np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        name_text=names,
        name_kind=columns["name_kind"],
    )


def _id(iso3166_2: str, level: int, geonames: int, gb2260: int, dopa: int) -> str:
    """The canonical id: ISO 3166-2 at the first level, else the first code that it has."""
    if iso3166_2 and (LEVELS[level] == "admin1" or not geonames):
        return f"iso3166-2:{iso3166_2}"
    if dopa:
        return f"dopa:{dopa}"
    return f"geonames:{geonames}" if geonames else f"gb2260:{gb2260:06d}"


@cache
def _units(found: Country) -> dict[str, int]:
    """ISO 3166-2 code -> its entry."""
    return {code: i for i, code in enumerate(found.iso3166_2) if code}


@cache
def usual_thai_names() -> dict[str, str]:
    """The curated Thai name in common use, by place id."""
    text = _CURATED.read_text(encoding="utf-8")
    columns = ("name", "country_code", "place_id", "kind", "reason", "evidence")
    rows = [row for _, row in read_rows(text, str(_CURATED), columns)]
    found: dict[str, str] = {}
    for kind in ("exonym", "spelling", "dialect"):
        for row in rows:
            if row["kind"] == kind and "ก" <= row["name"][0] <= "ๆ":
                found.setdefault(row["place_id"], row["name"])
    return found
