"""The shipped index of places, one country at a time.

`country(code)` opens one file of `data/gazetteer/`, checks it against the sha256 that
`data/gazetteer.json` records, and keeps it; a question about China never reads America.
`keyed(name)` tells which countries have a name at all, and `place(id)` answers for one id.

The files are made by ``make gazetteer`` (`tools/gazetteer/`); nothing here writes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sisterdata.errors import DataError
from sisterdata.text.fold import fold
from sisterdata.vocabulary import LEVELS

DATA = Path(__file__).resolve().parent.parent / "data"
HEARD = "~"  # before the key of a sound, in the index over all countries
_REBUILD = "reinstall sisterdata, or rebuild it with `make gazetteer`"


class NameKind(IntEnum):
    """Where a name comes from, and so what it is good for."""

    PRIMARY = 0  # the English or romanised name by which the entry is listed
    ALTERNATE = 1  # another Latin-script name of GeoNames
    LOCAL = 2  # in a script of the country itself
    CLDR = 3  # a Latin-script name of CLDR
    THAI = 4  # a Thai name of GeoNames
    CLDR_THAI = 5  # a Thai name of CLDR, checked by its sound
    CURATED = 6  # a name of `curated/units.csv`
    GENERATED_THAI = 7  # spelt in Thai by rule from the local name
    HISTORIC = 8  # the name of the unit before it changed


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the gazetteer.

    id
        The canonical CURIE: ``iso3166-2:CN-JS``, ``geonames:1787093`` or ``gb2260:513400``.
    name, name_th, name_local
        The romanised name, a Thai one and one in the country's own script, as far as known.
    level
        ``admin1`` (first-level unit), ``prefecture`` (second-level unit), ``city`` or
        ``district``.
    admin1_code
        ISO 3166-2 code of the first-level unit it lies in (its own, for such a unit).
    former_admin1
        ISO 3166-2 code of the unit that it lay in before that became part of `admin1_code`.
    parent_id
        The id of the prefecture or the prefecture-level city it belongs to, where known.
    latitude, longitude
        Degrees, WGS 84; of a unit, the position of its most populous place.
    population
        Inhabitants as GeoNames gives them; of a unit, the sum over the places in it. A prior
        for matching, not a census.
    valid_from, valid_to
        Reduced ISO 8601 dates: the unit held from the first until (not on) the second.
    replaced_by
        The id of the unit that took over, for a unit that is no more.
    """

    id: str
    name: str
    name_th: str | None
    name_local: str | None
    level: str
    country_code: str
    admin1_code: str | None
    iso3166_2: str | None
    geonames_id: str | None
    gb2260_code: str | None
    latitude: float | None
    longitude: float | None
    population: int
    valid_from: str | None = None
    valid_to: str | None = None
    former_admin1: str | None = None
    parent_id: str | None = None
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a country, read from its columns when asked: cheap to make, cheap to compare.

    Two views of the same entry are equal and hash alike. `place()` gives the full record.

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
        """The ISO 3166-2 code of the first-level unit it lies in."""
        return self.country.admin1[self.number]

    @property
    def valid_from(self) -> str:
        return self.country.valid_from[self.number]

    @property
    def valid_to(self) -> str:
        return self.country.valid_to[self.number]

    @property
    def is_city(self) -> bool:
        """True for a city, and for a first-level unit that is one (Busan, Hanoi, Beijing)."""
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
        start, end = self.valid_from, self.valid_to
        if date is None:
            return end == ""
        return start <= date and (end == "" or date < end)

    def place(self) -> Place:
        return self.country.place(self.number)


@dataclass(frozen=True, slots=True, eq=False)
class Country:
    """All entries of one country, as columns; entry ``i`` is row ``i`` of each.

    The ``name_*`` columns are a second table, one row a name: ``name_entry[j]`` is the entry
    that ``name_text[j]`` names, in rising order; ``name_rows(i)`` are the rows of entry ``i``.
    Empty strings stand for what is not known, NaN for missing coordinates.
    """

    code: str
    ids: tuple[str, ...]
    names: tuple[str, ...]
    names_th: tuple[str, ...]
    names_local: tuple[str, ...]
    levels: npt.NDArray[np.uint8]  # position in LEVELS
    admin1: tuple[str, ...]
    former_admin1: tuple[str, ...]
    iso3166_2: tuple[str, ...]
    geonames: npt.NDArray[np.uint32]  # 0: none
    gb2260: npt.NDArray[np.uint32]  # 0: none
    latitude: npt.NDArray[np.float32]
    longitude: npt.NDArray[np.float32]
    population: npt.NDArray[np.uint32]
    valid_from: tuple[str, ...]
    valid_to: tuple[str, ...]
    parents: npt.NDArray[np.int32]  # an entry of this country, -1: none
    replaced_by: tuple[str, ...]
    name_entry: npt.NDArray[np.int32]
    name_text: tuple[str, ...]
    name_kind: npt.NDArray[np.uint8]  # a NameKind

    def __len__(self) -> int:
        return len(self.ids)

    def entry(self, i: int) -> Entry:
        """Entry ``i`` as a view."""
        return Entry(self, i)

    def lookup(self, place_id: str) -> Entry | None:
        """The entry with this id, None where there is none."""
        number = self.find(place_id) if place_id else None
        return None if number is None else Entry(self, number)

    def name_rows(self, i: int) -> range:
        """The rows of the names table that belong to entry ``i``."""
        start, stop = np.searchsorted(self.name_entry, [i, i + 1])
        return range(int(start), int(stop))

    def place(self, i: int) -> Place:
        """Entry ``i`` as a record."""
        located = not np.isnan(self.latitude[i])
        parent = int(self.parents[i])
        return Place(
            id=self.ids[i],
            name=self.names[i],
            name_th=self.names_th[i] or None,
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
        )

    def admin1_at(self, i: int, date: str | None) -> str:
        """The first-level unit that entry ``i`` lay in at a reduced ISO date (None: today).

        A date without day or month counts as its first day.

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
        """The entry with this id or this id beside it, None where there is none."""
        return _entries(self.code).get(place_id)


def place(place_id: str) -> Place | None:
    """The entry that has this id, or has it beside its own; None where there is none.

    >>> place("iso3166-2:CN-BJ").name
    'Beijing'
    >>> place("geonames:1816670").id  # the same city by its GeoNames id
    'iso3166-2:CN-BJ'
    >>> place("geonames:0") is None
    True
    """
    code = _country_of(place_id)
    if code is None:
        return None
    found = country(code)
    entry = found.find(place_id)
    return None if entry is None else found.place(entry)


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """The ISO 3166-1 alpha-2 codes that `country` answers, sorted."""
    return tuple(sorted(_manifest()["countries"]))


@cache
def country(code: str) -> Country:
    """All entries of one country, by its ISO 3166-1 alpha-2 code.

    Raises DataError where the country is not in the index or its file is damaged.

    >>> country("LA").place(country("LA").find("iso3166-2:LA-VT")).level
    'admin1'
    """
    if code not in _manifest()["countries"]:
        raise DataError(f"no country {code!r} in the gazetteer", todo="see countries()")
    columns = _read(f"{code}.npz", lambda column: "sound_" not in column)
    text = {
        name.removeprefix("text_"): _split(column)
        for name, column in columns.items()
        if name.startswith("text_")
    }
    counts = columns["name_count"]
    first = np.cumsum(counts) - counts
    geonames, gb2260 = columns["geonames"], columns["gb2260"]
    return Country(
        code=code,
        ids=tuple(
            map(
                _id,
                (columns["levels"] == 0).tolist(),
                text["iso3166_2"],
                geonames.tolist(),
                gb2260.tolist(),
            )
        ),
        names=tuple(map(text["name_text"].__getitem__, first.tolist())),
        names_th=text["names_th"],
        names_local=text["names_local"],
        levels=columns["levels"],
        admin1=_coded(columns["admin1"], text["admin1_codes"]),
        former_admin1=_coded(columns["former_admin1"], text["admin1_codes"])
        if "former_admin1" in columns
        else ("",) * len(counts),
        iso3166_2=text["iso3166_2"],
        geonames=geonames,
        gb2260=gb2260,
        latitude=columns["latitude"],
        longitude=columns["longitude"],
        population=columns["population"],
        valid_from=text["valid_from"],
        valid_to=text["valid_to"],
        parents=columns["parents"],
        replaced_by=text["replaced_by"],
        name_entry=np.repeat(np.arange(len(counts), dtype=np.int32), counts),
        name_text=text["name_text"],
        name_kind=columns["name_kind"],
    )


def sound_columns(code: str) -> dict[str, npt.NDArray[Any]]:
    """How the names of one country sound, one row a reading (see `likeness.py`).

    `sound_entry` is the entry it is of, in rising order, and `sound_kind` the NameKind of the
    name; `sound_length` tells how many of `sound_units`, rows of the table of sound costs, are its
    own; `sound_key` is its position in `text_sound_keys`, one text a line. Raises as `country`
    does.
    """
    if code not in _manifest()["countries"]:
        raise DataError(f"no country {code!r} in the gazetteer", todo="see countries()")
    columns = _read(f"{code}.npz", lambda column: "sound_" in column)
    if not columns:
        path = DATA / "gazetteer" / f"{code}.npz"
        raise DataError("holds no sounds", where=str(path), todo=_REBUILD)
    return columns


def keyed(key: str) -> tuple[str, ...]:
    """The countries in which some entry may have this name, or, behind HEARD, this key of a sound.

    The answer is a superset (32-bit hashes are kept, of names as they `fold`): look into each.

    >>> "CN" in keyed("yángzhōu")
    True
    """
    index = _keys()
    hashed = zlib.crc32(fold(key).encode(errors="surrogatepass"))
    start, stop = index["key_start"][hashed >> 16], index["key_start"][(hashed >> 16) + 1]
    hits = np.flatnonzero(index["key_low"][start:stop] == (hashed & 0xFFFF)) + start
    order = countries()
    return tuple(sorted({order[i] for i in index["key_country"][hits]}))


def damaged() -> tuple[str, ...]:
    """The files of the index that are missing or not the bytes `gazetteer.json` records."""
    bad = []
    for name, recorded in sorted(_manifest()["files"].items()):
        path = DATA / "gazetteer" / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != recorded:
            bad.append(str(path))
    return tuple(bad)


def _country_of(place_id: str) -> str | None:
    scheme, _, local = place_id.partition(":")
    if scheme == "gb2260":
        return "CN"
    if scheme == "iso3166-2":
        return local[:2] if local[:2] in _manifest()["countries"] else None
    if scheme == "geonames" and local.isascii() and local.isdigit() and len(local) < 10:
        ids, country_at = _geonames()
        at = int(np.searchsorted(ids, int(local)))
        if at < len(ids) and ids[at] == int(local):
            return countries()[int(country_at[at])]
    return None


@cache
def _entries(code: str) -> dict[str, int]:
    found = country(code)
    beside: dict[str, int] = {}
    for i in range(len(found)):
        if found.geonames[i]:
            beside[f"geonames:{found.geonames[i]}"] = i
        if found.gb2260[i]:
            beside.setdefault(f"gb2260:{found.gb2260[i]:06d}", i)
        if found.iso3166_2[i]:
            beside.setdefault(f"iso3166-2:{found.iso3166_2[i]}", i)
    return beside | {place_id: i for i, place_id in enumerate(found.ids)}


@lru_cache(maxsize=1)
def _keys() -> dict[str, npt.NDArray[Any]]:
    return _read("index.npz", lambda column: column.startswith("key_"))


@lru_cache(maxsize=1)
def _geonames() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """The ids of GeoNames in rising order, and the position of each one's country."""
    columns = _read("index.npz", lambda column: column.startswith("geonames_"))
    return np.cumsum(columns["geonames_step"], dtype=np.uint32), columns["geonames_country"]


@lru_cache(maxsize=1)
def _manifest() -> dict[str, Any]:
    path = DATA / "gazetteer.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_bytes())
        manifest["files"], manifest["countries"]
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"unreadable: {error}", where=str(path), todo=_REBUILD) from error
    return manifest


def _read(name: str, wanted: Callable[[str], bool]) -> dict[str, npt.NDArray[Any]]:
    """The wanted columns of a file."""
    path = DATA / "gazetteer" / name
    try:
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != _manifest()["files"].get(name):
            raise DataError("not the bytes gazetteer.json records", where=str(path), todo=_REBUILD)
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            return {column: archive[column] for column in archive.files if wanted(column)}
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise DataError(f"unreadable: {error}", where=str(path), todo=_REBUILD) from error


def _id(top: bool, iso3166_2: str, geonames: int, gb2260: int) -> str:
    """The canonical id: ISO 3166-2 at the first level, then the first code there is."""
    if iso3166_2 and (top or not geonames):
        return f"iso3166-2:{iso3166_2}"
    return f"geonames:{geonames}" if geonames else f"gb2260:{gb2260:06d}"


def _split(column: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    """A text column is one UTF-8 text, one line a row."""
    return tuple(column.tobytes().decode().split("\n"))


def _coded(rows: npt.NDArray[Any], values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(values[row] for row in rows.tolist())
