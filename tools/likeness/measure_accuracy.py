"""``python -m tools.likeness.measure_accuracy``: the answers of `match_place` on folds 1 to 4.

A fast look while developing: one table of right, wrong and open answers, a sample of each set.
`--show SET` lists the answers that are wrong or open. Thai names are hidden as in
`hide_thai_names.py`; no answer of fold 0 is looked at here.
`benchmarks/places.py` asks the same way.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sisterdata import gazetteer
from sisterdata.gazetteer.index import country, place
from sisterdata.gazetteer.name_lookup import names_of
from sisterdata.match_result import Match
from sisterdata.places import score_candidates
from sisterdata.places.find_candidates import Fit, candidates
from sisterdata.places.match import match_place
from sisterdata.places.posterior_parameters import parameters
from sisterdata.text.fold_names import fold
from tools.likeness.evaluation_queries import noisy
from tools.likeness.hide_thai_names import hidden_names, learned_without
from tools.likeness.labelled_names import FINAL, FOLDS, Query, read_queries

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build/likeness"
NOT_PLACES = Path(__file__).with_name("not_places.csv")
LARGE, TINY = 100_000, 5_000  # people of two places of one name


@dataclass(frozen=True, slots=True)
class Asked:
    """A text, what is known beside it, and the ids that are right; none where none is."""

    text: str
    country: str
    right: frozenset[str]
    admin1: str | None = None
    level: str | None = None
    fold: int | None = None  # of a labelled name


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: is it right, and is the first candidate?"""

    asked: Asked
    match: Match
    first: bool
    score: float  # of the first candidate

    @property
    def is_right(self) -> bool:
        return self.match.id in self.asked.right

    @property
    def is_wrong(self) -> bool:
        return self.match.id is not None and not self.is_right


def ask(asked: Asked) -> Answer:
    """Match a text with what is known beside it."""
    match = match_place(
        asked.text, country=asked.country or None, admin1=asked.admin1, level=asked.level
    )
    best = match.candidates[0] if match.candidates else None
    first = best is not None and best.id in asked.right
    return Answer(asked, match, first, best.score if best is not None else 0.0)


def names(
    queries: Iterable[Query], *, edits: int = -1, region: bool = False, level: str | None = None
) -> list[Asked]:
    """Names of a set as they are asked: with edits, with the region, or at one level."""
    listed = []
    for query in queries:
        scheme = "iso3166-2" if query.set == "ISO" else "geonames"
        true = place(f"{scheme}:{query.id}")
        if true is None or (level is not None and true.level != level):
            continue
        text = query.text if edits < 0 else noisy(query.text, edits, query.text + query.id)
        code, admin1 = query.pool.removeprefix("ISO:"), true.admin1_code if region else None
        listed.append(Asked(text, code, frozenset([true.id]), admin1, level, query.fold))
    return listed


@contextmanager
def without_entry(asked: Asked) -> Iterator[None]:
    """The gazetteer without the right entries and those of their names."""
    gone = {entry for right in asked.right for entry in namesakes(asked.country, right)}
    given: Callable[..., list[Fit]] = candidates

    def left(*arguments: Any, **options: Any) -> list[Fit]:
        return [fit for fit in given(*arguments, **options) if fit.entry.number not in gone]

    with patch.object(score_candidates, "candidates", left):
        yield


@cache
def _own_names(code: str) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(country(code).names):
        found[fold(name)].append(number)
    return {name: tuple(numbers) for name, numbers in found.items()}


def namesakes(code: str, place_id: str) -> tuple[int, ...]:
    """An entry and those that have its own name."""
    number = country(code).find(place_id)
    return () if number is None else _own_names(code)[fold(country(code).names[number])]


def ask_missing(asked: Asked) -> Answer:
    """Ask for a name whose entry the gazetteer lacks: every answer is wrong."""
    with without_entry(asked):
        return ask(replace(asked, right=frozenset()))


def not_places() -> list[Asked]:
    """Persons, organizations, rivers and the like, next to a country."""
    with NOT_PLACES.open(encoding="utf-8", newline="") as lines:
        return [Asked(row["text"], row["country"], frozenset()) for row in csv.DictReader(lines)]


def namesake_pairs() -> list[Asked]:
    """Every name of a large and of a tiny place of one country; the large one is right."""
    listed = []
    for code in gazetteer.countries():
        found, named = country(code), names_of(code)
        people = found.population.astype(int)
        by_name: dict[str, set[int]] = defaultdict(set)
        for folded, entry in zip(named.folded, named.entry.tolist(), strict=True):
            if people[entry]:
                by_name[folded].add(entry)
        for name, entries in by_name.items():
            if not name.isascii() or len(entries) < 2:
                continue
            largest = max(entries, key=lambda entry: int(people[entry]))
            tiny = any(people[e] < TINY and found.entry(e).level == "city" for e in entries)
            if tiny and people[largest] >= LARGE and found.entry(largest).is_city:
                right = {found.ids[e] for e in entries if people[e] >= TINY}
                listed.append(Asked(name, code, frozenset(right)))
    return listed


def sample(listed: Sequence[Any], size: int) -> list[Any]:
    """Some of them, chosen by their hashes; all for a size of 0."""
    order = sorted(listed, key=lambda one: hashlib.sha256(repr(one).encode()).digest())
    return order[:size] if size else order


def thai_sets(queries: Sequence[Query]) -> dict[str, tuple[Callable[[Asked], Answer], list[Asked]]]:
    """How each set of Thai names is asked, and its names."""
    by_set: dict[str, list[Query]] = defaultdict(list)
    for query in queries:
        by_set[query.set].append(query)
    gn = by_set["GN"]
    return {
        "GN": (ask, names(gn)),
        "GN, one edit": (ask, names(gn, edits=1)),
        "GN, region known": (ask, names(gn, region=True)),
        "TZ": (ask, names(by_set["TZ"])),
        'ISO, level="admin1"': (ask, names(by_set["ISO"], level="admin1")),
        "GN, entry missing": (ask_missing, names(gn)),
        "GN, one edit, entry missing": (ask_missing, names(gn, edits=1)),
    }


def rates(answers: Sequence[Answer], least: float) -> tuple[float, float, float]:
    """Shares of right, wrong and open answers at a least score."""
    right = statistics.mean(a.first and a.score >= least for a in answers)
    wrong = statistics.mean(not a.first and a.score >= least for a in answers)
    return right, wrong, 1 - right - wrong


def calibration_error(answers: Sequence[Answer]) -> float:
    """The expected calibration error over ten bins of score, of the first candidates."""
    bins: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        bins[min(int(answer.score * 10), 9)].append(answer)
    return sum(
        abs(sum(a.score for a in held) - sum(a.first for a in held)) for held in bins.values()
    ) / len(answers)


def line(name: str, answers: Sequence[Answer]) -> str:
    right = 100 * statistics.mean(a.is_right for a in answers)
    wrong = 100 * statistics.mean(a.is_wrong for a in answers)
    first = 100 * statistics.mean(a.first for a in answers)
    missed = calibration_error(answers)
    return (
        f"| {name} | {len(answers)} | {right:.1f} | {wrong:.1f} | {100 - right - wrong:.1f} "
        f"| {first:.1f} | {missed:.3f} |"
    )


def show(answers: Iterable[Answer]) -> Iterator[str]:
    for answer in answers:
        if not answer.is_right and (answer.asked.right or answer.match.id):
            kind = "WRONG" if answer.is_wrong else "open"
            asked = answer.asked
            true = [f"{p.name} ({p.id}, {p.population})" for i in asked.right if (p := place(i))]
            listed = [
                f"{c.name} ({c.id}, {p.population if (p := place(c.id)) else 0}) {c.score}"
                for c in answer.match.candidates[:3]
            ]
            doubts, status = [d.code for d in answer.match.doubts], answer.match.status
            yield f"{kind} {asked.text} {asked.country} -> {true} {status} {listed} {doubts}"


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(prog="python -m tools.likeness.measure_accuracy")
    arguments.add_argument("--inputs", type=Path, default=ROOT / "build/gazetteer/inputs")
    arguments.add_argument("--folds", default="1,2,3,4", help="as 1,2; never 0")
    arguments.add_argument("--sample", type=int, default=100, help="names of each; 0 for all")
    arguments.add_argument("--sets", default="", help="only sets that have this in their names")
    arguments.add_argument("--show", action="store_true", help="list what is wrong or open")
    chosen = arguments.parse_args()
    folds = [fold for fold in map(int, chosen.folds.split(",")) if fold != FINAL and fold < FOLDS]
    queries = read_queries(chosen.inputs)
    answers: dict[str, list[Answer]] = defaultdict(list)
    for each in folds:
        with hidden_names(learned_without(each, KEPT)):
            of_fold = [query for query in queries if query.fold == each]
            for name, (how, asked) in thai_sets(of_fold).items():
                if chosen.sets in name:
                    answers[name] += map(how, sample(asked, chosen.sample))
    others = {"not places": not_places, "large and tiny namesakes": namesake_pairs}
    for name, listed in others.items():
        if chosen.sets in name:
            answers[name] += map(ask, sample(listed(), len(folds) * chosen.sample))
    print(f"least score {parameters().min_score}\n")
    print("| set | names | right | wrong | open | first right | calibration error |")
    print("|---|---|---|---|---|---|---|")
    for name, given in answers.items():
        print(line(name, given))
    if chosen.show:
        for name, given in answers.items():
            print(f"\n## {name}\n", *show(given), sep="\n")


if __name__ == "__main__":
    main()
