"""Fits the likelihood of Thai names, and the calibration of its scores (`place_posterior.json`).

A name is asked with its place in the gazetteer and, MISSING times as often, without it and its
namesakes. The weights of what is heard are those under which the answers, or "none", are likeliest
(a softmax over the entries and none). Which of an entry's names is nearest depends on the weights,
so both are found in turn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from sisterdata.gazetteer.index import NameKind
from sisterdata.places.parameters import Floats, Parameters, parameters_of
from sisterdata.places.sounding import sound_features, surprise
from tools.likeness.evidence import Example

MISSING = 0.15  # share of examples without their entry, to learn what those look like
ROUNDS = 2
_HELD = 0.25  # pull towards the weights before: ten names weigh more than this
_WEIGHTS = (
    "constant", "per_background_nat", "per_unit", "cost", "cost_per_unit", "letters_apart",
    "log_names_near",
)  # fmt: skip
_KINDS = (NameKind.ALTERNATE, NameKind.LOCAL, NameKind.CLDR, NameKind.GENERATED_THAI)


@dataclass(frozen=True, slots=True)
class Table:
    """All examples one below the other; `start[i]` is the first row of example i."""

    evidence: Floats  # a column for each weight and kind
    offset: Floats  # the prior
    true: npt.NDArray[np.bool_]
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
        before = np.array([given.sound[name] for name in _WEIGHTS] + [0.0] * len(_KINDS))
        found = minimize(_loss, before, (table, before), jac=True, method="L-BFGS-B")
        fitted = dict(zip(_WEIGHTS, found.x.tolist(), strict=False))
        sound = {**shipped["sound"], **{name: round(x, 3) for name, x in fitted.items()}}
        moved = zip(_KINDS, found.x[len(_WEIGHTS) :].tolist(), strict=True)
        kinds = {kind.name.lower(): x for kind, x in moved}
        held = sound["kind"]
        sound["kind"] = {**held, **{k: round(held.get(k, 0.0) + x, 3) for k, x in kinds.items()}}
        shipped = {**shipped, "sound": sound}
    calibrated = calibration(examples, parameters_of(shipped))
    return {**shipped, "calibration": {**shipped["calibration"], "sound": calibrated}}


def tabulate(examples: Sequence[Example], given: Parameters) -> Table:
    """Each example with its entry, where that was heard, and without it and its namesakes."""
    parts: list[tuple[Floats, Floats, npt.NDArray[np.bool_]]] = []
    missing, weight = [], []
    for example in examples:
        rows = _evidence(example, given)
        if example.true.any():
            parts.append((rows, example.prior, example.true))
            missing.append(False)
            weight.append(example.weight)
        others = ~example.namesakes
        if others.any():
            parts.append((rows[others], example.prior[others], example.true[others]))
            missing.append(True)
            weight.append(example.weight * MISSING / (1 - MISSING))
    length = np.array([len(true) for _, _, true in parts], dtype=np.intp)
    return Table(
        np.concatenate([rows for rows, _, _ in parts]),
        np.concatenate([prior for _, prior, _ in parts]),
        np.concatenate([true for _, _, true in parts]),
        np.cumsum(length) - length,
        np.array(missing),
        np.array(weight),
    )


def _evidence(example: Example, given: Parameters) -> Floats:
    """What each weight multiplies, and how much a kind's extra cost would take away."""
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
        -found.cost / found.units, -found.apart, np.log1p(found.near),
    ]  # fmt: skip
    columns += [-per_nat * (kind == each) for each in _KINDS]
    return np.column_stack(columns)


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


def calibration(examples: Sequence[Example], given: Parameters) -> dict[str, float]:
    """A logistic layer on the first candidate: its logit against how often it is right."""
    table = tabulate(examples, given)
    weights = np.array([given.sound[name] for name in _WEIGHTS] + [0.0] * len(_KINDS))
    likely, _ = posterior(table, weights, given.missing)
    best = np.maximum.reduceat(likely, table.start)
    first = likely == best[table.example]
    right = np.add.reduceat((first & table.true).astype(float), table.start) > 0
    share = np.clip(best, 1e-9, 1 - 1e-9)
    logit = np.log(share / (1 - share))
    # As often without its entry as places are missing.
    rate = MISSING / (1 - MISSING) * (1 - given.missing) / given.missing
    weight = table.weight / np.where(table.missing, rate, 1.0)

    def loss(layer: Floats) -> float:
        signed = np.where(right, 1, -1) * (layer[0] * logit + layer[1])
        return float((weight * np.logaddexp(0, -signed)).sum())

    slope, intercept = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x.tolist()
    return {"logit": round(slope, 3), "intercept": round(intercept, 3)}
