"""Building the gazetteer: joins, rejected names, curated files, drift."""

from __future__ import annotations

import doctest
import importlib
import shutil
from pathlib import Path

import pytest
from cases import read_cases

from sisterdata.errors import CuratedError
from sisterdata.gazetteer import index
from sisterdata.gazetteer.place import NameKind, Place

pytest.importorskip("pypinyin", reason="the dependency group `gazetteer` is not installed")
pytest.importorskip("anyascii", reason="the dependency group `gazetteer` is not installed")

from tools.gazetteer import (
    compare_builds,
    curated_corrections,
    iso3166_units,
    join_admin1_codes,
    remove_wrong_names,
    thai_districts,
)
from tools.gazetteer.check_thai_names import Rivals, believed
from tools.gazetteer.chinese_divisions import Division
from tools.gazetteer.place_entries import Entry, Name
from tools.gazetteer.read_cldr import Unit
from tools.gazetteer.read_geonames import City
from tools.gazetteer.thai_transcription.spell_by_country import spellings, with_official

MODULES = (
    "chinese_divisions", "read_cldr", "detect_script", "read_geonames", "join_admin1_codes",
    "name_sounds", "check_thai_names", "thai_districts",
    "thai_transcription.chinese", "thai_transcription.japanese", "thai_transcription.khmer",
    "thai_transcription.korean", "thai_transcription.lao",
    "thai_transcription.thai_syllables", "thai_transcription.vietnamese",
)  # fmt: skip


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


def entry(
    country: str, name: str, *names: Name, local: str = "", thai: str = "", iso3166_2: str = ""
) -> Entry:
    place = Place(
        id=f"iso3166-2:{iso3166_2}" if iso3166_2 else f"geonames:{sum(map(ord, name))}",
        name=name,
        name_th=thai or None,
        name_local=local or None,
        level="admin1" if iso3166_2 else "city",
        country_code=country,
        admin1_code=iso3166_2 or f"{country}-10",
        iso3166_2=iso3166_2 or None,
        geonames_id=None if iso3166_2 else str(sum(map(ord, name))),
        gb2260_code=None,
        latitude=13.5,
        longitude=100.5,
        population=1000,
        name_th_origin="geonames" if thai else None,
    )
    primary = Name(name, NameKind.PRIMARY)
    own = (Name(local, NameKind.LOCAL),) if local else ()
    known = (Name(thai, NameKind.THAI),) if thai else ()
    return Entry(place, (primary, *own, *known, *names))


@pytest.mark.parametrize(
    "case",
    read_cases("gazetteer_official.csv"),
    ids=lambda case: f"{case['country']}-{case['name']}",
)
def test_official_rules_spell_a_name_in_thai(case: dict[str, str]) -> None:
    found = spellings(entry(case["country"], case["name"], local=case["local"]))
    assert case["spelling"] in (found or ("",)), case["evidence"]


def test_the_official_spelling_is_the_thai_name_where_no_other_is_known() -> None:
    spelt = with_official(entry("KR", "Gangneung", local="강릉시"))
    assert (spelt.place.name_th, spelt.place.name_th_origin) == ("คังนึง", "official")
    assert spelt.names[-1] == Name("คังนึง", NameKind.OFFICIAL_THAI)
    known = with_official(entry("KR", "Busan", local="부산", thai="ปูซาน"))
    assert (known.place.name_th, known.place.name_th_origin) == ("ปูซาน", "geonames")
    assert known.names[-1] == Name("พูซัน", NameKind.OFFICIAL_THAI)


def test_official_spellings_are_all_thai_letters() -> None:
    for country, name, local in (
        ("JP", "Minami-Alps", "南アルプス"), ("VN", "Ea Drăng", "Ea Drăng"),
        ("KP", "Sŭngho 1-tong", "승호1동"), ("LA", "Dark Man", "ມ. ດກຈງ"), ("KH", "Tœ̆k L’ák", ""),
    ):  # fmt: skip
        assert spellings(entry(country, name, local=local)) == (), name


def test_thai_districts_take_the_code_of_the_department() -> None:
    areas = [
        thai_districts.Area("1007", "ปทุมวัน", "Pathum Wan"),
        thai_districts.Area("1101", "เมืองสมุทรปราการ", "Mueang Samut Prakan"),
        thai_districts.Area("100704", "ลุมพินี", "Lumphini"),
    ]
    bangkok = entry("TH", "Bangkok", iso3166_2="TH-10", thai="กรุงเทพ")
    district = entry("TH", "Pathum Wan", thai="ปทุมวัน")
    found = {e.place.id: e for e in thai_districts.with_areas([bangkok, district], areas)}
    assert list(found) == ["iso3166-2:TH-10", "dopa:1007", "dopa:1101", "dopa:100704"]
    assert found["iso3166-2:TH-10"].place.dopa_code == "10"
    merged = found["dopa:1007"].place
    assert (merged.geonames_id, merged.level) == (district.place.geonames_id, "district")
    assert (merged.name_th, merged.latitude) == ("เขตปทุมวัน", 13.5)
    assert found["dopa:1101"].place.latitude is None
    assert found["dopa:100704"].place.parent_id == "dopa:1007"
    assert Name("แขวงลุมพินี", NameKind.THAI) in found["dopa:100704"].names


def test_units_join_by_name_and_only_one_to_one() -> None:
    found = join_admin1_codes.join(
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


def test_the_name_of_a_larger_city_is_rejected() -> None:
    chaozhou = city("Chaozhou", "潮州", id_=1, population=2_000_000)
    maoming = city("Maoming", "Chaozhou", "Mao-ming", "茂名", id_=2, population=1_000_000)
    suzhou = city("Jiuquan", "Suzhou", "肃州", id_=3, population=400_000)
    other = city("Suzhou", "苏州", id_=4, population=5_000_000)
    kept, rejected = remove_wrong_names.believed_cities([chaozhou, maoming, suzhou, other], [], [])
    assert kept[1].alternates == ("Mao-ming", "茂名")
    assert "Suzhou" in kept[2].alternates, "肃州 does read so"
    assert [line.rejected for line in rejected] == ["Chaozhou"]


def test_a_unit_is_a_city_if_most_languages_use_one_name() -> None:
    locales = {f"l{i}": "Busan" for i in range(12)}
    busan = city("Busan", population=3_000_000)
    assert iso3166_units.city_of(Unit("KR-26", None, False, locales), [busan], [busan], {}) is busan
    kyoto = Unit("JP-26", None, False, locales | {"ja": "京都府"})
    assert iso3166_units.city_of(kyoto, [busan], [busan], {}) is None


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (curated_corrections.Admin1, "admin1.csv"),
        (curated_corrections.MisplacedCity, "misplaced_cities.csv"),
        (curated_corrections.Subdivision, "subdivisions.csv"),
        (curated_corrections.DatedUnit, "units.csv"),
        (curated_corrections.FormerDistricts, "former_districts.csv"),
        (curated_corrections.CityUnit, "city_units.csv"),
        (curated_corrections.RejectedAlias, "rejected_aliases.csv"),
        (curated_corrections.ThaiName, "thai_names.csv"),
        (curated_corrections.DivisionName, "divisions.csv"),
    ],
)
def test_curated_lines_are_sorted_and_give_reason_and_evidence(kind: type, name: str) -> None:
    assert curated_corrections.lines(kind, name)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("geonames_id,alias,reason,evidence\n1,Suzhou,,x\n", "reason is empty"),
        ("geonames_id,alias,reason,evidence\n2,a,b,c\n1,a,b,c\n", "out of order"),
        ("geonames_id,alias,reason,evidence\n1,a,b,c\n1,a,b,c\n", "out of order"),
        ("geonames_id,alias,reason\n1,a,b\n", "the columns are"),
        ("geonames_id,alias,reason,evidence\n1,a,b,c,d\n", "more cells than columns"),
    ],
)
def test_a_malformed_curated_line_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    (tmp_path / "rejected_aliases.csv").write_text(text, encoding="utf-8")
    monkeypatch.setattr(curated_corrections, "FOLDER", tmp_path)
    with pytest.raises(CuratedError, match=message) as raised:
        curated_corrections.lines(curated_corrections.RejectedAlias, "rejected_aliases.csv")
    assert "rejected_aliases.csv" in str(raised.value)


def test_drift_names_file_column_and_row(tmp_path: Path) -> None:
    for side in ("one", "other"):
        (tmp_path / side / "gazetteer").mkdir(parents=True)
        for name in ("LA.npz", "rejected.csv"):
            shutil.copy(index.DATA / "gazetteer" / name, tmp_path / side / "gazetteer")
    assert list(compare_builds.differences(tmp_path / "one", tmp_path / "other")) == []
    shutil.copy(index.DATA / "gazetteer" / "KH.npz", tmp_path / "other" / "gazetteer" / "LA.npz")
    (tmp_path / "one" / "gazetteer" / "rejected.csv").unlink()
    found = list(compare_builds.differences(tmp_path / "one", tmp_path / "other"))
    assert any(line.startswith("LA.npz: text_name_text differs: row 0") for line in found)
    assert "rejected.csv: only in the shipped index" in found
