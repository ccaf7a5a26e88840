"""The places that a question may mean, and what speaks for each.

Every entry of the country whose name is written or sounds like the place's is a candidate
(`nearest.py`). What speaks for each is added up: likeness of the name, level against type word,
region, population, whether it was in force.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sisterdata import gazetteer
from sisterdata.places.candidates import Near, nearest
from sisterdata.places.query import Question
from sisterdata.places.toponym import Unit, names_no_place, type_agrees
from sisterdata.text.fold import fold
from sisterdata.vocabulary import LEVELS

# Type words of units that no city of the same name is (Thai ones as `toponym.py` has them).
NOT_A_CITY = {
    "oblast", "region", "province", "governorate", "county", "จังหวัด", "แขวง", "แคว้น", "รัฐ",
}  # fmt: skip
# Logits.
PLAUSIBLE = 0.5  # least, where region or type word leave tens to mistake it for, not thousands
MARGIN = 0.9  # least lead over the next candidate
NOT_IN_FORCE = 9.0
TYPE_NAMED = 1.5  # for "County" where the text says so in Thai, and against it elsewhere
_OTHER_LEVEL = 1.5
_CITY_OR_UNIT, _UNLIKE = 3.0, 2.0  # a city for a unit or back; more, where the name is unlike too
_WRITTEN_UNSAID = 1.0
_UNIT_UNSAID = 4.0  # against a unit where no type word says so: lists of cities mean the city
_OTHER_REGION = 2.7  # as learned (`place_ranker.json`: region)
_TEN_TIMES_THE_PEOPLE = 0.8

_VILLAGE = 1.7  # tenfolds of people that a city may have less than the unit called so
LEAST_PEOPLE = 50_000  # of a place that a text without any country may mean
LEAST_PEOPLE_HEARD, NEAR_ANYWHERE = 300_000, 0.7  # of one that it only sounds like, nats a unit
LEAST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate and what speaks for it; `evidence` is a logit."""

    country: gazetteer.Country
    entry: int
    near: Near
    evidence: float
    level: str
    region: str | None  # the region printed, if the candidate lies elsewhere
    agrees: bool  # a region is printed, and the candidate lies in it
    ended: bool  # not in force at the date asked

    @property
    def id(self) -> str:
        return self.country.ids[self.entry]

    @property
    def name(self) -> str:
        return self.country.names[self.entry]


def candidates(question: Question) -> list[Scored]:
    exact = (question.anywhere and not question.by_sound) or question.is_country
    exact = exact or names_no_place(question.place)
    scored = []
    for code in question.countries:
        found = gazetteer.country(code)
        region, regions = _region(found, question)
        within = _within(code, regions) if regions else None
        here = [
            _weigh(found, near, question, region, regions)
            for near in nearest(found, question.place, within, exact=exact)
            if _is_asked(found, near.entry, question)
        ]
        if regions and not any(s.region is None and s.evidence >= PLAUSIBLE for s in here):
            # Nothing in the region printed: it may be wrong, and the name right.
            known = {s.entry for s in here if s.region is None}
            again = [
                near
                for near in nearest(found, question.place, None, exact=exact)
                if _is_asked(found, near.entry, question)
            ]
            free = [_weigh(found, near, question, region, regions) for near in again]
            here = [s for s in here if s.region is None] + [s for s in free if s.entry not in known]
        scored += here
    if question.anywhere:
        scored = [s for s in scored if _is_notable(s, question)]
    order = sorted(_beside_namesakes(scored, question), key=lambda s: (-s.evidence, s.id))
    # A name that fits in the region printed comes before a better known one elsewhere.
    if order and order[0].region is not None:
        inside = [s for s in order if s.region is None and s.evidence >= PLAUSIBLE]
        order = inside + [s for s in order if s not in inside]
    return order


def _is_asked(found: gazetteer.Country, entry: int, question: Question) -> bool:
    """Whether an entry has a level that the caller asks for; a municipal unit is a city too."""
    level = LEVELS[found.levels[entry]]
    municipal = level == "admin1" and bool(found.geonames[entry])
    return not question.only or level in question.only or (municipal and "city" in question.only)


def _region(found: gazetteer.Country, question: Question) -> tuple[str, frozenset[str]]:
    """The printed region and the ISO 3166-2 codes it may mean."""
    if question.admin1 is not None:
        return question.admin1, frozenset([question.admin1])
    for unit in reversed(question.within):
        codes = _units_named(found.code, unit)
        if codes:
            return unit.bare, codes
    return "", frozenset()


@lru_cache(maxsize=256)  # regions come back, row after row
def _within(code: str, regions: frozenset[str]) -> npt.NDArray[np.bool_]:
    """Which entries of a country lie in one of the regions."""
    return np.array([admin1 in regions for admin1 in gazetteer.country(code).admin1])


@lru_cache(maxsize=4096)
def _units_named(code: str, unit: Unit) -> frozenset[str]:
    """The ISO 3166-2 codes of the units that a region's name may mean, or of a city's own."""
    found = gazetteer.country(code)
    abbreviated = f"{code}-{unit.bare.replace('.', '').upper()}"
    if abbreviated in found.iso3166_2:  # TX, D.C., NSW
        return frozenset([abbreviated])
    named = nearest(found, unit, None, exact=False)
    near = [n for n in named if LEVELS[found.levels[n.entry]] == "admin1" and n.logit > -2]
    near = near or [n for n in named if n.status != "inferred"]  # a city, for what lies in it
    best = max((n.logit for n in near), default=0.0)
    return frozenset(found.admin1[n.entry] for n in near if n.logit > best - 1)


def _weigh(
    found: gazetteer.Country,
    near: Near,
    question: Question,
    region: str,
    regions: frozenset[str],
) -> Scored:
    level = LEVELS[found.levels[near.entry]]
    evidence = near.logit
    elsewhere = bool(regions) and found.admin1[near.entry] not in regions
    if near.status != "inferred":  # the ranker has weighed the others' population and region
        people = _people(found, near.entry)
        if level == "admin1":  # what lay in a former unit lies in another now
            people = max(people, 5.0)
        evidence += _TEN_TIMES_THE_PEOPLE * (people - 5)
        evidence += (-_OTHER_REGION if elsewhere else _OTHER_REGION) if regions else 0
    evidence -= _misfit(found, near, question.place.levels)
    evidence += TYPE_NAMED * type_agrees(question.place, found.names[near.entry])
    if not question.place.levels and level == "admin1" and not found.geonames[near.entry]:
        evidence -= _UNIT_UNSAID if near.status == "inferred" else _WRITTEN_UNSAID
    ended = _out_of_force(found, near.entry, question.date)
    evidence -= NOT_IN_FORCE * ended
    conflict = region if elsewhere else None
    agrees = bool(regions) and not elsewhere
    return Scored(found, near.entry, near, evidence, level, conflict, agrees, ended)


def fits(found: gazetteer.Country, entry: int, wanted: tuple[str, ...]) -> bool:
    """Is the entry of a level that the type word is used for?"""
    level = LEVELS[found.levels[entry]]
    municipal = level == "admin1" and bool(found.geonames[entry])
    if not wanted or level in wanted:
        return True
    return "city" in wanted and (municipal or level == "prefecture")


def _misfit(found: gazetteer.Country, near: Near, wanted: tuple[str, ...]) -> float:
    """What speaks against an entry of another level: most, if a city is a unit or a unit a city."""
    if near.status == "alias" or fits(found, near.entry, wanted):
        return 0.0
    levels = {LEVELS[found.levels[near.entry]], wanted[0]}
    if levels == {"admin1", "city"}:
        return _CITY_OR_UNIT + _UNLIKE * (near.far > 1)
    return _OTHER_LEVEL


def _beside_namesakes(scored: list[Scored], question: Question) -> list[Scored]:
    """Each unit or city behind its namesake, where that is what the type word says.

    กรุงวอชิงตัน is not the state of Washington, "Moscow Oblast" not Moscow; without a type word
    the city comes first, if it is no village. A namesake of what is written so is written so.
    """
    names = [fold(s.name) for s in scored]
    suits = [_suits(s, question) for s in scored]
    return [
        replace(s, evidence=_beside(at, scored, names, suits, typed=bool(question.place.levels)))
        for at, s in enumerate(scored)
    ]


def _beside(
    at: int, scored: list[Scored], names: list[str], suits: list[int], *, typed: bool
) -> float:
    """The evidence for one candidate, once its namesakes are looked at."""
    s, evidence = scored[at], scored[at].evidence
    if s.near.status == "alias" or s.ended:
        return evidence
    for o, name, suit in zip(scored, names, suits, strict=True):
        if suit == suits[at] or o.country is not s.country or o.ended:
            continue
        if suit < suits[at] and o.near.status != "inferred" and names[at] == name:
            own = _TEN_TIMES_THE_PEOPLE * (7 - _people(s.country, s.entry))
            evidence = max(evidence, o.evidence - own)
        elif (
            suit > suits[at]
            and (names[at] in name or name in names[at])
            and (typed or _people(o.country, o.entry) > _people(s.country, s.entry) - _VILLAGE)
            and (o.evidence >= PLAUSIBLE or s.near.status != "inferred")
        ):
            evidence = min(evidence, max(o.evidence, PLAUSIBLE) - MARGIN - 0.1)
    return evidence


def _people(found: gazetteer.Country, entry: int) -> float:
    return math.log10(1 + int(found.population[entry]))


def _suits(s: Scored, question: Question) -> int:
    """How well a unit or a city suits the type word: 2 just so, 1 at a pinch, 0 not."""
    unit = s.level == "admin1"
    if not unit and s.level != "city":
        return 2
    if not question.place.levels:
        return 1 if unit and not is_city(s) else 2
    if not fits(s.country, s.entry, question.place.levels):
        return 0
    return 1 if unit and is_city(s) and question.place.type_word in NOT_A_CITY else 2


def _out_of_force(found: gazetteer.Country, entry: int, date: str | None) -> bool:
    start, end = found.valid_from[entry], found.valid_to[entry]
    return (end != "" and (date is None or date >= end)) or (
        start != "" and date is not None and date < start
    )


def _is_notable(s: Scored, question: Question) -> bool:
    """Is it known well enough to be meant where no country is printed?"""
    people = int(s.country.population[s.entry])
    if question.by_sound and s.near.status == "inferred":
        return s.near.far <= NEAR_ANYWHERE and people >= LEAST_PEOPLE_HEARD
    known = people >= LEAST_PEOPLE or s.level == "admin1" or s.near.status == "alias"
    return known and len(s.near.spelling) >= LEAST_LETTERS


def is_city(s: Scored) -> bool:
    """Is a first-level unit a city: has it a place of GeoNames beside it?"""
    return bool(s.country.geonames[s.entry])
