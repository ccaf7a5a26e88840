"""Checks of the tables: codes that exist, and values that agree with each other."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pandera.pandas as pa

from sisterdata.iso3166 import country_exists, subdivision_exists


class Table(pa.DataFrameModel):
    """Rules for every table: all columns, in order, with their types, and codes that exist."""

    class Config:
        strict = True
        ordered = True
        coerce = True

    @pa.check("^country_code$", regex=True, error="a country code of ISO 3166-1, or XK")
    def country_in_iso(cls, codes: pd.Series) -> pd.Series:
        return each(codes, country_exists)

    @pa.check(
        "^(admin1_code|iso3166_2)$",
        regex=True,
        error="a subdivision code of ISO 3166-2, or of a former unit in the gazetteer",
    )
    def subdivision_in_iso(cls, codes: pd.Series) -> pd.Series:
        return each(codes, subdivision_exists)

    @pa.check(
        "^(place_id|partner_id)$",
        regex=True,
        error="an id whose subdivision code is in ISO 3166-2, or of a former unit in the gazetteer",
    )
    def id_in_iso(cls, codes: pd.Series) -> pd.Series:
        return each(codes, _id_exists)


def text(values: pd.Series) -> pd.Series:
    """`values` as text whose comparisons with null are null, in every version of pandas."""
    return values.astype("string")


def null_passes(checks: pd.Series) -> pd.Series:
    """The outcome of a check, true where it is null: `nullable` decides about nulls."""
    return checks.astype("boolean").fillna(value=True).astype(bool)


def cites_its_line(df: pd.DataFrame, key: str) -> pd.Series:
    """Whether each id is its row's source and line, with a number from the second on a line."""
    cited = text(df[key]).str.replace(r"(#L\d+)\.\d+$", r"\1", regex=True)
    return null_passes(cited == text(df["source_id"]) + "#L" + text(df["line"]))


def are_days(dates: pd.Series) -> pd.Series:
    """Whether full dates are days of the calendar; null and reduced dates pass."""
    full = text(dates).where(text(dates).str.len() == 10)
    return full.isna() | pd.to_datetime(full, format="%Y-%m-%d", errors="coerce").notna()


def country_of_partner(df: pd.DataFrame) -> pd.Series:
    """Whether country_code is the country that the partner's id names."""
    partner = text(df["partner_id"])
    named = partner.str.extract(r"^iso3166-2:([A-Z]{2})-", expand=False)
    for scheme, country in (("gb2260:", "CN"), ("dopa:", "TH")):
        named = named.mask(partner.str.startswith(scheme).fillna(value=False), country)
    return null_passes(text(df["country_code"]) == named)


def relation_ids(place_ids: pd.Series, partner_ids: pd.Series) -> pd.Series:
    """The ids of the pairs, whichever side comes first.

    Null where a side is null, and where both are the same place.

    >>> relation_ids(pd.Series(["iso3166-2:TH-10"]), pd.Series(["iso3166-2:CN-CQ"]))[0]
    'iso3166-2:CN-CQ~iso3166-2:TH-10'
    """
    place, partner = text(place_ids), text(partner_ids)
    in_order = (place <= partner).fillna(value=True).astype(bool)
    pairs = (place + "~" + partner).where(in_order, partner + "~" + place)
    return pairs.mask((place == partner).fillna(value=False).astype(bool))


def verdicts(claimed: pd.Series, counted: pd.Series) -> pd.Series:
    """``holds``, ``differs``, or ``not_countable`` where nothing of the kind is listed."""
    words = pd.Series("not_countable", index=claimed.index, dtype="string")
    same = (claimed == counted).astype("boolean")
    return words.mask(same.fillna(value=False), "holds").mask(
        (~same).fillna(value=False), "differs"
    )


def _id_exists(place_id: str) -> bool:
    scheme, _, code = place_id.partition(":")
    return scheme != "iso3166-2" or subdivision_exists(code)


def each(codes: pd.Series, exists: Callable[[str], bool]) -> pd.Series:
    """Whether each value exists; each distinct one is looked up once, and null passes."""
    known = {value: exists(str(value)) for value in codes.dropna().unique()}
    return null_passes(codes.map(known))
