"""Standard input and output, and files whose suffix does not name their format."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from shell import sisterdata

from sisterdata import normalize_file


def test_a_table_goes_through_a_pipe_and_only_rows_come_out() -> None:
    typed = "เมือง,ประเทศ\nปูซาน,เกาหลีใต้\nZzzq,ญี่ปุ่น\n".encode()
    words = ("normalize", "-", "-o", "-", "--fail-on", "open")
    done = subprocess.run(
        [sys.executable, "-m", "sisterdata", *words], input=typed, capture_output=True, check=False
    )
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
    assert [row["match_place_id"] for row in rows] == ["iso3166-2:KR-26", ""]
    assert done.returncode == 1
    assert "failed: 1 open" in done.stderr.decode()


def test_a_list_of_partners_goes_through_a_pipe_with_its_home() -> None:
    typed = "1. นครเซี่ยงไฮ้ สาธารณรัฐประชาชนจีน\n2. โอซากา ญี่ปุ่น\n".encode()
    done = sisterdata("normalize", "-", "-o", "-", "--home", "กรุงเทพมหานคร", typed=typed)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0
    assert {row["place_id"] for row in rows} == {"iso3166-2:TH-10"}
    assert rows[0]["partner_id"] == "iso3166-2:CN-SH"


def test_an_error_names_the_stream_and_nothing_comes_out() -> None:
    done = sisterdata("normalize", "-", "-o", "-", typed=b"colour,price\nred,1\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith("sisterdata: standard input")


@pytest.mark.parametrize(("format_", "code"), [("csv", 0), ("csvv", 2)])
def test_from_names_the_format(format_: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "list.dat").write_text("city,country\nBusan,KR\n")
    out = tmp_path / "out.csv"
    words = ("normalize", str(tmp_path / "list.dat"), "-o", str(out), "--from", format_)
    done = sisterdata(*words)
    assert done.returncode == code, done.stderr
    assert out.exists() == (code == 0)


@pytest.mark.parametrize("format_", ["csv", "tsv", "xlsx", "parquet", "jsonl"])
def test_a_table_with_another_suffix_is_read_in_the_format_given(
    format_: str, tmp_path: Path
) -> None:
    (tmp_path / "list.csv").write_text("city,country\nBusan,KR\n")
    normalize_file(tmp_path / "list.csv", tmp_path / f"first.{format_}")
    (tmp_path / f"first.{format_}").rename(tmp_path / "first.dat")
    normalize_file(
        tmp_path / "first.dat",
        tmp_path / "out.csv",
        format="excel" if format_ == "xlsx" else format_,
        place_column="city",
        country_column="country",
        prefix="again_",
    )
    assert "iso3166-2:KR-26,Busan" in (tmp_path / "out.csv").read_text()


def test_a_document_is_read_from_the_sheet_given(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    rows = [
        ["จังหวัด", "เมืองคู่มิตร", "ปี"],
        ["เชียงใหม่", "ฉงชิ่ง ประเทศจีน", 2551],
        ["", "ชิงเต่า ประเทศจีน", 2552],
    ]
    for row in rows:
        book.active.append(row)
    book.create_sheet("other").append(["another table"])
    book.save(tmp_path / "in.xlsx")
    outcome = normalize_file(tmp_path / "in.xlsx", tmp_path / "out.csv", sheet=book.active.title)
    assert (outcome.layout, outcome.statuses) == ("table", {"exact": 2})
