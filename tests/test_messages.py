"""Messages in Thai: every message that people meet has one, and its parameters are kept."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from cases import read_cases

import sisterdata
from sisterdata import messages
from sisterdata.errors import DataError, SisterdataError
from sisterdata.messages import choose_language, current_language, is_translated, translate

CATALOGUE = Path(str(sisterdata.__file__)).parent / "messages" / "th.csv"
ADD = "add its Thai to messages/th.csv"


def lines() -> list[dict[str, str]]:
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_catalogue_is_sorted_and_has_each_parameter_twice() -> None:
    english = [line["english"] for line in lines()]
    assert english == sorted(set(english))
    for line in lines():
        wanted, given = (set(re.findall(r"\{\w+\}", line[name])) for name in ("english", "thai"))
        assert given <= wanted, line
        assert wanted - given <= {"{reason}"}, line
        assert re.search("[ก-๛]", line["thai"]) or line["english"].startswith("sisterdata"), line
        assert not re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", line["thai"]), line


def untranslated(found: set[str]) -> list[str]:
    return sorted(message for message in found if message and not is_translated(message))


def test_every_message_of_the_tables_is_translated(tables: dict[str, pd.DataFrame]) -> None:
    found = set(tables["attestations"]["match_rule"].dropna())
    found |= set(tables["issues"]["message"].dropna())
    assert untranslated(found) == [], ADD


def test_every_message_of_the_matchers_is_translated() -> None:
    found: set[str] = set()
    for name in ("places.csv", "places_reading.csv", "places_negative.csv"):
        for case in read_cases(name):
            found |= said(sisterdata.match_place, case["text"], country=case.get("country") or None)
    for case in read_cases("countries/answers.csv"):
        found |= said(sisterdata.match_country, case["text"])
    assert len(found) > 200
    assert untranslated(found) == [], ADD


def said(match: Any, text: str, **given: Any) -> set[str]:
    try:
        found = match(text, **given)
    except SisterdataError:
        return set()
    return {found.rule, *(doubt.message for doubt in found.doubts)}


@pytest.mark.parametrize(
    ("english", "thai"),
    [
        ("there is no name", "ไม่มีชื่อ"),
        ("Bussan is spelled much like busan", "Bussan สะกดใกล้เคียงกับ busan"),
        (
            "เยียนไถ sounds like Yantai (烟台市); region ชานตง agrees",
            "เยียนไถ ออกเสียงคล้าย Yantai (烟台市); ตรงกับเขตการปกครองที่ระบุ (ชานตง)",
        ),
        ("จังหวัด says admin1, Dawei is city", "จังหวัด หมายถึงจังหวัด มณฑล หรือรัฐ แต่ Dawei เป็นเมือง"),
        ("Italy: spelling in common use in Thai", "อิตาลี: ตัวสะกดที่ใช้ทั่วไปในภาษาไทย"),
        (
            "cannot read the country 'Hungry'; it may be Hungary (HU)",
            "อ่านชื่อประเทศ 'Hungry' ไม่ออก; อาจเป็น Hungary (HU)",
        ),
        ("a sentence of nobody's", "a sentence of nobody's"),
    ],
)
def test_a_message_keeps_its_parameters(english: str, thai: str) -> None:
    assert translate(english, "th") == thai
    assert translate(english, "en") == english


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"SISTERDATA_LANG": "th"}, "th"),
        ({"LANG": "th_TH.UTF-8"}, "th"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANG": "th_TH.UTF-8"}, "en"),
        ({"SISTERDATA_LANG": "en", "LANG": "th_TH.UTF-8"}, "en"),
    ],
)
def test_the_environment_decides_what_is_shown(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SISTERDATA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert current_language() == language


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(DataError, match="'fr'"):
        choose_language("fr")
    assert messages.LANGUAGES == ("en", "th")


def test_written_data_stay_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in.csv").write_text("city,country\nBussan,KR\nBudapest,Hungry\n")
    written = []
    for language in ("en", "th"):
        monkeypatch.setenv("SISTERDATA_LANG", language)
        out, review = tmp_path / f"{language}.csv", tmp_path / f"{language}-review.csv"
        sisterdata.normalize_file(tmp_path / "in.csv", out, review=review)
        written.append((out.read_bytes(), review.read_bytes()))
    assert written[0] == written[1]
