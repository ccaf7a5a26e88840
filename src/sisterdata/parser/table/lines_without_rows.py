"""Lines of a table that are no rows: headers, titles, headings of sections, totals, remarks.

What a line is often shows only with the row that follows it, so lines are kept pending till then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sisterdata.parser.document import issue
from sisterdata.parser.headings import home_place, is_place_alone
from sisterdata.parser.line_kinds import LONGEST_HEADING, is_boilerplate, is_status, status_date
from sisterdata.parser.stated_counts import claims_of, find_claims, without_claims
from sisterdata.parser.table.cell_contents import is_heading_in_cells, is_lone_partner
from sisterdata.parser.table.column_positions import Columns
from sisterdata.parser.table.find_header import read_header, read_two_line_header
from sisterdata.parser.table.parse_state import CONTINUED, Pending, Table, unknown
from sisterdata.text.repair import is_blank, repair


def take_line(
    table: Table, number: int, line: str, set_off: bool = False, below: Sequence[str] = ()
) -> None:
    """Take a line that is no row: a header, a heading, a remark, or one that fits nothing."""
    text = repair(line).text
    header = table.columns if line == table.header else read_header(line, below)
    if header is not None:
        _take_header(table, number, line, header)
    elif _take_joined_header(table, number, line):
        table.kinds[number] = "column_header"
    elif is_boilerplate(text):
        table.kinds[number] = "boilerplate"
    elif _TOTAL.match(text) and not table.pending:
        table.kinds[number] = "claim"
        table.claims += claims_of(number, table.section, text)
    elif is_status(text):
        table.kinds[number] = "status_date"
        if table.date is None:
            table.date, table.status_line = status_date(text), number
    elif _FOOTNOTE.match(text):
        table.kinds[number] = "prose"
    elif table.columns is not None and is_heading_in_cells(line, table.columns):
        words = repair(line.replace(table.columns.separator, " ")).text
        table.pending.append(Pending(number, line, words, set_off))
    elif table.columns is not None and table.columns.separator in line.strip():
        unknown(table, number, line, "its cells do not fit the columns")
        _forget_place(table, line, table.columns)
    elif table.columns is not None and is_lone_partner(line, table.columns):
        unknown(table, number, line, "a partner stands alone, without number or year")
    elif len(text) > LONGEST_HEADING:
        unknown(table, number, line, "it is too long for a heading, and no row")
    else:
        table.pending.append(Pending(number, line, text, set_off))


def _take_header(table: Table, number: int, line: str, header: Columns) -> None:
    table.kinds[number] = "column_header"
    known = table.columns
    if known is not None and (known.headers, known.separator) == (header.headers, header.separator):
        header = known  # printed again: the values above it were looked at already
    if header != table.columns:
        table.issues += [
            issue(number, "line", "unknown_column", name, _UNKNOWN_COLUMN)
            for name in header.unknown
        ]
    table.columns, table.header, table.headed = header, line, True
    table.home_header = table.home_header or header.home_header
    table.header_at = table.headed_at = number
    table.single_number = header.number is None and header.place is not None


def take_second_header(table: Table, number: int, line: str) -> bool:
    """Take the line below a header, if it is the header's second line."""
    header = read_two_line_header(table.header, line) if table.header is not None else None
    if header is None:
        return False
    table.kinds[number] = "column_header"
    if header != table.columns:
        # What the first line alone left unknown may be known now.
        table.issues = [
            found
            for found in table.issues
            if (found["line"], found["code"]) != (table.header_at, "unknown_column")
        ]
        _take_header(table, table.header_at, table.header or "", header)
    return True


def _take_joined_header(table: Table, number: int, line: str) -> bool:
    """Take a line that makes a header only together with the one above it."""
    above = table.pending[-1] if table.pending else None
    if above is None or above.number != number - 1:
        return False
    header = read_two_line_header(above.line, line)
    if header is None:
        return False
    table.pending.pop()
    _take_header(table, above.number, above.line, header)
    return True


def _forget_place(table: Table, line: str, columns: Columns) -> None:
    """Carry no province down past an unknown line that may have named another."""
    until = max(columns.number or 0, columns.place or 0)
    if not all(map(is_blank, line.split(columns.separator)[: until + 1])):
        table.place = table.number = None
        table.broken = True


def settle_pending(
    table: Table, *, restarts: bool, at_end: bool = False, goes_on: bool = False
) -> None:
    """Explain the lines before a row, now that it is known whether its numbers begin anew."""
    headed, table.headed = table.headed, False
    totals: list[Pending] = []
    pending: list[Pending] = []
    for line in table.pending:
        (totals if _TOTAL.match(line.text) else pending).append(line)
    table.pending = []
    if table.rows:
        _settle_section(table, pending, restarts, headed or not at_end, goes_on)
    else:
        _settle_opening(table, pending, restarts)
    for line in totals:
        table.kinds[line.number] = "claim"
        table.claims += claims_of(line.number, table.section, line.text)


def _settle_section(
    table: Table, pending: list[Pending], restarts: bool, rows_follow: bool, goes_on: bool
) -> None:
    """Lines between rows: the headings of the page, and of a new section.

    A line that is neither may have named a province, unless the rows' numbers go on below it.
    """
    fresh = []
    for line in pending:
        if line.plain in table.headings:  # a page that repeats its heading
            table.kinds[line.number] = table.headings[line.plain]
        elif CONTINUED.search(line.text) and line.bare in table.headings:
            table.kinds[line.number] = table.headings[line.bare]
        else:
            fresh.append(line)
    for line in fresh:
        counts = _counts(line.text, table.columns)
        if line is fresh[-1] and rows_follow and (counts or restarts):
            _open_section(table, line)
        elif counts:
            table.kinds[line.number] = "claim"
            table.claims += claims_of(line.number, table.section, line.text)
        else:
            unknown(table, line.number, line.line, "it is neither a row nor a heading")
            if table.columns is not None:
                goes_on = goes_on and table.columns.separator not in line.line
                if not goes_on:
                    _forget_place(table, line.line, table.columns)


def _counts(text: str, columns: Columns | None) -> bool:
    """Whether a line ends with the count of the list's pairs, as a heading does."""
    claims = list(find_claims(text))
    if not claims or text.startswith(("(", "[")):
        return False
    ends = text.rstrip(" )]:.-–").endswith(claims[-1].verbatim)
    pairs = any(claim.subject == "pairs" for claim in claims)
    return ends and (pairs or columns is None or columns.place is None or not without_claims(text))


def _settle_opening(table: Table, pending: list[Pending], restarts: bool) -> None:
    """The lines above the first row: title, remarks, and the first section's heading."""
    if not pending:
        return
    last = pending[-1]
    below_all = len(pending) > 1 and last.number > table.status_line
    if any(find_claims(last.text)) or (below_all if last.number < table.header_at else restarts):
        _open_section(table, last)
        pending = pending[:-1]
    if table.home is None:
        table.home = next((line.text for line in pending if is_place_alone(line.text)), None)
    for line in pending:
        number, text = line.number, line.text
        if number > table.header_at > 0:
            unknown(table, number, line.line, "it is neither a row nor a heading")
            continue
        table.claims += claims_of(number, None, text)
        table.date = table.date or status_date(text)
        if table.title is None:
            table.kinds[number], table.title = "title", text.strip("# ")
            table.headings[line.plain] = "title"
            table.home = home_place(text) or table.home
        elif home_place(text) is not None:
            table.kinds[number], table.home = "prose", home_place(text)
        else:
            table.kinds[number] = "claim" if any(find_claims(text)) else "prose"


def _open_section(table: Table, heading: Pending) -> None:
    table.kinds[heading.number] = table.headings[heading.plain] = "heading"
    table.headings.setdefault(heading.bare, "heading")
    table.first_heading = table.first_heading or heading.text
    table.section = without_claims(heading.text) or None
    table.home = home_place(heading.text) or table.home
    table.place = table.number = None
    table.sections += 1
    table.claims += claims_of(heading.number, table.section, heading.text)


_TOTAL = re.compile(r"[\s|]*(?:รวม|ทั้งหมด|จำนวน|(?:grand )?total)(?![A-Za-z])", re.I)
_FOOTNOTE = re.compile(
    r"[*†‡]|(?:หมายเหตุ|ที่มา|แหล่งข้อมูล|จัดทำโดย|รวบรวมโดย|ข้อมูลโดย|sources?|notes?|remarks?)\s*[:：]?\s",
    re.I,
)
_UNKNOWN_COLUMN = "no column of pairs is known by this header; its cells are kept in the lines only"
