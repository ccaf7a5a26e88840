"""Write and read tables as CSV and Parquet files in a Frictionless data package."""

from __future__ import annotations

import csv
import hashlib
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sisterdata import schemas
from sisterdata.atomic_write import whole_folder
from sisterdata.dataset import croissant_metadata
from sisterdata.dataset.shipped_tables import DESCRIPTOR
from sisterdata.errors import DataError
from sisterdata.tabular import parquet

FILES = frozenset(
    {
        DESCRIPTOR,
        croissant_metadata.NAME,
        *(f"{table}.{form}" for table in schemas.TABLES for form in ("csv", "parquet")),
    }
)

LARGEST_TABLE = 1 << 30  # bytes, unpacked: some three million attestations

_PROFILE = "https://datapackage.org/profiles/2.0/"
_ARROW = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}


def write_package(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Write every table and the descriptor to `folder`, which is replaced atomically.

    The same tables give the same bytes: no date, host or version of pandas is written.
    """
    with whole_folder(folder, FILES) as new:
        for table, df in tables.items():
            (new / f"{table}.csv").write_bytes(_csv(df))
            pq.write_table(_arrow(df, table), new / f"{table}.parquet", compression="zstd")
        for name, content in _descriptions(tables, new).items():
            text = json.dumps(content, ensure_ascii=False, indent=2)
            (new / name).write_text(text + "\n", encoding="utf-8")


def read_table(folder: Path, table: str) -> pd.DataFrame:
    """Read one table, without validation. Raises `DataError` if it cannot be read."""
    path = folder / f"{table}.parquet"
    try:
        read = _read_parquet(path)
        names = list(schemas.model(table).to_schema().columns)
        if read.column_names != names:
            raise DataError(
                f"the columns are {read.column_names}",
                where=str(path),
                todo=f"they must be {names}",
            )
        return schemas.typed(read.to_pandas(), table)
    except FileNotFoundError as error:
        raise DataError("no such table", where=str(path), todo="run sisterdata build") from error
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"not readable: {error}", where=str(path), todo="run sisterdata build again"
        ) from error


def _read_parquet(path: Path) -> pa.Table:
    """All rows of a file, with a limit on its unpacked size and valid text."""
    with parquet.read(path) as opened:
        parts, size = [opened.native.schema_arrow.empty_table()], 0
        for chunk in opened.chunks:
            size += chunk.native.nbytes
            if size > LARGEST_TABLE:
                raise DataError(
                    f"unpacks to more than {LARGEST_TABLE >> 20} MB",
                    where=str(path),
                    todo="give a folder that sisterdata build wrote",
                )
            parts.append(chunk.native)
    whole = pa.concat_tables(parts)
    whole.validate(full=True)
    return whole


def changed_files(folder: Path, tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """The files of a dataset that were changed, and how; empty if none was.

    folder, tables
        The dataset, and the tables read from it.

    Raises `DataError` if the descriptor is missing or cannot be read.
    """
    descriptor = _read_descriptor(folder)
    said = _hashes(descriptor["resources"])
    wrong = {
        name: _OTHER_BYTES
        for name in sorted(FILES - {DESCRIPTOR, croissant_metadata.NAME})
        if not (folder / name).is_file() or said.get(name) != _hash(folder / name)
    }
    wrong |= {
        file.name: "not a file of a dataset"
        for file in sorted(folder.iterdir())
        if file.name not in FILES
    }
    made_with, now = _hashes(descriptor["derivedFrom"]), _hashes(_derived_from())
    wrong |= {
        name: "checksum differs from datapackage.json: the tables were built with another version"
        for name in sorted(made_with | now)
        if made_with.get(name) != now.get(name)
    }
    for table, df in tables.items():
        file = folder / f"{table}.csv"
        if file.is_file() and file.read_bytes() != _csv(df):
            wrong[file.name] = _other_rows(file.read_bytes(), _csv(df))
    if len(tables) == len(schemas.TABLES) and not wrong:
        for name, content in _descriptions(tables, folder).items():
            if _json(folder / name) != content:
                wrong[name] = "does not describe these tables"
    return wrong


def table_csv(df: pd.DataFrame) -> bytes:
    """The CSV that `build` writes for a table."""
    return _csv(df)


def _other_rows(found: bytes, made: bytes) -> str:
    r"""The first difference between a table's CSV and its Parquet file.

    >>> _other_rows(b"id,country\na,CN\nb,XX\n", b"id,country\na,CN\nb,CN\n")
    "rows differ from the Parquet file: row 2 ('b'): country is 'XX', there 'CN'"
    """
    said = "rows differ from the Parquet file"
    try:
        theirs, ours = (list(csv.reader(StringIO(data.decode()))) for data in (found, made))
    except (UnicodeDecodeError, csv.Error) as error:
        return f"{said}: {error}"
    pairs = zip(theirs, ours, strict=False)
    at = next((at for at, (row, other) in enumerate(pairs) if row != other), None)
    if at is None:
        longer = "more" if len(theirs) > len(ours) else "fewer"
        count = f"{len(theirs)} lines, {longer} than the {len(ours)} there"
        same = len(theirs) == len(ours)
        return f"{said}: {'the same cells, written differently' if same else count}"
    row, other = theirs[at], ours[at]
    if at == 0 or len(row) != len(other):
        which = "the headers" if at == 0 else f"row {at}"
        return f"{said}: {which}: {', '.join(row)[:200]!r}, there {', '.join(other)[:200]!r}"
    column = next(column for column, cell in enumerate(row) if cell != other[column])
    change = f"{ours[0][column]} is {row[column]!r}, there {other[column]!r}"
    return f"{said}: row {at} ({other[0]!r}): {change}"


def _read_descriptor(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The files of a dataset, and the files it was built with, from the descriptor."""
    descriptor = folder / DESCRIPTOR
    try:
        described = json.loads(descriptor.read_text(encoding="utf-8"))
        listed = {name: described.get(name, []) for name in ("resources", "derivedFrom")}
        for files in listed.values():
            _hashes(files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(
            f"no readable data package: {getattr(error, 'strerror', None) or str(error)[:200]}",
            where=str(descriptor),
            todo="give a folder that sisterdata build wrote",
        ) from error
    return listed


def _hashes(files: list[dict[str, str]]) -> dict[str, str]:
    return {file["path"]: file["hash"] for file in files}


_OTHER_BYTES = "checksum differs from datapackage.json"


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def table_schema(table: str) -> dict[str, Any]:
    """The Frictionless table schema of `table`, made from its pandera model."""
    return {
        "$schema": _PROFILE + "tableschema.json",
        "fields": [
            _field(name, column)
            for name, column in schemas.model(table).to_schema().columns.items()
        ],
        "missingValues": [""],
        "primaryKey": [schemas.KEYS[table]],
        "foreignKeys": [
            {"fields": [column], "reference": {"resource": other, "fields": [other_column]}}
            for (here, column), (other, other_column) in schemas.FOREIGN_KEYS.items()
            if here == table
        ],
    }


def _csv(df: pd.DataFrame) -> bytes:
    text: str = df.to_csv(index=False, lineterminator="\n")
    return text.encode()


def _arrow(df: pd.DataFrame, table: str) -> pa.Table:
    columns = schemas.model(table).to_schema().columns
    schema = pa.schema([(name, _ARROW[_kind(column)]) for name, column in columns.items()])
    return pa.Table.from_pandas(df, schema=schema, preserve_index=False).replace_schema_metadata()


def _kind(column: Any) -> str:
    """The Frictionless type of a pandera column."""
    dtype = pd.api.types.pandas_dtype(column.dtype.type)
    if pd.api.types.is_integer_dtype(dtype):
        return "integer"
    return "number" if pd.api.types.is_float_dtype(dtype) else "string"


def _descriptions(tables: dict[str, pd.DataFrame], folder: Path) -> dict[str, dict[str, Any]]:
    """The metadata files: the data package descriptor, and the same as Croissant."""
    described = _descriptor(tables, folder)
    return {DESCRIPTOR: described, croissant_metadata.NAME: croissant_metadata.croissant(described)}


def _descriptor(tables: dict[str, pd.DataFrame], folder: Path) -> dict[str, Any]:
    return {
        "$schema": _PROFILE + "datapackage.json",
        "name": "sisterdata",
        "title": "Sister-city pairs of Thai provinces and cities",
        "description": "Tidy, validated, linked tables made from published lists.",
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "title": "Creative Commons Attribution 4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
            }
        ],
        "sources": [
            {"title": f"{source.title} ({source.publisher})"}
            for source in tables["sources"].itertuples()
        ]
        + [
            {"title": "GeoNames (CC BY 4.0)", "path": "https://www.geonames.org/"},
            {"title": "Unicode CLDR (Unicode License v3)", "path": "https://cldr.unicode.org/"},
        ],
        "derivedFrom": _derived_from(),
        "resources": [
            resource
            for table in tables
            for resource in (_csv_resource(table, folder), _parquet_resource(table, folder))
        ],
    }


def _derived_from() -> list[dict[str, str]]:
    """The files of the library that decide what names mean (prov:wasDerivedFrom).

    The received documents, with their checksums, are in the table `sources`.
    """
    package = Path(__file__).parents[1]
    return [
        {"path": path.relative_to(package).as_posix(), "hash": _hash(path)}
        for pattern in ("curated/*.csv", "data/*.csv", "data/*.json", "data/*.tsv")
        for path in sorted(package.glob(pattern))
    ]


def _csv_resource(table: str, folder: Path) -> dict[str, Any]:
    return {
        "name": table,
        "type": "table",
        "path": f"{table}.csv",
        "title": schemas.title(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": (folder / f"{table}.csv").stat().st_size,
        "hash": _hash(folder / f"{table}.csv"),
        "schema": table_schema(table),
    }


def _parquet_resource(table: str, folder: Path) -> dict[str, Any]:
    return {
        "name": f"{table}-parquet",
        "path": f"{table}.parquet",
        "title": f"{schemas.title(table)} (Parquet, the same rows)",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "hash": _hash(folder / f"{table}.parquet"),
    }


def _field(name: str, column: Any) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if column.unique:
        constraints["unique"] = True
    for check in column.checks:
        said = check.statistics
        match check.name:
            case "str_matches":
                constraints["pattern"] = said["pattern"].removesuffix(r"(?!\n)")
            case "isin":
                constraints["enum"] = list(said["allowed_values"])
            case "greater_than_or_equal_to":
                constraints["minimum"] = said["min_value"]
            case "less_than_or_equal_to":
                constraints["maximum"] = said["max_value"]
    field = {"name": name, "type": _kind(column), "description": column.description}
    return {**field, "constraints": constraints} if constraints else field


def _hash(path: Path) -> str:
    return "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
