"""How fast places are matched: processor time on the shipped index."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from sisterdata.gazetteer.index import country
from sisterdata.places.match import match_place
from sisterdata.places.match_column import match_places
from tools.likeness.evaluation_queries import noisy
from tools.likeness.labelled_names import Query


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
