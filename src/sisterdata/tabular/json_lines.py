"""JSON lines: objects are written back byte for byte, with keys added at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from sisterdata.errors import DataError
from sisterdata.tabular.table import CHUNK_CHARACTERS, CHUNK_ROWS, Chunk, Fields, Row, Table


@contextmanager
def read(path: Path) -> Iterator[Table]:
    """Open a file with one JSON object on each line (https://jsonlines.org/), in UTF-8.

    The columns are the keys of all objects, in the order in which they appear. Raises `DataError`,
    with the line, for a line that is not a JSON object.
    """
    keys: dict[str, None] = {}
    for _, found, _, _ in _objects(path):
        keys.update(dict.fromkeys(found))
    if not keys:
        raise DataError("the file is empty", where=str(path), todo="give a table with headers")
    columns = tuple(keys)
    yield Table(path, columns, _chunks(path, columns), path.stat().st_size)


@contextmanager
def append(
    file: BinaryIO, table: Table, fields: Fields
) -> Iterator[Callable[[Chunk, Sequence[Row]], None]]:
    """Write the objects of `table` unchanged, each with the keys of `fields` added."""

    @lru_cache(1 << 16)
    def rendered(cells: Row) -> bytes:
        return _json(dict(zip(fields, cells, strict=True)))[1:].encode() + b"\n"

    def add(chunk: Chunk, cells: Sequence[Row]) -> None:
        file.writelines(
            before + rendered(added) for before, added in zip(chunk.native, cells, strict=True)
        )

    yield add
    del table


@contextmanager
def write(file: BinaryIO, fields: Fields) -> Iterator[Callable[[Sequence[Row]], None]]:
    """Write rows as JSON lines."""
    yield lambda rows: file.writelines(
        _json(dict(zip(fields, row, strict=True))).encode() + b"\n" for row in rows
    )


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _chunks(path: Path, columns: tuple[str, ...]) -> Iterator[Chunk]:
    rows: list[dict[str, Any]] = []
    texts: list[bytes] = []
    size = done = 0
    for _, found, text, done in _objects(path):
        rows.append(found)
        texts.append(text[:-1].rstrip() + (b", " if found else b""))
        size += len(text)
        if len(rows) >= CHUNK_ROWS or size >= CHUNK_CHARACTERS:
            yield _chunk(rows, columns, texts, done)
            rows, texts, size = [], [], 0
    if rows:
        yield _chunk(rows, columns, texts, done)


def _chunk(
    rows: list[dict[str, Any]], columns: tuple[str, ...], texts: list[bytes], done: int
) -> Chunk:
    return Chunk(len(rows), lambda at: [_text(row.get(columns[at])) for row in rows], texts, done)


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any], bytes, int]]:
    """Each object: its line, its keys and values, its exact text, the bytes read so far."""
    done = 0
    with path.open("rb") as file:
        for line, data in enumerate(file, start=1):
            done += len(data)
            text = data.removeprefix(b"\xef\xbb\xbf").strip() if line == 1 else data.strip()
            if not text:
                continue
            try:
                found = json.loads(text)
            # RecursionError: nested too deep. ValueError: not JSON, not UTF-8, or a number with too
            # many digits.
            except (ValueError, RecursionError) as error:
                raise _refusal(path, line, f"not JSON: {error}") from error
            if not isinstance(found, dict):
                raise _refusal(path, line, f"not an object but {type(found).__name__}")
            yield line, found, text, done


def _refusal(path: Path, line: int, what: str) -> DataError:
    return DataError(what, where=f"{path}:{line}", todo="write one JSON object on each line")
