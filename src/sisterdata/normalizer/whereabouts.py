"""Where a place lies, in words."""

from __future__ import annotations

from sisterdata.normalizer import gazetteer
from sisterdata.normalizer.country_index import english_name
from sisterdata.normalizer.gazetteer import Place


def whereabouts(place: Place) -> str:
    """What kind of place it is, and in which region and country.

    >>> [whereabouts(gazetteer.place(i)) for i in ("geonames:1797318", "iso3166-2:KR-26")]
    ['city in Yunnan, China', 'admin1 in South Korea']
    """
    country = english_name(place.country_code)
    region = gazetteer.place(f"iso3166-2:{place.admin1_code}") if place.admin1_code else None
    within = [country] if region is None or region.id == place.id else [region.name, country]
    until = "" if place.valid_to is None else f", until {place.valid_to}"
    return f"{place.level} in {', '.join(within)}{until}"
