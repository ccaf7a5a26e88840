"""The tables: a strict pandera model each, which is also the data dictionary.

A model is importable and validates frames of one's own::

    from sisterdata.schemas import Relations
    Relations.validate(frame, lazy=True)

Names follow Darwin Core (``verbatim_*``), PROV (a source attests) and Frictionless (keys).
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors
from pandera.typing.pandas import Series

from sisterdata.errors import DataError
from sisterdata.vocabulary import (
    ADMIN1,
    CODES,
    COUNTRY,
    INSTRUMENTS,
    LEVELS,
    LINE,
    NEXT_STEPS,
    PLACE,
    REDUCED_DATE,
    SEVERITIES,
    SLUG,
    SOURCE,
    STAGES,
    STATUSES,
    VERDICTS,
)

Text = pd.StringDtype
Integer = pd.Int64Dtype
Number = pd.Float64Dtype


def validate(df: pd.DataFrame, table: str) -> pd.DataFrame:
    """Validate `df` as `table` and return it with the table's column types.

    Raises pandera's ``SchemaErrors`` with every failure, each with its row, and `DataError`
    where there is no such table.

    >>> from sisterdata import load
    >>> len(validate(load("relations"), "relations")) == len(load("relations"))
    True
    """
    return model(table).validate(df, lazy=True)


def model(table: str) -> type[pa.DataFrameModel]:
    """The pandera model of `table`."""
    if not isinstance(table, str) or table not in TABLES:
        raise DataError(f"there is no table {table!r}", todo=f"choose one of {', '.join(TABLES)}")
    return TABLES[table]


def title(table: str) -> str:
    """What one row of `table` is.

    >>> title("relations")
    'One pair of places, whoever attests it.'
    """
    return str(model(table).__doc__)


def failures(error: SchemaErrors) -> pd.DataFrame:
    """What a failed validation found: one row a failure, with ``column, check, index, value``."""
    cases = error.failure_cases
    return pd.DataFrame(
        {
            "column": cases["column"].astype("string"),
            "check": cases["check"].astype("string"),
            "index": cases["index"].astype("string"),
            "value": cases["failure_case"].astype("string"),
        }
    )


def _column(description: str, **rules: Any) -> Any:
    return pa.Field(description=description, **rules)


def _form(pattern: str) -> str:
    return rf"^{pattern}$(?!\n)"  # $ alone would let a line break through


class _Table(pa.DataFrameModel):
    class Config:
        strict = True
        ordered = True
        coerce = True


class Sources(_Table):
    """A document that was received."""

    source_id: Series[Text] = _column(
        "The source's name, that of its folder in raw/", str_matches=_form(SOURCE), unique=True
    )
    title: Series[Text] = _column("The document's title, as printed")
    publisher: Series[Text] = _column("Who published it")
    language: Series[Text] = _column(
        "The language of the document (BCP 47)",
        str_matches=_form(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"),
    )
    layout: Series[Text] = _column(
        "How it is laid out, which decides how it is parsed",
        isin=("table", "list", "article"),
    )
    date: Series[Text] = _column(
        "The day of its status or publication (reduced ISO 8601); null where it states none",
        nullable=True,
        str_matches=_form(REDUCED_DATE),
    )
    file: Series[Text] = _column("The file's path in raw/")
    sha256: Series[Text] = _column(
        "SHA-256 of the file's bytes", str_matches=_form(r"[0-9a-f]{64}")
    )
    lines: Series[Integer] = _column("The last line of the file that is not blank", ge=1)
    licence: Series[Text] = _column("Its licence, 'not stated' where it states none")
    url: Series[Text] = _column("Where it was published; null where not known", nullable=True)


class Attestations(_Table):
    """One statement of a pair, by one source, on one line."""

    attestation_id: Series[Text] = _column(
        "source_id#L<line>, and .<n> from the second on that line",
        str_matches=_form(LINE),
        unique=True,
    )
    source_id: Series[Text] = _column("The source that states it (sources)")
    line: Series[Integer] = _column("1-based line in the raw file", ge=1)
    section: Series[Text] = _column("The heading it stands under, as printed", nullable=True)
    sequence: Series[Integer] = _column("The number printed before it", nullable=True, ge=0)
    verbatim_place: Series[Text] = _column("The home place, as printed", nullable=True)
    verbatim_partner: Series[Text] = _column("The partner, as printed", nullable=True)
    verbatim_year: Series[Text] = _column("The year or date, as printed", nullable=True)
    verbatim_note: Series[Text] = _column("The remark, as printed", nullable=True)
    place_id: Series[Text] = _column(
        "The home place (places); null where not resolved",
        nullable=True,
        str_matches=_form(PLACE),
    )
    partner_id: Series[Text] = _column(
        "The partner (places); null where not resolved", nullable=True, str_matches=_form(PLACE)
    )
    country_code: Series[Text] = _column(
        "The partner's country (ISO 3166-1 alpha-2)", nullable=True, str_matches=_form(COUNTRY)
    )
    admin1_code: Series[Text] = _column(
        "The partner's first-level unit (ISO 3166-2)", nullable=True, str_matches=_form(ADMIN1)
    )
    level: Series[Text] = _column("The partner's level", nullable=True, isin=LEVELS)
    match_status: Series[Text] = _column("How the partner was resolved", isin=STATUSES)
    match_score: Series[Number] = _column(
        "How sure the partner's match is", nullable=True, ge=0, le=1
    )
    match_rule: Series[Text] = _column("Why, in words")
    year: Series[Integer] = _column(
        "The year it gives (Common Era)", nullable=True, ge=1900, le=2200
    )
    date: Series[Text] = _column(
        "The date it gives, no finer than printed (reduced ISO 8601)",
        nullable=True,
        str_matches=_form(REDUCED_DATE),
    )
    instrument: Series[Text] = _column(
        "What was or is to be signed", nullable=True, isin=INSTRUMENTS
    )
    stage: Series[Text] = _column("How far it has come", isin=STAGES)
    topic: Series[Text] = _column("What it is about, as printed", nullable=True)
    next_step: Series[Text] = _column("What is to come", nullable=True, isin=NEXT_STEPS)
    relation_id: Series[Text] = _column(
        "The pair (relations); null where a side is not resolved", nullable=True
    )

    @pa.dataframe_check(name="an attestation's id is its source and line")
    def id_cites(cls, df: pd.DataFrame) -> pd.Series:
        return _cites(df, "attestation_id")

    @pa.dataframe_check(name="country_code is the country of the partner's id")
    def country_of_id(cls, df: pd.DataFrame) -> pd.Series:
        return _country_agrees(df)

    @pa.dataframe_check(name="an id stands where the status says so, and only there")
    def id_fits_status(cls, df: pd.DataFrame) -> pd.Series:
        open_ = df["match_status"].isin(("ambiguous", "unmatched", "not_run"))
        return df["partner_id"].isna() == open_

    @pa.dataframe_check(
        name="a relation is the row's pair, and stands where both sides are resolved"
    )
    def relation_of_row(cls, df: pd.DataFrame) -> pd.Series:
        pair = relation_ids(df["place_id"], df["partner_id"])
        return _text(df["relation_id"]).fillna("") == pair.fillna("")

    @pa.dataframe_check(name="a date is a day of the calendar")
    def day_of_calendar(cls, df: pd.DataFrame) -> pd.Series:
        return _days(df["date"])

    @pa.dataframe_check(name="year is the year of date")
    def year_of_date(cls, df: pd.DataFrame) -> pd.Series:
        return _passed(_text(df["date"]).str[:4] == _text(df["year"]))


class Relations(_Table):
    """One pair of places, whoever attests it."""

    relation_id: Series[Text] = _column(
        "The two place ids in their order, joined by '~'",
        str_matches=_form(rf"{PLACE}~{PLACE}"),
        unique=True,
    )
    place_id: Series[Text] = _column(
        "One side (places): the Thai one, or else the first in order", str_matches=_form(PLACE)
    )
    partner_id: Series[Text] = _column("The other side (places)", str_matches=_form(PLACE))
    country_code: Series[Text] = _column(
        "The partner's country (ISO 3166-1 alpha-2)", str_matches=_form(COUNTRY)
    )
    first_year: Series[Integer] = _column(
        "The earliest year that an attestation gives (Common Era)",
        nullable=True,
        ge=1900,
        le=2200,
    )
    date: Series[Text] = _column(
        "The finest date given in that year (reduced ISO 8601)",
        nullable=True,
        str_matches=_form(REDUCED_DATE),
    )
    instrument: Series[Text] = _column(
        "What was or is to be signed, of an attestation that has come so far",
        nullable=True,
        isin=INSTRUMENTS,
    )
    stage: Series[Text] = _column("The furthest stage that is attested", isin=STAGES)
    attestations: Series[Integer] = _column("How many statements attest it", ge=1)
    sources: Series[Text] = _column("Which sources do, in order, separated by blanks")

    @pa.dataframe_check(name="date is a day of the calendar, in the first year")
    def date_in_first_year(cls, df: pd.DataFrame) -> pd.Series:
        in_year = _passed(_text(df["date"]).str[:4] == _text(df["first_year"]))
        return in_year & _days(df["date"])

    @pa.dataframe_check(name="no relation of a place with itself")
    def two_places(cls, df: pd.DataFrame) -> pd.Series:
        return df["place_id"] != df["partner_id"]

    @pa.dataframe_check(name="a relation's id is its two place ids in order")
    def id_in_order(cls, df: pd.DataFrame) -> pd.Series:
        return _passed(_text(df["relation_id"]) == relation_ids(df["place_id"], df["partner_id"]))

    @pa.dataframe_check(name="country_code is the country of the partner's id")
    def country_of_id(cls, df: pd.DataFrame) -> pd.Series:
        return _country_agrees(df)


class Places(_Table):
    """A place that some row names."""

    place_id: Series[Text] = _column(
        "iso3166-2:, geonames: or gb2260: and the code there", str_matches=_form(PLACE), unique=True
    )
    name: Series[Text] = _column(
        "Its name in English or in Latin script", str_length={"min_value": 1}
    )
    name_th: Series[Text] = _column("Its name in Thai", nullable=True)
    name_local: Series[Text] = _column("Its name where it lies", nullable=True)
    level: Series[Text] = _column("Its level among its country's divisions", isin=LEVELS)
    country_code: Series[Text] = _column(
        "Its country (ISO 3166-1 alpha-2)", str_matches=_form(COUNTRY)
    )
    admin1_code: Series[Text] = _column(
        "Its first-level unit (ISO 3166-2)", nullable=True, str_matches=_form(ADMIN1)
    )
    iso3166_2: Series[Text] = _column(
        "Its own ISO 3166-2 code", nullable=True, str_matches=_form(ADMIN1)
    )
    geonames_id: Series[Text] = _column(
        "Its GeoNames id", nullable=True, str_matches=_form(r"[1-9]\d*")
    )
    gb2260_code: Series[Text] = _column(
        "Its GB/T 2260 code (China)", nullable=True, str_matches=_form(r"\d{6}")
    )
    wikidata_id: Series[Text] = _column(
        "Its Wikidata id; null where no source of ours links it",
        nullable=True,
        str_matches=_form(r"Q[1-9]\d*"),
    )
    latitude: Series[Number] = _column("Degrees north (WGS 84)", nullable=True, ge=-90, le=90)
    longitude: Series[Number] = _column("Degrees east (WGS 84)", nullable=True, ge=-180, le=180)

    @pa.dataframe_check(name="country_code is the country of its codes")
    def country_of_codes(cls, df: pd.DataFrame) -> pd.Series:
        country = _text(df["country_code"])
        codes = (_text(df["admin1_code"]).str[:2], _text(df["iso3166_2"]).str[:2])
        return _passed(country == codes[0]) & _passed(country == codes[1])

    @pa.dataframe_check(name="a place's id is its own code in that scheme")
    def id_is_code(cls, df: pd.DataFrame) -> pd.Series:
        own = ("iso3166-2:" + _text(df["iso3166_2"])).fillna("geonames:" + _text(df["geonames_id"]))
        return _passed(_text(df["place_id"]) == own.fillna("gb2260:" + _text(df["gb2260_code"])))


class Organizations(_Table):
    """A body of cities or local governments."""

    organization_id: Series[Text] = _column(
        "Its acronym or name as a slug", str_matches=_form(SLUG), unique=True
    )
    name: Series[Text] = _column("Its name, as first printed")
    acronym: Series[Text] = _column("Its acronym", nullable=True)


class Memberships(_Table):
    """Who is in an organization, by which source and line."""

    membership_id: Series[Text] = _column(
        "source_id#L<line>, and .<n> from the second on that line",
        str_matches=_form(LINE),
        unique=True,
    )
    organization_id: Series[Text] = _column("The organization (organizations)")
    place_id: Series[Text] = _column(
        "The member (places); null where not resolved", nullable=True, str_matches=_form(PLACE)
    )
    source_id: Series[Text] = _column("The source that states it (sources)")
    line: Series[Integer] = _column("1-based line in the raw file", ge=1)
    sequence: Series[Integer] = _column("The number printed before it", nullable=True)
    verbatim_name: Series[Text] = _column("The organization, as printed")
    description: Series[Text] = _column("What the source says of it", nullable=True)


class Events(_Table):
    """A dated statement about a pair."""

    event_id: Series[Text] = _column(
        "source_id#L<line>, and .<n> from the second on that line",
        str_matches=_form(LINE),
        unique=True,
    )
    source_id: Series[Text] = _column("The source that states it (sources)")
    line: Series[Integer] = _column("1-based line in the raw file", ge=1)
    date: Series[Text] = _column(
        "No finer than printed (reduced ISO 8601)", str_matches=_form(REDUCED_DATE)
    )
    verbatim_date: Series[Text] = _column("The date, as printed")
    text: Series[Text] = _column("The statement, as printed")
    relation_id: Series[Text] = _column(
        "The pair (relations), where the document is about one pair", nullable=True
    )


class Claims(_Table):
    """What a source says of its own contents, beside what was counted."""

    claim_id: Series[Text] = _column(
        "source_id#L<line>, and .<n> from the second on that line",
        str_matches=_form(LINE),
        unique=True,
    )
    source_id: Series[Text] = _column("The source that claims it (sources)")
    line: Series[Integer] = _column("1-based line in the raw file", ge=1)
    section: Series[Text] = _column("The section it speaks of; null for the whole", nullable=True)
    subject: Series[Text] = _column("What it counts: pairs, provinces, cities, countries ...")
    claimed: Series[Integer] = _column("The number it claims", ge=0)
    counted: Series[Integer] = _column("The number of entries listed", nullable=True, ge=0)
    distinct: Series[Integer] = _column(
        "The number of them once repetitions are taken out", nullable=True, ge=0
    )
    verdict: Series[Text] = _column("Whether claimed is counted", isin=VERDICTS)
    verbatim: Series[Text] = _column("The claim, as printed")

    @pa.dataframe_check(name="the verdict follows from the numbers")
    def verdict_follows(cls, df: pd.DataFrame) -> pd.Series:
        return _passed(_text(df["verdict"]) == verdicts(df["claimed"], df["counted"]))


class Issues(_Table):
    """One thing a careful reader should know of one line."""

    issue_id: Series[Text] = _column(
        "source_id#L<line>:<field>:<code>, and .<n> from the second of a kind",
        str_matches=_form(rf"{LINE}:[a-z0-9_]+:[a-z0-9_]+(?:\.[1-9]\d*)?"),
        unique=True,
    )
    source_id: Series[Text] = _column("The source (sources)")
    line: Series[Integer] = _column("1-based line in the raw file", ge=1)
    field: Series[Text] = _column("The column it is about")
    code: Series[Text] = _column("What kind of issue", isin=tuple(CODES))
    severity: Series[Text] = _column("How grave", isin=SEVERITIES)
    verbatim: Series[Text] = _column("The text it is about, as printed", nullable=True)
    message: Series[Text] = _column("What a reader should know")
    candidates: Series[Text] = _column(
        "Place ids it may mean, likeliest first, separated by blanks", nullable=True
    )


TABLES: dict[str, type[pa.DataFrameModel]] = {
    "sources": Sources,
    "attestations": Attestations,
    "relations": Relations,
    "places": Places,
    "organizations": Organizations,
    "memberships": Memberships,
    "events": Events,
    "claims": Claims,
    "issues": Issues,
}

# The first column of each table is its key.
KEYS: dict[str, str] = {table: next(iter(TABLES[table].to_schema().columns)) for table in TABLES}

# (table, column) -> (table, column) that it points to.
FOREIGN_KEYS: dict[tuple[str, str], tuple[str, str]] = {
    ("attestations", "source_id"): ("sources", "source_id"),
    ("attestations", "place_id"): ("places", "place_id"),
    ("attestations", "partner_id"): ("places", "place_id"),
    ("attestations", "relation_id"): ("relations", "relation_id"),
    ("relations", "place_id"): ("places", "place_id"),
    ("relations", "partner_id"): ("places", "place_id"),
    ("memberships", "organization_id"): ("organizations", "organization_id"),
    ("memberships", "place_id"): ("places", "place_id"),
    ("memberships", "source_id"): ("sources", "source_id"),
    ("events", "source_id"): ("sources", "source_id"),
    ("events", "relation_id"): ("relations", "relation_id"),
    ("claims", "source_id"): ("sources", "source_id"),
    ("issues", "source_id"): ("sources", "source_id"),
}


def empty(table: str) -> pd.DataFrame:
    """`table` with its columns and types and no row."""
    return model(table).empty()


def typed(df: pd.DataFrame, table: str) -> pd.DataFrame:
    """`df` with the columns of `table`, in its order and types; columns it lacks are null."""
    columns = model(table).to_schema().columns
    return pd.DataFrame(
        {
            name: df[name].astype(column.dtype.type)
            if name in df
            else pd.Series(pd.NA, index=df.index, dtype=column.dtype.type)
            for name, column in columns.items()
        },
        index=df.index,
    )


def relation_ids(place_ids: pd.Series, partner_ids: pd.Series) -> pd.Series:
    """The ids of the pairs, whichever side is named first.

    Null where a side is, and where both are the same place.

    >>> relation_ids(pd.Series(["iso3166-2:TH-10"]), pd.Series(["iso3166-2:CN-CQ"]))[0]
    'iso3166-2:CN-CQ~iso3166-2:TH-10'
    """
    place, partner = _text(place_ids), _text(partner_ids)
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


def _text(column: pd.Series) -> pd.Series:
    """`column` as text whose comparisons with null are null, on every pandas."""
    return column.astype("string")


def _cites(df: pd.DataFrame, key: str) -> pd.Series:
    """Whether an id is its row's source and line, and a number where it is not the first there."""
    cited = _text(df[key]).str.replace(r"(#L\d+)\.\d+$", r"\1", regex=True)
    return _passed(cited == _text(df["source_id"]) + "#L" + _text(df["line"]))


def _days(dates: pd.Series) -> pd.Series:
    """Whether whole dates are days that there are; null and reduced dates are."""
    whole = _text(dates).where(_text(dates).str.len() == 10)
    return whole.isna() | pd.to_datetime(whole, format="%Y-%m-%d", errors="coerce").notna()


def _passed(checks: pd.Series) -> pd.Series:
    """A check's outcome with null as passed: the column's own rule speaks of nulls."""
    return checks.astype("boolean").fillna(value=True).astype(bool)


def _country_agrees(df: pd.DataFrame) -> pd.Series:
    partner = _text(df["partner_id"])
    stated = partner.str.extract(r"^iso3166-2:([A-Z]{2})-", expand=False)
    stated = stated.mask(partner.str.startswith("gb2260:").fillna(value=False), "CN")
    return _passed(_text(df["country_code"]) == stated)
