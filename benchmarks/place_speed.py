"""Measure the speed of matching places beside anyascii + rapidfuzz, in one run.

    python benchmarks/place_speed.py [--names N]

prints Markdown: a part of ``make bench``. It wants anyascii, of the group ``romanisers``. The new
Thai names are those of the gazetteer with one letter left out, put in, exchanged or swapped, and
the country is known. The baseline compares them, romanised, with all Latin names of the country;
here only its speed counts, its accuracy is in places.md. All figures are processor time of one
process, the least of three rounds over names that were not matched before.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd
from anyascii import anyascii
from random_edits import one_edit
from rapidfuzz import fuzz, process

from sisterdata import gazetteer
from sisterdata.gazetteer.name_lookup import names_of
from sisterdata.places.match import match_place
from sisterdata.places.match_column import match_places
from sisterdata.text.thai_letters import has_thai

COUNTRIES = ("CN", "JP", "KR", "VN", "US", "FR", "DE", "RU", "IN", "TH")
THAI, LATIN = "กขคงจชดตทนบปพมยรลวสห", "abcdefghijklmnopqrstuvwxyz"
ROUNDS, LONG, DISTINCT = 3, 1_000_000, 10_000
FIRST = "นครฉางชุน มณฑลจี๋หลิน สาธารณรัฐประชาชนจีน"

Names = list[tuple[str, str]]  # country, name
Row = tuple[str, str, str, bool]


def names(number: int, wanted: Callable[[str], bool], letters: str = "") -> list[Names]:
    """ROUNDS lists of so many names of COUNTRIES, each name once; `letters` to misspell them."""
    dice = random.Random(16)
    rounds: list[Names] = [[] for _ in range(ROUNDS)]
    each = number // len(COUNTRIES)
    for code in COUNTRIES:
        listed = sorted({name for name in gazetteer.country(code).name_text if wanted(name)})
        chosen = dice.sample(listed, min(len(listed), each * ROUNDS))
        texts = [one_edit(name, letters, dice) if letters else name for name in chosen]
        for i, one in enumerate(rounds):
            one += [(code, text) for text in texts[i::ROUNDS]]
    return rounds


def least(work: Callable[[Names], object], rounds: Sequence[Names]) -> float:
    """The least processor seconds a name."""
    taken = []
    for asked in rounds:
        start = time.process_time()
        work(asked)
        taken.append((time.process_time() - start) / len(asked))
    return min(taken)


def by_column(asked: Names) -> object:
    codes, texts = zip(*asked, strict=True)
    return match_places(list(texts), country=list(codes), context=False)


def by_cdist(asked: Names) -> list[str]:
    """The baseline: the nearest Latin name of the country to each romanised name."""
    found = []
    for code in COUNTRIES:
        texts = [anyascii(text).lower() for of_country, text in asked if of_country == code]
        latin = names_of(code).latin
        near = process.cdist(texts, latin, scorer=fuzz.ratio, dtype=np.uint8)
        found += [latin[i] for i in near.argmax(axis=1).tolist()]
    return found


def column_rows(number: int) -> Iterator[Row]:
    thai = names(number, has_thai, THAI)
    few = 2 * len(COUNTRIES)
    by_column(names(few, has_thai, THAI)[0] + names(few, str.isascii, LATIN)[0])  # opens them
    ours, theirs = least(by_column, thai), least(by_cdist, thai)
    work = "new Thai names in a column, country known"
    yield (
        f"{work}, / anyascii + rapidfuzz `cdist`",
        "≥ 1 x",
        f"{theirs / ours:.2f} x",
        theirs >= ours,
    )
    yield (
        f"{work}, a second",
        "≥ 3,000",
        f"{1 / ours:,.0f} (cdist {1 / theirs:,.0f})",
        ours <= 1 / 3000,
    )
    took = []
    for code, text in names(number, has_thai, THAI + "ฟ")[0]:
        start = time.process_time()
        match_place(text, country=code)
        took.append(1000 * (time.process_time() - start))
    median, late = np.percentile(took, [50, 95]).tolist()
    yield (
        "one name with `match_place`, warm, median and p95", "≤ 1.5 ms, ≤ 4 ms",
        f"{median:.2f} ms, {late:.2f} ms", median <= 1.5 and late <= 4,
    )  # fmt: skip
    misspelt = least(by_column, names(number, lambda n: n.isascii() and len(n) > 4, LATIN))
    yield (
        "misspelt Latin names in a column, a second",
        "≥ 5,000",
        f"{1 / misspelt:,.0f}",
        misspelt <= 1 / 5000,
    )
    exact = least(by_column, names(4 * number, str.isascii))
    work = "names written exactly as in the gazetteer, a second"
    yield work, "≥ 100,000", f"{1 / exact:,.0f}", exact <= 1 / 100_000


def long_row(rows: int) -> Row:
    """A long column of few distinct names, beside its factorize and the names' own time."""
    listed = [n for n in dict.fromkeys(gazetteer.country("CN").name_text) if n.isascii()]
    listed = listed[: rows * DISTINCT // LONG]
    texts = pd.Series(np.random.default_rng(7).choice(np.array(listed, dtype=object), size=rows))

    def seconds(work: Callable[[], object]) -> float:
        taken = []
        for _ in range(ROUNDS):
            start = time.process_time()
            work()
            taken.append(time.process_time() - start)
        return min(taken)

    match_places(listed[:50], country="CN", context=False)
    alone = seconds(lambda: match_places(listed, country="CN", context=False))
    whole = seconds(lambda: match_places(texts, country="CN", context=False))
    ratio = whole / (seconds(lambda: pd.factorize(texts)) + alone)
    work = f"{rows:,} rows with {len(listed):,} distinct names, / factorize + the distinct names"
    return work, "≤ 1.5 x", f"{ratio:.2f} x", ratio <= 1.5


def opening_row() -> Row:
    """The median country, opened by a process that has another one open."""
    taken = []
    for code in gazetteer.countries():
        start = time.process_time()
        gazetteer.country(code)
        taken.append(1000 * (time.process_time() - start))
    median = float(np.median(taken))
    return "opening another country, the median one", "≤ 3 ms", f"{median:.1f} ms", median <= 3


def printed(program: str) -> list[float]:
    """The numbers that a program prints in a new interpreter."""
    command = [sys.executable, "-c", program]
    return [
        float(n) for n in subprocess.run(command, check=True, capture_output=True).stdout.split()
    ]


def cold_rows() -> Iterator[Row]:
    clock = "import time, resource; start = time.process_time(); "
    answer = f"import sisterdata; sisterdata.match_place('{FIRST}'); "
    memory = "resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024"
    shown = f"print(time.process_time() - start, {memory})"
    seconds, most = min(printed(clock + answer + shown) for _ in range(ROUNDS))
    yield (
        "first answer of a process (China, with region), beyond the interpreter",
        "≤ 250 ms, ≤ 70 MB", f"{1000 * seconds:.0f} ms, {most:.0f} MB",
        seconds <= 0.25 and most <= 70,
    )  # fmt: skip
    pairs = "import pandas; " + clock + "import sisterdata; sisterdata.load('pairs'); " + shown
    beyond = min(printed(pairs)[0] for _ in range(ROUNDS))
    work = 'cold `load("pairs")`, beyond importing pandas'
    yield work, "≤ 500 ms", f"{1000 * beyond:.0f} ms", beyond <= 0.5


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--names", type=int, default=1_000, help="names of a round")
    arguments.add_argument("--rows", type=int, default=LONG, help="rows of the long column")
    given = arguments.parse_args()
    cold, opening = list(cold_rows()), opening_row()
    print("| work | goal | measured | |\n| --- | --- | --- | --- |")
    for work, goal, measured, held in (
        *column_rows(given.names), long_row(given.rows), *cold, opening,
    ):  # fmt: skip
        print(f"| {work} | {goal} | {measured} | {'held' if held else 'not held'} |")


if __name__ == "__main__":
    main()
