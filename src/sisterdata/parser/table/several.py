"""Cells that hold several partners: numbered, bulleted, or with semicolons between them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from sisterdata.countries.match import split_country
from sisterdata.text.scripts import has_thai, name_separator

_SEVERAL = re.compile(r"[;•●▪]|(?:^|\s)\(?2[.)]\s?\S|[,、/&]|\band\b|และ")
_NUMBERED = re.compile(r"(?:^|\s)\(?\d{1,2}[.)]\s*(?=[^\W\d])")
_BULLETS = re.compile(r"\s*[;•●▪]\s*")
_BETWEEN = re.compile(r"\s*[,、]\s*|\s+(?:and|และ|&|/)\s*|\s*และ(?=เมือง|นคร|จังหวัด|มณฑล|แขวง|รัฐ)")
_LONGEST = 400


def has_several(cells: Iterable[str | None]) -> bool:
    """May a cell hold more than one partner?"""
    return any(cell is not None and _SEVERAL.search(cell) for cell in set(cells))


@lru_cache(maxsize=4096)
def partners_in(cell: str) -> list[str]:
    """The partners of a cell, each with the country that is printed behind them all.

    >>> partners_in("1. Kunming 2. Chengdu, China"), partners_in("Nice, France; Bonn, Germany")
    (['Kunming, China', 'Chengdu, China'], ['Nice, France', 'Bonn, Germany'])
    >>> partners_in("Kunming, Yunnan, China"), partners_in("Kunming, Chengdu, China")
    (['Kunming, Yunnan, China'], ['Kunming, China', 'Chengdu, China'])
    """
    if len(cell) > _LONGEST or not _SEVERAL.search(cell):
        return [cell]
    parts = _sure_parts(cell)
    if len(parts) > 1:
        return _with_last_country(parts)
    before, country, match = split_country(cell)
    if match is None or match.id is None:
        return [cell]
    parts = [part for part in _BETWEEN.split(before) if part and part.strip()]
    if len(parts) < 2 or not all(_is_city(part, match.id) for part in parts):
        return [cell]
    separator = name_separator(cell)
    return [f"{part.strip()}{separator}{country}" for part in parts]


def _sure_parts(cell: str) -> list[str]:
    numbered = [part.strip(" ,;") for part in _NUMBERED.split(cell)]
    if len(numbered) > 2 and not numbered[0]:
        return [part for part in numbered if part]
    return [part.strip(" ,") for part in _BULLETS.split(cell) if part.strip(" ,")]


def _with_last_country(parts: list[str]) -> list[str]:
    """The parts; where only the last one names a country, it is that of all."""
    countries = [split_country(part)[1:] for part in parts]
    country, match = countries[-1]
    if match is None or any(found is not None for _, found in countries[:-1]):
        return list(parts)
    return [f"{part}{name_separator(part)}{country}" for part in parts[:-1]] + [parts[-1]]


def _is_city(name: str, country: str) -> bool:
    """Is it surely a city of the country, and no region of it?"""
    from sisterdata.places.match import match_place

    if has_thai(name) and re.match("(?:มณฑล|รัฐ|แขวง|เขต|ประเทศ)", name.strip()):
        return False
    found = match_place(name, country=country)
    return found.status in ("exact", "alias") and str(found.id).startswith("geonames:")
