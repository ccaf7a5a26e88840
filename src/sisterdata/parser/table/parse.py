"""The Ministry's table of pairs: columns under headers, provinces carried down, sections.

Lines of cells are taken in runs, a column at a time, so that a large table costs little more
than splitting its lines (`table_cells`, `table_rows`); every other line is looked at singly
(`table_lines`). A line whose cells do not fit the columns stays unknown: it is never made to fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from sisterdata.parser.document import KINDS, TEXT, Document, batch, frame, frame_of, packed
from sisterdata.parser.table.cell_contents import fit
from sisterdata.parser.table.column_positions import Columns, cells, cells_by_column
from sisterdata.parser.table.column_roles import SAMPLE
from sisterdata.parser.table.find_header import (
    columns_by_values,
    read_header,
    read_two_line_header,
)
from sisterdata.parser.table.lines_without_rows import settle_pending, take_line, take_second_header
from sisterdata.parser.table.parse_state import Table
from sisterdata.parser.table.read_rows import take_rows
from sisterdata.parser.table.row_numbers import check_numbering
from sisterdata.readers.lines_with_origin import SourceText, numbered_lines
from sisterdata.text.repair import is_blank

# Characters of text taken at a time, so that what is held beside the frames stays small.
_CHUNK = 1 << 20
_HEAD = 100_000  # characters in which a table without a header is looked for
_BELOW = 40  # lines below a header whose values help to tell what its columns hold


def parse_table(text: SourceText, home: str | None = None) -> Document:
    """Read tables of pairs; see Document for what comes out.

    `home` is whose table it is, where it has no column that says it.
    """
    table = Table(home=home, given_home=home)
    if not _has_header(text.text):
        table.columns = _columns_without_header(text.text)
    for first, lines in numbered_lines(text.text, _CHUNK):
        _take_chunk(table, first, lines)
    settle_pending(table, restarts=False, at_end=True)
    rows = frame("rows", table.rows)
    check_numbering(table, rows)
    return Document(
        source_id=text.source_id,
        layout="table",
        title=table.title or table.first_heading,
        date=table.date,
        lines=frame("lines", _lines(table)),
        rows=rows,
        organizations=frame_of("organizations", []),
        claims=frame_of("claims", table.claims),
        events=frame_of("events", []),
        issues=frame_of("issues", table.issues),
        home_header=table.home_header,
    )


def is_table(text: str) -> bool:
    """Whether a line has the headers of a table of pairs, and a later line fills the columns.

    Three columns suffice by themselves; two are also the title of many a web page
    ("Thailand | Sister Cities"). A table without a header is known by what its columns hold.
    """
    return _has_header(text) or _columns_without_header(text) is not None


def _has_header(text: str) -> bool:
    if not any(mark in text for mark in ("\t", "|", "  ")):
        return False
    columns = None
    above = ""
    for _, lines in numbered_lines(text, _CHUNK):
        for line in lines:
            header = read_header(line)
            if header is None and columns is None:
                header = read_two_line_header(above, line)
            above = line
            if header is not None:
                columns = header
                if len(columns.headers) > 2:
                    return True
            elif columns is not None and columns.separator in line.strip():
                row = cells(line, columns)
                if row is not None and fit(row, columns):
                    return True
    return False


def _columns_without_header(text: str) -> Columns | None:
    """The columns of a text without a header, from the first lines that have cells."""
    lines: list[str] = []
    for _, chunk in numbered_lines(text[:_HEAD], _CHUNK):
        lines += [line for line in chunk if "\t" in line.strip() or "|" in line.strip()]
    lines = lines[:SAMPLE]
    return columns_by_values(lines) if len(lines) > 1 else None


def _take_chunk(table: Table, first: int, lines: list[str]) -> None:
    printed: list[int] = []
    numbers: list[int] = []
    run: list[str] = []
    columns = table.columns
    for number, line in enumerate(lines, first):
        if number == table.headed_at + 1 and take_second_header(table, number, line):
            columns = table.columns
        elif (
            columns is not None
            and columns.separator in line.strip()
            and (_DIGIT.search(line) or (line != table.header and read_header(line) is None))
        ):
            numbers.append(number)
            run.append(line)
        elif not line or is_blank(line):
            continue
        elif columns is not None and line == table.header and not table.pending:
            table.kinds[number] = "column_header"  # repeated on a new page
            table.headed_at = number
        else:
            _take_cells(table, numbers, run)
            numbers, run = [], []
            above = printed[-1] if printed else table.last
            at = number - first + 1
            take_line(table, number, line, number > above + 1, lines[at : at + _BELOW])
            columns = table.columns
        printed.append(number)
    _take_cells(table, numbers, run)
    table.last = printed[-1] if printed else table.last
    texts = lines if len(printed) == len(lines) else [lines[number - first] for number in printed]
    table.lines.append((np.array(printed, np.int64), packed(texts, TEXT)))


def _take_cells(table: Table, numbers: list[int], lines: list[str]) -> None:
    """Take lines that look like rows; those whose cells do not fit are looked at singly."""
    columns = table.columns
    if not lines or columns is None:
        return
    by_column = cells_by_column(lines, columns)
    if by_column is not None and fit(by_column, columns):
        take_rows(table, columns, numbers, by_column)
        return
    rows = [cells(line, columns) for line in lines]
    all_fit = fit(list(zip(*(row for row in rows if row is not None), strict=True)), columns)
    start = 0
    while start < len(lines):
        end, fitting = start, []
        while end < len(lines):
            row = rows[end]
            if row is None or not (all_fit or fit(row, columns)):
                break
            fitting.append(row)
            end += 1
        if fitting:
            turned = list(zip(*fitting, strict=True))
            take_rows(table, columns, numbers[start:end], turned)
        if end < len(lines):
            take_line(table, numbers[end], lines[end])
        start = end + 1
        if table.columns is not columns:  # the line was a header: the rest are split anew
            for number, line in zip(numbers[start:], lines[start:], strict=True):
                _take_cells(table, [number], [line])
            return


def _lines(table: Table) -> Iterator[pa.RecordBatch]:
    special = np.array(sorted(table.kinds), np.int64)
    codes = np.array([KINDS.index(table.kinds[number]) for number in special], np.int8)
    for numbers, texts in table.lines:
        kinds = np.full(len(numbers), KINDS.index("row"), np.int8)
        if len(numbers):
            here = slice(*np.searchsorted(special, [numbers[0], numbers[-1] + 1]))
            kinds[np.searchsorted(numbers, special[here])] = codes[here]
        named = pa.DictionaryArray.from_arrays(kinds, pa.array(KINDS, TEXT)).cast(TEXT)
        yield batch("lines", {"line": numbers, "kind": named, "text": texts})


_DIGIT = re.compile(r"\d")
