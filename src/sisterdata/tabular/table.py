"""An open table: its columns, and its rows one chunk at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Cell = str | int | float | None
Row = tuple[Cell, ...]
# The columns of a table to write, each with the type of its cells.
Fields = dict[str, type[str] | type[int] | type[float]]

HEAD_LINES = 50
CHUNK_ROWS = 10_000
CHUNK_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """Consecutive rows of a table.

    texts
        Returns the texts of a column, given its position; an empty cell is None or "".
    native
        The rows as the file has them, to write a file of the same format.
    done
        How much of `Table.size` has been read so far, these rows included.
    """

    rows: int
    texts: Callable[[int], Sequence[str | None]]
    native: Any
    done: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is open for reading.

    columns
        The headers, as printed.
    chunks
        The rows; they can be read once.
    size
        How much there is to read, in the units of `Chunk.done`.
    head, grid
        The first lines, and a function that returns all lines, each as the texts of its cells. Only
        formats that can hold titles, headings and notes beside the table have them (CSV, TSV,
        Excel); for the others they are empty and None.
    native
        What else is needed to write a file of the same format.
    notices
        What the user should know about how the file was read and written.
    format
        The name of its format, such as ``csv``; `open_table` sets it.
    """

    path: Path
    columns: tuple[str, ...]
    chunks: Iterator[Chunk]
    size: int
    head: Sequence[list[str]] = ()
    grid: Callable[[], Iterator[list[str]]] | None = None
    native: Any = None
    notices: list[str] = field(default_factory=list)
    format: str = ""
