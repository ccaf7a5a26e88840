"""Compare Dask and Spark with pandas on a long column.

    python benchmarks/dask_and_spark.py [--rows 4000000]

A column of 5,000 distinct city names in four countries is read from Parquet, matched, and written
to Parquet: by pandas in one process, by two Dask workers with one thread each, and by two Spark
workers with the code in ``docs/scale.md``. It prints the elapsed seconds, and fails if an answer
differs from pandas. What is not installed is left out, with the reason. A second table has the cost
of a row and of a name, and an estimate for a billion rows.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
from normalize import misspelt

import sisterdata
from sisterdata import gazetteer
from sisterdata.dataframes import distinct_rows
from sisterdata.places.match_column import answers, asked

RECIPE = Path(__file__).resolve().parents[1] / "docs" / "scale.md"
ROWS, FILES, DISTINCT, WORKERS = 4_000_000, 16, 5_000, 2
MISSPELT = 500
PAPER_ROWS, PAPER_NAMES = 1_000_000_000, (1_000_000, 100_000_000)
# The steps that are measured, and the units.
COSTS = {
    "distinct": ("find the distinct names of each partition", "µs a row"),
    "match": ("match each, spelt as in the gazetteer", "µs a name"),
    "misspelt": ("the same, all in Thai and misspelt", "µs a name"),
    "answer": ("answer every row", "µs a row"),
    "write": ("write the answers, as Parquet", "µs a row"),
    "countries": ("countries instead of places, all steps", "µs a row"),
    "held": ("memory of the distinct names with their answers", "bytes a name"),
    "read": ("name and country, in Parquet", "bytes a row"),
}


def measure(rows: int) -> tuple[dict[str, float | str], dict[str, float]]:
    """The seconds of each library, or why it was left out; and the cost of a row and a name."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "printed")
        write_column(source, rows)
        seconds: dict[str, float | str] = {}
        expected = None
        for name, way in (("pandas", on_pandas), ("dask", on_dask), ("pyspark", on_spark)):
            target = Path(folder, name)
            try:
                seconds[name] = way(source, target)
            except NotHereError as error:
                seconds[name] = str(error)
                continue
            answered = counted(target)
            expected = answered if expected is None else expected
            if answered != expected:
                raise SystemExit(f"{name} gives other answers than pandas")
        return seconds, {} if isinstance(seconds["dask"], str) else costs(source)


class NotHereError(Exception):
    """A library or Java is not installed."""


def write_column(folder: Path, rows: int) -> None:
    folder.mkdir()
    draw = random.Random(1)
    codes = ("CN", "IN", "JP", "US")
    names = [
        (name, code)
        for code in codes
        for name in draw.sample(sorted(set(gazetteer.country(code).names)), DISTINCT // len(codes))
    ]
    for number in range(FILES):
        chosen = pd.DataFrame(draw.choices(names, k=rows // FILES), columns=["place", "country"])
        chosen.to_parquet(folder / f"{number:02}.parquet", index=False)


def counted(folder: Path) -> dict[str, int]:
    found = pd.read_parquet(folder)[["place_id", "status"]].astype(object)
    place_id = found["place_id"].where(found["place_id"].notna(), "none")
    answered: dict[str, int] = (place_id + " " + found["status"]).value_counts().to_dict()
    return answered


def on_pandas(source: Path, target: Path) -> float:
    target.mkdir()
    started = time.perf_counter()
    printed = pd.read_parquet(source)
    found = sisterdata.match_places(printed["place"], country=printed["country"])
    found.to_parquet(target / "all.parquet", index=False)
    return time.perf_counter() - started


def on_dask(source: Path, target: Path) -> float:
    try:
        import dask.dataframe as dd
        from distributed import Client, LocalCluster

        from sisterdata.dask import match_places
    except ImportError as error:
        raise NotHereError(f"not installed: {error.name}") from error
    with (
        LocalCluster(
            n_workers=WORKERS,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
        ) as cluster,
        Client(cluster),
    ):
        started = time.perf_counter()
        printed = dd.read_parquet(source)
        found = match_places(printed["place"], country=printed["country"])
        texts = {column: "string" for column, kind in found.dtypes.items() if kind == "category"}
        found.astype(texts).to_parquet(target, write_index=False)
        return time.perf_counter() - started


def on_spark(source: Path, target: Path) -> float:
    if shutil.which("java") is None:
        raise NotHereError("there is no Java")
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise NotHereError(f"not installed: {error.name}") from error
    os.environ["PYSPARK_PYTHON"] = sys.executable
    spark = (
        SparkSession.builder.master(f"local[{WORKERS}]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    try:
        started = time.perf_counter()
        known: dict[str, Any] = {"printed": spark.read.parquet(str(source))}
        exec(recipe(), known)
        known["matched"].write.parquet(str(target))
        return time.perf_counter() - started
    finally:
        spark.stop()


def recipe() -> str:
    """The code of docs/scale.md that uses mapInPandas."""
    blocks: list[str] = re.findall(r"```python\n(.*?)```", RECIPE.read_text("utf-8"), re.S)
    return next(block for block in blocks if "mapInPandas" in block)


def costs(source: Path) -> dict[str, float]:
    """The cost of a row and of a distinct name, in processor time and bytes."""
    from sisterdata.dask import look_up_places

    printed, read = pd.read_parquet(source), size(source)
    place, country = printed["place"], printed["country"]
    seconds: dict[str, float] = {}

    def timed(step: str, work: Callable[[], Any]) -> Any:
        started = time.process_time()
        done = work()
        seconds[step] = time.process_time() - started
        return done

    _, distinct = timed("distinct", lambda: distinct_rows(asked(place, country, None)))
    found = timed("match", lambda: answers(distinct, None))
    rows = timed("answer", lambda: look_up_places(place, country, None, (distinct, found)))
    timed("write", lambda: rows.to_parquet(source / "answered.parquet", index=False))
    timed("misspelt", lambda: sisterdata.match_places(misspelt(MISSPELT), country="CN"))
    timed("countries", lambda: sisterdata.match_countries(country))
    held = pd.concat([distinct, found], axis="columns").memory_usage(deep=True).sum()
    return {
        "distinct": 1e6 * seconds["distinct"] / len(printed),
        "match": 1e6 * seconds["match"] / len(distinct),
        "misspelt": 1e6 * seconds["misspelt"] / MISSPELT,
        "answer": 1e6 * seconds["answer"] / len(printed),
        "write": 1e6 * seconds["write"] / len(printed),
        "countries": 1e6 * seconds["countries"] / len(printed),
        "held": held / len(distinct),
        "read": read / len(printed),
    }


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


def report(seconds: dict[str, float | str], cost: dict[str, float], rows: int) -> Iterator[str]:
    yield f"{rows:,} rows, {DISTINCT:,} distinct names, {FILES} files, {WORKERS} workers."
    yield ""
    yield "| with | seconds | / pandas |"
    yield "| --- | --- | --- |"
    for name, taken in seconds.items():
        if isinstance(taken, str):
            yield f"| {name} | left out: {taken} | |"
        else:
            ratio = taken / float(seconds["pandas"])
            yield f"| {name} {version(name)} | {taken:.1f} | {ratio:.2f} |"
    yield ""
    yield from on_paper(cost) if cost else ()


def on_paper(cost: dict[str, float]) -> Iterator[str]:
    """An estimate for a billion rows, from the cost of a row and a name."""
    names = " | ".join(f"{count:,} names" for count in PAPER_NAMES)
    yield f"An estimate for {PAPER_ROWS:,} rows, in processor time:"
    yield ""
    yield f"| step | cost | {names} |"
    yield "| --- | --- | --- | --- |"
    for key, (step, unit) in COSTS.items():
        value = f"{cost[key]:,.2f}" if cost[key] < 10 else f"{cost[key]:,.0f}"
        counts = PAPER_NAMES if unit.endswith("name") else [PAPER_ROWS] * len(PAPER_NAMES)
        large = (1e9, ".1f", "GB") if unit.startswith("bytes") else (1e6, ",.0f", "s")
        cells = [f"{cost[key] * count / large[0]:{large[1]}} {large[2]}" for count in counts]
        yield f"| {step} | {value} {unit} | {' | '.join(cells)} |"
    rows = PAPER_ROWS * sum(cost[key] for key in ("distinct", "answer", "write")) / 1e6
    least, most = (
        [rows + count * cost[key] / 1e6 for count in PAPER_NAMES] for key in ("match", "misspelt")
    )
    for cores, step in (
        (1, "places, all steps together"),
        *((n, f"on {n} cores") for n in (2, 32)),
    ):
        cells = [
            f"{low / cores / 3600:,.2f} to {high / cores / 3600:,.2f} h"
            for low, high in zip(least, most, strict=True)
        ]
        yield f"| {step} | | {' | '.join(cells)} |"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=ROWS)
    rows = arguments.parse_args().rows
    print("\n".join(report(*measure(rows), rows)))


if __name__ == "__main__":
    main()
