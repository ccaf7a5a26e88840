"""``python -m tools.likeness``: learns the sound costs and the posterior from folds 1 to 4."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from sisterdata.places import parameters
from sisterdata.places.phonetics import costs as sound_costs
from sisterdata.places.phonetics.costs import costs_of
from sisterdata.places.toponym import read_toponym
from tools.gazetteer.spellings import Reading
from tools.gazetteer.spellings import sounds as sounds_of
from tools.likeness.evidence import examples
from tools.likeness.posterior import fit
from tools.likeness.sets import FINAL, FOLDS, Candidate, Sets, read
from tools.likeness.spelling import Pair, learn

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Write `data/sound_costs.json` and `data/place_posterior.json`.

    Rebuild the gazetteer after it. What is not fitted stays as it is in the second file.
    """
    arguments = argparse.ArgumentParser(prog="python -m tools.likeness", description=__doc__)
    arguments.add_argument("--inputs", type=Path, default=ROOT / "build/gazetteer/inputs")
    arguments.add_argument(
        "--to", type=Path, default=sound_costs.PATH.parent, help="folder to write"
    )
    chosen = arguments.parse_args()
    found = read(chosen.inputs)
    folds = set(range(FOLDS)) - {FINAL}
    costs = learn(pairs(found, folds))
    chosen.to.mkdir(parents=True, exist_ok=True)
    write_costs(costs, chosen.to / sound_costs.PATH.name)
    shipped = sound_costs.costs()
    heard = [
        example
        for fold in sorted(folds)
        for example in examples(
            [query for query in found.queries if query.fold == fold],
            shipped,
            costs_of(learn(pairs(found, folds - {fold}))),
        )
    ]
    fitted = fit(heard, json.loads(parameters.PATH.read_bytes()))
    write_posterior(fitted, chosen.to / parameters.PATH.name)


def pairs(found: Sets, folds: set[int]) -> list[Pair]:
    """The pairs of these folds; a label without its type word, a name in all its readings."""
    candidates = {(pool, c.id): c for pool, rows in found.pools.items() for c in rows}
    return [
        Pair(
            read_toponym(query.text)[0].name,
            spoken(candidates[query.pool, query.id], query.pool),
        )
        for query in found.queries
        if query.fold in folds
    ]


def spoken(candidate: Candidate, pool: str) -> tuple[Reading, ...]:
    country = pool.removeprefix("ISO:")
    return tuple(sound.reading for sound in sounds_of(candidate.names, country, large=False))


def write_posterior(fitted: dict[str, Any], to: Path) -> None:
    """The parameters indented, the table of units one row a line."""
    background = fitted["background"]
    head = {name: block for name, block in fitted.items() if name != "background"}
    pairs_of = ",\n".join(
        f"   {json.dumps(unit, ensure_ascii=False)}: {json.dumps(row, ensure_ascii=False)}"
        for unit, row in background["pair"].items()
    )
    text = json.dumps(head, indent=1, ensure_ascii=False)[:-2]
    text += f',\n "background": {{\n  "smoothing": {background["smoothing"]},\n  "unit": '
    text += json.dumps(background["unit"], ensure_ascii=False)
    text += f',\n  "pair": {{\n{pairs_of}\n  }}\n }}\n}}\n'
    to.write_text(text, encoding="utf-8", newline="\n")


def write_costs(learnt: dict[str, dict[str, dict[str, int]]], to: Path) -> None:
    """One row of the table a line."""
    blocks = [
        f'"{name}": {{\n'
        + ",\n".join(
            f"{json.dumps(row, ensure_ascii=False)}: {json.dumps(listed, ensure_ascii=False)}"
            for row, listed in table.items()
        )
        + "\n}"
        for name, table in learnt.items()
    ]
    to.write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
