"""What a caller gives beside a printed place: country, region, levels, date, least score."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from sisterdata import gazetteer
from sisterdata.argument_types import shown
from sisterdata.countries.match import match_country
from sisterdata.errors import DataError
from sisterdata.text.fold_names import fold
from sisterdata.vocabulary import LEVELS

_LEVELS = tuple(dict.fromkeys((*LEVELS, "subdistrict")))
_REDUCED_DATE = re.compile(
    r"(?:1[5-9]|2[01])\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
)
_COUNTRY_HINT = "give its name or a code of ISO 3166-1, such as KR, KOR or South Korea"


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for every row of a column, checked.

    levels
        The only levels an answer may have; empty for all.
    date
        When the unit has to be in force, as a reduced ISO date; None for today.
    min_score
        The least score of an answer; None for the default.
    successor
        Answer a former unit with the unit that took over.
    """

    levels: tuple[str, ...] = ()
    date: str | None = None
    min_score: float | None = None
    successor: bool = False


def read_options(level: object, date: object, min_score: object, *, successor: bool) -> Options:
    """Check the options of `match_place` and `match_places`; raises `DataError`.

    >>> read_options(["admin1", "city"], "2024-12", None, successor=False).levels
    ('admin1', 'city')
    """
    return Options(read_levels(level), read_date(date), read_min_score(min_score), bool(successor))


def read_levels(level: object) -> tuple[str, ...]:
    """The levels that `level=` names: one, several, or none at all.

    >>> read_levels("admin1"), read_levels(None)
    (('admin1',), ())
    """
    if is_missing(level):
        return ()
    names = (level,) if isinstance(level, str) else level
    unknown: object = level
    if isinstance(names, Iterable):
        levels = tuple(names)
        unknown = next(
            (name for name in levels if not isinstance(name, str) or name not in _LEVELS), None
        )
        if levels and unknown is None:
            return tuple(dict.fromkeys(levels))
    known = ", ".join(_LEVELS)
    raise DataError(
        f"unknown level {shown(unknown)}", todo=f"use one of {known}, or a list of them"
    )


def read_country(value: object) -> tuple[str, ...]:
    """The ISO 3166-1 codes that `country=` may mean; several for an ambiguous name.

    None and other missing values give no code. Raises `DataError` where the value cannot be read.

    >>> read_country("เกาหลีใต้"), read_country("KOR"), read_country("Korea"), read_country(None)
    (('KR',), ('KR',), ('KR', 'KP'), ())
    """
    if is_missing(value):
        return ()
    codes = country_codes(value)
    if not codes:
        raise DataError(f"cannot read the country {shown(value)}", todo=_COUNTRY_HINT)
    return codes


def country_codes(value: object) -> tuple[str, ...]:
    """The codes that a value may mean, none where it is no country that can be read."""
    if isinstance(value, str) and value in gazetteer.countries():
        return (value,)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ()
    if isinstance(value, float):
        if not value.is_integer():
            return ()
        value = int(value)
    found = match_country(value)
    if found.id is not None:
        return (found.id,)
    ambiguous = found.status == "ambiguous"
    return tuple(candidate.id for candidate in found.candidates) if ambiguous else ()


def country_part(value: object) -> str | None:
    """The ISO 3166-2 code of a first-level unit that is given as a country.

    >>> country_part("Wales"), country_part("France")
    ('GB-WLS', None)
    """
    if not isinstance(value, str) or value in gazetteer.countries():
        return None
    found = match_country(value)
    if found.id not in gazetteer.countries() or not found.doubts:
        return None
    country = gazetteer.country(found.id)
    name = fold(value)
    units = (i for i in range(len(country)) if LEVELS[country.levels[i]] == "admin1")
    return next((country.iso3166_2[i] for i in units if fold(country.names[i]) == name), None)


def read_text(value: object, name: str) -> str | None:
    """The text that a caller gives, None where it is missing or empty."""
    if is_missing(value):
        return None
    if isinstance(value, str):
        return value
    raise DataError(f"{name} is not text: {shown(value)}", todo="give one text, or leave it out")


def read_date(value: object) -> str | None:
    """A reduced ISO date, None where it is missing.

    >>> read_date("2024-12")
    '2024-12'
    """
    date = read_text(value, "date")
    if date is not None and not _REDUCED_DATE.fullmatch(date):
        raise DataError(f"{date!r} is not a date", todo="give it as 2024, 2024-12 or 2024-12-31")
    return date


def read_min_score(value: object) -> float | None:
    """A score from 0 to 1, None where it is missing."""
    if is_missing(value):
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    raise DataError(f"min_score is {shown(value)}", todo="give a number from 0 to 1, such as 0.8")


def is_missing(value: object) -> bool:
    """Whether a value is null or an empty text.

    >>> is_missing(None), is_missing(float("nan")), is_missing(""), is_missing(0)
    (True, True, True, False)
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return True
    if isinstance(value, float) and math.isnan(value):
        return True
    return type(value).__name__ in {"NAType", "NaTType"}
