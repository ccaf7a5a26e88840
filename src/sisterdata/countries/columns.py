"""A column of country names: each distinct text is matched once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from sisterdata.countries.answers import NOT_RUN, Answer
from sisterdata.countries.match import DECIDED, Scheme, decide_value
from sisterdata.vocabulary import Status

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Rows = NDArray[np.integer[Any]]


def match_countries(names: Any, *, scheme: Scheme = "iso") -> pd.DataFrame:
    """Match a column of country names: one row per name, with the same index.

    names
        A list, Series, Index or array of strings, in any string type of pandas, or of
        categories. Whole numbers are ISO numeric codes. A missing value is ``not_run``.

    Each distinct name is matched once, so a long column costs one ``pandas.factorize``. The
    result has the columns ``verbatim`` (unchanged), ``country_code``, ``status`` and ``rule``
    (categories of strings) and ``score`` (float64). For a Dask column use
    `sisterdata.dask.match_countries`.

    >>> match_countries(["ญี่ปุ่น", "Busan", None])[["country_code", "status"]]
      country_code     status
    0           JP      exact
    1          NaN  unmatched
    2          NaN    not_run
    """
    import numpy as np
    import pandas as pd

    from sisterdata.frames import refuse_lazy

    refuse_lazy(names, "match_countries")
    if isinstance(names, list):
        column = pd.Series(names, dtype=object)  # a list says no type, and to infer one takes time
    else:
        column = names if isinstance(names, pd.Series) else pd.Series(names)
    rows, distinct = _factorize(column)
    # A missing name has row -1, which takes the last decision.
    decisions = _decide_all(distinct, scheme)
    decisions.append(NOT_RUN)
    score = np.array([np.nan if d.score is None else d.score for d in decisions])
    return pd.DataFrame(
        {
            "verbatim": column,
            "country_code": _categories([d.id for d in decisions], rows),
            "status": _categories([d.status for d in decisions], rows, get_args(Status)),
            "score": score.take(rows),
            "rule": _categories([d.rule for d in decisions], rows),
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


def _categories(
    values: list[str | None], rows: Rows, categories: tuple[str, ...] | None = None
) -> pd.Categorical[str]:
    """Spread one value per distinct name over all rows, as categories."""
    import numpy as np
    import pandas as pd

    if categories is None:
        categories = tuple(sorted({value for value in values if value is not None}))
    number = {value: at for at, value in enumerate(categories)}
    numbers = [-1 if value is None else number[value] for value in values]
    codes: Rows = np.array(numbers, dtype=np.min_scalar_type(-len(categories) - 1))[rows]
    names: pd.Index[str] = pd.Index(list(categories), dtype=object)
    return pd.Categorical.from_codes(codes, categories=names, validate=False)
