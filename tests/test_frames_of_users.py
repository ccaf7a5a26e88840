"""What analysts give and get: columns of any kind, frames, documents, and messages that help."""

from __future__ import annotations

import io
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import sisterdata
from sisterdata import SisterdataError
from sisterdata.errors import DataError

NAMES = ["Bussan", None, "Teochew", "Bussan"]
COUNTRIES = ["KR", "KR", "จีน", "เกาหลีใต้"]
IDS = ["iso3166-2:KR-26", None, "geonames:1815395", "iso3166-2:KR-26"]

KINDS = {
    "list": list,
    "tuple": tuple,
    "object": lambda v: pd.Series(v, dtype=object),
    "nan": lambda v: pd.Series([np.nan if x is None else x for x in v], dtype=object),
    "NA": lambda v: pd.Series([pd.NA if x is None else x for x in v], dtype=object),
    "string": lambda v: pd.Series(v, dtype="string"),
    "python": lambda v: pd.Series(v, dtype="string[python]"),
    "pyarrow": lambda v: pd.Series(v, dtype="string[pyarrow]"),
    "arrow dtype": lambda v: pd.Series(v, dtype=pd.ArrowDtype(pa.string())),
    "category": lambda v: pd.Series(v, dtype="category"),
    "index": pd.Index,
    "numpy": lambda v: np.array(v, dtype=object),
    "arrow": pa.array,
    "chunked": lambda v: pa.chunked_array([v[:2], v[2:]]),
    "dictionary": lambda v: pa.array(v).dictionary_encode(),
    "polars": pl.Series,
    "polars categorical": lambda v: pl.Series(v, dtype=pl.Categorical),
}


def ids(found: pd.DataFrame, column: str = "place_id") -> list[str | None]:
    return [None if pd.isna(value) else value for value in found[column]]


@pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
def test_columns_of_any_kind_have_the_same_matches(make: object) -> None:
    found = sisterdata.match_places(make(NAMES), country=make(COUNTRIES))  # type: ignore[operator]
    assert ids(found) == IDS
    assert found["status"].tolist()[1] == "not_run"
    countries = sisterdata.match_countries(make(COUNTRIES))  # type: ignore[operator]
    assert countries["country_code"].tolist() == ["KR", "KR", "CN", "KR"]


def test_the_index_is_kept_and_beside_another_it_is_refused() -> None:
    names = pd.Series(["Busan", "Osaka"], index=pd.Index(["a", "b"], name="key"))
    found = sisterdata.match_places(names, country=["KR", "JP"])
    assert found.index.equals(names.index)
    assert found.index.name == "key"
    with pytest.raises(DataError, match="index"):
        sisterdata.match_places(names, country=pd.Series(["KR", "JP"], index=["b", "a"]))


def test_result_columns_are_ordinary_text() -> None:
    text = pd.Series(["text"]).dtype
    found = sisterdata.match_places(["Busan", "Zzyzxq", None], country="KR")
    for column in ("place_id", "name", "country_code", "level", "status", "rule", "doubts"):
        assert found[column].dtype == text, column
    filled = found.fillna({"place_id": "none", "name": "?"})
    assert filled["place_id"].tolist() == ["iso3166-2:KR-26", "none", "none"]
    assert found.groupby("status").size().to_dict() == {"exact": 1, "not_run": 1, "unmatched": 1}
    places = sisterdata.load("places")
    joined = found.merge(places, on="place_id", how="left", suffixes=("", "_of_place"))
    assert len(joined) == 3
    countries = sisterdata.match_countries(["ลาว", "Atlantis"])
    assert countries["country_code"].fillna("-").tolist() == ["LA", "-"]
    assert countries["rule"].dtype == text


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: sisterdata.match_places(["Busan"], country="XX"), "country 'XX'"),
        (
            lambda: sisterdata.match_places([50, 83], country="TH"),
            "row 0: .* int values, not text: 50",
        ),
        (lambda: sisterdata.match_places(pd.Series([1.5], index=["k"])), "row 'k': .* float"),
        (lambda: sisterdata.match_places("Busan"), r"give \['Busan'\]"),
        (lambda: sisterdata.match_places(None), "needs a column"),
        (lambda: sisterdata.match_places(pd.DataFrame({"a": ["x"]})), "needs one column"),
        (lambda: sisterdata.match_places(pl.DataFrame({"a": ["x"]})), "needs one column"),
        (
            lambda: sisterdata.match_places(["a"], country=["KR", "JP"]),
            "1 row, and .* beside it 2",
        ),
        (lambda: sisterdata.match_countries(pd.DataFrame({"a": ["x"]})), "needs one column"),
        (lambda: sisterdata.normalize_frame(["Busan"]), "needs a DataFrame .* list"),
        (lambda: sisterdata.normalize_frame(pd.DataFrame()), "no columns"),
        (lambda: sisterdata.normalize_frame(pd.DataFrame({"city": [5]})), "'city' holds int"),
        (
            lambda: sisterdata.normalize_frame(pd.DataFrame({"city": ["Busan"]}), place="town"),
            "'town'",
        ),
        (
            lambda: sisterdata.normalize_frame(pd.DataFrame({"city": ["Busan"]}), country="XX"),
            "country='XX' is not a column.* the columns are 'city'",
        ),
        (lambda: sisterdata.normalize_frame(pd.DataFrame({"x": ["1"], "y": ["2"]})), "give place="),
        (
            lambda: sisterdata.normalize_frame(pd.DataFrame({"city": ["Busan"]}), home="Zzyzxq"),
            "home='Zzyzxq' is neither",
        ),
        (
            lambda: sisterdata.normalize_frame(pd.DataFrame({"city": ["a"], "match_rule": ["b"]})),
            "'match_rule' already",
        ),
        (lambda: sisterdata.parse(pd.DataFrame({"city": ["Busan"]})), "normalize_frame"),
        (lambda: sisterdata.normalize(pl.DataFrame({"city": ["Busan"]})), "normalize_frame"),
        (lambda: sisterdata.normalize(pd.Series(["Busan"])), "match_places"),
        (lambda: sisterdata.normalize(["Busan"]), "match_places"),
        (lambda: sisterdata.parse(b"1. Busan"), "io.BytesIO"),
        (lambda: sisterdata.parse(3), "this is a int"),
        (lambda: sisterdata.parse("no-such-file.txt"), "cannot be read"),
        (lambda: sisterdata.match_place("Busan", country="KR").explain("fr"), "use en or th"),
    ],
)
def test_mistakes_are_named_with_what_to_do(call: object, match: str) -> None:
    with pytest.raises(SisterdataError, match=match) as caught:
        call()  # type: ignore[operator]
    assert isinstance(caught.value, SisterdataError)


@pytest.mark.parametrize(
    ("names", "country", "cause"),
    [
        (["", "-", "n/a"], "KR", "have no names"),
        (["Zzyzxq", "Qwrtpl"], "KR", "check that country= is right"),
        (["Zzyzxq", "Qwrtpl"], None, "give country="),
        ([None, None], None, "have no names"),
    ],
)
def test_a_column_without_any_match_warns_once_with_the_likely_cause(
    names: list[str], country: str | None, cause: str
) -> None:
    with pytest.warns(UserWarning, match="no row .* has a match") as caught:
        sisterdata.match_places(names, country=country)
    assert [cause in str(w.message) for w in caught] == [True]
    assert caught[0].filename == __file__


def test_a_column_with_some_matches_and_an_empty_one_do_not_warn() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sisterdata.match_places(["Busan", "Zzyzxq"], country="KR")
        assert sisterdata.match_places([]).empty


def test_an_empty_frame_warns_and_keeps_its_columns() -> None:
    empty = pd.DataFrame({"city": pd.Series([], dtype=object)})
    with pytest.warns(UserWarning, match="no rows"):
        found = sisterdata.normalize_frame(empty)
    assert "match_place_id" in found


LIST = """จังหวัด,เมืองคู่มิตร,ประเทศ,ปี
เชียงใหม่,ปูซาน,เกาหลีใต้,2560
ขอนแก่น,เมืองหนานหนิง มณฑลกว่างซี,จีน,2561
ภูเก็ต,Zzyzxq,ญี่ปุ่น,2562
ภูเก็ต,,ญี่ปุ่น,2562
ตราด,Teochew,China,2563
"""


def shell(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sisterdata", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_python_and_shell_agree_on_every_cell(tmp_path: Path) -> None:
    file, out = tmp_path / "list.csv", tmp_path / "out.csv"
    file.write_text(LIST, encoding="utf-8")
    arguments = {"min_score": 0.5, "date": "2024"}
    ran = shell(
        "normalize",
        file,
        "-o",
        out,
        "--min-score",
        0.5,
        "--date",
        2024,
        "--review",
        tmp_path / "shell.csv",
    )
    assert ran.returncode == 0, ran.stderr
    printed = pd.read_csv(file, dtype=str, keep_default_na=False)
    before = printed.copy()
    found = sisterdata.normalize_frame(printed, **arguments)
    pd.testing.assert_frame_equal(printed, before)
    read = pd.read_csv(out, dtype=str, keep_default_na=False)
    assert list(found) == list(read)
    for column in read:
        cells = found[column].fillna("") if found[column].dtype != float else found[column]
        if found[column].dtype == float:
            expected = pd.to_numeric(read[column])
            assert np.allclose(cells, expected, equal_nan=True), column
        else:
            assert cells.tolist() == read[column].tolist(), column
    assert "place '" + found.attrs["columns"]["place"] in ran.stderr
    assert sisterdata.review(printed, tmp_path / "frame.csv", **arguments) == 1
    assert sisterdata.review(file, tmp_path / "file.csv", **arguments) == 1
    reviews = [(tmp_path / f"{n}.csv").read_bytes() for n in ("shell", "frame", "file")]
    assert reviews[0] == reviews[1] == reviews[2]


def test_decisions_come_back_from_a_review(tmp_path: Path) -> None:
    df = pd.DataFrame({"city": ["Busan", "Zzyzxq"], "country": ["KR", "KR"]})
    assert sisterdata.review(df, tmp_path / "review.csv") == 1
    review = pd.read_csv(tmp_path / "review.csv", dtype=str, keep_default_na=False)
    review["decision"] = "iso3166-2:KR-11"
    review.to_csv(tmp_path / "review.csv", index=False)
    found = sisterdata.normalize_frame(df, decisions=tmp_path / "review.csv")
    assert found["match_status"].tolist() == ["exact", "corrected"]
    assert found["match_place_id"].tolist()[1] == "iso3166-2:KR-11"
    again = sisterdata.normalize_frame(
        df, decisions=sisterdata.read_decisions(tmp_path / "review.csv")
    )
    pd.testing.assert_frame_equal(found, again)
    with pytest.warns(UserWarning, match="a decision changes nothing.*'Zzyzxq' is not asked"):
        sisterdata.normalize_frame(df.head(1), decisions=tmp_path / "review.csv")


def test_both_sides_of_pairs(tmp_path: Path) -> None:
    df = pd.read_csv(io.StringIO(LIST), dtype=str, index_col="ปี")
    found = sisterdata.normalize_frame(
        df, home="จังหวัด", place="เมืองคู่มิตร", country="ประเทศ", admin1=""
    )
    assert found.index.equals(df.index)
    assert found["home_place_id"].tolist()[:2] == ["iso3166-2:TH-50", "iso3166-2:TH-40"]
    one = sisterdata.normalize_frame(df, home="Bangkok", place="เมืองคู่มิตร", admin1="")
    assert set(one["home_place_id"]) == {"iso3166-2:TH-10"}
    page = sisterdata.report(found, tmp_path / "page.html")
    assert page.stat().st_size > 100_000


def test_one_country_for_all_rows() -> None:
    df = pd.DataFrame({"city": ["Suzhou", "Taizhou"]})
    assert sisterdata.normalize_frame(df, country="จีน", admin1="CN-JS")["match_name"].tolist() == [
        "Suzhou",
        "Taizhou",
    ]


TEXT = "3 Sister Cities of Busan\n1. Shanghai, China Aug.24.1993\n2. Surabaya, Indonesia 1994\n"


def test_a_document_in_any_form_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "document.txt"
    path.write_text(TEXT, encoding="utf-8")
    documents = [
        sisterdata.parse(path),
        sisterdata.parse(str(path)),
        sisterdata.parse(io.StringIO(TEXT)),
        sisterdata.parse(io.BytesIO(TEXT.encode())),
        sisterdata.parse(TEXT),
    ]
    for document in documents:
        pd.testing.assert_frame_equal(document.rows, documents[0].rows)
        assert sisterdata.parse(document) is document
    found = [sisterdata.normalize(x) for x in (path, TEXT, documents[0])]
    for normalized in found:
        assert (
            normalized.relations["partner_id"].tolist() == found[0].relations["partner_id"].tolist()
        )
    with pytest.raises(DataError, match="read already"):
        sisterdata.parse(documents[0], layout="table")


def test_parse_says_what_the_shell_says(tmp_path: Path) -> None:
    file = tmp_path / "pairs.csv"
    file.write_text(LIST, encoding="utf-8")
    ran = shell("parse", file, "--json")
    assert ran.returncode == 0, ran.stderr
    import json

    said = json.loads(ran.stdout)
    rows = sisterdata.parse(file).rows
    assert [row["verbatim_partner"] for row in said["rows"]] == [
        None if pd.isna(text) else text for text in rows["verbatim_partner"]
    ]


def test_a_match_says_what_it_means() -> None:
    match = sisterdata.match_place("Bussan", country="KR")
    assert (match.name, match.level, match.country_code) == ("Busan", "admin1", "KR")
    assert match.place == sisterdata.get_place("iso3166-2:KR-26")
    assert "Busan" in match.explain()
    assert "ปูซาน" in match.explain(lang="th")
    country = sisterdata.match_country("สปป.ลาว")
    assert (country.name, country.country_code, country.level, country.place) == (
        "Laos",
        "LA",
        None,
        None,
    )
    nothing = sisterdata.match_place("Zzyzxq", country="KR")
    assert (nothing.name, nothing.level, nothing.country_code, nothing.place) == (None,) * 4
    assert "ยังจับคู่ไม่ได้" in nothing.explain("th")
    page = sisterdata.match_place("<b>Busan</b>", country="KR")._repr_html_()
    assert "<table>" in page
    assert "<b>" not in page
    doubtful = sisterdata.match_place("กรุงเทพมหานคร ราชอาณาจักรกัมพูชา")
    assert "ข้อควรตรวจสอบ: ไม่อยู่ในประเทศที่พิมพ์ไว้" in doubtful.explain("th")
