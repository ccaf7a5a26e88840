r"""Measure every goal for speed and memory in one run: ``make bench``.

    python benchmarks/run_all.py --cluster .venv-cluster/bin/python \
        --romanisers .venv-romanisers/bin/python [--gigabytes 0.01 0.1 1]

writes ``benchmarks/RESULTS.md``: the goals with the results, then the tables, which the other
scripts also print on their own. Goals are ratios and processor time, because elapsed time depends
on other processes. The accuracy of matching is in places.md and countries.md, whose first tables
are quoted.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import countries
import large_csv
import normalize
import parse
import startup

HERE = Path(__file__).parent
PACKAGES = ("pandas", "numpy", "pyarrow", "pandera", "rapidfuzz")
LONG = 1_000_000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--gigabytes", type=float, nargs="*", default=large_csv.SIZES)
    arguments.add_argument("--cluster", default=sys.executable, help="a Python that has Dask")
    arguments.add_argument("--romanisers", default=sys.executable, help="one that has anyascii")
    given = arguments.parse_args()
    text = "\n".join(lines(given.gigabytes, given.cluster, given.romanisers)) + "\n"
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text)


def lines(gigabytes: list[float], cluster: str, romanisers: str) -> Iterator[str]:
    made_on = machine()
    cold = startup.measure()
    parsed = parse.measure_each((LONG // 4, LONG // 2, LONG))
    normalized = normalize.measure_each(normalize.SIZES)
    streamed = large_csv.measure_each(gigabytes)
    factorized = countries.large_column()  # after the measurements of memory

    yield "# Measured"
    yield ""
    sizes = ", ".join(f"{size:g}" for size in gigabytes)
    yield f"Made by `make bench`, with files of {sizes} GB, on {made_on}."
    yield ""
    yield "| work | goal | measured | |"
    yield "| --- | --- | --- | --- |"
    for work, goal, measured, held in (
        *cold_goals(cold),
        *parse_goals(parsed),
        *normalize_goals(normalized),
        *country_goals(factorized),
        *file_goals(streamed),
    ):
        yield f"| {work} | {goal} | {measured} | {HELD[held]} |"
    yield from ("", "## From a cold start", "", startup.table(cold))
    yield from ("", "## Speed of matching places", "", printed(romanisers, "place_speed.py"))
    yield from ("", "## Parse", "", parse.report(parsed))
    yield from ("", "## Parse, by layout", "")
    yield printed(sys.executable, "layouts.py", "--lines", "20000")
    yield from ("", "## Parse, normalize and validate, 5,000 distinct places", "")
    yield normalize.report(normalized)
    yield from ("", "## Countries: 10,000,000 rows, 2,000 distinct", "")
    yield countries.large_report(factorized)
    yield from ("", "## `normalize FILE`", "", large_csv.report(streamed))
    yield from ("", "## Beyond one process", "", printed(cluster, "dask_and_spark.py"))
    for page in (HERE / "places.md", HERE / "countries.md"):
        if page.exists():
            yield from quoted(page)


# The work, the goal, the result, and whether the goal was met; None if the size of the goal was not
# measured.
Goal = tuple[str, str, str, bool | None]
HELD = {True: "held", False: "not held", None: "not measured"}


def cold_goals(cold: dict[str, float]) -> Iterator[Goal]:
    beyond = cold[startup.IMPORT] - cold[startup.BARE]
    yield "`import sisterdata`, beyond the interpreter", "≤ 60 ms", f"{beyond:.0f} ms", beyond <= 60
    first = cold[startup.COUNTRY]
    yield "`match_country` once, cold", "≤ 100 ms", f"{first:.0f} ms", first <= 100
    ratio = cold[startup.BUILD] / cold[startup.LIBRARIES]
    work = (
        "`sisterdata build` of the three documents, cold, / importing pandas, pandera and pyarrow"
    )
    yield work, "≤ 2", f"{ratio:.2f}", ratio <= 2


def parse_goals(parsed: list[dict[str, float]]) -> Iterator[Goal]:
    largest = parsed[-1]
    rate = largest["lines"] / largest["seconds"]
    yield (
        f"parse of {largest['rows']:,} rows, every line accounted for",
        "≥ 150,000 lines/s on a core",
        f"{rate:,.0f}",
        rate >= 150_000,
    )
    memory = largest["peak_bytes"] / largest["rows_bytes"]
    yield "its memory / the frame of rows", "≤ 3", f"{memory:.2f}", memory <= 3
    growth = parse.a_line(largest) / parse.a_line(parsed[0])
    yield "its time per line / that of a quarter of it", "linear", f"{growth:.2f}", growth < 1.25


def normalize_goals(normalized: list[dict[str, float]]) -> Iterator[Goal]:
    largest = normalized[-1]
    work = f"parse + normalize + validate, {largest['rows']:,} rows, 5,000 distinct places"
    yield work, "≤ 60 s", f"{largest['clock']:.0f} s", largest["clock"] <= 60
    slopes = [normalize.a_row(*pair) for pair in itertools.pairwise(normalized)]
    growth = slopes[-1] / slopes[0]
    work = "its time for a further row at the end / at the start"
    yield work, "linear", f"{growth:.2f}", growth < 1.25


def country_goals(factorized: dict[str, tuple[float, float]]) -> Iterator[Goal]:
    for kind, (alone, matched) in factorized.items():
        work = f"`match_countries`, 10,000,000 rows ({kind}), / `pandas.factorize`"
        yield work, "≤ 1.5", f"{matched / alone:.2f}", matched / alone <= 1.5


def file_goals(streamed: list[dict[str, float]]) -> Iterator[Goal]:
    largest = streamed[-1]
    work = f"memory of `normalize FILE`, {largest['size']:g} GB of CSV"
    held = largest["peak"] < 1.5 and (largest["size"] >= 5 or None)
    yield work, "< 1.5 GB for 5 GB", f"{largest['peak']:.2f} GB", held


def printed(python: str, script: str, *arguments: str) -> str:
    """The output of a script."""
    command = [python, str(HERE / script), *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def quoted(page: Path) -> Iterator[str]:
    """The first table of a page that another command writes, with a link to it."""
    text = page.read_text(encoding="utf-8")
    title = text.partition("\n")[0].removeprefix("# ")
    table = re.search(r"(?:^\|.*\n)+", text, re.M)
    yield from ("", f"## {title}", "", f"From [{page.name}]({page.name}), which has the rest.", "")
    yield table[0].rstrip() if table else ""


def machine() -> str:
    cores, busy = len(os.sched_getaffinity(0)), os.getloadavg()[1]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{datetime.now(UTC):%Y-%m-%d}: {cores} cores of {processor()}, {memory:.0f} GB, "
        f"{busy:.1f} processes at work in the five minutes before, "
        f"{platform.system()}, Python {platform.python_version()}, {', '.join(versions())}"
    )


def processor() -> str:
    found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    return found[1] if found else platform.machine()


def versions() -> Iterator[str]:
    for package in PACKAGES:
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            continue


if __name__ == "__main__":
    main()
