"""Turn tables with merged cells (HTML, Word) into plain rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sisterdata.errors import ParseError

MOST_COLUMNS = 1000  # the largest colspan that browsers allow
MOST_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, how many rows and columns it spans, and whether it is a header."""

    text: str
    rows: int = 1
    columns: int = 1
    header: bool = False


def expand_spans(rows: Sequence[Sequence[Cell]], where: str) -> list[list[Cell]]:
    """Repeat each cell in the rows that it spans, and each header in its columns.

    The text of a body cell that spans columns goes to the first; the others are empty. Raises
    `ParseError` for a table that becomes too large.

    >>> rows = [[Cell("Busan", rows=2), Cell("Osaka")], [Cell("Perth")]]
    >>> [[cell.text for cell in row] for row in expand_spans(rows, "table 1")]
    [['Busan', 'Osaka'], ['Busan', 'Perth']]
    """
    expanded: list[list[Cell]] = []
    open_cells: dict[int, tuple[int, Cell]] = {}  # by column: the remaining rows, and the cell
    total = 0
    for row in rows:
        filled: list[Cell] = []
        waiting = iter(row)
        while True:
            at = len(filled)
            if at in open_cells:
                left, cell = open_cells.pop(at)
                filled.append(cell)
                if left > 1:
                    open_cells[at] = (left - 1, cell)
                continue
            new = next(waiting, None)
            if new is None:
                if not any(column > at for column in open_cells):
                    break
                filled.append(Cell(""))
                continue
            for n in range(min(max(new.columns, 1), MOST_COLUMNS)):
                cell = new if n == 0 or new.header else Cell("", header=new.header)
                filled.append(cell)
                if new.rows > 1 and at + n not in open_cells:
                    open_cells[at + n] = (new.rows - 1, cell)
        total += len(filled)
        if total > MOST_CELLS:
            raise ParseError(
                f"the merged cells make more than {MOST_CELLS:,} cells",
                where=where,
                todo="save only the table with the list, or as CSV",
            )
        expanded.append(filled)
    return expanded


def merge_headers(rows: Sequence[Sequence[Cell]]) -> Iterator[tuple[int, list[str]]]:
    """The texts of each row with its number; several header rows become one row.

    A header that spans the whole table is a title and stays a separate line.

    >>> top = [Cell("Partner", columns=2, header=True), Cell("Year", rows=2, header=True)]
    >>> rows = expand_spans([top, [Cell("City", header=True), Cell("Country", header=True)]], "")
    >>> list(merge_headers(rows))
    [(1, ['Partner City', 'Partner Country', 'Year'])]
    """
    at = 0
    while at < len(rows) and _is_header(rows[at]) and len({cell.text for cell in rows[at]}) == 1:
        yield at + 1, [rows[at][0].text]
        at += 1
    end = at
    while end < min(len(rows), at + 3) and _is_header(rows[end]):
        end += 1
    if end - at > 1 and len({len(row) for row in rows[at:end]}) == 1:
        columns = zip(*rows[at:end], strict=True)
        yield at + 1, [" ".join(dict.fromkeys(c.text for c in each if c.text)) for each in columns]
        at = end
    for number, row in enumerate(rows[at:], start=at + 1):
        yield number, [cell.text for cell in row]


def _is_header(row: Sequence[Cell]) -> bool:
    return len(row) > 1 and all(cell.header for cell in row)
