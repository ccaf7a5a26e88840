"""Measure the speed and memory of parsing a Thai table, and whether the time is linear.

    python benchmarks/parse.py [--rows 1000000] [--hostile]

Tables with a quarter, a half and all of the rows are parsed, each in a separate process on one
core. It prints the lines per second, the peak memory (without imports) relative to the frame of
rows and to all frames, and the time per line relative to the smallest table. With `--hostile`, it
parses files of 100 MB that are one line, or that repeat text that is slow to read, in every layout,
and prints the seconds, and the peak memory relative to the file.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path

PROVINCES = ("กระบี่", "กาญจนบุรี", "เชียงใหม่", "พระนครศรีอยุธยา", "ภูเก็ต", "สุราษฎร์ธานี", "ตาก")
PARTNERS = (
    "มณฑลเจียงซู สาธารณรัฐประชาชนจีน",
    "เมืองไหลปิน เขตปกครองตนเองกว่างซีจ้วง สาธารณรัฐประชาชนจีน",
    "จังหวัดทวาย สาธารณรัฐแห่งสหภาพเมียนมา",
    "แขวงจำปาสัก สปป.ลาว",
    "เมืองโกลด์โคสต์ รัฐควีนส์แลนด์ เครือรัฐออสเตรเลีย",
)
NOTES = ("", "", "ลงนาม LOI แล้ว", "", "อยู่ระหว่างร่าง MOU")
HEADER = "\tจังหวัด\tลำดับ\tคู่ความสัมพันธ์\tปีที่ริเริ่ม\tหมายเหตุ"


def table(rows: int) -> Iterator[str]:
    """The lines of a table like the Ministry's: provinces printed once, a header on every page."""
    yield f"อยู่ระหว่างดำเนินการ {rows} คู่"
    facts = zip(cycle(PARTNERS), cycle(NOTES[::-1]), cycle(range(2550, 2566)), strict=False)
    number = 0
    for row, (partner, note, year) in enumerate(islice(facts, rows)):
        if row % 40 == 0:
            yield HEADER
        sequence = row % 4 + 1
        if sequence == 1:
            number += 1
            yield f"{number}\t{PROVINCES[number % 7]}\t{sequence}\t{partner}\t{year}\t{note}"
        else:
            yield f"\t\t{sequence}\t{partner}\t{year}\t{note}"


# The text that a hostile file repeats, with and without line breaks.
HOSTILE = (
    "ก",
    "\x00",
    "\u0e48\u0e38",
    "a\t",
    "1. ",
    "12 คู่ ",
    "A b, ",
    "In May 2018, it was. ",
    "1.\n",
    "\n\t",
)
HOSTILE_BYTES = 100_000_000


def measure(path: str, layout: str | None = None) -> dict[str, float]:
    """Parse a file in this process: seconds, lines, bytes of the frames, peak memory."""
    from sisterdata.parser import parse

    # Import everything that is imported late.
    parse(io.StringIO("1 Sister City of Busan\n1. Shanghai, China"))
    before = resident()
    start = time.process_time()  # not affected by other processes
    document = parse(path, layout=layout)
    seconds = time.process_time() - start
    frames = [getattr(document, name) for name in ("rows", "lines", "claims", "issues")]
    sizes = [int(frame.memory_usage(deep=True).sum()) for frame in frames]
    return {
        "seconds": seconds,
        "lines": len(document.lines),
        "rows": len(document.rows),
        "issues": len(document.issues),
        "rows_bytes": sizes[0],
        "all_bytes": sum(sizes),
        "peak_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before,
    }


def resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def in_own_process(lines: Iterable[str], layout: str) -> dict[str, float]:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
        file.writelines(lines)
        file.flush()
        run = subprocess.run(
            [sys.executable, __file__, "--measure", file.name, layout],
            check=True,
            capture_output=True,
            text=True,
        )
    return json.loads(run.stdout)


def measure_each(sizes: Iterable[int]) -> list[dict[str, float]]:
    """A table of each size in a separate process; every line must be accounted for."""
    measured = []
    for rows in sizes:
        found = in_own_process((line + "\n" for line in table(rows)), "table")
        if found["rows"] != rows or found["issues"]:
            raise SystemExit(f"{found['rows']} rows and {found['issues']} issues of {rows} rows")
        measured.append(found)
    return measured


def report(measured: list[dict[str, float]]) -> str:
    lines = [
        "| lines | lines/s | peak / frame of rows | peak / all frames "
        "| time per line / that of the smallest |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {found['lines']:,} | {found['lines'] / found['seconds']:,.0f}"
        f" | {found['peak_bytes'] / found['rows_bytes']:.2f}"
        f" | {found['peak_bytes'] / found['all_bytes']:.2f}"
        f" | {a_line(found) / a_line(measured[0]):.2f} |"
        for found in measured
    ]
    return "\n".join(lines)


def a_line(found: dict[str, float]) -> float:
    return found["seconds"] / found["lines"]


def hostile_files() -> None:
    print("repeated                   layout         lines       seconds  peak/file")
    for unit in HOSTILE:
        for layout in ("table", "list", "article"):
            times = HOSTILE_BYTES // len(unit.encode())
            found = in_own_process((unit * 1000 for _ in range(times // 1000)), layout)
            print(
                f"{unit!a:<26} {layout:<13} {found['lines']:>11,} {found['seconds']:>8.1f}"
                f" {found['peak_bytes'] / HOSTILE_BYTES:>9.1f}",
                flush=True,
            )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--hostile", action="store_true")
    arguments.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.measure:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        print(json.dumps(measure(*given.measure)))
    elif given.hostile:
        hostile_files()
    else:
        print(report(measure_each((given.rows // 4, given.rows // 2, given.rows))))


if __name__ == "__main__":
    main()
