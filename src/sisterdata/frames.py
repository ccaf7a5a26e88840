"""Columns and frames as pandas holds them: which rows differ, and which columns are not pandas."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sisterdata.errors import DataError


def distinct_rows(df: pd.DataFrame) -> tuple[npt.NDArray[np.intp], pd.DataFrame]:
    """The number of each row's distinct row, and the distinct rows, in order of first appearance.

    Nulls are alike. Takes a ``pandas.factorize`` of each column.

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
