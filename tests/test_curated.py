"""Curated files are sorted, and every line has a reason and evidence."""

from __future__ import annotations

from pathlib import Path

import pytest
from cases import read_csv

from sisterdata import gazetteer

CURATED = Path(__file__).parents[1] / "src" / "sisterdata" / "curated"
FILES = sorted(CURATED.glob("*.csv"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_line_has_a_reason_and_evidence(file: Path) -> None:
    for number, row in enumerate(read_csv(file), start=2):
        assert None not in row, f"{file.name}:{number}"
        assert row["reason"], f"{file.name}:{number}"
        assert row["evidence"], f"{file.name}:{number}"


def test_places_are_sorted_and_known() -> None:
    read = read_csv(CURATED / "places.csv")
    keys = [(row["name"], row["country_code"]) for row in read]
    assert keys == sorted(set(keys))
    for row in read:
        place = gazetteer.place(row["place_id"])
        assert place is not None, row["name"]
        assert place.country_code == row["country_code"], row["name"]
