"""A column of printed places: distinct rows are matched once each, and every row answered."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sisterdata import gazetteer
from sisterdata.argument_types import refuse_other_than_bool, refuse_other_than_text
from sisterdata.dataframes import TEXT, as_series, distinct_rows, refuse_nested, refuse_numbers
from sisterdata.errors import DataError
from sisterdata.match_result import Match
from sisterdata.places.check_arguments import (
    Options,
    country_codes,
    country_part,
    is_missing,
    read_country,
    read_options,
)
from sisterdata.places.column_context import NO_CONTEXT, Context, Row, add_to_sample, read_context
from sisterdata.places.match import is_name, match_read
from sisterdata.places.parsed_query import read_question
from sisterdata.places.unreadable_country import unread_country
from sisterdata.serializable_values import counted

_SHOWN = 10  # values that a message lists


@dataclass(frozen=True, slots=True)
class Plan:
    """How the distinct rows of a column are matched.

    `countries` holds the codes that each value of `country` may mean, none for one that cannot
    be read; `context` is what the names say about each other.
    """

    options: Options
    countries: Mapping[object, tuple[str, ...]]
    context: Context = NO_CONTEXT


def match_places(
    texts: Any,
    *,
    country: Any = None,
    admin1: Any = None,
    level: str | Iterable[str] | None = None,
    date: str | None = None,
    min_score: float | None = None,
    successor: bool = False,
    context: bool = True,
) -> pd.DataFrame:
    """`match_place` for a column: one row per text, same index; distinct texts are matched once.

    texts
        A list, Series, Index or array, also of Arrow or polars; what is not text is ``not_run``.
        For a column of Dask use `sisterdata.dask.match_places`.
    country, admin1
        One value for all rows, or a column beside the names; null where nothing is known.
        `country` takes what `match_country` reads ("KR", "KOR", "เกาหลีใต้"). A row whose
        country cannot be read is ``unmatched`` with the doubt `country_unread`, and one warning
        lists the values.
    level, date, min_score, successor
        As `match_place` has them, for all rows.
    context
        Whether the names of the column help to read each other. They are usually of one kind:
        where they clearly share a level, or a country where none is given, names that leave it
        open are read so, and ``attrs["notices"]`` of the result says it.

    The columns are ``verbatim`` (as it came), ``place_id, name, country_code, admin1_code, level,
    status, rule`` and ``doubts`` (text) and ``score`` (float64). Warns once where no row has a
    match. Raises `DataError` for an argument that cannot be read, a column of numbers, a column
    beside the names of another length or index, and a column of countries of which no value can be
    read.

    >>> match_places(["Bussan", "Teochew"], country=["KR", "จีน"])["name"].tolist()
    ['Busan', 'Chaozhou']
    """
    options = read_options(level, date, min_score, successor=successor)
    refuse_other_than_bool(context=context)
    one_for_all = {"country": country, "admin1": admin1}
    refuse_other_than_text(**{k: text for k, text in one_for_all.items() if isinstance(text, str)})
    column = as_series(texts, "match_places")
    refuse_numbers(column, "the column of names")
    beside = {
        "country": _beside(country, texts, column),
        "admin1": _beside(admin1, texts, column),
    }
    given = {name: values for name, values in beside.items() if isinstance(values, pd.Series)}
    try:
        codes, rows = distinct_rows(pd.DataFrame({"text": column, **given}, copy=False))
    except TypeError:  # a cell that cannot be hashed is not text
        codes, rows = distinct_rows(asked(column, country, admin1))
    told = beside | {name: rows[name] for name in given}
    questions = asked(rows["text"], told["country"], told["admin1"])
    plan = plan_column(questions, options, context=context)
    found = answered(column, answers(questions, plan), codes)
    found.attrs["notices"] = list(plan.context.notices)
    has_country = any(value is not None for value in questions["country"])
    warn_if_nothing_matched(found["place_id"], found["status"], has_country=has_country)
    return found


def warn_if_nothing_matched(
    ids: pd.Series[Any],
    statuses: pd.Series[Any],
    *,
    has_country: bool,
    what: str = "column",
    stacklevel: int = 3,
) -> None:
    """Warn once of a column in which no row has an id, with the likely cause."""
    if ids.empty or ids.notna().any():
        return
    if (statuses == "not_run").all():
        cause = (
            "the rows have no names"
            if has_country
            else "the rows have no names, or the country is not known: give country="
        )
    else:
        cause = (
            "check that country= is right, and that these are names of places"
            if has_country
            else "give country=, or check that these are names of places"
        )
    counts = ", ".join(f"{n} {status}" for status, n in statuses.value_counts().items())
    warnings.warn(
        f"no row of the {what} has a match ({counts}): {cause}",
        UserWarning,
        stacklevel=stacklevel,
    )


def _uneven(column: Any, beside: Any) -> DataError:
    rows = counted(len(column), "row")
    return DataError(
        f"the column of names has {rows}, and the column beside it {len(beside)}",
        todo="give one value for each name, or one text for all of them",
    )


def _beside(values: Any, texts: Any, column: pd.Series[Any]) -> str | pd.Series[Any] | None:
    """The values beside the texts: one value for all rows, or a column in the same order."""
    if values is None or isinstance(values, str):
        return values
    if pd.api.types.is_scalar(values):
        if pd.isna(values):
            return None
        raise DataError(f"country and admin1 take a text or a column, and this is {values!r}")
    beside = as_series(values, "match_places")
    refuse_nested(beside, "the column beside the names")
    if len(beside) != len(column):
        raise _uneven(column, beside)
    in_order = not isinstance(texts, pd.Series) or not isinstance(values, pd.Series)
    if not in_order and not beside.index.equals(column.index):
        raise DataError(
            "the column of names and the column beside it have different indexes",
            todo="align it with reindex(), or give its values in order with to_list()",
        )
    return beside.set_axis(column.index)


def asked(column: pd.Series[Any], country: Any, admin1: Any) -> pd.DataFrame:
    """What is asked of each row: ``text, country, admin1``, None where nothing is given."""

    def beside(values: Any) -> Any:
        if values is None or isinstance(values, str):
            return values or None
        if len(values) != len(column):
            raise _uneven(column, values)
        return [None if is_missing(value) else value for value in _objects(values)]

    texts = [text if isinstance(text, str) else None for text in _objects(column)]
    told = {"text": texts, "country": beside(country), "admin1": beside(admin1)}
    return pd.DataFrame(told, index=range(len(column)), dtype=object)


def _objects(values: Any) -> list[object]:
    """The values of any column, strings of pyarrow at a tenth of what iterating over them costs."""
    objects: list[object] = pd.Series(values).to_numpy(dtype=object).tolist()
    return objects


def plan_column(questions: pd.DataFrame, options: Options, *, context: bool) -> Plan:
    """Read what the distinct rows of a column share: their countries and, if asked, their context.

    Warns of the values of `country` that cannot be read; raises `DataError` where none can.
    """
    values = [value for value in questions["country"].unique() if value is not None]
    countries = {value: country_codes(value) for value in values}
    unread = [value for value, codes in countries.items() if not codes]
    if unread and len(unread) == len(countries):
        read_country(unread[0])  # raises
    if unread:
        shown = ", ".join(repr(value) for value in unread[:_SHOWN])
        more = f" and {len(unread) - _SHOWN} more" if len(unread) > _SHOWN else ""
        warnings.warn(f"cannot read as countries: {shown}{more}", UserWarning, stacklevel=3)
    plan = Plan(options, countries)
    return replace(plan, context=_context(questions, plan)) if context else plan


def _context(questions: pd.DataFrame, plan: Plan) -> Context:
    sample: dict[tuple[int, str], Any] = {}
    add_to_sample(sample, map(tuple, questions.to_numpy(dtype=object).tolist()))
    read = []
    for text, country, admin1 in sample.values():
        codes = plan.countries[country] if country is not None else ()
        if is_name(text) and (codes or country is None):
            asked_ = read_question(text, codes, admin1, plan.options)
            read.append(Row(asked_.place, asked_.countries, asked_.anywhere))
    return read_context(read, levels=not plan.options.levels)


def answers(questions: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """The columns of `match_places` but the first, for rows that `asked` gives."""
    rows = questions.to_numpy(dtype=object).tolist()
    # One country at a time: what is kept of a country is used before it is dropped.
    by_country = sorted(range(len(rows)), key=lambda i: plan.countries.get(rows[i][1], ()))
    of_row = {}
    for i in by_country:
        text, country, admin1 = rows[i]
        of_row[i] = _answer(text, country, admin1, plan)
    matches = [of_row[i] for i in range(len(rows))]
    known = {id_: gazetteer.place(id_) for id_ in {match.id for match in matches} if id_}
    places = [known[match.id] if match.id else None for match in matches]
    found = pd.DataFrame({"place_id": pd.Series([m.id for m in matches], dtype=TEXT)})
    for column in ("name", "country_code", "admin1_code", "level"):
        values = [getattr(place, column) if place else None for place in places]
        found[column] = pd.Series(values, dtype=TEXT)
    found["status"] = pd.Series([m.status for m in matches], dtype=TEXT)
    found["score"] = pd.Series([m.score for m in matches], dtype=float)
    found["rule"] = pd.Series([m.rule for m in matches], dtype=TEXT)
    found["doubts"] = pd.Series([_doubts(m) for m in matches], dtype=TEXT)
    return found


def _answer(text: str | None, country: object, admin1: str | None, plan: Plan) -> Match:
    codes = plan.countries[country] if country is not None else ()
    if country is None or codes or not text:
        region = admin1 or (country_part(country) if codes else None)
        return match_read(text, codes, region, plan.options, 0, plan.context)
    return unread_country(text, text, str(country), plan.options, 0)


def _doubts(match: Match) -> str | None:
    return "; ".join(f"{doubt.code}: {doubt.message}" for doubt in match.doubts) or None


def answered(
    column: pd.Series[Any], found: pd.DataFrame, codes: npt.NDArray[np.intp]
) -> pd.DataFrame:
    """One row of `found` for each row of the column, by its number, with the column's index."""
    rows = found.take(codes).set_index(column.index)
    rows.insert(0, "verbatim", column)
    return rows
