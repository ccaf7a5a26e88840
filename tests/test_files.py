"""`normalize_file` matches the places of a file, and loses or changes nothing else."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cases import read_cases
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font
from typer.testing import CliRunner

from sisterdata.atomic_write import whole_file
from sisterdata.cli.main import app
from sisterdata.errors import DataError, SisterdataError
from sisterdata.lists.normalize_file import MATCH_COLUMNS, Outcome, normalize_file
from sisterdata.parser.table.column_roles import choose_columns
from sisterdata.tabular import delimited, excel, json_lines, parquet
from sisterdata.text.mojibake import find_misreading

ADDED = [f"match_{name}" for name in MATCH_COLUMNS]
HEADER = "id,เมือง,ประเทศ,note"
ROWS = (
    "007,เมืองปูซาน,สาธารณรัฐเกาหลี,NA",
    '010,Daegu,Korea,"two\nlines, and ""marks"""',
    "011,,KR,",
    "1e5,Perugia,Atlantis,=1+1",
    "012,เมืองปูซาน,เกาหลีใต้,null",
)
IDS = ["iso3166-2:KR-26", "iso3166-2:KR-27", None, None, "iso3166-2:KR-26"]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("\n".join([HEADER, *ROWS, ""]), encoding="utf-8")
    return path


def records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","))


def sheet_rows(path: Path) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))


# --- which columns -------------------------------------------------------------------------------


@pytest.mark.parametrize("case", read_cases("files_headers.csv"), ids=lambda case: case["headers"])
def test_columns_are_detected_from_their_headers(case: dict[str, str]) -> None:
    headers = case["headers"].split("|")
    if case["refused"]:
        with pytest.raises(DataError, match=case["refused"]):
            choose_columns(headers)
        return
    roles = choose_columns(headers)
    told = [
        None if at is None else headers[at] for at in (roles.place, roles.country, roles.admin1)
    ]
    said = [case[role] or None for role in ("place", "country", "admin1")]
    assert told == said


def test_a_named_column_is_taken_and_another_left_out() -> None:
    roles = choose_columns(["a", "city", "state", "country"], place="a", admin1="", country="")
    assert (roles.place, roles.country, roles.admin1) == (0, None, None)
    with pytest.raises(DataError, match="there are 'a', 'b'"):
        choose_columns(["a", "b"], place="c")


def test_the_detected_columns_are_announced_first(table: Path, tmp_path: Path) -> None:
    said: list[str] = []
    normalize_file(table, tmp_path / "out.csv", announce=said.append)
    (told,) = said
    assert told.startswith("read as a table, row by row (as a document: --layout)")
    assert told.endswith("columns: place 'เมือง', country 'ประเทศ'")


def test_a_list_without_countries_gets_a_notice(tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text('city\nZzyzxq Qwv\n"Busan, Korea"\n""\n')
    outcome = normalize_file(table, tmp_path / "out.csv")
    (said,) = outcome.notices
    assert said.startswith("1 row without a country to look in: give --country-column")
    assert normalize_file(table, tmp_path / "out.csv", country="Japan").notices == ()


# --- nothing is lost or retyped ------------------------------------------------------------------


def test_csv_keeps_every_byte_of_its_rows(table: Path, tmp_path: Path) -> None:
    outcome = normalize_file(table, tmp_path / "out.csv")
    written = (tmp_path / "out.csv").read_text(encoding="utf-8")
    at = 0
    for row in (HEADER, *ROWS):  # each row as it was, then what is added
        assert written.startswith(f"{row},", at)
        at = written.index("\n", at + len(row)) + 1
    assert at == len(written)
    found = records(tmp_path / "out.csv")
    assert [row["match_place_id"] or None for row in found] == IDS
    assert list(found[0])[4:] == ADDED
    assert outcome.statuses == {"exact": 3, "not_run": 1, "unmatched": 1}
    assert table.read_text(encoding="utf-8").startswith(HEADER)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TEXTS = st.lists(
    st.tuples(TEXT, st.sampled_from(["Busan", "ปูซาน", "", "Vientiane, Laos", "?"]), TEXT),
    max_size=7,
)


@settings(max_examples=60)
@given(TEXTS, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_csv_keeps_its_cells(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, str]],
    delimiter: str,
    line_end: str,
    mark: bool,
) -> None:
    folder = tmp_path_factory.mktemp("any")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL)
    writer.writerows([("a", "city", "b"), *rows])
    before = text.getvalue()
    (folder / "in.csv").write_bytes(before.encode("utf-8-sig" if mark else "utf-8"))
    with small_chunks(2):
        normalize_file(folder / "in.csv", folder / "out.csv", place_column="city")
    data = (folder / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") == mark
    after = data.decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(after, newline=""), delimiter=delimiter))
    assert [tuple(row[:3]) for row in read] == [("a", "city", "b"), *rows]
    assert {len(row) for row in read} == {3 + len(ADDED)}


@contextmanager
def small_chunks(rows: int) -> Iterator[None]:
    """Chunks of a few rows, so that a small table has several."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (delimited, excel, json_lines, parquet):
            patch.setattr(module, "CHUNK_ROWS", rows)
        yield


def test_json_lines_keep_every_byte_of_their_objects(tmp_path: Path) -> None:
    lines = [
        '{"id": 007.0e1, "city": "Busan"}'.replace("007", "7"),
        '{"city":"\\u0e1b\\u0e39\\u0e0b\\u0e32\\u0e19", "n": 0.1000000000000000055, "n": 2}',
        "",
        '  {"n": 12345678901234567890123, "deep": {"a": [1, null]}}  ',
        "{}",
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    normalize_file(tmp_path / "in.jsonl", tmp_path / "out.jsonl", country="KR")
    written = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    for before, after in zip(filter(None, lines), written, strict=True):
        assert after.startswith(before.strip()[:-1])
        assert set(json.loads(after)) == set(json.loads(before)) | set(ADDED)
    ids = [json.loads(line)["match_place_id"] for line in written]
    assert ids == ["iso3166-2:KR-26", "iso3166-2:KR-26", None, None]


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    before = pa.table(
        {
            "id": pa.array(["007", "NA", None]),
            "city": pa.array(["Busan", None, "Daegu"]).dictionary_encode(),
            "amount": pa.array([Decimal("1.10"), None, Decimal("2.00")], pa.decimal128(9, 2)),
            "when": pa.array(
                [datetime(2020, 1, 2, 3, tzinfo=UTC), None, None],
                pa.timestamp("ns", "Asia/Bangkok"),
            ),
            "deep": pa.array([[{"a": 1}], [], None]),
            "n": pa.array([1, None, 3], pa.int16()),
        }
    ).replace_schema_metadata({"made": "by hand"})
    pq.write_table(before, tmp_path / "in.parquet")
    normalize_file(tmp_path / "in.parquet", tmp_path / "out.parquet", country="KR")
    after = pq.read_table(tmp_path / "out.parquet")
    assert after.select(before.column_names).equals(before)
    assert after.schema.metadata[b"made"] == b"by hand"
    assert after.column_names[len(before.column_names) :] == ADDED
    assert after["match_score"].type == pa.float64()
    assert after["match_place_id"].to_pylist() == ["iso3166-2:KR-26", None, "iso3166-2:KR-27"]


def test_excel_keeps_the_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "เมือง"
    sheet.append(["id", "city", "country", "when", "sum"])
    sheet.append([7, "Busan", "KR", date(2020, 1, 2), "=A2+1"])
    sheet.append(["007", "Daegu", None, True, "NA"])
    sheet.append([None, None, None, None, None])
    sheet.append([0.5, "=x", "KR", None, "'=1"])
    sheet["B5"].data_type = "s"
    sheet["A2"].number_format = "000"
    sheet["A2"].font = Font(bold=True)
    sheet.merge_cells("C2:C3")
    book.create_sheet("other").append(["left", "alone"])
    book["other"].sheet_state = "hidden"
    book.save(tmp_path / "in.xlsx")
    normalize_file(tmp_path / "in.xlsx", tmp_path / "out.xlsx")
    before, after = (openpyxl.load_workbook(tmp_path / f"{name}.xlsx") for name in ("in", "out"))
    assert after.sheetnames == ["เมือง", "other"]
    assert after["other"].sheet_state == "hidden"
    for row in before["เมือง"].iter_rows():
        for cell in row:
            kept = after["เมือง"][cell.coordinate]
            assert (kept.value, kept.data_type, kept.number_format, kept.font.b) == (
                cell.value, cell.data_type, cell.number_format, cell.font.b
            )  # fmt: skip
    assert [str(merged) for merged in after["เมือง"].merged_cells.ranges] == ["C2:C3"]
    added = [row[5:] for row in after["เมือง"].iter_rows(values_only=True)]
    assert list(added[0]) == ADDED
    # The country is merged over both rows; an empty row stays empty.
    assert [row[0] for row in added[1:]] == ["iso3166-2:KR-26", "iso3166-2:KR-27", None, None]
    assert [row[5] for row in added[1:]] == ["exact", "exact", None, "unmatched"]


@pytest.mark.parametrize("first", ["csv", "tsv", "xlsx", "parquet", "jsonl"])
@pytest.mark.parametrize("second", ["csv", "tsv", "xlsx", "parquet", "jsonl"])
def test_any_format_converts_to_any_other(
    table: Path, tmp_path: Path, first: str, second: str
) -> None:
    """The cells are the same texts, however often the form is changed."""
    normalize_file(table, tmp_path / f"1.{first}")
    normalize_file(
        tmp_path / f"1.{first}", tmp_path / f"2.{second}", place_column="เมือง", prefix="again_"
    )
    normalize_file(
        tmp_path / f"2.{second}", tmp_path / "3.csv", place_column="เมือง", prefix="last_"
    )
    was, now = records(table), records(tmp_path / "3.csv")
    assert [{name: row[name] for name in was[0]} for row in now] == was
    for prefix in ("match_", "again_", "last_"):
        assert [row[f"{prefix}place_id"] or None for row in now] == IDS


@settings(max_examples=25)
@given(st.lists(TEXT, min_size=1, max_size=6), st.sampled_from(["tsv", "xlsx", "parquet", "jsonl"]))
@example(["a\rb", "a\r\nb", "_x00", "\x00\x1f", "\ufffe", "=1", "#N/A", " a ", "007"], "xlsx")
@example(["a\rb", "a\r\nb", "\u2028", "\x85"], "jsonl")
def test_any_text_survives_any_format(
    tmp_path_factory: pytest.TempPathFactory, notes: list[str], form: str
) -> None:
    assume(find_misreading("\n".join(notes)) is None)  # it would be restored
    folder = tmp_path_factory.mktemp("forms")
    with (folder / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(
            [("city", "note"), *(("Busan", note) for note in notes)]
        )
    options: dict[str, Any] = {"place_column": "city", "country_column": "", "country": "KR"}
    normalize_file(folder / "in.csv", folder / f"1.{form}", **options)
    normalize_file(folder / f"1.{form}", folder / "2.csv", prefix="again_", **options)
    assert [row["note"] for row in records(folder / "2.csv")] == notes


@pytest.mark.parametrize("encoding", ["cp874", "utf-16", "utf-8-sig", "utf-8"])
def test_the_output_keeps_the_encoding(tmp_path: Path, encoding: str) -> None:
    text = "เมือง,ประเทศ,หมายเหตุ\nปูซาน,เกาหลีใต้,ดี\n"
    (tmp_path / "in.csv").write_bytes(text.encode(encoding))
    outcome = normalize_file(tmp_path / "in.csv", tmp_path / "out.csv")
    data = (tmp_path / "out.csv").read_bytes()
    assert data[:2] == text.encode(encoding)[:2]
    assert "ปูซาน,เกาหลีใต้,ดี,iso3166-2:KR-26" in data.decode(encoding)
    assert not any("UTF-8" in notice for notice in outcome.notices)


def test_answers_that_windows_874_cannot_encode_are_written_as_utf8(tmp_path: Path) -> None:
    text = "เมือง,ประเทศ\nดานัง,เวียดนาม\nมาลากา,สเปน\n"
    (tmp_path / "in.csv").write_bytes(text.encode("cp874"))
    outcome = normalize_file(tmp_path / "in.csv", tmp_path / "out.csv")
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert "Málaga" in data.decode("utf-8-sig")
    assert any("UTF-8 with a byte order mark" in notice for notice in outcome.notices)


@pytest.mark.parametrize(("written", "read"), [("cp874", "latin-1"), ("utf-8", "latin-1")])
def test_cells_that_were_decoded_wrongly_are_restored(
    written: str, read: str, tmp_path: Path
) -> None:
    text = "จังหวัด,เมืองคู่มิตร,ประเทศ\nขอนแก่น,เมืองดานัง,เวียดนาม\n"
    (tmp_path / "in.csv").write_text(text.encode(written).decode(read), encoding="utf-8")
    outcome = normalize_file(tmp_path / "in.csv", tmp_path / "out.csv", place_column="เมืองคู่มิตร")
    (row,) = records(tmp_path / "out.csv")
    assert (row["เมืองคู่มิตร"], row["match_place_id"]) == ("เมืองดานัง", "iso3166-2:VN-DN")
    assert any("it is restored" in notice for notice in outcome.notices)


def test_a_short_row_is_filled_and_an_empty_line_stays(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("city,country,note\nBusan,KR\n\nDaegu,KR,x\n\n")
    normalize_file(tmp_path / "in.csv", tmp_path / "out.csv")
    lines = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1].startswith("Busan,KR,,iso3166-2:KR-26,")
    assert (lines[2], len(lines)) == ("", 4)


# --- what is asked -------------------------------------------------------------------------------


def answers(path: Path, text: str, **options: Any) -> list[dict[str, str]]:
    path.write_text(text, encoding="utf-8")
    normalize_file(path, path.with_name("out.csv"), **options)
    return records(path.with_name("out.csv"))


def test_a_region_distinguishes_places_of_one_name(tmp_path: Path) -> None:
    text = "city,state,country\nSpringfield,Illinois,US\nSpringfield,US-MO,US\n"
    found = answers(tmp_path / "in.csv", text)
    assert [row["match_admin1_code"] for row in found] == ["US-IL", "US-MO"]


def test_an_unknown_country_is_not_guessed(tmp_path: Path) -> None:
    (row,) = answers(tmp_path / "in.csv", "city,country\nBusan,Atlantis\n")
    assert (row["match_status"], row["match_place_id"]) == ("unmatched", "")
    assert "Atlantis" in row["match_rule"]
    assert row["match_doubts"].startswith("country_unread")


def test_a_country_of_two_is_read_with_the_place(tmp_path: Path) -> None:
    (row,) = answers(tmp_path / "in.csv", "city,country\nBeijing,The Republic of China\n")
    assert row["match_place_id"] == "iso3166-2:CN-BJ"
    assert "country_misnamed" in row["match_doubts"]


def test_namibia_is_not_a_missing_value(tmp_path: Path) -> None:
    (row,) = answers(tmp_path / "in.csv", "city,country\nWindhoek,NA\n")
    assert row["match_country_code"] == "NA"
    assert row["match_place_id"]


def test_a_row_without_a_match_keeps_its_country(tmp_path: Path) -> None:
    (row,) = answers(tmp_path / "in.csv", "city,country\nZzyzxq Qwv,Japan\n")
    assert (row["match_place_id"], row["match_country_code"]) == ("", "JP")


def test_one_country_for_all_rows(tmp_path: Path) -> None:
    (row,) = answers(tmp_path / "in.csv", "city\nBusan\n", country="KR")
    assert row["match_place_id"] == "iso3166-2:KR-26"
    with pytest.raises(DataError, match="not both"):
        answers(tmp_path / "in.csv", "city,country\nBusan,KR\n", country="JP")


# --- what cannot be used -------------------------------------------------------------------------

REFUSED = {
    "a cell that is not closed": ("in.csv", b'city,country\nBusan,KR\n"Daegu,KR\n', "in.csv:3"),
    "a row that is too long": ("in.csv", b"city,country\nBusan,KR\nDaegu,KR,x\n", "in.csv:3"),
    "bytes that are not text": ("in.csv", b"city\nBusan\n\xff\xfe\x80caf\xe9\n", "in.csv:3"),
    "no text far below": ("in.csv", b"city\n" + b"Busan\n" * 200_000 + b"\xff\n", "in.csv:200002"),
    "an empty file": ("in.csv", b"", "empty"),
    "a line of no object": ("in.jsonl", b'{"city": "Busan"}\n[1]\n', "in.jsonl:2"),
    "a line of no JSON": ("in.jsonl", b'{"city": "Busan"}\n{"city": \n', "in.jsonl:2"),
    "nested without end": ("in.jsonl", b'{"city": ' + b"[" * 200_000 + b"\n", "in.jsonl:1"),
    "no workbook": ("in.xlsx", b"PK\x03\x04 not one", "readable workbook"),
    "no Parquet": ("in.parquet", b"PAR1 not one PAR1", "readable Parquet"),
    "a suffix that is not known": ("in.xls", b"x", "layout|suffix"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_unusable_input_is_refused_with_its_position(case: str, tmp_path: Path) -> None:
    name, data, said = REFUSED[case]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "out.csv").write_text("old")
    with pytest.raises(SisterdataError, match=said):
        normalize_file(tmp_path / name, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text() == "old"
    assert {path.name for path in tmp_path.iterdir()} == {name, "out.csv"}


def test_input_and_folders_are_not_overwritten(table: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="must be different files"):
        normalize_file(table, table)
    with pytest.raises(DataError, match="must be different files"):
        normalize_file(table, tmp_path / "out.csv", review=tmp_path / "out.csv")
    with pytest.raises(DataError, match="cannot be read"):
        normalize_file(tmp_path / "missing.csv", tmp_path / "out.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(DataError, match="not a file"):
        normalize_file(table, tmp_path / "folder.csv")
    normalize_file(table, tmp_path / "out.csv")
    with pytest.raises(DataError, match="--prefix"):
        normalize_file(tmp_path / "out.csv", tmp_path / "again.csv")


def test_a_workbook_of_several_sheets_needs_a_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["city", "country"])
    book.create_sheet("2022").append(["city", "country"])
    book["2022"].append(["Busan", "KR"])
    book.save(tmp_path / "in.xlsx")
    with pytest.raises(DataError, match=r"'Sheet', '2022'.*--sheet"):
        normalize_file(tmp_path / "in.xlsx", tmp_path / "out.csv")
    with pytest.raises(DataError, match="no sheet '2021'"):
        normalize_file(tmp_path / "in.xlsx", tmp_path / "out.csv", sheet="2021")
    normalize_file(tmp_path / "in.xlsx", tmp_path / "out.csv", sheet="2022")
    assert records(tmp_path / "out.csv")[0]["match_place_id"] == "iso3166-2:KR-26"


def test_a_formula_counts_by_its_value_and_is_refused_without_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["city", "country"])
    book.active.append(['="Bu"&"san"', "KR"])
    book.save(tmp_path / "in.xlsx")
    with pytest.raises(DataError, match="Sheet!A2"):
        normalize_file(tmp_path / "in.xlsx", tmp_path / "out.xlsx")
    rewrite(
        tmp_path / "in.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(
            b"<v ?/>|<v></v>", b"<v>Busan</v>", xml.replace(b'r="A2"', b'r="A2" t="str"')
        ),
    )
    normalize_file(tmp_path / "in.xlsx", tmp_path / "out.xlsx")
    assert sheet_rows(tmp_path / "out.xlsx")[1][:3] == ('="Bu"&"san"', "KR", "iso3166-2:KR-26")


def rewrite(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """Change a part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, change(data) if name == part else data)


# --- hostile content -----------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "'=1"])
def test_a_formula_is_never_run(cell: str, tmp_path: Path) -> None:
    with (tmp_path / "in.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [["city", "country", cell], ["Busan", "KR", cell], [cell, "KR", ""]]
        )
    normalize_file(tmp_path / "in.csv", tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert {c.data_type for row in sheet.iter_rows() for c in row} <= {"s", "inlineStr", "n"}
    assert (sheet["C2"].value, sheet["C2"].quotePrefix) == (cell, True)
    normalize_file(tmp_path / "in.csv", tmp_path / "out.csv", escape_formulas=True)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        cells = [text for row in csv.reader(file) for text in row]
    assert not any(text.startswith(("=", "+", "-", "@", "\t")) for text in cells)
    assert cells.count(f"'{cell}") == 3


def test_numbers_are_not_formulas(tmp_path: Path) -> None:
    rows = answers(tmp_path / "in.csv", "city,n\nBusan,-12.5\n", country="KR", escape_formulas=True)
    assert rows[0]["n"] == "-12.5"


def test_a_workbook_that_is_too_large_unpacked_is_refused(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "in.xlsx")
    rewrite(tmp_path / "in.xlsx", "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * (65 << 20))
    assert (tmp_path / "in.xlsx").stat().st_size < 1 << 18
    with pytest.raises(DataError, match=r"unpacks to 6[56] MB"):
        normalize_file(tmp_path / "in.xlsx", tmp_path / "out.csv")


def test_a_workbook_with_too_many_merged_cells_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["city"])
    book.active.merge_cells("A1:B1")
    book.save(tmp_path / "in.xlsx")
    rewrite(
        tmp_path / "in.xlsx",
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"A1:B1", b"&#65;1:XFD1048576"),
    )
    with pytest.raises(DataError, match="cells are merged"):
        normalize_file(tmp_path / "in.xlsx", tmp_path / "out.csv")


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["city"])
    book.active["A1048576"] = "Busan"
    book.save(tmp_path / "in.xlsx")
    normalize_file(tmp_path / "in.xlsx", tmp_path / "out.csv", country="KR")
    assert len(records(tmp_path / "out.csv")) == 1


def test_entities_of_entities_are_refused(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "in.xlsx")
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    rewrite(
        tmp_path / "in.xlsx",
        "xl/workbook.xml",
        lambda xml: (
            b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "ha">' + laughs + b"]><w>&l9;</w>"
        ),
    )
    with pytest.raises(DataError, match="readable workbook"):
        normalize_file(tmp_path / "in.xlsx", tmp_path / "out.csv")


@pytest.mark.parametrize(
    ("columns", "options", "said"),
    [
        (lambda: {"a": pa.nulls(6_000_000)}, {}, "declare"),
        (lambda: {"a": pa.array(["x" * 30_000_000])}, {"use_dictionary": False}, "unpack to"),
        (
            lambda: {
                "a": pa.DictionaryArray.from_arrays(
                    pa.array([0] * 1000, pa.int32()), pa.array(["x" * 2_000_000])
                )
            },
            {"dictionary_pagesize_limit": 1 << 30, "store_schema": False},
            "every row",
        ),
    ],
    ids=["rows without number", "a page far larger than the file", "one long text in every row"],
)
def test_a_parquet_file_that_is_too_large_unpacked_is_refused(
    tmp_path: Path,
    columns: Callable[[], dict[str, Any]],
    options: dict[str, Any],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parquet, "_LARGEST_CHUNK", 16 << 20)
    monkeypatch.setattr(parquet, "_MANY_ROWS", 1_000_000)
    pq.write_table(pa.table(columns()), tmp_path / "in.parquet", compression="zstd", **options)
    assert (tmp_path / "in.parquet").stat().st_size < 1 << 18
    with pytest.raises(DataError, match=said):
        normalize_file(tmp_path / "in.parquet", tmp_path / "out.csv", place_column="a")


def test_values_that_excel_cannot_store_are_refused(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"city,note\nBusan,{'x' * 40_000}\n")
    with pytest.raises(DataError, match="40000 characters"):
        normalize_file(tmp_path / "in.csv", tmp_path / "out.xlsx", country="KR")
    assert not (tmp_path / "out.xlsx").exists()


def test_workbooks_that_openpyxl_would_damage_are_refused(tmp_path: Path) -> None:
    """A text like a control character is written as Excel writes it, and not misread."""
    (tmp_path / "in.csv").write_text("city,note\nBusan,_x000D_\n")
    normalize_file(tmp_path / "in.csv", tmp_path / "out.xlsx", country="KR")
    with zipfile.ZipFile(tmp_path / "out.xlsx") as archive:
        assert b">_x005F_x000D_<" in archive.read("xl/worksheets/sheet1.xml")
    with pytest.raises(DataError, match="cannot be read as it is"):
        normalize_file(tmp_path / "out.xlsx", tmp_path / "out.csv", prefix="again_")


# --- documents -----------------------------------------------------------------------------------

PAIRS = """\
รายชื่อคู่ความสัมพันธ์
อยู่ระหว่างดำเนินการ 3 คู่ 2 จังหวัด
\tจังหวัด\tลำดับ\tคู่ความสัมพันธ์\tปีที่ริเริ่ม\tหมายเหตุ
1\tกระบี่\t1\tเมืองปูซาน สาธารณรัฐเกาหลี\t2560\tลงนาม LOI แล้ว
2\tตาก\t1\tเมืองแทกู สาธารณรัฐเกาหลี\t2561\t
\t\t2\tแขวงบ่อแก้ว สปป.ลาว\t2561\t
"""


def pairs_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    for line in PAIRS.splitlines():
        cells = [cell or None for cell in line.split("\t")]
        book.active.append([int(c) if c and c.isdecimal() else c for c in cells])
    for merged in ("A1:F1", "A2:F2", "A5:A6", "B5:B6"):
        book.active.merge_cells(merged)
    book.save(path)


def pairs_text(path: Path) -> None:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(line.split("\t") for line in PAIRS.splitlines())
    else:
        path.write_text(PAIRS, encoding="utf-8")


@pytest.mark.parametrize("name", ["pairs.txt", "pairs.xlsx", "pairs.csv", "pairs.tsv"])
def test_a_ministry_table_is_read_as_a_document(name: str, tmp_path: Path) -> None:
    (pairs_workbook if name.endswith("xlsx") else pairs_text)(tmp_path / name)
    outcome = normalize_file(tmp_path / name, tmp_path / "out.csv")
    assert outcome.layout == "table"
    rows = records(tmp_path / "out.csv")
    assert [row["line"] for row in rows] == ["4", "5", "6"]
    assert [row["place_id"] for row in rows] == [f"iso3166-2:TH-{n}" for n in (81, 63, 63)]
    ids = ["iso3166-2:KR-26", "iso3166-2:KR-27", "iso3166-2:LA-BK"]
    assert [row["partner_id"] for row in rows] == ids
    assert (rows[0]["year"], rows[0]["instrument"], rows[0]["stage"]) == ("2017", "LOI", "signed")
    assert sum(outcome.statuses.values()) == 3


def test_issues_without_a_row_are_notices(tmp_path: Path) -> None:
    (tmp_path / "pairs.txt").write_text(PAIRS.replace("3 คู่", "9 คู่") + "???\n", encoding="utf-8")
    outcome = normalize_file(tmp_path / "pairs.txt", tmp_path / "out.csv")
    assert any("count_mismatch" in said for said in outcome.notices)
    assert any("line 7: unparsed_line" in said for said in outcome.notices)


def test_a_place_column_makes_it_a_table(tmp_path: Path) -> None:
    pairs_text(tmp_path / "pairs.tsv")
    body = (tmp_path / "pairs.tsv").read_text(encoding="utf-8").splitlines()[2:]
    (tmp_path / "pairs.tsv").write_text("\n".join(body), encoding="utf-8")
    outcome = normalize_file(
        tmp_path / "pairs.tsv", tmp_path / "out.tsv", place_column="คู่ความสัมพันธ์"
    )
    assert outcome.layout is None
    assert records(tmp_path / "out.tsv")[2]["match_place_id"] == "iso3166-2:LA-BK"


OF_ONES_OWN = """\
ลำดับ,จังหวัด,เมืองคู่มิตร,ประเทศ,ปีที่ลงนาม,สถานะ,หมายเหตุ,งบประมาณ
1,เชียงใหม่,มณฑลยูนนาน,จีน,2542,ลงนามแล้ว,MOU,100
2,,มณฑลเจียงซู,จีน,2543,ลงนามแล้ว,,5
"""


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_tidy_list_of_pairs_stays_a_table(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"twins.{suffix}"
    if suffix == "csv":
        file.write_text(OF_ONES_OWN, encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for line in OF_ONES_OWN.splitlines():
            book.active.append(line.split(","))
        book.save(file)
    said: list[str] = []
    outcome = normalize_file(file, tmp_path / "out.csv", announce=said.append)
    assert outcome.layout is None
    header, *rows = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()
    assert header == ",".join([OF_ONES_OWN.splitlines()[0], *ADDED])
    for row, before, place in zip(rows, OF_ONES_OWN.splitlines()[1:], ("YN", "JS"), strict=True):
        assert row.startswith(f"{before},iso3166-2:CN-{place},")
    assert "table" in said[0]
    assert "--layout" in said[0]


def test_a_layout_reads_a_table_as_a_document(tmp_path: Path) -> None:
    (tmp_path / "twins.csv").write_text(OF_ONES_OWN, encoding="utf-8")
    said: list[str] = []
    outcome = normalize_file(
        tmp_path / "twins.csv", tmp_path / "out.csv", layout="table", announce=said.append
    )
    assert outcome.layout == "table"
    assert "--place-column" in said[0]
    told = " ".join(outcome.notices)
    assert "unknown_column: 'งบประมาณ'" in told
    assert "parse --json" in told
    assert "'สถานะ', 'หมายเหตุ' are joined in verbatim_note" in told


@pytest.mark.parametrize(
    ("lines", "layout"),
    [
        (["1,กระบี่,1,เมืองปูซาน สาธารณรัฐเกาหลี,2560", "2,ตาก,1,เมืองแทกู สาธารณรัฐเกาหลี,2561"], None),
        (["1,ตาก,1,เมืองปูซาน สาธารณรัฐเกาหลี,2560", ",,2,เมืองแทกู สาธารณรัฐเกาหลี,2561"], "table"),
        (["1,ตาก,1,เมืองปูซาน สาธารณรัฐเกาหลี,2560", ",กระบี่,,,", ",,,,?", "3,,,,"], None),
        (["ลงนามแล้ว,,,,", "1,ตาก,1,เมืองปูซาน สาธารณรัฐเกาหลี,2560"], "table"),
    ],
    ids=["a province a row", "provinces carried down", "cells left out", "sections"],
)
def test_a_table_with_titles_or_sections_is_a_document(
    lines: list[str], layout: str | None, tmp_path: Path
) -> None:
    header = "ที่,จังหวัด,ลำดับ,คู่ความสัมพันธ์,ปีที่ริเริ่ม"
    (tmp_path / "in.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    assert normalize_file(tmp_path / "in.csv", tmp_path / "out.csv").layout == layout


def test_merged_provinces_make_a_workbook_a_document(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["ที่", "จังหวัด", "ลำดับ", "คู่ความสัมพันธ์", "ปีที่ริเริ่ม"])
    book.active.append([1, "ตาก", 1, "เมืองปูซาน สาธารณรัฐเกาหลี", 2560])
    book.active.append([None, None, 2, "เมืองแทกู สาธารณรัฐเกาหลี", 2561])
    book.active.merge_cells("B2:B3")
    book.save(tmp_path / "in.xlsx")
    assert normalize_file(tmp_path / "in.xlsx", tmp_path / "out.csv").layout == "table"


# --- written whole -------------------------------------------------------------------------------

# One process that starts writers and kills them at random moments; what each left is looked at.
KILLER = """
import hashlib, os, random, signal, sys, time
from pathlib import Path
kind, kills, target, source = sys.argv[1], int(sys.argv[2]), *map(Path, sys.argv[3:])
if kind == "bytes":
    from sisterdata.atomic_write import whole_file
    def write(prefix):
        with whole_file(target) as file:
            for _ in range(40):
                file.write(prefix.encode() * (1 << 15))
else:
    from sisterdata.lists.normalize_file import normalize_file
    def write(prefix):
        normalize_file(source, target, country="KR", prefix=prefix)
def look():
    data = target.read_bytes()
    if target.suffix == ".xlsx":  # which holds the time of its writing
        import openpyxl
        data = repr(list(openpyxl.load_workbook(target).active.values)).encode()
    return hashlib.sha256(data).hexdigest()
whole = set()
for prefix in ("a_", "b_"):
    start = time.perf_counter()
    write(prefix)
    took = time.perf_counter() - start
    whole.add(look())
chance = random.Random(5)
for _ in range(kills):
    writer = os.fork()
    if writer == 0:
        while True:
            write("a_")
            write("b_")
    time.sleep(chance.random() * 2 * took)
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    if look() not in whole:
        sys.exit("a mixture")
write("a_")  # what the killed ones left is taken over
print(sorted(path.name for path in target.parent.iterdir()))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signals that kill")
@pytest.mark.parametrize(
    ("kind", "name", "kills"), [("bytes", "o", 50), ("rows", "o.csv", 50), ("rows", "o.xlsx", 10)]
)
def test_a_killed_writer_leaves_the_old_file_or_the_new(
    tmp_path: Path, kind: str, name: str, kills: int
) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out" / name
    source.write_text("city\n" + "Busan\nDaegu\n" * 10)
    done = subprocess.run(
        [sys.executable, "-c", KILLER, kind, str(kills), target, source],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == (f"['{name}']\n", "")


def test_two_writers_do_not_mix(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    with whole_file(target) as first:
        first.write(b"first")
        with pytest.raises(DataError, match="another process"), whole_file(target):
            pass
    assert target.read_bytes() == b"first"


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("old")
    with pytest.raises(ZeroDivisionError), whole_file(tmp_path / "out.csv") as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert (tmp_path / "out.csv").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_link_still_points_to_the_output(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    with whole_file(tmp_path / "link.csv") as file:
        file.write(b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"


LIMITED = """
import resource, sys
from sisterdata.errors import DataError
from sisterdata.lists.normalize_file import normalize_file
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    normalize_file(sys.argv[1], sys.argv[2], country="KR")
except DataError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on the size of files")
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_a_full_disk_is_an_error_and_leaves_the_old_file(tmp_path: Path, suffix: str) -> None:
    noise = random.Random(1)
    notes = (f"Busan,{noise.randbytes(40).hex()}" for _ in range(4000))
    (tmp_path / "in.csv").write_text("\n".join(["city,note", *notes]))
    target = tmp_path / f"out.{suffix}"
    target.write_text("old")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path / "in.csv"), str(target)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"TMPDIR": str(tmp_path)},
    )
    assert "cannot be written: File too large" in done.stdout, done.stderr
    assert target.read_text() == "old"


# --- the shell -----------------------------------------------------------------------------------


def test_the_command_prints_the_counts(table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    done = CliRunner().invoke(app, ["normalize", str(table), "-o", str(out)])
    assert done.exit_code == 0
    assert "exact" in done.stdout
    assert "columns: place 'เมือง'" in done.stderr
    done = CliRunner().invoke(app, ["normalize", str(table), "-o", str(out), "--json"])
    assert json.loads(done.stdout)["statuses"] == {"exact": 3, "not_run": 1, "unmatched": 1}


@pytest.mark.parametrize(
    ("statuses", "code"), [("ambiguous", 0), ("unmatched, not_run", 1), ("open", 1)]
)
def test_fail_on(table: Path, tmp_path: Path, statuses: str, code: int) -> None:
    words = ["normalize", str(table), "-o", str(tmp_path / "out.csv"), "--fail-on", statuses]
    assert CliRunner().invoke(app, words).exit_code == code
    assert (tmp_path / "out.csv").exists()


def test_fail_on_takes_statuses_only(table: Path, tmp_path: Path) -> None:
    words = ["normalize", str(table), "-o", str(tmp_path / "out.csv"), "--fail-on", "wrong"]
    assert isinstance(CliRunner().invoke(app, words).exception, DataError)
    assert not (tmp_path / "out.csv").exists()


def test_the_outcome_as_json(table: Path, tmp_path: Path) -> None:
    outcome = normalize_file(table, tmp_path / "out.csv")
    assert isinstance(outcome, Outcome)
    assert outcome.columns == {"place": "เมือง", "country": "ประเทศ"}


SLOW = """
import sys, time
from sisterdata.cli import terminal_output
terminal_output.PATIENCE = float(sys.argv[1])
with terminal_output.progress_bar("matching") as advance:
    for done in range(4):
        advance(done, 4)
        time.sleep(0.1)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize(
    ("terminal", "patience", "shown"), [(True, 0.1, True), (True, 9, False), (False, 0.1, False)]
)
def test_a_progress_bar_is_shown_at_a_terminal(
    terminal: bool, patience: float, shown: bool
) -> None:
    import pty

    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", SLOW, str(patience)],
        stderr=theirs if terminal else subprocess.PIPE,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "80"},
        check=True,
    )
    os.close(theirs)
    try:
        said = os.read(ours, 1 << 16)
    except OSError:  # nothing was written there
        said = b""
    os.close(ours)
    assert (b"matching" in said + (done.stderr or b"")) == shown
