"""The shell as a person meets it: examples, languages, quiet, and the commands on ids and files."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import sisterdata
from sisterdata.cli import main
from sisterdata.cli.main import app


@pytest.fixture(autouse=True)
def _no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SISTERDATA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_without_arguments_three_examples_are_printed() -> None:
    done = run()
    assert done.exit_code == 0
    examples = [line for line in done.stdout.splitlines() if line.startswith("  sisterdata ")]
    assert len(examples) == 3


def test_messages_are_in_thai_if_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    english = run("match", "Bussan", "--country", "KR").stdout
    assert "why: Bussan is spelled much like busan" in english
    thai = run("--lang", "th", "match", "Bussan", "--country", "KR").stdout
    assert "เหตุผล: Bussan สะกดใกล้เคียงกับ busan" in thai
    assert "ข้อสังเกต: misspelling: อ่าน Bussan เป็น Busan" in thai
    monkeypatch.setenv("SISTERDATA_LANG", "th")
    assert run("match", "Bussan", "--country", "KR").stdout == thai
    assert run("--lang", "en", "match", "Bussan", "--country", "KR").stdout == english


def test_json_is_the_same_in_every_language() -> None:
    words = ("match", "Bussan", "--country", "KR", "--json")
    assert run(*words).stdout == run("--lang", "th", *words).stdout


def test_errors_are_in_thai_if_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["sisterdata", "--lang", "th", "report", "-o", "page.pdf"]
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit) as stopped:
        main.main()
    assert stopped.value.code == 2
    assert "โปรดตั้งชื่อไฟล์เป็น .html" in capsys.readouterr().err


def test_quiet_prints_results_and_errors_only(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("city,country\nBusan,KR\n")
    words = ("convert", str(tmp_path / "in.csv"), str(tmp_path / "out.csv"))
    assert run(*words).stdout == f"written to {tmp_path / 'out.csv'}\n"
    assert run("--quiet", *words).stdout == ""
    assert "iso3166-2:KR-26" in run("-q", "match", "Busan", "--country", "KR").stdout


@pytest.mark.parametrize(
    ("asked", "field", "value"),
    [
        ("iso3166-2:TH-50", "name", "Chiang Mai"),
        ("geonames:1857910", "name", "Kyoto"),
        ("KR", "alpha_3", "KOR"),
        ("เกาหลีใต้", "alpha_3", "KOR"),
    ],
)
def test_info_prints_what_is_known(asked: str, field: str, value: str) -> None:
    assert json.loads(run("info", asked, "--json").stdout)[field] == value
    assert value in run("info", asked).stdout
    assert isinstance(run("info", "geonames:1").exception, sisterdata.SisterdataError)


def test_search_finds_the_largest_first() -> None:
    found = json.loads(run("search", "เชียง", "--limit", "3", "--json").stdout)
    assert found[0]["id"] == "iso3166-2:TH-50"
    assert [place["population"] for place in found] == sorted(
        (place["population"] for place in found), reverse=True
    )
    of_japan = json.loads(run("search", "ky", "--country", "Japan", "--json").stdout)
    assert {place["country_code"] for place in of_japan} == {"JP"}
    assert run("search", "zzyzxqq").exit_code == 1


def test_convert_keeps_cells_and_reads_documents(tmp_path: Path, raw_dir: Path) -> None:
    (tmp_path / "in.csv").write_text("รหัส,ชื่อ\n007,=1+1\n,NA\n", encoding="utf-8")
    assert run("convert", str(tmp_path / "in.csv"), str(tmp_path / "out.xlsx")).exit_code == 0
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    assert [[c.value for c in row] for row in sheet.iter_rows()][1] == ["007", "=1+1"]
    assert sheet["B2"].data_type == "s"
    (document,) = (raw_dir / "moi-pairs-2022").glob("*.txt")
    assert run("convert", str(document), str(tmp_path / "rows.parquet")).exit_code == 0
    assert len(pd.read_parquet(tmp_path / "rows.parquet")) == 65
    same = run("convert", str(tmp_path / "in.csv"), str(tmp_path / "in.csv"))
    assert isinstance(same.exception, sisterdata.SisterdataError)
