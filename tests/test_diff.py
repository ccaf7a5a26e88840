"""Compare two lists: pairs that appeared, vanished, advanced or were respelt."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from cases import read_cases
from typer.testing import CliRunner

from sisterdata.cli.main import app
from sisterdata.dataset.data_package import write_package
from sisterdata.dataset.diff import COLUMNS, KINDS, diff, markdown
from sisterdata.errors import DataError
from sisterdata.lists.normalize_file import normalize_file

CASES = read_cases("files_diff.csv")


def write(path: Path, rows: list[str]) -> Path:
    """A Ministry table of one province; rows are partner, year and remark, separated by |."""
    year = {"old": 2565, "new": 2569}[path.stem]
    lines = [
        "รายชื่อคู่ความสัมพันธ์",
        f"สถานะ ณ วันที่ 10 มีนาคม {year}",
        f"รายการ {len(rows)} คู่ 1 จังหวัด",
        "\tจังหวัด\tลำดับ\tคู่ความสัมพันธ์\tปีที่ริเริ่ม\tหมายเหตุ",
    ]
    for n, row in enumerate(rows, start=1):
        home = "1\tตาก" if n == 1 else "\t"
        lines.append("\t".join([home, str(n), *row.split("|")]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_changes_are_found(case: dict[str, str], tmp_path: Path) -> None:
    kept = ["แขวงบ่อแก้ว สปป.ลาว|2560|"]
    sides = [
        write(tmp_path / f"{side}.txt", kept + [row for row in case[side].split(" + ") if row])
        for side in ("old", "new")
    ]
    changes = diff(*sides)
    told = [
        f"{row.kind}: {row.before} > {row.after}"
        for row in changes.astype(object).where(changes.notna(), "-").itertuples()
    ]
    assert told == [change for change in case["changes"].split(" + ") if change]
    # Read backwards, what appeared vanishes and what advanced recedes.
    back = {"appeared": "vanished", "advanced": "receded"}
    back |= {value: key for key, value in back.items()}
    expected = sorted(back.get(kind, kind) for kind in changes["kind"] if kind != "succeeded")
    reverse = diff(*reversed(sides))
    if not changes["kind"].eq("succeeded").any():
        assert sorted(reverse["kind"]) == expected


def test_the_frame(tmp_path: Path) -> None:
    old = write(tmp_path / "old.txt", ["เมืองปูซาน สาธารณรัฐเกาหลี|2560|ลงนาม LOI แล้ว"])
    new = write(tmp_path / "new.txt", ["เมืองปูซาน ประเทศเกาหลีใต้|2560|ลงนาม MOU แล้ว"])
    changes = diff(old, new)
    assert tuple(changes.columns) == COLUMNS
    assert list(changes["kind"]) == ["advanced", "respelt"]
    row = changes.iloc[0]
    assert (row["place"], row["partner"], row["country_code"]) == ("Tak", "Busan", "KR")
    assert row["relation_id"] == "iso3166-2:KR-26~iso3166-2:TH-63"
    assert row["verbatim_partner"] == "เมืองปูซาน ประเทศเกาหลีใต้"
    assert diff(old, old).empty


def test_datasets_documents_and_rows_can_be_compared(
    raw_dir: Path, built: Path, tables: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    assert diff(built, built).empty
    without = tables["attestations"]
    without = without[without["source_id"] == "moi-pairs-2022"]
    write_package(tables | {"attestations": without}, tmp_path / "tables")
    assert set(diff(tmp_path / "tables", built)["kind"]) == {"appeared"}
    lost = diff(built, tmp_path / "tables")
    assert set(lost["kind"]) == {"vanished"}
    assert len(lost) > 15  # the pairs of Bangkok
    document = next(path for path in (raw_dir / "moi-pairs-2022").glob("*.txt"))
    normalize_file(document, tmp_path / "rows.parquet")
    assert diff(tmp_path / "rows.parquet", document).empty


def test_other_files_than_lists_of_pairs_are_refused(tmp_path: Path) -> None:
    (tmp_path / "cities.csv").write_text("city\nBusan\n")
    with pytest.raises(DataError, match="not a list of pairs"):
        diff(tmp_path / "cities.csv", tmp_path / "cities.csv")
    with pytest.raises(DataError, match="no datapackage"):
        diff(tmp_path, tmp_path)


def test_text_in_markdown_is_escaped() -> None:
    row = dict.fromkeys(COLUMNS, "x") | {
        "kind": "appeared",
        "partner": "<script>|`a` [b](http://c) @everybody\nnext",
        "before": None,
    }
    text = markdown(pd.DataFrame([row], dtype="string"), "old_list.txt", "new|list.txt")
    assert text.splitlines()[0] == r"### old\_list.txt → new\|list.txt"
    assert "**1 appeared**" in text
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert len(table) == 3
    assert r"\<script\>\|\`a\` \[b\](http://c) \@everybody next" in table[2]


def test_the_command(tmp_path: Path) -> None:
    old = write(tmp_path / "old.txt", ["เมืองปูซาน สาธารณรัฐเกาหลี|2560|ลงนาม LOI แล้ว"])
    new = write(tmp_path / "new.txt", ["เมืองปูซาน สาธารณรัฐเกาหลี|2560|ลงนาม MOU แล้ว"])
    run = CliRunner().invoke
    done = run(app, ["diff", str(old), str(new)])
    assert done.exit_code == 0
    assert "1 advanced" in done.stdout
    assert (
        json.loads(run(app, ["diff", str(old), str(new), "--json"]).stdout)[0]["kind"] == "advanced"
    )
    assert (
        "| advanced | Tak | Busan |" in run(app, ["diff", str(old), str(new), "--markdown"]).stdout
    )
    assert run(app, ["diff", str(old), str(new), "--fail-on", "vanished,advanced"]).exit_code == 1
    assert run(app, ["diff", str(old), str(new), "--fail-on", "vanished"]).exit_code == 0
    assert isinstance(run(app, ["diff", str(old), str(new), "--fail-on", "x"]).exception, DataError)
    assert "no pair has changed" in run(app, ["diff", str(old), str(old)]).stdout


def test_every_kind_has_a_case() -> None:
    told = " ".join(case["changes"] for case in CASES)
    assert [kind for kind in KINDS if f"{kind}:" not in told] == []


def test_a_pair_matched_in_one_list_only_is_the_same_pair(tmp_path: Path) -> None:
    old = write(tmp_path / "old.txt", ["แขวงบ่อแก้ว สปป.ลาว|2560|", "เมืองฮกฮะโหโฮก ญี่ปุ่น|2560|"])
    decided, review = tmp_path / "decided.csv", tmp_path / "review.csv"
    review.write_text("decision,verbatim\niso3166-2:JP-40,เมืองฮกฮะโหโฮก ญี่ปุ่น\n", encoding="utf-8")
    normalize_file(old, decided, decisions=review)
    assert "iso3166-2:JP-40~iso3166-2:TH-63" in decided.read_text(encoding="utf-8")
    assert diff(old, decided).empty
    assert diff(decided, old).empty
