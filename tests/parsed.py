"""What tests of texts and parsers share: cases in files, and what holds of any document."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sisterdata.parser import Document
from sisterdata.parser.document import COLUMNS, KINDS
from sisterdata.text import is_blank

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[object]:
    """The lines of a file; one with a `known_failure` must fail until it is mended."""
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return [
            pytest.param(
                line,
                id=next(iter(line.values())),
                marks=[pytest.mark.xfail(reason=reason, strict=True)]
                if (reason := line.get("known_failure"))
                else [],
            )
            for line in csv.DictReader(file)
        ]


def records(frame: pd.DataFrame) -> list[list[Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [list(row) for row in plain.itertuples(index=False)]


def assert_whole(document: Document, text: str) -> None:
    """Every line that is not blank once, as printed; types; and an issue for every unknown."""
    lines = re.split("\r\n|\r|\n", text.removeprefix("\ufeff"))
    printed = [(n, line) for n, line in enumerate(lines, 1) if not is_blank(line)]
    assert list(document.lines[["line", "text"]].itertuples(index=False, name=None)) == printed
    assert set(document.lines["kind"]) <= set(KINDS)
    for name, columns in COLUMNS.items():
        frame = getattr(document, name)
        assert list(frame.columns) == list(columns)
        assert {str(dtype) for dtype in frame.dtypes} <= {"string", "Int64"}
        assert frame["line"].isin(document.lines["line"]).all()
        assert not frame.eq("").any().any()
    of_kind = document.lines.groupby("kind")["line"].apply(list).to_dict()
    unparsed = document.issues.query("code == 'unparsed_line'")["line"]
    assert sorted(unparsed) == of_kind.get("unknown", [])
    assert sorted(document.organizations["line"]) == of_kind.get("organization", [])
    if document.layout != "article":
        assert sorted(document.rows["line"]) == of_kind.get("row", [])
    assert set(document.events["line"]) == set(of_kind.get("event", []))
