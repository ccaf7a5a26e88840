"""The names of a column are read together: their level, and their country where none is given."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from cases import read_cases

from sisterdata import gazetteer
from sisterdata.lists.normalize_file import normalize_file
from sisterdata.places.match_column import match_places


def columns() -> dict[str, pd.DataFrame]:
    rows = pd.DataFrame(read_cases("places_columns.csv"))
    return dict(list(rows.groupby("column", sort=False)))


@pytest.mark.parametrize("column", columns().values(), ids=columns().keys())
def test_names_of_a_column_are_read_together(column: pd.DataFrame) -> None:
    country = column["country"].iloc[0] or None
    found = match_places(column["text"], country=country)
    answers = found["place_id"].astype(object).fillna("")
    expected = column["place_id"]
    assert answers[expected != ""].tolist() == expected[expected != ""].tolist()


def thai_provinces() -> dict[str, str]:
    thailand = gazetteer.country("TH")
    return {
        thailand.names_th[i].removeprefix("จังหวัด"): thailand.ids[i]
        for i in range(len(thailand))
        if thailand.levels[i] == 0 and thailand.ids[i] != "iso3166-2:TH-S"
    }


@pytest.mark.parametrize("country", ["TH", "ไทย"])
def test_a_column_of_thai_provinces_is_one(country: str) -> None:
    provinces = thai_provinces()
    assert len(provinces) == 77
    found = match_places(list(provinces), country=country)
    assert found["place_id"].tolist() == list(provinces.values())
    assert found.attrs["notices"] == [
        "77 of 77 names fit first-level units of Thailand: read as first-level units"
    ]


def test_the_order_and_repetition_of_rows_make_no_difference() -> None:
    names = pd.Series(list(thai_provinces()))
    found = match_places(names, country="TH")
    shuffled = pd.concat([names, names]).sample(frac=1, random_state=1)
    again = match_places(shuffled, country="TH")
    assert again["place_id"].astype(object).eq(found["place_id"].astype(object)[again.index]).all()


def test_context_can_be_turned_off_and_a_single_name_has_none() -> None:
    names = ["Nagano", "Hyogo", "Aichi", "Ibaraki", "Okinawa", "Yamanashi"]
    alone = match_places(names, country="JP", context=False)
    assert alone.attrs["notices"] == []
    assert alone["place_id"].iloc[0] == "geonames:1856215"
    single = match_places(["Nagano"], country="JP")
    assert (single.attrs["notices"], single["place_id"].iloc[0]) == ([], "geonames:1856215")


def test_a_mixed_column_stays_as_it_is() -> None:
    names = ["Nagano", "Yokohama", "Hyogo", "Kobe", "Aichi", "Gunma", "Sapporo"]
    assert match_places(names, country="JP").attrs["notices"] == []


def test_a_column_of_dask_has_the_same_context() -> None:
    frames = pytest.importorskip("dask.dataframe")
    from sisterdata import dask

    names = pd.DataFrame({"name": list(thai_provinces())})
    expected = match_places(names["name"], country="TH")
    found = dask.match_places(frames.from_pandas(names, npartitions=3)["name"], country="TH")
    found = found.compute()
    assert found["place_id"].tolist() == expected["place_id"].tolist()
    assert found.attrs == expected.attrs


def test_a_file_has_the_same_context_as_a_frame(tmp_path: Path) -> None:
    source, target = tmp_path / "provinces.csv", tmp_path / "out.csv"
    names = pd.DataFrame({"จังหวัด": list(thai_provinces()), "ประเทศ": "ไทย"})
    names.to_csv(source, index=False)
    outcome = normalize_file(source, target)
    assert pd.read_csv(target)["match_place_id"].tolist() == list(thai_provinces().values())
    assert "77 of 77 names fit first-level units of Thailand: read as first-level units" in (
        outcome.notices
    )
    assert normalize_file(source, target, context=False).notices == ()
