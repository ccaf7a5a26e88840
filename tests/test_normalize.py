"""Normalizing a document: the tables and their issues."""

from __future__ import annotations

import io
from pathlib import Path

import sisterdata

HEADERS = "\tจังหวัด\tลำดับ\tคู่ความสัมพันธ์\tปีที่ริเริ่ม\tหมายเหตุ\n"


def normalized(tmp_path: Path, *rows: str) -> sisterdata.Normalized:
    path = tmp_path / "pairs.txt"
    path.write_text(
        "สถานะ ณ วันที่ 10 มีนาคม 2565\n" + HEADERS + "\n".join(rows) + "\n", encoding="utf-8"
    )
    return sisterdata.normalize(sisterdata.parse(path))


def test_a_year_later_than_the_source_is_an_issue(tmp_path: Path) -> None:
    found = normalized(tmp_path, "1\tตาก\t1\tมณฑลยูนนาน สาธารณรัฐประชาชนจีน\t2567\t")
    assert found.attestations["year"].isna().all()
    assert "year_implausible" in set(found.issues["code"])


def test_several_years_are_an_issue(tmp_path: Path) -> None:
    found = normalized(tmp_path, "1\tตาก\t1\tมณฑลยูนนาน สาธารณรัฐประชาชนจีน\t2556-2560\t")
    assert list(found.attestations["year"]) == [2013]
    assert "year_range" in set(found.issues["code"])


def test_a_place_paired_with_itself_is_not_a_relation(tmp_path: Path) -> None:
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


def test_a_section_that_lists_nothing_is_not_counted() -> None:
    page = (
        "Sister Cities of Bangkok, 3 cities in all\n\n"
        "2 Sister Cities in Asia\n\n  1. Busan, South Korea\n  2. Beijing, China\n\n"
        "5 Sister Cities in Europe\n\n"
        "1 Sister City in America\n\n  1. Washington D.C., The United States of America\n"
    )
    file = io.StringIO(page)
    claims = sisterdata.normalize(sisterdata.parse(file, layout="list")).claims
    found = {c.verbatim: (c.claimed, c.counted, c.verdict) for c in claims.fillna(0).itertuples()}
    assert found["5 Sister Cities"] == (5, 0, "not_countable")
