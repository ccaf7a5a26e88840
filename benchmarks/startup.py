"""Measure cold starts: the time to the first answer, and to build the three documents.

    python benchmarks/startup.py

Each program runs in a new interpreter, in turn, so that changes of the machine affect all alike.
The result is the median processor time (user and system), minus that of an interpreter that does
nothing.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

RAW = Path(__file__).resolve().parents[1] / "raw"
ROUNDS = 7
BARE = "python -c pass"
IMPORT = "import sisterdata"
COUNTRY = "match_country, first answer"
LIBRARIES = "import pandas, pandera, pyarrow"
BUILD = "sisterdata build raw"
PROGRAMS = {
    BARE: "pass",
    IMPORT: "import sisterdata",
    COUNTRY: "import sisterdata; sisterdata.match_country('สปป.ลาว')",
    "match_place, first answer": (
        "import sisterdata; sisterdata.match_place('นครฉางชุน มณฑลจี๋หลิน สาธารณรัฐประชาชนจีน')"
    ),
    "load(), first table": "import sisterdata; sisterdata.load()",
    LIBRARIES: "import pandas, pandera.pandas, pyarrow",
    BUILD: "from sisterdata.cli.main import main; main()",
}


def measure() -> dict[str, float]:
    """The median milliseconds of each program, from start to end."""
    taken: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS + 1):  # the first round fills the disk cache and is dropped
            for name, program in PROGRAMS.items():
                arguments = ["build", str(RAW), "--out", f"{folder}/tables"]
                taken[name].append(processor(program, arguments if name == BUILD else []))
    return {name: 1000 * statistics.median(runs[1:]) for name, runs in taken.items()}


def processor(program: str, arguments: list[str]) -> float:
    """The processor seconds of a program in a separate process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", program, *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def table(median: dict[str, float]) -> str:
    lines = ["| program | processor, ms | beyond the interpreter, ms |", "| --- | --- | --- |"]
    lines += [
        f"| {name} | {value:.0f} | {value - median[BARE]:.0f} |" for name, value in median.items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(measure()))
