"""The cases in tests/cases (its README says what each file holds)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"


def read_csv(path: Path) -> list[dict[str, str]]:
    """The lines of a CSV file, by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_cases(name: str) -> list[dict[str, str]]:
    """The lines of a file of cases."""
    return read_csv(CASES / name)


def cases(name: str) -> list[object]:
    """The same as parameters of a test, each named by its first column.

    A case with a `known_failure` must fail, until somebody fixes it.
    """
    return [
        pytest.param(
            case,
            id=next(iter(case.values())),
            marks=[pytest.mark.xfail(reason=reason, strict=True)]
            if (reason := case.get("known_failure"))
            else [],
        )
        for case in read_cases(name)
    ]
