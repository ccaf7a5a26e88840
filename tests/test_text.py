"""Unicode repair, foreign letters, years and dates: cases/text_*.csv."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from cases import cases
from hypothesis import example, given
from hypothesis import strategies as st

from sisterdata.text.dates import find_dates, reduced_date, western_digits, year
from sisterdata.text.repair import repair
from sisterdata.text.thai_letters import foreign_letters


def unescaped(text: str) -> str:
    """Characters that no eye can tell are written \\uXXXX in the cases."""
    for escape, digits in (("\\u", 4), ("\\x", 2)):
        first, *rest = text.split(escape)
        text = first + "".join(chr(int(part[:digits], 16)) + part[digits:] for part in rest)
    return text.replace("\\t", "\t").replace("\\n", "\n")


@pytest.mark.parametrize("case", cases("text_repair.csv"))
def test_text_is_repaired(case: dict[str, str]) -> None:
    repaired = repair(unescaped(case["text"]))
    assert repaired.text == unescaped(case["repaired"])
    assert "|".join(repaired.changes) == case["changes"] or case["known_failure"]


@pytest.mark.parametrize("case", cases("text_foreign_letters.csv"))
def test_letters_of_another_script_are_found(case: dict[str, str]) -> None:
    found = foreign_letters(case["text"])
    assert " ".join(f"{one.position}{one.letter}" for one in found) == case["letters"]
    assert {one.script for one in found} == set(case["scripts"].split())


@pytest.mark.parametrize("case", cases("text_years.csv"))
def test_year_is_read(case: dict[str, str]) -> None:
    read = year(case["text"], era=case["header_era"] or None)  # type: ignore[arg-type]
    assert read.value == (int(case["value"]) if case["value"] else None)
    assert (read.era or "") == case["era"]
    assert (read.stated, read.assumed) == (case["stated"] == "yes", case["assumed"] == "yes")
    assert read.end == (int(case["end"]) if case["end"] else None)
    assert read.reason


def test_a_year_after_the_source_is_rejected() -> None:
    assert year("2570", latest=2022).value is None
    assert "outside 1900 to 2022" in year("2570", latest=2022).reason
    assert year(None).value is None


@pytest.mark.parametrize("case", cases("text_dates.csv"))
def test_date_is_reduced(case: dict[str, str]) -> None:
    assert (reduced_date(case["text"]) or "") == case["date"]


THAI = st.text(
    st.sampled_from("กขนทมงเแโใไะัาำิีึืุู็่้๊๋์ํฺๅ ๆฯ\u200b\u00a0\ufffd\uf702\uf70a\uf899"), max_size=30
)


@given(st.text() | THAI)
@example("ำ้ำ้")
@example("กำ\u0e48\u0e4dา")
def test_repairing_twice_is_repairing_once(text: str) -> None:
    once = repair(text).text
    assert repair(once) == repair(once).__class__(once)
    assert unicodedata.is_normalized("NFC", once) or len(once) > 256


@given(st.text() | THAI)
def test_repair_names_its_changes_and_loses_no_letter(text: str) -> None:
    repaired = repair(text)
    assert (repaired.text != text) == bool(repaired.changes)

    def consonants(words: str) -> list[str]:
        # Glyphs of consonants without their descender count as the consonants.
        words = words.translate({0xF700: "ฐ", 0xF89E: "ฐ", 0xF70F: "ญ", 0xF89A: "ญ"})
        return [sign for sign in words if "\u0e01" <= sign <= "\u0e2e"]

    assert consonants(repaired.text) == consonants(text)


@given(st.text() | THAI)
def test_foreign_letters_have_their_position(text: str) -> None:
    assert all(text[found.position] == found.letter for found in foreign_letters(text))


@given(st.dates(), st.sampled_from(["{d} {m} {y}", "{d} {m} พ.ศ. {b}", "{d}/{n}/{b}"]))
def test_thai_dates_round_trip(day: object, form: str) -> None:
    months = (
        "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
    )
    when = day.replace(year=1900 + day.year % 200)  # type: ignore[attr-defined]
    printed = form.format(
        d=when.day, m=months.split()[when.month - 1], n=when.month, y=when.year, b=when.year + 543
    )
    assert reduced_date(printed) == when.isoformat()
    thai_digits = printed.translate({48 + digit: 0x0E50 + digit for digit in range(10)})
    assert western_digits(thai_digits) == printed
    assert reduced_date(thai_digits) == when.isoformat()


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    for answer in (year(text), year(text, era="BE"), year(text, era="CE")):
        assert answer.value is None or 1900 <= answer.value <= 2100
    for found in find_dates(text):
        assert text[found.start : found.end] == found.verbatim
    reduced_date(text)


@pytest.mark.parametrize(
    "unit",
    [
        "\u0e48\u0e38",
        "\u0e4d\u0e49า",
        "a\u0316\u0300",
        "ำ\u0e49",
        " \u00a0",
        "12 ",
        "พ. ",
        "ก\u200d",
    ],
)
def test_a_hostile_text_is_answered(unit: str) -> None:
    # A step that is quadratic in the text would not come back in any useful time.
    text = unit * 100_000
    assert repair(repair(text).text).changes == ()
    foreign_letters(text)
    assert list(find_dates(text)) == []
    assert year(text).value is None


def test_thai_is_repaired_with_a_read_only_home(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    program = (
        "import os; from sisterdata.text.repair import repair\n"
        "assert repair('น\u0e49\u0e4dา').text == 'น้ำ'\n"
        "assert 'PYTHAINLP_READ_ONLY' not in os.environ"
    )
    home = os.environ | {"HOME": str(tmp_path / "file" / "no"), "PYTHONUTF8": "1"}
    home.pop("PYTHAINLP_READ_ONLY", None)
    subprocess.run([sys.executable, "-c", program], env=home, check=True)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_clean_text_does_not_import_pythainlp() -> None:
    program = (
        "import sys; from sisterdata.text.repair import repair\n"
        "repair('เมืองซ็องนัม ก าแพงเพชร สุราษฎร์ธานี')\n"
        "assert 'pythainlp' not in sys.modules"
    )
    subprocess.run([sys.executable, "-X", "utf8", "-c", program], check=True)
