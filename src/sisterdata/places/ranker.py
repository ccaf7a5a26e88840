"""Which of the entries that sound alike is meant: learned weights on what speaks for each.

`data/place_ranker.json` holds one weight a feature: a logistic regression on folds 1 to 4 of the
pairs (`tools/likeness/sets.py`), each with sound costs learned from the other folds, the names as
printed and with one random edit. `python -m tools.likeness` makes it. The score is a logit.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sisterdata.gazetteer.index import NameKind
from sisterdata.places.phonetics.costs import Costs, costs
from sisterdata.places.phonetics.search import (
    Heard,
    Ints,
    Reading,
    Sounds,
    hear,
    hear_among,
    price_entries,
)

PATH = Path(__file__).resolve().parent.parent / "data" / "place_ranker.json"
LOOKED_AT = 24  # entries
RANKED = 12  # of those, the likeliest
_NONE = 30.0  # the cost of a name that there is not
_EXONYM = 3.0  # nats that a foreign Latin name is behind a place's own
_ALIKE = 6.0  # nats that the best of the units, or of the places in them, may be behind the other
_POPULATION = 1.6  # nats that ten times as many people are worth
Floats = npt.NDArray[np.float64]

_KINDS = {
    "primary": (NameKind.PRIMARY,),
    "script": (NameKind.LOCAL,),
    "spelt": (
        NameKind.GENERATED_THAI,
        NameKind.THAI,
        NameKind.CLDR_THAI,
        NameKind.CURATED,
        NameKind.HISTORIC,
    ),
    "alternate": (NameKind.ALTERNATE,),
    "cldr": (NameKind.CLDR,),
}
_IS_KIND = {name: np.isin(np.arange(len(NameKind)), kinds) for name, kinds in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry, how sure it is meant (a logit), what its nearest name costs, and letters apart."""

    entry: int
    logit: float
    cost: float
    apart: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The entries looked at, how many letters each is apart, and by name what speaks for each."""

    entries: Ints
    apart: Floats
    features: dict[str, Floats]


def rank(
    sounds: Sounds,
    readings: Sequence[Reading],
    within: npt.NDArray[np.bool_] | None,
    units: npt.NDArray[np.bool_] | None = None,
) -> list[Ranked]:
    """The entries that sound most like one of the readings, the likeliest first.

    `within` says of every entry of the country whether it lies in the region printed; None where
    no region is known. `units` says which entries are first-level units: they and the places in
    them, often of one name, are weighed apart, each among its like.
    """
    heard = hear(sounds, readings, within, costs())
    if units is None:
        groups = [heard]
    else:
        of_units = units[sounds.entry[heard.rows]]
        groups = [heard.only(~of_units), heard.only(of_units)]
        if min(map(len, (group.rows for group in groups))):
            least = [group.costs.min() for group in groups]
            groups = [
                g for g, cost in zip(groups, least, strict=True) if cost < min(least) + _ALIKE
            ]
    return [ranked for group in groups for ranked in _rank(sounds, group, readings, within)]


def rank_among(
    sounds: Sounds,
    entries: Ints,
    readings: Sequence[Reading],
    within: npt.NDArray[np.bool_] | None,
) -> list[Ranked]:
    """The same where only some entries can be meant, however unlike the readings they sound."""
    heard = hear_among(sounds, entries, readings, costs())
    return _rank(sounds, heard, readings, within)


def _rank(
    sounds: Sounds,
    heard: Heard,
    readings: Sequence[Reading],
    within: npt.NDArray[np.bool_] | None,
) -> list[Ranked]:
    found = evidence(sounds, heard, readings, within, costs())
    if found is None:
        return []
    weights, intercept = _weights()
    table = np.column_stack(list(found.features.values()))
    logits = table @ np.array([weights[name] for name in found.features]) + intercept
    order = np.argsort(-logits, kind="stable")[:RANKED]
    return [
        Ranked(
            int(found.entries[i]),
            float(logits[i]),
            float(found.features["any"][i]),
            int(found.apart[i]),
        )
        for i in order
    ]


def evidence(
    sounds: Sounds,
    heard: Heard,
    readings: Sequence[Reading],
    within: npt.NDArray[np.bool_] | None,
    learned: Costs,
) -> Evidence | None:
    """What `rank` weighs of what was heard, at these costs of sounds; None where nothing was."""
    if not len(heard.rows):
        return None
    people = sounds.people
    entry = sounds.entry[heard.rows]
    behind = heard.costs + _EXONYM * (sounds.kind[heard.rows] == NameKind.ALTERNATE) - people[entry]
    if within is not None:
        behind = behind - 8 * within[entry]
    entries, at = np.unique(entry, return_inverse=True)
    first, apart = np.full(len(entries), 99.0), np.full(len(entries), 99.0)
    np.minimum.at(first, at, behind)
    np.minimum.at(apart, at, heard.apart)
    kept = np.argsort(first, kind="stable")[:LOOKED_AT]
    entries, apart = entries[kept], apart[kept]
    features = _features(sounds, readings, entries, apart, within, learned)
    return Evidence(entries, apart, features)


def _features(
    sounds: Sounds,
    readings: Sequence[Reading],
    entries: Ints,
    apart: Floats,
    within: npt.NDArray[np.bool_] | None,
    learned: Costs,
) -> dict[str, Floats]:
    """What speaks for each entry: costs in nats, and how far each is behind the best."""
    rows, which, price = price_entries(sounds, entries, readings, learned)
    kind, n = sounds.kind[rows], len(entries)

    def least(chosen: npt.NDArray[np.bool_]) -> Floats:
        found = np.full(n, _NONE)
        np.minimum.at(found, which[chosen], price[chosen])
        return found

    least_of = {name: least(chosen[kind]) for name, chosen in _IS_KIND.items()}
    nearest = least(np.ones(len(rows), dtype=bool))
    primary, script, spelt = (least_of[name] for name in ("primary", "script", "spelt"))
    trusted = np.minimum.reduce([primary, script, spelt, least_of["cldr"]])
    written = _IS_KIND["script"][kind]
    scripts = np.bincount(which[written], minlength=n).astype(np.float64)
    total = np.bincount(which[written], np.minimum(price[written], _NONE), minlength=n)
    script_mean = np.where(scripts > 0, total / np.maximum(scripts, 1), _NONE)
    people = sounds.people[entries].astype(np.float64)
    equal = trusted[None, :] <= trusted[:, None] + 1.5
    np.fill_diagonal(equal, val=False)
    rival = np.where(equal, people[None, :], -1.0).max(axis=1, initial=-1.0)
    region = np.zeros(n) if within is None else np.where(within[entries], 1.0, -1.0)
    length = float(max(map(len, readings)))
    prior = trusted - _POPULATION * people
    return {
        "trusted": trusted,
        "trusted_behind": _behind(trusted),
        "any": nearest,
        "any_behind": _behind(nearest),
        "primary": primary,
        "primary_behind": _behind(primary),
        "script": script,
        "script_behind": _behind(np.minimum(script, spelt)),
        "spelt": spelt,
        "alternate": least_of["alternate"],
        "script_mean": script_mean,
        "script_mean_behind": _behind(script_mean),
        "scripts": scripts,
        "close": np.bincount(which[price < nearest[which] + 2], minlength=n).astype(np.float64),
        "population": people,
        "population_behind": people - people.max(),
        "apart": apart,
        "apart_behind": _behind(apart),
        "length": np.full(n, length),
        "trusted_per_unit": trusted / length,
        "prior_behind": _behind(prior),
        "prior_any_behind": _behind(np.minimum(trusted, nearest + 3) - 1.3 * people),
        "prior_primary_behind": _behind(primary - 1.3 * people),
        "population_ahead_of_equals": people - rival,
        "region": region,
        "region_behind": _behind(prior - 8 * (region > 0)),
    }


def _behind(values: Floats) -> Floats:
    behind: Floats = values - values.min()
    return behind


@lru_cache(maxsize=1)
def _weights() -> tuple[dict[str, float], float]:
    shipped = json.loads(PATH.read_bytes())
    return shipped["features"], shipped["intercept"]
