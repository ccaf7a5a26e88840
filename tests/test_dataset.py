"""From the three raw documents to validated tables."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from frictionless import validate as frictionless_validate

import sisterdata
from sisterdata import schemas
from sisterdata.dataset.shipped_tables import shipped_folder
from sisterdata.errors import SisterdataError

Tables = dict[str, pd.DataFrame]


def rows_of(tables: Tables, table: str, source_id: str) -> pd.DataFrame:
    df = tables[table]
    return df[df["source_id"] == source_id]


def test_golden_counts(tables: Tables) -> None:
    ministry = rows_of(tables, "attestations", "moi-pairs-2022")
    assert (len(ministry), ministry["place_id"].nunique()) == (65, 30)
    bangkok = rows_of(tables, "attestations", "bangkok-iad")
    assert (len(bangkok), bangkok["country_code"].nunique()) == (22, 15)
    assert len(rows_of(tables, "memberships", "bangkok-iad")) == 11
    assert len(tables["organizations"]) == 10
    assert len(rows_of(tables, "events", "ichongqing-2024")) >= 9


def test_every_home_and_every_country_resolves(tables: Tables) -> None:
    attestations = tables["attestations"]
    assert attestations["place_id"].notna().all()
    assert attestations["country_code"].notna().all()


def test_a_partner_resolves_or_says_why_not(tables: Tables) -> None:
    attestations, issues = tables["attestations"], tables["issues"]
    open_rows = attestations[attestations["partner_id"].isna()]
    errors = issues[(issues["severity"] == "error") & (issues["field"] == "verbatim_partner")]
    said = set(zip(errors["source_id"], errors["line"], strict=True))
    assert set(zip(open_rows["source_id"], open_rows["line"], strict=True)) == said
    assert set(open_rows["match_status"]) <= {"ambiguous", "unmatched"}
    assert (attestations["match_rule"].str.len() > 0).all()


def test_an_organization_keeps_the_name_of_its_first_source(raw_dir: Path, tmp_path: Path) -> None:
    raw = shutil.copytree(raw_dir, tmp_path / "raw")
    shutil.copytree(raw / "bangkok-iad", raw / "bangkok-later")
    (later,) = (raw / "bangkok-later").glob("*.txt")
    printed = later.read_text(encoding="utf-8")
    text = printed.replace("Global Design Cities Organization", "Global Design City Organisation")
    assert text != printed
    later.write_text(text, encoding="utf-8")
    described = raw / "bangkok-later" / "source.yml"
    before = hashlib.sha256(printed.encode()).hexdigest()
    after = hashlib.sha256(text.encode()).hexdigest()
    yml = described.read_text(encoding="utf-8").replace(before, after)
    described.write_text(yml.replace("bangkok-iad", "bangkok-later"), encoding="utf-8")
    tables = sisterdata.build(raw, tmp_path / "out")
    names = tables["organizations"].set_index("organization_id")["name"]
    assert names["gdco"] == "Global Design Cities Organization"
    assert len(names) == 10
    issues = rows_of(tables, "issues", "bangkok-later")
    (said,) = issues.loc[issues["message"].str.contains("earlier source"), "message"]
    assert "'Global Design Cities Organization'" in said
    members = tables["memberships"].query("organization_id == 'gdco'")
    assert set(members["source_id"]) == {"bangkok-iad", "bangkok-later"}


def test_a_pair_attested_by_two_sources_is_one_relation(tables: Tables) -> None:
    relations = tables["relations"].set_index("relation_id")
    pair = relations.loc["iso3166-2:CN-CQ~iso3166-2:TH-10"]
    assert (pair["place_id"], pair["country_code"]) == ("iso3166-2:TH-10", "CN")
    assert (pair["attestations"], pair["sources"]) == (2, "bangkok-iad ichongqing-2024")
    assert (pair["date"], pair["instrument"], pair["stage"]) == (
        "2011-09-26",
        "agreement",
        "signed",
    )


def test_a_row_printed_twice_is_one_relation_and_an_issue(tables: Tables) -> None:
    pairs = tables["relations"].set_index("relation_id")["attestations"]
    repeated = tables["issues"][tables["issues"]["code"] == "duplicate_pair"]
    ministry = rows_of(tables, "attestations", "moi-pairs-2022")
    assert len(repeated) == 1
    twice = ministry[ministry["line"] == repeated["line"].iloc[0]]["relation_id"].iloc[0]
    assert pairs[twice] == 2


def test_claims_are_compared_with_the_counts(tables: Tables) -> None:
    claims = tables["claims"]
    verdict = {
        (c.source_id, c.subject, c.claimed): c.verdict for c in claims.itertuples(index=False)
    }
    assert verdict["moi-pairs-2022", "pairs", 65] == "holds"
    assert verdict["moi-pairs-2022", "provinces", 30] == "holds"
    assert verdict["bangkok-iad", "cities", 22] == "holds"
    assert verdict["bangkok-iad", "cities", 21] == "differs"
    assert verdict["bangkok-iad", "countries", 15] == "holds"
    assert verdict["bangkok-iad", "organizations", 7] == "differs"
    assert verdict["bangkok-iad", "embassies", 74] == "not_countable"


def test_the_committed_tables_equal_a_build(built: Path) -> None:
    for path in sorted(built.iterdir()):
        assert path.read_bytes() == (shipped_folder() / path.name).read_bytes(), path.name


def test_the_data_package_is_valid(built: Path) -> None:
    report = frictionless_validate(str(built / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert report.stats["tasks"] >= len(schemas.TABLES)


def test_frictionless_finds_a_lost_key(built: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built, tmp_path / "tables")
    places = (folder / "places.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "places.csv").write_text("".join(places[:1] + places[2:]), encoding="utf-8")
    assert not frictionless_validate(str(folder / "datapackage.json")).valid


def test_a_changed_raw_file_stops_the_build(raw_dir: Path, tmp_path: Path) -> None:
    raw = shutil.copytree(raw_dir, tmp_path / "raw")
    file = next((raw / "bangkok-iad").glob("*.txt"))
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(SisterdataError, match=file.name):
        sisterdata.build(raw, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_building_into_the_sources_is_refused(raw_dir: Path) -> None:
    with pytest.raises(SisterdataError, match="sources"):
        sisterdata.build(raw_dir, raw_dir / "tables")


def test_a_source_with_another_date_or_layout_is_refused(raw_dir: Path, tmp_path: Path) -> None:
    for source, before, after, says in (
        ("moi-pairs-2022", '"2022-03-10"', '"2021-03-10"', "2021-03-10.*2022-03-10"),
        ("bangkok-iad", "layout: list", "layout: table", "as table"),
    ):
        raw = shutil.copytree(raw_dir, tmp_path / says)
        described = raw / source / "source.yml"
        text = described.read_text(encoding="utf-8")
        assert before in text
        described.write_text(text.replace(before, after), encoding="utf-8")
        with pytest.raises(SisterdataError, match=says):
            sisterdata.build(raw, tmp_path / "out")


def test_the_descriptor_names_keys_and_licences(built: Path) -> None:
    package = json.loads((built / "datapackage.json").read_text(encoding="utf-8"))
    relations = next(r for r in package["resources"] if r["name"] == "relations")
    assert relations["schema"]["primaryKey"] == ["relation_id"]
    assert {key["reference"]["resource"] for key in relations["schema"]["foreignKeys"]} == {
        "places"
    }
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
