"""``python -m tools.likeness``: fits the posterior from folds 1 to 4, and learns sound costs."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sisterdata.places import posterior_parameters
from sisterdata.places.parse_toponym import read_toponym
from sisterdata.places.phonetics import sound_costs
from sisterdata.places.phonetics.sound_costs import costs_of
from sisterdata.places.posterior_parameters import parameters_of
from tools.gazetteer.name_sounds import Reading
from tools.gazetteer.name_sounds import sounds as sounds_of
from tools.likeness.candidate_evidence import Example, examples
from tools.likeness.fit_posterior import fit, held_out
from tools.likeness.fit_report import report
from tools.likeness.fit_sound_costs import Pair, learn
from tools.likeness.labelled_names import FINAL, FOLDS, Candidate, Sets, read, read_queries

ROOT = Path(__file__).resolve().parents[2]
REPORT = Path(__file__).with_name("report.md")
LEARNED = [fold for fold in range(FOLDS) if fold != FINAL]


def main() -> None:
    """Write `data/place_posterior.json` and `tools/likeness/report.md`.

    Sound costs without each fold are learned once and kept in `build/likeness`, and beside them the
    posterior fitted without each fold, which `make bench-places` reads; with `--cross-fits`,
    nothing else is written. With `--costs`, the shipped costs are learned too: rebuild the
    gazetteer after it, since it holds rows of their table. What is not fitted stays as it is in the
    file of the posterior.
    """
    arguments = argparse.ArgumentParser(prog="python -m tools.likeness", description=__doc__)
    arguments.add_argument("--inputs", type=Path, default=ROOT / "build/gazetteer/inputs")
    arguments.add_argument("--kept", type=Path, default=ROOT / "build/likeness")
    arguments.add_argument(
        "--to", type=Path, default=sound_costs.PATH.parent, help="folder to write"
    )
    arguments.add_argument("--costs", action="store_true", help="learn the shipped costs too")
    arguments.add_argument(
        "--cross-fits", action="store_true", help="only fit the posteriors without each fold"
    )
    chosen = arguments.parse_args()
    chosen.to.mkdir(parents=True, exist_ok=True)
    learn_costs(chosen.inputs, chosen.kept, chosen.to if chosen.costs else None)
    queries, shipped = read_queries(chosen.inputs), sound_costs.costs()
    heard = {
        fold: list(
            examples(
                [query for query in queries if query.fold == fold],
                shipped,
                costs_of(json.loads((chosen.kept / f"{fold}.json").read_bytes())),
            )
        )
        for fold in LEARNED
    }
    before = json.loads(posterior_parameters.PATH.read_bytes())
    fits = {}
    for fold in LEARNED:
        others = [other for other in LEARNED if other != fold]
        fits[fold] = fit(_all(heard, others), before)
        write_posterior(fits[fold], chosen.kept / f"posterior-{fold}.json")
    if chosen.cross_fits:
        return
    write_posterior(fit(_all(heard, LEARNED), before), chosen.to / posterior_parameters.PATH.name)
    after = json.loads((chosen.to / posterior_parameters.PATH.name).read_bytes())
    tested = [held_out(heard[fold], parameters_of(fits[fold])) for fold in LEARNED]
    REPORT.write_text(report(before, after, tested), encoding="utf-8", newline="\n")


def _all(heard: dict[int, list[Example]], folds: Sequence[int]) -> list[Example]:
    return [example for fold in folds for example in heard[fold]]


def learn_costs(inputs: Path, kept: Path, shipped: Path | None) -> None:
    """Learn the costs without each fold that are not kept yet, and those that are shipped."""
    wanted = {kept / f"{fold}.json": set(range(FOLDS)) - {fold} for fold in LEARNED}
    wanted = {path: folds for path, folds in wanted.items() if not path.exists()}
    if shipped is not None:
        wanted[shipped / sound_costs.PATH.name] = set(LEARNED)
    if not wanted:
        return
    found = read(inputs)
    for path, folds in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_costs(learn(pairs(found, folds)), path)


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
