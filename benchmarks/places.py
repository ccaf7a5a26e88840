"""Places: how many are found, how surely and how fast, next to baselines.

``make bench-places`` writes ``benchmarks/places.md``, in an environment of its own, with ICU where
PyICU can be built. By itself, from the root,

    python -m benchmarks.places [--write] [--fold N]

prints Markdown; ``--write`` puts it there. It wants the dependency group ``romanisers``. The sets
and their masking are those of ``tools/likeness/labelled_names.py``: every Thai name and every Latin
alternate name all in lower or upper case is hidden, and the candidates are all entries of the
country. Costs and posterior were learned from folds 1 to 4; the figures are of fold 0, which
nothing was learned from or tuned on.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
import pandas as pd
from anyascii import anyascii
from rapidfuzz import fuzz, process

from sisterdata.gazetteer.index import NameKind, countries, country, place
from sisterdata.gazetteer.name_lookup import Names, names_of
from sisterdata.places import find_candidates as letters
from sisterdata.places.match import match_place
from sisterdata.places.match_column import match_places
from sisterdata.places.posterior_parameters import parameters
from sisterdata.text.fold_names import fold
from sisterdata.vocabulary import LEVELS
from tools.gazetteer.detect_script import script
from tools.likeness.evaluation_queries import bare, noisy
from tools.likeness.hide_thai_names import costs_without, hidden_names
from tools.likeness.labelled_names import FINAL, Query, Sets, read
from tools.likeness.measure_accuracy import (
    COSTS,
    Answer,
    ask,
    namesake_pairs,
    not_places,
    rates,
    show,
    thai_sets,
)

ROOT = Path(__file__).resolve().parents[1]
LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
LATIN_NAMES = 1_000
LATIN_FROM = 15_000  # inhabitants
SCORES = (0.5, 0.7, 0.8, 0.9, 0.95)


def percent(hits: Iterator[bool] | Sequence[bool]) -> str:
    return f"{100 * statistics.mean(map(float, hits)):.1f}"


# --- baselines -----------------------------------------------------------------------------


def baseline(romanise: Callable[[str], str], queries: list[Query], found: Sets) -> str:
    """Top-1 of the nearest Latin name by rapidfuzz's ratio, ties to the more populous."""
    right = []
    latin: dict[str, tuple[list[str], npt.NDArray[np.intp]]] = {}
    for query in queries:
        candidates = found.pools[query.pool]
        if query.pool not in latin:
            rows = [
                (fold(name.text), i)
                for i, candidate in enumerate(candidates)
                for name in candidate.names
                if script(name.text) == "Latn"
            ]
            latin[query.pool] = [text for text, _ in rows], np.array([i for _, i in rows])
        names, entries = latin[query.pool]
        near = process.cdist([romanise(bare(query)).lower()], names, scorer=fuzz.ratio)[0]
        tied = {int(i) for i in entries[np.flatnonzero(near >= near.max() - 1e-6)]}
        best = max(tied, key=lambda i: candidates[i].population)
        right.append(candidates[best].id == query.id)
    return percent(right)


def romanisers() -> Iterator[tuple[str, Callable[[str], str]]]:
    """Those that are installed."""
    yield "anyascii + rapidfuzz ratio", anyascii
    try:
        from pythainlp.transliterate import romanize

        yield "pythainlp royin + rapidfuzz ratio", lambda text: romanize(text, engine="royin")
    except ImportError:
        pass
    try:
        from uroman import Uroman

        roman = Uroman()
        yield "uroman + rapidfuzz ratio", lambda text: str(roman.romanize_string(text))
    except ImportError:
        pass
    try:
        from icu import Transliterator

        thai = Transliterator.createInstance("Thai-Latin; Latin-ASCII")
        yield "ICU Thai-Latin + rapidfuzz ratio", thai.transliterate
    except ImportError:
        pass


# --- the report ---------------------------------------------------------------------------------


def report(chosen_fold: int, costs: Path | None) -> str:
    found = read(ROOT / "build/gazetteer/inputs")
    queries = [query for query in found.queries if query.fold == chosen_fold]
    gn, tz, iso = (
        [query for query in queries if query.set == name] for name in ("GN", "TZ", "ISO")
    )
    with hidden_names(costs):
        sets = {
            name: [how(each) for each in asked] for name, (how, asked) in thai_sets(queries).items()
        }
    sets["persons, organizations, rivers"] = [ask(each) for each in not_places()]
    sets["large and tiny namesakes"] = [ask(each) for each in namesake_pairs()]
    lines = [
        "# Places",
        "",
        f"Fold {chosen_fold}: {len(gn)} names of GN, {len(tz)} of TZ, {len(iso)} of ISO; made by "
        "`make bench-places`. Nothing was fitted on fold 0; the cross-fitted figures of folds 1 to "
        "4 are in [tools/likeness/report.md](../tools/likeness/report.md). All figures are of "
        "`match_place` on the shipped index, Thai names of GeoNames and CLDR hidden; 5 % of "
        "places are taken to be in no gazetteer; the least score of an answer is "
        f"{parameters().min_score}.",
        "",
        "## Right / wrong / open (%)",
        "",
        "In the columns with a score, only the score decides; the default adds the rules for "
        "names of other countries and for namesakes.",
        "",
        f"| set | names | default ({parameters().min_score}) | first candidate right "
        f"| {' | '.join(map(str, SCORES))} |",
        f"|---|---|---|---|{'---|' * len(SCORES)}",
        *(line(name, answers) for name, answers in sets.items()),
        "",
        "## Of the answers with a score, so many are right (GN, plain and with one edit)",
        "",
        *reliability([*sets["GN"], *sets["GN, one edit"]]),
        "",
        "## Names of GN that are answered wrongly",
        "",
        *(f"- {row}" for row in show(a for a in sets["GN"] if a.is_wrong)),
        "",
        "## Beside the baselines (first candidate right, %, all aliases)",
        "",
        "| | GN | TZ | ISO |",
        "|---|---|---|---|",
    ]
    for name, romanise in romanisers():
        lines.append(
            f"| {name} | {' | '.join(baseline(romanise, s, found) for s in (gn, tz, iso))} |"
        )
    lines += ["", *latin(), "", *speed(gn)]
    return "\n".join(lines) + "\n"


def line(name: str, answers: Sequence[Answer]) -> str:
    """A row: as answered by default, and by score alone."""
    first = percent([answer.first for answer in answers])
    right = statistics.mean(answer.is_right for answer in answers)
    wrong = statistics.mean(answer.is_wrong for answer in answers)
    shares = [(right, wrong, 1 - right - wrong), *(rates(answers, least) for least in SCORES)]
    cells = [" / ".join(f"{100 * share:.1f}" for share in each) for each in shares]
    return f"| {name} | {len(answers)} | {cells[0]} | {first} | {' | '.join(cells[1:])} |"


def reliability(answers: Sequence[Answer]) -> Iterator[str]:
    """The table, and the expected calibration error: mean of |score - right| over its rows."""
    yield "| score | names | mean score | right % |"
    yield "|---|---|---|---|"
    error = 0.0
    for low, high in ((0, 0.2), (0.2, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95),
                      (0.95, 0.98), (0.98, 1.01)):  # fmt: skip
        held = [a for a in answers if low <= a.score < high]
        if held:
            mean = statistics.mean(a.score for a in held)
            right = statistics.mean(a.first for a in held)
            error += len(held) / len(answers) * abs(mean - right)
            yield f"| {low} to {min(high, 1)} | {len(held)} | {mean:.3f} | {100 * right:.1f} |"
    yield ""
    yield f"Expected calibration error: {error:.3f}."


# --- Latin script -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spelling:
    """A Latin name of an entry as it is asked, and the row of the names that is hidden for it."""

    country: str
    entry: int
    text: str
    hidden: int | None


def latin() -> Iterator[str]:
    """Latin names of the shipped index, misspelt or hidden, beside rapidfuzz on the same names."""
    chosen = list(latin_names())
    sets = [
        ("primary name, as it is", [Spelling(s.country, s.entry, s.text, None) for s, _ in chosen]),
        ("primary name, 1 random edit", [edited(s, 1) for s, _ in chosen]),
        ("primary name, 2 random edits", [edited(s, 2) for s, _ in chosen]),
        ("an alternate name that is hidden", [s for _, s in chosen if s is not None]),
    ]
    yield "## Latin script"
    yield ""
    yield (
        f"{len(chosen)} cities of {LATIN_FROM:,} people or more, chosen by a hash of their id, the "
        "country known; an alternate name is hidden in its own entry. rapidfuzz's ratio takes the "
        "nearest of all Latin names of the country, ties to the more populous. Namesakes of the "
        "same name count as right for both."
    )
    yield ""
    yield (
        "| set | names | right % | wrong % | no answer % | first candidate right % "
        "| rapidfuzz right % | its wrong % |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    for name, spellings in sets:
        answers = [latin_answer(spelling) for spelling in spellings]
        fuzzy = [latin_baseline(spelling) for spelling in spellings]
        right = [a == "right" for a, _ in answers]
        wrong = [a == "wrong" for a, _ in answers]
        none = [a == "none" for a, _ in answers]
        yield (
            f"| {name} | {len(spellings)} | {percent(right)} | {percent(wrong)} | {percent(none)} "
            f"| {percent([first for _, first in answers])} | {percent(fuzzy)} "
            f"| {percent([not hit for hit in fuzzy])} |"
        )


def latin_names() -> Iterator[tuple[Spelling, Spelling | None]]:
    """Cities, each with its primary name and one alternate Latin name, the other one None."""
    listed = []
    for code in countries():
        found = country(code)
        for entry in np.flatnonzero(found.population >= LATIN_FROM).tolist():
            if LEVELS[found.levels[entry]] == "city" and found.names[entry].isascii():
                order = hashlib.sha256(found.ids[entry].encode()).hexdigest()
                listed.append((order, code, entry))
    for order, code, entry in sorted(listed)[:LATIN_NAMES]:
        found, names = country(code), names_of(code)
        own = fold(found.names[entry])
        alternates = [
            row
            for row in found.name_rows(entry)
            if found.name_kind[row] == NameKind.ALTERNATE
            and names.folded[row].isascii()
            and names.folded[row] != own
            and sum(names.folded[other] == names.folded[row] for other in found.name_rows(entry))
            == 1
        ]
        row = alternates[int(order, 16) % len(alternates)] if alternates else None
        yield (
            Spelling(code, entry, found.names[entry], None),
            Spelling(code, entry, found.name_text[row], row) if row is not None else None,
        )


def edited(spelling: Spelling, edits: int) -> Spelling:
    """Letters left out, put in, exchanged or swapped at random."""
    dice = random.Random(f"{spelling.country}{spelling.entry}{edits}")
    text = spelling.text
    for _ in range(edits):
        kind, at = dice.randrange(4), dice.randrange(len(text))
        letter = dice.choice(LATIN_LETTERS)
        text = (
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at:],
            text[:at] + letter + text[at + 1 :],
            text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
        )[kind]
    return replace(spelling, text=text)


def masked(spelling: Spelling) -> Names:
    names = names_of(spelling.country)
    if spelling.hidden is None:
        return names
    kept = np.arange(len(names.folded)) != spelling.hidden
    return Names(
        [name for row, name in enumerate(names.folded) if row != spelling.hidden],
        names.entry[kept],
        names.kind[kept],
    )


def latin_answer(spelling: Spelling) -> tuple[str, bool]:
    """Whether the answer is right, wrong or none, and whether the first candidate is right."""
    found, hidden = country(spelling.country), masked(spelling)
    with patch.object(letters, "names_of", lambda _: hidden):
        match = match_place(spelling.text, country=spelling.country)
    wanted = same_name(spelling)
    first = bool(match.candidates) and match.candidates[0].id in wanted
    if match.id is None:
        return "none", first
    return "right" if found.ids[
        spelling.entry
    ] == match.id or match.id in wanted else "wrong", first


def same_name(spelling: Spelling) -> set[str]:
    """The ids that go by the entry's primary name: which of them was meant nobody can tell."""
    found, names = country(spelling.country), names_of(spelling.country)
    own = fold(found.names[spelling.entry])
    rows = [row for row, name in enumerate(names.folded) if name == own]
    return {found.ids[spelling.entry], *(found.ids[int(names.entry[row])] for row in rows)}


def latin_baseline(spelling: Spelling) -> bool:
    found, names = country(spelling.country), masked(spelling)
    rows = [row for row, name in enumerate(names.folded) if name[:1].isascii()]
    listed = [names.folded[row] for row in rows]
    near = process.cdist([fold(spelling.text)], listed, scorer=fuzz.ratio)[0]
    tied = {int(names.entry[rows[i]]) for i in np.flatnonzero(near >= near.max() - 1e-6)}
    best = max(tied, key=lambda entry: int(found.population[entry]))
    return found.ids[best] in same_name(spelling)


# --- speed --------------------------------------------------------------------------------------


def speed(queries: list[Query]) -> Iterator[str]:
    """Processor time on the shipped index."""
    for query in queries:
        match_place("เอ", country=query.pool)
    took = []
    for query in queries:
        start = time.process_time()
        match_place(noisy(query.text, 1, query.id), country=query.pool)
        took.append(time.process_time() - start)
    took.sort()
    yield "## Speed"
    yield ""
    yield "| what | wanted | processor time |"
    yield "|---|---|---|"
    yield (
        f"| new Thai names, one core, country known | 1,000 a second, p95 5 ms "
        f"| {len(took) / sum(took):,.0f} a second, median {1000 * took[len(took) // 2]:.2f} ms, "
        f"p95 {1000 * took[int(len(took) * 0.95)]:.2f} ms |"
    )
    firsts = sorted(first_answer() for _ in range(5))
    yield (
        "| first answer of a process (China, with region), interpreter and imports included "
        f"| 250 ms | {1000 * firsts[2]:.0f} ms |"
    )
    factorized, whole, distinct = column()
    yield (
        "| 1,000,000 rows of 10,000 distinct names | 1.5 x factorize + the distinct names' own "
        f"time | {(whole - distinct) / factorized:.1f} x {1000 * factorized:.0f} ms "
        f"+ {distinct:.1f} s |"
    )


def first_answer() -> float:
    code = (
        "import sisterdata, time; sisterdata.match_place('นครฉางชุน มณฑลจี๋หลิน สาธารณรัฐประชาชนจีน'); "
        "print(time.process_time())"
    )
    return float(
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    )


def column() -> tuple[float, float, float]:
    """Seconds to factorize the column, to match it, and to match its distinct names alone."""
    found = country("CN")
    distinct = [text for text in dict.fromkeys(found.name_text) if text.isascii()][:10_000]
    dice = np.random.default_rng(7)
    texts = pd.Series(dice.choice(np.array(distinct, dtype=object), size=1_000_000))
    match_places(distinct, country="CN")

    def least(work: Callable[[], object]) -> float:
        took = []
        for _ in range(3):
            start = time.process_time()
            work()
            took.append(time.process_time() - start)
        return min(took)

    return (
        least(lambda: pd.factorize(texts)),
        least(lambda: match_places(texts, country="CN")),
        least(lambda: match_places(distinct, country="CN")),
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true")
    arguments.add_argument("--fold", type=int, default=FINAL)
    chosen = arguments.parse_args()
    assert place("iso3166-2:CN-BJ") is not None
    # The shipped costs were learned from folds 1 to 4: another fold needs its own.
    costs = None if chosen.fold == FINAL else costs_without(chosen.fold, COSTS)
    text = report(chosen.fold, costs)
    print(text)
    if chosen.write:
        (ROOT / "benchmarks/places.md").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
