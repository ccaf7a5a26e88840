"""What the names of a column say about each other: they are usually of one kind.

The level and, where none is given, the country of a column are read from its distinct names:
which names does the gazetteer have at which level, and in which country? Only a clear answer is
used, and it holds for names that leave their level or country open. Single names have no context.

A long column is represented by a sample of its distinct rows, chosen by their hashes. So the
context does not depend on the order of the rows or on how a file is cut into chunks.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from sisterdata import gazetteer
from sisterdata.countries.index import english_name
from sisterdata.places.parse_toponym import Unit
from sisterdata.places.regions_in_text import entries_heard, entries_named, everywhere
from sisterdata.vocabulary import LEVELS

SAMPLE = 300  # distinct rows that stand for a column
FEWEST, FEWEST_LEVEL = 3, 5  # names that say which country, and which level, they are of
# Shares of the names: that fit what is read; whose best known place lies in the country read. So a
# list of world cities, nearly all of which have namesakes in the United States, stays as it is.
FIT, BEST_KNOWN = 0.8, 0.6
FIT_MIXED = 0.9  # the first where the names lie in several countries
# A column of cities is more usual than one of provinces, and much more than one of another level;
# the level read has to be 150 times as likely as the next (5 in logarithms).
_PRIOR = {"city": 0.0, "admin1": -2.0, "prefecture": -3.0, "district": -3.0, "subdistrict": -3.0}
LEAD = 5.0
_NO_NAME = 1e-5  # likelihood of a name that no place of a level has
_POWER, _FLOOR = 0.82, 1000  # a city is named in proportion to its people, as in the posterior
_NAMES = {
    "admin1": "first-level units",
    "prefecture": "prefectures",
    "district": "districts",
    "subdistrict": "subdistricts",
    "city": "cities",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One name of a column, read on its own: where it may lie, and what is printed of it."""

    place: Unit
    countries: tuple[str, ...]
    anywhere: bool  # no country is printed, given or implied


@dataclass(frozen=True, slots=True)
class Context:
    """What the names of a column say, and why.

    `levels` holds the level of names in each country, under "" that of names in any; `country` is
    that of names without one.
    """

    levels: Mapping[str, str] = field(default_factory=dict, hash=False)
    country: str | None = None
    notices: tuple[str, ...] = ()

    def level(self, countries: tuple[str, ...]) -> str | None:
        """The level of names in these countries."""
        own = self.levels.get(countries[0]) if len(countries) == 1 else None
        return own or self.levels.get("")


NO_CONTEXT = Context()


def add_to_sample(sample: dict[tuple[int, str], object], rows: Iterable[object]) -> None:
    """Add distinct rows to a sample that keeps the SAMPLE of them with the smallest hashes.

    >>> one, other = {}, {}
    >>> add_to_sample(one, range(1000)), add_to_sample(other, reversed(range(1000)))
    (None, None)
    >>> one == other, len(one)
    (True, 300)
    """
    for row in rows:
        text = repr(row)
        sample[zlib.crc32(text.encode(errors="surrogatepass")), text] = row
        if len(sample) >= 2 * SAMPLE:
            _trim(sample)
    _trim(sample)


def _trim(sample: dict[tuple[int, str], object]) -> None:
    for key in sorted(sample)[SAMPLE:]:
        del sample[key]


def read_context(rows: Iterable[Row], *, levels: bool) -> Context:
    """The context that distinct rows of a column give; `levels` says whether levels are read."""
    read = list(rows)
    country, notices = None, []
    free = [row for row in read if row.anywhere]
    if len(free) >= FEWEST:
        country, notice = _country(read)
        notices += [notice] if country else []
    if country is not None:
        read = [_within(row, country) for row in read]
    found, of_levels = _levels([row for row in read if not row.anywhere]) if levels else ({}, [])
    return Context(found, country, (*notices, *of_levels))


def _within(row: Row, country: str) -> Row:
    return Row(row.place, (country,), anywhere=False) if row.anywhere else row


def _country(rows: list[Row]) -> tuple[str | None, str]:
    """The one country whose places the names are, in most cases the best known ones."""
    fits: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for row in rows:
        if not row.anywhere:
            fits.update(row.countries[:1])
            known.update(row.countries[:1])
            continue
        people = {
            code: max(_people(code, entry) for entry in entries)
            for code in everywhere(row.place.spellings)
            if (entries := _entries(code, row.place))
        }
        fits.update(people.keys() or row.countries)
        most = max(people.values(), default=0)
        known.update([c for c, number in people.items() if number >= most] or row.countries)
    if not fits:
        return None, ""
    code, *others = sorted(fits, key=lambda code: (-known[code], -fits[code], code))
    number = len(rows)
    if others and known[others[0]] >= BEST_KNOWN * known[code]:
        return None, ""
    if number < FEWEST or fits[code] < FIT * number or known[code] < BEST_KNOWN * number:
        return None, ""
    name = english_name(code)
    return code, f"{fits[code]} of {number} names fit places of {name}: read as places of {name}"


def _people(code: str, entry: int) -> int:
    return int(gazetteer.country(code).population[entry])


def _levels(rows: list[Row]) -> tuple[dict[str, str], list[str]]:
    """The level of the names of each country, or else of all together, with notices."""
    by_country: dict[str, list[Row]] = {}
    for row in rows:
        by_country.setdefault(row.countries[0] if len(row.countries) == 1 else "", []).append(row)
    levels, notices = {}, []
    for code in sorted(by_country):
        level, fits = _level(by_country[code], FIT)
        if level is not None and code:
            levels[code] = level
            notices.append(_notice(level, fits, len(by_country[code]), english_name(code)))
    if len(by_country) > 1:
        level, fits = _level(rows, FIT_MIXED)
        if level is not None and set(levels.values()) <= {level}:
            notices = [_notice(level, fits, len(rows), f"{len(by_country)} countries")]
            levels[""] = level
    return levels, notices


def _notice(level: str, fits: int, number: int, where: str) -> str:
    kind = _NAMES.get(level, level)
    return f"{fits} of {number} names fit {kind} of {where}: read as {kind}"


def _level(rows: list[Row], least: float) -> tuple[str | None, int]:
    """The level that the names are most likely of, and how many fit it."""
    likely = dict(_PRIOR)
    fits: Counter[str] = Counter()
    for row in rows:
        of_row = _likelihoods(row)
        fits.update(of_row.keys())
        for level in likely:
            likely[level] += math.log(max(of_row.get(level, 0.0), _NO_NAME))
    level, second = sorted(likely, key=lambda level: -likely[level])[:2]
    clear = likely[level] - likely[second] >= LEAD and fits[level] >= least * len(rows)
    return (level if clear and len(rows) >= FEWEST_LEVEL else None), fits[level]


def _likelihoods(row: Row) -> dict[str, float]:
    """How likely each level gives this name: one of its units, a city in proportion to people."""
    likely: dict[str, float] = defaultdict(float)
    for code in row.countries:
        found = gazetteer.country(code)
        for entry in _entries(code, row.place) or entries_heard(code, row.place.name):
            level = LEVELS[found.levels[entry]]
            municipal = level == "admin1" and bool(found.geonames[entry])
            for each in (level, "city") if municipal else (level,):
                likely[each] += _share(code, entry, each)
    wanted = row.place.levels
    return {level: share for level, share in likely.items() if not wanted or level in wanted}


def _share(code: str, entry: int, level: str) -> float:
    found = gazetteer.country(code)
    if level != "city":
        return 1 / int((found.levels == LEVELS.index(level)).sum())
    return float((float(found.population[entry]) + _FLOOR) ** _POWER / _all_cities(code))


@cache
def _all_cities(code: str) -> float:
    found = gazetteer.country(code)
    cities = (found.levels == LEVELS.index("city")) | (
        (found.levels == LEVELS.index("admin1")) & (found.geonames > 0)
    )
    return float(((found.population[cities].astype(float) + _FLOOR) ** _POWER).sum())


def _entries(code: str, place: Unit) -> frozenset[int]:
    names = (place.name, *place.longer, place.bare)
    return frozenset(entry for name in names for entry in entries_named(code, name))
