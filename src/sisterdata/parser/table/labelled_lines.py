"""Records printed as labelled lines: "Sister City: Nice", "Country: France", "Year: 1989"."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from sisterdata.parser.document import Document, frame_of, unparsed_line
from sisterdata.parser.table.column_roles import header_kind
from sisterdata.parser.table.find_header import read_header
from sisterdata.parser.table.parse import parse_table
from sisterdata.readers.lines_with_origin import SourceText
from sisterdata.text.repair import is_blank

_LABELLED = re.compile(
    r"\s*[•*·-]?\s*(?P<label>[^:：\t|]{1,40}?)\s*[:：]\s*(?P<value>[^\t|]{1,200}?)\s*"
)
_MOST_LINES = 100_000
_SAMPLE = 200

Record = dict[str, tuple[int, str]]  # label -> number and value of its line


def parse_labelled(text: SourceText, home: str | None = None) -> Document | None:
    """Read records of labelled lines as a table whose headers are the labels.

    A record begins where the first label comes again. None where there are no two such records
    with the same labels, or no label names the partner.
    """
    lines = text.text.split("\n")
    if len(lines) > _MOST_LINES or not any(sign in text.text for sign in ":："):
        return None
    if not any(map(_labelled, lines[:_SAMPLE])):
        return None
    records = _records(lines)
    labels = list(dict.fromkeys(label for record in records for label in record))
    header = "\t".join(labels)
    if len(records) < 2 or len(labels) < 2 or read_header(header) is None:
        return None
    first = min(number for number, _ in records[0].values())
    rows = ["\t".join(record.get(label, (0, ""))[1] for label in labels) for record in records]
    joined = "\n".join([*lines[: first - 1], header, *rows])
    read = parse_table(replace(text, text=joined), home)
    if not len(read.rows):
        return None
    numbers = {n: n for n in range(1, first)} | {first: first}
    numbers |= {
        first + at: min(number for number, _ in record.values())
        for at, record in enumerate(records, start=1)
    }
    return _at_own_lines(read, lines, records, numbers)


def _records(lines: list[str]) -> list[Record]:
    records: list[Record] = []
    opens = ""
    for number, line in enumerate(lines, start=1):
        found = _labelled(line)
        if found is None:
            continue
        label, value = found
        opens = opens or label
        if label == opens or not records or label in records[-1]:
            records.append({})
        records[-1][label] = (number, value)
    return records


def _labelled(line: str) -> tuple[str, str] | None:
    """The label and the value of a line, where the label may head a column of a table."""
    found = _LABELLED.fullmatch(line) if ":" in line or "：" in line else None
    if found is None or header_kind(found["label"]).kind is None:
        return None
    return found["label"], found["value"]


def _at_own_lines(
    read: Document, lines: list[str], records: list[Record], numbers: dict[int, int]
) -> Document:
    """The document with everything at the line where it is printed."""
    cells = {number: "cell" for record in records for number, _ in record.values()}
    rows = dict.fromkeys((numbers[n] for n in read.rows["line"]), "row")
    above = dict(zip(read.lines["line"], read.lines["kind"], strict=True))
    kinds = {n: above[n] for n in above if n < min(cells)} | cells | rows
    records_of = [
        {"line": n, "kind": kinds.get(n, "unknown"), "text": line}
        for n, line in enumerate(lines, start=1)
        if line and not is_blank(line)
    ]
    left = [
        unparsed_line(n, lines[n - 1], "it is no labelled line of a record")
        for n in (record["line"] for record in records_of)
        if n not in kinds
    ]
    found = _renumbered(read.issues, numbers)
    return replace(
        read,
        lines=frame_of("lines", records_of),
        rows=_renumbered(read.rows, numbers),
        claims=_renumbered(read.claims, numbers),
        issues=pd.concat([found, frame_of("issues", left)], ignore_index=True) if left else found,
    )


def _renumbered(frame: pd.DataFrame, numbers: dict[int, int]) -> pd.DataFrame:
    own = pd.Series([numbers[n] for n in frame["line"]], dtype=frame["line"].dtype)
    return frame.assign(line=own.array)
