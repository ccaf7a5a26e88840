"""Where a place lies, in words."""

from __future__ import annotations

from functools import cache

from sisterdata import gazetteer
from sisterdata.countries.index import english_name
from sisterdata.gazetteer.index import Place


def whereabouts(place: Place) -> str:
    """What kind of place it is, and in which region and country.

    >>> [whereabouts(gazetteer.place(i)) for i in ("geonames:1797318", "iso3166-2:KR-26")]
    ['city in Yunnan, China', 'admin1 in South Korea']
    """
    region = _region(place.admin1_code) if place.admin1_code else None
    within = [english_name(place.country_code)]
    if region is not None and place.iso3166_2 != place.admin1_code:
        within.insert(0, region)
    until = "" if place.valid_to is None else f", until {place.valid_to}"
    return f"{place.level} in {', '.join(within)}{until}"


@cache
def _region(code: str) -> str | None:
    region = gazetteer.place(f"iso3166-2:{code}")
    return None if region is None else region.name
