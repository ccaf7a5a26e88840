"""From the three raw documents to validated tables."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from frictionless import validate as frictionless_validate

import sisterdata
from sisterdata import schemas
from sisterdata.dataset import shipped_folder
from sisterdata.errors import CuratedError, SisterdataError
from sisterdata.normalizer.corrections import correct, corrections, read_corrections
from sisterdata.normalizer.match import Match
from sisterdata.package import read_table, write_package

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


def test_the_committed_tables_are_what_a_build_gives(built: Path) -> None:
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


def test_check_is_quiet_about_what_is_shipped(raw_dir: Path) -> None:
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


def test_check_makes_again_what_follows_from_other_tables(built: Path, tmp_path: Path) -> None:
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


def test_check_names_a_folder_that_is_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(SisterdataError, match=r"datapackage\.json"):
        sisterdata.check(tmp_path)


def test_a_changed_raw_file_stops_the_build(raw_dir: Path, tmp_path: Path) -> None:
    raw = shutil.copytree(raw_dir, tmp_path / "raw")
    file = next((raw / "bangkok-iad").glob("*.txt"))
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(SisterdataError, match=file.name):
        sisterdata.build(raw, tmp_path / "out")
    assert not (tmp_path / "out").exists()


HEADERS = "\tจังหวัด\tลำดับ\tคู่ความสัมพันธ์\tปีที่ริเริ่ม\tหมายเหตุ\n"


def normalized(tmp_path: Path, *rows: str) -> sisterdata.Normalized:
    path = tmp_path / "pairs.txt"
    path.write_text(
        "สถานะ ณ วันที่ 10 มีนาคม 2565\n" + HEADERS + "\n".join(rows) + "\n", encoding="utf-8"
    )
    return sisterdata.normalize(sisterdata.parse(path))


def test_a_year_later_than_the_source_is_left_out_and_said(tmp_path: Path) -> None:
    found = normalized(tmp_path, "1\tตาก\t1\tมณฑลยูนนาน สาธารณรัฐประชาชนจีน\t2567\t")
    assert found.attestations["year"].isna().all()
    assert "year_implausible" in set(found.issues["code"])


def test_several_years_are_said(tmp_path: Path) -> None:
    found = normalized(tmp_path, "1\tตาก\t1\tมณฑลยูนนาน สาธารณรัฐประชาชนจีน\t2556-2560\t")
    assert list(found.attestations["year"]) == [2013]
    assert "year_range" in set(found.issues["code"])


def test_a_place_paired_with_itself_is_no_relation(tmp_path: Path) -> None:
    found = normalized(tmp_path, "1\tตาก\t1\tจังหวัดตาก ประเทศไทย\t2560\t")
    assert (len(found.attestations), len(found.relations)) == (1, 0)
    assert "same_place" in set(found.issues["code"])


def test_every_null_has_an_issue(tmp_path: Path) -> None:
    found = normalized(
        tmp_path, "1\tตาก\t1\tซซซซ\t2560\t", "2\tฟฟฟฟ\t1\tกรุงเทพมหานคร ราชอาณาจักรกัมพูชา\t2560\t"
    )
    errors = found.issues[found.issues["severity"] == "error"]
    assert found.attestations["partner_id"].isna().all()
    assert set(errors.loc[errors["field"] == "verbatim_partner", "line"]) == {3, 4}


def test_the_tables_are_not_built_into_the_sources(raw_dir: Path) -> None:
    with pytest.raises(SisterdataError, match="sources"):
        sisterdata.build(raw_dir, raw_dir / "tables")


def test_a_source_with_another_date_or_layout_is_refused(raw_dir: Path, tmp_path: Path) -> None:
    for before, after, says in (
        ('"2022-03-10"', '"2021-03-10"', "2021-03-10.*2022-03-10"),
        ("layout: thai_table", "layout: article", "as article"),
    ):
        raw = shutil.copytree(raw_dir, tmp_path / says)
        described = raw / "moi-pairs-2022" / "source.yml"
        text = described.read_text(encoding="utf-8")
        assert before in text
        described.write_text(text.replace(before, after), encoding="utf-8")
        with pytest.raises(SisterdataError, match=says):
            sisterdata.build(raw, tmp_path / "out")


def test_every_correction_is_of_a_source_we_have(raw_dir: Path) -> None:
    assert {c.source_id for c in corrections()} <= {folder.name for folder in raw_dir.iterdir()}


HEADER = "source_id,line,field,verbatim,decision,reason,evidence\n"
FIRST = 's,1,verbatim_partner,เมือง,"iso3166-2:CN-BJ",why,page\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("source,line\n", r"c\.csv:1: the columns are"),
        (HEADER + "s,1,verbatim_partner,x,iso3166-2:CN-BJ,,page\n", r"c\.csv:2: reason is empty"),
        (HEADER + "s,x,verbatim_partner,x,iso3166-2:CN-BJ,why,page\n", r"c\.csv:2: line 'x'"),
        (HEADER + "s,1,year,x,iso3166-2:CN-BJ,why,page\n", r"field 'year'"),
        (HEADER + "s,1,verbatim_partner,x,geonames:1,why,page\n", r"no place 'geonames:1'"),
        (HEADER + FIRST + FIRST, r"c\.csv:3: out of order"),
        (HEADER + FIRST.strip() + ",more\n", r"c\.csv:2: more cells"),
        (HEADER + "s,0,verbatim_partner,x,iso3166-2:CN-BJ,why,page\n", r"c\.csv:2: line '0'"),
        (HEADER + "s,1,verbatim_partner,x,iso3166-2:CN-BJ|iso3166-2:CN-BJ,w,p\n", "stands twice"),
    ],
)
def test_a_malformed_correction_is_named(text: str, says: str) -> None:
    with pytest.raises(CuratedError, match=says):
        read_corrections(text, "c.csv")


def test_a_correction_expires() -> None:
    (correction,) = read_corrections(HEADER + FIRST, "c.csv")
    with pytest.raises(CuratedError, match="expects 'เมือง', but the source has 'นคร'"):
        correct(Match("นคร", None, "unmatched", None, ""), correction)
    with pytest.raises(CuratedError, match="without this correction"):
        correct(Match("เมือง", "iso3166-2:CN-BJ", "inferred", 0.9, ""), correction)
    corrected = correct(Match("เมือง", None, "unmatched", None, ""), correction)
    assert (corrected.id, corrected.status) == ("iso3166-2:CN-BJ", "corrected")
    assert "page" in corrected.rule


def test_the_descriptor_names_keys_and_licences(built: Path) -> None:
    package = json.loads((built / "datapackage.json").read_text(encoding="utf-8"))
    relations = next(r for r in package["resources"] if r["name"] == "relations")
    assert relations["schema"]["primaryKey"] == ["relation_id"]
    assert {key["reference"]["resource"] for key in relations["schema"]["foreignKeys"]} == {
        "places"
    }
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
