"""How likely an entry is to be meant before its name is compared: level, population, region, date.

Within a country and a class of entries (`parameters.CLASSES`), an entry is likely in proportion to
a power of its population. The classes themselves are likely as the type word says, or as often as
lists mean them without one. A printed region holds nearly all of the prior.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sisterdata import gazetteer
from sisterdata.gazetteer.index import Entry, NameKind
from sisterdata.gazetteer.name_lookup import Names, names_of
from sisterdata.places.parse_toponym import Unit
from sisterdata.places.posterior_parameters import CLASSES, Floats, parameters
from sisterdata.text.fold_names import fold
from sisterdata.vocabulary import LEVELS

Ints = npt.NDArray[np.intp]
Bits = npt.NDArray[np.bool_]
# Type words of units that no city of the same name is (Thai ones as `parse_toponym.py` has them).
NOT_A_CITY = {
    "oblast", "region", "province", "governorate", "county", "จังหวัด", "แขวง", "แคว้น", "รัฐ",
}  # fmt: skip
_LEVEL_OF = {
    "city": ("city",),
    "unit": ("admin1",),
    "municipal_unit": ("admin1", "city"),
    "prefecture": ("prefecture", "city"),  # a prefecture-level city has the name of its city
    "district": ("district",),
    "subdistrict": ("subdistrict",),
}
_NEVER = -1e9
_CITY, _UNIT, _MUNICIPAL = map(CLASSES.index, ("city", "unit", "municipal_unit"))
# A bare name is not that of a city so many times smaller than the unit called so (the villages
# Sichuan and Nagano against the provinces).
VILLAGE = 50


@lru_cache(maxsize=64)
def classes(code: str) -> Ints:
    """The position in CLASSES of each entry of a country."""
    found = gazetteer.country(code)
    of_level = np.array(
        [CLASSES.index("unit" if level == "admin1" else level) for level in LEVELS]
    )[found.levels]
    return np.where((of_level == _UNIT) & (found.geonames > 0), _MUNICIPAL, of_level)


@lru_cache(maxsize=128)
def weights(code: str, *, as_units: bool) -> Floats:
    """How likely each entry is among those of its class in its country.

    A first-level unit that is a city (Busan) is one of the units if `as_units`, else a city.
    """
    found, of_class, prior = gazetteer.country(code), classes(code), parameters().prior
    among = np.where(of_class == _MUNICIPAL, _UNIT if as_units else _CITY, of_class)
    power = np.array([prior["people_power"][name] for name in CLASSES])[among]
    floor = prior["people_floor"]
    likely = ((found.population + floor) / floor) ** power
    total = np.bincount(among, likely, minlength=len(CLASSES))
    shares: Floats = likely / total[among]
    return shares


@lru_cache(maxsize=64)
def beside_city(code: str) -> Floats:
    """What a city of its name takes from the prior of a unit or district, for a bare name.

    The larger the share of its people who live in that city, the likelier the city is meant:
    Kyoto is a city, Okinawa as likely the prefecture. A city that lies elsewhere (Ibaraki in
    Osaka) says nothing of the unit.
    """
    found, names, of_class = gazetteer.country(code), names_of(code), classes(code)
    people, given = found.population.astype(float), parameters().prior["beside_a_city_of_its_name"]
    city = (of_class == _CITY) | (of_class == _MUNICIPAL)
    listed = names.kind != NameKind.ALTERNATE
    units = np.flatnonzero(listed & ~city[names.entry])
    cities = np.flatnonzero(city[names.entry])
    cities = cities[_are_among(names.hashed[cities], names.hashed[units])]
    own = [bool(listed[row]) or is_stem(found, names, row) for row in cities.tolist()]
    of_name: dict[int, set[int]] = {}
    for row in cities[np.array(own, dtype=bool)].tolist():
        of_name.setdefault(int(names.hashed[row]), set()).add(int(names.entry[row]))
    terms = np.zeros(len(found))
    shared = np.array(list(of_name), dtype=np.int64)
    for row in units[_are_among(names.hashed[units], shared)].tolist():
        unit = int(names.entry[row])
        inside = [
            e for e in of_name[int(names.hashed[row])] if found.admin1[e] == found.admin1[unit]
        ]
        most = max((people[e] for e in inside), default=-1.0)
        if most >= 0:
            share = min((most + 1) / (people[unit] + 1), 1.0) if people[unit] else 1.0
            term = given["per_log_share"] * math.log(given["even_share"] / share)
            terms[unit] = min(terms[unit], max(min(term, given["most"]), given["least"]))
    return terms


def _are_among(values: npt.NDArray[np.int64], others: npt.NDArray[np.int64]) -> Bits:
    """`np.isin`, which would import numpy.ma."""
    if not len(others):
        return np.zeros(len(values), dtype=np.bool_)
    others = np.sort(others)
    at = np.minimum(np.searchsorted(others, values), len(others) - 1)
    found: Bits = others[at] == values
    return found


def is_stem(found: gazetteer.Country, names: Names, row: int) -> bool:
    """Whether a name is the first word of its entry's own name (Nara, of Nara-shi)."""
    return fold(found.names[int(names.entry[row])]).startswith(f"{names.folded[row]} ")


@lru_cache(maxsize=1024)
def _of_classes(
    levels: tuple[str, ...], type_word: str, only: tuple[str, ...], *, complete: bool
) -> Floats:
    """The prior of each class: as the type word says, without one as lists mean them.

    `complete` is True where the gazetteer has all districts and subdistricts of the country.
    """
    prior = parameters().prior
    listed_all = complete and levels[:1] in (("district",), ("subdistrict",))
    other = "other_than_listed" if listed_all else "other"
    terms = []
    for name in CLASSES:
        of_class = _LEVEL_OF[name]
        if only:
            asked = name in only or bool(set(of_class) & set(only) and name != "prefecture")
            terms.append(0.0 if asked else _NEVER)
        elif not levels:
            terms.append(prior["level_without_type_word"][name])
        elif name == "municipal_unit" and type_word in NOT_A_CITY:
            terms.append(prior["level_with_type_word"]["city_or_unit"])
        elif levels[0] in of_class:
            terms.append(prior["level_with_type_word"]["usual"])
        elif set(levels) & set(of_class):
            terms.append(prior["level_with_type_word"]["listed"])
        elif {levels[0], *of_class} == {"admin1", "city"}:
            terms.append(prior["level_with_type_word"]["city_or_unit"])
        else:
            terms.append(prior["level_with_type_word"][other])
    return np.array(terms)


@lru_cache(maxsize=256)  # regions come back, row after row
def within(code: str, regions: frozenset[str]) -> Bits:
    """Which entries of a country lie in one of the regions."""
    return np.array([admin1 in regions for admin1 in gazetteer.country(code).admin1])


@lru_cache(maxsize=256)
def _region_terms(code: str, regions: frozenset[str], *, as_units: bool) -> tuple[Floats, Floats]:
    """What lying inside and outside a printed region adds to the prior, for each class.

    A first-level unit lies in no other: it is hardly what a printed region goes with.
    """
    here, of_class, prior = within(code, regions), classes(code), parameters().prior
    wrong, share = prior["region_wrong"], weights(code, as_units=as_units)
    shares = np.bincount(of_class, share * here, minlength=len(CLASSES))
    shares = np.clip(shares, 1e-6, 1 - 1e-6)
    inside, outside = np.log((1 - wrong) / shares), np.log(wrong / (1 - shares))
    inside[_UNIT] += prior["unit_in_a_region"]
    outside[_UNIT] += prior["unit_in_a_region"]
    return inside, outside


def log_prior(
    code: str,
    entries: Ints,
    unit: Unit,
    regions: frozenset[str],
    *,
    only: tuple[str, ...] = (),
) -> Floats:
    """The logarithm of the prior of some entries of a country, for a name with its type word."""
    of_class = classes(code)[entries]
    as_units = (only or unit.levels)[:1] == ("admin1",)
    complete = bool(gazetteer.country(code).asked_only.any())
    terms = _of_classes(unit.levels, unit.type_word, only, complete=complete)[of_class]
    terms = terms + np.log(weights(code, as_units=as_units)[entries])
    if unit.levels[:1] in ((), ("city",)) and not only:
        terms += beside_city(code)[entries]
    if regions:
        inside, outside = _region_terms(code, regions, as_units=as_units)
        here = within(code, regions)[entries]
        terms += np.where(here, inside[of_class], outside[of_class])
    return terms


def fits(entry: Entry, wanted: Iterable[str]) -> bool:
    """Whether the entry is of a level that the type word is used for."""
    wanted = tuple(wanted)
    of_class = _LEVEL_OF[CLASSES[int(classes(entry.country.code)[entry.number])]]
    return not wanted or bool(set(of_class) & set(wanted))
