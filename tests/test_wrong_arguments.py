"""Wrong arguments: every public function refuses them with an error of the family, or copes."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pandera.errors import SchemaErrors

import sisterdata
from sisterdata import SisterdataError

FRAME = pd.DataFrame({"city": ["Busan"], "country": ["KR"]})
UNIT = "iso3166-2:TH-50"
LIST = "3 Sister Cities of Busan\n1. Shanghai, China Aug.24.1993\n"

VALUES: dict[str, Any] = {
    "None": None,
    "NA": pd.NA,
    "nan": float("nan"),
    "int": 3,
    "bool": True,
    "text": "x",
    "empty text": "",
    "long text": "x" * 5000,
    "NUL": "a\0b",
    "half a surrogate": "\ud800",
    "bytes": b"x",
    "date": datetime.date(2024, 1, 1),
    "object": object(),
    "function": len,
    "no such path": Path("no/such/file.csv"),
    "folder": Path(),
    "list": ["Busan"],
    "empty list": [],
    "numbers": [1, 2],
    "mixed": ["Busan", 1],
    "nested": [["Busan"]],
    "dict": {"a": 1},
    "set": {"a"},
    "array": np.array([["a", "b"]]),
    "series": pd.Series(["Busan"]),
    "series of numbers": pd.Series([1]),
    "category": pd.Series(["Busan"], dtype="category"),
    "frame": pd.DataFrame({"city": ["Busan"]}),
    "empty frame": pd.DataFrame(),
    "frame without rows": pd.DataFrame({"city": []}),
    "frame of numbers": pd.DataFrame({"city": [1]}),
    "frame with numbered columns": pd.DataFrame([["Busan"]]),
    "frame with a column twice": pd.DataFrame([["Busan", "x"]], columns=["city", "city"]),
    "frame with an index value twice": pd.DataFrame({"city": ["Busan", "Osaka"]}, index=[0, 0]),
    "frame with two headers": pd.DataFrame({("a", "b"): ["x"]}),
    "arrow": pa.table({"city": ["Busan"]}),
    "polars": pl.DataFrame({"city": ["Busan"]}),
    "empty polars": pl.DataFrame(),
    "lazy polars": pl.LazyFrame({"city": ["Busan"]}),
    "polars series": pl.Series(["Busan"]),
}

CALLS: dict[str, Callable[[Any], object]] = {
    "match_place": sisterdata.match_place,
    "match_place, country": lambda x: sisterdata.match_place("Busan", country=x),
    "match_place, admin1": lambda x: sisterdata.match_place("Busan", country="KR", admin1=x),
    "match_place, level": lambda x: sisterdata.match_place("Busan", level=x),
    "match_place, date": lambda x: sisterdata.match_place("Busan", date=x),
    "match_place, min_score": lambda x: sisterdata.match_place("Busan", min_score=x),
    "match_places": sisterdata.match_places,
    "match_places, country": lambda x: sisterdata.match_places(["Busan"], country=x),
    "match_places, admin1": lambda x: sisterdata.match_places(["Busan"], country="KR", admin1=x),
    "match_places, level": lambda x: sisterdata.match_places(["Busan"], level=x),
    "match_places, context": lambda x: sisterdata.match_places(["Busan"], context=x),
    "match_country": sisterdata.match_country,
    "match_country, scheme": lambda x: sisterdata.match_country("ลาว", scheme=x),
    "match_countries": sisterdata.match_countries,
    "match_countries, scheme": lambda x: sisterdata.match_countries(["ลาว"], scheme=x),
    "explain": lambda x: sisterdata.match_country("ลาว").explain(x),
    "normalize_frame": sisterdata.normalize_frame,
    "normalize_frame, place": lambda x: sisterdata.normalize_frame(FRAME, place=x),
    "normalize_frame, country": lambda x: sisterdata.normalize_frame(FRAME, country=x),
    "normalize_frame, admin1": lambda x: sisterdata.normalize_frame(FRAME, admin1=x),
    "normalize_frame, home": lambda x: sisterdata.normalize_frame(FRAME, home=x),
    "normalize_frame, decisions": lambda x: sisterdata.normalize_frame(FRAME, decisions=x),
    "normalize_frame, prefix": lambda x: sisterdata.normalize_frame(FRAME, prefix=x),
    "normalize_file": lambda x: sisterdata.normalize_file(x, "out.csv"),
    "normalize_file, out": lambda x: sisterdata.normalize_file("list.csv", x),
    "normalize_file, sheet": lambda x: sisterdata.normalize_file("list.csv", "o.csv", sheet=x),
    "review": lambda x: sisterdata.review(x, "review.csv"),
    "review, out": lambda x: sisterdata.review(FRAME, x),
    "review_page": lambda x: sisterdata.review_page(x, "review.html"),
    "review_page, out": lambda x: sisterdata.review_page("list.csv", x),
    "read_decisions": sisterdata.read_decisions,
    "curate": lambda x: sisterdata.curate(x, "names.csv"),
    "report": lambda x: sisterdata.report(x, "report.html"),
    "report, out": lambda x: sisterdata.report(sisterdata.match_places(["Busan"]), x),
    "report, title": lambda x: sisterdata.report(FRAME, "report.html", title=x),
    "get_place": sisterdata.get_place,
    "get_places": sisterdata.get_places,
    "get_parent": sisterdata.get_parent,
    "get_children": sisterdata.get_children,
    "get_children, level": lambda x: sisterdata.get_children(UNIT, level=x),
    "distance": lambda x: sisterdata.distance(x, UNIT),
    "distance, to": lambda x: sisterdata.distance(UNIT, x),
    "get_country": sisterdata.get_country,
    "list_subdivisions": sisterdata.list_subdivisions,
    "parse": sisterdata.parse,
    "parse, layout": lambda x: sisterdata.parse(LIST, layout=x),
    "parse, home": lambda x: sisterdata.parse(LIST, home=x),
    "normalize": sisterdata.normalize,
    "normalize, decisions": lambda x: sisterdata.normalize(LIST, x),
    "load": sisterdata.load,
    "validate": lambda x: sisterdata.validate(x, "pairs"),
    "validate, table": lambda x: sisterdata.validate(FRAME, x),
    "build": lambda x: sisterdata.build(x, "built"),
    "check": sisterdata.check,
    "diff": lambda x: sisterdata.diff(x, x),
    "export": lambda x: sisterdata.export(x, "exported"),
    "export, formats": lambda x: sisterdata.export("list.csv", "exported", x),
    "to_networkx": sisterdata.to_networkx,
    "to_networkx, source": lambda x: sisterdata.to_networkx(sisterdata.load("pairs"), source=x),
    "to_geodataframe": sisterdata.to_geodataframe,
    "to_geodataframe, column": lambda x: sisterdata.to_geodataframe(FRAME, column=x),
}
WITHOUT_ARGUMENTS = {"list_countries", "list_provinces"}


def test_every_public_function_is_called() -> None:
    functions = {name for name in sisterdata.__all__ if name[0].islower()}
    assert {name.split(",")[0] for name in CALLS} >= functions - WITHOUT_ARGUMENTS


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_wrong_argument_is_named_or_does_no_harm(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text("city,country\nBusan,KR\n", encoding="utf-8")
    for kind, value in VALUES.items():
        try:
            CALLS[name](value)
        except SisterdataError as error:
            assert error.what, kind
            if kind != "long text":
                assert len(str(error)) < 1000, f"{name} with {kind}: {error}"
        except SchemaErrors:
            assert name == "validate", f"{name} with {kind}"
        except Exception as error:
            error.add_note(f"{name} with {kind}")
            raise


@pytest.mark.parametrize("dtype", [object, "string", "string[pyarrow]", "category"])
def test_a_frame_with_any_index_and_type_of_text_keeps_its_rows(dtype: str) -> None:
    index = pd.MultiIndex.from_tuples([("a", 1), ("a", 1), ("b", 2)])
    frame = pd.DataFrame({"city": ["Busan", "Osaka", None], "country": ["KR", "JP", "JP"]}, index)
    frame = frame.astype(dtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = sisterdata.normalize_frame(frame)
    pd.testing.assert_frame_equal(found[["city", "country"]], frame)
    assert found["match_place_id"].fillna("").tolist() == [
        "iso3166-2:KR-26", "geonames:1853909", "",
    ]  # fmt: skip
