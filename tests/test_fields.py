"""Years and remarks: the values read from them, and their issues."""

from __future__ import annotations

import pandas as pd
import pytest
from cases import cases
from parsed import values

from sisterdata.normalizer.years_and_remarks import foreign_scripts, notes, repairs, years


def rows_of(**columns: list[object]) -> pd.DataFrame:
    count = len(next(iter(columns.values())))
    rows = pd.DataFrame({"line": range(5, 5 + count), **columns})
    return rows.astype(dict.fromkeys(columns, "string"))


@pytest.mark.parametrize("line", cases("cells_years.csv"))
def test_a_printed_year_gives_year_date_and_issue(line: dict[str, str]) -> None:
    texts, eras = [line["text"] or None, "2500"], [line["era"] or None, "BE"]
    rows = rows_of(verbatim_year=texts, era=eras)
    found, issues = years(rows, int(line["latest"]) if line["latest"] else None)
    assert list(found.index) == [0, 1]
    assert list(found.columns) == ["year", "date"]
    year, date = values(found)[0]
    assert (year, date) == (int(line["year"]) if line["year"] else None, line["date"] or None)
    assert values(found)[1] == [1957, "1957"]
    said = [issue for issue in issues.to_dict("records") if issue["line"] == 5]
    assert [issue["code"] for issue in said] == ([line["code"]] if line["code"] else [])
    for issue in said:
        assert issue["message"].startswith(line["message"])
        assert issue["field"] == "verbatim_year"
        assert (issue["verbatim"] if line["text"] else "") == line["text"]
    assert len(issues) == len(said)


def test_a_list_without_years_has_no_missing_years() -> None:
    found, issues = years(rows_of(verbatim_year=[None, None], era=[None, None]), None)
    assert (len(found), len(issues)) == (2, 0)
    assert list(found.columns) == ["year", "date"]


def test_remarks_and_sections_give_instrument_and_stage() -> None:
    remarks = ["ลงนาม LOI แล้ว", None, "ลงนาม LOI แล้ว", "กขค ฆงจ"]
    rows = rows_of(section=["สิ้นสุดแล้ว", "ลงนามแล้ว", None, None], verbatim_note=remarks)
    found, issues = notes(rows)
    assert list(found.columns) == ["instrument", "stage", "topic", "next_step"]
    assert list(found["instrument"].isna()) == [False, True, False, True]
    assert list(found["stage"]) == ["signed", "signed", "signed", "not_stated"]
    assert issues.to_dict("records") == [
        {
            "line": 8,
            "verbatim": "กขค ฆงจ",
            "code": "note_not_understood",
            "message": "fits no rule: กขค ฆงจ",
            "field": "verbatim_note",
        }
    ]


@pytest.mark.parametrize(
    ("remark", "code", "message"),
    [
        ("อยู่ระหว่าง", "truncated_note", "the remark breaks off after its last word"),
        ("MOU signed by the Governor of Tak", "other_signatory", "signed by the Governor of Tak"),
    ],
)
def test_a_remark_gives_its_issues(remark: str, code: str, message: str) -> None:
    _, issues = notes(rows_of(section=[None], verbatim_note=[remark]))
    said = {"code": code, "message": message, "field": "verbatim_note", "verbatim": remark}
    assert said | {"line": 5} in issues.to_dict("records")


def test_all_damage_to_a_text_is_in_one_issue() -> None:
    rows = rows_of(verbatim_place=["เมือง\u200bปูซานํา", "เมือabง"])
    (mended,) = repairs(rows, "verbatim_place")["message"]
    assert mended == "read as 'เมืองปูซานำ': invisible characters, decomposed sara am"
    (foreign,) = foreign_scripts(rows, "verbatim_place")["message"]
    assert foreign == "letters of another script: a (Latin), b (Latin)"


def test_damage_and_foreign_letters_are_issues_of_each_row() -> None:
    rows = rows_of(verbatim_partner=["เมืองปูซาน", "เมือง\u200bปูซาน", None, "เมือaง", "เมือง\u200bปูซาน"])
    mended = repairs(rows, "verbatim_partner")
    assert list(mended["line"]) == [6, 9]
    assert set(mended["code"]) == {"repaired_text"}
    assert set(mended["field"]) == {"verbatim_partner"}
    assert mended["message"].str.startswith("read as 'เมืองปูซาน': ").all()
    assert list(mended["verbatim"]) == ["เมือง\u200bปูซาน"] * 2
    (foreign,) = foreign_scripts(rows, "verbatim_partner").to_dict("records")
    assert foreign == {
        "line": 8,
        "verbatim": "เมือaง",
        "message": "letters of another script: a (Latin)",
        "field": "verbatim_partner",
        "code": "foreign_script",
    }
