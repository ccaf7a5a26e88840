"""What `load` gives: the tables as `validate` types them, and the pairs ready to plot."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

import sisterdata
from sisterdata import schemas
from sisterdata.errors import DataError


def test_pairs_are_valid_and_say_what_the_tables_say() -> None:
    pairs = sisterdata.load("pairs")
    pd.testing.assert_frame_equal(pairs, sisterdata.validate(pairs, "pairs"))
    relations = sisterdata.load("relations")
    assert pairs["relation_id"].tolist() == relations["relation_id"].tolist()
    assert pairs["year"].equals(relations["first_year"].rename("year"))
    for side in ("place", "partner"):
        known = sisterdata.get_places(relations[f"{side}_id"])
        for column, source in {
            "id": "place_id",
            "name": "name",
            "name_th": "name_th",
            "country_code": "country_code",
            "country": "country_name",
            "country_th": "country_name_th",
        }.items():
            cells = pairs[f"{side}_{column}"].fillna("-"), known[source].fillna("-")
            assert cells[0].tolist() == cells[1].tolist(), column
        assert (pairs[f"{side}_latitude"] - known["latitude"]).abs().max() < 1e-9


def test_each_frame_is_a_copy() -> None:
    for table in ("pairs", "relations"):
        first = sisterdata.load(table)
        first.iloc[0, 0] = "changed"
        assert sisterdata.load(table).iloc[0, 0] != "changed"


@pytest.mark.parametrize("table", ["pair", "", None, 3, "pairs.csv", "relations-parquet"])
def test_a_table_that_does_not_exist_is_refused(table: object) -> None:
    with pytest.raises(DataError, match=r"choose one of sources, attestations, .* pairs"):
        sisterdata.load(table)  # type: ignore[arg-type]


def test_pairs_of_another_shape_are_not_valid() -> None:
    pairs = sisterdata.load("pairs")
    with pytest.raises(schemas.SchemaErrors):
        sisterdata.validate(pairs.assign(partner_country_code="ZZ"), "pairs")
    with pytest.raises(schemas.SchemaErrors):
        sisterdata.validate(pairs.drop(columns="partner_name"), "pairs")


def test_loading_imports_none_of_the_libraries_that_validate() -> None:
    program = (
        "import sys, sisterdata; sisterdata.load('pairs'); "
        "heavy = {'pandera', 'dask', 'sisterdata.parser', 'pythainlp'}; "
        "print(heavy & {*sys.modules})"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert found.stdout.strip() == b"set()"
