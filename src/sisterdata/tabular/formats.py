"""Open and write tables of any format; a file that is written is replaced whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from sisterdata.atomic_write import whole_file
from sisterdata.errors import DataError
from sisterdata.tabular.table import Chunk, Fields, Row, Table

# The format of a table by the suffix of its file, and the module that reads and writes it.
SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".xlsx": "excel",
    ".parquet": "parquet",
    ".json": "json",
    ".geojson": "json",
    ".srj": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_MODULES = {
    "csv": "delimited",
    "tsv": "delimited",
    "excel": "excel",
    "parquet": "parquet",
    "json": "json_records",
    "jsonl": "json_lines",
}


def table_format(path: Path, format: str | None = None) -> str | None:  # noqa: A002
    """The format of a table: `format`, or else that of its suffix; None if it is not a table.

    >>> table_format(Path("list.CSV")), table_format(Path("list.dat"), "tsv")
    ('csv', 'tsv')
    >>> table_format(Path("list.txt")) is None
    True
    """
    if format is not None:
        return format if format in _MODULES else None
    return SUFFIXES.get(path.suffix.lower())


def require_table_format(path: Path, format: str | None = None) -> str:  # noqa: A002
    """The format of a table, as `table_format`; raises `DataError` if it is not a table."""
    found = table_format(path, format)
    if found is None:
        raise DataError(
            f"{path.suffix!r} is not the suffix of a table"
            if format is None
            else f"{format} is not a format of tables",
            where=str(path),
            todo=f"use one of {', '.join(SUFFIXES)}",
        )
    return found


@contextmanager
def open_table(
    path: Path,
    *,
    sheet: str | None = None,
    format: str | None = None,  # noqa: A002
) -> Iterator[Table]:
    """Open a table for reading.

    `format` is detected from the suffix if omitted; `sheet` is the sheet of a workbook. Raises
    `DataError` for an unknown format and for a file that cannot be read.
    """
    known = require_table_format(path, format)
    if sheet is not None and known != "excel":
        raise DataError("only a workbook has sheets", where=str(path), todo="leave out --sheet")
    try:
        with path.open("rb"):
            pass
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise DataError(
            f"cannot be read: {getattr(error, 'strerror', None) or error}",
            where=str(path),
            todo="check the path",
        ) from error
    reader = _module(known).read
    with reader(path, sheet) if known == "excel" else reader(path) as table:
        yield replace(table, format=known)


@contextmanager
def write_rows(
    path: Path, fields: Fields, **options: Any
) -> Iterator[Callable[[Sequence[Row]], None]]:
    """Write rows to a table in the format of its suffix; `path` is replaced whole at the end."""
    format_ = require_table_format(path)
    with whole_file(path) as file, _writer(format_, file, fields, **options) as put:
        yield put


@contextmanager
def write_beside(
    path: Path, table: Table, fields: Fields, *, escape_formulas: bool = False
) -> Iterator[Callable[[Chunk, Sequence[Row]], None]]:
    """Write the rows of `table` with the columns of `fields` added; `path` is replaced whole.

    In the format of `table`, each row stays byte for byte as it is; in another format, its cells
    are written as text. With `escape_formulas`, no cell of a CSV or TSV runs in a spreadsheet.
    """
    format_ = require_table_format(path)
    twice = [name for name in fields if name in table.columns]
    if twice:
        raise DataError(
            f"there is already a column {twice[0]!r}",
            where=str(table.path),
            todo="choose another --prefix for the added columns",
        )
    if escape_formulas and format_ not in ("csv", "tsv"):
        raise DataError(
            "only CSV and TSV need formulas escaped; a workbook stores text as text",
            where=str(path),
            todo="leave out --escape-formulas",
        )
    with whole_file(path) as file:
        if format_ == table.format and not escape_formulas:
            with _module(format_).append(file, table, fields) as add:
                yield add
            return
        texts: Fields = dict.fromkeys(table.columns, str)
        if len(texts) < len(table.columns):
            raise DataError(
                "two columns have the same header",
                where=str(table.path),
                todo=f"rename one, or name an output with the suffix {table.path.suffix}",
            )
        with _writer(format_, file, texts | fields, escape=escape_formulas) as put:
            yield lambda chunk, cells: put(
                [
                    (*row, *added)
                    for row, added in zip(
                        zip(*map(chunk.texts, range(len(texts))), strict=True), cells, strict=True
                    )
                ]
            )


def _module(format_: str) -> Any:
    return import_module(f"sisterdata.tabular.{_MODULES[format_]}")


def _writer(format_: str, file: Any, fields: Fields, **options: Any) -> Any:
    if format_ == "tsv":
        options["delimiter"] = "\t"
    elif format_ != "csv":
        options.clear()
    return _module(format_).write(file, fields, **options)
