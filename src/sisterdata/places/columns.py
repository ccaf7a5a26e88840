"""A column of printed places: distinct rows are matched once each, and every row answered."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sisterdata import gazetteer
from sisterdata.errors import DataError
from sisterdata.frames import distinct_rows, refuse_lazy
from sisterdata.places.match import match_place

# What this pandas makes of text: `str` from 3.0 on, `object` before.
_TEXT = pd.Series(["text"]).dtype


def match_places(
    texts: Any,
    *,
    country: Any = None,
    admin1: Any = None,
    date: str | None = None,
) -> pd.DataFrame:
    """`match_place` for a column: one row a text, same index; distinct texts are matched once.

    texts
        A list, Series, Index or array; what is not text is ``not_run``. For a column of Dask use
        `sisterdata.dask.match_places`.
    country, admin1
        Each a string for all rows, or a column beside the names; null where nothing is known.

    The columns are ``verbatim`` (as it came), ``place_id, name, country_code, admin1_code, level,
    status`` and ``rule`` (categories of strings) and ``score`` (float64). Raises `DataError`
    where a column beside the names has another length.

    >>> match_places(["Bussan", "Teochew"], country=["KR", "CN"])["name"].tolist()
    ['Busan', 'Chaozhou']
    """
    refuse_lazy(texts, "match_places")
    column = texts if isinstance(texts, pd.Series) else pd.Series(texts, dtype=object)
    beside = {"country": _beside(country, texts, column), "admin1": _beside(admin1, texts, column)}
    given = {name: values for name, values in beside.items() if isinstance(values, pd.Series)}
    try:
        codes, rows = distinct_rows(pd.DataFrame({"text": column, **given}, copy=False))
    except TypeError:  # a cell of no hashable value is no text
        codes, rows = distinct_rows(asked(column, country, admin1))
    told = beside | {name: rows[name] for name in given}
    questions = asked(rows["text"], told["country"], told["admin1"])
    return answered(column, categorised(answers(questions, date)), codes)


def _beside(values: Any, texts: Any, column: pd.Series[Any]) -> str | pd.Series[Any] | None:
    """What is told beside the texts: one thing for all rows, or a column in their order."""
    if values is None or isinstance(values, str):
        return values
    refuse_lazy(values, "match_places")
    if pd.api.types.is_scalar(values):
        if pd.isna(values):
            return None
        raise DataError(f"{values!r} beside the texts is neither text nor a column")
    if len(values) != len(column):
        raise DataError(f"{len(column)} texts, but {len(values)} values beside them")
    if not isinstance(values, pd.Series):
        return pd.Series(values, dtype=object, index=column.index)
    if isinstance(texts, pd.Series) and not values.index.equals(column.index):
        raise DataError(
            "the index of a column beside the texts is not theirs",
            todo="align it with reindex(), or give its values in order with to_list()",
        )
    return values.set_axis(column.index)


def asked(column: pd.Series[Any], country: Any, admin1: Any) -> pd.DataFrame:
    """What is asked of each row: ``text, country, admin1``, None where nothing is told."""

    def beside(values: Any) -> str | list[str | None] | None:
        if values is None or isinstance(values, str):
            return values
        if len(values) != len(column):
            raise DataError(f"{len(column)} texts, but {len(values)} values beside them")
        return [value if isinstance(value, str) and value else None for value in _objects(values)]

    texts = [text if isinstance(text, str) else None for text in _objects(column)]
    told = {"text": texts, "country": beside(country), "admin1": beside(admin1)}
    return pd.DataFrame(told, index=range(len(column)), dtype=object)


def _objects(values: Any) -> list[object]:
    """The values of any column, strings of pyarrow at a tenth of what iterating over them costs."""
    objects: list[object] = pd.Series(values).to_numpy(dtype=object).tolist()
    return objects


def answers(questions: pd.DataFrame, date: str | None) -> pd.DataFrame:
    """The columns of `match_places` but the first, for rows that `asked` gives."""
    matches = [
        match_place(text, country=country, admin1=admin1, date=date, limit=0)
        for text, country, admin1 in questions.to_numpy(dtype=object).tolist()
    ]
    places = [gazetteer.place(match.id) if match.id else None for match in matches]
    found = pd.DataFrame({"place_id": pd.Series([m.id for m in matches], dtype=_TEXT)})
    for column in ("name", "country_code", "admin1_code", "level"):
        values = [getattr(place, column) if place else None for place in places]
        found[column] = pd.Series(values, dtype=_TEXT)
    found["status"] = pd.Series([m.status for m in matches], dtype=_TEXT)
    found["score"] = pd.Series([m.score for m in matches], dtype=float)
    found["rule"] = pd.Series([m.rule for m in matches], dtype=_TEXT)
    return found


def categorised(found: pd.DataFrame) -> pd.DataFrame:
    """The texts of `answers` as categories: however many rows have one, it is held once."""
    texts = [column for column in found.columns if column != "score"]
    return found.astype(dict.fromkeys(texts, "category"))


def answered(
    column: pd.Series[Any], found: pd.DataFrame, codes: npt.NDArray[np.intp]
) -> pd.DataFrame:
    """One row of `found` for each row of the column, by its number, with the column's index."""
    rows = found.take(codes).set_index(column.index)
    rows.insert(0, "verbatim", column)
    return rows
