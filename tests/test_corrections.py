"""Curated corrections: their format, and when they expire."""

from __future__ import annotations

from pathlib import Path

import pytest

from sisterdata.errors import CuratedError
from sisterdata.human_decisions import correct, corrections, read_corrections
from sisterdata.match_result import Match


def test_every_correction_is_for_a_known_source(raw_dir: Path) -> None:
    assert {c.source_id for c in corrections()} <= {folder.name for folder in raw_dir.iterdir()}


HEADER = "source_id,line,field,verbatim,decision,reason,evidence\n"
FIRST = 's,1,verbatim_partner,เมือง,"iso3166-2:CN-BJ",why,page\n'


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("source,line\n", r"c\.csv:1: the columns are"),
        (HEADER + "s,1,verbatim_partner,x,iso3166-2:CN-BJ,,page\n", r"c\.csv:2: reason is empty"),
        (HEADER + "s,x,verbatim_partner,x,iso3166-2:CN-BJ,why,page\n", r"c\.csv:2: line 'x'"),
        (HEADER + "s,1,year,x,iso3166-2:CN-BJ,why,page\n", r"field 'year'"),
        (HEADER + "s,1,verbatim_partner,x,geonames:1,why,page\n", r"no place 'geonames:1'"),
        (HEADER + FIRST + FIRST, r"c\.csv:3: out of order"),
        (HEADER + FIRST.strip() + ",more\n", r"c\.csv:2: more cells"),
        (HEADER + "s,0,verbatim_partner,x,iso3166-2:CN-BJ,why,page\n", r"c\.csv:2: line '0'"),
        (HEADER + "s,1,verbatim_partner,x,iso3166-2:CN-BJ|iso3166-2:CN-BJ,w,p\n", "is there twice"),
    ],
)
def test_a_malformed_correction_is_named(text: str, says: str) -> None:
    with pytest.raises(CuratedError, match=says):
        read_corrections(text, "c.csv")


def test_a_correction_expires() -> None:
    (correction,) = read_corrections(HEADER + FIRST, "c.csv")
    with pytest.raises(CuratedError, match="expects 'เมือง', but the source has 'นคร'"):
        correct(Match("นคร", None, "unmatched", None, ""), correction)
    with pytest.raises(CuratedError, match="without this correction"):
        correct(Match("เมือง", "iso3166-2:CN-BJ", "inferred", 0.9, ""), correction)
    corrected = correct(Match("เมือง", None, "unmatched", None, ""), correction)
    assert (corrected.id, corrected.status) == ("iso3166-2:CN-BJ", "corrected")
    assert "page" in corrected.rule
