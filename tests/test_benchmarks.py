"""What measures runs, on very little, and says what it found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.mark.parametrize(
    ("script", "arguments", "rows"),
    [
        ("parse.py", ["--rows", "400"], 3),
        ("normalize.py", ["--rows", "100"], 1),
        ("files.py", ["--gigabytes", "0.0001"], 1),
    ],
)
def test_a_table_is_printed_with_a_row_a_size(script: str, arguments: list[str], rows: int) -> None:
    command = [sys.executable, str(BENCHMARKS / script), *arguments]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    table = ran.stdout.splitlines()
    assert len(table) == 2 + rows
    assert len({line.count("|") for line in table}) == 1


def test_the_results_have_every_goal_and_what_was_measured() -> None:
    results = (BENCHMARKS / "RESULTS.md").read_text(encoding="utf-8")
    for goal in (
        "import sisterdata", "match_country", "sisterdata build", "parse of", "parse + normalize",
        "match_countries", "normalize FILE",
    ):  # fmt: skip
        assert any(goal in line and "held" in line for line in results.splitlines()), goal
