"""The benchmarks run on small inputs, and print their results."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("script", "arguments", "rows"),
    [
        ("parse.py", ["--rows", "400"], 3),
        ("normalize.py", ["--rows", "100"], 1),
        ("large_csv.py", ["--gigabytes", "0.0001"], 1),
    ],
)
def test_a_table_has_a_row_for_each_size(script: str, arguments: list[str], rows: int) -> None:
    command = [sys.executable, str(BENCHMARKS / script), *arguments]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    table = ran.stdout.splitlines()
    assert len(table) == 2 + rows
    assert len({line.count("|") for line in table}) == 1


@pytest.mark.parametrize(
    ("size", "peak", "held"), [(5, 0.2, True), (5, 1.6, False), (1, 1.6, False), (1, 0.2, None)]
)
def test_a_goal_holds_only_where_its_size_was_measured(
    size: float, peak: float, held: bool | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import run_all

    ((_, _, _, found),) = run_all.file_goals(
        [{"size": 0.1, "peak": 0.1}, {"size": size, "peak": peak}]
    )
    assert found is held


def test_a_billion_rows_are_estimated_from_a_row_and_a_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import dask_and_spark

    a_microsecond = dict.fromkeys(dask_and_spark.COSTS, 1.0)
    table = {line.split(" | ")[0]: line for line in dask_and_spark.on_paper(a_microsecond)}
    whole = "0.83 to 0.83 h | 0.86 to 0.86 h |"  # 3,001 and 3,100 s
    assert table["| places, all steps together"].endswith(whole)


def test_figures_of_scale_are_only_in_the_results() -> None:
    page = BENCHMARKS.parent / "docs" / "scale.md"
    estimate = page.read_text(encoding="utf-8").partition("## An estimate for a billion rows")[2]
    assert "RESULTS.md" in estimate
    assert not re.search(r"\d (µs|s|GB|bytes|minutes|hours)\b", estimate)


def test_the_results_have_every_goal_and_what_was_measured() -> None:
    goals = (BENCHMARKS / "RESULTS.md").read_text(encoding="utf-8").partition("## ")[0]
    held = re.compile(r"\| (held|not held|not measured) \|$")
    for goal in (
        "import sisterdata", "match_country", "sisterdata build", "parse of", "parse + normalize",
        "match_countries", "normalize FILE",
    ):  # fmt: skip
        assert any(goal in line and held.search(line) for line in goals.splitlines()), goal
