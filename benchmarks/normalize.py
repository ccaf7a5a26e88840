"""Parse, normalize and validate Ministry tables of growing length.

``python benchmarks/normalize.py`` prints a Markdown table with the processor seconds of each step,
in one process on one core.

The tables repeat 5,000 distinct partners of Thai provinces: half are Thai names with two wrong
letters, and half are English names as in the gazetteer.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterable

import sisterdata
from sisterdata import gazetteer

DISTINCT = 5_000
SIZES = (10_000, 100_000, 300_000, 1_000_000)


def partners() -> list[str]:
    """Distinct partners: half in Thai and misspelt, half in English."""
    china = gazetteer.country("CN")
    thai = misspelt(DISTINCT // 2)
    latin = itertools.islice(dict.fromkeys(china.names), DISTINCT - len(thai))
    return [*(f"เมือง{name} สาธารณรัฐประชาชนจีน" for name in thai), *(f"{n}, China" for n in latin)]


def misspelt(count: int) -> list[str]:
    """Thai names of places in China, each with two letters replaced by others from the name."""
    draw = random.Random(1)
    names = dict.fromkeys(gazetteer.country("CN").name_text)
    thai = [name for name in names if "ก" <= name[0] <= "๎"]
    found: dict[str, None] = {}
    while len(found) < count:
        letters = list(draw.choice(thai))
        for _ in range(2):
            letters[draw.randrange(len(letters))] = draw.choice(letters)
        found["".join(letters)] = None
    return list(found)


def table(rows: int) -> str:
    """A table like the Ministry's, with this many rows spread over all provinces."""
    provinces = [gazetteer.place(f"iso3166-2:TH-{code}") for code in range(10, 97)]
    names = [place.name_th for place in provinces if place is not None]
    texts = itertools.cycle(partners())
    share = -(-rows // len(names))
    lines = ["อยู่ระหว่างดำเนินการ", "", "\tจังหวัด\tลำดับ\tคู่ความสัมพันธ์\tปีที่ริเริ่ม\tหมายเหตุ"]
    for row in range(rows):
        number, within = divmod(row, share)
        first = within == 0
        province = f"{number + 1}\t{names[number]}" if first else "\t"
        lines.append(f"{province}\t{within + 1}\t{next(texts)}\t{2550 + row % 15}\tลงนาม LOI แล้ว")
    return "\n".join(lines)


def measure(rows: int) -> dict[str, float]:
    """The seconds of each step and the peak memory in GB, in this process."""
    text = table(rows)
    worked = [time.process_time()]
    started = time.perf_counter()
    document = sisterdata.parse(io.StringIO(text))
    worked.append(time.process_time())
    normalized = sisterdata.normalize(document)
    worked.append(time.process_time())
    sisterdata.validate(normalized.attestations, "attestations")
    worked.append(time.process_time())
    if len(normalized.attestations) != rows:
        raise SystemExit(f"{len(normalized.attestations)} attestations of {rows} rows")
    steps = [after - before for before, after in itertools.pairwise(worked)]
    return {
        "rows": rows,
        **dict(zip(("parse", "normalize", "validate"), steps, strict=True)),
        "processor": sum(steps),
        "clock": time.perf_counter() - started,
        "gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6,
    }


def measure_each(sizes: Iterable[int]) -> list[dict[str, float]]:
    """Each size in a separate process, which has not matched any of the names before."""
    command = [sys.executable, __file__, "--measure"]
    return [
        json.loads(subprocess.run([*command, str(rows)], check=True, capture_output=True).stdout)
        for rows in sizes
    ]


def report(measured: list[dict[str, float]]) -> str:
    lines = [
        "| rows | parse, s | normalize, s | validate, s | all, s | elapsed, s "
        "| more than the row above, s per 100,000 | peak memory, GB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for before, found in zip([None, *measured], measured, strict=False):
        steps = " | ".join(
            f"{found[step]:.1f}"
            for step in ("parse", "normalize", "validate", "processor", "clock")
        )
        slope = "" if before is None else f"{100_000 * a_row(before, found):.2f}"
        lines.append(f"| {found['rows']:,} | {steps} | {slope} | {found['gigabytes']:.1f} |")
    return "\n".join(lines)


def a_row(smaller: dict[str, float], larger: dict[str, float]) -> float:
    """The seconds for each additional row; both tables have the same distinct names."""
    return (larger["processor"] - smaller["processor"]) / (larger["rows"] - smaller["rows"])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, nargs="*", default=SIZES)
    arguments.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure)))
    else:
        print(report(measure_each(given.rows)))


if __name__ == "__main__":
    main()
