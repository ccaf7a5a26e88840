"""The report of a fit, `report.md`: what changed, and how honest the scores are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from tools.likeness.fit_posterior import Held

_LEAST = (0.5, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_BINS = (0.0, 0.2, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
_MISSING = 0.05  # share of places that are taken to be in no gazetteer


def report(before: Mapping[str, Any], after: Mapping[str, Any], tested: Sequence[Held]) -> str:
    """The report as Markdown."""
    held = Held(
        *(np.concatenate([getattr(each, name) for each in tested]) for name in Held.__slots__)
    )
    lines = [
        "# The fit of the posterior",
        "",
        "Written by `make likeness`. The parameters are fitted to folds 1 to 4. The scores below "
        "are cross-fitted: those of each fold come from parameters fitted to the other three. "
        "They say what the first candidate of a Thai name is worth, before the rules that "
        "`match_place` adds.",
        "",
        "## Right / wrong / answered though the entry is missing, % at a least score",
        "",
        f"| set | names | {' | '.join(map(str, _LEAST))} |",
        f"|---|---|{'---|' * len(_LEAST)}",
        *_rates(held),
        "",
        "## Of the answers with a score, so many are right",
        "",
        f"GN, plain and with one edit; {100 * _MISSING:.0f} % of the names are asked without "
        "their entry.",
        "",
        *_reliability(held),
        "",
        "## Weights",
        "",
        "| weight | before | after |",
        "|---|---|---|",
        *_weights(before, after),
        "",
    ]
    return "\n".join(lines)


def _rates(held: Held) -> Iterator[str]:
    for kind in sorted(set(held.kind.tolist())):
        here, gone = (held.kind == kind) & ~held.missing, (held.kind == kind) & held.missing
        cells = []
        for least in _LEAST:
            said = held.score >= least
            right, wrong = (held.right & said)[here].mean(), (~held.right & said)[here].mean()
            cells.append(f"{100 * right:.1f} / {100 * wrong:.1f} / {100 * said[gone].mean():.1f}")
        yield f"| {kind} | {here.sum()} | {' | '.join(cells)} |"


def _reliability(held: Held) -> Iterator[str]:
    """The table, and the expected calibration error: mean of |score - right| over its rows."""
    among = np.isin(held.kind, ["GN", "GN, one edit"])
    weight = among * np.where(held.missing, _MISSING, 1 - _MISSING)
    yield "| score | names | mean score | right % |"
    yield "|---|---|---|---|"
    error = 0.0
    for low, high in pairwise(_BINS):
        here = weight * ((held.score >= low) & (held.score < high))
        if here.sum():
            mean, right = (here @ held.score) / here.sum(), (here @ held.right) / here.sum()
            error += here.sum() / weight.sum() * abs(mean - right)
            yield f"| {low} to {min(high, 1)} | {here.sum():.0f} | {mean:.3f} | {100 * right:.1f} |"
    yield ""
    yield f"Expected calibration error: {error:.3f}."


def _weights(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for name in ("sound", "calibration", "letters", "written"):
        old, new = _flat(before[name]), _flat(after[name])
        for each in new:
            if old.get(each) != new[each]:
                yield f"| {name}.{each} | {old.get(each)} | {new[each]} |"


def _flat(block: Mapping[str, Any]) -> dict[str, float]:
    flat: dict[str, float] = {}
    for name, value in block.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}.{inner}": number for inner, number in _flat(value).items()}
        else:
            flat[name] = value
    return flat
