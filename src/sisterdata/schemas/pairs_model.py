"""The model of `load("pairs")`: relations with names, countries and coordinates of both sides."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from sisterdata.iso3166 import country_exists
from sisterdata.schemas.column_types import Integer, Number, Text, column, pattern
from sisterdata.schemas.table_checks import Table, each
from sisterdata.vocabulary import COUNTRY, INSTRUMENTS, PLACE, REDUCED_DATE, STAGES


class Pairs(Table):
    """A pair of places, with what is known of both sides; made of `relations` and `places`."""

    relation_id: Series[Text] = column("The pair (relations)", unique=True)
    place_id: Series[Text] = column("The home place (places)", str_matches=pattern(PLACE))
    place_name: Series[Text] = column("Its name in English, or in Latin script")
    place_name_th: Series[Text] = column("Its name in Thai", nullable=True)
    place_country_code: Series[Text] = column(
        "Its country (ISO 3166-1 alpha-2)", str_matches=pattern(COUNTRY)
    )
    place_country: Series[Text] = column("The country's English name")
    place_country_th: Series[Text] = column("The country's Thai name")
    place_latitude: Series[Number] = column("Degrees north (WGS 84)", nullable=True, ge=-90, le=90)
    place_longitude: Series[Number] = column(
        "Degrees east (WGS 84)", nullable=True, ge=-180, le=180
    )
    partner_id: Series[Text] = column("The partner (places)", str_matches=pattern(PLACE))
    partner_name: Series[Text] = column("Its name in English, or in Latin script")
    partner_name_th: Series[Text] = column("Its name in Thai", nullable=True)
    partner_country_code: Series[Text] = column(
        "Its country (ISO 3166-1 alpha-2)", str_matches=pattern(COUNTRY)
    )
    partner_country: Series[Text] = column("The country's English name")
    partner_country_th: Series[Text] = column("The country's Thai name")
    partner_latitude: Series[Number] = column(
        "Degrees north (WGS 84)", nullable=True, ge=-90, le=90
    )
    partner_longitude: Series[Number] = column(
        "Degrees east (WGS 84)", nullable=True, ge=-180, le=180
    )
    year: Series[Integer] = column(
        "The earliest year stated (Common Era)", nullable=True, ge=1900, le=2200
    )
    date: Series[Text] = column(
        "The most precise date in that year (reduced ISO 8601)",
        nullable=True,
        str_matches=pattern(REDUCED_DATE),
    )
    stage: Series[Text] = column("The furthest stage that a source states", isin=STAGES)
    instrument: Series[Text] = column(
        "What was signed, or is to be", nullable=True, isin=INSTRUMENTS
    )
    attestations: Series[Integer] = column("The number of statements of the pair", ge=1)
    sources: Series[Text] = column("The sources that state it, separated by spaces")

    @pa.check("^(place|partner)_country_code$", regex=True, error="a country code of ISO 3166-1")
    def countries_in_iso(cls, codes: pd.Series) -> pd.Series:
        return each(codes, country_exists)
