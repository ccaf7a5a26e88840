"""The kinds of columns that several tables share: each is defined once, with its type and rules."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa

from sisterdata.vocabulary import ADMIN1, COUNTRY, LINE, PLACE, REDUCED_DATE

Text = pd.StringDtype
Integer = pd.Int64Dtype
Number = pd.Float64Dtype


def column(description: str, **rules: Any) -> Any:
    """A column with its description and pandera's rules."""
    return pa.Field(description=description, **rules)


def pattern(regex: str) -> str:
    """A pattern that the whole text must match."""
    return rf"^{regex}$(?!\n)"  # $ alone would allow a line break at the end


def line_key() -> Any:
    """The key of a table whose rows each come from one line of a source."""
    return column(
        "source_id#L<line>; .<n> is added from the second on a line",
        str_matches=pattern(LINE),
        unique=True,
    )


def line_number() -> Any:
    """The line of a source, counted from 1."""
    return column("The line in the raw file, from 1", ge=1)


def place(description: str, **rules: Any) -> Any:
    """The id of a place."""
    return column(description, str_matches=pattern(PLACE), **rules)


def country(description: str, **rules: Any) -> Any:
    """A country code of ISO 3166-1."""
    return column(description, str_matches=pattern(COUNTRY), **rules)


def subdivision(description: str) -> Any:
    """A subdivision code of ISO 3166-2, or null."""
    return column(description, nullable=True, str_matches=pattern(ADMIN1))


def reduced_date(description: str, **rules: Any) -> Any:
    """A year, month or day, as reduced ISO 8601."""
    return column(description, str_matches=pattern(REDUCED_DATE), **rules)


def common_era_year(description: str) -> Any:
    """A year of the Common Era, or null."""
    return column(description, nullable=True, ge=1900, le=2200)
