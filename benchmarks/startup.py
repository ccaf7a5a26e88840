"""How long a cold process takes to its first answer: ``python benchmarks/startup.py``.

Each program runs in a fresh interpreter, in turn, so that a drifting machine drifts for all;
the figure is the median over the rounds, less that of an interpreter that does nothing.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 15
PROGRAMS = {
    "python -c pass": "pass",
    "import sisterdata": "import sisterdata",
    "match_country, first answer": "import sisterdata; sisterdata.match_country('สปป.ลาว')",
    "match_place, first answer": (
        "import sisterdata; sisterdata.match_place('นครฉางชุน มณฑลจี๋หลิน สาธารณรัฐประชาชนจีน')"
    ),
    "load(), first table": "import sisterdata; sisterdata.load()",
    "import pandas, pandera.pandas, pyarrow": "import pandas, pandera.pandas, pyarrow.parquet",
}


def main() -> None:
    """Print a Markdown table."""
    seconds: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(ROUNDS + 1):  # the first round warms the disk's cache and is dropped
        for name, program in PROGRAMS.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", program], check=True)
            seconds[name].append(time.perf_counter() - started)
    median = {name: statistics.median(runs[1:]) for name, runs in seconds.items()}
    bare = median["python -c pass"]
    print("| program | median, ms | beyond the interpreter, ms |\n| --- | --- | --- |")
    for name, value in median.items():
        print(f"| {name} | {value * 1000:.0f} | {(value - bare) * 1000:.0f} |")


if __name__ == "__main__":
    main()
