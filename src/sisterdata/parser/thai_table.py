"""The Ministry's table of pairs: columns under headers, provinces carried down, sections.

Lines of cells are taken in runs, a column at a time, so that a large table costs little more
than splitting its lines; every other line is looked at singly. A line whose cells do not fit the
columns stays unknown: it is never made to fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from sisterdata.parser.claims import claims_of, find_claims, without_claims
from sisterdata.parser.columns import (
    DITTO,
    Columns,
    cells,
    cells_by_column,
    join_headers,
    read_header,
    whole_number,
)
from sisterdata.parser.document import (
    KINDS,
    TEXT,
    Document,
    batch,
    frame,
    frame_of,
    issue,
    packed,
    unparsed_line,
)
from sisterdata.parser.home import home_place
from sisterdata.parser.numbering import irregular
from sisterdata.parser.reading import Text, numbered_lines
from sisterdata.parser.shapes import LONGEST_HEADING, is_boilerplate, is_status, status_date
from sisterdata.text import is_blank, repair, year

Numbers = npt.NDArray[np.signedinteger[Any]]

# Characters of text taken at a time, so that what is held beside the frames stays small.
_CHUNK = 1 << 20


def parse_thai_table(text: Text) -> Document:
    """Read a table of pairs; see Document for what comes out."""
    table = _Table()
    for first, lines in numbered_lines(text.text, _CHUNK):
        _take_chunk(table, first, lines)
    _settle_pending(table, restarts=False, at_end=True)
    rows = frame("rows", table.rows)
    _check_numbering(table, rows)
    return Document(
        source_id=text.source_id,
        layout="thai_table",
        title=table.title or table.first_heading,
        date=table.date,
        lines=frame("lines", _lines(table)),
        rows=rows,
        organizations=frame_of("organizations", []),
        claims=frame_of("claims", table.claims),
        events=frame_of("events", []),
        issues=frame_of("issues", table.issues),
    )


def is_thai_table(text: str) -> bool:
    """Does a line name the columns of a table of pairs, and a later one fill them?

    Three columns suffice by themselves; two are also the title of many a web page
    ("Thailand | Sister Cities").
    """
    columns = None
    above = ""
    for _, lines in numbered_lines(text, _CHUNK):
        for line in lines:
            header = read_header(line)
            if header is None and columns is None:
                joined = join_headers(above, line)
                header = read_header(joined) if joined is not None else None
            above = line
            if header is not None:
                columns = header
                if len(columns.headers) > 2:
                    return True
            elif columns is not None and columns.separator in line.strip():
                row = cells(line, columns)
                if row is not None and _fit(row, columns):
                    return True
    return False


class _Pending(NamedTuple):
    """A line that only what follows it can explain.

    `text` is the line, mended; `set_off` whether a blank line stands above it.
    """

    number: int
    line: str
    text: str
    set_off: bool

    @property
    def plain(self) -> str:
        """What a page repeats of it, which may say that it goes on."""
        return _CONTINUED.sub("", self.text).replace(" ", "")

    @property
    def bare(self) -> str:
        """The same without its counts."""
        return without_claims(_CONTINUED.sub("", self.text)).replace(" ", "")


@dataclass
class _Table:
    """What has been read so far."""

    columns: Columns | None = None
    header: str | None = None  # the line that named them, and its number
    header_at: int = 0
    headed_at: int = 0  # the line where it was printed last
    last: int = 0  # the last line that is not blank
    title: str | None = None
    first_heading: str | None = None
    date: str | None = None
    status_line: int = 0
    section: str | None = None
    sections: int = 0
    headings: dict[str, str] = field(default_factory=dict)  # plain text -> kind, for repeated ones
    home: str | None = None  # of a table without a column of provinces
    # The province carried down, and its number.
    place: str | None = None
    number: int | None = None
    sequence: int | None = None  # the last row's number
    broken: bool = False  # an unknown line may have named another province
    # Lines not yet explained, and whether a header was among them.
    pending: list[_Pending] = field(default_factory=list)
    headed: bool = False
    single_number: bool = False
    # What has been read: the lines, the kinds of those that are no rows, and the frames' parts.
    lines: list[tuple[Numbers, pa.Array]] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)
    rows: list[pa.RecordBatch] = field(default_factory=list)
    numbering: list[tuple[Numbers, Numbers, Numbers, Numbers]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)


_DIGIT = re.compile(r"\d")
_SIGNS = frozenset(" :=_*.+·•–—-")
_RULE = re.compile(r"\s*[:=_*.+·•–—-](?:\s*[:=_*.+·•–—-])+\s*")
_NO_PLACE = re.compile(r"\d|^\s*(?:รวม|total)|^\s*[:=_*.+·•–—-][\s:=_*.+·•–—-]*$", re.I)
_TOTAL = re.compile(r"[\s|]*(?:รวม|ทั้งหมด|จำนวน|(?:grand )?total)(?![A-Za-z])", re.I)
_FOOTNOTE = re.compile(
    r"[*†‡]|(?:หมายเหตุ|ที่มา|แหล่งข้อมูล|จัดทำโดย|รวบรวมโดย|ข้อมูลโดย|sources?|notes?|remarks?)\s*[:：]?\s",
    re.I,
)
_CONTINUED = re.compile(r"\s*\((?:ต่อ|cont(?:inued|\.|'d)?)\)$", re.I)
_THAI_LETTER = re.compile("[\u0e01-\u0e4e]")
_MISSING = {
    "verbatim_place": "no place is printed here, nor above in a line that could be read",
    "verbatim_partner": "no partner is printed",
    "sequence": "no number is printed: a row, or the end of the one above?",
}
_UNKNOWN_COLUMN = "no column of pairs is known by this header; its cells are kept in the lines only"


def _take_chunk(table: _Table, first: int, lines: list[str]) -> None:
    printed: list[int] = []
    numbers: list[int] = []
    run: list[str] = []
    columns = table.columns
    for number, line in enumerate(lines, first):
        if number == table.headed_at + 1 and _take_second_header(table, number, line):
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
            _take_line(table, number, line, set_off=number > above + 1)
            columns = table.columns
        printed.append(number)
    _take_cells(table, numbers, run)
    table.last = printed[-1] if printed else table.last
    texts = lines if len(printed) == len(lines) else [lines[number - first] for number in printed]
    table.lines.append((np.array(printed, np.int64), packed(texts, TEXT)))


def _lines(table: _Table) -> Iterator[pa.RecordBatch]:
    special = np.array(sorted(table.kinds), np.int64)
    codes = np.array([KINDS.index(table.kinds[number]) for number in special], np.int8)
    for numbers, texts in table.lines:
        kinds = np.full(len(numbers), KINDS.index("row"), np.int8)
        if len(numbers):
            here = slice(*np.searchsorted(special, [numbers[0], numbers[-1] + 1]))
            kinds[np.searchsorted(numbers, special[here])] = codes[here]
        named = pa.DictionaryArray.from_arrays(kinds, pa.array(KINDS, TEXT)).cast(TEXT)
        yield batch("lines", {"line": numbers, "kind": named, "text": texts})


def _take_cells(table: _Table, numbers: list[int], lines: list[str]) -> None:
    """Take lines that look like rows; those whose cells do not fit are looked at singly."""
    columns = table.columns
    if not lines or columns is None:
        return
    by_column = cells_by_column(lines, columns)
    if by_column is not None and _fit(by_column, columns):
        _take_rows(table, columns, numbers, by_column)
        return
    rows = [cells(line, columns) for line in lines]
    all_fit = _fit(list(zip(*(row for row in rows if row is not None), strict=True)), columns)
    start = 0
    while start < len(lines):
        end, fitting = start, []
        while end < len(lines):
            row = rows[end]
            if row is None or not (all_fit or _fit(row, columns)):
                break
            fitting.append(row)
            end += 1
        if fitting:
            turned = list(zip(*fitting, strict=True))
            _take_rows(table, columns, numbers[start:end], turned)
        if end < len(lines):
            _take_line(table, numbers[end], lines[end])
        start = end + 1
        if table.columns is not columns:  # the line was a header: the rest are split anew
            for number, line in zip(numbers[start:], lines[start:], strict=True):
                _take_cells(table, [number], [line])
            return


def _fit(cells: Sequence[str | Sequence[str]], columns: Columns) -> bool:
    """Can the columns hold these cells (one, or a column of them, each)? Else they are shifted."""
    for at, cell in enumerate(cells):
        values = {cell} if isinstance(cell, str) else set(cell)
        if at in (columns.number, columns.sequence):
            misfit = any(
                whole_number(value) is None and not is_blank(value) and value.strip() not in DITTO
                for value in values
            )
        elif at == columns.place:
            misfit = any(
                len(value) > LONGEST_HEADING or _NO_PLACE.search(value) for value in values
            )
        else:
            misfit = at in columns.partner and any(
                whole_number(value) is not None or _is_rule(value) or _is_count(value)
                for value in values
            )
        if misfit:
            return False
    return True


def _is_rule(cell: str) -> bool:
    """Is a cell part of a drawn line: two signs or more, and nothing else?"""
    return cell[:1] in _SIGNS and _RULE.fullmatch(cell) is not None


def _is_count(cell: str) -> bool:
    """Does a cell only count ("1 คู่ 1 จังหวัด")? Then it is a heading's, no partner."""
    return (
        len(cell) <= LONGEST_HEADING
        and _DIGIT.search(cell) is not None
        and any(find_claims(cell))
        and not without_claims(cell)
    )


def _is_heading_in_cells(line: str, columns: Columns) -> bool:
    """Are there just two cells, words and their count?"""
    filled = [cell for cell in line.split(columns.separator) if not is_blank(cell)]
    return len(filled) == 2 and not _is_count(filled[0]) and _is_count(filled[1])


def _is_lone_partner(line: str, columns: Columns) -> bool:
    """Is the only cell that is filled, and counts nothing, in a partner's column?"""
    if columns.place is None or columns.separator not in line or any(find_claims(line)):
        return False
    filled = [at for at, cell in enumerate(line.split(columns.separator)) if not is_blank(cell)]
    return len(filled) == 1 and filled[0] in columns.partner and filled[0] > columns.place


def _take_rows(
    table: _Table, columns: Columns, numbers: list[int], by_column: Sequence[Sequence[str]]
) -> None:
    provinces = _numbers(by_column, columns.number)
    sequence = _numbers(by_column, columns.sequence)
    places = [
        _named_place(cell) if cell is not None else None
        for cell in _cells_of(by_column, columns.place)
    ]
    if table.pending or table.headed:
        names_place = places[0] is not None or columns.place is None
        # The rows' own numbers begin anew with every province: they alone say nothing.
        if columns.number is not None:
            restarts = provinces[0] == 1
        else:
            restarts = sequence[0] in (1, None) and (
                table.headed or any(line.set_off for line in table.pending[-1:])
            )
        goes_on = columns.number is not None and sequence[0] == (table.sequence or 0) + 1 != 1
        _settle_pending(table, restarts=names_place and restarts, goes_on=goes_on)
    table.sequence = sequence[-1]
    if columns.place is None:
        places = [table.home] * len(numbers)
    carried, starts = _carry_down(table, places, provinces)
    partners = _joined(by_column, columns.partner)
    years, eras = _years(table, columns, numbers, by_column)
    table.rows.append(
        batch(
            "rows",
            {
                "line": numbers,
                "section": pa.repeat(pa.scalar(table.section, TEXT), len(numbers)),
                "sequence": sequence,
                "verbatim_place": carried,
                "verbatim_partner": partners,
                "verbatim_year": years,
                "verbatim_note": _joined(by_column, columns.note),
                "era": eras,
            },
        )
    )
    table.numbering.append(
        (
            np.array([-1 if number is None else number for number in provinces], np.int32),
            np.array([-1 if number is None else number for number in sequence], np.int32),
            np.array(starts, np.int32),
            np.full(len(numbers), table.sections, np.int32),
        )
    )
    for name, printed in (("verbatim_place", carried), ("verbatim_partner", partners)):
        if None in printed:
            table.issues += [
                issue(number, name, "missing_cell", None, _MISSING[name])
                for number, cell in zip(numbers, printed, strict=True)
                if cell is None
            ]


def _years(
    table: _Table, columns: Columns, numbers: list[int], by_column: Sequence[Sequence[str]]
) -> tuple[Sequence[str | None], Sequence[str | None]]:
    """The year of each row and its era; of several the first that is printed, and that is said."""
    printed = [_cells_of(by_column, at) for at in columns.years]
    if not printed:
        return [None] * len(numbers), [None] * len(numbers)
    if len(printed) == 1:
        return printed[0], [columns.eras[0]] * len(numbers)
    headers = [columns.headers[at] for at in columns.years]
    years: list[str | None] = []
    eras: list[str | None] = []
    for number, cells_ in zip(numbers, zip(*printed, strict=True), strict=True):
        filled = [at for at, cell in enumerate(cells_) if cell is not None]
        first = filled[0] if filled else 0
        years.append(cells_[first])
        eras.append(columns.eras[first])
        read = [year(cell, era=era).value for cell, era in zip(cells_, columns.eras, strict=True)]
        others = [f"{headers[at]} is {cells_[at]}" for at in filled if read[at] != read[first]]
        if filled and first > 0:
            others.insert(0, f"{headers[0]} is blank")
        if others:
            message = f"{'; '.join(others)}; {headers[first]} is taken"
            table.issues.append(
                issue(number, "verbatim_year", "other_year", cells_[first], message)
            )
    return years, eras


def _named_place(cell: str) -> str | None:
    """The province of a cell; None where the cell says "as above"."""
    if cell in DITTO:
        return None
    return _CONTINUED.sub("", cell) if cell[-1] == ")" else cell


def _carry_down(
    table: _Table, places: Sequence[str | None], numbers: Sequence[int | None]
) -> tuple[list[str | None], list[bool]]:
    """Fill the provinces left blank; also tell the rows with which a province begins."""
    carried: list[str | None] = []
    starts: list[bool] = []
    place, current = table.place, table.number
    for printed, number in zip(places, numbers, strict=True):
        renumbered = number is not None and number != current
        if printed is not None and (renumbered or printed != place):
            place, current = printed, number
            starts.append(True)
        elif renumbered:  # a new number without its province: the one above is not meant
            place, current = None, number
            starts.append(True)
        else:
            starts.append(False)
        carried.append(place)
    starts[0] = starts[0] or table.broken
    table.place, table.number, table.broken = place, current, False
    return carried, starts


def _take_line(table: _Table, number: int, line: str, set_off: bool = False) -> None:
    text = repair(line).text
    header = table.columns if line == table.header else read_header(line)
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
    elif table.columns is not None and _is_heading_in_cells(line, table.columns):
        words = repair(line.replace(table.columns.separator, " ")).text
        table.pending.append(_Pending(number, line, words, set_off))
    elif table.columns is not None and table.columns.separator in line.strip():
        _unknown(table, number, line, "its cells do not fit the columns")
        _forget_place(table, line, table.columns)
    elif table.columns is not None and _is_lone_partner(line, table.columns):
        _unknown(table, number, line, "a partner stands alone, without number or year")
    elif len(text) > LONGEST_HEADING:
        _unknown(table, number, line, "it is too long for a heading, and no row")
    else:
        table.pending.append(_Pending(number, line, text, set_off))


def _take_header(table: _Table, number: int, line: str, header: Columns) -> None:
    table.kinds[number] = "column_header"
    if header != table.columns:
        table.issues += [
            issue(number, "line", "unknown_column", name, _UNKNOWN_COLUMN)
            for name in header.unknown
        ]
    table.columns, table.header, table.headed = header, line, True
    table.header_at = table.headed_at = number
    table.single_number = header.number is None and header.place is not None


def _take_second_header(table: _Table, number: int, line: str) -> bool:
    """Take the line below a header, if it is the header's second line."""
    joined = join_headers(table.header, line) if table.header is not None else None
    header = read_header(joined) if joined is not None else None
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


def _take_joined_header(table: _Table, number: int, line: str) -> bool:
    """Take a line that makes a header only together with the one above it."""
    above = table.pending[-1] if table.pending else None
    if above is None or above.number != number - 1:
        return False
    joined = join_headers(above.line, line)
    header = read_header(joined) if joined is not None else None
    if header is None:
        return False
    table.pending.pop()
    _take_header(table, above.number, above.line, header)
    return True


def _forget_place(table: _Table, line: str, columns: Columns) -> None:
    """Carry no province down past an unknown line that may have named another."""
    until = max(columns.number or 0, columns.place or 0)
    if not all(map(is_blank, line.split(columns.separator)[: until + 1])):
        table.place = table.number = None
        table.broken = True


def _settle_pending(
    table: _Table, *, restarts: bool, at_end: bool = False, goes_on: bool = False
) -> None:
    """Explain the lines before a row, now that it is known whether its numbers begin anew."""
    headed, table.headed = table.headed, False
    totals: list[_Pending] = []
    pending: list[_Pending] = []
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
    table: _Table, pending: list[_Pending], restarts: bool, rows_follow: bool, goes_on: bool
) -> None:
    """Lines between rows: the headings of the page, and of a new section.

    A line that is neither may have named a province, unless the rows' numbers go on below it.
    """
    fresh = []
    for line in pending:
        if line.plain in table.headings:  # a page that repeats its heading
            table.kinds[line.number] = table.headings[line.plain]
        elif _CONTINUED.search(line.text) and line.bare in table.headings:
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
            _unknown(table, line.number, line.line, "it is neither a row nor a heading")
            if table.columns is not None:
                goes_on = goes_on and table.columns.separator not in line.line
                if not goes_on:
                    _forget_place(table, line.line, table.columns)


def _counts(text: str, columns: Columns | None) -> bool:
    """Does a line count the list's own pairs at its end, as a heading does and no remark?"""
    claims = list(find_claims(text))
    if not claims or text.startswith(("(", "[")):
        return False
    ends = text.rstrip(" )]:.-–").endswith(claims[-1].verbatim)
    pairs = any(claim.subject == "pairs" for claim in claims)
    return ends and (pairs or columns is None or columns.place is None or not without_claims(text))


def _settle_opening(table: _Table, pending: list[_Pending], restarts: bool) -> None:
    """The lines above the first row: title, remarks, and the first section's heading."""
    if not pending:
        return
    last = pending[-1]
    below_all = len(pending) > 1 and last.number > table.status_line
    if any(find_claims(last.text)) or (below_all if last.number < table.header_at else restarts):
        _open_section(table, last)
        pending = pending[:-1]
    for line in pending:
        number, text = line.number, line.text
        if number > table.header_at > 0:
            _unknown(table, number, line.line, "it is neither a row nor a heading")
            continue
        table.claims += claims_of(number, None, text)
        table.date = table.date or status_date(text)
        if table.title is None:
            table.kinds[number], table.title = "title", text.strip("# ")
            table.headings[line.plain] = "title"
            table.home = home_place(text) or table.home
        else:
            table.kinds[number] = "claim" if any(find_claims(text)) else "prose"


def _open_section(table: _Table, heading: _Pending) -> None:
    table.kinds[heading.number] = table.headings[heading.plain] = "heading"
    table.headings.setdefault(heading.bare, "heading")
    table.first_heading = table.first_heading or heading.text
    table.section = without_claims(heading.text) or None
    table.home = home_place(heading.text) or table.home
    table.place = table.number = None
    table.sections += 1
    table.claims += claims_of(heading.number, table.section, heading.text)


def _unknown(table: _Table, number: int, line: str, why: str) -> None:
    table.kinds[number] = "unknown"
    table.issues.append(unparsed_line(number, line, why))


def _numbers(by_column: Sequence[Sequence[str]], at: int | None) -> list[int | None]:
    if at is None:
        return [None] * len(by_column[0])
    column = by_column[at]
    read = {cell: whole_number(cell) for cell in set(column)}
    return [read[cell] for cell in column]


def _cells_of(by_column: Sequence[Sequence[str]], at: int | None) -> list[str | None]:
    if at is None:
        return [None] * len(by_column[0])
    # Invisible characters alone are no cell; none is as long as four of them.
    return [
        (cell if len(cell) > 3 or not is_blank(cell) else None) if cell else None
        for cell in map(str.strip, by_column[at])
    ]


def _joined(by_column: Sequence[Sequence[str]], at: Sequence[int]) -> list[str | None]:
    if len(at) <= 1:
        return _cells_of(by_column, at[0] if at else None)
    rows = zip(*(_cells_of(by_column, column) for column in at), strict=True)
    printed = ([cell for cell in row if cell is not None] for row in rows)
    # As one would print them in one cell: with commas in Latin script, with spaces in Thai.
    return [
        (" " if _THAI_LETTER.search("".join(row)) else ", ").join(row) or None for row in printed
    ]


def _check_numbering(table: _Table, rows: pd.DataFrame) -> None:
    """Add issues on the provinces' numbers in a section, and on the rows' within a province."""
    if not table.numbering:
        return
    numbers, sequence, starts, sections = map(np.concatenate, zip(*table.numbering, strict=True))
    starts = starts.astype(bool)
    starts[0] = True
    starts[1:] |= sections[1:] != sections[:-1]
    if table.single_number and _counts_provinces(sequence, starts):
        rows["sequence"] = pd.array([pd.NA] * len(rows), dtype="Int64")
        numbers, sequence = sequence, np.full_like(sequence, -1)
    elif (sequence >= 0).any():
        table.issues += [
            issue(line, "sequence", "missing_cell", None, _MISSING["sequence"])
            for line in rows["line"].iloc[np.flatnonzero(sequence == -1)].tolist()
        ]
    provinces = np.flatnonzero(starts & (numbers >= 0))
    _check_runs(table, rows, numbers[provinces], sections[provinces], provinces, "verbatim_place")
    numbered = np.flatnonzero(sequence >= 0)
    blocks = np.cumsum(starts)
    _check_runs(table, rows, sequence[numbered], blocks[numbered], numbered, "verbatim_partner")


def _counts_provinces(sequence: Numbers, starts: npt.NDArray[np.bool_]) -> bool:
    """Is a table's only number the province's: blank, or the same, in its further rows?"""
    further = np.flatnonzero(~starts)
    same = (sequence[further] < 0) | (sequence[further] == sequence[further - 1])
    return len(further) > 0 and bool(same.all())


def _check_runs(
    table: _Table, rows: pd.DataFrame, numbers: Numbers, groups: Numbers, at: Numbers, named: str
) -> None:
    """Report what is irregular in each group of numbers; `at` are their rows.

    A group begins with 1, or goes on where the one before it ended.
    """
    if not len(numbers):
        return
    before = np.r_[0, numbers[:-1]]
    opens = np.r_[True, groups[1:] != groups[:-1]]
    amiss = np.unique(groups[(numbers != before + 1) & ~(opens & (numbers == 1))])
    for low, high in np.searchsorted(groups, [amiss, amiss + 1]).T:
        goes_on = numbers[low] == before[low] + 1
        lines = rows["line"].iloc[at[low:high]].tolist()
        names = rows[named].iloc[at[low:high]].fillna("").tolist()
        run = numbers[low:high].tolist()
        for found in irregular(run, names, run[0] if goes_on else 1):
            table.issues.append(
                issue(
                    lines[found.index],
                    "verbatim_place" if named == "verbatim_place" else "sequence",
                    "number_out_of_order",
                    str(run[found.index]),
                    found.message,
                )
            )
