"""Normalize a DataFrame: its rows are kept, and the matches of its places are added."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sisterdata.argument_types import refuse_other_than_bool, refuse_other_than_text
from sisterdata.dataframes import TEXT, refuse_numbers
from sisterdata.errors import DataError
from sisterdata.human_decisions import Decision
from sisterdata.lists.dataframe_rows import (
    FrameColumns,
    check_frame,
    choose_frame_columns,
    match_frame,
    new_tally,
    read_frame_options,
    texts_of,
)
from sisterdata.lists.match_rows import MATCH_COLUMNS, match_cells_of
from sisterdata.normalizer.normalize_document import home_matcher
from sisterdata.places.match_column import warn_if_nothing_matched
from sisterdata.tabular.table import Row

if TYPE_CHECKING:
    import pandas as pd

HOME_PREFIX = "home_"


def normalize_frame(
    df: pd.DataFrame,
    *,
    place: str | None = None,
    country: str | None = None,
    admin1: str | None = None,
    home: str | None = None,
    level: str | Iterable[str] | None = None,
    date: str | None = None,
    min_score: float | None = None,
    context: bool = True,
    decisions: str | os.PathLike[str] | Sequence[Decision] = (),
    prefix: str = "match_",
) -> pd.DataFrame:
    """Match the places in a DataFrame, as `normalize_file` does in a table, and add the matches.

    place
        The column of places; detected from the headers and values if omitted.
    country, admin1
        The column of countries and of first-level units; detected if omitted, "" for none. Or one
        country (a name or a code) and one unit (an ISO 3166-2 code) for all rows.
    home
        The column of the other side of each pair, or one place for all rows. Its matches are added
        with the prefix ``home_``.
    level, date, min_score, context
        As in `match_places`.
    decisions
        A review file with decisions, or what `read_decisions` read from one.
    prefix
        The prefix of the names of the added columns.

    Returns a copy of `df` with the columns of `match_places`; its ``attrs`` hold the ``columns``
    that were read, ``notices``, and ``findings`` on decisions that no longer apply. Raises
    `DataError` for columns that cannot be used, and `CuratedError` for a wrong decision.

    >>> import pandas as pd, sisterdata
    >>> df = pd.DataFrame({"เมือง": ["ปูซาน", "เซี่ยงไฮ้"], "ประเทศ": ["เกาหลีใต้", "จีน"]})
    >>> sisterdata.normalize_frame(df)[["match_name", "match_place_id"]]
      match_name   match_place_id
    0      Busan  iso3166-2:KR-26
    1   Shanghai  iso3166-2:CN-SH
    """
    _check_types((place, country, admin1, home), prefix, context)
    options = read_frame_options(level, date, min_score)
    tally = new_tally(decisions, keep_doubts=False)
    names = [prefix + name for name in MATCH_COLUMNS]
    of_home = [] if home is None else [HOME_PREFIX + name for name in MATCH_COLUMNS]
    check_frame(df, [*of_home, *names])
    columns = choose_frame_columns(df, place, country, admin1)
    rows, notices = match_frame(df, columns, options, tally, context=context)
    found = df.copy()
    for name, values in ({} if home is None else _home_matches(df, home, date)).items():
        found[HOME_PREFIX + name] = values
    for name, values in _match_columns(rows, df).items():
        found[prefix + name] = values
    findings = [f"{f.where}: {f.message}" for f in tally.findings.values()]
    found.attrs |= {"columns": columns.names, "notices": notices, "findings": findings}
    _warn(found, columns, prefix)
    return found


def _check_types(columns: tuple[object, ...], prefix: object, context: object) -> None:
    texts = dict(zip(("place", "country", "admin1", "home"), columns, strict=True))
    refuse_other_than_text(**texts, prefix=prefix)
    refuse_other_than_bool(context=context)
    if prefix is None:
        raise DataError("prefix= is None, not text", todo='give text, such as "m_"')


def _home_matches(df: pd.DataFrame, home: str, date: str | None) -> dict[str, Any]:
    headers = [str(column) for column in df.columns]
    if home in headers:
        texts = texts_of(df.iloc[:, headers.index(home)])
        refuse_numbers(df.iloc[:, headers.index(home)], f"the column {home!r}")
        match = home_matcher(home, date)
    else:
        texts, match = [home] * len(df), home_matcher("", date)
        if not match(home):
            listed = ", ".join(map(repr, headers))
            raise DataError(
                f"home={home!r} is neither a column nor a place that is found",
                todo=f"the columns are {listed}",
            )
    cells = {text: match_cells_of(match(text)) for text in dict.fromkeys(texts)}
    rows = [cells[text] for text in texts]
    return _match_columns(rows, df)


def _match_columns(rows: list[Row], df: pd.DataFrame) -> dict[str, pd.Series[Any]]:
    import pandas as pd

    return {
        name: pd.Series(
            [row[at] for row in rows], index=df.index, dtype=float if kind is float else TEXT
        )
        for at, (name, kind) in enumerate(MATCH_COLUMNS.items())
    }


def _warn(found: pd.DataFrame, columns: FrameColumns, prefix: str) -> None:
    if found.empty:
        warnings.warn("the frame has no rows", UserWarning, stacklevel=3)
    for finding in found.attrs["findings"]:
        warnings.warn(f"a decision changes nothing: {finding}", UserWarning, stacklevel=3)
    warn_if_nothing_matched(
        found[f"{prefix}place_id"],
        found[f"{prefix}status"],
        has_country=columns.country is not None or columns.roles.country is not None,
        stacklevel=4,
        what=f"column {columns.names['place']!r}",
    )
