"""The posterior: the probability of each entry that a name may mean, and of none of them.

    P(entry | text) = prior(entry) P(text | entry) / (sum over all entries + none)

The prior is in `prior_probability.py`, the likelihood in `find_candidates.py`. "none" stands for a
place that is in no gazetteer. A logistic layer then calibrates the probability of the first
candidate: of the answers with score p, a share p is right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

import numpy as np

from sisterdata import gazetteer
from sisterdata.gazetteer.index import Entry
from sisterdata.places.choose_by_parent_unit import parent_terms
from sisterdata.places.find_candidates import Fit, candidates
from sisterdata.places.native_script_names import is_syllabic
from sisterdata.places.parse_toponym import Unit, names_no_place
from sisterdata.places.parsed_query import Question
from sisterdata.places.posterior_parameters import parameters
from sisterdata.places.prior_probability import VILLAGE, log_prior, within
from sisterdata.places.regions_in_text import units_named
from sisterdata.text.fold_names import fold

Regions = frozenset[str]
LIKELY = 0.5  # a candidate likelier than not
# Without any country, only places that many readers know are meant. Populations and letters as
# set by hand for the earlier decision; no text of tests/cases/places_negative.csv may pass.
LEAST_PEOPLE, LEAST_LETTERS = 50_000, 3
LEAST_PEOPLE_HEARD, NEAR_ANYWHERE = 300_000, 0.7  # the same of a sound, nats per unit
# What the calibration of a sound looks at: how many candidates sound about as near (nats per unit),
# but for those that are out of the question (nats), how well the first fits, and how far ahead it
# is, both up to a limit (nats) beyond which more says no more. Chosen on folds 1 to 4.
AS_NEAR, HOPELESS, MOST_RATIO, MOST_GAP = 0.5, 12.0, 15.0, 20.0
_FIRMLY = 1.0  # nats that a region's name may be less likely than the likeliest unit


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its probability.

    `region` is the printed region if the entry lies elsewhere; `agrees` is True where a region is
    printed and the entry lies in it; `in_force` at the date asked.
    """

    fit: Fit
    logit: float
    score: float
    region: str | None
    agrees: bool
    in_force: bool

    @property
    def entry(self) -> Entry:
        return self.fit.entry


def weigh(question: Question) -> tuple[Scored, ...]:
    """The candidates of a question with their probabilities, the likeliest first."""
    exact = (question.anywhere and not question.by_sound) or question.is_country
    exact = exact or names_no_place(question.place)
    scored: list[Scored] = []
    for code in question.countries:
        scored += _in_country(code, question, exact=exact)
    if question.anywhere:
        scored = [s for s in scored if _is_notable(s, question)]
    return _with_scores(_beside_units(scored, question))


def _in_country(code: str, question: Question, *, exact: bool) -> list[Scored]:
    """The candidates of one country, with what speaks for each on the scale of "none"."""
    found = gazetteer.country(code)
    region, regions = printed_region(code, question)
    inside = within(code, regions) if regions else None
    fits = candidates(found, question.place, inside, exact=exact, only=question.only)
    here = _priced(code, fits, question, region, regions)
    if regions and not any(s.region is None and s.logit > 0 for s in here):
        # Nothing in the printed region: the region may be wrong, and the name right.
        known = {s.entry.number for s in here}
        free = candidates(found, question.place, None, exact=exact, only=question.only)
        new = [fit for fit in free if fit.entry.number not in known]
        here += _priced(code, new, question, region, regions)
    return here


def _priced(
    code: str, fits: Sequence[Fit], question: Question, region: str, regions: Regions
) -> list[Scored]:
    if not fits:
        return []
    numbers = np.array([fit.entry.number for fit in fits])
    prior = log_prior(code, numbers, question.place, regions, only=question.only)
    prior += _country_term(code, question) + parent_terms(code, numbers, question.within)
    none, former = _none(question), parameters().prior["not_in_force"]
    in_force = gazetteer.country(code).in_force(numbers, question.date)
    logits = np.array([fit.ratio for fit in fits]) + prior + np.where(in_force, 0.0, former) - none
    here = within(code, regions)[numbers].tolist() if regions else [None] * len(fits)
    return [
        Scored(fit, logit, 0.0, region if inside is False else None, inside is True, current)
        for fit, logit, inside, current in zip(
            fits, logits.tolist(), here, in_force.tolist(), strict=True
        )
        if logit > -60
    ]


def _country_term(code: str, question: Question) -> float:
    """The prior of a country among those that may be meant."""
    if not question.anywhere:
        return -math.log(len(question.countries))
    people = {c: float(gazetteer.country(c).population.sum()) + 1 for c in question.countries}
    return math.log(people[code] / sum(people.values()))


def _none(question: Question) -> float:
    """The log odds that the place is in no gazetteer."""
    given = parameters()
    missing = given.missing
    if question.anywhere:
        missing = given.prior["missing_without_country"]
    elif question.place.levels[:1] == ("admin1",):  # ISO 3166-2 lists all of them
        missing = given.prior["missing_unit"]
    return math.log(missing / (1 - missing))


def printed_region(code: str, question: Question) -> tuple[str, Regions]:
    """The printed region and the ISO 3166-2 codes it may mean."""
    if question.admin1 is not None:
        return question.admin1, frozenset([question.admin1])
    for unit in reversed(question.within):
        codes = _units_named(code, unit)
        if codes:
            return unit.bare, codes
    return "", frozenset()


@lru_cache(maxsize=4096)
def _units_named(code: str, unit: Unit) -> Regions:
    """The ISO 3166-2 codes of the units that a region's name may mean, or of a city's own."""
    found = gazetteer.country(code)
    named = units_named(code, unit)
    if named:
        return frozenset(found.admin1[entry] for entry in named)
    fits = candidates(found, unit, None, exact=False)
    units = [fit for fit in fits if fit.entry.level == "admin1"]
    logits = _logits(code, units, unit)
    near = [(fit, x) for fit, x in zip(units, logits, strict=True) if x > 0]
    if not near:  # a city, for what lies in it
        cities = [fit for fit in fits if not fit.is_likeness]
        near = list(zip(cities, _logits(code, cities, unit), strict=True))
    best = max((x for _, x in near), default=0.0)
    return frozenset(fit.entry.admin1 for fit, x in near if x > best - _FIRMLY)


def _logits(code: str, fits: Sequence[Fit], unit: Unit) -> list[float]:
    if not fits:
        return []
    numbers = np.array([fit.entry.number for fit in fits])
    prior = log_prior(
        code, numbers, Unit(unit.name, unit.bare), frozenset(), only=("admin1", "city")
    )
    missing = parameters().missing
    ratios = np.array([fit.ratio for fit in fits])
    logits: list[float] = (ratios + prior - math.log(missing / (1 - missing))).tolist()
    return logits


def _beside_units(scored: list[Scored], question: Question) -> list[Scored]:
    """Rank each city below a larger unit with the same name, if the name has no type word.

    Too small a city is not meant at all, nor one that has the unit's name only among its
    alternate names (Okazaki is listed as Aichi).
    """
    if question.place.levels or question.only:
        return scored
    units = [s for s in scored if s.logit > 0 and s.entry.level == "admin1"]
    if not units:
        return scored
    moved = []
    for s in scored:
        larger = [
            u for u in units
            if s.entry.level == "city" and u.entry.country is s.entry.country
            and u.entry.population > s.entry.population
        ]  # fmt: skip
        logit = s.logit
        for u in larger:
            named = fold(s.entry.name) in fold(u.entry.name)
            if named and u.entry.population > VILLAGE * (s.entry.population + 1):
                logit = min(logit, u.logit - math.log(VILLAGE))
            elif _is_only_alternate(s) and not u.fit.is_likeness and not u.fit.alternate:
                logit += parameters().prior["alternate_is_a_unit"]
        moved.append(replace(s, logit=logit) if logit != s.logit else s)
    return moved


def _is_only_alternate(s: Scored) -> bool:
    """Whether the spelling is one of the entry's alternate names, and no part of its own."""
    return s.fit.alternate and not fold(s.entry.name).startswith(f"{fold(s.fit.spelling)} ")


def _with_scores(scored: list[Scored]) -> tuple[Scored, ...]:
    """The posterior: logits on the scale of "none" to probabilities, calibrated."""
    if not scored:
        return ()
    order: list[Scored] = []
    for _, tied in groupby(sorted(scored, key=lambda s: -s.logit), key=lambda s: s.logit):
        same = list(tied)  # the ids are read only where they decide
        order += same if len(same) == 1 else sorted(same, key=lambda s: s.entry.id)
    most = max(order[0].logit, 0.0)
    odds = [math.exp(s.logit - most) for s in order]
    total = sum(odds) + math.exp(-most)
    shares = [one / total for one in odds]
    first = _calibrated(order, shares)
    rest = (1 - first) / max(1 - shares[0], 1e-12)
    scores = [first, *(min(share * rest, first) for share in shares[1:])]
    return tuple(
        Scored(s.fit, s.logit, score, s.region, s.agrees, s.in_force)
        for s, score in zip(order, scores, strict=True)
    )


def _calibrated(order: Sequence[Scored], shares: Sequence[float]) -> float:
    """The probability that the first candidate is right, as often as it was found to be."""
    best = order[0]
    weights: Mapping[str, float] = parameters().calibration[best.fit.how]
    share = min(max(shares[0], 1e-9), 1 - 1e-9)
    traits = {"logit": math.log(share / (1 - share)), "intercept": 1.0}
    if "as_near" in weights:
        heard = [s.fit.far for s in order if s.fit.is_heard and s.logit > best.logit - HOPELESS]
        traits |= {
            "far": best.fit.far,
            "as_near": math.log(sum(far < best.fit.far + AS_NEAR for far in heard)),
            "ratio": min(best.fit.ratio, MOST_RATIO),
            "gap": min(best.logit - (order[1].logit if len(order) > 1 else 0.0), MOST_GAP),
        }
    logit = sum(weight * traits[name] for name, weight in weights.items())
    return 1 / (1 + math.exp(-max(min(logit, 30.0), -30.0)))


def _is_notable(s: Scored, question: Question) -> bool:
    """Whether a place is known well enough to be meant where no country is printed."""
    people = s.entry.population
    if question.by_sound and s.fit.is_likeness:
        return s.fit.far <= NEAR_ANYWHERE and people >= LEAST_PEOPLE_HEARD
    known = people >= LEAST_PEOPLE or s.entry.level == "admin1" or s.fit.how == "curated"
    known = known or s.entry.asked_only
    return known and (len(s.fit.spelling) >= LEAST_LETTERS or is_syllabic(s.fit.spelling))
