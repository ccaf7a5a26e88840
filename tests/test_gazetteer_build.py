"""How the index of places is made: joins, names that are not believed, curated files, drift."""

from __future__ import annotations

import doctest
import importlib
import shutil
from pathlib import Path

import pytest
from cases import read_cases

from sisterdata.errors import CuratedError
from sisterdata.gazetteer import index

pytest.importorskip("pypinyin", reason="the dependency group `gazetteer` is not installed")
pytest.importorskip("anyascii", reason="the dependency group `gazetteer` is not installed")

from tools.gazetteer import admin1, belief, compare, curated, units
from tools.gazetteer.cldr import Unit
from tools.gazetteer.divisions import Division
from tools.gazetteer.geonames import City
from tools.gazetteer.thai_check import Rivals, believed

MODULES = ("admin1", "cldr", "divisions", "geonames", "script", "thai_check")


def city(name: str, *alternates: str, id_: int = 1, population: int = 0) -> City:
    return City(id_, name, "CN", "30", "", 0.0, 0.0, population, alternates)


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    module = importlib.import_module(f"tools.gazetteer.{name}")
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    "case", read_cases("gazetteer_thai_check.csv"), ids=lambda case: case["thai"]
)
def test_a_thai_name_must_sound_like_its_unit(case: dict[str, str]) -> None:
    rivals = Rivals(["Nova Scotia", "Ruse", "Oromia", "Michigan", "Shimane", "Nara", "Jiangsu"])
    found = believed(case["thai"], case["names"].split("|"), rivals)
    assert found == (case["believed"] == "yes")


@pytest.mark.parametrize(
    "case", read_cases("gazetteer_divisions.csv"), ids=lambda case: case["chinese"]
)
def test_chinese_divisions_have_an_english_name_and_a_level(case: dict[str, str]) -> None:
    division = Division(case["code"], case["chinese"], "CN-XX", None)
    assert (division.english, division.level) == (case["english"], case["level"])


def test_units_join_by_name_and_only_one_to_one() -> None:
    found = admin1.join(
        {"01": "Minsk", "02": "Brest Oblast", "03": "Homyel’ Voblasc’", "04": "Atlantis"},
        [
            Unit("BY-HM", None, False, {"en": "Minsk"}),
            Unit("BY-MI", None, False, {"en": "Minsk Region"}),
            Unit("BY-BR", None, False, {"en": "Brest Region"}),
            Unit("BY-HO", None, False, {"en": "Homel", "be": "Homyel"}),
        ],
        {"01": "BY-MI"},
    )
    assert found == {"01": "BY-MI", "02": "BY-BR", "03": "BY-HO"}


def test_a_name_of_a_larger_city_that_reads_otherwise_is_rejected() -> None:
    chaozhou = city("Chaozhou", "潮州", id_=1, population=2_000_000)
    maoming = city("Maoming", "Chaozhou", "Mao-ming", "茂名", id_=2, population=1_000_000)
    suzhou = city("Jiuquan", "Suzhou", "肃州", id_=3, population=400_000)
    other = city("Suzhou", "苏州", id_=4, population=5_000_000)
    kept, rejected = belief.believed_cities([chaozhou, maoming, suzhou, other], [], [])
    assert kept[1].alternates == ("Mao-ming", "茂名")
    assert "Suzhou" in kept[2].alternates, "肃州 does read so"
    assert [line.rejected for line in rejected] == ["Chaozhou"]


def test_a_city_is_the_unit_that_most_languages_call_alike() -> None:
    locales = {f"l{i}": "Busan" for i in range(12)}
    busan = city("Busan", population=3_000_000)
    assert units.city_of(Unit("KR-26", None, False, locales), [busan], [busan], {}) is busan
    kyoto = Unit("JP-26", None, False, locales | {"ja": "京都府"})
    assert units.city_of(kyoto, [busan], [busan], {}) is None


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (curated.Admin1, "admin1.csv"),
        (curated.MisplacedCity, "misplaced_cities.csv"),
        (curated.Subdivision, "subdivisions.csv"),
        (curated.DatedUnit, "units.csv"),
        (curated.FormerDistricts, "former_districts.csv"),
        (curated.CityUnit, "city_units.csv"),
        (curated.RejectedAlias, "rejected_aliases.csv"),
        (curated.ThaiName, "thai_names.csv"),
        (curated.DivisionName, "divisions.csv"),
    ],
)
def test_curated_lines_are_sorted_and_give_reason_and_evidence(kind: type, name: str) -> None:
    assert curated.lines(kind, name)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("geonames_id,alias,reason,evidence\n1,Suzhou,,x\n", "empty: reason"),
        ("geonames_id,alias,reason,evidence\n2,a,b,c\n1,a,b,c\n", "not in its order"),
        ("geonames_id,alias,reason,evidence\n1,a,b,c\n1,a,b,c\n", "not in its order"),
        ("geonames_id,alias,reason\n1,a,b\n", "the columns are"),
        ("geonames_id,alias,reason,evidence\n1,a,b,c,d\n", "too many fields"),
    ],
)
def test_a_malformed_curated_line_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    (tmp_path / "rejected_aliases.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(curated, "FOLDER", tmp_path)
    with pytest.raises(CuratedError, match=message) as raised:
        curated.lines(curated.RejectedAlias, "rejected_aliases.csv")
    assert "rejected_aliases.csv" in str(raised.value)


def test_drift_is_told_by_file_column_and_row(tmp_path: Path) -> None:
    for side in ("one", "other"):
        (tmp_path / side / "gazetteer").mkdir(parents=True)
        for name in ("LA.npz", "rejected.csv"):
            shutil.copy(index.DATA / "gazetteer" / name, tmp_path / side / "gazetteer")
    assert list(compare.differences(tmp_path / "one", tmp_path / "other")) == []
    shutil.copy(index.DATA / "gazetteer" / "KH.npz", tmp_path / "other" / "gazetteer" / "LA.npz")
    (tmp_path / "one" / "gazetteer" / "rejected.csv").unlink()
    found = list(compare.differences(tmp_path / "one", tmp_path / "other"))
    assert any(line.startswith("LA.npz: text_name_text differs: row 0") for line in found)
    assert "rejected.csv: only in the shipped index" in found
