"""`check` finds damage, broken rules and drift."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

import sisterdata
from sisterdata import schemas
from sisterdata.dataset.data_package import read_table, write_package
from sisterdata.dataset.shipped_tables import shipped_folder
from sisterdata.errors import SisterdataError


def test_check_finds_nothing_in_the_shipped_tables(raw_dir: Path) -> None:
    report = sisterdata.check(shipped_folder(), raw_dir)
    assert report.ok, report.findings
    assert report.rebuilt
    assert len(report.claims) == len(sisterdata.load("claims"))


def test_check_finds_a_changed_row_and_damage(built: Path, raw_dir: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built, tmp_path / "tables")
    changed = pd.read_parquet(folder / "relations.parquet")
    row = changed["relation_id"].iloc[0]
    changed.loc[0, "stage"] = "approved"
    changed.iloc[:-1].to_parquet(folder / "relations.parquet", index=False)
    found = {(f.table, f.row, f.code) for f in sisterdata.check(folder, raw_dir).findings}
    assert ("relations", "relations.parquet", "damaged") in found
    assert ("relations", row, "drift") in found
    assert ("relations", changed["relation_id"].iloc[-1], "drift") in found
    assert any(code == "foreign_key" for _, _, code in found)


def test_check_finds_an_error_that_the_committed_issues_do_not_have(
    built: Path, raw_dir: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(built, tmp_path / "tables")
    issues = pd.read_parquet(folder / "issues.parquet")
    grave = issues["severity"] == "error"
    issues[~grave].to_parquet(folder / "issues.parquet", index=False)
    codes = [f.code for f in sisterdata.check(folder, raw_dir).findings]
    assert codes.count("new_error") == grave.sum() > 0


def rewritten(built: Path, folder: Path, **changed: pd.DataFrame) -> Path:
    """A copy of a dataset in which whole tables were changed, with the hashes made to fit."""
    tables = {t: changed.get(t, read_table(built, t)) for t in schemas.TABLES}
    write_package(tables, folder)
    return folder


def test_check_finds_a_derived_table_that_differs(built: Path, tmp_path: Path) -> None:
    relations, claims = read_table(built, "relations"), read_table(built, "claims")
    relations.loc[0, ["attestations", "sources"]] = [50, "nobody"]
    claims.loc[0, ["counted", "claimed", "verdict"]] = [3, 3, "holds"]
    folder = rewritten(built, tmp_path / "edited", relations=relations, claims=claims)
    found = {(f.table, f.code) for f in sisterdata.check(folder).findings}
    assert {("relations", "drift"), ("claims", "drift")} <= found
    attestations = read_table(built, "attestations")
    folder = rewritten(built, tmp_path / "cut", attestations=attestations.iloc[:-3])
    assert not sisterdata.check(folder).ok


def test_check_finds_strange_files_and_a_changed_descriptor(built: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built, tmp_path / "tables")
    (folder / "extra.csv").write_text("a\n")
    assert [f.row for f in sisterdata.check(folder).findings] == ["extra.csv"]
    (folder / "extra.csv").unlink()
    path = folder / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace("CC-BY-4.0", "CC0-1.0", 1))
    assert [f.row for f in sisterdata.check(folder).findings] == ["datapackage.json"]
    path.write_text("[" * 100_000)
    with pytest.raises(SisterdataError, match=r"datapackage\.json"):
        sisterdata.check(folder)


def test_check_names_the_row_and_column_in_which_csv_differs(built: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built, tmp_path / "tables")
    file = folder / "relations.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[3] = lines[3].replace(",CN,", ",XX,", 1)
    file.write_text("".join(lines), encoding="utf-8")
    (said,) = [f.message for f in sisterdata.check(folder).findings if f.row == file.name]
    key = lines[3].partition(",")[0]
    assert said.endswith(f"row 3 ({key!r}): country_code is 'XX', there 'CN'")
    file.write_text("".join(lines[:2]), encoding="utf-8")
    (said,) = [f.message for f in sisterdata.check(folder).findings if f.row == file.name]
    assert "2 lines, fewer than" in said


def test_check_refuses_a_folder_that_is_not_a_dataset(tmp_path: Path) -> None:
    with pytest.raises(SisterdataError, match=r"datapackage\.json"):
        sisterdata.check(tmp_path)


def test_a_row_that_drifted_is_reported_once(built: Path, raw_dir: Path, tmp_path: Path) -> None:
    relations = read_table(built, "relations")
    relations.loc[0, "attestations"] = 50
    folder = rewritten(built, tmp_path / "edited", relations=relations)
    for raw in (None, raw_dir):
        (found,) = sisterdata.check(folder, raw).findings
        assert (found.row, found.code) == (relations.loc[0, "relation_id"], "drift")
