"""Remarks in free text: cases/notes.csv."""

from __future__ import annotations

import pytest
from cases import read_cases
from hypothesis import given
from hypothesis import strategies as st

from sisterdata.normalizer.remarks import Note, read_note, read_section
from sisterdata.vocabulary import INSTRUMENTS, NEXT_STEPS, STAGES


@pytest.mark.parametrize("case", read_cases("notes.csv"), ids=lambda c: c["text"])
def test_remark_is_read(case: dict[str, str]) -> None:
    note = read_note(case["text"])
    assert (note.instrument or "", note.stage) == (case["instrument"], case["stage"])
    assert (note.topic or "", note.next_step or "") == (case["topic"], case["next_step"])
    assert (note.signatory or "", note.truncated) == (case["signatory"], case["truncated"] == "yes")
    assert note.residue == case["residue"]


@pytest.mark.parametrize(
    ("heading", "stage"),
    [
        ("อยู่ระหว่างดำเนินการ (On process: OP)", "not_stated"),
        ("ลงนามแล้ว", "signed"),
        ("จังหวัดที่ลงนามแล้ว (Signed)", "signed"),
        ("Sister Cities of Bangkok", "not_stated"),
        (None, "not_stated"),
    ],
)
def test_section_gives_the_stage(heading: str | None, stage: str) -> None:
    assert read_section(heading) == stage


@given(st.text(max_size=200))
def test_any_text_gives_values_of_the_tables(text: str) -> None:
    note = read_note(text)
    assert note.instrument in {None, *INSTRUMENTS}
    assert note.stage in STAGES
    assert note.next_step in {None, *NEXT_STEPS}


def test_unknown_words_are_kept_as_residue() -> None:
    assert read_note("ลงนาม LOI แล้ว ผู้ว่าฯ เดินทางเยือน").residue == "ผู้ว่าฯ เดินทางเยือน"
    assert read_note(None) == Note()
