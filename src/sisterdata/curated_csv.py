"""Read a curated CSV file: fixed columns, no empty cells, and an error that names the line."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sisterdata.errors import CuratedError

CuratedRow = dict[str, str]


def read_rows(
    text: str, name: str, columns: Sequence[str], *, optional: Collection[str] = ()
) -> Iterator[tuple[str, CuratedRow]]:
    r"""Each row of a curated file, with its place in the file (``name:line``).

    text
        The whole file.
    name
        What to call it in messages.
    columns
        The columns that it must have, in this order.
    optional
        Those of them whose cells may be empty.

    Cells come without the white space around them. Raises `CuratedError` for other columns, a row
    of too many cells, an empty cell, and what is not CSV.

    >>> list(read_rows("name,reason\nKyoto,a city\n", "c.csv", ["name", "reason"]))
    [('c.csv:2', {'name': 'Kyoto', 'reason': 'a city'})]
    """
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if reader.fieldnames != list(columns):
            raise CuratedError(
                f"the columns are {reader.fieldnames}",
                where=f"{name}:1",
                todo=f"the columns must be {', '.join(columns)}",
            )
        for row in reader:
            yield _checked(row, f"{name}:{reader.line_num}", optional)
    except csv.Error as error:
        line = reader.reader.line_num
        raise CuratedError(
            f"not CSV: {error}", where=f"{name}:{line}", todo="correct the line"
        ) from error


def _checked(
    row: dict[str | Any, str | Any], where: str, optional: Collection[str]
) -> tuple[str, CuratedRow]:
    if None in row:
        raise CuratedError(
            "more cells than columns", where=where, todo="quote the cells that hold commas"
        )
    cells = {column: (cell or "").strip() for column, cell in row.items()}
    for column, cell in cells.items():
        if not cell and column not in optional:
            raise CuratedError(f"{column} is empty", where=where, todo="every column is required")
    return where, cells
