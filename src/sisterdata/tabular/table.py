"""What every form of table is read into: its columns, and its rows a chunk at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Cell = str | int | float | None
Row = tuple[Cell, ...]
# The columns of a table that is written, each with the type of its cells.
Fields = dict[str, type[str] | type[int] | type[float]]

HEAD_LINES = 50
CHUNK_ROWS = 10_000
CHUNK_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows that follow one another.

    texts
        Gives the texts of a column, by its position; None and "" where there is none.
    native
        The rows as they stand in the file: what a file of the same form is written from.
    done
        How much of `Table.size` has been read with them.
    """

    rows: int
    texts: Callable[[int], Sequence[str | None]]
    native: Any
    done: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is open for reading.

    columns
        The headers, as they are printed.
    chunks
        The rows, once.
    size
        How much there is to read, in the units of `Chunk.done`.
    head, grid
        The first lines, and all, of a form whose files may hold titles, headings and notes beside a
        table: the texts of each line's cells, in the order of the lines. Empty, and None, for the
        forms that hold one table by their nature.
    native
        What a file of the same form needs beside the rows.
    notices
        What the user should know of how it was read and written, in words.
    """

    path: Path
    columns: tuple[str, ...]
    chunks: Iterator[Chunk]
    size: int
    head: Sequence[list[str]] = ()
    grid: Callable[[], Iterator[list[str]]] | None = None
    native: Any = None
    notices: list[str] = field(default_factory=list)
