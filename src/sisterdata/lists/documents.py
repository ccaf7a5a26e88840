"""Documents of one's own in a layout of the parser, also where a spreadsheet holds them."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sisterdata import gazetteer, schemas
from sisterdata.errors import DataError, ParseError
from sisterdata.lists.review import Question, doubtful
from sisterdata.match import Match
from sisterdata.normalizer.corrections import ANSWERED
from sisterdata.normalizer.document import normalize
from sisterdata.parser import Document, parse
from sisterdata.parser.headings import is_of_pairs
from sisterdata.parser.table.column_roles import choose_columns
from sisterdata.parser.table.header import Columns, read_header, whole_number
from sisterdata.places.match import match_place
from sisterdata.plain_values import records
from sisterdata.tabular.formats import form_of, open_table
from sisterdata.tabular.table import Fields, Row, Table
from sisterdata.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Attested:
    """The rows of a document with their answers, and what is open in it.

    `partners` tells in how many rows each partner stands, `doubts` gives the doubtful names with
    the same, `notices` what concerns no row: issues of other lines, and what else the document
    holds.
    """

    fields: Fields
    rows: list[Row]
    statuses: Counter[str]
    partners: Counter[Question]
    doubts: dict[Question, tuple[Match, int]]
    notices: tuple[str, ...]


def document_in(table: Table) -> bool:
    """Does a table print the Ministry's columns: Thai provinces, and whom they are twinned with?"""
    return any(map(_is_of_pairs, table.head))


def is_only_document(table: Table) -> bool:
    """Can a table that prints the Ministry's columns not be kept as it is, row by row?

    So it is where titles stand above its headers, where sections break it up, where its headers
    leave open which column holds the partners, and where the province of a row stands in a row
    above (merged cells) and no column of its own holds the country.
    """
    if not document_in(table):
        return False
    lines = [cells for cells in table.head if any(map(str.strip, cells))]
    columns = read_header(_line(lines[0]))
    if columns is None or any(map(_is_of_pairs, lines[1:])):
        return True
    try:
        roles = choose_columns(table.columns)
    except DataError:
        return True
    rows = [[cell.strip() for cell in cells] for cells in lines[1:]]
    # A remark below the last row breaks nothing up.
    if any(_is_heading(row, roles.place, columns.place) for row in rows[:-1]):
        return True
    if roles.country is not None or columns.place is None:
        return False
    merged = {column - 1 for _, column in getattr(table.native, "above", ())}
    filled = [row for row in rows if len(row) > max(roles.place, columns.place)]
    return columns.place in merged or any(
        row[roles.place] and not row[columns.place] for row in filled
    )


def _is_heading(cells: list[str], partner: int, province: int | None) -> bool:
    """Is it one text before the partner's column, and no province that stands alone?"""
    (at, text), *more = [(at, cell) for at, cell in enumerate(cells) if cell] or [(partner, "")]
    if more or at >= partner or whole_number(text) is not None:
        return False
    return at != province or re.search(r"[\s\d]", text) is not None


def _is_of_pairs(cells: list[str]) -> bool:
    columns = read_header(_line(cells))
    return (
        columns is not None
        and columns.place is not None
        and re.search("[ก-๛]", columns.headers[columns.place]) is not None
        and any(is_of_pairs(columns.headers[at]) for at in columns.partner)
    )


def parse_file(path: Path, *, layout: str | None = None, strict: bool = False) -> Document:
    """Parse a file, also where it is CSV, or a workbook, whose first sheet is read.

    Raises `ParseError` or `DataError` for what is no document.
    """
    form = form_of(path)
    try:
        if form == "excel":
            with open_table(path) as table:
                return parse_table(table, layout, strict=strict)
        if form == "delimited":
            with open_table(path) as table:
                if document_in(table):
                    return parse_table(table, layout, strict=strict)
        return parse(path, layout=layout, strict=strict)
    except ParseError as error:
        if form is None or layout is not None or "no known layout" not in error.what:
            raise
        raise ParseError(
            f"a table, and in {error.what}",
            where=error.where,
            todo=f"match its rows: sisterdata normalize {path.name} -o OUT; or {error.todo}",
        ) from error


def parse_table(table: Table, layout: str | None = None, *, strict: bool = False) -> Document:
    """Parse the lines of a sheet as a table whose cells are separated by tabs.

    The line numbers of the document are those of the sheet's rows.
    """
    lines = table.grid() if table.grid is not None else iter(())
    text = io.StringIO("\n".join(map(_line, lines)))
    text.name = str(table.path)
    return parse(text, layout=layout, strict=strict)


def _line(cells: list[str]) -> str:
    return "\t".join(re.sub(r"\s*[\t\r\n]\s*", " ", cell) for cell in cells)


def attested(document: Document, apply: Callable[[Question, Match], Match]) -> Attested:
    """The attestations of a document, with the issues of each row behind it.

    `apply` gives the answer to a name once what a person decided is applied.
    """
    normalized = normalize(document)
    attestations, issues = normalized.attestations, normalized.issues
    doubts: dict[Question, tuple[Match, int]] = {}
    for side in ("verbatim_partner", "verbatim_place"):
        for text, rows in attestations[side].dropna().value_counts().items():
            question = Question(str(text))
            before = _answer(question, side, document, attestations, issues)
            after = apply(question, before)
            if after is not before:
                attestations = _with(attestations, side, after)
                issues = _unanswered(issues, side, after)
            if doubtful(after):
                doubts[question] = (after, int(rows))
    said = issues["code"] + ": " + issues["message"]
    said = said.groupby(issues["line"]).agg("; ".join)
    table = attestations.assign(issues=attestations["line"].map(said))
    return Attested(
        {str(name): _kind(dtype) for name, dtype in table.dtypes.items()},
        [tuple(record.values()) for record in records(table)],
        Counter(attestations["match_status"]),
        Counter(map(Question, attestations["verbatim_partner"].dropna())),
        doubts,
        tuple(_notices(document, issues, attestations)),
    )


def _answer(
    question: Question,
    side: str,
    document: Document,
    attestations: pd.DataFrame,
    issues: pd.DataFrame,
) -> Match:
    """How `normalize` answered a name."""
    if side == "verbatim_partner":
        return match_place(question.verbatim, date=document.date)
    row = attestations[attestations[side] == question.verbatim].iloc[0]
    said = issues[(issues["line"] == row["line"]) & (issues["field"] == side)]
    rule = "; ".join(said["message"])
    if pd.isna(row["place_id"]):
        return Match(question.verbatim, None, "unmatched", None, rule or "no place is found")
    likely = said["code"].eq("misspelling").any()
    status: Status = "inferred" if likely else "exact"
    return Match(question.verbatim, str(row["place_id"]), status, None, rule or "found by its name")


def _with(attestations: pd.DataFrame, side: str, match: Match) -> pd.DataFrame:
    """The attestations once a name has another answer."""
    here = attestations[side] == match.verbatim
    changed = attestations.copy()
    if side == "verbatim_place":
        changed.loc[here, "place_id"] = match.id
    else:
        place = None if match.id is None else gazetteer.place(match.id)
        changed.loc[here, "partner_id"] = match.id
        for column in ("country_code", "admin1_code", "level"):
            if place is not None or column != "country_code":
                changed.loc[here, column] = None if place is None else getattr(place, column)
        changed.loc[here, "match_status"] = match.status
        changed.loc[here, "match_score"] = match.score
        changed.loc[here, "match_rule"] = match.rule
    return schemas.typed(
        changed.assign(
            relation_id=schemas.relation_ids(changed["place_id"], changed["partner_id"])
        ),
        "attestations",
    )


def _unanswered(issues: pd.DataFrame, side: str, match: Match) -> pd.DataFrame:
    """The issues without those of a name that the answer does not have any more."""
    left = {doubt.code for doubt in match.doubts}
    answered = (
        (issues["field"] == side)
        & (issues["verbatim"] == match.verbatim)
        & issues["code"].isin(ANSWERED)
        & ~issues["code"].isin(left)
    )
    return issues[~answered]


def _kind(dtype: object) -> type[str] | type[int] | type[float]:
    if pd.api.types.is_integer_dtype(dtype):  # type: ignore[arg-type]
        return int
    return float if pd.api.types.is_float_dtype(dtype) else str  # type: ignore[arg-type]


def _notices(document: Document, issues: pd.DataFrame, attestations: pd.DataFrame) -> Iterator[str]:
    elsewhere = issues[~issues["line"].isin(attestations["line"])]
    for issue in elsewhere.itertuples():
        if issue.code == "unknown_column":
            kept = f"{issue.verbatim!r}: {issue.message} (sisterdata parse --json)"
            yield f"line {issue.line}: unknown_column: {kept}"
        else:
            yield f"line {issue.line}: {issue.code}: {issue.message}"
    for line, header in _headers(document):
        for role, at in (("partner", header.partner), ("note", header.note)):
            if len(at) > 1:
                joined = ", ".join(repr(header.headers[column]) for column in at)
                yield f"line {line}: the columns {joined} are joined in verbatim_{role}"
    for name in ("organizations", "events"):
        count = len(getattr(document, name))
        if count:
            yield f"{count} {name} are not among the rows: see sisterdata parse --json"


def _headers(document: Document) -> Iterator[tuple[int, Columns]]:
    """The headers of a document's tables, each with its line."""
    lines = document.lines[document.lines["kind"] == "column_header"]
    for line in lines.itertuples():
        header = read_header(str(line.text))
        if header is not None:
            yield int(str(line.line)), header
