"""The shell command: output and exit codes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from shell import sisterdata

from sisterdata import __version__

TABLE = (
    "อยู่ระหว่างดำเนินการ (On process: OP) 1 คู่ 1 จังหวัด\n\n"
    "\tจังหวัด\tลำดับ\tคู่ความสัมพันธ์\tปีที่ริเริ่ม\tหมายเหตุ\n"
    "1\tกระบี่\t1\tมณฑลเจียงซู สาธารณรัฐประชาชนจีน\t2560\t\n"
)


def in_a_process(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The command as a shell starts it."""
    return subprocess.run(
        [sys.executable, "-m", "sisterdata", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.txt"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_the_version_is_printed() -> None:
    assert in_a_process("--version").stdout == f"sisterdata {__version__}\n"


def test_the_help_of_every_command_is_not_cut() -> None:
    listed = sisterdata("--help").stdout.partition("Commands:")[2]
    assert "serve" in listed
    assert "..." not in listed


def test_build_then_check(raw_dir: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = in_a_process("build", raw_dir, "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert "relations" in done.stdout
    done = sisterdata("check", out, "--raw", raw_dir, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["ok"] is True
    assert json.loads(done.stdout)["rebuilt"] is True


@pytest.mark.parametrize(
    "words",
    [
        ("build", "{raw}", "-o", "{loop}"),
        ("build", "{loop}", "-o", "{out}"),
        ("normalize", "{loop}", "-o", "{out}.csv"),
        ("normalize", "{table}", "-o", "{loop}"),
        ("check", "{loop}"),
        ("export", "-o", "{loop}"),
    ],
)
def test_links_in_a_circle_are_refused(
    words: tuple[str, ...], raw_dir: Path, table: Path, tmp_path: Path
) -> None:
    loop = tmp_path / "loop.csv"
    loop.symlink_to("loop.csv")
    named = {"raw": raw_dir, "loop": loop, "table": table, "out": tmp_path / "out"}
    done = sisterdata(*(word.format(**named) for word in words))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith("sisterdata: ")
    assert "Traceback" not in done.stderr


def test_check_exits_with_1_on_findings_and_2_on_unusable_input(
    built: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(built, tmp_path / "tables")
    (folder / "events.csv").write_text("changed")
    done = sisterdata("check", folder)
    assert done.returncode == 1
    assert "events.csv: damaged" in done.stdout
    done = in_a_process("check", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("sisterdata: ")
    assert "Traceback" not in done.stderr


def test_a_claim_that_differs_does_not_read_as_a_finding(built: Path) -> None:
    done = sisterdata("check", built)
    assert done.returncode == 0
    assert " differs" in done.stdout
    assert "of a source that its own list does not bear out" in done.stdout
    assert "no findings in the tables" in done.stdout


def test_parse_prints_rows_and_accounts_for_lines(table: Path) -> None:
    done = sisterdata("parse", table)
    assert done.returncode == 0
    assert "มณฑลเจียงซู สาธารณรัฐประชาชนจีน" in done.stdout
    document = json.loads(sisterdata("parse", table, "--json").stdout)
    assert document["layout"] == "table"
    assert document["rows"][0]["verbatim_note"] is None
    assert [line["line"] for line in document["lines"]] == [1, 3, 4]


def test_parse_reads_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in TABLE.splitlines():
        book.active.append([cell or None for cell in line.split("\t")])
    book.save(tmp_path / "pairs.xlsx")
    done = sisterdata("parse", tmp_path / "pairs.xlsx")
    assert (done.returncode, done.stderr) == (0, "")
    assert "มณฑลเจียงซู สาธารณรัฐประชาชนจีน" in done.stdout


def test_parse_reads_csv_as_normalize_does(tmp_path: Path) -> None:
    path = tmp_path / "twins.csv"
    path.write_text('จังหวัด,เมืองคู่มิตร,ประเทศ,งบประมาณ\nตาก,"เมืองปูซาน",เกาหลีใต้,"1,5"\n', "utf-8")
    done = sisterdata("parse", path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "เมืองปูซาน เกาหลีใต้" in done.stdout
    assert "unknown_column: 'งบประมาณ'" in done.stdout


def test_parse_reads_a_table_and_says_that_it_has_no_home(tmp_path: Path) -> None:
    path = tmp_path / "cities.csv"
    path.write_text("city,country\nBusan,KR\n", "utf-8")
    done = sisterdata("parse", path)
    assert done.returncode == 0
    assert "Busan, KR" in done.stdout
    assert "cities.csv:2: missing_cell: no place is printed here" in done.stdout


def test_columns_separated_by_spaces_need_tabs(tmp_path: Path) -> None:
    path = tmp_path / "pasted.txt"
    path.write_text(TABLE.replace("\t", " "), "utf-8")
    done = sisterdata("parse", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "pasted.txt:3: " in done.stderr
    assert "tab or |" in done.stderr
    path.write_text("The city has no status.\n", "utf-8")
    assert "single blanks" not in sisterdata("parse", path).stderr


def test_parse_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(TABLE.encode() + b"\x80\xff\xfe\n")
    done = sisterdata("parse", path)
    assert done.returncode == 2
    assert "odd.txt:5" in done.stderr
    assert sisterdata("parse", tmp_path / "missing.txt").returncode == 2


def test_match_says_why() -> None:
    done = sisterdata("match", "เมืองปูซาน สาธารณรัฐเกาหลี")
    assert done.returncode == 0
    assert "iso3166-2:KR-26" in done.stdout
    assert "why: " in done.stdout
    found = json.loads(sisterdata("match", "เมืองปูซาน", "--country", "KR", "--json").stdout)
    assert found["id"] == "iso3166-2:KR-26"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--country", "Korea"], "'Korea' is ambiguous; use KR or KP"),
        (["--country", "XX"], "cannot read the country 'XX'"),
        (["--country", "JP", "--admin1", "JP-99"], "there is no first-level unit 'JP-99'"),
        (["--country", "JP", "--date", "soon"], "'soon' is not a date"),
    ],
)
def test_the_options_of_match_are_checked(words: list[str], said: str) -> None:
    done = sisterdata("match", "Kyoto", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_country_may_be_given_by_its_name() -> None:
    done = sisterdata("match", "เมืองปูซาน", "--country", "เกาหลีใต้", "--date", "2567")
    assert done.stdout.startswith("iso3166-2:KR-26  exact")
    assert "--country" in sisterdata("match", "Qwxyz").stdout


def test_match_exits_with_1_without_a_certain_match() -> None:
    done = sisterdata("match", "กรุงเทพมหานคร ราชอาณาจักรกัมพูชา")
    assert done.returncode == 1
    assert "country_conflict" in done.stdout


def test_match_takes_a_country() -> None:
    done = sisterdata("match", "--as-country", "สปป.ลาว", "--json")
    assert json.loads(done.stdout)["id"] == "LA"


def test_match_answers_with_the_unit_that_took_over() -> None:
    former = json.loads(sisterdata("match", "Tỉnh Hải Dương, Vietnam", "--json").stdout)
    assert former["id"] == "iso3166-2:VN-61"
    words = ("match", "Tỉnh Hải Dương, Vietnam", "--successor", "--json")
    assert json.loads(sisterdata(*words).stdout)["id"] == "iso3166-2:VN-HP"
