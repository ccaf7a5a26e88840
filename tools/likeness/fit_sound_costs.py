"""Learns what each sound of a name costs in Thai letters (`data/sound_costs.json`).

A name's units are written one by one: each as one Thai unit or not at all, with Thai units put in
between now and then. Expectation maximisation finds how often each is written how. Rows stand in
a tree (``en:o<w`` below ``en:o`` below ``:o``): a row with few observations takes after its
parent, a root after the rough guess below.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from sisterdata.places.phonetics.sound_costs import ABJAD, chain, letters_of, rows, thai_readings
from sisterdata.places.phonetics.thai_letters_to_sounds import CONSONANTS, TONES
from sisterdata.places.phonetics.translated_words import CONCEPTS
from tools.gazetteer.name_sounds import Reading

ROUNDS = 6
PULL = 6.0  # observations that a parent's (or the guess's) distribution is worth
NOISE = 0.03  # of what is spelt is a slip; spread evenly, so that no slip is fatal
NOISE_INSERTED = 0.01
TELLING = 6  # observations from which a row of its own is kept
PRIMARY = 0.5  # least weight of a place's own name, however it is beaten by other names

# Latin letters that each Thai unit writes, the commonest first: where learning starts.
_GUESS = {
    "ก": "kgcq", "ข": "k", "ค": "kcqg", "ฆ": "gk", "ง": "n", "จ": "jzcg", "ฉ": "cs", "ช": "csjz",
    "ซ": "szcx", "ฌ": "jc", "ญ": "yn", "ฎ": "d", "ด": "dt", "ฏ": "t", "ต": "td", "ฐ": "t",
    "ฑ": "td", "ฒ": "td", "ถ": "t", "ท": "td", "ธ": "td",
    "น": "n", "ณ": "n", "บ": "bpv", "ป": "pb", "ผ": "p",
    "พ": "pb", "ภ": "bp", "ฝ": "f", "ฟ": "fpv", "ม": "m", "ย": "yij", "ร": "rl", "ล": "lr",
    "ฬ": "l", "ว": "wvuo", "ศ": "s", "ษ": "s", "ส": "szcx", "ห": "hjgx", "ฮ": "hjgx", "อ": "aeiou",
    "-ะ": "a", "-า": "a", "-ิ": "iye", "-ี": "iye", "-ึ": "ui", "-ื": "ui", "-ุ": "u", "-ู": "uow",
    "เ-": "ea", "แ-": "ae", "โ-": "oua", "-อ": "oa", "เ-อ": "euaio", "เ-าะ": "oa", "ไ-": "aiey",
    "เ-า": "aow", "เ-ีย": "iaey", "เ-ือ": "uoe", "-ัว": "uaow", "เ-ย": "ei",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """A Thai name and all ways that the place it means may sound, its own name's first."""

    thai: str
    sounds: tuple[Reading, ...]


Floats = npt.NDArray[np.float64]


def learn(pairs: Sequence[Pair]) -> dict[str, dict[str, dict[str, int]]]:
    """The content of `sound_costs.json`, from pairs of names."""
    thai = _thai_units(pairs)
    names, parents = _tree(pairs)
    known = {name: row for row, name in enumerate(names)}
    guess = np.stack([_guess(name, thai) for name in names])
    kinds = np.array([name.startswith(f"{ABJAD}:") for name in names], dtype=np.int64)
    coded = [
        (
            [
                np.array([thai[unit] for unit in reading], dtype=np.int64)
                for reading in thai_readings(pair.thai)
            ],
            [
                (s.language, np.array(rows(s.units, s.language, known), dtype=np.int64))
                for s in pair.sounds
            ],
        )
        for pair in pairs
    ]
    spelling, inserted = guess, np.full((2, len(thai)), 0.05 / len(thai))
    for _ in range(ROUNDS):
        spelt, added, places = _count(coded, spelling, inserted, kinds)
        spelling, met = _smoothed(spelt, parents, guess)
        share = (added.sum(axis=0) + 0.5) / (added.sum() + 0.5 * len(thai))
        rate = (added.sum(axis=1) + 1) / (places + 20)
        within = (added + 20 * share) / (added.sum(axis=1, keepdims=True) + 20)
        inserted = within * rate[:, None]
    return _shipped(spelling, inserted, met, names, parents, thai)


def _thai_units(pairs: Iterable[Pair]) -> dict[str, int]:
    """Every Thai unit; 0 stands for leaving a unit out."""
    met = {unit for pair in pairs for reading in thai_readings(pair.thai) for unit in reading}
    every = {*met, *CONSONANTS, *(f"{letter}์" for letter in CONSONANTS), *TONES, *CONCEPTS, *_GUESS}
    return {"-": 0} | {unit: i for i, unit in enumerate(sorted(every), start=1)}


def _tree(pairs: Iterable[Pair]) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The names of the rows and, for each, its parent's row (its own for a root)."""
    met: Counter[str] = Counter()
    for pair in pairs:
        for reading in pair.sounds:
            for before, unit in zip(("", *reading.units), reading.units, strict=False):
                names = chain(reading.language, before, unit)
                met.update(names if reading is pair.sounds[0] else names[-3:])
    # What follows another unit is learned from the places' own names only.
    kept = {name for name, n in met.items() if "<" not in name.rstrip("<>") or n >= TELLING}
    kept |= {f"th:{unit}" for unit in _GUESS}
    order = sorted(kept)
    at = {name: row for row, name in enumerate(order)}
    return order, np.array([at.get(_parent(name), at[name]) for name in order])


def _parent(name: str) -> str:
    language, _, unit = name.partition(":")
    if "<" in unit and not unit.startswith("<"):
        return f"{language}:{unit.partition('<')[2]}"
    return f":{unit}" if language else f":{letters_of(unit)}"


def _guess(name: str, thai: dict[str, int]) -> Floats:
    chances = np.full(len(thai), 0.15 / len(thai))
    language, _, unit = name.partition(":")
    unit = unit.partition("<")[2] if "<" in unit and not unit.startswith("<") else unit
    if language == "th" or unit.startswith("<"):  # a Thai unit, or a translated word: itself
        if unit in thai:
            chances[thai[unit]] += 6
        mine = set(_GUESS.get(unit, _GUESS.get(unit[0], "")))
        for other, letters in _GUESS.items():
            chances[thai[other]] += 0.04 * bool(mine & set(letters))
        chances[0] += 2 if unit in TONES else 0.3
        return np.asarray(chances / chances.sum())
    letters = letters_of(unit)
    for other, written in _GUESS.items():
        if letters[:1] in written:
            chances[thai[other]] += 1.5 if letters[0] == written[0] else 0.7
            if other in CONSONANTS:
                chances[thai[f"{other}์"]] += 0.3
        elif set(letters[1:]) & set(written):
            chances[thai[other]] += 0.3
    chances[0] += 0.5 if letters[:1] in "aeiouy" else 0.35
    chances[0] += 1.0 * (letters in ("h", "e"))
    return np.asarray(chances / chances.sum())


def _count(
    coded: list[Any], spelling: Floats, inserted: Floats, kinds: npt.NDArray[np.int64]
) -> tuple[Floats, Floats, Floats]:
    """One pass over the pairs: expected counts, with each language's best fitting name."""
    spelt, added = np.zeros_like(spelling), np.zeros_like(inserted)
    places = np.zeros(2)
    for readings, sounds in coded:
        best: dict[str, Any] = {}
        for at, (language, sound) in enumerate(sounds):
            kind = kinds[sound[0]] if len(sound) else 0
            for reading in readings:
                fit = _likelihood(reading, sound, spelling, inserted[kind])
                if language not in best or fit > best[language][0]:
                    best[language] = (fit, reading, sound, kind, at)
        top = max((found[0] for found in best.values()), default=0)
        for fit, reading, sound, kind, at in best.values():
            weight = float(np.exp(0.5 * (fit - top)))
            # A place's own name counts, unless its label fits none of its letters.
            if at == 0 and fit / len(reading) > -3.2:
                weight = max(weight, PRIMARY)
            if weight >= 0.02:
                _expect(reading, sound, spelling, inserted[kind], weight, spelt, added[kind])
                places[kind] += weight * (len(sound) + 1)
    return spelt, added, places


def _smoothed(
    spelt: Floats, parents: npt.NDArray[np.int64], guess: Floats
) -> tuple[Floats, Floats]:
    """Distributions from counts, each drawn towards its parent's; how often each row was met."""
    depth, up = np.zeros(len(parents), dtype=np.int64), parents
    at = np.arange(len(parents))
    while (moved := up != at).any():
        depth += moved
        at, up = up, parents[up]
    total = spelt.copy()
    for level in range(int(depth.max()), 0, -1):
        here = np.flatnonzero(depth == level)
        np.add.at(total, parents[here], total[here])
    spelling = np.empty_like(spelt)
    for level in range(int(depth.max()) + 1):
        here = np.flatnonzero(depth == level)
        prior = guess[here] if level == 0 else spelling[parents[here]]
        mass = total[here].sum(axis=1, keepdims=True)
        spelling[here] = (total[here] + PULL * prior) / (mass + PULL)
    return spelling, total.sum(axis=1)


def _shipped(
    spelling: Floats,
    inserted: Floats,
    met: Floats,
    names: list[str],
    parents: npt.NDArray[np.int64],
    thai: dict[str, int],
) -> dict[str, dict[str, dict[str, int]]]:
    """Costs in hundredths of a nat; only rows that were met, and only what is not their rest."""
    costs = -np.log((1 - NOISE) * spelling + NOISE / len(thai))
    units = list(thai)
    table = {}
    for row, name in enumerate(names):
        if met[row] < 1 and parents[row] != row:
            continue  # its parent says the same
        rest = round(100 * float(np.median(costs[row])))
        listed = {units[t]: round(100 * float(costs[row, t])) for t in np.argsort(costs[row])}
        table[name] = {u: c for u, c in listed.items() if c < rest - 60 or u == "-"} | {"*": rest}
    insertion = -np.log(inserted + NOISE_INSERTED / len(thai))
    return {
        "spelling": table,
        "insertion": {
            kind: {unit: round(100 * float(insertion[i, t])) for unit, t in thai.items() if t}
            for i, kind in enumerate(("", ABJAD))
        },
    }


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def _forward(reading: Any, sound: Any, spelling: Floats, inserted: Floats) -> Floats:
    chance = np.zeros((len(sound) + 1, len(reading) + 1))
    chance[0, 0] = 1.0
    for i in range(len(sound) + 1):
        for j in range(len(reading) + 1):
            sofar = chance[i, j]
            if i > 0:
                sofar += chance[i - 1, j] * spelling[sound[i - 1], 0]
            if j > 0:
                sofar += chance[i, j - 1] * inserted[reading[j - 1]]
            if i > 0 and j > 0:
                sofar += chance[i - 1, j - 1] * spelling[sound[i - 1], reading[j - 1]]
            chance[i, j] = sofar
    return chance


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def _likelihood(reading: Any, sound: Any, spelling: Floats, inserted: Floats) -> float:
    return np.log(_forward(reading, sound, spelling, inserted)[-1, -1] + 1e-300)  # type: ignore[no-any-return]


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def _expect(
    reading: Any,
    sound: Any,
    spelling: Floats,
    inserted: Floats,
    weight: float,
    spelt: Floats,
    added: Floats,
) -> None:
    """Adds the expected counts of every way to align the two."""
    forward = _forward(reading, sound, spelling, inserted)
    n, m = len(sound), len(reading)
    whole = forward[n, m]
    if whole <= 0:
        return
    back = np.zeros((n + 1, m + 1))
    back[n, m] = 1.0
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            sofar = back[i, j]
            if i < n:
                sofar += back[i + 1, j] * spelling[sound[i], 0]
            if j < m:
                sofar += back[i, j + 1] * inserted[reading[j]]
            if i < n and j < m:
                sofar += back[i + 1, j + 1] * spelling[sound[i], reading[j]]
            back[i, j] = sofar
    for i in range(n + 1):
        for j in range(m + 1):
            share = weight * forward[i, j] / whole
            if i < n:
                spelt[sound[i], 0] += share * spelling[sound[i], 0] * back[i + 1, j]
            if j < m:
                added[reading[j]] += share * inserted[reading[j]] * back[i, j + 1]
            if i < n and j < m:
                step = spelling[sound[i], reading[j]] * back[i + 1, j + 1]
                spelt[sound[i], reading[j]] += share * step
