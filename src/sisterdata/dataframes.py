"""Turn columns of any library into pandas Series, and find the distinct rows of a frame."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sisterdata.argument_types import shown
from sisterdata.errors import DataError

# The type of text in this version of pandas: `str` since 3.0, `object` before.
TEXT = pd.Series(["text"]).dtype


def as_series(values: Any, function: str) -> pd.Series[Any]:
    """Turn a column into a Series; a Series keeps its index and type.

    Arrow arrays, polars Series and others with the Arrow C interface are converted by pyarrow.
    `function` is the public function that was called, for messages. Raises `DataError` for anything
    that is not one column.

    >>> as_series(("a", None), "f").tolist()
    ['a', None]
    """
    if isinstance(values, pd.Series):
        return values
    refuse_lazy(values, function)
    if isinstance(values, pd.DataFrame) or getattr(values, "ndim", 1) != 1:
        raise DataError(
            f"{function} needs one column, and this is a {type(values).__name__}",
            todo='give one column of it, such as df["city"]',
        )
    if isinstance(values, pd.Index):
        return values.to_series(index=pd.RangeIndex(len(values)))
    if isinstance(values, np.ndarray | pd.api.extensions.ExtensionArray):
        return pd.Series(values)
    if hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__"):
        return _from_arrow(values, function)
    if isinstance(values, str | bytes) or not hasattr(values, "__iter__"):
        raise DataError(
            f"{function} needs a column, and this is {shown(values)}",
            todo=f"give [{shown(values)}]",
        )
    return pd.Series(list(values), dtype=object)


def _from_arrow(values: Any, function: str) -> pd.Series[Any]:
    import pyarrow as pa

    try:
        column = (
            pa.chunked_array(values) if hasattr(values, "__arrow_c_stream__") else pa.array(values)
        )
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise DataError(
            f"{function} cannot read this {type(values).__name__} as a column: {error}",
            todo="give one column of it, or a list",
        ) from error
    if pa.types.is_struct(column.type):
        raise DataError(
            f"{function} needs one column, and this is a {type(values).__name__}",
            todo='give one column of it, such as df["city"]',
        )
    series: pd.Series[Any] = column.to_pandas()
    return pd.Series(series.to_numpy(dtype=object), dtype=object)


def refuse_numbers(column: pd.Series[Any], what: str) -> None:
    """Raise `DataError` for a column that holds values, and no text among them.

    >>> refuse_numbers(pd.Series([50, 83]), "the column 'id'")
    Traceback (most recent call last):
    sisterdata.errors.DataError: row 0: the column 'id' holds int values, not text: 50, 83; ...
    """
    there = column.dropna()
    if there.empty or pd.api.types.infer_dtype(there) in ("string", "mixed"):
        return
    values = there.to_numpy(dtype=object).tolist()
    if any(isinstance(value, str) for value in values):
        return
    shown = ", ".join(str(value) for value in values[:3])
    kind = type(values[0]).__name__
    raise DataError(
        f"{what} holds {kind} values, not text: {shown}",
        where=f"row {there.index[:1].tolist()[0]!r}",
        todo="give the column of names, or get_places() for ids",
    )


def refuse_nested(column: pd.Series[Any], what: str) -> None:
    """Raise `DataError` for a column with a cell that is a list or another collection.

    >>> refuse_nested(pd.Series(["KR", ["JP"]]), "the column of countries")
    Traceback (most recent call last):
    sisterdata.errors.DataError: row 1: the column of countries holds a list: ['JP']; ...
    """
    if column.dtype != object or pd.api.types.infer_dtype(column, skipna=True) != "mixed":
        return
    for row, value in column.items():
        if isinstance(value, Collection) and not isinstance(value, str | bytes | tuple):
            raise DataError(
                f"{what} holds a {type(value).__name__}: {shown(value)}",
                where=f"row {row!r}",
                todo="give one text in each row",
            )


def distinct_rows(df: pd.DataFrame) -> tuple[npt.NDArray[np.intp], pd.DataFrame]:
    """The distinct rows, in order of appearance, and for each row the position of its distinct row.

    Nulls are equal. It takes one ``pandas.factorize`` for each column.

    >>> codes, rows = distinct_rows(pd.DataFrame({"a": ["x", None, "x"], "b": ["y", "y", "y"]}))
    >>> codes.tolist(), len(rows)
    ([0, 1, 0], 2)
    """
    if len(df.columns) == 1:
        (name,) = df.columns
        codes, values = pd.factorize(df[name], use_na_sentinel=False)
        return codes, pd.DataFrame({name: values})
    codes = np.zeros(len(df), dtype=np.intp)
    for name in df.columns:
        of_column, values = pd.factorize(df[name], use_na_sentinel=False)
        codes, _ = pd.factorize(codes * len(values) + of_column)
    first = np.empty(codes.max(initial=-1) + 1, dtype=np.intp)
    first[codes[::-1]] = np.arange(len(df))[::-1]
    return codes, df.iloc[first].reset_index(drop=True)


def refuse_lazy(column: object, function: str) -> None:
    """Raise `DataError` for a column that is not in memory yet, such as one of Dask.

    `function` is the name of the function that was called with it.
    """
    if hasattr(column, "compute"):
        raise DataError(
            f"{function} needs a column in memory, and this one is lazy",
            todo=f"call sisterdata.dask.{function}, which stays lazy, or pass column.compute()",
        )
