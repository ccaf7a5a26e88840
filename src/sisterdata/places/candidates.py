"""The entries of a country whose names are nearest to a printed unit: written so, or like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Indel

from sisterdata.decisions import curated_names
from sisterdata.gazetteer.index import Country, NameKind
from sisterdata.gazetteer.name_lookup import misspelt, names_of, written
from sisterdata.places.phonetics.costs import thai_readings
from sisterdata.places.phonetics.search import Reading, sounds_of
from sisterdata.places.ranker import Ranked, rank, rank_among
from sisterdata.places.toponym import Unit
from sisterdata.text.fold import fold
from sisterdata.vocabulary import LEVELS

# Logits. A name that is written as the gazetteer has it is sure; a foreign alternate name of
# GeoNames less so (Chaozhou is one of Maoming); a curated line surest.
_WRITTEN, _WRITTEN_ABROAD, _CURATED = 8.0, 5.0, 12.0
_BRACKETED = 3.0  # a name in brackets is there to make clear what is meant
# Of a Latin name that is misspelt: a logistic regression on 3,000 cities with one or two random
# edits, as often with the city there as with it missing (benchmarks/places.py asks others).
_PER_LETTER, _PER_TENFOLD, _NO_MISSPELLING = 0.42, 1.3, 6.2
_SECOND_EDIT, _AS_NEAR, _ALTERNATE = 1.7, 0.7, 2.4
_REGION = 2.7
_TYPE_WORD_IN_NAME = 4.0  # against taking the type word for a part of the name
_LIKE_CURATED = 0.7  # least similarity of letters
# Nats for each unit of the Thai reading beyond which two names do not sound alike, and the logit
# that is then left at most. On fold 1 this loses no right answer, and a third of the wrong ones
# where the true entry is missing.
FARTHEST, _TOO_FAR = 2.6, -2.0
_NEAR, _PER_NAT = 1.8, 2.0  # of right answers, 95 % are nearer; against each nat beyond that
FARTHEST_UNIT = 3.5  # the same for a unit whose type word leaves a few dozen


@dataclass(frozen=True, slots=True)
class Near:
    """An entry, how sure its name is meant (a logit), as which spelling, and why."""

    entry: int
    logit: float
    status: Literal["exact", "alias", "inferred"]
    spelling: str
    rule: str
    far: float = 0.0  # of a sound, nats for each unit; of a misspelling, edits


def nearest(
    found: Country, unit: Unit, within: npt.NDArray[np.bool_] | None, *, exact: bool
) -> list[Near]:
    """The entries nearest to any spelling of the unit, each once, in no order.

    `within` marks the entries in the region printed; `exact` leaves out what is only like it.
    """
    best: dict[int, Near] = {}
    for spelling in unit.spellings:
        bonus = _BRACKETED if spelling in unit.others else 0.0
        listed = [*_curated(found, spelling), *_written(found, spelling)]
        like: Iterable[Near] = ()
        if exact or any(_is_plain(found, near.entry, unit, within) for near in listed):
            pass  # what is printed needs no guess
        elif any("ก" <= letter <= "ฮ" for letter in spelling):
            against = _TYPE_WORD_IN_NAME if spelling != unit.name and not bonus else 0.0
            like = [
                *_sounding(found, unit, spelling, within, against),
                *_near_curated(found, spelling),
            ]
        elif not listed:
            like = _looking(found, spelling, within)
        for near in (*listed, *like):
            held = best.get(near.entry)
            logit = near.logit + (bonus if near.status != "inferred" else 0.0)
            # A name that is written so is one, however well another way of it sounds.
            order = near.status != "inferred", logit
            if held is None or order > (held.status != "inferred", held.logit):
                best[near.entry] = replace(near, logit=logit, spelling=spelling)
    return list(best.values())


def _is_plain(found: Country, entry: int, unit: Unit, within: npt.NDArray[np.bool_] | None) -> bool:
    """Is an entry of a name just as the type word and the region printed with it say?"""
    level = LEVELS[found.levels[entry]]
    return (not unit.levels or level in unit.levels) and (within is None or bool(within[entry]))


def _curated(found: Country, spelling: str) -> Iterable[Near]:
    line = curated_names().get((found.code, fold(spelling)))
    entry = found.find(line.place_ids[0]) if line is not None else None
    if line is not None and entry is not None:
        rule = f"{spelling} is a curated {line.kind} name of {found.names[entry]}: {line.reason}"
        yield Near(entry, _CURATED, "alias", spelling, rule)


def _written(found: Country, spelling: str) -> Iterable[Near]:
    for entry, kind in written(names_of(found.code), fold(spelling)).items():
        alternate = kind == NameKind.ALTERNATE
        rule = f"{spelling} is a name of {found.names[entry]} in the gazetteer"
        logit = _WRITTEN_ABROAD if alternate else _WRITTEN
        yield Near(entry, logit, "exact", spelling, rule)


def _sounding(
    found: Country,
    unit: Unit,
    spelling: str,
    within: npt.NDArray[np.bool_] | None,
    against: float,
) -> Iterable[Near]:
    readings = thai_readings(spelling)
    if not readings or max(map(len, readings)) > 40:
        return
    sounds, first_level = sounds_of(found.code), found.levels == LEVELS.index("admin1")
    if unit.levels[:1] == ("admin1",):  # only another of a few dozen can be mistaken for it
        units = rank_among(sounds, np.flatnonzero(first_level), readings, within)
        others = [r for r in rank(sounds, readings, within) if not first_level[r.entry]]
        groups = [(units, FARTHEST_UNIT), (others, FARTHEST)]
    else:
        no_city = first_level & (found.geonames == 0)
        ranked = rank(sounds, readings, within, no_city)
        alone = [
            [r for r in ranked if bool(no_city[r.entry]) == unsaid] for unsaid in (False, True)
        ]
        groups = [(group, FARTHEST) for group in alone]
    for group, farthest in groups:
        for near, logit in zip(group, believed(group, readings, farthest), strict=True):
            name, local = found.names[near.entry], found.names_local[near.entry]
            beside = f" ({local})" if local else ""
            rule = f"{spelling} sounds like {name}{beside}, {near.cost:.1f} nats apart"
            far = near.cost / min(map(len, readings))
            yield Near(near.entry, logit - against, "inferred", spelling, rule, far)


def believed(ranked: Sequence[Ranked], readings: Sequence[Reading], farthest: float) -> list[float]:
    """The logits of entries, the likeliest first, less what distance alone speaks against them.

    The ranker compares; that the best of few is far off too it does not see.
    """
    units = min(map(len, readings))
    first = ranked[0].cost / units if ranked else 0.0
    less = _PER_NAT * max(first - _NEAR, 0.0)
    return [min(r.logit - less, _TOO_FAR if r.cost > farthest * units else inf) for r in ranked]


def _near_curated(found: Country, spelling: str) -> Iterable[Near]:
    """Entries whose curated Thai name the spelling nearly is."""
    wanted = fold(spelling)
    for (code, name), line in curated_names().items():
        if code != found.code or not "ก" <= name[0] <= "๎" or name == wanted:
            continue
        alike = Indel.normalized_similarity(wanted, name)
        entry = found.find(line.place_ids[0]) if alike >= _LIKE_CURATED else None
        if entry is not None:
            meant = f"a {line.kind} name of {found.names[entry]}"
            rule = f"{spelling} is nearly {line.name.verbatim}, {meant}"
            yield Near(entry, 10 * (alike - 0.5), "inferred", spelling, rule)


def _looking(found: Country, spelling: str, within: npt.NDArray[np.bool_] | None) -> Iterable[Near]:
    wanted, names = fold(spelling), names_of(found.code)
    if len(wanted) < 4:
        return
    near: dict[int, tuple[int, bool]] = {}  # of each entry, the edits and whether of an alternate
    for name, edits in misspelt(names, wanted):
        for entry, kind in written(names, name).items():
            seen = edits, kind == NameKind.ALTERNATE
            near[entry] = min(seen, near.get(entry, seen))
    for entry, (edits, alternate) in near.items():
        as_near = sum(other <= edits for other, _ in near.values()) - 1
        people = float(np.log10(1 + float(found.population[entry])))
        logit = _PER_LETTER * min(len(wanted), 14) + _PER_TENFOLD * people - _NO_MISSPELLING
        logit -= _SECOND_EDIT * (edits - 1) + _AS_NEAR * min(as_near, 3) + _ALTERNATE * alternate
        if within is not None:
            logit += _REGION if within[entry] else -_REGION
        rule = f"{spelling} is {edits} letter{'s' * (edits > 1)} from {found.names[entry]}"
        yield Near(entry, logit, "inferred", spelling, rule, float(edits))
