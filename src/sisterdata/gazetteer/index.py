"""The shipped index of places, one country at a time.

`country(code)` reads one file of `data/gazetteer/`, compares its checksum with
`data/gazetteer.json`, and caches it; the files of other countries are not read. `keyed(name)`
returns the countries that may have a name, and `place(id)` the place with an id.

``make gazetteer`` (`tools/gazetteer/`) writes the files; nothing here does.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sisterdata.errors import DataError
from sisterdata.gazetteer.country_entries import Country, Entry, open_country
from sisterdata.gazetteer.place import NameKind, Place
from sisterdata.text.fold_names import fold

__all__ = ["HEARD", "Country", "Entry", "NameKind", "Place", "countries", "country", "damaged",
           "keyed", "place", "sound_columns"]  # fmt: skip

DATA = Path(__file__).resolve().parent.parent / "data"
HEARD = "~"  # prefix of sound keys in the index over all countries
_SCHEMES = {"gb2260": "CN", "dopa": "TH"}  # schemes of one country only
_ASKED = "asked_"  # prefix of the columns with the sounds of `asked_only` entries
_DTYPE = re.compile(rb"'descr': '([^']+)'")  # in the header of an .npy file
_REBUILD = "reinstall sisterdata, or rebuild it with `make gazetteer`"


def place(place_id: str) -> Place | None:
    """The place with this id, also as a secondary id; None if there is none.

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
    """The alpha-2 codes (ISO 3166-1) of all countries in the gazetteer, sorted."""
    return tuple(sorted(_manifest()["countries"]))


@cache
def country(code: str) -> Country:
    """All entries of one country, by its ISO 3166-1 alpha-2 code.

    Raises `DataError` if the country is not in the gazetteer, or if its file is damaged.

    >>> country("LA").place(country("LA").find("iso3166-2:LA-VT")).level
    'admin1'
    """
    if code not in _manifest()["countries"]:
        raise DataError(f"no country {code!r} in the gazetteer", todo="see countries()")
    return open_country(code, _read(f"{code}.npz", lambda column: "sound_" not in column))


def sound_columns(code: str, *, asked_only: bool = False) -> dict[str, npt.NDArray[Any]]:
    """The sounds of the names of one country, one row for each pronunciation.

    `sound_entry` is the entry a reading is of, in rising order, and `sound_kind` the NameKind of
    the name; `sound_length` tells how many of `sound_units`, rows of the table of sound costs,
    belong to it; `sound_key` is its position in `text_sound_keys`, one text a line.

    `asked_only` gives the sounds of the entries that `Country.asked_only` marks, which are kept
    apart; the dict is empty where a country has none. Raises as `country` does.
    """
    if code not in _manifest()["countries"]:
        raise DataError(f"no country {code!r} in the gazetteer", todo="see countries()")
    if asked_only:
        columns = _read(f"{code}.npz", lambda column: column.startswith(_ASKED))
        return {name.removeprefix(_ASKED): column for name, column in columns.items()}
    columns = _read(f"{code}.npz", lambda column: column.startswith(("sound_", "text_sound_")))
    if not columns:
        path = DATA / "gazetteer" / f"{code}.npz"
        raise DataError("has no sounds", where=str(path), todo=_REBUILD)
    return columns


def keyed(key: str) -> tuple[str, ...]:
    """The countries that may have an entry with this name (or, after HEARD, this sound key).

    The index has 32-bit hashes of folded names, so some of these countries may not have it.

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
    """The files that are missing, or whose checksum differs from `gazetteer.json`."""
    bad = []
    for name, recorded in sorted(_manifest()["files"].items()):
        path = DATA / "gazetteer" / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != recorded:
            bad.append(str(path))
    return tuple(bad)


def _country_of(place_id: str) -> str | None:
    scheme, _, local = place_id.partition(":")
    if scheme in _SCHEMES:
        return _SCHEMES[scheme]
    if scheme == "iso3166-2":
        return local[:2] if local[:2] in _manifest()["countries"] else None
    if scheme == "geonames" and local.isascii() and local.isdigit() and len(local) < 10:
        ids, country_at = _geonames()
        at = int(np.searchsorted(ids, np.uint32(int(local))))
        if at < len(ids) and ids[at] == int(local):
            return countries()[int(country_at[at])]
    return None


@lru_cache(maxsize=1)
def _keys() -> dict[str, npt.NDArray[Any]]:
    return _read("index.npz", lambda column: column.startswith("key_"))


@lru_cache(maxsize=1)
def _geonames() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8]]:
    """The GeoNames ids in ascending order, and the position of the country of each."""
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
    """Read some columns of a file."""
    path = DATA / "gazetteer" / name
    try:
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != _manifest()["files"].get(name):
            raise DataError("checksum differs from gazetteer.json", where=str(path), todo=_REBUILD)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {info.filename.removesuffix(".npy"): info for info in archive.infolist()}
            return {
                column: _array(archive.read(info))
                for column, info in names.items()
                if wanted(column)
            }
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise DataError(f"unreadable: {error}", where=str(path), todo=_REBUILD) from error


def _array(content: bytes) -> npt.NDArray[Any]:
    """A one-dimensional array from the bytes of an .npy file, version 1.0.

    `numpy.load` evaluates each header as Python and takes four times as long for a small country.
    """
    length = int.from_bytes(content[8:10], "little")
    header = _DTYPE.search(content, 10, 10 + length)
    if not content.startswith(b"\x93NUMPY\x01\x00") or header is None:
        raise ValueError("not an array of numpy")
    return np.frombuffer(content, dtype=header[1].decode(), offset=10 + length)
