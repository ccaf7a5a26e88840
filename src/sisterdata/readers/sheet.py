"""Read a table of any format as text: each row is a line, with tabs between its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sisterdata.errors import DataError
from sisterdata.readers.line_builder import repair_cells, repair_issue
from sisterdata.readers.lines_with_origin import SourceText
from sisterdata.tabular.formats import open_table
from sisterdata.tabular.table import Table


def read_sheet(
    path: Path,
    source_id: str,
    where: str,
    format: str,  # noqa: A002
    sheet: str | None = None,
) -> SourceText:
    """Read a table as lines; each line has the number of its row.

    Raises `DataError` for a file that is damaged or too large, and for a workbook of several sheets
    if `sheet` is not given.
    """
    try:
        with open_table(path, sheet=sheet, format=format) as table:
            return table_as_text(replace(table, path=Path(where)), source_id)
    except DataError as error:  # name the file that the user gave, not the copy that is read
        place = error.where.replace(str(path), where, 1)
        raise DataError(error.what, where=place, todo=error.todo) from error


def table_as_text(table: Table, source_id: str) -> SourceText:
    """An open table as lines of text."""
    lines, issues = [], []
    for number, cells in enumerate(_grid(table), start=1):
        line = "\t".join(" ".join(cell.split()) for cell in cells)
        mended, changes = repair_cells(line)
        lines.append(mended)
        if changes:
            issues.append(repair_issue(number, line, changes))
    origins = tuple(f"row {n}" for n in range(1, len(lines) + 1))
    return SourceText(source_id, str(table.path), "\n".join(lines), origins, tuple(issues))


def _grid(table: Table) -> Iterator[list[str]]:
    if table.grid is not None:
        yield from table.grid()
        return
    yield list(table.columns)
    for chunk in table.chunks:
        columns = [chunk.texts(at) for at in range(len(table.columns))]
        yield from ([cell or "" for cell in row] for row in zip(*columns, strict=True))
