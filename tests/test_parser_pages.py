"""Pages as they are published: several layouts on one, whose list it is, what is refused."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from cases import CASES, cases, read_cases
from parsed import assert_whole, values

from sisterdata.errors import ParseError
from sisterdata.parser import parse
from sisterdata.parser.strip_marks import without_marks
from sisterdata.parser.table.several_partners import partners_in

COLUMNS = ["line", "verbatim_place", "verbatim_partner", "verbatim_year"]


def test_a_page_with_a_table_and_a_list_gives_the_rows_of_both() -> None:
    path = CASES / "pages" / "page_table_and_list.txt"
    document = parse(path, strict=True)
    assert values(document.rows[COLUMNS]) == [
        [6, "Phuket", "Haikou, China", "2005"],
        [7, "Phuket", "Nice, France", "1989"],
        [11, "Phuket", "Las Vegas, Nevada, USA", "1997"],
        [12, "Phuket", "Nakhodka, Russia", None],
    ]
    assert document.issues.empty
    assert_whole(document, path.read_text(encoding="utf-8"))


def test_a_table_pasted_with_one_cell_to_a_line_gives_its_rows() -> None:
    path = CASES / "pages" / "web_one_cell_a_line.txt"
    document = parse(path)
    assert values(document.rows[COLUMNS]) == [
        [13, "Yeosu City", "Karatsu, Japan", "1982. 3. 5"],
        [16, "Yeosu City", "Hangzhou, China", "1994.11. 1"],
        [19, "Yeosu City", "Cebu, Philippines", "1996.10.23"],
    ]
    assert_whole(document, path.read_text(encoding="utf-8"))


MIXED = sorted((CASES / "pages" / "mixed").glob("*.txt"))
SENTENCES = read_cases("parser_mixed.csv")


@pytest.mark.parametrize("path", MIXED, ids=lambda path: path.stem)
@pytest.mark.parametrize("case", cases("parser_mixed.csv"))
def test_prose_behind_a_table_or_a_list_is_a_row_or_an_issue(
    path: Path, case: dict[str, str]
) -> None:
    alone = path.read_text(encoding="utf-8")
    assert_told_once(alone, [case])


@pytest.mark.parametrize("path", MIXED, ids=lambda path: path.stem)
def test_every_paragraph_behind_a_table_or_a_list_is_a_row_or_an_issue(path: Path) -> None:
    assert_told_once(path.read_text(encoding="utf-8"), SENTENCES)


def assert_told_once(page: str, told: list[dict[str, str]]) -> None:
    """The rows of the page stay, and each sentence below it is a row or an issue, once."""
    listed = page.count("\n") - 2
    text = page + "".join(f"\n{case['sentence']}\n" for case in told)
    document = parse(StringIO(text))
    rows, issues = document.rows, document.issues
    own = len(page.split("\n"))
    assert len(rows[rows["line"] < own]) == listed - ("\t" in page)
    lines = dict(zip(document.lines["text"], document.lines["line"], strict=True))
    for case in told:
        line = lines[case["sentence"]]
        pairs = values(rows.loc[rows["line"] == line, ["verbatim_place", "verbatim_partner"]])
        assert " | ".join(f"{first} = {second}" for first, second in pairs) == case["pairs"]
        codes = issues.loc[issues["line"] == line, "code"].tolist()
        codes = [code for code in codes if code != "date_carried"]
        assert len(codes) == (not pairs), (case["sentence"], codes)
        assert case["issue"] in ("", "one", *codes)
    assert_whole(document, text)


@pytest.mark.parametrize("case", cases("parser_lists.csv"))
def test_a_list_as_published_gives_its_rows_and_issues(case: dict[str, str]) -> None:
    text = case["text"].replace("\\n", "\n") + "\n"
    document = parse(StringIO(text))
    rows = document.rows[["verbatim_place", "verbatim_partner", "verbatim_year"]].fillna("")
    printed = [
        f"{home} = {partner}" + (f" [{date}]" if date else "")
        for home, partner, date in rows.itertuples(index=False)
    ]
    assert " | ".join(printed) == case["rows"]
    assert " ".join(sorted(set(document.issues["code"]))) == case["issues"]
    assert_whole(document, text)


@pytest.mark.parametrize(
    "text", ["- Kunming, China\n- Nice, France\n", "Kunming, China\nNice, France\n"]
)
def test_a_list_without_a_heading_is_read_once_its_home_is_given(text: str) -> None:
    with pytest.raises(ParseError, match="no known layout"):
        parse(StringIO(text))
    rows = parse(StringIO(text), home="Chiang Mai").rows
    assert values(rows[["verbatim_place", "verbatim_partner"]]) == [
        ["Chiang Mai", "Kunming, China"],
        ["Chiang Mai", "Nice, France"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Air routes\n\nBangkok - Osaka\nPhuket - Nice",
        "Trains 2024\n1. Bangkok – Nong Khai\n2. Bangkok – Padang Besar",
        "เส้นทางเดินรถ\n\nกรุงเทพฯ – เชียงใหม่\nกรุงเทพฯ – ภูเก็ต",
    ],
)
def test_a_list_of_journeys_is_no_list_of_sister_cities(text: str) -> None:
    with pytest.raises(ParseError, match="no known layout"):
        parse(StringIO(text))


def test_a_home_in_the_document_holds_against_the_one_given() -> None:
    text = "Sister Cities of Phuket\n- Nice, France\n"
    assert parse(StringIO(text), home="Krabi").rows["verbatim_place"].tolist() == ["Phuket"]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("x\n\na\tb\nc\td\n", 3, "a table"),
        ("Shopping\n- bread, butter\n- milk\n", 2, "a list"),
    ],
)
def test_a_refusal_names_the_closest_layout_the_line_and_what_to_change(
    text: str, line: int, what: str
) -> None:
    with pytest.raises(ParseError, match=f"the closest is {what}") as error:
        parse(StringIO(text))
    assert error.value.where == f"document:{line}"
    assert "for example" in error.value.todo


@pytest.mark.parametrize("case", cases("parser_marks.csv"))
def test_flags_links_and_footnote_marks_are_taken_off(case: dict[str, str]) -> None:
    assert without_marks(case["printed"]) == case["name"]


@pytest.mark.parametrize("case", cases("parser_several.csv"))
def test_a_cell_of_several_partners_is_cut(case: dict[str, str]) -> None:
    assert " | ".join(partners_in(case["cell"])) == case["partners"]


EXAMPLES = re.findall(
    r"```text rows=(\d+)\n(.*?)```",
    (CASES.parents[1] / "docs" / "what_can_be_read.md").read_text(encoding="utf-8"),
    re.S,
)


@pytest.mark.parametrize(("rows", "text"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_the_page_on_what_can_be_read_says_how_many_rows_come_out(rows: str, text: str) -> None:
    document = parse(StringIO(text), strict=True)
    assert len(document.rows) == int(rows)
    assert document.rows[["verbatim_place", "verbatim_partner"]].notna().all().all()
    assert document.issues.empty
