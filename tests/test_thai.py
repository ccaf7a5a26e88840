"""Thai and Latin letters become units of sound."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sisterdata.places.parse_toponym import read_toponym
from sisterdata.places.phonetics.latin_letters_to_sounds import read_latin
from sisterdata.places.phonetics.sound_costs import thai_readings
from sisterdata.places.phonetics.thai_letters_to_sounds import read_thai


def test_tones_and_silent_letters_are_separate_units() -> None:
    assert read_thai("ส่านซี") != read_thai("ซานซี")
    assert "ร์" in read_thai("เมลเบิร์น")[0]


def test_a_translated_word_is_read_as_such_too() -> None:
    assert thai_readings("ซามาร์ตะวันออก")[-1][-1] == "<east>"


@given(st.text(alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B), max_size=40))
def test_any_thai_text_is_read(text: str) -> None:
    assert all(isinstance(unit, str) for reading in read_thai(text) for unit in reading)


@given(st.text(max_size=40))
def test_any_text_is_split_and_read(text: str) -> None:
    read_latin(text)
    for unit in read_toponym(text):
        assert unit.name and unit.bare
