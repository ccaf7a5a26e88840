"""Write a review file for a list, without its rows."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sisterdata.argument_types import (
    as_path,
    refuse_other_than_bool,
    refuse_other_than_frame,
    refuse_other_than_text,
)
from sisterdata.lists.dataframe_rows import (
    check_frame,
    choose_frame_columns,
    match_frame,
    new_tally,
    read_frame_options,
)
from sisterdata.lists.normalize_file import normalize_file
from sisterdata.lists.review_file import refuse_losing, write_review
from sisterdata.tabular.formats import open_table, table_format

if TYPE_CHECKING:
    import pandas as pd


def review(
    data: pd.DataFrame | str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    place: str | None = None,
    country: str | None = None,
    admin1: str | None = None,
    level: str | Iterable[str] | None = None,
    date: str | None = None,
    min_score: float | None = None,
    context: bool = True,
    decisions: str | os.PathLike[str] | None = None,
) -> int:
    """Write the doubtful names of a list to a review file, each once, for a person to decide.

    Does what ``sisterdata normalize --review`` does. Fill in the column ``decision``, and give the
    file to `normalize_frame` or `normalize_file` as ``decisions=``.

    data
        The list: a DataFrame, or a file as `normalize_file` reads it.
    out
        The review file to write: CSV, or another table by its suffix.
    place, country, admin1, level, date, min_score, context
        As in `normalize_frame`.
    decisions
        A review file whose decisions are kept. It may be `out`.

    Returns the number of names to decide. Raises the errors of `normalize_frame` and
    `normalize_file`, and `CuratedError` where `out` holds decisions that would be lost.

    >>> import pandas as pd, sisterdata, tempfile
    >>> df = pd.DataFrame({"city": ["Busan", "Zzyzxq"], "country": ["KR", "KR"]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sisterdata.review(df, f"{folder}/review.csv")
    1
    """
    asked = {"level": level, "date": date, "min_score": min_score, "context": context}
    refuse_other_than_text(place=place, country=country, admin1=admin1)
    refuse_other_than_bool(context=context)
    if isinstance(data, str | os.PathLike):
        columns = {
            "place_column": place,
            **_columns_of_file(as_path(data, "data"), country, admin1),
        }
        return _review_file(data, out, decisions, {**asked, **columns})
    data = refuse_other_than_frame(data, "review", "or give the path of a file")
    target = as_path(out, "out")
    tally = new_tally(() if decisions is None else decisions, keep_doubts=True)
    decided = tuple(tally.decisions.values())
    refuse_losing(target, decided)
    check_frame(data, [])
    roles = choose_frame_columns(data, place, country, admin1)
    options = read_frame_options(level, date, min_score)
    match_frame(data, roles, options, tally, context=context)
    write_review(target, tally.doubts, decided)
    return len(tally.doubts)


def _review_file(
    file: str | os.PathLike[str],
    out: str | os.PathLike[str],
    decisions: str | os.PathLike[str] | None,
    options: dict[str, Any],
) -> int:
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.csv"
        return normalize_file(file, rows, review=out, decisions=decisions, **options).to_review


def _columns_of_file(path: Path, country: str | None, admin1: str | None) -> dict[str, Any]:
    """`country` and `admin1` as `normalize_file` takes them: a column, or one country for all."""
    if table_format(path) is None:
        return {"country": country, "admin1_column": admin1}
    with open_table(path) as table:
        headers = table.columns
    of_column = country is None or country == "" or country in headers
    key = "country_column" if of_column else "country"
    return {key: country, "admin1_column": admin1}
