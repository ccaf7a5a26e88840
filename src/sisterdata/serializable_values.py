"""Cells and texts as plain as JSON, SQLite, XML and a reader take them."""

from __future__ import annotations

import re
from math import isfinite
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Record = dict[str, Any]


def records(df: pd.DataFrame) -> list[Record]:
    """Rows as plain values by column: bool, int, float, str; None where a cell is missing.

    >>> import pandas as pd
    >>> records(pd.DataFrame({"year": pd.array([2017, None], dtype="Int64"), "note": ["", None]}))
    [{'year': 2017, 'note': ''}, {'year': None, 'note': None}]
    """
    import pandas as pd

    def plain(value: Any) -> Any:
        if isinstance(value, str | bool) or value is None:
            return value
        if value is pd.NA or value is pd.NaT:
            return None
        if isinstance(value, Integral):
            return int(value)
        if isinstance(value, Real):
            return float(value) if isfinite(value) else None
        return str(value)

    names = [str(column) for column in df.columns]
    return [
        dict(zip(names, map(plain, values), strict=True))
        for values in df.itertuples(index=False, name=None)
    ]


def counted(number: int, thing: str) -> str:
    """A number of things.

    >>> counted(1, "finding"), counted(3, "name")
    ('1 finding', '3 names')
    """
    return f"{number} {thing}{'s' * (number != 1)}"


def xml_text(text: str) -> str:
    r"""A text without the characters that XML 1.0 cannot hold.

    >>> xml_text("a\x07b") == "a\ufffdb"
    True
    """
    return re.sub(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)
