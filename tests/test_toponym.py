"""A printed place to its units."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sisterdata.places.toponym import read_toponym

CASES = Path(__file__).parent / "cases" / "toponym.csv"


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["text"])
def test_type_words_are_told_from_names(case: dict[str, str]) -> None:
    units = read_toponym(case["text"])
    assert " ".join(f"{unit.type_word}:{unit.name}" for unit in units) == case["units"]


@pytest.mark.parametrize(
    ("text", "name", "bare"),
    [
        ("St. Petersburg", "saint Petersburg", "saint Petersburg"),
        ("Mt. Isa City", "mount Isa", "mount Isa City"),
        ("Xyz. Kanto", "Xyz. Kanto", "Xyz. Kanto"),
        ("St Petersburg", "St Petersburg", "St Petersburg"),
        ("Guangdong Province", "Guangdong", "Guangdong Province"),
        ("Province of Guangdong", "Guangdong", "Province of Guangdong"),
    ],
)
def test_what_is_abbreviated_is_spelt_out_and_kept_with_its_type_word(
    text: str, name: str, bare: str
) -> None:
    (unit,) = read_toponym(text)
    assert (unit.name, unit.bare) == (name, bare)
