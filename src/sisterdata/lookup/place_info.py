"""What is known of a place id, or of a column of them; what a place belongs to; distances."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sisterdata import gazetteer
from sisterdata.argument_types import shown
from sisterdata.errors import DataError
from sisterdata.gazetteer.place import Place
from sisterdata.lookup.country_display_names import country_name, country_name_th
from sisterdata.vocabulary import LEVELS, PLACE_SCHEMES

if TYPE_CHECKING:
    import pandas as pd

_EARTH_RADIUS = 6371.0088  # km, the mean radius of WGS 84
_NUMBERS = {"latitude": "Float64", "longitude": "Float64", "population": "Int64"}
_SHOWN = 5  # ids that a message lists


def get_place(place_id: str) -> Place:
    """Everything that is known about one place id.

    Parameters
    ----------
    place_id : str
        An id as the tables and `match_places` have it: ``iso3166-2:TH-50``, ``geonames:1787093``,
        ``gb2260:513400`` or ``dopa:5001``. A GeoNames id is also found where the place has another
        id here.

    Returns
    -------
    Place
        Names (English, Thai, local), level, country, first-level unit, coordinates, population,
        codes, dates and the unit that replaced it.

    Raises
    ------
    DataError
        The text is not an id, or the gazetteer has no place with it.

    Examples
    --------
    >>> import sisterdata
    >>> place = sisterdata.get_place("iso3166-2:KR-26")
    >>> place.name, place.name_th, place.country_code, place.level
    ('Busan', 'ปูซาน', 'KR', 'admin1')

    """
    if not isinstance(place_id, str):
        raise DataError(
            f"{place_id!r} is not a place id",
            todo="give one id as text; for a column of ids use get_places",
        )
    place = gazetteer.place(place_id.strip())
    if place is None:
        raise DataError(f"no place has the id {place_id!r}", todo=_id_hint(place_id))
    return place


def get_places(place_ids: Any) -> pd.DataFrame:
    """Everything that is known about a column of place ids.

    Parameters
    ----------
    place_ids : list, Series or Index of str
        Ids as in `get_place`; an id may come more than once. Missing ids give rows of nulls.

    Returns
    -------
    DataFrame
        One row for each id, on the same index, with the fields of `Place` as columns. `id` is
        called ``place_id``, as in the tables, and the country's names follow its code.

    Raises
    ------
    DataError
        Some ids are not in the gazetteer.

    Examples
    --------
    >>> import sisterdata
    >>> ids = ["iso3166-2:KR-26", "geonames:1787093"]
    >>> sisterdata.get_places(ids)[["name", "name_th", "country_name"]]
         name name_th country_name
    0   Busan   ปูซาน  South Korea
    1  Yantai  ยานถาย        China

    """
    import pandas as pd

    from sisterdata.dataframes import as_series, refuse_nested

    column = as_series(place_ids, "get_places")
    refuse_nested(column, "the column of ids")
    codes, distinct = pd.factorize(column)
    found: list[Place | None] = []
    unknown: list[object] = []
    for value in distinct.tolist():
        place = gazetteer.place(value.strip()) if isinstance(value, str) else None
        found.append(place)
        if place is None:
            unknown.append(value)
    if unknown:
        shown = ", ".join(map(repr, unknown[:_SHOWN]))
        more = f" and {len(unknown) - _SHOWN} more" if len(unknown) > _SHOWN else ""
        row = int((codes == found.index(None)).argmax())
        raise DataError(
            f"no place has the id {shown}{more}",
            where=f"row {column.index[[row]].tolist()[0]!r}",
            todo=_id_hint(unknown[0]),
        )
    # A missing id has code -1, which takes the last row: nulls.
    return place_frame([*found, None]).take(codes).set_axis(column.index)


def get_parent(place_id: str) -> Place | None:
    """The unit that a place belongs to; None for a first-level unit.

    Parameters
    ----------
    place_id : str
        An id as in `get_place`.

    Returns
    -------
    Place or None
        The district of a Thai subdistrict, the prefecture of a Chinese city, and otherwise the
        first-level unit.

    Raises
    ------
    DataError
        As `get_place` does.

    Examples
    --------
    >>> import sisterdata
    >>> sisterdata.get_parent("dopa:5001").name
    'Chiang Mai'
    >>> sisterdata.get_parent("iso3166-2:TH-50") is None
    True

    """
    place = get_place(place_id)
    parent = place.parent_id
    if parent is None and place.level != "admin1" and place.admin1_code is not None:
        parent = f"iso3166-2:{place.admin1_code}"
    return None if parent is None else gazetteer.place(parent)


def get_children(place_id: str, *, level: str | None = None, former: bool = False) -> pd.DataFrame:
    """The places whose parent (`get_parent`) is this one.

    Parameters
    ----------
    place_id : str
        An id as in `get_place`.
    level : str, optional
        Only places of this level, such as ``district``.
    former : bool
        Also units that no longer exist.

    Returns
    -------
    DataFrame
        One row for each place, with the columns of `get_places`; empty if there are none.

    Raises
    ------
    DataError
        As `get_place` does, and where `level` is not a level.

    Examples
    --------
    >>> import sisterdata
    >>> districts = sisterdata.get_children("iso3166-2:TH-50", level="district")
    >>> len(districts), districts["name_th"][0]
    (25, 'อำเภอเมืองเชียงใหม่')

    """
    place = get_place(place_id)
    check_level(level)
    country = gazetteer.country(place.country_code)
    number = country.find(place.id)
    unit = place.iso3166_2 if place.level == "admin1" else None
    children = [
        child
        for child, parent in enumerate(country.parents.tolist())
        if parent == number
        or (parent < 0 and unit is not None and country.admin1[child] == unit and child != number)
    ]
    entries = [country.entry(child) for child in children]
    kept = [
        entry
        for entry in entries
        if entry.level != "admin1"
        and (level is None or entry.level == level)
        and (former or entry.valid_to == "")
    ]
    return place_frame([entry.place() for entry in kept])


def distance(a: str | Place, b: str | Place) -> float:
    """The distance between two places in kilometres, along the great circle.

    Parameters
    ----------
    a, b : str or Place
        Two ids as in `get_place`, or places.

    Returns
    -------
    float
        Kilometres on a sphere of the Earth's mean radius; at most 0.6 % from the ellipsoid.

    Raises
    ------
    DataError
        As `get_place` does, and where the coordinates of a place are not known.

    Examples
    --------
    >>> import sisterdata
    >>> round(sisterdata.distance("iso3166-2:TH-50", "iso3166-2:CN-CQ"))
    1422

    """
    (lat_a, lon_a), (lat_b, lon_b) = _position(a), _position(b)
    half = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS * math.asin(min(1.0, math.sqrt(half)))


def place_frame(places: Iterable[Place | None]) -> pd.DataFrame:
    """Places as a frame with the columns of `get_places`; None becomes a row of nulls."""
    import pandas as pd

    from sisterdata.dataframes import TEXT

    listed = list(places)
    columns: dict[str, pd.Series[Any]] = {}
    for field in fields(Place):
        values = [None if place is None else getattr(place, field.name) for place in listed]
        name = "place_id" if field.name == "id" else field.name
        columns[name] = pd.Series(values, dtype=_NUMBERS.get(field.name, TEXT))
        if name == "country_code":
            for more, names in (
                ("country_name", country_name),
                ("country_name_th", country_name_th),
            ):
                said = [None if code is None else names(code) for code in values]
                columns[more] = pd.Series(said, dtype=TEXT)
    return pd.DataFrame({name: columns[name] for name in PLACE_COLUMNS})


PLACE_COLUMNS = (
    *("place_id", "name", "name_th", "name_th_origin", "name_local", "level"),
    *("country_code", "country_name", "country_name_th"),
    *("admin1_code", "admin1_name", "admin1_name_th", "latitude", "longitude", "population"),
    *("iso3166_2", "geonames_id", "gb2260_code", "dopa_code"),
    *("valid_from", "valid_to", "replaced_by", "former_admin1", "parent_id"),
)


def check_level(level: object) -> None:
    """Raise `DataError` for what is not a level."""
    if level is not None and (not isinstance(level, str) or level not in LEVELS):
        raise DataError(f"unknown level {shown(level)}", todo=f"use one of {', '.join(LEVELS)}")


def _position(place: str | Place) -> tuple[float, float]:
    found = place if isinstance(place, Place) else get_place(place)
    if found.latitude is None or found.longitude is None:
        raise DataError(
            f"the coordinates of {found.name} ({found.id}) are not known",
            todo="use get_parent() of it, which may have some",
        )
    return math.radians(found.latitude), math.radians(found.longitude)


def _id_hint(value: object) -> str:
    scheme = value.partition(":")[0] if isinstance(value, str) else ""
    if scheme in PLACE_SCHEMES:
        return "check the code; match_places gives the ids of names"
    return (
        "an id looks like iso3166-2:TH-50 or geonames:1787093; match_places gives the ids of names"
    )
