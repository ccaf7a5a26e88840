"""Which entries of a country sound like a printed name, and how far off each is.

Two steps. Every sound of the country has a key, the Thai letters it would most likely be written
with (like folded with like); the keys nearest to the name's own are looked at more closely: what
would it cost a Thai writer to spell that sound so (`sound_costs.py`)? The cost is minus the log of
a probability, so that costs of different entries compare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Indel

from sisterdata import gazetteer
from sisterdata.places.phonetics.sound_costs import Costs, key
from sisterdata.text.letter_sets import LetterSets, least_apart, letter_sets

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]
Reading = tuple[str, ...]

NEAREST_KEYS = 200  # are weighed at least
MOST_KEYS = 400  # of equally near ones, at most
LETTERS_PER_TENFOLD = 0.6  # that a place with a tenth of the people is put back
LETTERS_OUTSIDE = 3  # that one outside the region printed is put back
FAR_OFF = 4  # letters more than half a name's, and more are not looked for one by one
LONG = 10  # units of a sound that is priced apart from shorter ones
WINDOW = 4  # letters that a key may be longer or shorter


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
    keys: npt.NDArray[np.object_]
    key_start: Ints
    people: Floats  # of each entry, the logarithm to base 10

    @classmethod
    def from_columns(cls, columns: Mapping[str, Any], population: npt.ArrayLike) -> Sounds:
        """From the columns of the index (`gazetteer.sound_columns`)."""
        keys = columns["text_sound_keys"].tobytes().decode().split("\n")
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
            keys=np.array(keys, dtype=object),
            key_start=np.searchsorted(columns["sound_key"][order], np.arange(len(keys) + 1)),
            people=np.log10(1 + np.asarray(population, dtype=np.float32)),
        )

    @cached_property
    def by_entry(self) -> tuple[Ints, Ints]:
        """The rows ordered by entry, and where each entry's begin."""
        order = np.argsort(self.entry, kind="stable")
        entries = int(self.entry.max(initial=-1)) + 1
        return order, np.searchsorted(self.entry[order], np.arange(entries + 1))

    @cached_property
    def key_of(self) -> Ints:
        """The key of each row."""
        return np.repeat(np.arange(len(self.keys)), np.diff(self.key_start))

    @cached_property
    def key_handicap(self) -> npt.NDArray[np.uint8]:
        """How many letters each key is put back for the few people of its largest entry."""
        most = np.maximum.reduceat(self.people[self.entry], self.key_start[:-1])
        handicap: npt.NDArray[np.uint8] = np.rint(LETTERS_PER_TENFOLD * (8 - most)).astype(np.uint8)
        return handicap

    @cached_property
    def key_letters(self) -> LetterSets:
        """The letters of each key."""
        return letter_sets(self.keys.tolist())


@dataclass(frozen=True, slots=True)
class Heard:
    """Sounds near a name: rows of `Sounds`, what each costs, and how far off its key is."""

    rows: Ints
    costs: Floats
    apart: npt.NDArray[np.uint8]

    def only(self, chosen: npt.NDArray[np.bool_]) -> Heard:
        """Some of them."""
        return Heard(self.rows[chosen], self.costs[chosen], self.apart[chosen])


@cache
def sounds_of(code: str) -> Sounds:
    """The sounds of one country of the gazetteer."""
    columns = gazetteer.sound_columns(code)
    return Sounds.from_columns(columns, gazetteer.country(code).population)


def price_entries(
    sounds: Sounds, entries: Ints, readings: Sequence[Reading], costs: Costs
) -> tuple[Ints, Ints, Floats]:
    """All sounds of some entries: their rows, which of the entries each is of, what it costs."""
    order, start = sounds.by_entry
    rows, which = _spread(start, entries)
    rows = order[rows]
    return rows, which, _cheapest(sounds, rows, _coded(readings, costs)[0], costs)


def hear(
    sounds: Sounds,
    readings: Sequence[Reading],
    within: npt.NDArray[np.bool_] | None,
    costs: Costs,
) -> Heard:
    """The sounds of a country that are near any reading of a name, in no order.

    Those of larger places, and of places `within` the region printed, are looked for further off.
    """
    thai, names = _coded(readings, costs)
    if not thai or not len(sounds.keys):
        return _nothing()
    nearest, apart = _nearest_keys(sounds, names, within)
    rows, which = _spread(sounds.key_start, nearest)
    return Heard(rows, _cheapest(sounds, rows, thai, costs), apart[which])


def hear_among(sounds: Sounds, entries: Ints, readings: Sequence[Reading], costs: Costs) -> Heard:
    """All sounds of some entries, however near."""
    thai, names = _coded(readings, costs)
    order, start = sounds.by_entry
    rows = order[_spread(start, entries[entries < len(start) - 1])[0]]
    if not thai or not len(rows):
        return _nothing()
    keys, at = np.unique(sounds.key_of[rows], return_inverse=True)
    return Heard(rows, _cheapest(sounds, rows, thai, costs), _off(names, sounds.keys[keys])[at])


def _nothing() -> Heard:
    nothing = np.empty(0)
    return Heard(nothing.astype(np.intp), nothing.astype(np.float32), nothing.astype(np.uint8))


def _coded(readings: Sequence[Reading], costs: Costs) -> tuple[list[Ints], list[str]]:
    """The readings as rows of the costs, and the key of each; those of unknown units left out."""
    thai = [
        np.array([costs.thai[u] for u in r if u in costs.thai], dtype=np.intp) for r in readings
    ]
    thai = [reading for reading in thai if len(reading)]
    return thai, [key(reading, costs.letters) for reading in thai]


def _cheapest(sounds: Sounds, rows: Ints, thai: Sequence[Ints], costs: Costs) -> Floats:
    """What each sound costs to be spelt as the reading that it is nearest to."""
    cheapest: Floats = np.minimum.reduce([_price(sounds, rows, name, costs) for name in thai])
    return cheapest


def _nearest_keys(
    sounds: Sounds, wanted: list[str], within: npt.NDArray[np.bool_] | None
) -> tuple[Ints, npt.NDArray[np.uint8]]:
    """The nearest keys, and how many letters each is off.

    Only keys that have nearly the same letters, in whatever order, are compared letter by letter.
    """
    lengths = list(map(len, wanted))
    low, high = np.searchsorted(
        sounds.key_letters.length, [min(lengths) - WINDOW, max(lengths) + WINDOW + 1]
    ).tolist()
    if low == high:
        low, high = 0, len(sounds.keys)
    handicap = sounds.key_handicap[low:high]
    if within is not None:
        rows = slice(sounds.key_start[low], sounds.key_start[high])
        start = sounds.key_start[low:high] - sounds.key_start[low]
        inside = np.logical_or.reduceat(within[sounds.entry[rows]], start)
        handicap = handicap + np.where(inside, 0, LETTERS_OUTSIDE).astype(np.uint8)
    letters = sounds.key_letters.only(slice(low, high))
    least = np.minimum.reduce([least_apart(letters, name) for name in wanted])
    least += handicap
    enough = min(NEAREST_KEYS, high - low)
    limit = 1
    while np.count_nonzero(least <= limit) < enough:
        limit += 1
    chosen = np.flatnonzero(least <= limit)
    off = _off(wanted, sounds.keys[low + chosen]) + handicap[chosen]
    # The limit becomes how far off the last of enough keys really is; a key whose letters say no
    # more than that may be nearer, and is compared too, unless nearly all of them are as far.
    known, limit = limit, int(np.partition(off, enough - 1)[enough - 1])
    if known < limit <= FAR_OFF + max(lengths) // 2:
        more = np.flatnonzero((least <= limit) & (least > known))
        off = np.concatenate([off, _off(wanted, sounds.keys[low + more]) + handicap[more]])
        chosen = np.concatenate([chosen, more])
        limit = int(np.partition(off, enough - 1)[enough - 1])
    near = np.flatnonzero(off <= limit)
    if len(near) > MOST_KEYS:
        closer, last = np.flatnonzero(off < limit), np.flatnonzero(off == limit)
        last = last[np.argsort(chosen[last])]
        near = np.concatenate([closer, last])[: max(MOST_KEYS, len(closer))]
    return chosen[near] + low, off[near] - handicap[chosen[near]]


def _off(wanted: list[str], keys: npt.NDArray[np.object_]) -> npt.NDArray[np.uint8]:
    """How many letters each key is off."""
    off: npt.NDArray[np.uint8] = process.cdist(
        wanted, keys.tolist(), scorer=Indel.distance, dtype=np.uint8
    ).min(axis=0)
    return off


def _spread(start: Ints, chosen: Ints) -> tuple[Ints, Ints]:
    """All rows of the chosen groups, and which group each is of."""
    count = start[chosen + 1] - start[chosen]
    which = np.repeat(np.arange(len(chosen)), count)
    first = np.cumsum(count) - count
    return start[chosen][which] + np.arange(len(which)) - first[which], which


def _price(sounds: Sounds, rows: Ints, reading: Ints, costs: Costs) -> Floats:
    """What each sound costs to be spelt as the reading: the cheapest way to align the two."""
    long = sounds.start[rows + 1] - sounds.start[rows] > LONG
    if not long.any() or long.all():
        return _align(sounds, rows, reading, costs)
    price = np.empty(len(rows), dtype=np.float32)  # apart, as all take as long as the longest
    for some in (long, ~long):
        price[some] = _align(sounds, rows[some], reading, costs)
    return price


def _align(sounds: Sounds, rows: Ints, reading: Ints, costs: Costs) -> Floats:
    """The cheapest alignments, all sounds together.

    Units of the reading are taken one at a time; a sound that has ended has units that cost nothing
    to leave out.
    """
    start = sounds.start[rows]
    length = sounds.start[rows + 1] - start
    at = np.arange(int(length.max()))[:, None]
    inside = at < length
    ended = costs.table.shape[1] - 1
    unit = np.where(inside, sounds.units[np.where(inside, start + at, 0)], ended)  # longest x rows
    unit = unit.astype(np.intp)
    best = np.zeros((len(at) + 1, len(rows)), dtype=np.float32)
    np.cumsum(costs.table[0][unit], axis=0, out=best[1:])
    classes = costs.classes[unit[0]].astype(np.intp)
    silent, step, spare = best.copy(), np.empty_like(best), np.empty_like(best)
    written = np.empty_like(best[1:])
    # best[i]: the cost of the reading so far as the first i units
    for thai in reading.tolist():
        np.add(best, costs.insertion[:, thai][classes], out=step)
        np.take(costs.table[thai], unit, out=written, mode="clip")
        written += best[:-1]
        np.minimum(step[1:], written, out=step[1:])
        step -= silent  # units left out: the least so far, once their own cost is taken off
        for reach in (1, 2, 4, 8, 16, 32, 64, 128):
            if reach > len(at):
                break
            np.minimum(step[reach:], step[:-reach], out=spare[reach:])
            spare[:reach] = step[:reach]
            step, spare = spare, step
        step += silent
        best, step = step, best
    cheapest: Floats = best[-1]
    return cheapest
