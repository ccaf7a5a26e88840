"""Documents in the shape of a table, and the rows that `normalize_file` writes for a document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sisterdata.errors import DataError, ParseError
from sisterdata.human_decisions import AskedName, Decision, StaleDecision, needs_review
from sisterdata.match_result import Match
from sisterdata.normalizer.normalize_document import MatchedColumns, match_columns, tables_of
from sisterdata.parser import Document, parse
from sisterdata.parser.headings import is_of_pairs
from sisterdata.parser.table.column_roles import choose_columns
from sisterdata.parser.table.find_header import Columns, read_header, whole_number
from sisterdata.serializable_values import records
from sisterdata.tabular.formats import table_format
from sisterdata.tabular.table import Fields, Row, Table


@dataclass(frozen=True, slots=True)
class Attested:
    """The rows of a document with their matches, and counts of what is open.

    statuses, no_place, open_rows
        The number of rows by the status of the partner; that a person decided are not a place; and
        with a name but no id.
    doubts
        The doubtful names without a decision, each with its match and its number of rows.
    findings
        Decisions that change nothing.
    notices
        What does not belong to a row: issues of other lines, and other contents of the document.
    """

    fields: Fields
    rows: list[Row]
    statuses: Counter[str]
    no_place: int
    open_rows: int
    doubts: dict[AskedName, tuple[Match, int]]
    findings: dict[AskedName, StaleDecision]
    notices: tuple[str, ...]


def document_in(table: Table) -> bool:
    """Whether a table has the columns of a document: home places, and their partners."""
    return any(map(_is_of_pairs, table.head))


def is_only_document(table: Table) -> bool:
    """Whether a table of pairs must be parsed as a document, because its rows depend on others.

    That is so if there are titles above its headers or headings between its rows, if its headers do
    not say which column has the partners, or if a province is printed only in the first of its rows
    (merged cells) and no column has the country.
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
    # A remark after the last row is not a heading.
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
    """Whether a row has only one text, before the partner's column, that is not a province."""
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


def parse_file(path: Path, **options: Any) -> Document:
    """Parse a document, or a table that is laid out as one.

    `options` are those of `sisterdata.parse`. Raises `ParseError` or `DataError` for what is not a
    document; for another table, the error says to use `normalize_file`.
    """
    try:
        return parse(path, **options)
    except ParseError as error:
        is_table = table_format(path, options.get("format")) is not None
        if not is_table or options.get("layout") or "no known layout" not in error.what:
            raise
        raise ParseError(
            f"a table, and in {error.what}",
            where=error.where,
            todo=f"match its rows: sisterdata normalize {path.name} -o OUT; or {error.todo}",
        ) from error


def _line(cells: list[str]) -> str:
    return "\t".join(re.sub(r"\s*[\t\r\n]\s*", " ", cell) for cell in cells)


def attested(document: Document, decisions: Mapping[AskedName, Decision], source: str) -> Attested:
    """The attestations of a document after `decisions` are applied, with the issues of each row."""
    matched = match_columns(document, tuple(decisions.values()))
    normalized = tables_of(document, matched)
    attestations, issues = normalized.attestations, normalized.issues
    said = issues["code"] + ": " + issues["message"]
    said = said.groupby(issues["line"]).agg("; ".join)
    table = attestations.assign(issues=attestations["line"].map(said))
    partners = Counter(map(AskedName, attestations["verbatim_partner"].dropna()))
    rejected = {name for name, decision in decisions.items() if not decision.place_ids}
    no_place = sum(partners[name] for name in rejected)
    without = attestations["verbatim_partner"].notna() & attestations["partner_id"].isna()
    return Attested(
        {str(name): _kind(dtype) for name, dtype in table.dtypes.items()},
        [tuple(record.values()) for record in records(table)],
        Counter(attestations["match_status"]),
        no_place,
        int(without.sum()) - no_place,
        _doubts(matched, decisions),
        _findings(matched, decisions, source),
        tuple(_notices(document, issues, attestations)),
    )


def _doubts(
    matched: MatchedColumns, decisions: Mapping[AskedName, Decision]
) -> dict[AskedName, tuple[Match, int]]:
    doubts: dict[AskedName, tuple[Match, int]] = {}
    for column in (matched.partners, matched.homes):
        for match, rows in column.counted():
            name = AskedName(match.verbatim)
            if name not in decisions and needs_review(match):
                doubts[name] = (match, doubts.get(name, (match, 0))[1] + rows)
    return doubts


def _findings(
    matched: MatchedColumns, decisions: Mapping[AskedName, Decision], source: str
) -> dict[AskedName, StaleDecision]:
    columns = (matched.partners, matched.homes, matched.members)
    findings = {}
    for name, decision in decisions.items():
        met = [column for column in columns if name in column.met]
        messages = [column.unneeded.get(name) for column in met]
        if not met:
            messages = [f"{name.verbatim!r} is not asked in {source}; delete the decision"]
        if all(messages):
            findings[name] = StaleDecision(decision.where, str(messages[0]))
    return findings


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
    """The header of each table in a document, with its line."""
    lines = document.lines[document.lines["kind"] == "column_header"]
    for line in lines.itertuples():
        header = read_header(str(line.text))
        if header is not None:
            yield int(str(line.line)), header
