"""A printed place to its units."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sisterdata.normalizer.toponym import read_toponym

CASES = Path(__file__).parent / "cases" / "toponym.csv"


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["text"])
def test_type_words_are_told_from_names(case: dict[str, str]) -> None:
    units = read_toponym(case["text"]).units
    assert " ".join(f"{unit.type_word}:{unit.name}" for unit in units) == case["units"]
