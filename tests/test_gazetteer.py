"""The shipped gazetteer is right and complete, and is checked when it is read."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pycountry
import pytest
from cases import read_cases, read_csv
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import JaroWinkler

from sisterdata import gazetteer
from sisterdata.errors import DataError
from sisterdata.gazetteer import index
from sisterdata.gazetteer.index import Country, NameKind, country, keyed, place, sound_columns
from sisterdata.gazetteer.name_lookup import names_of, official, written
from sisterdata.gazetteer.place import ORIGINS
from sisterdata.text.fold_names import fold, fold_all
from sisterdata.vocabulary import LEVELS

CURATED = Path(index.__file__).parents[1] / "curated"

# The countries whose joins to ISO 3166-2 must be complete.
JOINED = (
    "CN", "JP", "KR", "VN", "LA", "MM", "KH", "MY", "ID", "PH", "IN", "NP", "BD", "LK", "AU", "NZ",
    "RU", "KZ", "MN", "US", "CA", "GB", "FR", "DE", "IT", "ES", "CH", "HU", "TR", "IR", "BR", "MX",
    "TH",
)  # fmt: skip


@pytest.fixture(scope="module")
def everywhere() -> list[Country]:
    return [country(code) for code in gazetteer.countries()]


@pytest.mark.parametrize("case", read_cases("gazetteer_places.csv"), ids=lambda case: case["id"])
def test_a_place_has_one_entry_with_all_its_ids(case: dict[str, str]) -> None:
    found = place(case["id"])
    assert found is not None
    assert {column: getattr(found, column) or "" for column in case} == case


@pytest.mark.parametrize("case", read_cases("gazetteer_dates.csv"), ids=lambda case: case["id"])
def test_units_have_the_dates_of_their_existence(case: dict[str, str]) -> None:
    found = place(case["id"])
    assert found is not None
    assert {column: getattr(found, column) or "" for column in case} == case


@pytest.mark.parametrize(
    "case", read_cases("gazetteer_names.csv"), ids=lambda case: f"{case['id']}-{case['name']}"
)
def test_names_are_in_the_index_or_were_rejected(case: dict[str, str]) -> None:
    found = place(case["id"])
    assert found is not None
    columns = country(found.country_code)
    entry = columns.find(case["id"])
    assert entry is not None
    names = [columns.name_text[row] for row in columns.name_rows(entry)]
    assert (case["name"] in names) == (case["there"] == "yes"), names


@pytest.mark.parametrize(
    "case", read_cases("gazetteer_former_units.csv"), ids=lambda case: case["name"]
)
def test_places_are_in_the_unit_in_force_at_a_date(case: dict[str, str]) -> None:
    found = place(f"geonames:{case['geonames_id']}")
    assert found is not None
    assert found.name == case["name"]
    columns = country(found.country_code)
    entry = columns.find(found.id)
    assert entry is not None
    assert columns.admin1_at(entry, case["date"] or None) == case["admin1_code"]


def test_cities_are_in_their_first_level_unit() -> None:
    units: dict[str, dict[str, set[str]]] = {}
    wrong = []
    for case in read_cases("gazetteer_cities_in_units.csv"):
        code = case["iso3166_2"][:2]
        if code not in units:
            units[code] = defaultdict(set)
            columns = country(code)
            for entry, name in zip(columns.name_entry.tolist(), columns.name_text, strict=True):
                if columns.geonames[entry]:
                    units[code][fold(name)].add(columns.admin1[entry])
        if case["iso3166_2"] not in units[code][fold(case["city"])]:
            wrong.append(case)
    assert not wrong


@pytest.mark.parametrize("code", JOINED)
def test_every_first_level_unit_of_geonames_is_joined(code: str) -> None:
    columns = country(code)
    places = [i for i in range(len(columns)) if columns.geonames[i]]
    without = sum(1 for i in places if not columns.admin1[i])
    # GeoNames itself gives a few places no first-level code.
    assert without <= max(3, 0.02 * len(places)), f"{without} of {len(places)} have no unit"
    filled = {columns.admin1[i] for i in places}
    top = {columns.iso3166_2[i] for i in range(len(columns)) if columns.levels[i] == 0}
    former = {columns.iso3166_2[i] for i in range(len(columns)) if columns.valid_to[i]}
    empty = top - former - filled
    # Units of which GeoNames keeps the places under another country, and groups of provinces.
    other = {f"FR-{c}" for c in (971, 972, 973, 974, 976)} | {"CN-HK", "CN-MO", "CN-TW", "TH-S"}
    groups = {f"ID-{c}" for c in ("JW", "KA", "ML", "NU", "PP", "SL", "SM")}
    without_places = {"NZ-CIT", "LA-XS"}  # no place of 500 people and more, or none in GeoNames
    assert empty <= other | groups | without_places


def test_the_codes_are_those_of_iso_3166_2(everywhere: list[Country]) -> None:
    ours = {
        columns.iso3166_2[i]: columns.ids[i]
        for columns in everywhere
        for i in range(len(columns))
        if columns.iso3166_2[i]
    }
    theirs = {subdivision.code for subdivision in pycountry.subdivisions}
    # Codes that repeat a country's own, like FR-NC, are that country here.
    doubled = {code for code in theirs - ours.keys() if code[:2] in ("FI", "FR", "NL", "SH", "US")}
    assert theirs - doubled <= ours.keys()
    former = {line["iso3166_2"] for line in read_csv(CURATED / "units.csv") if line["valid_to"]}
    assert ours.keys() - theirs <= former
    for code, id_ in ours.items():  # a city that is a unit of a lower level keeps its own id
        assert id_ == f"iso3166-2:{code}" or id_.startswith("geonames:")


@pytest.mark.parametrize("code", JOINED)
def test_no_unit_has_the_name_of_another(code: str) -> None:
    """The names under each code fit what ISO 3166-2 calls it, or at least no other code better."""
    columns = country(code)
    known = {
        subdivision.code: re.split(r"[\[\](),/]", subdivision.name)
        for subdivision in pycountry.subdivisions.get(country_code=code)
    }

    def likeness(entry: int, other: str) -> float:
        names = [fold(columns.name_text[row]) for row in columns.name_rows(entry)]
        return max(
            JaroWinkler.similarity(name, fold(part))
            for name in names
            for part in known[other]
            if part.strip()
        )

    swapped = []
    for entry in range(len(columns)):
        own = columns.iso3166_2[entry]
        if own in known and columns.levels[entry] == 0 and likeness(entry, own) < 0.85:
            best = max(known, key=lambda other: likeness(entry, other))
            if likeness(entry, best) > max(0.9, likeness(entry, own) + 0.1):
                swapped.append((own, columns.names[entry], best))
    assert not swapped


def test_every_entry_is_well_formed(everywhere: list[Country]) -> None:
    ids: set[str] = set()
    codes: set[int] = set()
    for columns in everywhere:
        units = {columns.iso3166_2[i] for i in range(len(columns))}
        assert set(columns.admin1) <= units | {""}
        assert int(columns.levels.max()) < len(LEVELS)
        for i in range(len(columns)):
            id_, geonames = columns.ids[i], int(columns.geonames[i])
            assert columns.names[i].strip(), id_
            assert id_ not in ids
            ids.add(id_)
            if columns.iso3166_2[i] and (columns.levels[i] == 0 or not geonames):
                assert id_ == f"iso3166-2:{columns.iso3166_2[i]}"
            elif columns.dopa[i]:
                assert columns.code == "TH"
                assert id_ == f"dopa:{columns.dopa[i]}"
            elif geonames:
                assert id_ == f"geonames:{geonames}"
            else:
                assert id_ == f"gb2260:{columns.gb2260[i]:06d}"
            if columns.gb2260[i]:
                assert columns.code == "CN"
                assert columns.gb2260[i] not in codes
                codes.add(int(columns.gb2260[i]))
            for date in (columns.valid_from[i], columns.valid_to[i]):
                assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", date)
            located = not np.isnan(columns.latitude[i])
            assert located == (not np.isnan(columns.longitude[i]))
            assert not located or abs(columns.latitude[i]) <= 90
        named = np.bincount(columns.name_entry, minlength=len(columns))
        assert named.min() >= 1, "an entry has no name"
        first = columns.name_rows(0)[0]
        assert columns.name_kind[first] == NameKind.PRIMARY
    for columns in everywhere:
        assert {code for code in columns.replaced_by if code} <= ids


def test_chinese_divisions_are_in_a_prefecture_of_their_province() -> None:
    columns = country("CN")
    for i in range(len(columns)):
        parent = int(columns.parents[i])
        if columns.gb2260[i] and parent >= 0:
            assert columns.gb2260[i] // 100 == columns.gb2260[parent] // 100
            assert columns.admin1[i] == columns.admin1[parent]
    prefectures = [int(code) for code in columns.gb2260 if code and code % 100 == 0]
    assert len([code for code in prefectures if code % 10000]) == 333


def test_thailand_has_its_districts_and_subdistricts() -> None:
    columns = country("TH")
    levels = [LEVELS[level] for level in columns.levels]
    assert [levels.count(level) for level in ("district", "subdistrict")] == [928, 7436]
    assert sum(bool(code) for code in columns.dopa if code < 100) == 77
    for i in range(len(columns)):
        entry = columns.entry(i)
        if levels[i] == "district":
            assert columns.ids[columns.parents[i]] == f"iso3166-2:{entry.admin1}"
        if levels[i] == "subdistrict":
            assert columns.dopa[columns.parents[i]] == columns.dopa[i] // 100
        if levels[i] in ("district", "subdistrict"):
            assert (
                entry.admin1
                == f"TH-{columns.dopa[i] // 10 ** (2 if levels[i] == 'district' else 4)}"
            )
            assert entry.name_th_origin == "dopa"
            assert entry.asked_only == (not entry.has_geonames)


def test_thai_subdistricts_are_not_in_the_index_over_all_countries() -> None:
    columns = country("TH")
    marked = {i for i in range(len(columns)) if columns.asked_only[i]}
    assert not marked & set(sound_columns("TH")["sound_entry"].tolist())
    assert marked == set(sound_columns("TH", asked_only=True)["sound_entry"].tolist())
    assert sound_columns("LA", asked_only=True) == {}


@pytest.mark.parametrize(
    "case", read_cases("gazetteer_thai_names.csv"), ids=lambda case: case["id"]
)
def test_the_thai_name_says_where_it_comes_from(case: dict[str, str]) -> None:
    found = place(case["id"])
    assert found is not None
    assert {column: getattr(found, column) or "" for column in case} == case


def test_official_spellings_do_not_count_as_names() -> None:
    names = names_of("KR")
    found = place("iso3166-2:KR-26")
    assert found is not None
    busan = country("KR").find("iso3166-2:KR-26")
    assert busan in official(names, fold("พูซัน"))
    assert busan not in written(names, fold("พูซัน"))
    assert busan in written(names, fold("ปูซาน"))
    assert not official(names, fold("ปูซาน"))
    assert "KR" not in keyed("พูซัน")


@pytest.mark.parametrize("code", ["CN", "TW", "JP", "KR", "KP", "VN", "MY", "ID", "MM", "LA", "KH"])
def test_most_places_have_a_thai_name_that_is_thai(code: str) -> None:
    columns = country(code)
    names = [name for name in columns.names_th if name]
    assert len(names) >= 0.75 * len(columns)
    assert all("ก" <= letter <= "๎" or not letter.isalnum() for name in names for letter in name)
    for thai, origin in zip(columns.names_th, columns.name_th_origins, strict=True):
        assert bool(thai) == bool(ORIGINS[origin])


def test_every_curated_unit_is_in_the_index() -> None:
    for line in read_csv(CURATED / "city_units.csv"):
        found = place(f"iso3166-2:{line['iso3166_2']}")
        assert found is not None
        assert (found.geonames_id or "") == line["geonames_id"], line
    for line in read_csv(CURATED / "subdivisions.csv"):
        found = place(f"iso3166-2:{line['iso3166_2']}")
        assert found is not None
        names = country(found.country_code).name_text
        assert line["name"] in names, line
    for line in read_csv(CURATED / "units.csv"):
        found = place(f"iso3166-2:{line['iso3166_2']}")
        assert found is not None
        assert (found.valid_from or "", found.valid_to or "") == (
            line["valid_from"],
            line["valid_to"],
        )
    for line in read_csv(CURATED / "divisions.csv"):
        found = place(f"gb2260:{line['gb2260_code']}")
        assert found is not None
        assert found.name == line["name"]


def test_a_name_leads_to_the_countries_that_have_it() -> None:
    assert "CN" in keyed("Yangzhou")
    assert {"FR", "US"} <= set(keyed("paris"))
    assert keyed("no place is called so") == ()


def test_a_query_for_one_country_reads_no_other_file(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    genuine = Path.read_bytes

    def watched(path: Path) -> bytes:
        read.append(path.name)
        return genuine(path)

    forget()
    monkeypatch.setattr(Path, "read_bytes", watched)
    assert place("iso3166-2:CN-JS") is not None
    assert read.count("CN.npz") == 1
    assert not set(read) - {"CN.npz", "index.npz", "gazetteer.json"}


def forget() -> None:
    caches = (index._keys, index._geonames, index._manifest, gazetteer.countries)
    for kept in (country, *caches):
        kept.cache_clear()


@pytest.fixture
def a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of LA and the index, to be damaged."""
    (tmp_path / "gazetteer").mkdir()
    shutil.copy(index.DATA / "gazetteer.json", tmp_path)
    for name in ("LA.npz", "index.npz"):
        shutil.copy(index.DATA / "gazetteer" / name, tmp_path / "gazetteer")
    forget()
    monkeypatch.setattr(index, "DATA", tmp_path)
    yield tmp_path
    forget()


@pytest.mark.parametrize("name", ["LA.npz", "index.npz"])
@pytest.mark.parametrize("where", [0.0, 0.5, 0.999])
def test_a_flipped_byte_is_found_and_named(a_copy: Path, name: str, where: float) -> None:
    path = a_copy / "gazetteer" / name
    content = bytearray(path.read_bytes())
    content[int(where * len(content))] ^= 1
    path.write_bytes(content)
    with pytest.raises(DataError, match=re.escape(name)) as raised:
        place("geonames:1651944") if name == "index.npz" else country("LA")
    assert "make gazetteer" in str(raised.value)
    assert str(path) in gazetteer.damaged()


def test_a_missing_or_broken_file_is_named(a_copy: Path) -> None:
    (a_copy / "gazetteer" / "LA.npz").unlink()
    with pytest.raises(DataError, match=r"LA\.npz"):
        country("LA")
    (a_copy / "gazetteer.json").write_text("{", encoding="utf-8")
    forget()
    with pytest.raises(DataError, match=r"gazetteer\.json"):
        gazetteer.countries()


@pytest.mark.parametrize("code", gazetteer.countries())
def test_many_names_fold_as_one(code: str) -> None:
    names = [unicodedata.normalize("NFC", name) for name in country(code).name_text]
    assert fold_all(names) == [fold(name) for name in names]


def test_the_shipped_index_is_complete_and_small() -> None:
    assert gazetteer.damaged() == ()
    files = list((index.DATA / "gazetteer").iterdir())
    assert sum(path.stat().st_size for path in files) <= 25e6
    manifest = json.loads((index.DATA / "gazetteer.json").read_text(encoding="utf-8"))
    assert set(manifest["files"]) == {path.name for path in files}
    for source in manifest["sources"]:
        assert all(source[key] for key in ("name", "version", "registry", "license", "holds"))


def test_the_notice_names_every_source() -> None:
    manifest = json.loads((index.DATA / "gazetteer.json").read_text(encoding="utf-8"))
    notice = (Path(__file__).parents[1] / "NOTICE").read_text(encoding="utf-8")
    for source in manifest["sources"]:
        assert f"{source['name']} {source['version']}" in notice


def test_an_unknown_country_is_refused() -> None:
    with pytest.raises(DataError, match="ZZ"):
        country("ZZ")
    assert place("iso3166-2:ZZ-1") is None
    for nonsense in ("", "geonames:", "geonames:x", "geonames:-1", "gb2260:1", "wikidata:Q1", "x"):
        assert place(nonsense) is None


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="กขคงจชซญดตนบปผมยรลวสหอะาิีึืุูเแโใไำ็่้๊๋์ -", max_size=20))
def test_thai_tones_survive_folding(text: str) -> None:
    assert sorted(fold(text)) == sorted("".join(text.replace("-", " ").split()))


def test_the_same_bytes_are_recorded() -> None:
    manifest = json.loads((index.DATA / "gazetteer.json").read_text(encoding="utf-8"))
    content = (index.DATA / "gazetteer" / "LA.npz").read_bytes()
    assert manifest["files"]["LA.npz"] == hashlib.sha256(content).hexdigest()
