"""JSON from web services as a table: records, GeoJSON, ArcGIS and SPARQL results.

New keys are added to each record in place, so the rest of the document is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sisterdata.errors import DataError, ParseError
from sisterdata.tabular.table import CHUNK_ROWS, HEAD_LINES, Chunk, Fields, Row, Table
from sisterdata.text.detect_encoding import decode

LARGEST_FILE = 256 << 20  # bytes; the whole document is held in memory
_DEEPEST = 4  # levels that are searched for a list of records
# Keys that services use for their records; these come before other lists of objects.
_KEYS = ("records", "features", "bindings", "results", "items", "data", "rows", "hits", "values")


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document, and the object for each row that new keys are added to."""

    root: Any
    targets: list[dict[str, Any]]
    sparql: bool


@contextmanager
def read(path: Path) -> Iterator[Table]:
    """Open a JSON document with one list of records.

    The list may be the whole document, or under a key. The columns are the properties of GeoJSON
    features (and the coordinates of points), the attributes of ArcGIS features, or the variables of
    SPARQL results. Objects inside a record become columns ``outer.inner``; lists of texts are
    joined by "; ". Raises `DataError` for a file that is not JSON, or has no list of records or
    several.
    """
    root = _load(path)
    document, records = _records(root, path)
    rows = [_flat(record) for record in records]
    columns = tuple(dict.fromkeys(key for row in rows for key in row))
    if not columns:
        raise DataError("the list of records is empty", where=str(path), todo="check the file")

    def grid() -> Iterator[list[str]]:
        yield list(columns)
        for row in rows:
            yield [row.get(column) or "" for column in columns]

    head = [line for line, _ in zip(grid(), range(HEAD_LINES), strict=False)]
    yield Table(path, columns, _chunks(rows, columns), len(rows), head, grid, document)


@contextmanager
def append(
    file: BinaryIO, table: Table, fields: Fields
) -> Iterator[Callable[[Chunk, Sequence[Row]], None]]:
    """Write the document of `table`, with the keys of `fields` added to each record."""
    document: Document = table.native

    def add(chunk: Chunk, cells: Sequence[Row]) -> None:
        for at, row in zip(chunk.native, cells, strict=True):
            for name, value in zip(fields, row, strict=True):
                if document.sparql:
                    if value is not None:
                        document.targets[at][name] = {"type": "literal", "value": str(value)}
                else:
                    document.targets[at][name] = value

    yield add
    if document.sparql:
        variables = document.root["head"]["vars"]
        variables.extend(name for name in fields if name not in variables)
    file.write(json.dumps(document.root, ensure_ascii=False, indent=2).encode() + b"\n")


@contextmanager
def write(file: BinaryIO, fields: Fields) -> Iterator[Callable[[Sequence[Row]], None]]:
    """Write rows as one list of JSON objects."""
    first = True

    def put(rows: Sequence[Row]) -> None:
        nonlocal first
        for row in rows:
            record = json.dumps(dict(zip(fields, row, strict=True)), ensure_ascii=False)
            file.write(f"{'[' if first else ','}\n{record}".encode())
            first = False

    yield put
    file.write(b"[]\n" if first else b"\n]\n")


def _load(path: Path) -> Any:
    if path.stat().st_size > LARGEST_FILE:
        raise DataError(
            f"is {path.stat().st_size >> 20} MB, more than {LARGEST_FILE >> 20}",
            where=str(path),
            todo="write it as JSON lines (.jsonl), which are read line by line",
        )
    try:
        return json.loads(decode(path.read_bytes(), str(path)))
    except ParseError as error:
        raise DataError(error.what, where=error.where, todo=error.todo) from error
    except json.JSONDecodeError as error:
        lines = error.msg == "Extra data" and error.colno == 1
        raise DataError(
            f"not JSON: {error.msg}",
            where=f"{path}:{error.lineno}:{error.colno}",
            todo="name it .jsonl: it has one object on each line" if lines else "check the file",
        ) from error
    except (ValueError, RecursionError) as error:  # too many digits, or nested too deep
        raise DataError(f"not JSON: {error}", where=str(path), todo="check the file") from error


def _records(root: Any, path: Path) -> tuple[Document, list[dict[str, Any]]]:
    if _is_sparql(root):
        bindings = root["results"]["bindings"]
        named = dict.fromkeys(root["head"].get("vars", ()))
        values = [
            named | {key: value.get("value") for key, value in binding.items()}
            for binding in bindings
        ]
        return Document(root, bindings, sparql=True), values
    records, is_rows = _find(root, path)
    root = records if is_rows else root  # rows without keys cannot get new ones
    targets, values = [], []
    for record in records:
        inner = next(
            (
                record[key]
                for key in ("properties", "attributes", "fields")
                if isinstance(record.get(key), dict) and _is_feature(record, key)
            ),
            record,
        )
        targets.append(inner)
        values.append(inner | _beside(record) if inner is not record else record)
    return Document(root, targets, sparql=False), values


def _is_sparql(root: Any) -> bool:
    if not (isinstance(root, dict) and isinstance(root.get("head"), dict)):
        return False
    results = root.get("results")
    bindings = results.get("bindings") if isinstance(results, dict) else None
    return isinstance(bindings, list) and all(
        isinstance(binding, dict) and all(isinstance(v, dict) for v in binding.values())
        for binding in bindings
    )


def _is_feature(record: dict[str, Any], key: str) -> bool:
    others = {"geometry", "type", "id", "bbox", "centroid", "recordid", "datasetid", "createdTime"}
    return key != "fields" or set(record) - {"fields"} <= others | {"record_timestamp"}


def _beside(record: dict[str, Any]) -> dict[str, Any]:
    """The coordinates of a feature's point."""
    geometry = record.get("geometry")
    if not isinstance(geometry, dict):
        return {}
    point = geometry.get("coordinates") if geometry.get("type") == "Point" else None
    if point is None and {"x", "y"} <= geometry.keys():
        point = [geometry["x"], geometry["y"]]
    if not isinstance(point, list) or len(point) < 2:
        return {}
    return {"geometry.longitude": point[0], "geometry.latitude": point[1]}


def _find(root: Any, path: Path) -> tuple[list[dict[str, Any]], bool]:
    """The list of records in a document, and whether it was made from a header and rows."""
    found = list(_lists(root, "", 0))
    for key in _KEYS:
        named = [one for one in found if one[0].rpartition(".")[2] == key]
        if len(named) == 1:
            return named[0][1:]
    if len(found) == 1:
        return found[0][1:]
    if not found:
        raise DataError(
            "has no list of records",
            where=str(path),
            todo="give a list of objects, GeoJSON, or results of ArcGIS or SPARQL",
        )
    names = ", ".join(repr(name or "the whole") for name, *_ in found[:5])
    raise DataError(
        f"has several lists of records: {names}",
        where=str(path),
        todo="save the list you want in a separate file",
    )


def _lists(value: Any, name: str, depth: int) -> Iterator[tuple[str, list[dict[str, Any]], bool]]:
    if isinstance(value, list):
        if value and all(isinstance(item, dict) for item in value):
            yield name, value, False
        elif len(value) > 1 and all(isinstance(item, list) for item in value):
            header, *rows = value
            if all(isinstance(cell, str) for cell in header):
                yield name, [dict(zip(header, row, strict=False)) for row in rows], True
    elif isinstance(value, dict) and depth < _DEEPEST:
        for key, inner in value.items():
            yield from _lists(inner, f"{name}.{key}" if name else key, depth + 1)


def _flat(record: dict[str, Any]) -> dict[str, str | None]:
    cells: dict[str, str | None] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            cells.update({f"{key}.{inner}": _text(each) for inner, each in value.items()})
        else:
            cells[key] = _text(value)
    return cells


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False)


def _chunks(rows: list[dict[str, str | None]], columns: tuple[str, ...]) -> Iterator[Chunk]:
    for start in range(0, len(rows), CHUNK_ROWS):
        part = rows[start : start + CHUNK_ROWS]
        yield Chunk(
            len(part),
            lambda at, part=part: [row.get(columns[at]) for row in part],  # type: ignore[misc]
            range(start, start + len(part)),
            start + len(part),
        )
