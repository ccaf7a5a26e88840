"""Excel workbooks: columns are added to a sheet, and everything else stays.

The whole workbook is in memory, at about 0.5 KB per cell, so its size is limited before it is
unpacked. Use CSV for longer lists.
"""

from __future__ import annotations

import errno
import os
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from lxml.etree import LxmlError

from sisterdata.errors import DataError
from sisterdata.tabular.delimited import escape_formula
from sisterdata.tabular.open_workbook import import_openpyxl, load_workbook, refuse_unreadable
from sisterdata.tabular.table import CHUNK_ROWS, HEAD_LINES, Cell, Chunk, Fields, Row, Table

# "Excel specifications and limits"
LONGEST_CELL = 32_767  # characters
LAST_ROW = 1_048_576
LARGEST_SPAN = 20_000_000  # rows times columns in use


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open sheet: the row of its headers, its first free column, and its merged cells.

    `above` maps a cell of a merged range to the cell with the value.
    """

    workbook: Any
    sheet: Any
    header_row: int
    free_column: int
    rows: tuple[int, ...]
    above: dict[tuple[int, int], tuple[int, int]]
    values: Callable[[], Any]


@contextmanager
def read(path: Path, sheet: str | None = None) -> Iterator[Table]:
    """Open a sheet of a workbook; its first row that is not empty has the headers.

    Each row of a merged range has its value. Dates are read as ISO 8601, formulas as their stored
    value, and numbers with a format of zeros ("000") as displayed. Raises `DataError` for a file
    that is damaged or larger than LARGEST_WORKBOOK when unpacked, and for a workbook of several
    sheets if `sheet` does not name one.
    """
    refuse_unreadable(path)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        workbook = load_workbook(path)
    chosen = _choose(workbook, sheet, path)
    opened = _survey(workbook, chosen, path)
    try:
        yield Table(
            path,
            tuple(
                _text(opened, opened.header_row, column, path) or ""
                for column in range(1, opened.free_column)
            ),
            _chunks(opened, path),
            len(opened.rows),
            list(islice(_grid(opened, path, formulas=False), HEAD_LINES)),
            lambda: _grid(opened, path),
            opened,
            [f"{path}: {warning.message}" for warning in said],
        )
    finally:
        workbook.close()


@contextmanager
def append(
    file: BinaryIO, table: Table, fields: Fields
) -> Iterator[Callable[[Chunk, Sequence[Row]], None]]:
    """Write the workbook of `table`, with the columns of `fields` added to its sheet."""
    opened: Sheet = table.native
    sheet = opened.sheet
    like = sheet.cell(opened.header_row, opened.free_column - 1)
    for at, name in enumerate(fields):
        header = sheet.cell(opened.header_row, opened.free_column + at)
        _put(header, name)
        header._style = copy(like._style)

    def add(chunk: Chunk, cells: Sequence[Row]) -> None:
        for row, added in zip(chunk.native, cells, strict=True):
            for at, cell in enumerate(added):
                _put(sheet.cell(row, opened.free_column + at), cell)

    yield add
    opened.workbook.save(file)


@contextmanager
def write(file: BinaryIO, fields: Fields) -> Iterator[Callable[[Sequence[Row]], None]]:
    """Write rows as a workbook with one sheet; text is stored as text, never as a formula."""
    openpyxl = import_openpyxl()
    from openpyxl.cell import WriteOnlyCell

    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("rows")
    sheet.freeze_panes = "A2"
    written = 0

    def put(rows: Sequence[Row]) -> None:
        nonlocal written
        written += len(rows)
        if written > LAST_ROW:
            raise DataError(
                f"a sheet holds at most {LAST_ROW} rows",
                todo="write CSV or Parquet",
            )
        for row in rows:
            sheet.append([_put(WriteOnlyCell(sheet), cell) for cell in row])

    try:
        put([tuple(fields)])
        yield put
    except BaseException as error:
        # The rows are in a temporary file, which may be the file that cannot be written.
        with suppress(LxmlError):
            sheet.close()
        if isinstance(error, LxmlError):
            raise _system_error(error) from error
        raise
    workbook.save(file)


def _system_error(error: LxmlError) -> OSError:
    """The system's error; openpyxl writes with lxml, which reports a full disk as IO_ENOSPC."""
    number = getattr(errno, str(error).removeprefix("IO_"), errno.EIO)
    return OSError(number, os.strerror(number))


def _put(cell: Any, value: Cell) -> Any:
    """Set the value of a cell; text stays text, even if it looks like a formula."""
    if isinstance(value, str) and len(_escaped(value)) > LONGEST_CELL:
        raise DataError(
            f"a text of {len(value)} characters does not fit a cell of Excel",
            todo="write CSV or Parquet",
        )
    cell.value = _escaped(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        if escape_formula(value) != value:
            cell.quotePrefix = True  # it stays text when somebody edits the cell
    return cell


# XML has no control characters, and turns a carriage return into a line feed. So a workbook writes
# them as _x000D_, and an underscore that looks like the start of such an escape as _x005F_
# (ECMA-376, part 1, 22.4.2.4, ST_Xstring).
_NO_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _escaped(text: str) -> str:
    return _NO_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _choose(workbook: Any, sheet: str | None, path: Path) -> Any:
    filled = [s for s in workbook.worksheets if any(True for _ in _filled(s))]
    names = ", ".join(repr(s.title) for s in filled)
    if sheet is not None:
        for found in filled:
            if found.title == sheet:
                return found
        raise DataError(
            f"no sheet {sheet!r} with a table in it", where=str(path), todo=f"choose from {names}"
        )
    shown = [s for s in filled if s.sheet_state == "visible"]
    if len(shown) != 1:
        raise DataError(
            f"{len(shown)} sheets are not empty: {names}" if shown else "all sheets are empty",
            where=str(path),
            todo="choose one with --sheet",
        )
    return shown[0]


def _filled(sheet: Any) -> Iterator[tuple[int, int]]:
    """The row and column of each cell that is not empty.

    `_cells` has the existing cells only; openpyxl's public methods create all cells between them.
    """
    return (at for at, cell in sheet._cells.items() if cell.value is not None)


def _survey(workbook: Any, sheet: Any, path: Path) -> Sheet:
    rows = sorted({row for row, _ in _filled(sheet)})
    columns = max(column for _, column in _filled(sheet))
    if rows[-1] > LAST_ROW or len(rows) * columns > LARGEST_SPAN:
        raise DataError(
            f"{len(rows)} rows and {columns} columns are too many",
            where=f"{path}:{sheet.title}",
            todo="save the sheet as CSV",
        )
    above = {
        (row, merged.min_col): (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for row in range(merged.min_row + 1, merged.max_row + 1)
    }
    return Sheet(
        workbook,
        sheet,
        rows[0],
        columns + 1,
        tuple(rows[1:]),
        above,
        cache(lambda: load_workbook(path, values=True)[sheet.title]),
    )


def _chunks(opened: Sheet, path: Path) -> Iterator[Chunk]:
    for start in range(0, len(opened.rows), CHUNK_ROWS):
        rows = opened.rows[start : start + CHUNK_ROWS]
        yield Chunk(
            len(rows),
            lambda at, rows=rows: [_text(opened, row, at + 1, path) for row in rows],  # type: ignore[misc]
            rows,
            start + len(rows),
        )


def _grid(opened: Sheet, path: Path, *, formulas: bool = True) -> Iterator[list[str]]:
    last = opened.rows[-1] if opened.rows else opened.header_row
    held = {opened.header_row, *opened.rows}
    for row in range(1, last + 1):
        columns = range(1, opened.free_column) if row in held else ()
        yield [_text(opened, row, column, path, formulas=formulas) or "" for column in columns]


def _text(opened: Sheet, row: int, column: int, path: Path, *, formulas: bool = True) -> str | None:
    """The text of a cell; None if it is empty, or if it is a formula and `formulas` is False."""
    at = opened.above.get((row, column), (row, column))
    cell = opened.sheet._cells.get(at)
    value = None if cell is None else cell.value
    if cell is not None and cell.data_type == "f":
        if not formulas:
            return None
        value = opened.values().cell(*at).value
        if value is None:
            raise DataError(
                "a formula without its stored value",
                where=f"{path}:{opened.sheet.title}!{cell.coordinate}",
                todo="open the workbook in a spreadsheet and save it",
            )
    if value is None or isinstance(value, bool):
        return None if value is None else str(value).upper()
    if isinstance(value, int | float):
        whole = int(value) if isinstance(value, int) or value.is_integer() else None
        zeros = re.fullmatch("0+", cell.number_format)
        return repr(value) if whole is None else str(whole).zfill(len(zeros[0]) if zeros else 0)
    if isinstance(value, datetime):
        return (value.date() if value.time() == time() else value).isoformat()
    return value.isoformat() if isinstance(value, date | time) else _unescaped(str(value))
