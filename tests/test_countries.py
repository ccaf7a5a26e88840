"""Country names: what is read, what is not, and that a column costs its distinct names."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pycountry
import pytest
from cases import read_cases, read_csv
from hypothesis import example, given
from hypothesis import strategies as st

import sisterdata
from sisterdata.countries import index as country_index
from sisterdata.countries.comparison_key import accented_key, country_key
from sisterdata.countries.match import match_countries, match_country, split_country
from sisterdata.errors import DataError

CURATED = Path(sisterdata.__file__).parent / "curated"


def curated() -> list[dict[str, str]]:
    return read_csv(CURATED / "countries.csv")


# --- In the wild, negative, known failures


@pytest.mark.parametrize("fold", ["dev", "test"])
def test_names_in_the_wild_are_read_and_none_is_read_wrong(fold: str) -> None:
    cases = [case for case in read_cases("countries/in_the_wild.csv") if case["fold"] == fold]
    answers = [(case, match_country(case["text"])) for case in cases]
    wrong = [
        (case["text"], case["country_code"], answer.id)
        for case, answer in answers
        if answer.id != case["country_code"]
    ]
    assert not wrong


def test_what_is_no_country_is_none() -> None:
    taken = {
        case["text"]: answer.id
        for case in read_cases("countries/negative.csv")
        if (answer := match_country(case["text"])).id is not None
    }
    assert not taken


@pytest.mark.parametrize(
    "case", read_cases("countries/known_failures.csv"), ids=lambda case: case["text"]
)
@pytest.mark.xfail(strict=True, reason="not read yet; move the line to in_the_wild.csv once it is")
def test_known_failures(case: dict[str, str]) -> None:
    assert match_country(case["text"]).id == case["country_code"]


@pytest.mark.parametrize("case", read_cases("countries/answers.csv"), ids=lambda case: case["text"])
def test_an_answer_says_how_it_was_found_and_what_it_leaves_open(case: dict[str, str]) -> None:
    answer = match_country(case["text"])
    assert (answer.id or "") == case["country_code"]
    assert answer.status == case["status"]
    assert "|".join(candidate.id for candidate in answer.candidates) == case["candidates"]
    assert "|".join(doubt.code for doubt in answer.doubts) == case["doubts"]
    assert answer.verbatim == case["text"]
    assert answer.rule


@pytest.mark.parametrize("case", read_cases("countries/places.csv"), ids=lambda case: case["text"])
def test_the_country_is_cut_off_the_end_of_a_place(case: dict[str, str]) -> None:
    rest, country, match = split_country(case["text"])
    assert (rest, country) == (case["rest"], case["country"])
    if match is None:
        assert not case["means"]
    else:
        assert (match.id or "|".join(c.id for c in match.candidates)) == case["means"]


# --- The standards


def test_every_name_and_code_of_the_standard_is_its_country() -> None:
    fields = ("name", "official_name", "common_name", "alpha_2", "alpha_3", "numeric")
    wrong = [
        (text, answer.id)
        for country in pycountry.countries
        for field in fields
        if (text := getattr(country, field, None))
        and (answer := match_country(text)).id != country.alpha_2
    ]
    assert not wrong


WAYS_TO_PRINT = (
    "the {name}", "{name}*", "{name} 1/", "{name} (2)", "3. {name}", "{capitals}",
    "{name} {alpha_3}", "{alpha_2} {name}", "{name} ({alpha_3})",
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS_TO_PRINT)
def test_a_name_of_the_standard_is_its_country_however_it_is_printed(way: str) -> None:
    wrong, unread, asked = [], [], 0
    for country in pycountry.countries:
        fields = ("name", "official_name", "common_name")
        for name in filter(None, (getattr(country, field, None) for field in fields)):
            text = way.format(
                name=name, capitals=name.upper(), alpha_2=country.alpha_2, alpha_3=country.alpha_3
            )
            answer, asked = match_country(text).id, asked + 1
            if answer is None:
                unread.append(text)
            elif answer != country.alpha_2:
                wrong.append((text, answer))
    assert not wrong
    assert len(unread) <= asked // 100, unread


@pytest.mark.parametrize("text", ["U K", "A B C", "(K) (S)", "àaA)", "“a"])
def test_a_text_of_single_letters_or_odd_signs_is_answered(text: str) -> None:
    assert match_country(text).rule


def test_codes_of_other_schemes_are_read_only_when_asked() -> None:
    assert match_country("GER").id is None
    assert match_country("GER", scheme="ioc").id == "DE"
    assert match_country("CH").id == "CH"
    assert match_country("CH", scheme="fips").id == "CN"
    assert match_country("Chad", scheme="fips").id == "TD"


# --- The curated files


def test_every_curated_name_means_what_its_line_says() -> None:
    naming = {"name", "official", "alias", "abbreviation", "old", "part", "misspelling"}
    wrong = []
    for line in curated():
        answer = match_country(line["name"])
        meant = line["country_code"].split("|")
        if line["kind"] in naming:
            right = answer.id == meant[0] and len(meant) == 1
        elif line["kind"] == "adjective":
            right = True
        else:
            right = answer.id is None and [c.id for c in answer.candidates] == meant
        if not right:
            wrong.append((line["name"], line["country_code"], answer.id))
    assert not wrong


def test_curated_files_are_sorted_and_every_line_has_reason_and_evidence() -> None:
    for name in ("countries.csv", "country_negatives.csv", "country_codes.csv"):
        rows = [tuple(row.values()) for row in read_csv(CURATED / name)]
        assert rows == sorted(rows), name
        assert all(row["reason"] and row["evidence"] for row in read_csv(CURATED / name)), name


def test_a_damaged_index_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("countries.tsv", "countries.json"):
        content = (country_index._DATA / name).read_bytes()
        (tmp_path / name).write_bytes(content)
    index = tmp_path / "countries.tsv"
    index.write_bytes(index.read_bytes().replace(b"thailand", b"thailane", 1))
    monkeypatch.setattr(country_index, "_DATA", tmp_path)
    with pytest.raises(DataError, match=r"countries\.tsv.*make countries"):
        country_index._read("countries.tsv")


# --- Properties

printed = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="กขคงจชซญดตทนบปพฟมยรลวสหอะาิีุูเแโใไ่้๊๋์ ฯ.-()", max_size=40),
    st.text(alphabet="abcdefgnorstuy .,'’-()/&ÉéüñçøœßIı", max_size=40),
)
plain_names = st.sampled_from(
    [line["name"] for line in curated() if line["kind"] in {"name", "official", "alias"}]
    + [country.name for country in pycountry.countries]
)


@given(printed)
@example("ﬁ")
@example("İ")
@example("น้ำ้ำ")
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert country_key(country_key(text)) == country_key(text)
    assert accented_key(accented_key(text)) == accented_key(text)


@given(printed)
def test_any_text_is_answered(text: str) -> None:
    answer = match_country(text)
    assert (answer.id is not None) == (answer.status in {"exact", "alias", "inferred"})
    assert answer.rule
    rest, country, match = split_country(text)
    assert rest in text
    assert country in text
    assert (match is None) == (country == "")


@given(plain_names, st.sampled_from(["{}*", "{} 1/", "{} (2)", "  {}\n", "{} [a]", "{}†", "{}¹"]))
def test_marks_of_footnotes_and_blanks_change_nothing(name: str, mark: str) -> None:
    assert match_country(mark.format(name)).id == match_country(name).id


@given(plain_names)
def test_case_and_the_article_change_nothing(name: str) -> None:
    code = match_country(name).id
    assert match_country(name.upper()).id == code
    if name.isascii() and " " in name:
        assert match_country(f"the {name}").id == code


@given(st.sampled_from([line["name"] for line in curated() if "ก" <= line["name"][0] <= "ฮ"]))
def test_the_word_country_before_a_thai_name_changes_nothing(name: str) -> None:
    assert match_country(f"ประเทศ{name}").id == match_country(name).id


@given(st.lists(st.one_of(plain_names, printed, st.none()), max_size=30))
def test_a_column_says_what_single_names_say(names: list[str | None]) -> None:
    column = match_countries(pd.Series(names, dtype=object))
    for name, (_, row) in zip(names, column.iterrows(), strict=True):
        if name is None:
            assert row["status"] == "not_run"
            continue
        answer = match_country(name)
        assert (row["country_code"] if pd.notna(row["country_code"]) else None) == answer.id
        assert (row["status"], row["rule"]) == (answer.status, answer.rule)
        assert row["score"] == answer.score or (answer.score is None and pd.isna(row["score"]))


# --- Columns

NAMES = ["ญี่ปุ่น", "Korea", None, "ญี่ปุ่น", "Perugia"]


@pytest.mark.parametrize(
    "column",
    [
        NAMES,
        pd.Series(NAMES, dtype=object),
        pd.Series(NAMES, dtype="string"),
        pd.Series(NAMES, dtype="string[pyarrow]"),
        pd.Series(NAMES, dtype="category"),
        pd.Index(NAMES),
        np.array(NAMES, dtype=object),
    ],
    ids=["list", "object", "string", "arrow", "category", "index", "array"],
)
def test_a_column_of_any_kind_is_read(column: object) -> None:
    table = match_countries(column)
    assert list(table.columns) == ["verbatim", "country_code", "status", "score", "rule"]
    assert table["country_code"].astype("string").fillna("").tolist() == ["JP", "", "", "JP", ""]
    assert table["status"].tolist() == ["exact", "ambiguous", "not_run", "exact", "unmatched"]
    assert table["verbatim"].isna().tolist() == [False, False, True, False, False]


def test_the_index_of_the_column_is_kept() -> None:
    column = pd.Series(["Laos", "Peru"], index=["b", "a"], name="country")
    table = match_countries(column)
    assert table.index.tolist() == ["b", "a"]
    assert table.loc["a", "country_code"] == "PE"


def test_numbers_are_numeric_codes() -> None:
    assert match_countries([764, 4])["country_code"].tolist() == ["TH", "AF"]
    assert match_countries([764.0, np.nan])["country_code"].tolist()[0] == "TH"


def test_an_empty_column_is_an_empty_table() -> None:
    assert match_countries([]).shape == (0, 5)


def test_matching_one_country_imports_no_frames() -> None:
    code = (
        "import sys, sisterdata; sisterdata.match_country('สปป.ลาว'); "
        "print(sorted({'pandas', 'numpy', 'pyarrow', 'pandera', 'ftfy'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


# --- Single letters

LETTER_FORMS = ("{0} {1}", "{0} ({1})", "{0}, {1}.", "{1}. {0}")


@pytest.mark.parametrize("letter", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
def test_a_capital_letter_next_to_a_country_is_never_ignored(letter: str) -> None:
    known_forms = {country_key(line["name"]) for line in curated()}
    ignored = []
    for country in pycountry.countries:
        for form in LETTER_FORMS:
            text = form.format(country.name, letter)
            answer = match_country(text)
            explained = "stands for a word" in answer.rule and answer.doubts
            if "," in country.name:  # "Korea, Republic of (S)" and "Korea (S)" are the same
                short = country.name.partition(",")[0]
                explained = explained or answer.id == match_country(f"{short} {letter}").id
                explained = explained or short.startswith(letter)  # "..., Province of China T."
            if answer.id is not None and not explained and country_key(text) not in known_forms:
                ignored.append((text, answer.id, answer.rule))
    assert not ignored
