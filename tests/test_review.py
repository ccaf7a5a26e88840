"""Review files: doubtful names, decisions, and moving them to the curated names."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from cases import cases
from typer.testing import CliRunner

from sisterdata import human_decisions, match_place
from sisterdata.cli.main import app
from sisterdata.errors import CuratedError, DataError
from sisterdata.human_decisions import AskedName, Decision, apply_decision, needs_review
from sisterdata.lists.curate import curate
from sisterdata.lists.normalize_file import normalize_file
from sisterdata.lists.review_file import COLUMNS, read_decisions, write_review
from sisterdata.match_result import Candidate, Doubt, Match

NOBODY = "Zzyzxq Qwv"  # no place is likely enough
ROWS = f"""\
city,country
Busan,KR
{NOBODY},Japan
{NOBODY},ญี่ปุ่น
=Qwvx+Zzq,Japan
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture
def review(table: Path, tmp_path: Path) -> Path:
    normalize_file(table, tmp_path / "out.csv", review=tmp_path / "review.csv")
    return tmp_path / "review.csv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def fill(path: Path, asked: str, **cells: str) -> None:
    """What a person does in a spreadsheet."""
    found = rows(path)
    (row,) = [row for row in found if row["verbatim"] == asked]
    row.update(cells)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys([*found[0], *cells])))
        writer.writeheader()
        writer.writerows(found)


# --- what is reviewed ---------------------------------------------------------------------------


def test_each_doubtful_name_is_listed_once(review: Path) -> None:
    found = rows(review)
    assert tuple(found[0]) == COLUMNS
    asked = [(row["verbatim"], row["country_code"], row["rows"]) for row in found]
    assert asked == [(NOBODY, "JP", "2"), ("'=Qwvx+Zzq", "JP", "1")]
    assert {row["decision"] for row in found} == {""}
    assert all(row["status"] == "unmatched" and row["why"] for row in found)
    assert review.read_bytes().startswith(b"\xef\xbb\xbf")  # Excel takes it for UTF-8


def test_candidates_are_ranked_and_have_positions(tmp_path: Path) -> None:
    match = Match(
        "เกียวโต",
        None,
        "ambiguous",
        None,
        "as near to each",
        (
            Candidate("iso3166-2:JP-26", "Kyōto", 0.9, "admin1 in Japan"),
            Candidate("geonames:1857910", "Kyoto", 0.8, "city in Kyōto, Japan"),
        ),
        (Doubt("ambiguous_name", "prefecture or city"),),
    )
    write_review(tmp_path / "review.csv", {AskedName("เกียวโต", "JP"): (match, 3)})
    (row,) = rows(tmp_path / "review.csv")
    assert row["candidate_1"].startswith("iso3166-2:JP-26 Kyōto, admin1 in Japan, 35.")
    assert row["candidate_2"].startswith("geonames:1857910 Kyoto, city in Kyōto, Japan, 35.")
    assert row["candidate_2"].endswith(", 0.80")
    assert row["why"] == "as near to each; prefecture or city"
    assert row["name"] == "เกียวโต"


@pytest.mark.parametrize(
    ("match", "expected"),
    [
        (Match("Busan", "iso3166-2:KR-26", "exact", 1.0, ""), False),
        (Match("Busan", "iso3166-2:KR-26", "alias", 1.0, ""), False),
        (Match("Busan", "iso3166-2:KR-26", "corrected", 1.0, ""), False),
        (Match("Bussan", "iso3166-2:KR-26", "inferred", 0.9, ""), True),
        (Match("x", None, "ambiguous", None, ""), True),
        (Match("x", None, "unmatched", None, ""), True),
        (Match("x", None, "not_run", None, ""), True),
        (Match("2560", None, "not_run", None, ""), False),
        (Match("", None, "not_run", None, ""), False),
        (
            Match("x", "geonames:1", "exact", 1.0, "", (), (Doubt("admin1_conflict", ""),)),
            True,
        ),
        (
            Match("x", "geonames:1", "exact", 1.0, "", (), (Doubt("level_ambiguous", ""),)),
            False,
        ),
    ],
)
def test_which_matches_need_review(match: Match, expected: bool) -> None:
    assert needs_review(match) is expected


def test_a_review_of_unknown_format_is_refused_first(table: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"'\.txt' is not the suffix of a table"):
        normalize_file(table, tmp_path / "out.csv", review=tmp_path / "review.txt")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("case", cases("unread_countries.csv"))
def test_an_unreadable_country_is_open_and_has_candidates(
    case: dict[str, str], tmp_path: Path
) -> None:
    source, out, review = (tmp_path / name for name in ("list.csv", "out.csv", "review.csv"))
    source.write_text(f"place,country\n{case['place']},{case['country']}\n", encoding="utf-8")
    words = ["normalize", str(source), "-o", str(out), "--review", str(review)]
    done = CliRunner().invoke(app, [*words, "--fail-on", "open"])
    assert (done.exit_code, "failed: 1 open" in done.stdout) == (1, True), done.stdout
    (row,) = rows(review)
    assert (row["status"], row["doubts"]) == ("unmatched", "country_unread")
    assert f"({case['suggested']})" in row["why"] or not case["suggested"]
    assert row["candidate_1"].partition(" ")[0] == case["candidate"]


# --- decisions ----------------------------------------------------------------------------------


def test_a_decision_is_applied_next_time(table: Path, review: Path, tmp_path: Path) -> None:
    fill(
        review, NOBODY, decision="geonames:1857910 Kyoto, a candidate's whole cell, 0.80", who="me"
    )
    fill(review, "'=Qwvx+Zzq", decision="iso3166-2:JP-26")
    outcome = normalize_file(
        table, tmp_path / "out.csv", decisions=review, review=tmp_path / "left.csv"
    )
    found = rows(tmp_path / "out.csv")
    kyoto = "geonames:1857910"
    assert [row["match_place_id"] for row in found][1:] == [kyoto, kyoto, "iso3166-2:JP-26"]
    assert {row["match_status"] for row in found[1:]} == {"corrected"}
    assert f"{review}:2" in found[1]["match_rule"]
    assert (outcome.to_review, outcome.findings) == (0, ())
    # Decisions stay in the review, with the columns that a person added.
    assert [row["decision"][:5] for row in rows(tmp_path / "left.csv")] == ["geona", "iso31"]
    assert rows(tmp_path / "left.csv")[0]["who"] == "me"


def test_a_review_is_replaced_only_with_its_decisions(
    table: Path, review: Path, tmp_path: Path
) -> None:
    fill(review, NOBODY, decision="iso3166-2:JP-26")
    before = review.read_bytes()
    with pytest.raises(CuratedError, match="would be overwritten"):
        normalize_file(table, tmp_path / "out.csv", review=review)
    assert review.read_bytes() == before
    for _ in range(2):
        normalize_file(table, tmp_path / "out.csv", review=review, decisions=review)
        assert [row["decision"] for row in rows(review)] == ["", "iso3166-2:JP-26"]


def test_a_name_can_stay_open_or_not_be_a_place(table: Path, review: Path, tmp_path: Path) -> None:
    fill(review, NOBODY, decision="geonames:1857910 | iso3166-2:JP-26")
    fill(review, "'=Qwvx+Zzq", decision="none", reason="a formula", evidence="the list itself")
    again = tmp_path / "again.csv"
    outcome = normalize_file(table, tmp_path / "out.csv", decisions=review, review=again)
    assert (outcome.to_review, outcome.findings) == (0, ())
    assert len(rows(again)) == 2
    found = rows(tmp_path / "out.csv")
    assert [row["match_place_id"] for row in found][1:] == ["", "", ""]
    assert [row["match_status"] for row in found][1:] == ["ambiguous", "ambiguous", "unmatched"]
    assert "a formula (the list itself)" in found[3]["match_rule"]


def test_a_confirmed_guess_is_not_doubtful(tmp_path: Path) -> None:
    table, out, review = (tmp_path / name for name in ("list.csv", "out.csv", "review.csv"))
    table.write_text("city,country\nBussan,KR\n")
    normalize_file(table, out, review=review)
    (asked,) = rows(review)
    assert asked["status"] == "inferred"
    fill(review, "Bussan", decision=asked["candidate_1"], reason="the port", evidence="a map")
    outcome = normalize_file(table, out, decisions=review, review=review)
    assert (outcome.to_review, outcome.findings) == (0, ())
    (found,) = rows(out)
    assert (found["match_place_id"], found["match_status"]) == ("iso3166-2:KR-26", "corrected")
    assert found["match_rule"].startswith(
        "confirmed: the port (a map); Bussan is spelled much like"
    )
    assert found["match_doubts"] == ""


def test_doubts_that_a_decision_does_not_settle_stay() -> None:
    match = Match(
        "x",
        "iso3166-2:JP-27",
        "inferred",
        0.9,
        "",
        (),
        (Doubt("misspelling", ""), Doubt("admin1_conflict", "printed with another region")),
    )
    for place_id in ("iso3166-2:JP-26", "iso3166-2:JP-27"):
        decision = Decision(AskedName("x"), (place_id,), "why", "a page", "r.csv:2")
        decided = apply_decision(match, decision)
        assert (decided.id, decided.status) == (place_id, "corrected")
        assert [doubt.code for doubt in decided.doubts] == ["admin1_conflict"]


@pytest.mark.parametrize("document", [False, True])
def test_only_open_names_fail(document: bool, tmp_path: Path) -> None:
    source = tmp_path / ("pairs.txt" if document else "list.csv")
    source.write_text(PAIRS if document else ROWS, encoding="utf-8")
    review = tmp_path / "review.csv"
    words = ["normalize", str(source), "-o", str(tmp_path / "out.csv"), "--fail-on", "unmatched"]
    done = CliRunner().invoke(app, [*words, "--review", str(review)])
    assert done.exit_code == 1
    for row in rows(review):
        fill(review, row["verbatim"], decision="none")
    done = CliRunner().invoke(app, [*words, "--decisions", str(review)])
    assert (done.exit_code, "failed" in done.stdout) == (0, False), done.stdout
    assert "of the unmatched are decided to be no place" in done.stdout
    assert {row["match_status"] for row in rows(tmp_path / "out.csv")} >= {"unmatched"}


@pytest.mark.parametrize("name", ["review.xlsx", "semicolons.csv"])
def test_a_review_can_be_saved_in_another_format(
    name: str, table: Path, review: Path, tmp_path: Path
) -> None:
    fill(review, NOBODY, decision="iso3166-2:JP-26", reason="ตรวจแล้ว")
    changed = tmp_path / name
    if name.endswith("xlsx"):
        book = openpyxl.Workbook()
        for row in csv.reader(review.read_text(encoding="utf-8-sig").splitlines()):
            book.active.append([cell or None for cell in row])
        book.save(changed)
    else:  # as a Thai Excel saves CSV
        with changed.open("w", encoding="cp874", errors="replace", newline="") as file:
            lines = review.read_text(encoding="utf-8-sig").splitlines()
            csv.writer(file, delimiter=";").writerows(csv.reader(lines))
    normalize_file(table, tmp_path / "out.csv", decisions=changed)
    found = rows(tmp_path / "out.csv")
    assert found[1]["match_place_id"] == "iso3166-2:JP-26"
    assert "ตรวจแล้ว" in found[1]["match_rule"]


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ("Kyoto", "no place 'Kyoto'"),
        ("geonames:1", "no place 'geonames:1'"),
        ("JP-26", "no place 'JP-26'"),
        ("iso3166-2:JP-26|", "no place ''"),
        ("iso3166-2:KR-26", "is in KR, not in JP"),
        ("=1+1", "no place"),
    ],
)
def test_a_malformed_decision_is_named(
    decision: str, said: str, table: Path, review: Path, tmp_path: Path
) -> None:
    fill(review, NOBODY, decision=decision)
    (tmp_path / "out.csv").write_text("old")
    with pytest.raises(CuratedError, match=said) as caught:
        normalize_file(table, tmp_path / "out.csv", decisions=review)
    assert "review.csv:2" in str(caught.value)
    assert (tmp_path / "out.csv").read_text() == "old"


def test_all_problems_are_listed_at_once(review: Path) -> None:
    fill(review, NOBODY, decision="x")
    fill(review, "'=Qwvx+Zzq", decision="y")
    with pytest.raises(CuratedError) as caught:
        read_decisions(review)
    assert "review.csv:2" in str(caught.value)
    assert "review.csv:3" in str(caught.value)


def test_two_decisions_on_one_name_are_refused(review: Path) -> None:
    text = review.read_text(encoding="utf-8-sig").splitlines()
    twice = [text[0], "iso3166-2:JP-26" + text[1], "iso3166-2:JP-27" + text[1]]
    review.write_text("\n".join(twice), encoding="utf-8")
    with pytest.raises(CuratedError, match="decided otherwise"):
        read_decisions(review)
    review.write_text("city\nBusan\n")
    with pytest.raises(CuratedError, match="no column 'decision'"):
        read_decisions(review)


def test_decisions_that_no_longer_apply_are_reported(
    table: Path, review: Path, tmp_path: Path
) -> None:
    fill(review, NOBODY, decision="iso3166-2:JP-26")
    table.write_text(ROWS.replace(NOBODY, "Kyoto"), encoding="utf-8")
    words = ["normalize", str(table), "-o", str(tmp_path / "out.csv"), "--decisions", str(review)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 1
    assert f"{review}:2: {NOBODY!r} is not asked" in done.stdout
    fill(review, NOBODY, verbatim="Busan", country_code="KR", decision="iso3166-2:KR-26")
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 1
    assert (
        f"{review}:2: the rules find iso3166-2:KR-26 without this decision; delete" in done.stdout
    )
    assert rows(tmp_path / "out.csv")[0]["match_status"] == "exact"


PAIRS = """\
รายชื่อคู่ความสัมพันธ์
อยู่ระหว่างดำเนินการ 2 คู่ 2 จังหวัด
\tจังหวัด\tลำดับ\tคู่ความสัมพันธ์\tปีที่ริเริ่ม\tหมายเหตุ
1\tกระบี่\t1\tเมืองฮกฮะโหโฮก ญี่ปุ่น\t2560\tลงนาม LOI แล้ว
2\tกกกกกก\t1\tเมืองแทกู สาธารณรัฐเกาหลี\t2561\t
"""


def test_decisions_apply_to_documents(tmp_path: Path) -> None:
    source, out, review = (tmp_path / name for name in ("pairs.txt", "out.csv", "review.csv"))
    source.write_text(PAIRS, encoding="utf-8")
    outcome = normalize_file(source, out, review=review)
    assert outcome.to_review == 2
    fill(review, "เมืองฮกฮะโหโฮก ญี่ปุ่น", decision="iso3166-2:JP-40")
    fill(review, "กกกกกก", decision="iso3166-2:TH-63")
    outcome = normalize_file(source, out, decisions=review)
    first, second = rows(out)
    assert first["relation_id"] == "iso3166-2:JP-40~iso3166-2:TH-81"
    assert (first["match_status"], first["country_code"], first["level"]) == (
        "corrected", "JP", "admin1"
    )  # fmt: skip
    assert "unmatched_name" not in first["issues"]
    assert second["relation_id"] == "iso3166-2:KR-27~iso3166-2:TH-63"
    assert outcome.findings == ()
    assert outcome.statuses["corrected"] == 1


# --- another country ------------------------------------------------------------------------------


def normalized(text: str, tmp_path: Path, **cells: str) -> dict[str, str]:
    """The one row of a list, once a person has filled in `cells`."""
    source, out, review = (tmp_path / name for name in ("list.csv", "out.csv", "review.csv"))
    source.write_text(text, encoding="utf-8")
    normalize_file(source, out, review=review)
    (asked,) = rows(review)
    fill(review, asked["verbatim"], **cells)
    outcome = normalize_file(source, out, decisions=review, review=review)
    assert (outcome.to_review, outcome.open_rows, outcome.findings) == (0, 0, ())
    return rows(out)[0]


@pytest.mark.parametrize("country", ["HU", "Hungary", "ฮังการี"])
def test_a_country_alone_is_a_decision(country: str, tmp_path: Path) -> None:
    row = normalized("city,country\nBudapest,Hungry\n", tmp_path, country=country)
    assert (row["match_place_id"], row["match_status"]) == ("iso3166-2:HU-BU", "corrected")
    assert row["match_country_code"] == "HU"
    assert row["match_rule"].startswith("corrected to Budapest in HU, not as printed: ")
    assert row["match_doubts"] == ""


def test_with_a_conflict_the_place_may_be_in_another_country(tmp_path: Path) -> None:
    text = "city,country\nกรุงเทพมหานคร,กัมพูชา\n"
    row = normalized(text, tmp_path, decision="iso3166-2:TH-10", reason="a slip")
    assert row["match_place_id"] == "iso3166-2:TH-10"
    assert row["match_rule"].startswith("corrected to Bangkok in TH, not in KH: a slip")
    assert row["match_doubts"].startswith("country_conflict")


def test_without_a_conflict_a_country_has_to_be_given(review: Path) -> None:
    fill(review, NOBODY, decision="iso3166-2:KR-26", country="KR")
    (decision,) = read_decisions(review)
    assert (decision.place_ids, decision.country) == (("iso3166-2:KR-26",), "KR")
    fill(review, NOBODY, decision="iso3166-2:KR-26", country="CN")
    with pytest.raises(CuratedError, match="is in KR, not in CN"):
        read_decisions(review)


@pytest.mark.parametrize(
    ("country", "said"),
    [("Hungry", "cannot read the country"), ("Korea", "ambiguous"), ("TH", "no place in TH")],
)
def test_a_country_that_does_not_decide_is_refused(country: str, said: str, review: Path) -> None:
    fill(review, NOBODY, country=country)
    with pytest.raises(CuratedError, match=said):
        read_decisions(review)


# --- curated ------------------------------------------------------------------------------------

HEADER = "name,country_code,place_id,kind,reason,evidence\n"
BEFORE = "Yyyzy,JP,iso3166-2:JP-27,spelling,as printed,bangkok-iad#L50\n"
DECIDED = {
    "decision": "iso3166-2:JP-26",
    "kind": "spelling",
    "reason": "as printed, twice",
    "evidence": "https://example.org/page",
}


@pytest.fixture
def curated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file of curated names in place of the library's own."""
    path = tmp_path / "places.csv"
    path.write_text(HEADER + BEFORE, encoding="utf-8")
    monkeypatch.setattr(human_decisions, "NAMES_FILE", path)
    human_decisions.curated_names.cache_clear()
    yield path
    human_decisions.curated_names.cache_clear()


def test_a_decision_moves_to_the_curated_names(review: Path, curated: Path) -> None:
    fill(review, NOBODY, **DECIDED)
    fill(review, "'=Qwvx+Zzq", decision="none")
    done = CliRunner().invoke(app, ["curate", str(review)])
    assert (done.exit_code, done.exception) == (0, None)
    assert "1 name curated" in done.stdout
    assert "has no decision for exactly one place" in done.stdout
    line = f'{NOBODY},JP,iso3166-2:JP-26,spelling,"as printed, twice",https://example.org/page\n'
    assert curated.read_text(encoding="utf-8") == HEADER + BEFORE + line
    assert [row["decision"] for row in rows(review)] == ["none"]
    found = match_place(NOBODY, country="JP")
    assert (found.id, found.status) == ("iso3166-2:JP-26", "alias")


def test_names_found_without_curation_are_left(review: Path, curated: Path) -> None:
    fill(review, NOBODY, **DECIDED, name="Kyoto Prefecture")
    fill(review, "'=Qwvx+Zzq", **DECIDED)
    found = curate(review)
    assert [name.name.verbatim for name in found.moved] == ["=Qwvx+Zzq"]
    assert "review.csv:2: the rules find iso3166-2:JP-26 by 'Kyoto Prefecture'" in found.left[0]
    assert "Kyoto" not in curated.read_text(encoding="utf-8")
    assert [row["decision"] for row in rows(review)] == ["iso3166-2:JP-26"]


def test_the_curated_names_stay_sorted(review: Path, curated: Path) -> None:
    fill(review, NOBODY, **DECIDED, name="Aaaa Zzyzxq")
    curate(review)
    assert curated.read_text(encoding="utf-8").splitlines()[1].startswith("Aaaa Zzyzxq,JP,")


def test_an_interrupted_move_is_completed(review: Path, curated: Path) -> None:
    """If it is killed between the two files, a decision is in both."""
    fill(review, NOBODY, **DECIDED)
    before = review.read_bytes()
    curate(review)
    after = curated.read_bytes()
    review.write_bytes(before)
    human_decisions.curated_names.cache_clear()
    curate(review)
    assert curated.read_bytes() == after
    assert [row["decision"] for row in rows(review)] == [""]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"kind": ""}, "kind is empty"),
        ({"kind": "nickname"}, "kind is 'nickname'.*abbreviation"),
        ({"reason": " "}, "reason is empty"),
        ({"evidence": ""}, "evidence is empty"),
        ({"decision": "geonames:1"}, "no place"),
        ({"name": "yyyzy"}, "is curated as iso3166-2:JP-27"),
    ],
)
def test_a_decision_that_cannot_be_curated_moves_nothing(
    cells: dict[str, str], said: str, review: Path, curated: Path
) -> None:
    fill(review, "'=Qwvx+Zzq", **DECIDED)  # this one could
    fill(review, NOBODY, **(DECIDED | cells))
    before = (review.read_bytes(), curated.read_bytes())
    with pytest.raises(CuratedError, match=said) as caught:
        curate(review)
    assert "review.csv:2" in str(caught.value)
    assert (review.read_bytes(), curated.read_bytes()) == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"Zzzz,JP,iso3166-2:JP-26,spelling,why\n", r"places\.csv:3: evidence is empty"),
        (b"Zzzz,JP,iso3166-2:JP-26,spelling,,page\n", r"places\.csv:3: reason is empty"),
        (b"Zzzz,JP,iso3166-2:JP-26,spelling,a,b,c\n", r"places\.csv:3: more cells"),
        (b"Zzzz,JP,iso3166-2:JP-26,nickname,why,page\n", r"places\.csv:3: kind is 'nickname'"),
        (b"YYYZY,JP,iso3166-2:JP-26,spelling,why,page\n", r"places\.csv:3: 'YYYZY' is there twice"),
        (b'"Zzzz,JP,iso3166-2:JP-26,spelling,why,page\n', r"places\.csv:3: not CSV"),
        (b"\xff\n", r"places\.csv: cannot be read"),
    ],
)
def test_a_malformed_curated_line_is_named(
    line: bytes, said: str, review: Path, curated: Path
) -> None:
    curated.write_bytes(curated.read_bytes() + line)
    with pytest.raises(CuratedError, match=said):
        match_place(NOBODY, country="JP")
    before = review.read_bytes()
    with pytest.raises(CuratedError, match=said):
        curate(review)
    assert review.read_bytes() == before


def test_only_a_file_of_curated_names_is_written(review: Path, tmp_path: Path) -> None:
    fill(review, NOBODY, **DECIDED)
    (tmp_path / "mine.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CuratedError, match="the columns are"):
        curate(review, tmp_path / "mine.csv")
    assert (tmp_path / "mine.csv").read_text() == "a,b\n1,2\n"
