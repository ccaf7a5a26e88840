"""Shared helpers for parser tests: cases in files, and checks that hold for any document."""

from __future__ import annotations

import codecs
import re
from io import BytesIO
from typing import Any

import pandas as pd

from sisterdata.errors import SisterdataError
from sisterdata.parser import Document, parse
from sisterdata.parser.document import COLUMNS, KINDS
from sisterdata.readers import read
from sisterdata.serializable_values import records
from sisterdata.text.detect_encoding import decode
from sisterdata.text.repair import is_blank


def values(frame: pd.DataFrame) -> list[list[Any]]:
    """Rows as lists of plain values; None where a cell is missing."""
    return [list(record.values()) for record in records(frame)]


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
        # One line may print several partners: each has a row.
        assert sorted(set(document.rows["line"])) == of_kind.get("row", [])
    assert set(document.events["line"]) == set(of_kind.get("event", []))


def assert_every_line_or_an_error(data: bytes, layout: str | None) -> None:
    """What holds of any bytes: they are refused with a place, or every line is accounted for."""
    try:
        document = parse(BytesIO(data), layout=layout)
    except SisterdataError as error:
        assert error.where.startswith("document")
        assert error.todo
        return
    found = read(BytesIO(data))
    if not found.origins:  # a text file: its lines are as printed, but for those with an issue
        text = decode(data)
        assert any(encoded(text, encoding, mark) == data for mark, encoding in ENCODINGS)
        lines, printed = found.text.split("\n"), re.split("\r\n|\r|\n", text)
        repaired = {issue["line"]: issue["verbatim"] for issue in found.issues}
        assert [repaired.get(n, line) for n, line in enumerate(lines, 1)] == printed
    assert_whole(document, found.text)


def assert_lines_or_an_error(data: bytes, format_: str) -> None:
    """What holds of any bytes in any format: an error with a place, or lines with their origins."""
    try:
        found = read(BytesIO(data), format=format_)
    except SisterdataError as error:
        assert "document" in error.where
        assert error.todo
        return
    lines = found.text.split("\n")
    assert not found.origins or len(found.origins) == len(lines) or found.text == ""
    assert all(1 <= issue["line"] <= len(lines) for issue in found.issues)


ENCODINGS = (
    (b"", "utf-8"),
    (b"", "cp874"),
    (b"", "utf-16-le"),
    (b"", "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
)


def encoded(text: str, encoding: str, mark: bytes) -> bytes | None:
    """The text's bytes behind a mark; None where the encoding has no such character."""
    try:
        return mark + text.encode(encoding)
    except UnicodeEncodeError:
        return None
