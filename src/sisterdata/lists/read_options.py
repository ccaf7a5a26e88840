"""Read options that a user types: a country, a first-level unit, a date."""

from __future__ import annotations

from sisterdata import gazetteer
from sisterdata.errors import DataError
from sisterdata.places.check_arguments import country_codes
from sisterdata.text.dates import reduced_date


def country_code(text: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country, from a code or a name.

    >>> country_code("KR"), country_code("เกาหลีใต้")
    ('KR', 'KR')
    >>> country_code("Korea")
    Traceback (most recent call last):
    sisterdata.errors.DataError: 'Korea' is ambiguous; use KR or KP
    """
    codes = country_codes(text)
    if len(codes) == 1:
        return codes[0]
    if codes:
        raise DataError(f"{text!r} is ambiguous", todo=f"use {' or '.join(codes)}")
    raise DataError(
        f"cannot read the country {text!r}", todo="give its name, or its code, such as KR"
    )


def admin1_code(text: str) -> str:
    """The ISO 3166-2 code of a first-level unit that the gazetteer has.

    >>> admin1_code("CN-YN")
    'CN-YN'
    """
    if gazetteer.place(f"iso3166-2:{text}") is None:
        raise DataError(
            f"there is no first-level unit {text!r}", todo="give its ISO 3166-2 code, such as CN-YN"
        )
    return text


def date_in_force(text: str) -> str:
    """A day, month or year, in the Common or the Buddhist Era, as reduced ISO 8601.

    >>> date_in_force("2024-12"), date_in_force("2567")
    ('2024-12', '2024')
    """
    date = reduced_date(text)
    if date is None:
        raise DataError(f"{text!r} is not a date", todo="give it as 2024, 2024-12 or 2024-12-31")
    return date
