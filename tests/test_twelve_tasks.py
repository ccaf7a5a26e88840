"""The twelve tasks of the docs: each runs, and takes at most three lines."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "twelve_tasks.md"


def test_every_task_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # one task writes a file
    done = doctest.testfile(
        str(PAGE), module_relative=False, encoding="utf-8", optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert done.attempted > 20
    assert not done.failed


def test_every_task_takes_at_most_three_lines() -> None:
    tasks = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.M)[1:]
    assert [int(task.split(".")[0]) for task in tasks] == list(range(1, 13))
    for task in tasks:
        lines = re.findall(r"^(?:>>>|\.\.\.) ", task, re.M)
        assert 1 <= len(lines) <= 3, task
