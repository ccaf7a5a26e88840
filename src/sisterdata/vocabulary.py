"""The closed vocabularies of the tables: statuses, levels, stages, issue codes, id patterns.

Imports nothing else of the library.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

LEVELS = ("admin1", "prefecture", "city", "district", "subdistrict")
# Where a place's Thai name comes from; `official` is spelt by rule, the others are in use.
NAME_TH_ORIGINS = ("geonames", "cldr", "curated", "official", "dopa")
Status = Literal["exact", "alias", "corrected", "inferred", "ambiguous", "unmatched", "not_run"]
STATUSES: tuple[Status, ...] = get_args(Status)
Instrument = Literal["LOI", "MOU", "agreement"]
Stage = Literal["not_stated", "drafting", "negotiating", "approved", "signed"]
NextStep = Literal["approve", "sign", "discuss", "upgrade_to_mou", "upgrade_to_agreement"]
Severity = Literal["info", "warning", "error"]

COUNTRY = r"[A-Z]{2}"
ADMIN1 = r"[A-Z]{2}-[A-Z0-9]{1,3}"
PLACE = rf"(?:iso3166-2:{ADMIN1}|geonames:[1-9]\d*|gb2260:\d{{6}}|dopa:\d{{4}}(?:\d{{2}})?)"
PLACE_SCHEMES = ("iso3166-2", "geonames", "gb2260", "dopa")
REDUCED_DATE = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
SOURCE = r"[^\s#]+"
LINE = rf"{SOURCE}#L[1-9]\d*(?:\.[1-9]\d*)?"

INSTRUMENTS: tuple[Instrument, ...] = get_args(Instrument)
# In the order in which a pair reaches them.
STAGES: tuple[Stage, ...] = get_args(Stage)
NEXT_STEPS: tuple[NextStep, ...] = get_args(NextStep)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
VERDICTS = ("holds", "differs", "not_countable")


class Code(NamedTuple):
    """How serious an issue with this code is, and what it says."""

    severity: Severity
    meaning: str


CODES: dict[str, Code] = {
    "admin1_conflict": Code("warning", "the place is not in the region printed with it"),
    "ambiguous_name": Code("error", "several places are about as likely; none is chosen"),
    "count_mismatch": Code(
        "warning", "the number that the source claims is not the number that it lists"
    ),
    "country_conflict": Code("error", "the place is not in the country printed with it"),
    "country_misnamed": Code("warning", "the printed country name belongs to another country"),
    "country_unread": Code("error", "the country given beside the name cannot be read"),
    "country_variant": Code("info", "the country is printed in an unusual form"),
    "date_carried": Code("info", "the date is in the sentence before"),
    "duplicate_organization": Code("warning", "the organization is listed more than once"),
    "duplicate_pair": Code("warning", "the source lists the pair more than once"),
    "era_assumed": Code("info", "the era of the year is not stated; it follows from the number"),
    "era_conflict": Code("warning", "the years printed in two eras are not the same"),
    "foreign_script": Code("warning", "a word contains letters of another script"),
    "impossible_date": Code("warning", "no calendar has the date; what is possible is kept"),
    "level_ambiguous": Code("info", "city or region: the text does not say which"),
    "level_mismatch": Code("info", "the type word does not fit the level of the place"),
    "missing_cell": Code("warning", "a cell is missing that other rows have"),
    "missing_year": Code("info", "there is no year, or it cannot be read"),
    "misspelling": Code("info", "the name is misspelt"),
    "not_in_force": Code("warning", "the unit does not exist at the date asked"),
    "note_not_understood": Code("info", "a part of the remark was not understood"),
    "nothing_found": Code("error", "the document has no pair, organization or event"),
    "number_out_of_order": Code("info", "the printed numbers are not in order"),
    "other_signatory": Code("info", "the remark names a signatory other than the place"),
    "other_year": Code("info", "several columns have a year; the message says which is used"),
    "pair_not_certain": Code("warning", "a sentence mentions a tie, but no certain pair"),
    "region_unknown": Code("warning", "a region printed with the place is not known"),
    "repaired_text": Code("info", "damaged characters were repaired before matching"),
    "same_place": Code("error", "the place is paired with itself"),
    "side_assumed": Code("info", "nothing says which of the two places has the list"),
    "tie_assumed": Code("warning", "nothing says that the pairs of places are sister cities"),
    "truncated_note": Code("warning", "the remark breaks off"),
    "unknown_column": Code("warning", "the header of a column is not known"),
    "unmatched_name": Code("error", "no place is likely enough"),
    "unparsed_line": Code("error", "a line could not be classified"),
    "year_implausible": Code("warning", "the year is later than the source, and is left out"),
    "year_range": Code("info", "several years are printed; the first is used"),
}
