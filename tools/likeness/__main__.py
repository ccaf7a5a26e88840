"""``python -m tools.likeness``: learns the sound costs from folds 1 to 4."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from sisterdata.places.phonetics import costs as sound_costs
from sisterdata.places.toponym import read_toponym
from tools.gazetteer.spellings import Reading
from tools.gazetteer.spellings import sounds as sounds_of
from tools.likeness.sets import FINAL, FOLDS, Candidate, Sets, read
from tools.likeness.spelling import Pair, learn

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Write `data/sound_costs.json`; rebuild the gazetteer after it."""
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
