"""Countries by code or name, and the list of all."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sisterdata.countries.match import match_country
from sisterdata.curated_csv import read_rows
from sisterdata.errors import DataError
from sisterdata.iso3166 import IsoCountry, iso_countries, iso_country
from sisterdata.lookup.country_display_names import country_name, country_name_th, official_name_th

if TYPE_CHECKING:
    import pandas as pd

_TERRITORIES = Path(__file__).parents[1] / "curated" / "territories.csv"


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory of ISO 3166-1, or Kosovo.

    country_code, alpha_3, numeric
        Its codes. `country_code` is the alpha-2 code that all tables have. Kosovo has the
        user-assigned XK and XKX, and no numeric code.
    name, name_th
        Its short names in English and Thai: ``South Korea``, ``เกาหลีใต้``.
    iso_name
        The short name of ISO 3166-1: ``Korea, Republic of``.
    official_name, official_name_th
        Its formal names, where they are known.
    sovereign_code
        The state that a territory belongs to (DK for Greenland); its own code for a state, None
        for a territory that belongs to none or whose status is disputed.
    """

    country_code: str
    alpha_3: str
    numeric: str | None
    name: str
    name_th: str | None
    iso_name: str
    official_name: str | None
    official_name_th: str | None
    sovereign_code: str | None


def get_country(code_or_name: str | int) -> Country:
    """The codes and names of one country.

    Parameters
    ----------
    code_or_name : str or int
        A country in any form that `match_country` reads: an alpha-2, alpha-3 or numeric code, or a
        name in Thai, English or another language.

    Returns
    -------
    Country
        Its codes; its English, Thai and official names; the state it belongs to.

    Raises
    ------
    DataError
        The country cannot be read, or is ambiguous.

    Examples
    --------
    >>> import sisterdata
    >>> korea = sisterdata.get_country("เกาหลีใต้")
    >>> korea.alpha_3, korea.numeric, korea.name
    ('KOR', '410', 'South Korea')
    >>> sisterdata.get_country("GL").sovereign_code
    'DK'

    """
    code = country_code_of(code_or_name)
    found = iso_country(code)
    if found is None:
        raise DataError(f"{code} is not in ISO 3166-1", todo="see list_countries()")
    return _described(found)


def list_countries() -> pd.DataFrame:
    """All countries and territories of ISO 3166-1, and Kosovo.

    Returns
    -------
    DataFrame
        One row for each, sorted by alpha-2 code, with the fields of `Country` as columns.

    Examples
    --------
    >>> import sisterdata
    >>> countries = sisterdata.list_countries().set_index("country_code")
    >>> countries.loc[["KR", "LA"], ["alpha_3", "name", "name_th"]]
                 alpha_3         name    name_th
    country_code
    KR               KOR  South Korea  เกาหลีใต้
    LA               LAO         Laos        ลาว

    """
    import pandas as pd

    from sisterdata.dataframes import TEXT

    rows = [asdict(_described(country)) for country in iso_countries()]
    return pd.DataFrame(rows, dtype=object).astype(TEXT)


def country_code_of(code_or_name: object) -> str:
    """The alpha-2 code of a country in any form; `DataError` where it cannot be read."""
    hint = "give a name or a code, such as KR, KOR or South Korea"
    if not isinstance(code_or_name, str | int) or isinstance(code_or_name, bool):
        raise DataError(f"{code_or_name!r} is not a country", todo=hint)
    if isinstance(code_or_name, str) and iso_country(code_or_name) is not None:
        return code_or_name
    found = match_country(code_or_name)
    if found.id is not None:
        return found.id
    if found.status == "ambiguous":
        codes = " or ".join(candidate.id for candidate in found.candidates)
        raise DataError(f"{code_or_name!r} is ambiguous", todo=f"use {codes}")
    raise DataError(f"cannot read the country {code_or_name!r}", todo=hint)


def _described(country: IsoCountry) -> Country:
    code = country.alpha_2
    return Country(
        code,
        country.alpha_3,
        country.numeric,
        country_name(code),
        country_name_th(code),
        country.name,
        country.official_name,
        official_name_th(code),
        _sovereigns().get(code, code),
    )


@cache
def _sovereigns() -> dict[str, str | None]:
    """Territory -> the state it belongs to."""
    text = _TERRITORIES.read_text(encoding="utf-8")
    columns = ("country_code", "sovereign_code", "reason", "evidence")
    rows = read_rows(text, str(_TERRITORIES), columns, optional=("sovereign_code",))
    return {row["country_code"]: row["sovereign_code"] or None for _, row in rows}
