"""Tables pasted from a web page with one cell to a line."""

from __future__ import annotations

import pandas as pd

from sisterdata.parser.document import Document, frame_of
from sisterdata.parser.table.column_roles import header_kind
from sisterdata.parser.table.find_header import columns_by_values, read_header
from sisterdata.text.repair import is_blank

_MOST_HEADERS = 12
_MOST_LINES = 100_000


def join_cells(text: str) -> str | None:
    r"""Put the cells of each row on one line, where the header is printed one cell to a line.

    Each row is put on the line of its first cell, and the lines of its other cells become blank.
    None where no such table is found.

    >>> join_cells("City\nCountry\nOsaka\nJapan\nNice\nFrance")
    'City\tCountry\n\nOsaka\tJapan\n\nNice\tFrance\n'
    """
    lines = text.split("\n")
    if len(lines) > _MOST_LINES or "\t" in text.strip():
        return None
    filled = [at for at, line in enumerate(lines) if line and not is_blank(line)]
    for start in range(min(len(filled), 50)):
        width = _header_width(lines, filled, start)
        if width is None:
            continue
        cells = filled[start:]
        whole = len(cells) - len(cells) % width
        rows = [cells[n : n + width] for n in range(0, whole, width)]
        joined = ["\t".join(lines[at].strip() for at in row) for row in rows]
        header = read_header(joined[0], joined[1:])
        if header is None or len(rows) < 2 or not _fits(joined[1:]):
            continue
        kept = list(lines)
        for row, line in zip(rows, joined, strict=True):
            for at in row:
                kept[at] = ""
            kept[row[0]] = line
        return "\n".join(kept)
    return None


def _header_width(lines: list[str], filled: list[int], start: int) -> int | None:
    """How many lines from here on are headers: at least two, of different kinds."""
    kinds = []
    for at in filled[start : start + _MOST_HEADERS]:
        kind = header_kind(lines[at].strip()).kind
        if kind is None:
            break
        kinds.append(kind)
    return len(kinds) if len(set(kinds)) > 1 else None


def _fits(rows: list[str]) -> bool:
    """Whether each column has one kind of value, such as countries or dates."""
    return columns_by_values(rows) is not None


def with_cell_lines(document: Document, text: str) -> Document:
    """The document with every line as it is printed: what was joined is a row and its cells."""
    kinds = dict(zip(document.lines["line"], document.lines["kind"], strict=True))
    records = []
    above = "unknown"
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or is_blank(line):
            continue
        above = kinds.get(number, above)
        kind = kinds.get(number) or ("column_header" if above == "column_header" else "cell")
        records.append({"line": number, "kind": kind, "text": line})
    lines: pd.DataFrame = frame_of("lines", records)
    return Document(**{**vars(document), "lines": lines})
