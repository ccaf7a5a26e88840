"""Printed places: what is found, what must not be, and that a column costs its distinct names."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from cases import read_cases
from hypothesis import given, settings
from hypothesis import strategies as st

from sisterdata.errors import DataError
from sisterdata.gazetteer.index import place
from sisterdata.human_decisions import curated_names
from sisterdata.places.match import match_place
from sisterdata.places.match_column import match_places


@pytest.mark.parametrize("case", read_cases("places.csv"), ids=lambda case: case["text"])
def test_places_in_the_wild(case: dict[str, str]) -> None:
    match = match_place(case["text"], date="2022-03-10")
    assert (match.id or "") == case["place_id"], match.rule
    if case["doubt"]:
        assert case["doubt"] in {doubt.code for doubt in match.doubts}
    assert match.rule


def test_what_is_no_place_is_never_answered() -> None:
    answered = {
        case["text"]: match_place(case["text"]).id for case in read_cases("places_negative.csv")
    }
    assert len(answered) >= 200
    assert {text: found for text, found in answered.items() if found is not None} == {}


@pytest.mark.parametrize("text", [None, float("nan"), 42, "", "x" * 1_000_000, "\u0301" * 100_000])
def test_bad_input_is_not_run(text: object) -> None:
    assert match_place(text).status == "not_run"  # type: ignore[arg-type]


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_any_text_is_answered_without_an_error(text: str) -> None:
    for country in (None, "LA"):
        match = match_place(text, country=country)
        assert (match.id is None) == (match.status in {"ambiguous", "unmatched", "not_run"})


def test_a_place_is_never_answered_in_another_country_than_the_one_printed() -> None:
    match = match_place("กรุงเทพมหานคร ราชอาณาจักรกัมพูชา")
    assert (match.status, match.id) == ("unmatched", None)
    assert "country_conflict" in {doubt.code for doubt in match.doubts}
    # A reviewer may choose the place that was probably meant.
    assert "iso3166-2:TH-10" in {candidate.id for candidate in match.candidates}


@pytest.mark.parametrize(
    ("text", "successor"),
    [
        ("Quang Binh Province, Vietnam", "iso3166-2:VN-25"),
        ("จังหวัดหายเซือง เวียดนาม", "iso3166-2:VN-HP"),
        ("ห่าซาง เวียดนาม", "iso3166-2:VN-07"),
    ],
)
def test_a_former_unit_keeps_its_id_and_names_what_took_over(text: str, successor: str) -> None:
    match = match_place(text)
    former = place(match.id or "")
    assert former is not None
    assert (former.replaced_by, former.valid_to) == (successor, "2025-07-01")
    assert "not_in_force" in {doubt.code for doubt in match.doubts}
    assert match.candidates[1].id == successor
    assert "took over" in match.rule
    assert match_place(text, date="2026-01-01").id == former.id
    assert match_place(text, successor=True).id == successor


def test_what_is_told_beside_a_text_is_checked() -> None:
    for told in ({"country": 5}, {"admin1": b"x"}, {"date": "1/2/2022"}, {"date": "2022-13"}):
        with pytest.raises(DataError):
            match_place("Busan", **told)  # type: ignore[arg-type]
    for told in ({"country": "Atlantis"}, {"level": "town"}, {"level": []}, {"min_score": 2}):
        with pytest.raises(DataError):
            match_place("Busan", **told)  # type: ignore[arg-type]
    assert match_place("Busan", country="AQ").status == "unmatched"
    assert match_place("Busan", country=pd.NA).id == match_place("Busan").id
    assert match_place("Bangkok\ud800").status == "not_run"


def test_every_curated_name_is_found_as_an_alias() -> None:
    for (country, _), line in curated_names().items():
        printed = line.name.verbatim
        match = match_place(printed, country=country)
        assert (match.status, place(match.id or "")) == ("alias", place(*line.place_ids)), printed


def test_a_column_keeps_its_index_and_answers_each_row() -> None:
    names = pd.Series(["ฉางชุน", None, "ฉางชุน", "Busan"], index=[7, 3, 3, 1])
    found = match_places(names, country=["CN", "CN", np.nan, "KR"])
    assert list(found.columns) == [
        "verbatim", "place_id", "name", "country_code", "admin1_code", "level", "status", "score",
        "rule", "doubts",
    ]  # fmt: skip
    assert found.index.tolist() == [7, 3, 3, 1]
    assert found["status"].tolist()[1] == "not_run"
    assert found["place_id"].tolist()[3] == "iso3166-2:KR-26"


@pytest.mark.parametrize("country", ["KR", "KOR", "kr", "South Korea", "เกาหลีใต้", "Korea"])
def test_a_country_is_read_as_match_country_reads_it(country: str) -> None:
    assert match_place("Busan", country=country).id == "iso3166-2:KR-26"
    column = match_places(["Busan", "Suwon"], country=[country, country])
    assert column["place_id"].tolist() == ["iso3166-2:KR-26", "geonames:1835553"]


def test_a_country_that_cannot_be_read_is_a_doubt_of_its_rows() -> None:
    with pytest.warns(UserWarning, match="'Atlantis', 'Narnia'") as warned:
        found = match_places(["Busan", "Busan", "x"], country=["KR", "Atlantis", "Narnia"])
    assert len(warned) == 1
    assert found["status"].tolist()[1:] == ["unmatched", "unmatched"]
    assert found["doubts"].astype(object).str.startswith("country_unread")[1]
    for country in ("Atlantis", ["Atlantis", None, "Narnia"]):
        with pytest.raises(DataError, match="Atlantis"):
            match_places(["Busan", "Kyoto", "Osaka"], country=country)


@pytest.mark.parametrize(
    ("level", "place_id"),
    [
        ("admin1", "iso3166-2:JP-20"),
        ("city", "geonames:1856215"),
        (["prefecture", "admin1"], "iso3166-2:JP-20"),
    ],
)
def test_a_level_restricts_the_answer(level: str | list[str], place_id: str) -> None:
    for name in ("Nagano", "นางาโนะ"):
        assert match_place(name, country="JP", level=level).id == place_id
        assert match_places([name], country="JP", level=level)["place_id"].tolist() == [place_id]


def test_a_least_score_opens_what_is_less_likely() -> None:
    match = match_place("Yokohema", country="JP")
    assert match.id == "geonames:1848354"
    assert match_place("Yokohema", country="JP", min_score=1).id is None
    assert match_place("Yokohema", country="JP", min_score=0).id == match.id


def test_a_column_beside_of_another_length_is_refused() -> None:
    with pytest.raises(DataError, match="has 2 rows, and the column beside it 1"):
        match_places(["a", "b"], country=["CN"])


def test_a_column_beside_the_texts_has_to_be_theirs() -> None:
    texts = pd.Series(["Busan", "Kyoto"], index=[3, 1])
    told = pd.Series(["JP", "KR"], index=[1, 3])
    with pytest.raises(DataError, match="index"):
        match_places(texts, country=told)
    assert match_places(texts, country=told.reindex(texts.index))["place_id"].notna().all()
    assert match_places(texts, country=float("nan"))["place_id"].notna().all()
    with pytest.raises(DataError, match="take a text or a column, and this is 5"):
        match_places(texts, country=5)


@pytest.mark.parametrize(
    "case", read_cases("places_reading.csv"), ids=lambda c: f"{c['kind']}-{c['text']}"
)
def test_what_is_printed_around_a_name_is_read(case: dict[str, str]) -> None:
    match = match_place(case["text"], country=case["country"] or None)
    assert (match.id or "") == case["place_id"], match.rule
    if case["doubt"]:
        assert case["doubt"] in {doubt.code for doubt in match.doubts}
