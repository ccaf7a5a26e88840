"""The names of a country to show, by its code."""

from __future__ import annotations

from functools import cache

from sisterdata.countries.comparison_key import country_key
from sisterdata.countries.index import english_name, lookup_known, thai_keys
from sisterdata.iso3166 import iso_name_th, iso_official_name_th

_ROYAL_SOCIETY = "short name of the Royal Society"


def country_name(alpha_2: str) -> str:
    """Its short English name (CLDR).

    >>> country_name("KR"), country_name("LA")
    ('South Korea', 'Laos')
    """
    return english_name(alpha_2)


def country_name_th(alpha_2: str) -> str | None:
    """Its short Thai name, as the Royal Society or else CLDR has it.

    >>> country_name_th("KR"), country_name_th("TR"), country_name_th("VG")
    ('เกาหลีใต้', 'ทูร์เคีย', 'หมู่เกาะบริติชเวอร์จิน')
    """
    keys = _thai_keys("name").get(alpha_2, [])
    keys.sort(key=lambda key: lookup_known(key).note != _ROYAL_SOCIETY)
    return _as_written(keys[0], iso_name_th(alpha_2)) if keys else iso_name_th(alpha_2)


def official_name_th(alpha_2: str) -> str | None:
    """Its formal Thai name, where one is known.

    >>> official_name_th("KR"), official_name_th("LA")
    ('สาธารณรัฐเกาหลี', 'สาธารณรัฐประชาธิปไตยประชาชนลาว')
    """
    said, short = iso_official_name_th(alpha_2), country_name_th(alpha_2)
    keys = _thai_keys("official").get(alpha_2, [])
    if not keys:
        return said
    if said is not None and country_key(said) in keys:
        return said
    return next((key for key in keys if short is not None and country_key(short) in key), keys[0])


def _as_written(key: str, said: str | None) -> str:
    """A name from its key, with the spaces and brackets of ISO's translation if it is the same."""
    return said if said is not None and country_key(said) == key else key


@cache
def _thai_keys(kind: str) -> dict[str, list[str]]:
    """Alpha-2 code -> the Thai names of this kind in the index."""
    found: dict[str, list[str]] = {}
    for key in thai_keys():
        entry = lookup_known(key)
        if entry.kind == kind:
            found.setdefault(entry.codes[0], []).append(key)
    return found
