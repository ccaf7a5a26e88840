"""Thai names: which entries sound like one, and how likely each would be spelt so.

`listen` finds the entries whose names sound nearest and prices every name of each: what it costs a
Thai writer to spell that sound so (`phonetics/costs.py`). `sound_ratios` turns this into
log P(spelling | entry) - log P(spelling | none): a name that is far off, or that any Thai letters
could be (`background`), says little.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sisterdata.gazetteer.index import NameKind
from sisterdata.places.phonetics.search_by_sound import (
    Ints,
    Reading,
    Sounds,
    hear,
    hear_among,
    price_entries,
)
from sisterdata.places.phonetics.sound_costs import Costs
from sisterdata.places.posterior_parameters import Floats, Parameters

LOOKED_AT = 48  # entries; set by hand
_EXONYM = 3.0  # nats that a foreign Latin name is put back when entries are chosen to be priced
_INSIDE = 8.0  # nats that an entry in the printed region is put forward then
_NEAR = 2.0  # nats: names of an entry that cost as little as its best one support it
NO_EDITS = 99.0  # letters off an official spelling where there is none
START, END = "^", "$"


@dataclass(frozen=True, slots=True)
class Sounding:
    """The entries that sound most like a spelling, one row each, and the price of their names.

    `name_of[j]` is the row of the entry that name j, of kind `name_kind[j]`, belongs to,
    and `name_cost[j]` is what it costs; `apart` says how many letters of its key each entry is off,
    `edits` how many letters the nearest of its official Thai spellings is off.
    """

    entries: Ints
    apart: Floats
    name_of: Ints
    name_kind: npt.NDArray[np.uint8]
    name_cost: Floats
    edits: Floats
    units: int  # of the shortest reading


def listen(
    sounds: Sounds,
    readings: Sequence[Reading],
    within: npt.NDArray[np.bool_] | None,
    among: Ints | None,
    learned: Costs,
    official: Callable[[Ints], Floats],
) -> Sounding | None:
    """The entries that sound most like one of the readings; None where nothing does.

    `within` says of every entry whether it lies in the printed region. `among` are entries in order
    that are priced however far off they are, because a type word or a level leaves few others, or
    an official spelling is theirs. `official` counts the letters to the nearest official spelling.
    """
    heard = hear(sounds, readings, within, learned)
    entries, apart = _nearest(sounds, heard.rows, heard.costs, heard.apart, within)
    if among is not None and len(among):
        new = np.ones(len(sounds.people), dtype=np.bool_)
        new[entries] = False
        more = hear_among(sounds, among[new[among]], readings, learned)
        others, at = np.unique(sounds.entry[more.rows], return_inverse=True)
        off = np.full(len(others), 99.0)
        np.minimum.at(off, at, more.apart)
        entries, apart = np.concatenate([entries, others]), np.concatenate([apart, off])
    if not len(entries):
        return None
    rows, which, price = price_entries(sounds, entries, readings, learned)
    units = min(map(len, readings))
    return Sounding(
        entries, apart, which, sounds.kind[rows], price.astype(float), official(entries), units
    )  # fmt: skip


def _nearest(
    sounds: Sounds,
    rows: Ints,
    costs: npt.NDArray[np.float32],
    off: npt.NDArray[np.uint8],
    within: npt.NDArray[np.bool_] | None,
) -> tuple[Ints, Floats]:
    """The entries worth pricing in full, and how many letters each is off."""
    entry = sounds.entry[rows]
    behind = costs + _EXONYM * (sounds.kind[rows] == NameKind.ALTERNATE) - sounds.people[entry]
    if within is not None:
        behind = behind - _INSIDE * within[entry]
    entries, at = np.unique(entry, return_inverse=True)
    first, apart = np.full(len(entries), 99.0), np.full(len(entries), 99.0)
    np.minimum.at(first, at, behind)
    np.minimum.at(apart, at, off)
    kept = np.argsort(first, kind="stable")[:LOOKED_AT]
    return entries[kept], apart[kept]


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of each entry's best name: cost in nats, letters off, names as near."""

    cost: Floats
    apart: Floats
    near: Floats
    edits: Floats  # letters off the nearest accepted Thai spelling
    telling: Floats  # the same where the sound does not say it already, else NO_EDITS
    units: int

    @property
    def far(self) -> Floats:
        """Nats off per unit of sound; none where the spelling is an accepted one."""
        return np.where(self.edits == 0, 0.0, self.cost / self.units)


def sound_features(heard: Sounding, kinds: Floats) -> Features:
    """The evidence that `sound_ratios` weighs; `kinds` is what each kind of name costs more."""
    count = len(heard.entries)
    cost = heard.name_cost + kinds[heard.name_kind]
    best = np.full(count, math.inf)
    np.minimum.at(best, heard.name_of, cost)
    near = np.bincount(heard.name_of[cost < best[heard.name_of] + _NEAR], minlength=count)
    # Chinese places have the sounds of their official spellings: such a one says no more than a
    # name one letter off.
    generated = (heard.name_kind == NameKind.GENERATED_THAI) & (cost == best[heard.name_of])
    heard_so = np.bincount(heard.name_of[generated], minlength=count) > 0
    telling = np.where(heard_so, np.where(heard.edits == 0, 1.0, NO_EDITS), heard.edits)
    return Features(best, heard.apart, near.astype(float), heard.edits, telling, heard.units)


def sound_ratios(found: Features, name: Reading, given: Parameters) -> Floats:
    """Give log P(spelling | entry) - log P(spelling | none) of each entry.

    `name` is a reading of the name without its type word: a type word that is heard as a part of
    the name makes an unknown place no less likely.
    """
    sound = given.sound
    ratios: Floats = (
        sound["constant"]
        + sound["per_background_nat"] * surprise(name, given.background)
        + sound["per_unit"] * len(name)
        - sound["cost"] * found.cost
        - sound["cost_per_unit"] * found.cost / found.units
        - sound["letters_apart"] * found.apart
        + sound["log_names_near"] * np.log1p(found.near)
        + sound["official"] * (found.telling == 0)
        + sound["official_near"] * (found.telling == 1)
    )
    return ratios


def surprise(reading: Reading, background: Mapping[str, Any]) -> float:
    """Minus the log probability of the Thai units of a name, by which unit follows which.

    Each pair of units is counted as often as it was met in foreign names, smoothed by how often
    the second is met at all.
    """
    once, pairs = background["unit"], background["pair"]
    total, pull = sum(once.values()), background["smoothing"]
    nats, before = 0.0, START
    for unit in (*reading, END):
        row = pairs.get(before, {})
        alone = (once.get(unit, 0) + 0.5) / (total + 0.5 * len(once))
        seen = row.get(unit, 0) + pull * alone
        nats -= math.log(seen / (sum(row.values()) + pull))
        before = unit
    return nats
