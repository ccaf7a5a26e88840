"""Match columns of Dask without reading them into memory: ``from sisterdata import dask``.

Nothing is computed when the functions are called. Each partition gives its distinct rows, which are
merged in a tree and matched once each (places in parallel shares); each partition then looks up its
answers. The column is read twice, so it never has to fit into memory as a whole. The distinct rows
and their answers have to fit into one worker. A task depends on its inputs alone, so work lost with
a worker is repeated elsewhere with the same result.

Install it with ``pip install ".[dask]"``.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from dask.dataframe import DataFrame, Series
from dask.delayed import delayed

from sisterdata.countries import match as country_match
from sisterdata.countries.match import Scheme
from sisterdata.dataframes import distinct_rows
from sisterdata.errors import DataError
from sisterdata.places import match_column as place_columns
from sisterdata.places.check_arguments import read_options
from sisterdata.places.match_column import Plan, answered, answers, asked, plan_column

SHARES = 32  # tasks that match places; names next to each other in order share a task
_MERGED = 16  # partitions whose distinct rows are merged in one task

# Distinct names with their countries, and their answers.
_Answered = tuple[pd.DataFrame, pd.DataFrame]


def match_countries(names: Any, *, scheme: Scheme = "iso") -> Any:
    """`sisterdata.match_countries` for a column of Dask.

    names
        A Dask Series, or a Dask DataFrame with one column.

    Returns a lazy Dask DataFrame with the columns, types and divisions that pandas would give.
    Raises `DataError` if `names` is not a column of Dask.
    """
    column = _column(names)
    meta = country_match.match_countries(column._meta, scheme=scheme)
    printed = column.map_partitions(_printed, meta=_printed(column._meta))
    found = delayed(_match_distinct_countries)(_distinct(printed), scheme)
    return column.map_partitions(_look_up_countries, found, meta=meta)


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
) -> Any:
    """`sisterdata.match_places` for a column of Dask.

    texts
        A Dask Series, or a Dask DataFrame with one column.
    country, admin1
        Each a string for all rows, or another column of the same Dask DataFrame.
    level, date, min_score, successor, context
        As `sisterdata.match_places` has them.

    Returns a lazy Dask DataFrame with the columns, types and divisions that pandas would give.
    Raises `DataError` if an argument is not a column of Dask, or has other partitions than
    `texts`.
    """
    options = read_options(level, date, min_score, successor=successor)
    column = _column(texts)
    beside = [_beside(values, column) for values in (country, admin1)]
    meta = place_columns.match_places(column._meta)
    questions = column.map_partitions(asked, *beside, meta=asked(column._meta, None, None))
    distinct = _distinct(questions)
    plan = delayed(plan_column)(distinct, options, context=context)
    split = delayed(_shares)(distinct)
    shares = [split[number] for number in range(SHARES)]
    found = delayed(_joined)(shares, [delayed(answers)(share, plan) for share in shares], plan)
    return column.map_partitions(look_up_places, *beside, found, meta=meta)


def _column(names: Any) -> Any:
    """A Dask Series, or the only column of a Dask DataFrame."""
    if isinstance(names, DataFrame) and len(names.columns) == 1:
        return names[names.columns[0]]
    if not isinstance(names, Series):
        got = list(names.columns) if isinstance(names, DataFrame) else type(names).__name__
        raise DataError(f"not a column of Dask: {got}", todo="give one column, frame['name']")
    return names


def _beside(values: Any, column: Any) -> Any:
    if values is None or isinstance(values, str):
        return values
    beside = _column(values)
    if beside.npartitions != column.npartitions:
        raise DataError(
            f"{column.npartitions} partitions of names, but {beside.npartitions} of another column",
            todo="take both columns from one frame",
        )
    return beside


def _distinct(rows: Any) -> Any:
    """The distinct rows of a Dask frame, delayed: per partition first, then merged in a tree."""
    merged = rows.map_partitions(_drop_repeats, meta=rows._meta).to_delayed()
    while len(merged) > 1:
        merged = [
            delayed(_merge)(merged[first : first + _MERGED])
            for first in range(0, len(merged), _MERGED)
        ]
    return merged[0]


def _drop_repeats(rows: pd.DataFrame) -> pd.DataFrame:
    return distinct_rows(rows)[1]


def _merge(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return _drop_repeats(pd.concat(frames, ignore_index=True))


def _positions(rows: pd.DataFrame, distinct: pd.DataFrame) -> npt.NDArray[np.intp]:
    """The position of each row in `distinct`."""
    codes, here = distinct_rows(rows)
    numbered = distinct.assign(position=np.arange(len(distinct)))
    position: npt.NDArray[np.intp] = here.merge(numbered, how="left")["position"].to_numpy(np.intp)
    return position[codes]


# --- Countries


def _printed(column: pd.Series[Any]) -> pd.DataFrame:
    categories = isinstance(column.dtype, pd.CategoricalDtype)
    return pd.DataFrame({"name": column.astype(object) if categories else column})


def _match_distinct_countries(questions: pd.DataFrame, scheme: Scheme) -> _Answered:
    return questions, country_match.match_countries(questions["name"], scheme=scheme)


def _look_up_countries(column: pd.Series[Any], known: _Answered) -> pd.DataFrame:
    questions, found = known
    return answered(column, found.drop(columns="verbatim"), _positions(_printed(column), questions))


# --- Places


def _shares(questions: pd.DataFrame) -> list[pd.DataFrame]:
    """Names of one country stay together, so that few workers read its part of the gazetteer."""
    ordered = questions.sort_values(
        ["country", "admin1", "text"], ignore_index=True, key=lambda values: values.astype("string")
    )
    starts = np.linspace(0, len(ordered), SHARES + 1).astype(int)
    return [ordered[start:stop] for start, stop in pairwise(starts)]


def _joined(shares: list[pd.DataFrame], found: list[pd.DataFrame], plan: Plan) -> _Answered:
    answers_ = pd.concat(found, ignore_index=True)
    answers_.attrs["notices"] = list(plan.context.notices)
    return pd.concat(shares, ignore_index=True), answers_


def look_up_places(
    column: pd.Series[Any], country: Any, admin1: Any, known: _Answered
) -> pd.DataFrame:
    """The rows of one partition, from the distinct questions and their answers."""
    questions, found = known
    return answered(column, found, _positions(asked(column, country, admin1), questions))
