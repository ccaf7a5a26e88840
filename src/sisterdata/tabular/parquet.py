"""Parquet: columns keep their types, and columns are added at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from sisterdata.errors import DataError
from sisterdata.tabular.table import CHUNK_ROWS, Chunk, Fields, Row, Table

# A small file can declare any number of rows, a page can unpack to a gigabyte, and one long text in
# a dictionary can be repeated in every row. So only a few rows are read at a time, and files that
# no real table needs are refused.
_ROWS_AT_ONCE = 64
_ROWS_A_BYTE = 100  # for files with more than _MANY_ROWS
_MANY_ROWS = 10_000_000
_LARGEST_RATIO = 200  # unpacked to packed, for row groups larger than _LARGEST_CHUNK
_LARGEST_CHUNK = 256 << 20

_TYPES: dict[type, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64()}


@contextmanager
def read(path: Path) -> Iterator[Table]:
    """Open a Parquet file. Raises `DataError` if it is damaged, or far too large when unpacked."""
    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise _damaged(path, error) from error
    with file:
        _refuse_bombs(file, path)
        columns = tuple(file.schema_arrow.names)
        yield Table(path, columns, _chunks(file, path), file.metadata.num_rows, native=file)


@contextmanager
def append(
    file: BinaryIO, table: Table, fields: Fields
) -> Iterator[Callable[[Chunk, Sequence[Row]], None]]:
    """Write the columns of `table` with their types, followed by those of `fields`."""
    source: pq.ParquetFile = table.native
    schema = source.schema_arrow
    for name, kind in fields.items():
        schema = schema.append(pa.field(name, _TYPES[kind]))
    codec = source.metadata.row_group(0).column(0).compression if table.size else "SNAPPY"
    with _groups(file, schema, codec) as put:

        def add(chunk: Chunk, cells: Sequence[Row]) -> None:
            arrays = [*chunk.native.columns, *_arrays(fields, cells)]
            put(pa.Table.from_arrays(arrays, schema=schema))

        yield add


@contextmanager
def write(file: BinaryIO, fields: Fields) -> Iterator[Callable[[Sequence[Row]], None]]:
    """Write rows as Parquet."""
    schema = pa.schema([(name, _TYPES[kind]) for name, kind in fields.items()])
    with _groups(file, schema, "SNAPPY") as put:
        yield lambda rows: put(pa.Table.from_arrays(_arrays(fields, rows), schema=schema))


@contextmanager
def _groups(file: BinaryIO, schema: pa.Schema, codec: str) -> Iterator[Callable[[pa.Table], None]]:
    """Combine small tables into row groups of a useful size."""
    waiting: list[pa.Table] = []
    rows = size = 0
    with pq.ParquetWriter(
        file, schema, compression=codec.lower().replace("uncompressed", "none")
    ) as out:

        def flush() -> None:
            nonlocal rows, size
            if waiting:
                out.write_table(pa.concat_tables(waiting))
            waiting.clear()
            rows = size = 0

        def put(table: pa.Table) -> None:
            nonlocal rows, size
            waiting.append(table)
            rows += table.num_rows
            size += table.nbytes
            if rows >= 100_000 or size >= 1 << 26:
                flush()

        yield put
        flush()


def _arrays(fields: Fields, rows: Sequence[Row]) -> list[pa.Array]:
    columns = zip(*rows, strict=True) if rows else ([] for _ in fields)
    return [
        pa.array(column, type=_TYPES[kind])
        for kind, column in zip(fields.values(), columns, strict=True)
    ]


def _chunks(file: pq.ParquetFile, path: Path) -> Iterator[Chunk]:
    done = rows = size = 0
    batches: list[pa.RecordBatch] = []
    for batch in _batches(file, path):
        if batch.nbytes > _LARGEST_CHUNK:
            raise _too_large(path, f"{batch.num_rows} rows unpack to {batch.nbytes >> 20} MB")
        batches.append(batch)
        done += batch.num_rows
        rows += batch.num_rows
        size += batch.nbytes
        if rows >= CHUNK_ROWS or size >= 1 << 24:
            yield _chunk(batches, path, done)
            batches, rows, size = [], 0, 0
    if batches:
        yield _chunk(batches, path, done)


def _batches(file: pq.ParquetFile, path: Path) -> Iterator[pa.RecordBatch]:
    try:
        yield from file.iter_batches(batch_size=_ROWS_AT_ONCE)
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        raise _damaged(path, error) from error


def _chunk(batches: list[pa.RecordBatch], path: Path, done: int) -> Chunk:
    table = pa.Table.from_batches(batches).combine_chunks()

    def texts(at: int) -> list[str | None]:
        try:
            found: list[str | None] = table.column(at).cast(pa.string()).to_pylist()
        except pa.ArrowException as error:
            raise DataError(
                f"the column {table.column_names[at]!r} has the type {table.schema.types[at]}",
                where=str(path),
                todo="choose a column of text",
            ) from error
        return found

    return Chunk(table.num_rows, texts, table, done)


def _refuse_bombs(file: pq.ParquetFile, path: Path) -> None:
    rows, size = file.metadata.num_rows, path.stat().st_size
    if rows > max(_MANY_ROWS, _ROWS_A_BYTE * size):
        raise _too_large(path, f"{size} bytes declare {rows} rows")
    for at in range(file.metadata.num_row_groups):
        group = file.metadata.row_group(at)
        columns = [group.column(column) for column in range(group.num_columns)]
        packed = sum(column.total_compressed_size for column in columns)
        unpacked = sum(column.total_uncompressed_size for column in columns)
        if unpacked > max(_LARGEST_CHUNK, _LARGEST_RATIO * packed):
            raise _too_large(path, f"{packed} bytes unpack to {unpacked >> 20} MB")
        for column in columns:
            if (
                column.physical_type == "BYTE_ARRAY"
                and column.has_dictionary_page
                and column.total_uncompressed_size * _ROWS_AT_ONCE > _LARGEST_CHUNK
            ):
                longest = _longest_text(path, at, column.path_in_schema)
                if longest * _ROWS_AT_ONCE > _LARGEST_CHUNK:
                    raise _too_large(path, f"a text of {longest >> 20} MB can be in every row")


def _longest_text(path: Path, group: int, column: str) -> int:
    """The length in bytes of the longest text in the dictionary of a column."""
    try:
        with pq.ParquetFile(path, read_dictionary=[column]) as file:
            batch = next(file.iter_batches(1, row_groups=[group], columns=[column]))
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, error) from error
    array = batch.column(0)
    if not pa.types.is_dictionary(array.type):
        return 0
    return max((len(value.as_buffer()) for value in array.dictionary if value.is_valid), default=0)


def _too_large(path: Path, what: str) -> DataError:
    return DataError(what, where=str(path), todo="write it again, in row groups of 100,000 rows")


def _damaged(path: Path, error: Exception) -> DataError:
    return DataError(
        f"not a readable Parquet file: {str(error).splitlines()[0]}",
        where=str(path),
        todo="check the file, or write it again",
    )
