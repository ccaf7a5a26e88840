"""Lists of first-level units: those of a country, and Thailand's provinces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sisterdata import gazetteer
from sisterdata.lookup.country_info import country_code_of
from sisterdata.lookup.place_info import place_frame

if TYPE_CHECKING:
    import pandas as pd


def list_subdivisions(country: str, *, former: bool = False) -> pd.DataFrame:
    """The first-level units of a country, with their codes and names.

    Parameters
    ----------
    country : str
        A country in any form that `match_country` reads: ``TH``, ``THA``, ``ไทย``.
    former : bool
        Also units that no longer exist, with ``valid_to`` and ``replaced_by``.

    Returns
    -------
    DataFrame
        One row for each unit, sorted by its ISO 3166-2 code, with the columns of `get_places`.

    Raises
    ------
    DataError
        The country cannot be read, or is ambiguous.

    Examples
    --------
    >>> import sisterdata
    >>> units = sisterdata.list_subdivisions("VN")
    >>> len(units), len(sisterdata.list_subdivisions("VN", former=True))
    (34, 63)
    >>> units[["iso3166_2", "name", "name_th"]].head(2)
      iso3166_2      name          name_th
    0     VN-01  Lai Châu   จังหวัดลายเจิว
    1     VN-02   Lào Cai  จังหวัดหล่าวกาย

    """
    code = country_code_of(country)
    if code not in gazetteer.countries():
        return place_frame([])
    found = gazetteer.country(code)
    units = [
        entry
        for entry in map(found.entry, range(len(found)))
        if entry.level == "admin1" and (former or entry.valid_to == "")
    ]
    return place_frame(unit.place() for unit in sorted(units, key=lambda unit: unit.id))


def list_provinces() -> pd.DataFrame:
    """Thailand's 76 provinces and Bangkok, with their codes and names.

    Returns
    -------
    DataFrame
        77 rows, sorted by code, with the columns of `get_places`. Pattaya, a special city with
        an ISO 3166-2 code of its own, is not a province.

    Examples
    --------
    >>> import sisterdata
    >>> provinces = sisterdata.list_provinces()
    >>> len(provinces)
    77
    >>> provinces.loc[provinces["name"] == "Chiang Mai", "dopa_code"].item()
    '50'

    """
    units = list_subdivisions("TH")
    return units[units["dopa_code"].notna()].reset_index(drop=True)
