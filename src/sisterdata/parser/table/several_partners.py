"""Cells that hold several partners: numbered, bulleted, or with semicolons between them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from sisterdata.countries.match import may_be_country, split_country
from sisterdata.gazetteer import keyed
from sisterdata.text.thai_letters import has_thai, name_separator

_MANY_BLANKS = re.compile(r"[ก-๎] [ก-๎].* [ก-๎].* [ก-๎]")
_SEVERAL = re.compile(r"[;•●▪]|(?:^|\s)\(?2[.)]\s?\S|[,、/&]|\band\b|และ")
_NUMBERED = re.compile(r"(?:^|\s)\(?\d{1,2}[.)]\s*(?=[^\W\d])")
_BULLETS = re.compile(r"\s*[;•●▪]\s*")
_BETWEEN = re.compile(r"\s*[,、]\s*|\s+(?:and|และ|&|/)\s*|\s*และ(?=เมือง|นคร|จังหวัด|มณฑล|แขวง|รัฐ)")
# A place in Thai that begins behind another one: two cities, or a city behind a country.
_NEXT_CITY = re.compile(r"\s+(?=เมือง[ก-ฮเ-ไ])")
_THAI_PLACE = re.compile("(?:เมือง|นคร|กรุง|จังหวัด|มณฑล|แขวง|รัฐ|เทศบาล|เขต|แคว้น)[ก-ฮเ-ไ]")
_LONGEST = 400


def has_several(cells: Iterable[str | None]) -> bool:
    """May a cell hold more than one partner?"""
    return any(cell is not None and not _is_one(cell) for cell in set(cells))


@lru_cache(maxsize=4096)
def partners_in(cell: str) -> list[str]:
    """The partners of a cell, each with the country that is printed behind them all.

    >>> partners_in("1. Kunming 2. Chengdu, China"), partners_in("Nice, France; Bonn, Germany")
    (['Kunming, China', 'Chengdu, China'], ['Nice, France', 'Bonn, Germany'])
    >>> partners_in("Kunming, Yunnan, China"), partners_in("Kunming, Chengdu, China")
    (['Kunming, Yunnan, China'], ['Kunming, China', 'Chengdu, China'])
    """
    if len(cell) > _LONGEST or _is_one(cell):
        return [cell]
    parts = _sure_parts(cell)
    if len(parts) > 1:
        return _with_last_country(parts)
    parts = _unbroken(cell)
    if len(parts) > 1:
        return parts
    before, country, match = split_country(cell)
    if match is None or match.id is None:
        return [cell]
    parts = [part for part in _BETWEEN.split(before) if part and part.strip()]
    if len(parts) < 2 or not all(_is_city(part, match.id) for part in parts):
        return [cell]
    separator = name_separator(cell)
    return [f"{part.strip()}{separator}{country}" for part in parts]


def _is_one(cell: str) -> bool:
    """Whether a cell has one name, perhaps with a comma before its region or country."""
    signs = _SEVERAL.findall(cell)
    return (not signs or signs == [","]) and " เมือง" not in cell and not _MANY_BLANKS.search(cell)


def _sure_parts(cell: str) -> list[str]:
    numbered = [part.strip(" ,;") for part in _NUMBERED.split(cell)]
    if len(numbered) > 2 and not numbered[0]:
        return [part for part in numbered if part]
    return [part.strip(" ,") for part in _BULLETS.split(cell) if part.strip(" ,")]


def _unbroken(cell: str) -> list[str]:
    """The partners of a cell that lost the line breaks between them.

    >>> _unbroken("เมืองยวี่ซี มณฑลยูนนาน ประเทศจีน แขวงบ่อแก้ว สปป.ลาว")
    ['เมืองยวี่ซี มณฑลยูนนาน ประเทศจีน', 'แขวงบ่อแก้ว สปป.ลาว']
    >>> _unbroken("Yuxi, China Bokeo, Laos"), _unbroken("Coyoacan, Mexico City, Mexico")
    (['Yuxi, China', 'Bokeo, Laos'], ['Coyoacan, Mexico City, Mexico'])
    """
    if has_thai(cell):
        parts: list[str] = []
        words: list[str] = []
        for word in cell.split():
            if words and _THAI_PLACE.match(word) and may_be_country(words[-1]) and len(words) > 1:
                parts.append(" ".join(words))
                words = []
            words.append(word)
        parts.append(" ".join(words))
        if len(parts) > 1:
            return parts
        cities = _NEXT_CITY.split(cell)
        whole = len(cities) > 1 and all(city.startswith("เมือง") for city in cities)
        return cities if whole and not any(map(_ends_in_region, cities[:-1])) else [cell]
    return _at_countries(cell.split(", "))


def _ends_in_region(text: str) -> bool:
    return split_country(text)[2] is None and " " in text


def _at_countries(pieces: list[str]) -> list[str]:
    """Cut behind a country that another place follows: "Yuxi, China Bokeo, Laos"."""
    parts: list[list[str]] = [[]]
    for at, piece in enumerate(pieces):
        words = piece.split(" ")
        follows = 0 < at < len(pieces) - 1 and not keyed(piece)
        sizes = range(len(words) - 1, 0, -1) if follows and not may_be_country(piece) else ()
        size = next((n for n in sizes if may_be_country(" ".join(words[:n]))), 0)
        if size and words[size][:1].isupper():
            parts[-1].append(" ".join(words[:size]))
            parts.append([" ".join(words[size:])])
        else:
            parts[-1].append(piece)
    named = [", ".join(part) for part in parts]
    return (
        named if all(split_country(name)[2] is not None for name in named) else [", ".join(pieces)]
    )


def _with_last_country(parts: list[str]) -> list[str]:
    """The parts; where only the last one names a country, it is that of all."""
    countries = [split_country(part)[1:] for part in parts]
    country, match = countries[-1]
    if match is None or any(found is not None for _, found in countries[:-1]):
        return list(parts)
    return [f"{part}{name_separator(part)}{country}" for part in parts[:-1]] + [parts[-1]]


def _is_city(name: str, country: str) -> bool:
    """Whether it is certainly a city of the country, and not a region."""
    from sisterdata.places.match import match_place

    if has_thai(name) and re.match("(?:มณฑล|รัฐ|แขวง|เขต|ประเทศ)", name.strip()):
        return False
    found = match_place(name, country=country)
    return found.status in ("exact", "alias") and str(found.id).startswith("geonames:")
