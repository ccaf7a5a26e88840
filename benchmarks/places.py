"""Thai place names: how many are found, how surely and how fast, beside the usual ways.

    python benchmarks/places.py [--write] [--fold N]

prints Markdown; ``--write`` puts it into ``benchmarks/places.md``. It wants the dependency groups
``gazetteer`` and ``bench``. The sets and their masking are those of ``tools/likeness/sets.py``:
every Thai name and every Latin alternate name all in lower or upper case is hidden, and the
candidates are all entries of the country. Costs and ranker were learned from folds 1 to 4; the
figures are of fold 0, which nothing was learned from or tuned on.
"""

from __future__ import annotations

import argparse
import math
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from anyascii import anyascii
from rapidfuzz import fuzz, process

from sisterdata.normalizer.gazetteer import NameKind, fold
from sisterdata.normalizer.likeness import Sounds
from sisterdata.normalizer.places import ACCEPTED, MARGIN, match_place
from sisterdata.normalizer.ranker import Ranked, rank
from sisterdata.normalizer.sounds import costs, thai_readings
from sisterdata.normalizer.toponym import read_toponym
from tools.gazetteer.script import script
from tools.gazetteer.spellings import EXONYMS_FROM, sound_columns
from tools.gazetteer.spellings import sounds as sounds_of
from tools.likeness.sets import FINAL, Candidate, Query, read

ROOT = Path(__file__).resolve().parents[1]
LETTERS = "กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวศสหอฮะัาิีึืุูเแโใไ"


@dataclass(frozen=True)
class Pool:
    """The candidates of a country (or its subdivisions), ready to search."""

    sounds: Sounds
    place: dict[str, int]
    population: np.ndarray
    region: np.ndarray


@dataclass(frozen=True)
class Outcome:
    query: Query
    position: int  # of the true entry, 0 the first; 99 where it is not among the candidates
    first: str
    logit: float
    margin: float
    missing_logit: float  # of the first, once the true entry is gone
    missing_margin: float


def pool(code: str, candidates: list[Candidate], *, primary_only: bool = False) -> Pool:
    country = code.removeprefix("ISO:")
    spoken = []
    for candidate in candidates:
        large = candidate.population >= EXONYMS_FROM or code.startswith("ISO:")
        names = candidate.names[:1] if primary_only else candidate.names
        spoken.append(sounds_of(names, country, large=large))
    columns = sound_columns(spoken, costs())
    keys = columns["text_sound_keys"].tobytes().decode().split("\n")
    regions = sorted({candidate.region for candidate in candidates})
    return Pool(
        Sounds.from_columns(columns, keys),
        {candidate.id: i for i, candidate in enumerate(candidates)},
        np.array([candidate.population for candidate in candidates]),
        np.array([regions.index(candidate.region) for candidate in candidates]),
    )


def without(sounds: Sounds, entry: int) -> Sounds:
    """The same candidates, one entry taken out: features compare those that are left."""
    kept = np.flatnonzero(sounds.entry != entry)
    length = np.diff(sounds.start)[kept]
    start = np.concatenate([[0], np.cumsum(length)])
    at = np.arange(start[-1]) + np.repeat(sounds.start[kept] - start[:-1], length)
    key_of = np.repeat(np.arange(len(sounds.keys)), np.diff(sounds.key_start))[kept]
    return Sounds(
        sounds.entry[kept],
        sounds.kind[kept],
        start,
        sounds.units[at],
        sounds.keys,
        np.searchsorted(key_of, np.arange(len(sounds.keys) + 1)),
    )


def ask(text: str, query: Query, searched: Pool, *, region: bool, missing: bool = False) -> Outcome:
    true = searched.place[query.id]
    within = searched.region == searched.region[true] if region else None
    ranked = rank(searched.sounds, thai_readings(text), searched.population, within)
    ids = list(searched.place)
    remaining = without(searched.sounds, true) if missing else searched.sounds
    others = rank(remaining, thai_readings(text), searched.population, within) if missing else []
    at = next((i for i, r in enumerate(ranked) if r.entry == true), 99)

    def lead(rows: list[Ranked]) -> tuple[float, float]:
        if not rows:
            return -math.inf, 0.0
        return rows[0].logit, rows[0].logit - rows[1].logit if len(rows) > 1 else math.inf

    return Outcome(
        query, at, ids[ranked[0].entry] if ranked else "", *lead(ranked), *lead(others)
    )  # fmt: skip


def noisy(text: str, edits: int, seed: str) -> str:
    """Tones stripped, then letters dropped, put in, exchanged or swapped at random."""
    dice = random.Random(seed)
    text = "".join(letter for letter in text if letter not in "่้๊๋")
    for _ in range(edits):
        kind, at = dice.randrange(4), dice.randrange(len(text))
        if kind == 0 and len(text) > 2:
            text = text[:at] + text[at + 1 :]
        elif kind == 1:
            text = text[:at] + dice.choice(LETTERS) + text[at:]
        elif kind == 2:
            text = text[:at] + dice.choice(LETTERS) + text[at + 1 :]
        else:
            text = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
    return text


def bare(query: Query) -> str:
    units = read_toponym(query.text).units
    return units[0].name if units else query.text


def share(outcomes: list[Outcome], positions: int) -> str:
    return f"{100 * statistics.mean(o.position < positions for o in outcomes):.1f}"


def baseline(
    romanise: Callable[[str], str], queries: list[Query], pools: dict[str, list[Candidate]]
) -> str:
    """Top-1 of the nearest Latin name by rapidfuzz's ratio, ties to the more populous."""
    right = []
    latin: dict[str, tuple[list[str], np.ndarray, list[Candidate]]] = {}
    for query in queries:
        if query.pool not in latin:
            rows = [
                (fold(name.text), i)
                for i, candidate in enumerate(pools[query.pool])
                for name in candidate.names
                if script(name.text) == "Latn" and name.kind != NameKind.GENERATED_THAI
            ]
            entries = np.array([i for _, i in rows])
            latin[query.pool] = ([text for text, _ in rows], entries, pools[query.pool])
        names, entries, candidates = latin[query.pool]
        near = process.cdist([romanise(bare(query)).lower()], names, scorer=fuzz.ratio)[0]
        tied = {int(i) for i in entries[np.flatnonzero(near >= near.max() - 1e-6)]}
        best = max(tied, key=lambda i: candidates[i].population)
        right.append(candidates[best].id == query.id)
    return f"{100 * statistics.mean(right):.1f}"


def romanisers() -> Iterator[tuple[str, Callable[[str], str]]]:
    yield "anyascii + rapidfuzz ratio", anyascii
    try:
        from pythainlp.transliterate import romanize
    except ImportError:
        return
    yield "pythainlp royin + rapidfuzz ratio", lambda text: romanize(text, engine="royin")


def report(chosen_fold: int) -> str:
    found = read(ROOT / "build/gazetteer/inputs")
    by_set: dict[str, list[Query]] = defaultdict(list)
    for query in found.queries:
        if query.fold == chosen_fold:
            by_set[query.set].append(query)
    wanted = {query.pool for queries in by_set.values() for query in queries}
    whole = {code: pool(code, found.pools[code]) for code in sorted(wanted)}
    own = {q.pool: pool(q.pool, found.pools[q.pool], primary_only=True) for q in by_set["GN"]}

    def run(
        queries: list[Query],
        pools: dict[str, Pool],
        edits: int = -1,
        *,
        region: bool = False,
        missing: bool = False,
    ) -> list[Outcome]:
        return [
            ask(
                bare(q) if edits < 0 else noisy(bare(q), edits, q.text + q.id),
                q,
                pools[q.pool],
                region=region,
                missing=missing,
            )
            for q in queries
        ]

    gn, tz = by_set["GN"], by_set["TZ"]
    clean = run(gn, whole, missing=True)
    iso = run(by_set["ISO"], whole)
    labels = {q.id: q.text for q in found.queries if q.set == "ISO"}
    credited = [o.position == 0 or labels.get(o.first) == o.query.text for o in iso]
    rows = [
        ("GN, country known", clean),
        ("GN, country and region known", run(gn, whole, region=True)),
        ("GN, primary name only", run(gn, own)),
        ("GN, tones stripped + 1 edit", run(gn, whole, 1)),
        ("the same, region known", run(gn, whole, 1, region=True)),
        ("GN, tones stripped + 2 edits", run(gn, whole, 2)),
        ("TZ", run(tz, whole)),
    ]
    lines = [
        "# Thai place names",
        "",
        f"Fold {chosen_fold}: {len(gn)} names of GN, {len(tz)} of TZ, {len(iso)} of ISO; made by "
        "`python benchmarks/places.py --write`. Nothing was learned from this fold.",
        "",
        "| set | top-1 % | top-5 % |",
        "|---|---|---|",
        *(f"| {name} | {share(o, 1)} | {share(o, 5)} |" for name, o in rows),
        f"| ISO (identical Thai strings credited) | {100 * statistics.mean(credited):.1f} "
        f"| {share(iso, 5)} |",
        "",
        "## Beside the usual ways (top-1 %, all aliases)",
        "",
        "| | GN | TZ | ISO |",
        "|---|---|---|---|",
        f"| sisterdata | {share(clean, 1)} | {share(rows[-1][1], 1)} | "
        f"{100 * statistics.mean(credited):.1f} |",
    ]
    for name, romanise in romanisers():
        figures = [baseline(romanise, by_set[s], found.pools) for s in ("GN", "TZ", "ISO")]
        lines.append(f"| {name} | {' | '.join(figures)} |")
    lines += ["", *decisions(clean), "", *speed(gn), "", "## What is missed", ""]
    names = {(code, c.id): c.names[0].text for code, cs in found.pools.items() for c in cs}
    for o in clean:
        if o.position:
            true, first = names[o.query.pool, o.query.id], names.get((o.query.pool, o.first), "-")
            where = "absent" if o.position == 99 else f"at {o.position + 1}"
            lines.append(f"- {o.query.pool} {o.query.text}: {true} ({where}), first {first}")
    lines += ["", "By country (GN, found first / asked):", ""]
    by_country: dict[str, list[bool]] = defaultdict(list)
    for o in clean:
        by_country[o.query.pool].append(o.position == 0)
    lines.append(
        ", ".join(f"{code} {sum(v)}/{len(v)}" for code, v in sorted(by_country.items())) + "."
    )
    return "\n".join(lines) + "\n"


def decisions(outcomes: list[Outcome]) -> Iterator[str]:
    yield "## Deciding (GN, country known)"
    yield ""
    yield "| least logit | accepted % | of these right % | accepted with the true entry missing % |"
    yield "|---|---|---|---|"
    for least in (ACCEPTED, 1.5, 2.5, 3.5):
        taken = [o for o in outcomes if o.logit >= least and o.margin >= MARGIN]
        wrongly = [o for o in outcomes if o.missing_logit >= least and o.missing_margin >= MARGIN]
        yield (
            f"| {least} | {100 * len(taken) / len(outcomes):.1f} "
            f"| {100 * statistics.mean(o.position == 0 for o in taken):.1f} "
            f"| {100 * len(wrongly) / len(outcomes):.1f} |"
        )


def speed(queries: list[Query]) -> Iterator[str]:
    """Processor time of new names, the country known, on the shipped index."""
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
    yield (
        f"{len(took) / sum(took):.0f} new names a second on one core where the country is known; "
        f"median {1000 * took[len(took) // 2]:.1f} ms, "
        f"p95 {1000 * took[int(len(took) * 0.95)]:.1f} ms (processor time)."
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true")
    arguments.add_argument("--fold", type=int, default=FINAL)
    chosen = arguments.parse_args()
    text = report(chosen.fold)
    print(text)
    if chosen.write:
        (ROOT / "benchmarks/places.md").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
