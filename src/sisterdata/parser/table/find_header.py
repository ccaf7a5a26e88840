"""Find the header of a table: the line that names its columns, or two lines that do together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sisterdata.parser.table.assign_columns import assign, assign_by_values, wording
from sisterdata.parser.table.column_positions import (
    ALIGNED_CELL,
    Columns,
    cells,
    display_columns,
    separated,
    whole_number,
)
from sisterdata.parser.table.column_roles import LONGEST_HEADER, Kind, header_kind
from sisterdata.text.repair import is_blank

__all__ = ["Columns", "columns_by_values", "read_header", "read_two_line_header", "whole_number"]

_MOST_COLUMNS = 100


def read_header(line: str, below: Sequence[str] = ()) -> Columns | None:
    r"""The columns, if a line is a table's header: the partner's column and at least one other.

    `below` are lines under the header, whose values decide where the headers do not.

    >>> columns = read_header("\tจังหวัด\tลำดับ\tคู่ความสัมพันธ์\tปีที่ริเริ่ม\tหมายเหตุ")
    >>> columns.number, columns.place, columns.sequence, columns.partner, columns.years
    (0, 1, 2, (3,), (4,))
    >>> read_header("จังหวัด|คู่ความสัมพันธ์|ปีที่ริเริ่ม|ปีที่ลงนาม").years
    (3, 2)
    >>> read_header("Country | City | Date").partner
    (1, 0)
    >>> read_header("1\tกระบี่\t1\tมณฑลเจียงซู สาธารณรัฐประชาชนจีน\t2560\t") is None
    True
    """
    separator = next((mark for mark in ("\t", "|", "  ") if mark in line.strip()), None)
    if separator is None or not _HEADER_HINT.search(line):
        return None
    bordered = separator == "|" and line.strip().startswith("|") and line.strip().endswith("|")
    starts: tuple[int, ...] = ()
    if separator == "  ":
        pieces = list(ALIGNED_CELL.finditer(line))
        headers = [piece[0] for piece in pieces]
        starts = display_columns(line, pieces)
    else:
        headers = separated(line, separator, bordered)
    if len(headers) > _MOST_COLUMNS:
        return None
    kinds = [header_kind(header) for header in headers]
    if not _is_header(kinds):
        return None
    bare = Columns(
        separator, tuple(header.strip() for header in headers), None, None, None, (), (), (), (),
        (), bordered, starts,
    )  # fmt: skip
    rows = [row for line in below if (row := cells(line, bare)) is not None]
    return assign(bare, kinds, rows)


def _is_header(kinds: Sequence[Kind]) -> bool:
    known = {kind.kind for kind in kinds if kind.kind is not None}
    return len(known) > 1 and bool(known & {"tie", "place", "country", "region"})


def read_two_line_header(above: str, line: str) -> Columns | None:
    """The columns, where `line` goes on with the header printed above it; else None.

    >>> read_two_line_header("จังหวัด|คู่ความ|ปีที่|ปีที่", "|สัมพันธ์|ริเริ่ม|ลงนาม").headers
    ('จังหวัด', 'คู่ความสัมพันธ์', 'ปีที่ริเริ่ม', 'ปีที่ลงนาม')
    >>> read_two_line_header("จังหวัด|เมืองคู่มิตร|ปี", "|เมืองโซล|") is None
    True
    """
    separator = next((mark for mark in ("\t", "|") if mark in above.strip()), None)
    if separator is None or separator not in line or len(line) > LONGEST_HEADER * _MOST_COLUMNS:
        return None
    upper, lower = above.split(separator), line.split(separator)
    filled = [cell for cell in lower if not is_blank(cell)]
    if len(lower) > len(upper) or not filled or not all(map(_is_part_of_header, filled)):
        return None
    lower += [""] * (len(upper) - len(lower))
    both = [one.rstrip() + other.lstrip() for one, other in zip(upper, lower, strict=True)]
    roles, alone = [_role(cell) for cell in both], {_role(cell) for cell in lower} - {None}
    if any(role is None and not is_blank(cell) for role, cell in zip(roles, lower, strict=True)):
        return None
    return read_header(separator.join(both)) if alone < set(roles) else None


# Cheap to look for, and in every header with a partner's column.
_HEADER_HINT = re.compile(
    r"คู่|เมือง|ต่างประเทศ|มณฑล|รัฐ|ประเทศ|sister|partner|twin|foreign|city|country", re.I
)
# What the second line of a header prints of "คู่ความสัมพันธ์", "ปีที่ลงนาม (พ.ศ.)" and the like.
_PART_OF_HEADER = re.compile(
    r"(?:ความ)?สัมพันธ์|(?:พี่)?เมืองน้อง|(?:ที่)?(?:ริเริ่ม|เริ่มต้น|เริ่ม|ลงนาม|สิ้นสุด)|\(?[พค]ศ\)?"
    r"|(?:ของ)?ไทย|เหตุ|ดำเนินการ|signed|started|signature|\((?:ce|be|ad)\)"
)


def _role(header: str) -> str | None:
    return header_kind(header).kind


def _is_part_of_header(cell: str) -> bool:
    return len(cell) <= LONGEST_HEADER and (
        _PART_OF_HEADER.fullmatch(wording(cell)) is not None or _role(cell) is not None
    )


def columns_by_values(lines: Sequence[str]) -> Columns | None:
    r"""The columns of lines that no header names, from what they hold.

    >>> columns = columns_by_values(["1\tKaratsu\tJapan\t1982", "2\tCebu\tPhilippines\t1996"])
    >>> columns.sequence, columns.partner, columns.years
    (0, (1, 2), (3,))
    """
    separator = next((mark for mark in ("\t", "|") if all(mark in line for line in lines)), None)
    if separator is None or not lines:
        return None
    bordered = all(line.strip().startswith("|") and line.strip().endswith("|") for line in lines)
    bordered = bordered and separator == "|"
    width = max(len(separated(line, separator, bordered)) for line in lines)
    if not 2 <= width <= _MOST_COLUMNS:
        return None
    bare = Columns(separator, ("",) * width, None, None, None, (), (), (), (), (), bordered)
    rows = [row for line in lines if (row := cells(line, bare)) is not None]
    return assign_by_values(bare, rows) if 2 * len(rows) > len(lines) else None
