"""The 77 provinces of Thailand, by every usual spelling and abbreviation."""

from __future__ import annotations

import pycountry
import pytest
from cases import read_cases
from pythainlp.corpus import provinces

import sisterdata

CASES = read_cases("provinces.csv")
HEADERS = "\tจังหวัด\tลำดับ\tคู่ความสัมพันธ์\tปีที่ริเริ่ม\tหมายเหตุ"


@pytest.fixture(scope="module")
def home_ids(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Each case as the province cell of a Ministry table."""
    rows = [
        f"{n}\t{case['text']}\t1\tมณฑลยูนนาน สาธารณรัฐประชาชนจีน\t2560\t"
        for n, case in enumerate(CASES, 1)
    ]
    path = tmp_path_factory.mktemp("provinces") / "table.txt"
    path.write_text("\n".join([HEADERS, *rows]), encoding="utf-8")
    attestations = sisterdata.normalize(sisterdata.parse(path)).attestations
    return dict(zip(attestations["verbatim_place"], attestations["place_id"], strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_province_is_resolved(case: dict[str, str], home_ids: dict[str, str]) -> None:
    assert home_ids[case["text"]] == case["place_id"]


def test_all_provinces_of_the_standard_are_cases() -> None:
    codes = {unit.code for unit in pycountry.subdivisions.get(country_code="TH")} - {"TH-S"}
    assert {case["place_id"].removeprefix("iso3166-2:") for case in CASES} == codes
    assert {province["name_th"] for province in provinces(details=True)} <= {
        case["text"] for case in CASES
    }
