"""Pairs in Thai and English news: short reports with the right answers.

`cases/news.csv` holds a text (``\\n`` is a line break), the pairs, the date printed for each, the
stage its words say, and whether an issue must say that no pair is certain. The cases of the fold
``test`` were first read when the grammar was finished: do not tune on them.
"""

from __future__ import annotations

from io import StringIO

import pytest
from cases import cases

from sisterdata.normalizer.remarks import read_note
from sisterdata.parser import parse


@pytest.mark.parametrize("case", cases("news.csv"))
def test_a_report_gives_its_pairs_or_an_issue(case: dict[str, str]) -> None:
    text = case["text"].replace("\\n", "\n")
    text = text if "\n" in text else f"News\n\n{text}"
    document = parse(StringIO(text + "\n"), layout="article")
    rows = document.rows.drop(columns=["line", "sequence"]).fillna("")
    pairs = zip(rows["verbatim_place"], rows["verbatim_partner"], strict=True)
    assert " | ".join(f"{first} = {second}" for first, second in pairs) == case["pairs"]
    dates = [date for date in rows["verbatim_year"] if date]
    assert " | ".join(dates) == case["dates"]
    uncertain = (document.issues["code"] == "pair_not_certain").any()
    assert uncertain == (case["issue"] == "yes")
    if case["stage"]:
        assert {read_note(note).stage for note in rows["verbatim_note"]} == {case["stage"]}
