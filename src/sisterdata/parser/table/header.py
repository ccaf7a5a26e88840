"""The columns of a table, found by how their headers are written, and a line's cells in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import methodcaller

from sisterdata.text.dates import Era, western_digits
from sisterdata.text.repair import is_blank, repair

# A header's role by its wording, read without spaces, full stops and letter case; the first
# that fits the whole header decides.
HEADERS: Mapping[str, re.Pattern[str]] = {
    role: re.compile(wording)
    for role, wording in {
        "number": r"(?:ลำดับ|เลข)?ที่|ลำดับ|อันดับ|ข้อ|no|number|#",
        "year": r"ปี.*|พศ|คศ|วันที่.*|วัน/?เดือน/?ปี.*|(?:signing|starting)?(?:year|date).*|since|signed",
        "note": r"หมายเหตุ.*|สถาน[ะภ].*|ความคืบหน้า.*|ผลการดำเนิน.*|รายละเอียด|ประเภท.*|เอกสาร.*"
        r"|remarks?|notes?|status|instrument",
        "partner": r"คู่.*|.*(?:คู่มิตร|คู่ความ|พี่เมืองน้อง|เมืองมิตร|ต่างประเทศ).*"
        r"|(?:ชื่อ)?(?:เมือง|มณฑล|รัฐ|แขวง)(?:/.*)?|(?:ชื่อ)?ประเทศ.*"
        r"|(?:sister|partner|twin|foreign).*|city|country",
        "place": r"(?:ชื่อ)?จังหวัด(?:ของ|ฝ่าย)?(?:ไทย)?(?:/.*)?|ฝ่ายไทย|เมืองไทย|หน่วยงานไทย|อปท"
        r"|provinces?|thai.*",
    }.items()
}
# What says "as above" in a cell.
DITTO = frozenset(('"', "″", "〃", "”", "''", ",,"))
_LONGEST_HEADER = 60
_LONGEST_NUMBER = 7
_MOST_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table's columns stand.

    `separator` is a tab, ``|``, or two spaces (columns aligned by eye, which start at the
    display columns `starts`); `number` is the province's own number, `sequence` the row's within
    its province or list, which is the only one of a table with one number. `partner` and `note`
    may be spread over several columns. `years` are the columns of years, that of signing
    first, if there is one; `eras` is what their headers say. `unknown` are the headers that no
    role fits.
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


def read_header(line: str) -> Columns | None:
    r"""The columns, if a line is a table's header: the partner's column and at least one other.

    >>> columns = read_header("\tจังหวัด\tลำดับ\tคู่ความสัมพันธ์\tปีที่ริเริ่ม\tหมายเหตุ")
    >>> columns.number, columns.place, columns.sequence, columns.partner, columns.years
    (0, 1, 2, (3,), (4,))
    >>> read_header("จังหวัด|คู่ความสัมพันธ์|ปีที่ริเริ่ม|ปีที่ลงนาม").years
    (3, 2)
    >>> read_header("1\tกระบี่\t1\tมณฑลเจียงซู สาธารณรัฐประชาชนจีน\t2560\t") is None
    True
    """
    separator = next((mark for mark in ("\t", "|", "  ") if mark in line.strip()), None)
    if separator is None or not _HEADER_HINT.search(line):
        return None
    bordered = separator == "|" and line.strip().startswith("|") and line.strip().endswith("|")
    starts: tuple[int, ...] = ()
    if separator == "  ":
        pieces = list(_ALIGNED_CELL.finditer(line))
        headers = [piece[0] for piece in pieces]
        starts = _display_columns(line, pieces)
    else:
        headers = _separated(line, separator, bordered)
    if len(headers) > _MOST_COLUMNS:
        return None
    roles = [_role(header) for header in headers]
    if "partner" not in roles or len({role for role in roles if role}) < 2:
        return None
    at = {role: [i for i, found in enumerate(roles) if found == role] for role in HEADERS}
    place = at["place"][0] if at["place"] else None
    # The column before the province may have no header: it holds the province's number.
    if place is not None and not any(i < place for i in at["number"]):
        at["number"] = [i for i in range(place) if is_blank(headers[i])][-1:] + at["number"]
    numbers = at["number"]
    years = sorted(at["year"], key=lambda i: not _OF_SIGNING.search(_wording(headers[i])))
    used = {*numbers[:2], place, *years, *at["partner"], *at["note"]}
    return Columns(
        separator=separator,
        headers=tuple(header.strip() for header in headers),
        number=numbers[0] if len(numbers) > 1 else None,
        place=place,
        sequence=numbers[1] if len(numbers) > 1 else (numbers[0] if numbers else None),
        partner=tuple(at["partner"]),
        years=tuple(years),
        note=tuple(at["note"]),
        eras=tuple(_era(headers[i]) for i in years),
        unknown=tuple(
            header.strip()
            for i, header in enumerate(headers)
            if i not in used and not is_blank(header)
        ),
        bordered=bordered,
        starts=starts,
    )


def read_two_line_header(above: str, line: str) -> Columns | None:
    """The columns, where `line` goes on with the header printed above it; else None.

    >>> read_two_line_header("จังหวัด|คู่ความ|ปีที่|ปีที่", "|สัมพันธ์|ริเริ่ม|ลงนาม").headers
    ('จังหวัด', 'คู่ความสัมพันธ์', 'ปีที่ริเริ่ม', 'ปีที่ลงนาม')
    >>> read_two_line_header("จังหวัด|เมืองคู่มิตร|ปี", "|เมืองโซล|") is None
    True
    """
    separator = next((mark for mark in ("\t", "|") if mark in above.strip()), None)
    if separator is None or separator not in line or len(line) > _LONGEST_HEADER * _MOST_COLUMNS:
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


def cells(line: str, columns: Columns) -> list[str] | None:
    """A line's cells, as many as there are columns; None where they cannot be told apart.

    >>> columns = read_header("จังหวัด|เมืองคู่มิตร|ปี")
    >>> cells("ตาก|เมืองเมียวดี", columns), cells("ตาก|เมืองเมียวดี|2560|?", columns)
    (['ตาก', 'เมืองเมียวดี', ''], None)
    """
    width = len(columns.headers)
    if columns.separator == "  ":
        return _aligned(line, columns)
    found = _separated(line, columns.separator, columns.bordered)
    if len(found) < width:
        found += [""] * (width - len(found))
    elif len(found) > width:
        if not all(map(is_blank, found[width:])):
            return None
        del found[width:]
    return found


def cells_by_column(lines: Sequence[str], columns: Columns) -> list[list[str]] | None:
    """The cells of many lines, a list a column; None unless each line has just as many cells.

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


def _separated(line: str, separator: str, bordered: bool) -> list[str]:
    if bordered:
        line = line.strip().removeprefix(separator).removesuffix(separator)
    return line.split(separator)


# Cheap to look for, and in every header with a partner's column.
_HEADER_HINT = re.compile(
    r"คู่|เมือง|ต่างประเทศ|มณฑล|รัฐ|ประเทศ|sister|partner|twin|foreign|city|country", re.I
)
# What the second line of a header prints of "คู่ความสัมพันธ์", "ปีที่ลงนาม (พ.ศ.)" and the like.
_PART_OF_HEADER = re.compile(
    r"(?:ความ)?สัมพันธ์|(?:พี่)?เมืองน้อง|(?:ที่)?(?:ริเริ่ม|เริ่มต้น|เริ่ม|ลงนาม|สิ้นสุด)|\(?[พค]ศ\)?"
    r"|(?:ของ)?ไทย|เหตุ|ดำเนินการ|signed|started|signature|\((?:ce|be|ad)\)"
)
_OF_SIGNING = re.compile("ลงนาม|สถาปนา|sign")
# The year in which a tie ends is not that of the tie.
_OF_END = re.compile("สิ้นสุด|หมดอายุ|ครบ|expir|end")
_UNHEARD = re.compile(r"[\s.:*\u200b]+")
_ALIGNED_CELL = re.compile(r"\S+(?: \S+)*")


def _role(header: str) -> str | None:
    if len(header) > _LONGEST_HEADER:
        return None
    wording = _wording(header)
    role = next((role for role, form in HEADERS.items() if form.fullmatch(wording)), None)
    return None if role == "year" and _OF_END.search(wording) else role


def _is_part_of_header(cell: str) -> bool:
    return len(cell) <= _LONGEST_HEADER and (
        _PART_OF_HEADER.fullmatch(_wording(cell)) is not None or _role(cell) is not None
    )


@lru_cache(maxsize=4096)
def _wording(header: str) -> str:
    return _UNHEARD.sub("", repair(header).text).casefold()


def _era(header: str) -> Era | None:
    wording = _wording(header)
    buddhist, common = "พศ" in wording, "คศ" in wording
    return None if buddhist == common else "BE" if buddhist else "CE"


def _aligned(line: str, columns: Columns) -> list[str] | None:
    pieces = list(_ALIGNED_CELL.finditer(line))
    if len(pieces) == len(columns.headers):
        return [piece[0] for piece in pieces]
    found = [""] * len(columns.headers)
    for piece, start in zip(pieces, _display_columns(line, pieces), strict=True):
        if start not in columns.starts:
            return None
        found[columns.starts.index(start)] = piece[0]
    return found


def _display_columns(line: str, pieces: list[re.Match[str]]) -> tuple[int, ...]:
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
