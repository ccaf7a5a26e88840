"""Normalize a file: its rows are kept, and the matches of its places are added."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from sisterdata.decisions import StaleDecision
from sisterdata.errors import DataError
from sisterdata.lists.arguments import country_code, date_in_force
from sisterdata.lists.documents import attested, is_only_document, parse_table
from sisterdata.lists.match_rows import (
    MATCH_COLUMNS,
    Tally,
    cell_matcher,
    match_chunk,
    read_table_context,
)
from sisterdata.lists.review import read_decisions, refuse_losing, write_review
from sisterdata.parser import Document, parse
from sisterdata.parser.table.column_roles import Roles, choose_columns
from sisterdata.places.arguments import Options, read_options
from sisterdata.places.context import NO_CONTEXT, Context
from sisterdata.plain_values import counted
from sisterdata.tabular.formats import form_of, known_form, open_table, write_beside, write_rows
from sisterdata.tabular.table import Table


def _ignore(*_: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `normalize_file` did.

    layout
        The layout of the document; None if it was a table.
    columns
        The headers of the columns that were matched, by `place`, `country`, `admin1`.
    statuses
        The number of rows with each status that occurs.
    no_place
        How many of the ``unmatched`` rows a person decided are no place.
    open_rows
        How many rows have a name and no id, without those.
    to_review
        The number of distinct names written for review.
    findings
        Decisions that no longer apply.
    notices
        What else a careful reader should know.
    """

    layout: str | None
    columns: dict[str, str]
    statuses: dict[str, int]
    no_place: int
    open_rows: int
    to_review: int
    findings: tuple[StaleDecision, ...]
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What a caller says about the columns of a table."""

    place: str | None
    country: str | None
    admin1: str | None
    one_country: str | None  # for all rows

    @property
    def given(self) -> bool:
        return any(x is not None for x in (self.place, self.country, self.admin1, self.one_country))


def normalize_file(
    file: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    place_column: str | None = None,
    country_column: str | None = None,
    admin1_column: str | None = None,
    country: str | None = None,
    level: str | Iterable[str] | None = None,
    date: str | None = None,
    min_score: float | None = None,
    context: bool = True,
    sheet: str | None = None,
    layout: str | None = None,
    home: str | None = None,
    prefix: str = "match_",
    review: str | os.PathLike[str] | None = None,
    decisions: str | os.PathLike[str] | None = None,
    escape_formulas: bool = False,
    announce: Callable[[str], None] = _ignore,
    advance: Callable[[int, int], None] = _ignore,
) -> Outcome:
    """Match the places that a file lists, and write its rows with the matches to `out`.

    file
        A table (CSV, TSV, Excel, Parquet or JSON lines, by its suffix) or a document. A table
        keeps its rows as they are, in their order, with MATCH_COLUMNS added. A document becomes one
        row for each statement of a pair, with the columns of ``attestations`` and its issues. A
        table is read as a document if `layout` says so, or if its rows cannot be kept (titles above
        the headers, sections, provinces printed once for several rows).
    out
        The file to write, a table by its suffix.
    place_column, country_column, admin1_column
        The columns of a table; detected from the headers if omitted, "" for none.
    country
        The country of all rows, a code or a name, if no column has it.
    level, date, min_score
        As for `match_place`, for all rows of a table.
    context
        Whether the names of a table help to read each other, as for `match_places`.
    sheet
        The sheet of a workbook.
    layout, home
        Read `file` as a document in this layout, and whose list it is if it does not say so.
    prefix
        What the names of the added columns start with.
    review
        Where to write the doubtful names, each once.
    decisions
        A review file with decisions, which are applied.
    escape_formulas
        Put an apostrophe before text that a spreadsheet would run; in Excel files it never runs.
    announce, advance
        Called with what was detected, before the work begins, and with how much of it is done.

    Raises `DataError`, `ParseError` or `CuratedError` for what cannot be used; `out` and `review`
    are then unchanged.
    """
    source, target = Path(file), Path(out)
    review_path = None if review is None else Path(review)
    _check_paths(source, target, review_path)
    columns = _Columns(
        place_column,
        country_column,
        admin1_column,
        None if country is None else country_code(country),
    )
    date = None if date is None else date_in_force(date)
    options = read_options(level, date, min_score, successor=False)
    decided = () if decisions is None else read_decisions(Path(decisions))
    if review_path is not None:
        refuse_losing(review_path, decided)
    tally = Tally({d.name: d for d in decided}, keep_doubts=review is not None)
    with nullcontext() if form_of(source) is None else open_table(source, sheet=sheet) as table:
        if table is None or _is_document(table, columns, layout, home):
            _check_document(source, columns, options)
            document = _parse(source, table, layout, home)
            announce(_how_read(document, table, layout))
            notices = _write_document(tally, document, source, target, escape=escape_formulas)
            read_as, used = document.layout, dict[str, str]()
        else:
            roles = _roles(table, columns)
            read_as, used = None, _headers(table, roles)
            announce(_columns_read(table, used))
            fields = {prefix + name: kind for name, kind in MATCH_COLUMNS.items()}
            names = _context(source, sheet, roles, columns, options) if context else NO_CONTEXT
            match_cells = cell_matcher(tally, columns.one_country, options, names)
            with write_beside(target, table, fields, escape_formulas=escape_formulas) as add:
                for chunk in table.chunks:
                    add(chunk, match_chunk(tally, match_cells, chunk, roles))
                    advance(chunk.done, table.size)
            tally.finish(str(source))
            notices = (*names.notices, *_notices(table, tally, roles, columns))
    if review_path is not None:
        write_review(review_path, tally.doubts, decided)
    return Outcome(
        read_as,
        used,
        dict(tally.statuses.most_common()),
        tally.no_place,
        tally.open_rows,
        len(tally.doubts),
        tuple(tally.findings.values()),
        notices,
    )


def _check_paths(source: Path, target: Path, review: Path | None) -> None:
    """Every file to write has a known format, and none is another that is used."""
    paths = [os.path.realpath(path) for path in (source, target, review) if path is not None]
    if len(set(paths)) < len(paths):
        raise DataError(
            "the same file would be read and written, or written twice",
            where=str(target),
            todo="name another output: the input stays as it is",
        )
    for written in (target, review):
        if written is not None:
            known_form(written)


def _is_document(table: Table, columns: _Columns, layout: str | None, home: str | None) -> bool:
    if layout is not None or home is not None:
        return True
    return not columns.given and is_only_document(table)


def _parse(source: Path, table: Table | None, layout: str | None, home: str | None) -> Document:
    if table is None:
        return parse(source, layout=layout, home=home)
    return parse_table(table, layout, home=home)


def _check_document(source: Path, columns: _Columns, options: Options) -> None:
    """A document has its own columns, and states its own date."""
    if columns.given:
        raise DataError(
            "a document has the columns of its layout",
            where=str(source),
            todo="leave out the options on columns and countries, or give a table",
        )
    if options.date is not None:
        raise DataError(
            "a document states its own date", where=str(source), todo="leave out --date"
        )
    if options != Options():
        raise DataError(
            "levels and least scores are for tables",
            where=str(source),
            todo="leave out --level and --min-score",
        )


def _roles(table: Table, columns: _Columns) -> Roles:
    """The columns to match; the countries are in a column, or one holds for all rows."""
    roles = choose_columns(
        table.columns,
        table.head[1:],
        place=columns.place,
        country=columns.country,
        admin1=columns.admin1,
        where=str(table.path),
    )
    if columns.one_country is not None and roles.country is not None:
        raise DataError(
            f"the countries are in the column {table.columns[roles.country]!r}",
            where=str(table.path),
            todo='give --country or --country-column, not both (--country-column "" for none)',
        )
    return roles


def _context(
    source: Path, sheet: str | None, roles: Roles, columns: _Columns, options: Options
) -> Context:
    """What the names of the table say about each other, from a first reading of it."""
    with open_table(source, sheet=sheet) as table:
        return read_table_context(table.chunks, roles, columns.one_country, options)


def _headers(table: Table, roles: Roles) -> dict[str, str]:
    at = {"place": roles.place, "country": roles.country, "admin1": roles.admin1}
    return {role: table.columns[column] for role, column in at.items() if column is not None}


def _columns_read(table: Table, used: dict[str, str]) -> str:
    other = "" if table.grid is None else ", row by row (as a document: --layout)"
    named = ", ".join(f"{role} {name!r}" for role, name in used.items())
    return f"read as a table{other}; columns: {named}"


def _how_read(document: Document, table: Table | None, layout: str | None) -> str:
    asked = "" if table is None or layout is None else ", as --layout says"
    other = (
        "; as a table, row by row: name it .csv or .tsv"
        if table is None
        else "; as a table, row by row: --place-column, its headers on the first line"
    )
    return f"read as a document in the layout {document.layout}{asked}{other}"


def _write_document(
    tally: Tally, document: Document, source: Path, target: Path, *, escape: bool
) -> tuple[str, ...]:
    """Write the attestations of a document; returns what belongs to none of them."""
    found = attested(document, tally.decisions, str(source))
    with write_rows(target, found.fields, escape=escape) as put:
        put(found.rows)
    tally.statuses = found.statuses
    tally.no_place, tally.open_rows = found.no_place, found.open_rows
    tally.findings = found.findings
    if tally.keep_doubts:
        tally.doubts = found.doubts
    return found.notices


def _notices(table: Table, tally: Tally, roles: Roles, columns: _Columns) -> tuple[str, ...]:
    notices = [*table.notices]
    if columns.one_country is None and roles.country is None and tally.no_country:
        rows = counted(tally.no_country, "row")
        notices.append(f"{rows} without a country to look in: give --country-column, or --country")
    return tuple(notices)
