"""Match a large CSV: peak memory, and time compared with copying it with Python's csv module.

``python benchmarks/large_csv.py --gigabytes 0.1 1 5`` prints a Markdown table. The lists repeat a
few hundred names of cities in three countries, with an id, a year and a note in each row.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from sisterdata import gazetteer

SIZES = (0.01, 0.1, 1.0)
COPY = """
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file, \\
        open(sys.argv[2], "w", encoding="utf-8", newline="") as copy:
    csv.writer(copy).writerows(csv.reader(file))
"""
MATCH = """
import sys
from sisterdata.lists.normalize_file import normalize_file
normalize_file(sys.argv[1], sys.argv[2], place_column="city", country_column="country")
"""


def write_list(path: Path, size: int) -> int:
    """Write a list of about `size` bytes, and return its number of rows."""
    chance = random.Random(1)
    names = [
        f'"{name}",{code}'
        for code in ("JP", "KR", "MY")
        for name in chance.sample(gazetteer.country(code).names, 150)
    ]
    rows = written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("id,city,country,year,note\n")
        while written < size:
            block = "".join(
                f'{rows + n:09d},{name},{2540 + n % 30},"a note, number {n}, to fill the row"\n'
                for n, name in enumerate(chance.choices(names, k=20_000))
            )
            file.write(block)
            written += len(block.encode())
            rows += 20_000
    return rows


def run(code: str, source: Path, target: Path) -> tuple[float, float]:
    """Processor seconds and peak memory in GB of a run in a separate process."""
    watched = (
        f"import resource, subprocess, sys\n"
        f"subprocess.run([sys.executable, '-c', {code!r}, *sys.argv[1:]], check=True)\n"
        f"used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        f"print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1e6)"
    )
    done = subprocess.run(
        [sys.executable, "-c", watched, str(source), str(target)],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds, memory = map(float, done.stdout.split())
    target.unlink()
    return seconds, memory


def measure_each(gigabytes: Iterable[float]) -> list[dict[str, float]]:
    """Copy and match lists of these sizes, and measure the processor time of both."""
    measured = []
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "list.csv"), Path(folder, "matched.csv")
        for size in gigabytes:
            rows = write_list(source, int(size * 1e9))
            copied, _ = run(COPY, source, target)
            matched, memory = run(MATCH, source, target)
            measured.append(
                {"size": size, "rows": rows, "copy": copied, "match": matched, "peak": memory}
            )
    return measured


def report(measured: list[dict[str, float]]) -> str:
    lines = [
        "| input, GB | rows | copy, s | match, s | match / copy | peak memory, GB |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {found['size']:g} | {found['rows']:,} | {found['copy']:.1f} | {found['match']:.1f} "
        f"| {found['match'] / found['copy']:.1f} | {found['peak']:.2f} |"
        for found in measured
    ]
    return "\n".join(lines)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--gigabytes", type=float, nargs="*", default=SIZES)
    print(report(measure_each(arguments.parse_args().gigabytes)))


if __name__ == "__main__":
    main()
