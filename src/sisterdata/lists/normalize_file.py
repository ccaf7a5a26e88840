"""Match the places of a file, and write its rows with the matches."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from sisterdata.argument_types import as_path, refuse_other_than_bool, refuse_other_than_text
from sisterdata.errors import DataError
from sisterdata.human_decisions import StaleDecision
from sisterdata.lists.document_rows import attested, is_only_document
from sisterdata.lists.match_rows import (
    MATCH_COLUMNS,
    Tally,
    cell_matcher,
    match_chunk,
    read_table_context,
)
from sisterdata.lists.read_options import country_code, date_in_force
from sisterdata.lists.review_file import decisions_of, refuse_losing, write_review
from sisterdata.parser import Document, parse
from sisterdata.parser.table.column_roles import Roles, choose_columns
from sisterdata.places.check_arguments import Options, read_options
from sisterdata.places.column_context import NO_CONTEXT, Context
from sisterdata.serializable_values import counted
from sisterdata.tabular.formats import (
    open_table,
    require_table_format,
    table_format,
    write_beside,
    write_rows,
)
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
        The number of ``unmatched`` rows that a person decided are not a place.
    open_rows
        The number of rows with a name but no id, without those.
    to_review
        The number of distinct names written for review.
    findings
        Decisions that no longer apply.
    notices
        What else the user should know.
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
class _Request:
    """What a caller asked for, checked."""

    source: Path
    target: Path
    format: str | None
    sheet: str | None
    layout: str | None
    home: str | None
    place_column: str | None
    country_column: str | None
    admin1_column: str | None
    country: str | None  # the code for all rows
    options: Options
    context: bool
    prefix: str
    escape_formulas: bool
    announce: Callable[[str], None]
    advance: Callable[[int, int], None]

    @property
    def describes_columns(self) -> bool:
        given = (self.place_column, self.country_column, self.admin1_column, self.country)
        return any(column is not None for column in given)

    def open_table(self) -> AbstractContextManager[Table]:
        return open_table(self.source, sheet=self.sheet, format=self.format)


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
    format: str | None = None,  # noqa: A002
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
    """Match the places of a file, and write its rows with the matches to `out`.

    file, format, sheet
        A table or a document, its format (by its suffix if omitted), and the sheet of a workbook.
        The rows of a table stay as they are, with MATCH_COLUMNS added. Of a document, each
        statement of a pair becomes a row of ``attestations``, with its issues. A table is read as
        a document if its rows cannot be kept: titles above the headers, sections, or provinces
        printed once for several rows.
    out
        The table to write; its suffix gives the format.
    place_column, country_column, admin1_column, country
        The columns of a table, detected if omitted, "" for none; or the country of all rows.
    level, date, min_score, context
        As for `match_places`, for all rows of a table.
    layout, home
        Read `file` as a document in this layout; whose list it is, if it does not say so.
    prefix, escape_formulas
        The prefix of the names of the added columns; whether to put ' before text that a
        spreadsheet would run as a formula.
    review, decisions
        Where to write the doubtful names, each once; a review file whose decisions to apply.
    announce, advance
        Called with what was detected, and with how much is done.

    Raises `DataError`, `ParseError` or `CuratedError`; `out` and `review` are then unchanged.
    """
    file, out = as_path(file, "file"), as_path(out, "out")
    review_path = None if review is None else as_path(review, "review")
    _check_paths(file, out, review_path)
    in_force = None if date is None else date_in_force(date)
    request = _Request(
        file, out, format, sheet, layout, home, place_column, country_column,
        admin1_column, None if country is None else country_code(country),
        read_options(level, in_force, min_score, successor=False), context,
        prefix, escape_formulas, announce, advance,
    )  # fmt: skip
    return _normalize_and_review(request, review_path, decisions)


def _normalize_and_review(
    request: _Request, review: Path | None, decisions: str | os.PathLike[str] | None
) -> Outcome:
    _check_types(request)
    decided = () if decisions is None else decisions_of(decisions)
    if review is not None:
        refuse_losing(review, decided)
    tally = Tally({d.name: d for d in decided}, keep_doubts=review is not None)
    outcome = _outcome(tally, *_normalize(request, tally))
    if review is not None:
        write_review(review, tally.doubts, decided)
    return outcome


def _outcome(
    tally: Tally, layout: str | None, columns: dict[str, str], notices: tuple[str, ...]
) -> Outcome:
    return Outcome(
        layout,
        columns,
        dict(tally.statuses.most_common()),
        tally.no_place,
        tally.open_rows,
        len(tally.doubts),
        tuple(tally.findings.values()),
        notices,
    )


def _normalize(
    request: _Request, tally: Tally
) -> tuple[str | None, dict[str, str], tuple[str, ...]]:
    """Write the output; return the layout of a document, the columns of a table, and notices."""
    if table_format(request.source, request.format) is None:
        return _normalize_document(request, tally, None)
    with request.open_table() as table:
        as_document = request.layout is not None or request.home is not None
        if as_document or (not request.describes_columns and is_only_document(table)):
            return _normalize_document(request, tally, table)
        return _normalize_table(request, tally, table)


def _normalize_document(
    request: _Request, tally: Tally, table: Table | None
) -> tuple[str, dict[str, str], tuple[str, ...]]:
    """Write the attestations of a document; what belongs to none of them becomes a notice."""
    _check_document(request)
    document = parse(
        request.source,
        layout=request.layout,
        home=request.home,
        format=request.format,
        sheet=request.sheet,
    )
    request.announce(_how_read(document, table, request.layout))
    found = attested(document, tally.decisions, str(request.source))
    with write_rows(request.target, found.fields, escape=request.escape_formulas) as put:
        put(found.rows)
    tally.statuses = found.statuses
    tally.no_place, tally.open_rows = found.no_place, found.open_rows
    tally.findings = found.findings
    if tally.keep_doubts:
        tally.doubts = found.doubts
    return document.layout, {}, found.notices


def _normalize_table(
    request: _Request, tally: Tally, table: Table
) -> tuple[None, dict[str, str], tuple[str, ...]]:
    """Write the rows of a table with their matches."""
    roles = _roles(request, table)
    used = _headers(table, roles)
    request.announce(_columns_read(table, used))
    fields = {request.prefix + name: kind for name, kind in MATCH_COLUMNS.items()}
    names = _context(request, roles) if request.context else NO_CONTEXT
    match_cells = cell_matcher(tally, request.country, request.options, names)
    escape = request.escape_formulas
    with write_beside(request.target, table, fields, escape_formulas=escape) as add:
        for chunk in table.chunks:
            add(chunk, match_chunk(tally, match_cells, chunk, roles))
            request.advance(chunk.done, table.size)
    tally.finish(str(request.source))
    return None, used, (*names.notices, *_notices(table, tally, roles, request.country))


def _check_types(request: _Request) -> None:
    texts = ("format", "sheet", "layout", "home", "place_column", "country_column",
             "admin1_column", "prefix")  # fmt: skip
    refuse_other_than_text(**{name: getattr(request, name) for name in texts})
    refuse_other_than_bool(context=request.context, escape_formulas=request.escape_formulas)


def _check_paths(source: Path, target: Path, review: Path | None) -> None:
    """Refuse unknown formats of output, and files used twice."""
    paths = [os.path.realpath(path) for path in (source, target, review) if path is not None]
    if len(set(paths)) < len(paths):
        raise DataError(
            "the input, the output and the review file must be different files",
            where=str(target),
            todo="choose another file to write; nothing was written",
        )
    for written in (target, review):
        if written is not None:
            require_table_format(written)


def _check_document(request: _Request) -> None:
    """Refuse options that do not apply to documents, which have their own columns and date."""
    where = str(request.source)
    if request.describes_columns:
        raise DataError(
            "a document has the columns of its layout",
            where=where,
            todo="leave out the options on columns and countries, or give a table",
        )
    if request.options.date is not None:
        raise DataError("a document states its own date", where=where, todo="leave out --date")
    if request.options != Options():
        raise DataError(
            "levels and lowest scores are for tables",
            where=where,
            todo="leave out --level and --min-score",
        )


def _roles(request: _Request, table: Table) -> Roles:
    """The columns to match; the countries are in a column, or one country holds for all rows."""
    roles = choose_columns(
        table.columns,
        table.head[1:],
        place=request.place_column,
        country=request.country_column,
        admin1=request.admin1_column,
        where=str(table.path),
    )
    if request.country is not None and roles.country is not None:
        raise DataError(
            f"the countries are in the column {table.columns[roles.country]!r}",
            where=str(table.path),
            todo='give --country or --country-column, not both (--country-column "" for none)',
        )
    return roles


def _context(request: _Request, roles: Roles) -> Context:
    """What the names of the table have in common, from a first pass over it."""
    with request.open_table() as table:
        return read_table_context(table.chunks, roles, request.country, request.options)


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


def _notices(table: Table, tally: Tally, roles: Roles, country: str | None) -> tuple[str, ...]:
    notices = [*table.notices]
    if country is None and roles.country is None and tally.no_country:
        rows = counted(tally.no_country, "row")
        notices.append(f"{rows} without a country to look in: give --country-column, or --country")
    return tuple(notices)
