"""Which entries of a country sound like a printed name, and how far off each is.

Two steps. Every sound of the country has a key, the Thai letters it would most likely be written
with (like folded with like); the keys nearest to the name's own are looked at more closely: what
would it cost a Thai writer to spell that sound so (`sounds.py`)? The cost is minus the log of a
probability, so that costs of different entries compare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Indel

from sisterdata.normalizer import gazetteer
from sisterdata.normalizer.sounds import Costs, key

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]
Reading = tuple[str, ...]

NEAREST_KEYS = 48  # are weighed at least
MOST_KEYS = 240  # of equally near ones, at most
WINDOW = 4  # letters that a key may be longer or shorter
FAR = np.float32(99)


@dataclass(frozen=True)
class Sounds:
    """The sounds of a country's entries, one row each, ordered by key.

    `units[start[i]:start[i + 1]]` are rows of the cost table. `keys` are ordered by length;
    key k is that of the rows `key_start[k]` to `key_start[k + 1]`.
    """

    entry: Ints
    kind: npt.NDArray[np.uint8]
    start: Ints
    units: npt.NDArray[np.uint16]
    keys: list[str]
    key_start: Ints

    @classmethod
    def from_columns(cls, columns: Mapping[str, Any], keys: Sequence[str]) -> Sounds:
        """From the columns of the index: `sound_entry`, `sound_kind`, `sound_length`, ..."""
        order = np.argsort(columns["sound_key"], kind="stable")
        length = columns["sound_length"].astype(np.intp)
        start = np.concatenate([[0], np.cumsum(length)])
        new = length[order]
        new_start = np.concatenate([[0], np.cumsum(new)])
        at = np.arange(new_start[-1]) + np.repeat(start[order] - new_start[:-1], new)
        return cls(
            entry=columns["sound_entry"][order].astype(np.intp),
            kind=columns["sound_kind"][order],
            start=new_start,
            units=columns["sound_units"][at],
            keys=list(keys),
            key_start=np.searchsorted(columns["sound_key"][order], np.arange(len(keys) + 1)),
        )

    @cached_property
    def by_entry(self) -> tuple[Ints, Ints]:
        """The rows ordered by entry, and where each entry's begin."""
        order = np.argsort(self.entry, kind="stable")
        entries = int(self.entry.max(initial=-1)) + 1
        return order, np.searchsorted(self.entry[order], np.arange(entries + 1))

    @cached_property
    def key_bounds(self) -> Ints:
        """How many keys are shorter than 0, 1, 2 ... letters."""
        lengths = np.fromiter(map(len, self.keys), dtype=np.intp, count=len(self.keys))
        return np.searchsorted(lengths, np.arange(64))


@dataclass(frozen=True, slots=True)
class Heard:
    """Sounds near a name: rows of `Sounds`, what each costs, and how far off its key is."""

    rows: Ints
    costs: Floats
    apart: npt.NDArray[np.uint8]


@lru_cache(maxsize=32)
def sounds_of(code: str) -> Sounds:
    """The sounds of one country of the gazetteer."""
    shipped = gazetteer.sounds(code)
    columns = {
        "sound_entry": shipped.entry,
        "sound_kind": shipped.kind,
        "sound_length": shipped.length,
        "sound_units": shipped.units,
        "sound_key": shipped.key,
    }
    return Sounds.from_columns(columns, shipped.keys)


def price_entries(
    sounds: Sounds, entries: Ints, readings: Sequence[Reading], costs: Costs
) -> tuple[Ints, Ints, Floats]:
    """All sounds of some entries: their rows, which of the entries each is of, what it costs."""
    order, start = sounds.by_entry
    rows, which = _spread(start, entries)
    rows = order[rows]
    thai = [
        np.array([costs.thai[u] for u in r if u in costs.thai], dtype=np.intp) for r in readings
    ]
    priced = [_price(sounds, rows, reading, costs) for reading in thai if len(reading)]
    return rows, which, np.minimum.reduce(priced)


def hear(sounds: Sounds, readings: Sequence[Reading], costs: Costs) -> Heard:
    """The sounds of a country that are near any reading of a name, in no order."""
    thai = [
        np.array([costs.thai[u] for u in r if u in costs.thai], dtype=np.intp) for r in readings
    ]
    thai = [reading for reading in thai if len(reading)]
    if not thai or not sounds.keys:
        nothing = np.empty(0)
        return Heard(nothing.astype(np.intp), nothing.astype(np.float32), nothing.astype(np.uint8))
    nearest, apart = _nearest_keys(sounds, [key(reading, costs.letters) for reading in thai])
    rows, which = _spread(sounds.key_start, nearest)
    if not len(rows):
        return Heard(rows, rows.astype(np.float32), rows.astype(np.uint8))
    price = np.minimum.reduce([_price(sounds, rows, reading, costs) for reading in thai])
    return Heard(rows, price, apart[which])


def _nearest_keys(sounds: Sounds, wanted: list[str]) -> tuple[Ints, npt.NDArray[np.uint8]]:
    """The nearest keys, and how many letters each is off."""
    bounds = sounds.key_bounds
    low = int(bounds[max(min(map(len, wanted)) - WINDOW, 0)])
    high = int(bounds[min(max(map(len, wanted)) + WINDOW + 1, len(bounds) - 1)])
    if low == high:
        low, high = 0, len(sounds.keys)
    off = process.cdist(wanted, sounds.keys[low:high], scorer=Indel.distance, dtype=np.uint8).min(
        axis=0
    )
    reached = np.cumsum(np.bincount(off))
    limit = int(np.searchsorted(reached, min(NEAREST_KEYS, len(off))))
    near = np.flatnonzero(off <= limit)
    if len(near) > MOST_KEYS:
        closer = np.flatnonzero(off < limit)
        near = np.concatenate([closer, np.flatnonzero(off == limit)])[: max(MOST_KEYS, len(closer))]
    return near + low, off[near]


def _spread(start: Ints, chosen: Ints) -> tuple[Ints, Ints]:
    """All rows of the chosen groups, and which group each is of."""
    count = start[chosen + 1] - start[chosen]
    which = np.repeat(np.arange(len(chosen)), count)
    first = np.cumsum(count) - count
    return start[chosen][which] + np.arange(len(which)) - first[which], which


def _price(sounds: Sounds, rows: Ints, reading: Ints, costs: Costs) -> Floats:
    """What each sound costs to be spelt as the reading: the cheapest way to align the two.

    Units of a sound are taken one at a time, all sounds together; a sound that has ended takes
    units that cost nothing.
    """
    start = sounds.start[rows]
    length = sounds.start[rows + 1] - start
    longest = int(length.max())
    at = np.arange(longest)[:, None]
    inside = at < length
    unit = sounds.units[np.where(inside, start + at, 0)]  # longest x rows
    silent = np.where(inside, costs.table[unit, 0], 0)
    spelt = costs.table[unit[:, None, :], reading[None, :, None]]  # longest x reading x rows
    spelt = np.where(inside[:, None, :], spelt, FAR)
    kind = costs.classes[unit[0]]
    extra = np.zeros((len(reading) + 1, len(rows)), dtype=np.float32)
    np.cumsum(costs.insertion[kind][:, reading].T, axis=0, out=extra[1:])
    # best[j]: the cost of the units so far as the first j of the reading
    best = extra.copy()
    for i in range(longest):
        step = best + silent[i]
        np.minimum(step[1:], best[:-1] + spelt[i], out=step[1:])
        step -= extra  # letters put in: a running minimum once their own cost is taken off
        np.minimum.accumulate(step, axis=0, out=step)
        step += extra
        best = step
    cheapest: Floats = best[-1]
    return cheapest
