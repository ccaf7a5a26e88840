"""A pandera model for each table, which is also its data dictionary (docs/tables.md).

Names follow Darwin Core (``verbatim_*``), PROV (a source attests) and Frictionless (keys).
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Series

from sisterdata.schemas.column_types import (
    Integer,
    Number,
    Text,
    column,
    common_era_year,
    country,
    line_key,
    line_number,
    pattern,
    place,
    reduced_date,
    subdivision,
)
from sisterdata.schemas.table_checks import (
    Table,
    are_days,
    cites_its_line,
    country_of_partner,
    null_passes,
    relation_ids,
    text,
    verdicts,
)
from sisterdata.vocabulary import (
    CODES,
    INSTRUMENTS,
    LEVELS,
    LINE,
    NAME_TH_ORIGINS,
    NEXT_STEPS,
    PLACE,
    SEVERITIES,
    SLUG,
    SOURCE,
    STAGES,
    STATUSES,
    VERDICTS,
)


class Sources(Table):
    """A document as it was received."""

    source_id: Series[Text] = column(
        "Its id: the name of its folder in raw/", str_matches=pattern(SOURCE), unique=True
    )
    title: Series[Text] = column("The document's title, as printed")
    publisher: Series[Text] = column("Who published it")
    language: Series[Text] = column(
        "The language of the document (BCP 47)",
        str_matches=pattern(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"),
    )
    layout: Series[Text] = column("The layout it was parsed in", isin=("table", "list", "article"))
    date: Series[Text] = reduced_date(
        "The date of its status or publication (reduced ISO 8601); null if it states none",
        nullable=True,
    )
    file: Series[Text] = column("The file's path in raw/")
    sha256: Series[Text] = column(
        "SHA-256 of the file's bytes", str_matches=pattern(r"[0-9a-f]{64}")
    )
    lines: Series[Integer] = column("The number of its last line that is not blank", ge=1)
    licence: Series[Text] = column("Its licence; 'not stated' if there is none")
    url: Series[Text] = column("Where it was published; null if unknown", nullable=True)


class Attestations(Table):
    """One statement of a pair, by one source, on one line."""

    attestation_id: Series[Text] = line_key()
    source_id: Series[Text] = column("The source that states it (sources)")
    line: Series[Integer] = line_number()
    section: Series[Text] = column("The heading it stands under, as printed", nullable=True)
    sequence: Series[Integer] = column("The number printed before it", nullable=True, ge=0)
    verbatim_place: Series[Text] = column("The home place, as printed", nullable=True)
    verbatim_partner: Series[Text] = column("The partner, as printed", nullable=True)
    verbatim_year: Series[Text] = column("The year or date, as printed", nullable=True)
    verbatim_note: Series[Text] = column("The remark, as printed", nullable=True)
    place_id: Series[Text] = place(
        "The home place (places); null if it has no match", nullable=True
    )
    partner_id: Series[Text] = place("The partner (places); null if it has no match", nullable=True)
    country_code: Series[Text] = country(
        "The partner's country (ISO 3166-1 alpha-2)", nullable=True
    )
    admin1_code: Series[Text] = subdivision("The partner's first-level unit (ISO 3166-2)")
    level: Series[Text] = column("The partner's level", nullable=True, isin=LEVELS)
    match_status: Series[Text] = column("How the partner was matched", isin=STATUSES)
    match_score: Series[Number] = column(
        "The probability that the partner's match is right", nullable=True, ge=0, le=1
    )
    match_rule: Series[Text] = column("The reason for the match, in words")
    year: Series[Integer] = common_era_year("The year stated (Common Era)")
    date: Series[Text] = reduced_date(
        "The date stated, no more precise than printed (reduced ISO 8601)", nullable=True
    )
    instrument: Series[Text] = column(
        "What was signed, or is to be", nullable=True, isin=INSTRUMENTS
    )
    stage: Series[Text] = column("How far the pair has come", isin=STAGES)
    topic: Series[Text] = column("What it is about, as printed", nullable=True)
    next_step: Series[Text] = column("What happens next", nullable=True, isin=NEXT_STEPS)
    relation_id: Series[Text] = column(
        "The pair (relations); null if a side has no match", nullable=True
    )

    @pa.dataframe_check(name="attestation_id is the source and line")
    def id_cites_its_line(cls, df: pd.DataFrame) -> pd.Series:
        return cites_its_line(df, "attestation_id")

    @pa.dataframe_check(name="country_code is the country of the partner's id")
    def country_of_id(cls, df: pd.DataFrame) -> pd.Series:
        return country_of_partner(df)

    @pa.dataframe_check(name="partner_id is set if and only if the status says so")
    def id_fits_status(cls, df: pd.DataFrame) -> pd.Series:
        open_ = df["match_status"].isin(("ambiguous", "unmatched", "not_run"))
        return df["partner_id"].isna() == open_

    @pa.dataframe_check(name="relation_id is the row's pair, if both sides have a match")
    def relation_of_row(cls, df: pd.DataFrame) -> pd.Series:
        pair = relation_ids(df["place_id"], df["partner_id"])
        return text(df["relation_id"]).fillna("") == pair.fillna("")

    @pa.dataframe_check(name="date is a day of the calendar")
    def day_of_calendar(cls, df: pd.DataFrame) -> pd.Series:
        return are_days(df["date"])

    @pa.dataframe_check(name="year is the year of date")
    def year_of_date(cls, df: pd.DataFrame) -> pd.Series:
        return null_passes(text(df["date"]).str[:4] == text(df["year"]))


class Relations(Table):
    """One pair of places, whoever attests it."""

    relation_id: Series[Text] = column(
        "The two place ids in alphabetical order, joined by '~'",
        str_matches=pattern(rf"{PLACE}~{PLACE}"),
        unique=True,
    )
    place_id: Series[Text] = place("One side (places): the Thai one, or the first in order")
    partner_id: Series[Text] = place("The other side (places)")
    country_code: Series[Text] = country("The partner's country (ISO 3166-1 alpha-2)")
    first_year: Series[Integer] = common_era_year(
        "The earliest year in an attestation (Common Era)"
    )
    date: Series[Text] = reduced_date(
        "The most precise date in that year (reduced ISO 8601)", nullable=True
    )
    instrument: Series[Text] = column(
        "What was signed, or is to be, at that stage",
        nullable=True,
        isin=INSTRUMENTS,
    )
    stage: Series[Text] = column("The furthest stage in an attestation", isin=STAGES)
    attestations: Series[Integer] = column("The number of attestations", ge=1)
    sources: Series[Text] = column("Their sources, in order, separated by spaces")

    @pa.dataframe_check(name="date is a day of the calendar, in the first year")
    def date_in_first_year(cls, df: pd.DataFrame) -> pd.Series:
        in_year = null_passes(text(df["date"]).str[:4] == text(df["first_year"]))
        return in_year & are_days(df["date"])

    @pa.dataframe_check(name="a relation has two different places")
    def two_places(cls, df: pd.DataFrame) -> pd.Series:
        return df["place_id"] != df["partner_id"]

    @pa.dataframe_check(name="relation_id is the two place ids in order")
    def id_in_order(cls, df: pd.DataFrame) -> pd.Series:
        return null_passes(
            text(df["relation_id"]) == relation_ids(df["place_id"], df["partner_id"])
        )

    @pa.dataframe_check(name="country_code is the country of the partner's id")
    def country_of_id(cls, df: pd.DataFrame) -> pd.Series:
        return country_of_partner(df)


class Places(Table):
    """A place that some row names."""

    place_id: Series[Text] = place(
        "Its id: iso3166-2:, geonames:, gb2260: or dopa: and the code there", unique=True
    )
    name: Series[Text] = column(
        "Its name in English, or in Latin script", str_length={"min_value": 1}
    )
    name_th: Series[Text] = column("Its name in Thai", nullable=True)
    name_th_origin: Series[Text] = column(
        "Where name_th comes from; official: spelt by official rules, not known to be in use",
        nullable=True,
        isin=NAME_TH_ORIGINS,
    )
    name_local: Series[Text] = column("Its name in the country's own script", nullable=True)
    level: Series[Text] = column("Its level in its country", isin=LEVELS)
    country_code: Series[Text] = country("Its country (ISO 3166-1 alpha-2)")
    admin1_code: Series[Text] = subdivision("Its first-level unit (ISO 3166-2)")
    iso3166_2: Series[Text] = subdivision("Its own ISO 3166-2 code")
    geonames_id: Series[Text] = column(
        "Its GeoNames id", nullable=True, str_matches=pattern(r"[1-9]\d*")
    )
    gb2260_code: Series[Text] = column(
        "Its GB/T 2260 code (China)", nullable=True, str_matches=pattern(r"\d{6}")
    )
    dopa_code: Series[Text] = column(
        "Its code of the Department of Provincial Administration (Thailand)",
        nullable=True,
        str_matches=pattern(r"(?:\d{2}){1,3}"),
    )
    latitude: Series[Number] = column("Degrees north (WGS 84)", nullable=True, ge=-90, le=90)
    longitude: Series[Number] = column("Degrees east (WGS 84)", nullable=True, ge=-180, le=180)

    @pa.dataframe_check(name="country_code is the country of its codes")
    def country_of_codes(cls, df: pd.DataFrame) -> pd.Series:
        country = text(df["country_code"])
        codes = (text(df["admin1_code"]).str[:2], text(df["iso3166_2"]).str[:2])
        return null_passes(country == codes[0]) & null_passes(country == codes[1])

    @pa.dataframe_check(name="place_id is the place's own code in that scheme")
    def id_is_code(cls, df: pd.DataFrame) -> pd.Series:
        place_id = text(df["place_id"])
        schemes = {
            "iso3166-2": "iso3166_2",
            "geonames": "geonames_id",
            "gb2260": "gb2260_code",
            "dopa": "dopa_code",
        }
        own = pd.Series(data=False, index=df.index)
        for scheme, code in schemes.items():
            own |= (place_id == f"{scheme}:" + text(df[code])).fillna(value=False).astype(bool)
        first_level = text(df["level"]) == "admin1"
        return own & (place_id.str.startswith("iso3166-2:") | ~first_level).fillna(value=True)

    @pa.dataframe_check(name="name_th_origin is given for a Thai name, and only there")
    def origin_of_thai_name(cls, df: pd.DataFrame) -> pd.Series:
        return df["name_th"].isna() == df["name_th_origin"].isna()


class Organizations(Table):
    """A body of cities or local governments."""

    organization_id: Series[Text] = column(
        "Its acronym or name as a slug", str_matches=pattern(SLUG), unique=True
    )
    name: Series[Text] = column("Its name, as first printed")
    acronym: Series[Text] = column("Its acronym", nullable=True)


class Memberships(Table):
    """A member of an organization, according to one line of a source."""

    membership_id: Series[Text] = line_key()
    organization_id: Series[Text] = column("The organization (organizations)")
    place_id: Series[Text] = place("The member (places); null if it has no match", nullable=True)
    source_id: Series[Text] = column("The source that states it (sources)")
    line: Series[Integer] = line_number()
    sequence: Series[Integer] = column("The number printed before it", nullable=True)
    verbatim_name: Series[Text] = column("The organization, as printed")
    description: Series[Text] = column("What the source says about it", nullable=True)


class Events(Table):
    """A dated statement about a pair."""

    event_id: Series[Text] = line_key()
    source_id: Series[Text] = column("The source that states it (sources)")
    line: Series[Integer] = line_number()
    date: Series[Text] = reduced_date("The date, no more precise than printed (reduced ISO 8601)")
    verbatim_date: Series[Text] = column("The date, as printed")
    text: Series[Text] = column("The statement, as printed")
    relation_id: Series[Text] = column(
        "The pair (relations), if the document is about one pair", nullable=True
    )


class Claims(Table):
    """What a source says about its own contents, next to what was counted."""

    claim_id: Series[Text] = line_key()
    source_id: Series[Text] = column("The source that claims it (sources)")
    line: Series[Integer] = line_number()
    section: Series[Text] = column(
        "The section it is about; null for the whole document", nullable=True
    )
    subject: Series[Text] = column("What it counts: pairs, provinces, cities, countries ...")
    claimed: Series[Integer] = column("The number it claims", ge=0)
    counted: Series[Integer] = column("The number of entries listed", nullable=True, ge=0)
    distinct: Series[Integer] = column("The number of different entries", nullable=True, ge=0)
    verdict: Series[Text] = column("Whether the claim equals the count", isin=VERDICTS)
    verbatim: Series[Text] = column("The claim, as printed")

    @pa.dataframe_check(name="the verdict follows from the numbers")
    def verdict_follows(cls, df: pd.DataFrame) -> pd.Series:
        return null_passes(text(df["verdict"]) == verdicts(df["claimed"], df["counted"]))


class Issues(Table):
    """One thing that a careful reader should know about one line."""

    issue_id: Series[Text] = column(
        "source_id#L<line>:<field>:<code>; .<n> is added from the second of a kind",
        str_matches=pattern(rf"{LINE}:[a-z0-9_]+:[a-z0-9_]+(?:\.[1-9]\d*)?"),
        unique=True,
    )
    source_id: Series[Text] = column("The source (sources)")
    line: Series[Integer] = line_number()
    field: Series[Text] = column("The column it is about")
    code: Series[Text] = column("The kind of issue", isin=tuple(CODES))
    severity: Series[Text] = column("How serious it is", isin=SEVERITIES)
    verbatim: Series[Text] = column("The text it is about, as printed", nullable=True)
    message: Series[Text] = column("What a reader should know")
    candidates: Series[Text] = column(
        "Place ids that it may mean, likeliest first, separated by spaces", nullable=True
    )
