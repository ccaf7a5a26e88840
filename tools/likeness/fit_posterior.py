"""Fits the likelihood of Thai names, and the calibration of its scores (`place_posterior.json`).

A name is asked with its place in the gazetteer and, MISSING times as often, without it and its
namesakes. The weights of what is heard are those under which the answers, or "none", are likeliest
(a softmax over the entries and none). Which of an entry's names is nearest depends on the weights,
so both are found in turn, beginning at START: the fit depends on the examples alone.

How surprising a name is (`background`) is counted in the names of the examples. While fitting, the
names of each fold are compared with those of the others, as a new name will be.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from sisterdata.gazetteer.index import NameKind
from sisterdata.places.candidates_by_sound import END, START, sound_features, surprise
from sisterdata.places.phonetics.search_by_sound import Reading
from sisterdata.places.posterior_parameters import Floats, Parameters, parameters_of
from sisterdata.places.score_candidates import AS_NEAR, HOPELESS, MOST_GAP, MOST_RATIO
from tools.likeness.candidate_evidence import Example

MISSING = 0.15  # share of examples without their entry, to learn what those look like
ROUNDS = 6
_HELD = 0.25  # pull towards the first weights: ten names weigh more than this
# Where the fit begins: the weights of an earlier study, on another version of the gazetteer.
FIRST = {
    "constant": 3.71, "per_background_nat": 0.291, "per_unit": -0.111, "cost": 0.196,
    "cost_per_unit": 1.514, "letters_apart": 0.402, "log_names_near": 1.19, "official_near": 0.0,
}  # fmt: skip
FIRST_OF_KIND = {"alternate": 2.628, "local": -6.935, "cldr": 0.387, "generated_thai": 3.128}
_KINDS = tuple(NameKind[name.upper()] for name in FIRST_OF_KIND)
WEIGHTS = (*FIRST, *FIRST_OF_KIND)
_SMOOTHING = 5.0  # pairs of units that what is known of single units is worth


@dataclass(frozen=True, slots=True)
class Table:
    """All examples one below the other; `start[i]` is the first row of example i."""

    evidence: Floats  # a column for each weight and kind
    offset: Floats  # the prior
    true: npt.NDArray[np.bool_]
    far: Floats  # nats per unit
    official: npt.NDArray[np.bool_]  # is the spelling just the official one?
    start: npt.NDArray[np.intp]
    missing: npt.NDArray[np.bool_]
    weight: Floats

    @property
    def example(self) -> npt.NDArray[np.intp]:
        return np.repeat(np.arange(len(self.start)), np.diff([*self.start, len(self.true)]))


def fit(examples: Sequence[Example], stated: dict[str, Any]) -> dict[str, Any]:
    """The content of the file: weights of sounds and calibration fitted, the rest as stated."""
    sound = {**stated["sound"], **FIRST, "kind": {**stated["sound"]["kind"], **FIRST_OF_KIND}}
    background = count_units(examples)
    fitted = {**stated, "sound": sound, "background": background}
    unusual = surprises(examples)
    first = np.array([*FIRST.values(), *FIRST_OF_KIND.values()])
    for _ in range(ROUNDS):
        given = parameters_of(fitted)
        before = _weights(given)
        table = tabulate(examples, given, unusual)
        found = minimize(_loss, before, (table, first), jac=True, method="L-BFGS-B")
        weights = dict(zip(WEIGHTS, (round(x, 3) for x in found.x.tolist()), strict=True))
        kinds = {**sound["kind"], **{name: weights[name] for name in FIRST_OF_KIND}}
        sound = {**sound, **{name: weights[name] for name in FIRST}, "kind": kinds}
        fitted = {**fitted, "sound": sound}
    layer = calibration(firsts(examples, parameters_of(fitted), unusual))
    layers = {**stated["calibration"], "sound": layer, "official": layer}
    return {**fitted, "calibration": layers}


def _weights(given: Parameters) -> Floats:
    of_kinds = given.sound_kinds[list(_KINDS)].tolist()
    return np.array([*(given.sound[name] for name in FIRST), *of_kinds])


def count_units(examples: Iterable[Example]) -> dict[str, Any]:
    """How often each Thai unit, and each after another, was met in the names as printed."""
    once: Counter[str] = Counter()
    pairs: dict[str, Counter[str]] = defaultdict(Counter)
    for reading in _names(examples):
        once.update((*reading, END))
        for before, unit in zip((START, *reading), (*reading, END), strict=True):
            pairs[before][unit] += 1
    rows = {unit: dict(pairs[unit].most_common()) for unit in sorted(pairs)}
    return {"smoothing": _SMOOTHING, "unit": dict(once.most_common()), "pair": rows}


def _names(examples: Iterable[Example]) -> Iterable[Reading]:
    """The names of the examples, each once, in order."""
    return {e.query: e.name for e in examples if e.kind == "plain" and not e.region}.values()


def surprises(examples: Sequence[Example]) -> Floats:
    """How surprising each name is beside the names of the other folds."""
    found = np.zeros(len(examples))
    folds = np.array([example.query.fold for example in examples])
    for fold in np.unique(folds).tolist():
        others = count_units(e for e in examples if e.query.fold != fold)
        for at in np.flatnonzero(folds == fold).tolist():
            found[at] = surprise(examples[at].name, others)
    return found


def tabulate(examples: Sequence[Example], given: Parameters, unusual: Floats) -> Table:
    """Each example with its entry, where that was heard, and without it and its namesakes."""
    parts: list[tuple[Floats, Floats, npt.NDArray[np.bool_], Floats, npt.NDArray[np.bool_]]] = []
    missing, weight = [], []
    weights = _weights(given)
    for example, nats in zip(examples, unusual.tolist(), strict=True):
        rows, offset, far, official = _evidence(example, given, nats)
        logits = offset + rows @ weights
        every, nothing = np.ones(len(far), dtype=bool), np.zeros(len(far), dtype=bool)
        asked = [(every, example.true, False)] if example.true.any() else []
        asked.append((~example.namesakes, nothing, True))
        for among, true, gone in asked:
            if among.any():
                kept = among & ((logits > logits[among].max() - HOPELESS) | true)
                parts.append((rows[kept], offset[kept], true[kept], far[kept], official[kept]))
                missing.append(gone)
                weight.append(example.weight * (MISSING / (1 - MISSING) if gone else 1.0))
    length = np.array([len(part[0]) for part in parts], dtype=np.intp)
    rows, offset, true, far, official = map(np.concatenate, zip(*parts, strict=True))
    return Table(
        rows,
        offset,
        true,
        far,
        official,
        np.cumsum(length) - length,
        np.array(missing),
        np.array(weight),
    )


def _evidence(
    example: Example, given: Parameters, unusual: float
) -> tuple[Floats, Floats, Floats, npt.NDArray[np.bool_]]:
    """What each weight multiplies, what is not fitted, how far off an entry is, is it official?

    The last columns are how much the extra cost of a kind of name takes away.
    """
    heard, name = example.heard, example.name
    found = sound_features(heard, given.sound_kinds)
    cost = heard.name_cost + given.sound_kinds[heard.name_kind]
    nearest = np.flatnonzero(cost == found.cost[heard.name_of])[::-1]
    kind = np.zeros(len(heard.entries), dtype=int)
    kind[heard.name_of[nearest]] = heard.name_kind[nearest]
    per_nat = given.sound["cost"] + given.sound["cost_per_unit"] / found.units
    same = np.ones(len(kind))
    bare = found.cost - given.sound_kinds[kind]
    columns = [
        same, unusual * same, len(name) * same, -bare, -bare / found.units, -found.apart,
        np.log1p(found.near), found.telling == 1,
    ]  # fmt: skip
    columns += [-per_nat * (kind == each) for each in _KINDS]
    official = found.telling == 0
    offset = example.prior + given.sound["official"] * official
    return np.column_stack(columns), offset, found.far, official


def posterior(table: Table, weights: Floats, missing: float) -> tuple[Floats, Floats]:
    """The probability of each row, and of none in each example."""
    logits = table.offset + table.evidence @ weights
    none = math.log(missing / (1 - missing))
    most = np.maximum(np.maximum.reduceat(logits, table.start), none)
    odds = np.exp(logits - most[table.example])
    total = np.add.reduceat(odds, table.start) + np.exp(none - most)
    return odds / total[table.example], np.exp(none - most) / total


def _loss(weights: Floats, table: Table, before: Floats) -> tuple[float, Floats]:
    """Minus the log probability of what is true, and its gradient."""
    likely, none = posterior(table, weights, MISSING)
    right = np.add.reduceat(likely * table.true, table.start)
    right = np.maximum(np.where(table.missing, none, right), 1e-12)
    off = weights - before
    loss = -(table.weight * np.log(right)).sum() + _HELD * (off @ off)
    wrong = table.weight[table.example] * (likely - table.true)
    return float(loss), table.evidence.T @ wrong + 2 * _HELD * off


TRAITS = ("logit", "far", "as_near", "ratio", "gap")


@dataclass(frozen=True, slots=True)
class First:
    """The first candidate of each example: what its calibration looks at, and is it right?"""

    traits: Floats  # a column for each of TRAITS
    right: npt.NDArray[np.bool_]
    weight: Floats  # with as many missing entries as are taken to be missing
    missing: npt.NDArray[np.bool_]


def firsts(examples: Sequence[Example], given: Parameters, unusual: Floats) -> First:
    """The first candidates that the parameters give."""
    table = tabulate(examples, given, unusual)
    weights = _weights(given)
    likely, _ = posterior(table, weights, given.missing)
    nothing = math.log(given.missing / (1 - given.missing))
    official = given.sound["official"]
    rows = []
    right = []
    for start, stop in pairwise([*table.start.tolist(), len(table.true)]):
        every = slice(start, stop)
        fit = table.evidence[every] @ weights + official * table.official[every]
        logit = table.evidence[every] @ weights + table.offset[every] - nothing
        first, *others = np.argsort(-logit, kind="stable")
        share = float(np.clip(likely[every][first], 1e-9, 1 - 1e-9))
        far = table.far[every]
        near = logit > logit[first] - HOPELESS
        second = logit[others[0]] if others else 0.0
        rows.append((
            math.log(share / (1 - share)),
            far[first],
            math.log((far[near] < far[first] + AS_NEAR).sum()),
            min(fit[first], MOST_RATIO),
            min(logit[first] - second, MOST_GAP),
        ))  # fmt: skip
        right.append(table.true[every][first])
    rate = MISSING / (1 - MISSING) * (1 - given.missing) / given.missing
    weight = table.weight / np.where(table.missing, rate, 1.0)
    return First(np.array(rows), np.array(right), weight, table.missing)


def calibration(found: First) -> dict[str, float]:
    """A logistic layer on the first candidate: what it looks at against how often it is right."""
    traits = np.column_stack([found.traits, np.ones(len(found.right))])
    sign = np.where(found.right, 1.0, -1.0)

    def loss(layer: Floats) -> tuple[float, Floats]:
        margin = sign * (traits @ layer)
        slope = -(found.weight * sign / (1 + np.exp(margin))) @ traits
        return float((found.weight * np.logaddexp(0, -margin)).sum()), slope

    start = np.array([1.0, *[0.0] * len(TRAITS)])
    layer = minimize(loss, start, jac=True, method="BFGS").x.tolist()
    names = (*TRAITS, "intercept")
    return dict(zip(names, (round(x, 3) for x in layer), strict=True))


def scores(found: First, layer: Mapping[str, float]) -> Floats:
    """The calibrated probabilities of first candidates."""
    logit = found.traits @ np.array([layer[name] for name in TRAITS]) + layer["intercept"]
    return np.asarray(1 / (1 + np.exp(-logit)))


@dataclass(frozen=True, slots=True)
class Held:
    """Scores of names that nothing was fitted on: which set each is of, is the answer right?"""

    kind: npt.NDArray[np.str_]
    score: Floats
    right: npt.NDArray[np.bool_]
    missing: npt.NDArray[np.bool_]


def held_out(examples: Sequence[Example], given: Parameters) -> Held:
    """What the parameters say of names that they were not fitted to."""
    unusual = np.array([surprise(example.name, given.background) for example in examples])
    found = firsts(examples, given, unusual)
    kinds = []
    for example in examples:
        kind = example.query.set + (", one edit" if example.kind == "edited" else "")
        kind += ", region known" if example.region else ""
        kinds += [kind] * (int(example.true.any()) + int((~example.namesakes).any()))
    score = scores(found, given.calibration["sound"])
    return Held(np.array(kinds), score, found.right, found.missing)
