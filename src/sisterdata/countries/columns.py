"""A column of country names: each distinct text is matched once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sisterdata.countries.answers import NOT_RUN, Answer
from sisterdata.countries.match import DECIDED, Scheme, decide_value

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Rows = NDArray[np.integer[Any]]


def match_countries(names: Any, *, scheme: Scheme = "iso") -> pd.DataFrame:
    """Match a column of country names: one row per name, with the same index.

    names
        A list, Series, Index or array of strings, in any string type of pandas, or of
        categories; also of Arrow or polars. Whole numbers are ISO numeric codes. A missing value is
        ``not_run``.

    Each distinct name is matched once, so a long column costs one ``pandas.factorize``. The
    result has the columns ``verbatim`` (unchanged), ``country_code``, ``status`` and ``rule``
    (text) and ``score`` (float64). For a Dask column use
    `sisterdata.dask.match_countries`.

    >>> match_countries(["ญี่ปุ่น", "Busan", None])[["country_code", "status"]]
      country_code     status
    0           JP      exact
    1          NaN  unmatched
    2          NaN    not_run
    """
    import numpy as np
    import pandas as pd

    from sisterdata.frames import as_series

    column = as_series(names, "match_countries")
    rows, distinct = _factorize(column)
    # A missing name has row -1, which takes the last decision.
    decisions = _decide_all(distinct, scheme)
    decisions.append(NOT_RUN)
    score = np.array([np.nan if d.score is None else d.score for d in decisions])
    return pd.DataFrame(
        {
            "verbatim": column,
            "country_code": _texts([d.id for d in decisions], rows),
            "status": _texts([d.status for d in decisions], rows),
            "score": score.take(rows),
            "rule": _texts([d.rule for d in decisions], rows),
        },
        index=column.index,
        copy=False,
    )


def _decide_all(names: list[object], scheme: str) -> list[Answer]:
    if scheme != "iso":
        return [decide_value(name, scheme) for name in names]
    known = DECIDED.get
    return [known(name) or decide_value(name, scheme) for name in names]  # type: ignore[call-overload]


def _factorize(column: pd.Series) -> tuple[Rows, list[object]]:
    """For each row the number of its distinct value (-1 if missing), and the distinct values."""
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), column.cat.categories.tolist()
    rows, distinct = pd.factorize(column)
    return rows, distinct.tolist()


def _texts(values: list[str | None], rows: Rows) -> Any:
    """Spread one value per distinct name over all rows, as text."""
    import pandas as pd

    from sisterdata.frames import TEXT

    return pd.Series(values, dtype=TEXT).take(rows).array
