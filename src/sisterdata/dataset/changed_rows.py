"""The rows of a table's CSV that its Parquet file does not have, each with what was changed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from sisterdata.dataset.check_keys_and_schemas import Finding


def changed_rows(table: str, found: bytes, made: bytes) -> Iterator[Finding]:
    r"""Each row that differs, by its key in the first column.

    found
        The table's CSV, as it is.
    made
        The CSV of its Parquet file.

    >>> was = b"id,country\na,CN\nb,CN\nc,JP\n"
    >>> [f.message for f in changed_rows("t", b"id,country\na,XX\nb,YY\nc,JP\n", was)]
    ["country is 'XX'; the Parquet file has 'CN'", "country is 'YY'; the Parquet file has 'CN'"]
    >>> [(f.row, f.message) for f in changed_rows("t", b"id,country\na,CN\nc,JP\n", was)]
    [('b', 'row missing; the Parquet file has it')]
    """
    theirs, ours = _rows(found), _rows(made)
    if not theirs or not ours or theirs[0] != ours[0]:
        return  # other columns: the file as a whole is reported
    headers = ours[0]
    now = {row[0]: row for row in theirs[1:] if row}
    before = {row[0]: row for row in ours[1:] if row}
    for key in dict.fromkeys([*now, *before]):
        row, other = now.get(key), before.get(key)
        if row is None:
            yield Finding(table, key, "changed", "row missing; the Parquet file has it")
        elif other is None:
            yield Finding(table, key, "changed", "row added; the Parquet file does not have it")
        elif row != other and len(row) == len(other):
            changes = [
                f"{name} is {cell!r}; the Parquet file has {was!r}"
                for name, cell, was in zip(headers, row, other, strict=True)
                if cell != was
            ]
            yield Finding(table, key, "changed", ", ".join(changes))


def _rows(data: bytes) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(data.decode())))
    except (UnicodeDecodeError, csv.Error):
        return []
