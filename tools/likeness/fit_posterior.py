"""Fits the likelihood of Thai names, and the calibration of its scores (`place_posterior.json`).

A name is asked with its place in the gazetteer and, MISSING times as often, without it and its
namesakes. The weights of what is heard are those under which the answers, or "none", are likeliest
(a softmax over the entries and none). Which of an entry's names is nearest depends on the weights,
so both are found in turn.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from sisterdata.gazetteer.index import NameKind
from sisterdata.places.candidates_by_sound import sound_features, surprise
from sisterdata.places.posterior_parameters import Floats, Parameters, parameters_of
from tools.likeness.candidate_evidence import Example

MISSING = 0.15  # share of examples without their entry, to learn what those look like
ROUNDS = 2
_HOPELESS = 12.0  # entries so much less likely than the likeliest one are left out
_HELD = 0.25  # pull towards the weights before: ten names weigh more than this
WEIGHTS = (
    "constant", "per_background_nat", "per_unit", "cost", "cost_per_unit", "letters_apart",
    "log_names_near", "official_near",
)  # fmt: skip
_KINDS = (NameKind.ALTERNATE, NameKind.LOCAL, NameKind.CLDR, NameKind.GENERATED_THAI)


@dataclass(frozen=True, slots=True)
class Table:
    """All examples one below the other; `start[i]` is the first row of example i."""

    evidence: Floats  # a column for each weight and kind
    offset: Floats  # the prior
    true: npt.NDArray[np.bool_]
    far: Floats  # nats per unit
    start: npt.NDArray[np.intp]
    missing: npt.NDArray[np.bool_]
    weight: Floats

    @property
    def example(self) -> npt.NDArray[np.intp]:
        return np.repeat(np.arange(len(self.start)), np.diff([*self.start, len(self.true)]))


def fit(examples: Sequence[Example], shipped: dict[str, Any]) -> dict[str, Any]:
    """The content of the file with weights of sounds and calibration fitted to the examples."""
    for _ in range(ROUNDS):
        given = parameters_of(shipped)
        table = tabulate(examples, given)
        before = _weights(given)
        found = minimize(_loss, before, (table, before), jac=True, method="L-BFGS-B")
        fitted = dict(zip(WEIGHTS, found.x.tolist(), strict=False))
        sound = {**shipped["sound"], **{name: round(x, 3) for name, x in fitted.items()}}
        moved = zip(_KINDS, found.x[len(WEIGHTS) :].tolist(), strict=True)
        kinds = {kind.name.lower(): x for kind, x in moved}
        held = sound["kind"]
        sound["kind"] = {**held, **{k: round(held.get(k, 0.0) + x, 3) for k, x in kinds.items()}}
        shipped = {**shipped, "sound": sound}
    layer = calibration(examples, parameters_of(shipped))
    layers = {**shipped["calibration"], "sound": layer, "official": layer}
    return {**shipped, "calibration": layers}


def _weights(given: Parameters) -> Floats:
    return np.array([given.sound[name] for name in WEIGHTS] + [0.0] * len(_KINDS))


def tabulate(examples: Sequence[Example], given: Parameters) -> Table:
    """Each example with its entry, where that was heard, and without it and its namesakes."""
    parts: list[tuple[Floats, Floats, npt.NDArray[np.bool_], Floats]] = []
    missing, weight = [], []
    weights = _weights(given)
    for example in examples:
        rows, offset, far = _evidence(example, given)
        logits = offset + rows @ weights
        every, nothing = np.ones(len(far), dtype=bool), np.zeros(len(far), dtype=bool)
        asked = [(every, example.true, False)] if example.true.any() else []
        asked.append((~example.namesakes, nothing, True))
        for among, true, gone in asked:
            if among.any():
                kept = among & ((logits > logits[among].max() - _HOPELESS) | true)
                parts.append((rows[kept], offset[kept], true[kept], far[kept]))
                missing.append(gone)
                weight.append(example.weight * (MISSING / (1 - MISSING) if gone else 1.0))
    length = np.array([len(true) for _, _, true, _ in parts], dtype=np.intp)
    return Table(
        np.concatenate([rows for rows, _, _, _ in parts]),
        np.concatenate([prior for _, prior, _, _ in parts]),
        np.concatenate([true for _, _, true, _ in parts]),
        np.concatenate([far for _, _, _, far in parts]),
        np.cumsum(length) - length,
        np.array(missing),
        np.array(weight),
    )


def _evidence(example: Example, given: Parameters) -> tuple[Floats, Floats, Floats]:
    """What each weight multiplies, what is not fitted, and how far off each entry is.

    The last columns are how much a kind's extra cost would take away.
    """
    heard, name = example.heard, example.name
    found = sound_features(heard, given.sound_kinds)
    cost = heard.name_cost + given.sound_kinds[heard.name_kind]
    nearest = np.flatnonzero(cost == found.cost[heard.name_of])[::-1]
    kind = np.zeros(len(heard.entries), dtype=int)
    kind[heard.name_of[nearest]] = heard.name_kind[nearest]
    per_nat = given.sound["cost"] + given.sound["cost_per_unit"] / found.units
    same = np.ones(len(kind))
    columns = [
        same, surprise(name, given) * same, len(name) * same, -found.cost,
        -found.cost / found.units, -found.apart, np.log1p(found.near), found.telling == 1,
    ]  # fmt: skip
    columns += [-per_nat * (kind == each) for each in _KINDS]
    offset = example.prior + given.sound["official"] * (found.telling == 0)
    return np.column_stack(columns), offset, found.far


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


@dataclass(frozen=True, slots=True)
class First:
    """The first candidate of each example: its raw and calibrated probability, is it right?"""

    logit: Floats
    far: Floats
    right: npt.NDArray[np.bool_]
    weight: Floats  # with as many missing entries as are taken to be missing
    missing: npt.NDArray[np.bool_]


def firsts(examples: Sequence[Example], given: Parameters) -> First:
    """The first candidates that the parameters give."""
    table = tabulate(examples, given)
    likely, _ = posterior(table, _weights(given), given.missing)
    best = np.maximum.reduceat(likely, table.start)
    first = likely == best[table.example]
    right = np.add.reduceat((first & table.true).astype(float), table.start) > 0
    far = np.maximum.reduceat(np.where(first, table.far, -99.0), table.start)
    share = np.clip(best, 1e-9, 1 - 1e-9)
    rate = MISSING / (1 - MISSING) * (1 - given.missing) / given.missing
    weight = table.weight / np.where(table.missing, rate, 1.0)
    return First(np.log(share / (1 - share)), far, right, weight, table.missing)


def calibration(examples: Sequence[Example], given: Parameters) -> dict[str, float]:
    """A logistic layer on the first candidate: its logit against how often it is right."""
    found = firsts(examples, given)
    traits = np.column_stack([found.logit, found.far, np.ones(len(found.far))])

    def loss(layer: Floats) -> float:
        signed = np.where(found.right, 1, -1) * (traits @ layer)
        return float((found.weight * np.logaddexp(0, -signed)).sum())

    layer = minimize(loss, np.array([1.0, 0.0, 0.0]), method="Nelder-Mead").x.tolist()
    return dict(zip(("logit", "far", "intercept"), (round(x, 3) for x in layer), strict=True))


def scores(found: First, layer: Mapping[str, float]) -> Floats:
    """The calibrated probabilities of first candidates."""
    logit = layer["logit"] * found.logit + layer["far"] * found.far + layer["intercept"]
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
    found = firsts(examples, given)
    kinds = []
    for example in examples:
        kind = example.query.set + (", one edit" if example.kind == "edited" else "")
        kind += ", region known" if example.region else ""
        kinds += [kind] * (int(example.true.any()) + int((~example.namesakes).any()))
    score = scores(found, given.calibration["sound"])
    return Held(np.array(kinds), score, found.right, found.missing)
