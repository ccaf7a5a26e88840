"""Columns of Dask: the distinct names are found first, matched once each, and joined back.

Nothing is computed here. Each partition gives its distinct rows, which are united up a tree and
matched, places in shares beside each other; then each partition takes its answers. The column is
read twice, so that it never has to be in memory as a whole; the distinct rows and their answers
have to fit into one worker. Every task is a function of its inputs alone: what is lost with a
worker is made again elsewhere, the same.

This module is imported when a column of Dask is given (``pip install ".[dask]"``).
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from dask.dataframe import DataFrame, Series
from dask.dataframe.utils import clear_known_categories
from dask.delayed import delayed

from sisterdata.countries import columns as country_columns
from sisterdata.countries.match import Scheme
from sisterdata.errors import DataError
from sisterdata.frames import distinct_rows
from sisterdata.places import columns as place_columns
from sisterdata.places.columns import answered, answers, asked, categorised

SHARES = 32  # in which places are matched, each of names that stand together in order
_UNITED = 16  # partitions whose distinct rows are united in one task

# Questions, each row once, and the answers beside them.
_Decided = tuple[pd.DataFrame, pd.DataFrame]


def match_countries(names: Any, scheme: Scheme) -> Any:
    """`sisterdata.match_countries` of a Dask column, as a lazy Dask frame.

    The categories of ``country_code`` and ``rule`` are known when it is computed, not before.
    """
    column = _column(names)
    meta = clear_known_categories(country_columns.match_countries(column._meta, scheme=scheme))
    printed = column.map_partitions(_printed, meta=_printed(column._meta))
    decided = delayed(_decided_countries)(_distinct(printed), scheme)
    return column.map_partitions(_answered_countries, decided, meta=meta)


def match_places(texts: Any, country: Any, admin1: Any, date: str | None) -> Any:
    """`sisterdata.match_places` of a Dask column, as a lazy Dask frame.

    The categories of its columns are known when it is computed, not before.

    `country` and `admin1` are each a string for all rows, or a Dask column of the same frame.
    """
    column = _column(texts)
    beside = [_beside(values, column) for values in (country, admin1)]
    meta = clear_known_categories(place_columns.match_places(column._meta, date=date))
    questions = column.map_partitions(asked, *beside, meta=asked(column._meta, None, None))
    split = delayed(_shares)(_distinct(questions))
    shares = [split[number] for number in range(SHARES)]
    decided = delayed(_joined)(shares, [delayed(answers)(share, date) for share in shares])
    return column.map_partitions(answered_places, *beside, decided, meta=meta)


def _column(names: Any) -> Any:
    """A Dask Series, or the only column of a Dask frame."""
    if isinstance(names, DataFrame) and len(names.columns) == 1:
        return names[names.columns[0]]
    if not isinstance(names, Series):
        said = list(names.columns) if isinstance(names, DataFrame) else type(names).__name__
        raise DataError(f"not a column of Dask: {said}", todo="give one column, frame['name']")
    return names


def _beside(values: Any, column: Any) -> Any:
    if values is None or isinstance(values, str):
        return values
    beside = _column(values)
    if beside.npartitions != column.npartitions:
        raise DataError(
            f"{column.npartitions} partitions of names, but {beside.npartitions} beside them",
            todo="take both columns from one frame",
        )
    return beside


def _distinct(rows: Any) -> Any:
    """The distinct rows of a Dask frame, delayed: of each partition first, then up a tree."""
    united = rows.map_partitions(_once, meta=rows._meta).to_delayed()
    while len(united) > 1:
        united = [
            delayed(_united)(united[first : first + _UNITED])
            for first in range(0, len(united), _UNITED)
        ]
    return united[0]


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    return distinct_rows(rows)[1]


def _united(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return _once(pd.concat(frames, ignore_index=True))


def _numbers(rows: pd.DataFrame, among: pd.DataFrame) -> npt.NDArray[np.intp]:
    """The number that each row has among distinct rows."""
    codes, here = distinct_rows(rows)
    numbered = among.assign(number=np.arange(len(among)))
    number: npt.NDArray[np.intp] = here.merge(numbered, how="left")["number"].to_numpy(np.intp)
    return number[codes]


# --- Countries


def _printed(column: pd.Series[Any]) -> pd.DataFrame:
    categories = isinstance(column.dtype, pd.CategoricalDtype)
    return pd.DataFrame({"name": column.astype(object) if categories else column})


def _decided_countries(questions: pd.DataFrame, scheme: Scheme) -> _Decided:
    return questions, country_columns.match_countries(questions["name"], scheme=scheme)


def _answered_countries(column: pd.Series[Any], decided: _Decided) -> pd.DataFrame:
    questions, found = decided
    return answered(column, found.drop(columns="verbatim"), _numbers(_printed(column), questions))


# --- Places


def _shares(questions: pd.DataFrame) -> list[pd.DataFrame]:
    """Names of one country stand together: few workers have to read its part of the gazetteer."""
    ordered = questions.sort_values(["country", "admin1", "text"], ignore_index=True)
    starts = np.linspace(0, len(ordered), SHARES + 1).astype(int)
    return [ordered[start:stop] for start, stop in pairwise(starts)]


def _joined(shares: list[pd.DataFrame], found: list[pd.DataFrame]) -> _Decided:
    return pd.concat(shares, ignore_index=True), categorised(pd.concat(found, ignore_index=True))


def answered_places(
    column: pd.Series[Any], country: Any, admin1: Any, decided: _Decided
) -> pd.DataFrame:
    """The rows of one partition, where the distinct names and their answers are known."""
    questions, found = decided
    return answered(column, found, _numbers(asked(column, country, admin1), questions))
