"""Where the columns of a table are, and the cells of a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from operator import methodcaller

from sisterdata.text.dates import Era, western_digits
from sisterdata.text.repair import is_blank

# What says "as above" in a cell.
DITTO = frozenset(('"', "″", "〃", "”", "''", ",,"))
_LONGEST_NUMBER = 7


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table's columns are.

    `separator` is a tab, ``|``, or two spaces (columns aligned by eye, which start at the
    display columns `starts`); `number` is the province's own number, `sequence` the row's within
    its province or list, which is the only one of a table with one number. `partner` and `note`
    may be spread over several columns. `years` are the columns of years, that of signing
    first, if there is one; `eras` is what their headers say. `unknown` are the headers that no
    role fits. `home` are all columns of the home side (`place` is the first of them), `english`
    those that repeat the partner's name in English, `home_header` what the home side is called.
    """

    separator: str
    headers: tuple[str, ...]
    number: int | None
    place: int | None
    sequence: int | None
    partner: tuple[int, ...]
    years: tuple[int, ...]
    note: tuple[int, ...]
    eras: tuple[Era | None, ...]
    unknown: tuple[str, ...]
    bordered: bool = False
    starts: tuple[int, ...] = ()
    home: tuple[int, ...] = ()
    english: tuple[int, ...] = ()
    home_header: str | None = None


def cells(line: str, columns: Columns) -> list[str] | None:
    """A line's cells, as many as there are columns; None where they cannot be told apart.

    >>> from sisterdata.parser.table.find_header import read_header
    >>> columns = read_header("จังหวัด|เมืองคู่มิตร|ปี")
    >>> cells("ตาก|เมืองเมียวดี", columns), cells("ตาก|เมืองเมียวดี|2560|?", columns)
    (['ตาก', 'เมืองเมียวดี', ''], None)
    """
    width = len(columns.headers)
    if columns.separator == "  ":
        return _aligned(line, columns)
    found = separated(line, columns.separator, columns.bordered)
    if len(found) < width:
        found += [""] * (width - len(found))
    elif len(found) > width:
        if not all(map(is_blank, found[width:])):
            return None
        del found[width:]
    return found


def cells_by_column(lines: Sequence[str], columns: Columns) -> list[list[str]] | None:
    """The cells of many lines, a list a column; None unless each line has just as many cells.

    >>> from sisterdata.parser.table.find_header import read_header
    >>> columns = read_header("จังหวัด|เมืองคู่มิตร|ปี")
    >>> cells_by_column(["ตาก|เมืองเมียวดี|2560", "||2561"], columns)
    [['ตาก', ''], ['เมืองเมียวดี', ''], ['2560', '2561']]
    """
    separator, width = columns.separator, len(columns.headers)
    if separator == "  " or columns.bordered:
        return None
    if set(map(methodcaller("count", separator), lines)) != {width - 1}:
        return None
    flat = separator.join(lines).split(separator)
    return [flat[at::width] for at in range(width)]


def separated(line: str, separator: str, bordered: bool) -> list[str]:
    if bordered:
        line = line.strip().removeprefix(separator).removesuffix(separator)
    return line.split(separator)


ALIGNED_CELL = re.compile(r"\S+(?: \S+)*")


def _aligned(line: str, columns: Columns) -> list[str] | None:
    pieces = list(ALIGNED_CELL.finditer(line))
    if len(pieces) == len(columns.headers):
        return [piece[0] for piece in pieces]
    found = [""] * len(columns.headers)
    for piece, start in zip(pieces, display_columns(line, pieces), strict=True):
        if start not in columns.starts:
            return None
        found[columns.starts.index(start)] = piece[0]
    return found


def display_columns(line: str, pieces: list[re.Match[str]]) -> tuple[int, ...]:
    starts, column, end = [], 0, 0
    for piece in pieces:
        column += sum(
            unicodedata.category(sign) not in ("Mn", "Cf") for sign in line[end : piece.start()]
        )
        starts.append(column)
        end = piece.start()
    return tuple(starts)


def whole_number(cell: str) -> int | None:
    """A printed row number: digits of any script, with brackets or a full stop around them.

    Of a number in steps ("2.3": the third row of the second province) it is the last.

    >>> whole_number("๑๒."), whole_number("(3)"), whole_number("2.3"), whole_number("3/4")
    (12, 3, 3, None)
    """
    if cell.isascii() and cell.isdecimal() and len(cell) <= _LONGEST_NUMBER:
        return int(cell)
    digits = western_digits(cell).strip(" \t\u00a0\u200b\ufeff.()")
    first, _, last = digits.rpartition(".")
    digits = last if first.isdecimal() else digits
    return int(digits) if digits.isdecimal() and len(digits) <= _LONGEST_NUMBER else None
