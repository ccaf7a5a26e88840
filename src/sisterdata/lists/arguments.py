"""What a person gives beside names, checked: a country, a region, a date."""

from __future__ import annotations

from sisterdata import gazetteer
from sisterdata.countries.match import match_country
from sisterdata.errors import DataError
from sisterdata.text.dates import reduced_date


def country_code(text: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country, by its code or a name of its own.

    >>> country_code("KR"), country_code("เกาหลีใต้")
    ('KR', 'KR')
    >>> country_code("Korea")
    Traceback (most recent call last):
    sisterdata.errors.DataError: 'Korea' is no country for sure; give a code, such as KR or KP
    """
    if text in gazetteer.countries():
        return text
    found = match_country(text)
    if found.id is not None and found.status != "inferred":
        return found.id
    meant = " or ".join(candidate.id for candidate in found.candidates[:5]) or "KR"
    raise DataError(f"{text!r} is no country for sure", todo=f"give a code, such as {meant}")


def admin1_code(text: str) -> str:
    """The ISO 3166-2 code of a first-level unit, which the gazetteer must have.

    >>> admin1_code("CN-YN")
    'CN-YN'
    """
    if gazetteer.place(f"iso3166-2:{text}") is None:
        raise DataError(
            f"{text!r} is no first-level unit", todo="give its code in ISO 3166-2, such as CN-YN"
        )
    return text


def date_in_force(text: str) -> str:
    """A day, month or year, of either era, as reduced ISO 8601.

    >>> date_in_force("2024-12"), date_in_force("2567")
    ('2024-12', '2024')
    """
    date = reduced_date(text)
    if date is None:
        raise DataError(f"{text!r} is no date", todo="give it as 2024, 2024-12 or 2024-12-31")
    return date
