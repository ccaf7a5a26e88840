"""Places: how many are found, how surely and how fast, next to baselines.

``make bench-places`` writes ``benchmarks/places.md``, in an environment of its own, with ICU where
PyICU can be built. By itself, from the root,

    python -m benchmarks.places [--write] [--folds 0,1,2,3,4]

prints Markdown; ``--write`` puts it there. It wants the dependency group ``romanisers``, and what
``make likeness`` learns without each fold. The sets and their masking are those of
``tools/likeness/labelled_names.py``. Each fold is asked at costs and a posterior learned from the
other ones; nothing at all was tuned on fold 0, which is left out while developing (``--folds``).
"""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.places_baselines import baseline, names_of_pools, romanisers
from benchmarks.places_latin import HIDDEN, ONE_EDIT, PRIMARY, latin, latin_answer, latin_sets
from sisterdata.places.posterior_parameters import parameters
from tools.likeness.evaluation_queries import bare, noisy
from tools.likeness.hide_thai_names import hidden_names, learned_without
from tools.likeness.labelled_names import FINAL, FOLDS, Query, read
from tools.likeness.measure_accuracy import (
    KEPT,
    Answer,
    ask,
    namesake_pairs,
    not_places,
    rates,
    show,
    thai_sets,
)

ROOT = Path(__file__).resolve().parents[1]
SCORES = (0.5, 0.7, 0.8, 0.9, 0.95)
BINS = ((0, 0.2), (0.2, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.98),
        (0.98, 1.01))  # fmt: skip
GN, EDITED, REGION, TZ = "GN", "GN, one edit", "GN, region known", "TZ"
ISO, MISSING = 'ISO, level="admin1"', "GN, entry missing"
EDITED_MISSING = "GN, one edit, entry missing"
NOT_PLACES, NAMESAKES = "persons, organizations, rivers", "large and tiny namesakes"
# Right and wrong answers that are aimed at, in %; None where nothing is.
TARGETS: Mapping[str, tuple[float | None, float]] = {
    GN: (92, 0.5), EDITED: (78, 0.5), REGION: (98, 0.3), TZ: (96, 0.5), ISO: (90, 1),
    MISSING: (None, 10), NOT_PLACES: (None, 2), NAMESAKES: (None, 1),
    f"Latin, {PRIMARY}": (99, 0.1), f"Latin, {ONE_EDIT}": (92, 0.5), f"Latin, {HIDDEN}": (45, 1),
}  # fmt: skip

Answers = dict[str, list[Answer]]
LatinAnswers = dict[str, list[tuple[str, bool]]]


def asked_of(queries: Sequence[Query], folds: Sequence[int]) -> Answers:
    """The answers to all sets: the Thai ones fold by fold, by what the other folds taught."""
    answers: Answers = defaultdict(list)
    for fold in folds:
        with hidden_names(learned_without(fold, KEPT)):
            of_fold = [query for query in queries if query.fold == fold]
            for name, (how, asked) in thai_sets(of_fold).items():
                answers[name] += map(how, asked)
    answers[NOT_PLACES] = [ask(each) for each in not_places()]
    answers[NAMESAKES] = [ask(each) for each in namesake_pairs()]
    return answers


def report(folds: Sequence[int]) -> str:
    """The page."""
    found = read(ROOT / "build/gazetteer/inputs")
    queries = [query for query in found.queries if query.fold in folds]
    answers, spellings = asked_of(queries, folds), latin_sets()
    in_latin = {name: [latin_answer(s) for s in asked] for name, asked in spellings.items()}
    gn = [query for query in queries if query.set == "GN"]
    sets: dict[str, list[tuple[Query, str]]] = {
        GN: [(query, bare(query)) for query in gn],
        EDITED: [(q, noisy(q.text, 1, q.text + q.id)) for q in gn],
        TZ: [(query, bare(query)) for query in queries if query.set == "TZ"],
        "ISO": [(query, bare(query)) for query in queries if query.set == "ISO"],
    }
    pools = names_of_pools(found)
    lines = [
        *heading(folds),
        *targets(answers, in_latin),
        *tradeoff(answers),
        *reliability(answers),
        "## Beside the baselines (right / wrong, %)",
        "",
        "sisterdata answers as in the first table. The others take the nearest Latin name of the "
        "country.",
        "",
        f"| | {' | '.join(sets)} |",
        f"|---|{'---|' * len(sets)}",
        f"| sisterdata | {' | '.join(_shares(answers[n if n != 'ISO' else ISO]) for n in sets)} |",
        *(
            f"| {name} | "
            + " | ".join(baseline(romanise, near, asked, pools, found) for asked in sets.values())
            + " |"
            for name, romanise, near in romanisers()
        ),
        "",
        *latin(spellings, in_latin),
        "",
        "How fast names are matched is in [RESULTS.md](RESULTS.md), made by `make bench`.",
        "",
        *misses(answers),
    ]
    return "\n".join(lines) + "\n"


def heading(folds: Sequence[int]) -> Iterator[str]:
    """What was measured, and how."""
    yield "# Places"
    yield ""
    yield (
        f"Made by `make bench-places`: folds {', '.join(map(str, folds))} of the labelled names, "
        "cross-fitted. Each fold is asked by sound costs and a posterior that were learned from "
        "other folds. Structure was never chosen on fold 0. All answers are those of "
        "`match_place` on the shipped index, with the Thai names of GeoNames and CLDR hidden; the "
        "curated names are not. No name is read in the context of a column. 5 % of the places are "
        f"taken to be in no gazetteer. An answer needs a score of {parameters().min_score}, in "
        "all rows."
    )
    yield ""


def targets(answers: Answers, in_latin: LatinAnswers) -> Iterator[str]:
    """Every target, and what was measured."""
    yield "## Right and wrong answers (%), and the targets"
    yield ""
    yield "| set | names | right | wrong | open | wanted: right | wanted: wrong |"
    yield "|---|---|---|---|---|---|---|"
    measured = {name: (len(a), *shares(a)) for name, a in answers.items()}
    for name, of_set in in_latin.items():
        right, wrong = (
            statistics.mean(a == kind for a, _ in of_set) for kind in ("right", "wrong")
        )
        measured[f"Latin, {name}"] = (len(of_set), right, wrong)
    for name, (number, right, wrong) in measured.items():
        least, most = TARGETS.get(name, (None, None))
        yield (
            f"| {name} | {number} | {100 * right:.1f} | {100 * wrong:.2f} "
            f"| {100 * (1 - right - wrong):.1f} | {'' if least is None else f'>= {least}'} "
            f"| {'' if most is None else f'<= {most}'} |"
        )
    yield ""
    yield (
        "Where the entry is missing, and beside names of what is no place, every answer is wrong. "
        "A name that several places have counts as wrong if the answer is another of them. Of "
        f"the {len(answers[NAMESAKES])} names of a large and of a tiny place, the tiny one is "
        f"answered for {sum(a.is_wrong for a in answers[NAMESAKES])}."
    )
    yield ""


def tradeoff(answers: Answers) -> Iterator[str]:
    """What a higher or lower least score gives."""
    yield "## Right / wrong / open (%) at other least scores"
    yield ""
    yield (
        "In the columns with a score, only the score decides; the default adds the rules for "
        "names of other countries and for namesakes."
    )
    yield ""
    yield (
        f"| set | names | default ({parameters().min_score}) | first candidate right "
        f"| {' | '.join(map(str, SCORES))} |"
    )
    yield f"|---|---|---|---|{'---|' * len(SCORES)}"
    for name, of_set in answers.items():
        right, wrong = shares(of_set)
        all_shares = [(right, wrong, 1 - right - wrong), *(rates(of_set, s) for s in SCORES)]
        cells = [" / ".join(f"{100 * share:.1f}" for share in each) for each in all_shares]
        first = f"{100 * statistics.mean(a.first for a in of_set):.1f}"
        yield f"| {name} | {len(of_set)} | {cells[0]} | {first} | {' | '.join(cells[1:])} |"
    yield ""


def reliability(answers: Answers) -> Iterator[str]:
    """Of the answers with score p, is a share p right? And the expected calibration error."""
    missing = parameters().missing
    known, gone = answers[GN] + answers[EDITED], answers[MISSING] + answers[EDITED_MISSING]
    weighed = [(a, 1 - missing) for a in known] + [(a, missing) for a in gone]
    yield "## Of the answers with a score, so many are right"
    yield ""
    yield (
        f"GN, plain and with one edit. The score allows for {100 * missing:.0f} % of the places "
        "to be in no gazetteer, so each name is asked with its entry and, with that weight, "
        "without it."
    )
    yield ""
    yield "| score | names | mean score | right % |"
    yield "|---|---|---|---|"
    error = 0.0
    for low, high in BINS:
        held = [(a, weight) for a, weight in weighed if low <= a.score < high]
        if held:
            total = sum(weight for _, weight in held)
            mean = sum(a.score * weight for a, weight in held) / total
            right = sum(a.first * weight for a, weight in held) / total
            error += total * abs(mean - right)
            yield f"| {low} to {min(high, 1)} | {total:.0f} | {mean:.3f} | {100 * right:.1f} |"
    yield ""
    error /= sum(weight for _, weight in weighed)
    yield f"Expected calibration error: {error:.3f} (wanted: 0.02 at most)."
    yield ""


def misses(answers: Answers) -> Iterator[str]:
    """The wrong answers, but for those of fold 0, which nobody looks at."""
    yield "## Wrong answers"
    yield ""
    yield "Those of fold 0 are not listed: nobody looks at them."
    for name in (GN, EDITED, REGION, TZ, ISO, NOT_PLACES, NAMESAKES):
        listed = list(show(a for a in answers[name] if a.is_wrong and a.asked.fold != FINAL))
        if listed:
            yield from ("", f"### {name}", "", *(f"- {row}" for row in listed))


def shares(answers: Sequence[Answer]) -> tuple[float, float]:
    """The shares of right and of wrong answers."""
    return statistics.mean(a.is_right for a in answers), statistics.mean(
        a.is_wrong for a in answers
    )


def _shares(answers: Sequence[Answer]) -> str:
    return " / ".join(f"{100 * share:.1f}" for share in shares(answers))


def main() -> None:
    """Print the page, or write it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true")
    arguments.add_argument("--folds", default=",".join(map(str, range(FOLDS))))
    chosen = arguments.parse_args()
    text = report([int(fold) for fold in chosen.folds.split(",")])
    print(text)
    if chosen.write:
        (ROOT / "benchmarks/places.md").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
