"""A printed place to its units."""

from __future__ import annotations

import pytest
from cases import read_cases

from sisterdata.places.parse_toponym import read_toponym


@pytest.mark.parametrize("case", read_cases("toponym.csv"), ids=lambda case: case["text"])
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
