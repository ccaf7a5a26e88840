"""Learns what speaks for an entry that sounds like a name (`data/place_ranker.json`).

A logistic regression over the entries looked at for each name: is this the one meant? A fold's
names are priced by sound costs learned from the other folds, as those of a new name would be.
Every name is asked as printed and, for GN, twice with one random edit; with its region unknown and
with its region known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from sisterdata.places.phonetics.costs import Costs, thai_readings
from sisterdata.places.phonetics.search import hear
from sisterdata.places.ranker import evidence
from tools.likeness.asked import bare, noisy, searchable
from tools.likeness.sets import Query, Sets

SEEDS = (7, 8)  # of the random edits
EDITED = 0.5  # what a name with an edit counts for, beside one as printed
SUBDIVISION = 0.4  # what one of ISO counts for, beside one of the others
ROUNDS = 400

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """The entries looked at for one name: a row of features each, which is meant, its weight."""

    names: tuple[str, ...]
    features: Floats
    meant: npt.NDArray[np.bool_]
    weight: float


def learn_weights(examples: Sequence[Example]) -> dict[str, Any]:
    """The content of `place_ranker.json`: one weight a feature, and the intercept."""
    table = np.concatenate([example.features for example in examples])
    meant = np.concatenate([example.meant for example in examples])
    weight = np.repeat([e.weight for e in examples], [len(e.meant) for e in examples])
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    model = LogisticRegression(C=1, max_iter=ROUNDS)
    model.fit((table - mean) / spread, meant, sample_weight=weight)
    weights = model.coef_[0] / spread
    return {
        "features": {
            name: round(float(value), 5)
            for name, value in zip(examples[0].names, weights, strict=True)
        },
        "intercept": round(float(model.intercept_[0] - mean @ weights), 5),
    }


def examples(found: Sets, fold: int, learned: Costs) -> Iterator[Example]:
    """The names of a fold; `learned` are to be the sound costs of other folds.

    A name whose place is not among the entries looked at teaches nothing.
    """
    asked: dict[str, list[Query]] = defaultdict(list)
    for query in found.queries:
        if query.fold == fold:
            asked[query.pool].append(query)
    for pool, queries in sorted(asked.items()):
        candidates = found.pools[pool]
        searched = searchable(pool, candidates, learned)
        place = {candidate.id: i for i, candidate in enumerate(candidates)}
        region = np.unique([c.region for c in candidates], return_inverse=True)[1]
        for query in queries:
            true = place[query.id]
            # ISO asks for the regions themselves.
            regions = (None,) if query.set == "ISO" else (None, region == region[true])
            for text, weight in _spellings(query):
                for within in regions:
                    readings = thai_readings(text)
                    heard = hear(searched, readings, within, learned)
                    seen = evidence(searched, heard, readings, within, learned)
                    if seen is not None and true in seen.entries:
                        table = np.column_stack(list(seen.features.values()))
                        yield Example(tuple(seen.features), table, seen.entries == true, weight)


def _spellings(query: Query) -> Iterator[tuple[str, float]]:
    """The name as printed and with edits, and what each counts for."""
    name = bare(query)
    yield name, SUBDIVISION if query.set == "ISO" else 1.0
    if query.set == "GN":
        for seed in SEEDS:
            yield noisy(name, 1, f"{seed}{query.text}{query.id}"), EDITED
