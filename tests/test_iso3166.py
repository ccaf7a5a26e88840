"""ISO 3166 codes: which exist, and when pycountry is imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sisterdata import gazetteer
from sisterdata.iso3166 import (
    country_exists,
    iso_countries,
    iso_country,
    subdivision_exists,
)


def test_every_country_of_the_gazetteer_exists() -> None:
    assert [code for code in gazetteer.countries() if not country_exists(code)] == []


@pytest.mark.parametrize("code", ["ZZ", "XX", "th", "", "THA", "TH ", "\u0e17\u0e22", "EU", "UK"])
def test_other_letters_are_not_a_country(code: str) -> None:
    assert not country_exists(code)
    assert iso_country(code) is None


@pytest.mark.parametrize("code", ["TH-50", "CN-JS", "VN-46", "NO-19", "FR-D", "NP-1"])
def test_units_of_today_and_former_units_exist(code: str) -> None:
    assert subdivision_exists(code)


@pytest.mark.parametrize("code", ["ZZ-99", "TH-99", "th-50", "TH-5", "TH", "", "TH-50\n"])
def test_other_codes_are_not_a_subdivision(code: str) -> None:
    assert not subdivision_exists(code)


def test_kosovo_has_no_code_of_the_standard_and_no_formal_name() -> None:
    kosovo = iso_country("XK")
    assert kosovo is not None
    assert (kosovo.numeric, kosovo.official_name) == (None, None)


def test_codes_are_unique() -> None:
    countries = iso_countries()
    for codes in (
        [c.alpha_2 for c in countries],
        [c.alpha_3 for c in countries],
        [c.numeric for c in countries if c.numeric],
    ):
        assert len(set(codes)) == len(codes)


def test_pycountry_is_not_imported_by_the_package_nor_by_a_match() -> None:
    program = (
        "import sisterdata, sys; sisterdata.match_country('Korea');"
        "sisterdata.match_place('Busan', country='KR');"
        "import sisterdata.schemas; sys.exit('pycountry' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
