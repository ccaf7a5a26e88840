"""What must hold of every parsed document, whatever it says."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from sisterdata.parser import Document
from sisterdata.parser.document import COLUMNS, KINDS
from sisterdata.text import is_blank


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
