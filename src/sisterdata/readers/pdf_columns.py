"""Detect tables without ruled lines, from the position of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sisterdata.readers.pdf_lines import Line, Segment, join_pieces

_NUMBER = re.compile(r"[(\[]?[0-9๐-๙]{1,4}[.)\]]?")
_LIST_ITEM = re.compile(r"\s*(?:[•●○▪\-–*·➢]|[(\[]?[0-9๐-๙]{1,3}[.)\]])\s*\S")
_FEWEST_LINES = 3  # lines of several pieces that make a table


_COLUMN_GAP = 0.6  # times the font size: a wider gap separates columns

_Columns = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table on a page: the left and right edge of each column, and its rows."""

    columns: tuple[tuple[float, float], ...]
    rows: list[list[str]]


_Cells = dict[int, Segment]


def find_tables(lines: Sequence[Line], before: Table | None) -> Iterator[Line | Table]:
    """The tables and the other lines of a page, in order.

    `before` is the table at the end of the page before; its columns are used if the lines fit them.
    """
    columns = _columns(lines, before)
    if columns is None:
        yield from lines
        return
    block: list[tuple[Line, _Cells]] = []
    for line in lines:
        cells = _assign(line, columns)
        if cells is None or (not block and len(cells) < 2 and not _goes_on(before, columns)):
            if block:
                yield from _table(block, columns)
                block = []
            yield line
        else:
            block.append((line, cells))
    if block:
        yield from _table(block, columns)


def _goes_on(before: Table | None, columns: _Columns) -> bool:
    return before is not None and before.columns == columns


def _columns(lines: Sequence[Line], before: Table | None) -> _Columns | None:
    several = [line for line in lines if line.has_gap(_COLUMN_GAP)]
    if before is not None and several:
        fitting = [line for line in several if _assign(line, before.columns) is not None]
        if len(fitting) >= 0.9 * len(several):
            return before.columns
    if len(several) < _FEWEST_LINES:
        return None
    columns = _between_gutters(several)
    while len(columns) > 1:
        weakest = _weakest_gutter(several, columns)
        if weakest is None:
            break
        columns = (
            *columns[:weakest],
            (columns[weakest][0], columns[weakest + 1][1]),
            *columns[weakest + 2 :],
        )
    if len(columns) < 2 or (len(columns) == 2 and _is_list(several)):
        return None
    return columns


def _between_gutters(lines: Sequence[Line]) -> _Columns:
    """The columns between the gutters: vertical gaps that hardly any word crosses."""
    tolerated = len(lines) // 30
    events = sorted(
        event
        for line in lines
        for word in line.words
        for event in ((word.left, 1), (max(word.right, word.left + 0.1), -1))
    )
    columns: list[tuple[float, float]] = []
    covered, start = 0, None
    for x, change in events:
        covered += change
        if start is None and covered > tolerated:
            start = x
        elif start is not None and covered <= tolerated:
            columns.append((start, x))
            start = None
    return tuple(columns)


def _weakest_gutter(lines: Sequence[Line], columns: _Columns) -> int | None:
    """A gutter without a wide gap in most lines: only spaces that happen to be aligned."""
    for at in range(len(columns) - 1):
        left, right = columns[at], columns[at + 1]
        wide = narrow = 0
        for line in lines:
            ends = [w.right for w in line.words if w.left < left[1] and w.right > left[0]]
            starts = [w.left for w in line.words if w.left < right[1] and w.right > right[0]]
            if ends and starts:
                is_wide = min(starts) - max(ends) > _COLUMN_GAP * line.size
                wide, narrow = wide + is_wide, narrow + (not is_wide)
        if narrow > wide:
            return at
    return None


def _is_list(lines: Sequence[Line]) -> bool:
    """Whether the lines are a list with dates on the right."""
    items = sum(_LIST_ITEM.match(line.text) is not None for line in lines)
    return items >= 0.7 * len(lines)


def _assign(line: Line, columns: _Columns) -> _Cells | None:
    """The text of a line in each column; None if a word or sentence crosses columns."""
    cells: _Cells = {}
    last: tuple[int, Segment] | None = None
    for word in line.words:
        touched = [
            at
            for at, (left, right) in enumerate(columns)
            if word.left < right - 0.5 and word.right > left + 0.5
        ]
        middle = (word.left + word.right) / 2
        at = touched[0] if touched else _nearest_column(columns, middle)
        if len(touched) > 1:
            return None
        if last is not None and last[0] != at and word.left - last[1].right < 0.3 * line.size:
            return None
        held = cells.get(at)
        text = word.text if held is None else f"{held.text} {word.text}"
        left = word.left if held is None else held.left
        cells[at] = Segment(left, word.right, text, word.space_behind)
        last = (at, word)
    return cells


def _nearest_column(columns: _Columns, x: float) -> int:
    return min(range(len(columns)), key=lambda at: max(columns[at][0] - x, x - columns[at][1]))


def _table(block: list[tuple[Line, _Cells]], columns: _Columns) -> Iterator[Line | Table]:
    if len(block) < 2:
        yield from (line for line, _ in block)
        return
    numeric = _numeric_columns(block, len(columns))
    first = next(
        (at for at, (_, cells) in enumerate(block) if numeric & _numbered(cells)), len(block)
    )
    while first > 1 and first < len(block) and _is_nearer(block, first):
        first -= 1  # the upper line of a cell whose number is next to its middle
    header, body = block[:first], block[first:]
    if not body or len(header) > 4:
        header, body = [], block
    middle = bool(numeric) and _is_centred(body, numeric)
    rows = [_joined([header], len(columns))] if header else []
    groups = _nearest(body, numeric) if middle else _in_order(body, numeric, columns)
    rows += [_joined([group], len(columns)) for group in groups]
    yield Table(columns, rows)


def _is_nearer(block: list[tuple[Line, _Cells]], first: int) -> bool:
    """Whether the line above the body is nearer to the body than to the header."""
    y = block[first - 1][0].y
    return block[first][0].y - y < y - block[0][0].y


def _numeric_columns(block: list[tuple[Line, _Cells]], width: int) -> set[int]:
    found = set()
    for at in range(width):
        texts = [cells[at].text for _, cells in block if at in cells]
        if len(texts) >= 2 and sum(map(bool, map(_NUMBER.fullmatch, texts))) >= 0.6 * len(texts):
            found.add(at)
    return found


def _numbered(cells: _Cells) -> set[int]:
    return {at for at, segment in cells.items() if _NUMBER.fullmatch(segment.text)}


def _is_centred(body: list[tuple[Line, _Cells]], numeric: set[int]) -> bool:
    """Whether the number of a row is next to the middle of a cell with several lines."""
    anchors = [line.y for line, cells in body if numeric & _numbered(cells)]
    others = [line.y for line, cells in body if not numeric & _numbered(cells)]
    above = 0
    for y in others:
        later = min((a - y for a in anchors if a > y), default=float("inf"))
        earlier = min((y - a for a in anchors if a < y), default=float("inf"))
        above += later < 0.8 * earlier
    return bool(others) and above >= 0.3 * len(others)


def _nearest(body: list[tuple[Line, _Cells]], numeric: set[int]) -> list[list[tuple[Line, _Cells]]]:
    anchors = [n for n, (_, cells) in enumerate(body) if numeric & _numbered(cells)]
    groups: dict[int, list[tuple[Line, _Cells]]] = {n: [] for n in anchors}
    for line, cells in body:
        nearest = min(anchors, key=lambda n: abs(body[n][0].y - line.y))
        groups[nearest].append((line, cells))
    return list(groups.values())


def _in_order(
    body: list[tuple[Line, _Cells]],
    numeric: set[int],
    columns: _Columns,
) -> list[list[tuple[Line, _Cells]]]:
    groups: list[list[tuple[Line, _Cells]]] = []
    for line, cells in body:
        if (
            groups
            and not numeric & _numbered(cells)
            and _continues(groups[-1], line, cells, columns, bool(numeric))
        ):
            groups[-1].append((line, cells))
        else:
            groups.append([(line, cells)])
    return groups


def _continues(
    row: list[tuple[Line, _Cells]],
    line: Line,
    cells: _Cells,
    columns: _Columns,
    numbered: bool,
) -> bool:
    """Whether a line continues the row above, which had no room for its first word."""
    above, _ = row[-1]
    if line.y - above.y > 2.2 * max(line.size, above.size):
        return False
    for at, segment in cells.items():
        held = next((before[at] for _, before in reversed(row) if at in before), None)
        if held is None:
            return False
        left, right = columns[at]
        word = segment.text.split(" ")[0]
        width = (segment.right - segment.left) * len(word) / max(len(segment.text), 1)
        # In a table with numbered rows, a line without a number more likely continues one.
        width = width if numbered else min(width, 0.35 * (right - left))
        if held.right + width < right - line.size:
            return False
    return True


def _joined(groups: list[list[tuple[Line, _Cells]]], width: int) -> list[str]:
    row = [""] * width
    spaces = [False] * width
    for group in groups:
        for _, cells in group:
            for at, segment in cells.items():
                row[at] = join_pieces(row[at], segment.text, space=spaces[at])
                spaces[at] = segment.space_behind
    return row
