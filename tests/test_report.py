"""The page that `report` writes. test_report_page.py opens it in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reporting import HOSTILE, pairs

import sisterdata
from sisterdata.dataset.read_any_input import read_input
from sisterdata.errors import DataError
from sisterdata.lists.normalize_file import normalize_file
from sisterdata.reporting import report
from sisterdata.reporting.report_content import content
from sisterdata.reporting.report_page import MOST_BYTES, page
from sisterdata.reporting.self_contained_html import embedded
from sisterdata.vocabulary import (
    CODES,
    INSTRUMENTS,
    LEVELS,
    NEXT_STEPS,
    SEVERITIES,
    STAGES,
    STATUSES,
    VERDICTS,
)

PACKAGE = Path(str(sisterdata.__file__)).parent / "reporting"


class Elements(HTMLParser):
    """The elements of a page, and the texts of its scripts by id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.loads: list[str] = []
        self.data: dict[str | None, str] = {}
        self._id: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        attributes = dict(attrs)
        self.loads += [str(attributes[a]) for a in ("src", "href") if attributes.get(a)]
        self._id = attributes.get("id")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script":
            self.data[self._id] = self.data.get(self._id, "") + data


def test_every_row_and_issue_is_on_the_page() -> None:
    shown = content(pairs())
    assert shown["rows"]["count"] == len(pairs()["attestations"])
    assert shown["issues"]["count"] == len(pairs()["issues"])
    assert len(shown["claims"]) == len(pairs()["claims"])


def test_shipped_dataset_is_a_page_of_less_than_6_mb(
    tables: dict[str, pd.DataFrame], tmp_path: Path, built: Path
) -> None:
    path = report(built, tmp_path / "page.html", title="The shipped dataset")
    assert path.stat().st_size < MOST_BYTES
    shown = json.loads(Elements(path.read_text(encoding="utf-8")).data["data-content"])
    assert shown["rows"]["count"] == len(tables["attestations"])
    assert {source["source_id"] for source in shown["sources"]} == set(
        tables["sources"]["source_id"]
    )


def test_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = report(pairs(), tmp_path / "1.html"), report(pairs(), tmp_path / "2.html")
    assert first.read_bytes() == second.read_bytes()


def test_page_loads_nothing() -> None:
    found = Elements(page(content(pairs())))
    assert set(found.loads) <= {"data:,", "#rows"}
    assert not {"iframe", "img", "object", "embed", "form"} & set(found.names)


def test_policy_names_the_digest_of_each_script() -> None:
    text = page(content(pairs()))
    policy = re.search('Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert "unsafe" not in policy[1]
    assert "default-src 'none'" in policy[1]
    scripts = re.findall("<script>(.*?)</script>", text, re.DOTALL)
    assert len(scripts) == 3
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]


@given(st.text() | st.sampled_from(HOSTILE))
def test_text_cannot_end_its_script_element(text: str) -> None:
    data = embedded([text, {text: text}])
    assert json.loads(data) == [text, {text: text}]
    assert not set(data) & set("<>&\u2028\u2029")


def test_hostile_text_adds_no_element() -> None:
    frame = sisterdata.match_places(["Busan"] * len(HOSTILE), country="KR")
    harmless = Elements(page(content(frame)))
    harmful = Elements(page(content(frame.assign(verbatim=HOSTILE, rule=HOSTILE, note=HOSTILE))))
    assert harmful.names == harmless.names
    shown = json.loads(harmful.data["data-content"])
    assert column(shown["rows"], "text") == HOSTILE


def test_half_a_surrogate_pair_is_escaped(tmp_path: Path) -> None:
    frame = sisterdata.match_places(["Busan"], country="KR").astype(object)
    frame["rule"] = pd.Series(["\ud800"], dtype=object)
    assert report(frame, tmp_path / "page.html", title="\udfff").is_file()


def test_rows_with_matches(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(
        "id,จังหวัด,เมืองคู่,ประเทศ\n007,ภูเก็ต,เมืองปูซาน,เกาหลีใต้\nNA,ตรัง,xyzzy,จีน\n", encoding="utf-8"
    )
    homes, both = tmp_path / "homes.csv", tmp_path / "both.xlsx"
    normalize_file(
        own, homes, place_column="จังหวัด", country="TH", country_column="", prefix="home_"
    )
    normalize_file(homes, both, place_column="เมืองคู่", country_column="ประเทศ", admin1_column="")
    text = report(both, tmp_path / "page.html", place_column="เมืองคู่").read_text(encoding="utf-8")
    shown = json.loads(Elements(text).data["data-content"])
    assert column(shown["rows"], "text") == ["เมืองปูซาน", "xyzzy"]
    assert column(shown["rows"], "place") == ["iso3166-2:KR-26", None]
    assert column(shown["other"], "id") == ["007", "NA"]
    homes_shown = [shown["places"][i]["admin1_code"] for i in column(shown["rows"], "home")]
    assert homes_shown == ["TH-83", "TH-92"]


def column(packed: dict[str, Any], name: str) -> list[Any]:
    values, codes = packed["columns"][name]
    return [values[code] for code in codes]


def test_the_title_is_the_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("city,country\nBusan,KR\nBusan,Nowhere\nZzyzxq,KR\n")
    normalize_file(tmp_path / "in.csv", tmp_path / "my_list.csv")
    text = report(tmp_path / "my_list.csv", tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<title>my_list.csv</title>" in text
    assert json.loads(Elements(text).data["data-content"])["title"] == "my_list.csv"
    titled = report(tmp_path / "my_list.csv", tmp_path / "page.html", title="Ours")
    assert "<title>Ours</title>" in titled.read_text(encoding="utf-8")


def test_counts_of_places_say_that_they_are_of_the_matched() -> None:
    words = json.loads((PACKAGE / "template/words.json").read_text(encoding="utf-8"))
    for word in ("figure_pairs", "figure_places"):
        assert all("matched" in said for said in words[word]["en"])


def test_document_and_what_normalize_writes_of_it_give_the_same_rows(
    raw_dir: Path, tmp_path: Path
) -> None:
    (document,) = (raw_dir / "moi-pairs-2022").glob("*.txt")
    of_document = content(read_input(document))
    normalize_file(document, tmp_path / "rows.csv")
    of_rows = content(read_input(tmp_path / "rows.csv"))
    assert of_rows["rows"]["count"] == of_document["rows"]["count"] == 65
    for name in set(of_document["rows"]["columns"]) - {"source"}:
        assert column(of_rows["rows"], name) == column(of_document["rows"], name), name
    of_row = of_document["issues"]["count"] - column(of_document["issues"], "row").count(None)
    assert of_rows["issues"]["count"] == of_row


def test_repeated_columns_are_all_shown() -> None:
    frame = sisterdata.match_places(["Busan"], country="KR").assign(a="1", b="2")
    frame.columns = [*frame.columns[:-2], "note", "note"]
    shown = content(frame)
    assert column(shown["other"], "note") == ["1"]
    assert column(shown["other"], "note (2)") == ["2"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pd.DataFrame({"city": ["Busan"]}), "match columns"),
        ({"relations": pd.DataFrame()}, "attestations"),
        (Path("tests"), "datapackage.json"),
        (Path("nowhere.csv"), "cannot be read"),
    ],
    ids=["no match columns", "no attestations", "no dataset", "no file"],
)
def test_other_data_is_refused(data: Any, said: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=said):
        report(data, tmp_path / "page.html")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["page.pdf", "page.docx", "page"])
def test_only_a_web_page_is_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="web page") as caught:
        report(pairs(), tmp_path / name)
    assert "print it" in caught.value.todo
    assert not list(tmp_path.iterdir())


def test_the_regions_of_thai_places_are_no_home_places() -> None:
    frame = sisterdata.match_places(["Phuket", "Hat Yai"], country="TH", admin1=["TH-83", "TH-90"])
    shown = content(frame.assign(จังหวัด=["ภูเก็ต", "สงขลา"]))
    assert shown["kind"] == "places"
    assert column(shown["other"], "จังหวัด") == ["ภูเก็ต", "สงขลา"]


def test_a_page_too_large_is_refused_and_the_old_one_stays(tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    out.write_text("old")
    frame = sisterdata.match_places(["Busan"], country="KR").assign(memo="x" * MOST_BYTES)
    with pytest.raises(DataError, match="fewer rows"):
        report(frame, out)
    assert out.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]


def test_bundled_files_are_those_of_the_manifest() -> None:
    manifest = json.loads((PACKAGE / "assets" / "manifest.json").read_text(encoding="utf-8"))
    licences = json.loads((PACKAGE / "assets" / "licences.json").read_text(encoding="utf-8"))
    beside = {"manifest.json", "licences.json"}
    files = {file.name for file in (PACKAGE / "assets").iterdir()} - beside
    assert {entry["file"] for entry in manifest} == files
    for entry in manifest:
        data = (PACKAGE / "assets" / entry["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"], entry["file"]
        assert entry["version"]
        assert entry["licence"]
        assert len(licences[entry["package"]]) > 100


WORDS = json.loads((PACKAGE / "template" / "words.json").read_text(encoding="utf-8"))


def test_every_word_has_both_languages() -> None:
    for word, said in WORDS.items():
        assert set(said) == {"en", "th"}, word
        assert re.search("[\u0e00-\u0e7f]", said["th"]), word
        places = {language: set(re.findall(r"\{\w+\}", str(said[language]))) for language in said}
        assert places["en"] == places["th"], word


def test_every_code_has_a_word() -> None:
    wanted = {
        "level": LEVELS,
        "status": STATUSES,
        "stage": STAGES,
        "instrument": INSTRUMENTS,
        "next": NEXT_STEPS,
        "severity": SEVERITIES,
        "verdict": VERDICTS,
        "code": tuple(CODES),
    }
    assert [
        f"{k}_{c}" for k, codes in wanted.items() for c in codes if f"{k}_{c}" not in WORDS
    ] == []


def test_every_word_in_the_template_exists() -> None:
    template = "".join(
        file.read_text(encoding="utf-8")
        for file in (PACKAGE / "template").iterdir()
        if file.suffix in {".js", ".html"}
    )
    asked = set(re.findall(r"""data-word(?:-label)?="(\w+)"|\bt\("(\w+)\"""", template))
    review = json.loads((PACKAGE / "template" / "review_words.json").read_text(encoding="utf-8"))
    assert {word for pair in asked for word in pair if word} - set(WORDS) - set(review) == set()
