"""What is known of ids: places, parents and children, countries, lists of units."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import sisterdata
from sisterdata import gazetteer
from sisterdata.errors import DataError
from sisterdata.lookup.place_info import PLACE_COLUMNS

BUSAN, CHIANG_MAI, CHONGQING = "iso3166-2:KR-26", "iso3166-2:TH-50", "iso3166-2:CN-CQ"


def test_a_place_has_everything_the_issue_of_an_analyst_needs() -> None:
    place = sisterdata.get_place(CHIANG_MAI)
    assert (place.name, place.name_th, place.name_th_origin) == (
        "Chiang Mai",
        "จังหวัดเชียงใหม่",
        "cldr",
    )
    assert (place.country_code, place.admin1_code, place.admin1_name) == (
        "TH",
        "TH-50",
        "Chiang Mai",
    )
    assert place.iso3166_2 == "TH-50"
    assert place.dopa_code == "50"
    assert place.latitude == pytest.approx(18.79, abs=0.01)
    assert sisterdata.get_place("geonames:1787093").admin1_name == "Shandong"
    assert sisterdata.get_place("geonames:1787093").admin1_name_th is not None


def test_a_former_unit_says_what_replaced_it() -> None:
    place = sisterdata.get_place("iso3166-2:VN-46")
    assert place.valid_to == "2025-07-01"
    assert place.replaced_by == "iso3166-2:VN-45"


def test_a_second_id_finds_the_place() -> None:
    assert sisterdata.get_place("geonames:1816670").id == "iso3166-2:CN-BJ"


@pytest.mark.parametrize(
    "value", ["", "Busan", "TH-50", "iso3166-2:ZZ-99", "geonames:0", "geonames:abc", None, 5, ["x"]]
)
def test_what_is_not_an_id_is_refused_with_a_hint(value: object) -> None:
    with pytest.raises(DataError, match=r"; "):
        sisterdata.get_place(value)  # type: ignore[arg-type]


COLUMNS = {
    "list": list,
    "tuple": tuple,
    "object": lambda ids: pd.Series(ids, dtype=object),
    "string": lambda ids: pd.Series(ids, dtype="string"),
    "pyarrow": lambda ids: pd.Series(ids, dtype="string[pyarrow]"),
    "category": lambda ids: pd.Series(ids, dtype="category"),
    "index": pd.Index,
    "numpy": lambda ids: np.array(ids, dtype=object),
    "arrow": pa.array,
    "chunked": lambda ids: pa.chunked_array([ids]),
    "polars": pl.Series,
}


@pytest.mark.parametrize("make", COLUMNS.values(), ids=COLUMNS)
def test_places_of_any_kind_of_column(make: object) -> None:
    ids = [BUSAN, None, CHIANG_MAI, BUSAN]
    found = sisterdata.get_places(make(ids))  # type: ignore[operator]
    assert list(found) == list(PLACE_COLUMNS)
    assert found["name"].fillna("").tolist() == ["Busan", "", "Chiang Mai", "Busan"]
    assert found["country_name_th"].fillna("-").tolist() == ["เกาหลีใต้", "-", "ไทย", "เกาหลีใต้"]
    assert found.loc[1].isna().all()


def test_places_keep_the_index_and_are_what_get_place_says() -> None:
    ids = pd.Series([BUSAN, "dopa:500101"], index=["a", "b"])
    found = sisterdata.get_places(ids)
    assert found.index.tolist() == ["a", "b"]
    for key, place_id in ids.items():
        row = found.loc[key]
        expected = asdict(sisterdata.get_place(place_id))
        for name, value in expected.items():
            cell = row["place_id" if name == "id" else name]
            assert (pd.isna(cell) and value is None) or cell == value, name


def test_no_places_are_a_frame_with_the_same_columns_and_types() -> None:
    none, some = sisterdata.get_places([]), sisterdata.get_places([BUSAN])
    assert len(none) == 0
    assert none.dtypes.equals(some.dtypes)


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ([BUSAN, "Busan"], "row 1: no place has the id 'Busan'"),
        (pd.Series(["geonames:0"], index=["k"]), "row 'k'"),
        ([12], "12"),
        (BUSAN, "needs a column"),
        (pd.DataFrame({"a": [BUSAN]}), "needs one column"),
        (pl.DataFrame({"a": [BUSAN]}), "needs one column"),
        (pa.table({"a": [BUSAN]}), "needs one column"),
    ],
)
def test_columns_that_cannot_be_looked_up_say_which_row(values: object, match: str) -> None:
    with pytest.raises(DataError, match=match):
        sisterdata.get_places(values)


def test_parents_and_children_agree() -> None:
    districts = sisterdata.get_children(CHIANG_MAI, level="district")
    assert len(districts) == 25
    for place_id in districts["place_id"]:
        parent = sisterdata.get_parent(place_id)
        assert parent is not None
        assert parent.id == CHIANG_MAI
    assert set(sisterdata.get_children("dopa:5001")["level"]) == {"subdistrict"}
    assert "Yantai" in sisterdata.get_children("iso3166-2:CN-SD")["name"].tolist()
    assert sisterdata.get_children("dopa:500101").empty
    with pytest.raises(DataError, match="unknown level 'county'"):
        sisterdata.get_children(CHIANG_MAI, level="county")


def test_every_thai_district_has_its_province_and_every_subdistrict_its_district() -> None:
    provinces = sisterdata.list_provinces()
    districts = pd.concat(
        sisterdata.get_children(i, level="district") for i in provinces["place_id"]
    )
    assert len(districts) == 928
    assert districts["place_id"].is_unique


def test_distances() -> None:
    assert sisterdata.distance(BUSAN, BUSAN) == 0
    there, back = sisterdata.distance(CHIANG_MAI, BUSAN), sisterdata.distance(BUSAN, CHIANG_MAI)
    assert there == pytest.approx(back)
    place = sisterdata.get_place(BUSAN)
    # By the law of cosines, with the angle between the two positions.
    a, b = (
        np.radians([p.latitude, p.longitude]) for p in (place, sisterdata.get_place(CHIANG_MAI))
    )
    cosine = np.sin(a[0]) * np.sin(b[0]) + np.cos(a[0]) * np.cos(b[0]) * np.cos(a[1] - b[1])
    assert there == pytest.approx(np.degrees(np.arccos(cosine)) * 111.195, rel=1e-4)
    assert sisterdata.distance(place, CHIANG_MAI) == back
    with pytest.raises(DataError, match="coordinates of Si Phum"):
        sisterdata.distance("dopa:500101", BUSAN)


@pytest.mark.parametrize(
    "value", ["KR", "KOR", "410", 410, "South Korea", "เกาหลีใต้", "Corée du Sud"]
)
def test_a_country_in_any_form(value: str | int) -> None:
    country = sisterdata.get_country(value)
    assert (country.country_code, country.alpha_3, country.numeric) == ("KR", "KOR", "410")
    assert (country.name, country.iso_name) == ("South Korea", "Korea, Republic of")
    assert (country.name_th, country.official_name_th) == ("เกาหลีใต้", "สาธารณรัฐเกาหลี")


def test_ambiguous_and_unknown_countries_are_refused() -> None:
    with pytest.raises(DataError, match="use KR or KP"):
        sisterdata.get_country("Korea")
    for value in ("Busan", "", "ZZ", None, True, 3.5):
        with pytest.raises(DataError):
            sisterdata.get_country(value)  # type: ignore[arg-type]


def test_all_countries_have_names_in_english_and_thai() -> None:
    countries = sisterdata.list_countries()
    assert len(countries) == 250
    assert countries["country_code"].is_unique
    for column in ("name", "name_th", "iso_name", "alpha_3"):
        assert countries[column].notna().all(), column
    thai = countries.set_index("country_code")["name_th"]
    assert thai.str.contains("[ก-๛]").all()
    assert not thai.str.contains(r"[,A-Za-z]|ประเทศ").any()
    assert thai.is_unique
    row = countries.set_index("country_code").loc["LA"].to_dict()
    expected = asdict(sisterdata.get_country("LA"))
    assert row == {name: value for name, value in expected.items() if name != "country_code"} | {
        "official_name": row["official_name"]
    }


def test_the_thai_name_of_a_country_is_read_as_that_country() -> None:
    countries = sisterdata.list_countries()
    found = sisterdata.match_countries(countries["name_th"])
    assert found["country_code"].tolist() == countries["country_code"].tolist()


def test_sovereign_states() -> None:
    sovereign = sisterdata.list_countries().set_index("country_code")["sovereign_code"]
    assert sovereign[["GL", "HK", "GF", "TH"]].tolist() == ["DK", "CN", "FR", "TH"]
    assert set(sovereign[sovereign.isna()].index) == {"AQ", "EH"}
    states = set(sovereign.dropna())
    assert (sovereign[sorted(states)] == sorted(states)).all()  # no territory has territories


def test_subdivisions_are_those_in_force() -> None:
    for code in ("TH", "CN", "KR", "JP", "LA"):
        units = sisterdata.list_subdivisions(code)
        assert units["valid_to"].isna().all()
        assert units["iso3166_2"].is_unique
        assert units["iso3166_2"].str.startswith(code).all()
    assert len(sisterdata.list_subdivisions("จีน")) == 34
    former = sisterdata.list_subdivisions("VN", former=True)
    assert former["valid_to"].notna().sum() == 29
    with pytest.raises(DataError):
        sisterdata.list_subdivisions("Atlantis")


def test_provinces_of_thailand() -> None:
    provinces = sisterdata.list_provinces()
    assert len(provinces) == 77
    assert "Pattaya" not in provinces["name"].tolist()
    assert "Bangkok" in provinces["name"].tolist()
    assert (provinces["iso3166_2"] == "TH-" + provinces["dopa_code"]).all()
    assert provinces["name_th"].notna().all()
    for place_id in provinces["place_id"]:
        assert gazetteer.place(place_id) is not None
