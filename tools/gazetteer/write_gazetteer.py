"""Write the gazetteer: a file for each country, the index, and a list of the inputs."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sisterdata.gazetteer.country_entries import NO_NAME
from sisterdata.gazetteer.index import HEARD, NameKind
from sisterdata.gazetteer.place import ORIGINS
from sisterdata.text.fold_names import fold
from sisterdata.vocabulary import LEVELS
from tools.gazetteer import sound_columns
from tools.gazetteer.download_inputs import PACKAGES
from tools.gazetteer.place_entries import Entry
from tools.gazetteer.remove_wrong_names import Rejected

Columns = dict[str, npt.NDArray[Any]]


def country_columns(entries: Sequence[Entry]) -> Columns:
    """The columns of one country's file, in the order of `entries`.

    Ids are not stored, because an id is one of the codes; nor is the main name, because it is the
    first of the names.
    """
    places = [entry.place for entry in entries]
    at = {place.id: i for i, place in enumerate(places)}
    codes = sorted({code or "" for p in places for code in (p.admin1_code, p.former_admin1)})
    names = [name for entry in entries for name in entry.names]

    def number(values: Iterable[str | None]) -> npt.NDArray[np.uint32]:
        return np.array([int(value or 0) for value in values], dtype=np.uint32)

    columns: Columns = {
        "name_th_row": np.array([_thai_row(entry) for entry in entries], dtype=np.uint8),
        "name_th_origin": np.array(
            [ORIGINS.index(p.name_th_origin or "") for p in places], dtype=np.uint8
        ),
        "text_names_local": _lines(p.name_local or "" for p in places),
        "levels": np.array([LEVELS.index(p.level) for p in places], dtype=np.uint8),
        "admin1": np.array([codes.index(p.admin1_code or "") for p in places], dtype=np.uint16),
        "text_admin1_codes": _lines(codes),
        "text_iso3166_2": _lines(p.iso3166_2 or "" for p in places),
        "geonames": number(p.geonames_id for p in places),
        "gb2260": number(p.gb2260_code for p in places),
        "latitude": _degrees(p.latitude for p in places),
        "longitude": _degrees(p.longitude for p in places),
        "population": np.array([p.population for p in places], dtype=np.uint32),
        "text_valid_from": _lines(p.valid_from or "" for p in places),
        "text_valid_to": _lines(p.valid_to or "" for p in places),
        "parents": np.array([at.get(p.parent_id or "", -1) for p in places], dtype=np.int32),
        "text_replaced_by": _lines(p.replaced_by or "" for p in places),
        "name_count": np.array([len(entry.names) for entry in entries], dtype=np.uint16),
        "text_name_text": _lines(unicodedata.normalize("NFC", name) for name, _ in names),
        "name_kind": np.array([kind for _, kind in names], dtype=np.uint8),
    }
    if any(place.former_admin1 for place in places):
        former = [codes.index(place.former_admin1 or "") for place in places]
        columns["former_admin1"] = np.array(former, dtype=np.uint16)
    if any(place.dopa_code for place in places):
        columns["dopa"] = number(p.dopa_code for p in places)
    return columns


def _thai_row(entry: Entry) -> int:
    """The position of the Thai name among the names of an entry."""
    if entry.place.name_th is None:
        return NO_NAME
    wanted = fold(entry.place.name_th)
    rows = [i for i, name in enumerate(entry.names) if name.text == entry.place.name_th]
    rows += [i for i, name in enumerate(entry.names) if fold(name.text) == wanted]
    if not rows or rows[0] >= NO_NAME:
        raise ValueError(f"{entry.place.id}: {entry.place.name_th} is not among its names")
    return rows[0]


def index_columns(entries: Mapping[str, Sequence[Entry]], files: Mapping[str, Columns]) -> Columns:
    """The index over all countries: hashes of names and sound keys, and GeoNames ids.

    Sound keys have the prefix HEARD, to distinguish them from names. Official spellings and the
    names of `asked_only` entries are not in the index.
    """
    hashed: set[tuple[int, int]] = set()
    ids: list[tuple[int, int]] = []
    for i, (code, rows) in enumerate(sorted(entries.items())):
        texts = {
            name.text
            for entry in rows
            if not sound_columns.asked_only(entry.place)
            for name in entry.names
            if name.kind is not NameKind.OFFICIAL_THAI
        }
        if "text_sound_keys" in files[code]:
            heard = files[code]["text_sound_keys"].tobytes().decode().split("\n")
            texts.update(f"{HEARD}{key}" for key in heard if key)
        hashed |= {(zlib.crc32(fold(text).encode()), i) for text in texts if text}
        ids += [(int(e.place.geonames_id), i) for e in rows if e.place.geonames_id]
    keys = np.array(sorted(hashed), dtype=np.uint64)
    places = np.array(sorted(ids), dtype=np.uint64)
    high = (keys[:, 0] >> np.uint64(16)).astype(np.uint32)
    return {
        "key_start": np.searchsorted(high, np.arange(65537)).astype(np.uint32),
        "key_low": (keys[:, 0] & np.uint64(0xFFFF)).astype(np.uint16),
        "key_country": keys[:, 1].astype(np.uint8),
        "geonames_step": np.diff(places[:, 0], prepend=0).astype(np.uint32),
        "geonames_country": places[:, 1].astype(np.uint8),
    }


def write(entries: Mapping[str, Sequence[Entry]], rejected: Iterable[Rejected], to: Path) -> None:
    """Write `gazetteer/*.npz`, `gazetteer/rejected.csv` and `gazetteer.json` below `to`."""
    folder = to / "gazetteer"
    folder.mkdir(parents=True, exist_ok=True)
    columns = {
        code: country_columns(rows) | sound_columns.columns(code, rows)
        for code, rows in entries.items()
    }
    contents = {f"{code}.npz": _archive(part) for code, part in columns.items()}
    contents["index.npz"] = _archive(index_columns(entries, columns))
    contents["rejected.csv"] = _table(rejected)
    for path in folder.iterdir():
        if path.name not in contents:
            path.unlink()
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    manifest = {
        "sources": [asdict(package) for package in PACKAGES],
        "countries": {code: len(rows) for code, rows in sorted(entries.items())},
        "files": {
            name: hashlib.sha256(content).hexdigest() for name, content in sorted(contents.items())
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (to / "gazetteer.json").write_text(text, encoding="utf-8", newline="\n")


def _table(rejected: Iterable[Rejected]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(Rejected._fields)
    writer.writerows(rejected)
    return text.getvalue().encode()


def _archive(columns: Columns) -> bytes:
    """The bytes of an .npz file; the same columns always give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, column in sorted(columns.items()):
            array = io.BytesIO()
            np.lib.format.write_array(array, column, version=(1, 0), allow_pickle=False)
            member = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            archive.writestr(member, array.getvalue(), compresslevel=9)
    return buffer.getvalue()


def _lines(values: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(values).encode(), dtype=np.uint8)


def _degrees(values: Iterable[float | None]) -> npt.NDArray[np.float32]:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float32)
