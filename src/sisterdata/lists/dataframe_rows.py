"""The rows of a DataFrame as the rows of a table: which columns they have, and their matches."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sisterdata.argument_types import refuse_other_than_frame
from sisterdata.dataframes import refuse_numbers
from sisterdata.errors import DataError
from sisterdata.human_decisions import Decision
from sisterdata.lists.match_rows import Tally, cell_matcher, match_chunk, read_table_context
from sisterdata.lists.read_options import admin1_code, country_code, date_in_force
from sisterdata.lists.review_file import decisions_of
from sisterdata.parser.table.column_roles import Roles, choose_columns
from sisterdata.places.check_arguments import Options, read_options
from sisterdata.places.column_context import NO_CONTEXT
from sisterdata.serializable_values import counted
from sisterdata.tabular.table import HEAD_LINES, Chunk, Row

if TYPE_CHECKING:
    import pandas as pd

_OPTIONS = {
    "--place-column": "place=",
    "--country-column": "country=",
    "--admin1-column": "admin1=",
}


@dataclass(frozen=True, slots=True)
class FrameColumns:
    """The columns of a frame by their roles, and what holds for all rows."""

    roles: Roles
    country: str | None
    admin1: str | None
    names: dict[str, str]


def read_frame_options(
    level: str | Iterable[str] | None, date: str | None, min_score: float | None
) -> Options:
    """The options of a call, checked; a year may be of the Buddhist Era."""
    in_force = None if date is None else date_in_force(date)
    return read_options(level, in_force, min_score, successor=False)


def new_tally(
    decisions: str | os.PathLike[str] | Sequence[Decision], *, keep_doubts: bool
) -> Tally:
    decisions = decisions_of(decisions)
    return Tally({decision.name: decision for decision in decisions}, keep_doubts=keep_doubts)


def check_frame(df: object, added: Sequence[str]) -> None:
    others = "for one column use match_places, for a file normalize_file"
    df = refuse_other_than_frame(df, "normalize_frame", others)
    if not len(df.columns):
        raise DataError("the frame has no columns", todo="give a frame with a column of places")
    there = [name for name in added if name in df.columns]
    if there:
        raise DataError(
            f"the frame has a column {there[0]!r} already",
            todo='give another prefix, as prefix="m_"',
        )


def choose_frame_columns(
    df: pd.DataFrame, place: str | None, country: str | None, admin1: str | None
) -> FrameColumns:
    headers = [str(column) for column in df.columns]
    one_country = one_admin1 = None
    if country and country not in headers:
        one_country, country = _one_for_all(country, "country", headers), ""
    if admin1 and admin1 not in headers:
        one_admin1, admin1 = _one_for_all(admin1, "admin1", headers), ""
    cells = [texts_of(df.iloc[:HEAD_LINES, at]) for at in range(len(headers))]
    head = [[cell or "" for cell in row] for row in zip(*cells, strict=True)]
    try:
        roles = choose_columns(headers, head, place=place, country=country, admin1=admin1)
    except DataError as error:
        todo = error.todo
        for option, argument in _OPTIONS.items():
            todo = todo.replace(option, argument)
        raise DataError(error.what, where=error.where, todo=todo) from error
    refuse_numbers(df.iloc[:, roles.place], f"the column {headers[roles.place]!r}")
    at = {"place": roles.place, "country": roles.country, "admin1": roles.admin1}
    names = {role: headers[column] for role, column in at.items() if column is not None}
    return FrameColumns(roles, one_country, one_admin1, names)


def _one_for_all(value: str, role: str, headers: list[str]) -> str:
    """A country or a unit that holds for all rows; the error also thinks of a missing column."""
    try:
        return country_code(value) if role == "country" else admin1_code(value)
    except DataError as error:
        listed = ", ".join(map(repr, headers))
        raise DataError(
            f"{role}={value!r} is not a column, and {error.what}",
            todo=f"the columns are {listed}; or {error.todo}",
        ) from error


def match_frame(
    df: pd.DataFrame, columns: FrameColumns, options: Options, tally: Tally, *, context: bool
) -> tuple[list[Row], list[str]]:
    roles = columns.roles
    used = [at for at in (roles.place, roles.country, roles.admin1) if at is not None]
    texts = {at: texts_of(df.iloc[:, at]) for at in used}
    if columns.admin1 is not None:
        roles = Roles(roles.place, roles.country, -1)
        texts[-1] = [columns.admin1] * len(df)
    chunk = Chunk(len(df), texts.__getitem__, None, len(df))
    names = NO_CONTEXT
    if context:
        names = read_table_context([chunk], roles, columns.country, options)
    match_cells = cell_matcher(tally, columns.country, options, names)
    rows = match_chunk(tally, match_cells, chunk, roles)
    tally.finish("the frame")
    notices = list(names.notices)
    if columns.country is None and roles.country is None and tally.no_country:
        number = counted(tally.no_country, "row")
        notices.append(f"{number} without a country to look in: give country=")
    return rows, notices


def texts_of(column: pd.Series[Any]) -> list[str | None]:
    """The cells as text, as a table's file has them; None where one is missing."""
    missing = column.isna().tolist()
    values = column.to_numpy(dtype=object).tolist()
    return [
        None if gone else value if isinstance(value, str) else str(value)
        for value, gone in zip(values, missing, strict=True)
    ]
