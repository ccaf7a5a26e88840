"""What a parser hands on: a Document, whose frames account for every line that is not blank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from sisterdata.vocabulary import CODES

Column = Sequence[Any] | npt.NDArray[Any]

TEXT, WHOLE = pa.large_string(), pa.int64()

# What a line is to its document.
KINDS = (
    "row",  # a statement of a pair
    "cell",  # a further cell of the row above, where each is on a line of its own
    "organization",  # an entry of a list of organizations
    "description",  # the text under such an entry
    "title",
    "heading",  # of a section
    "column_header",
    "status_date",  # the day whose state the document shows
    "byline",  # who wrote it, and when
    "claim",  # what the document counts of itself, on a line of its own
    "event",  # prose with a dated statement
    "prose",
    "caption",  # of a picture
    "boilerplate",  # a menu, a page number or other text of the page or site
    "unknown",  # fits nothing: always an issue
)

COLUMNS: Mapping[str, Mapping[str, pa.DataType]] = {
    "lines": {"line": WHOLE, "kind": TEXT, "text": TEXT, "origin": TEXT},
    "rows": {
        "line": WHOLE,
        "section": TEXT,
        "sequence": WHOLE,
        "verbatim_place": TEXT,
        "verbatim_partner": TEXT,
        "verbatim_year": TEXT,
        "verbatim_note": TEXT,
        "era": TEXT,
    },
    "organizations": {
        "line": WHOLE,
        "section": TEXT,
        "sequence": WHOLE,
        "verbatim_name": TEXT,
        "name": TEXT,
        "acronym": TEXT,
        "description": TEXT,
        "verbatim_member": TEXT,
    },
    "claims": {
        "line": WHOLE,
        "section": TEXT,
        "subject": TEXT,
        "claimed": WHOLE,
        "verbatim": TEXT,
    },
    "events": {"line": WHOLE, "date": TEXT, "verbatim_date": TEXT, "text": TEXT},
    "issues": {
        "line": WHOLE,
        "field": TEXT,
        "code": TEXT,
        "severity": TEXT,
        "verbatim": TEXT,
        "message": TEXT,
    },
}


@dataclass(frozen=True)
class Document:
    """One parsed document.

    `source_id` is the Source's id, or the file's name without its suffix; `layout` the layout it
    was read in; `title` and `date` (reduced ISO 8601: of its state, or of publication) what the
    document says of itself, else None. `line` is 1-based in the file; text columns have the
    dtype ``string`` and number columns ``Int64``; a cell that is not printed is ``<NA>``.

    `home_header` is the header over the column of homes, where a table has one.

    lines
        ``line, kind, text, origin``: every line that is not blank, once; `kind` is one of KINDS,
        `origin` where it stood in a file that is no text ("page 3"), else ``<NA>``.
    rows
        ``line, section, sequence, verbatim_place, verbatim_partner, verbatim_year,
        verbatim_note, era``: one row a statement of a pair, each cell as it is printed. `section`
        is the heading without its counts, `sequence` the number printed with the row, and `era`
        (``BE``, ``CE``) what the header of the year column says, where it does.
    organizations
        ``line, section, sequence, verbatim_name, name, acronym, description, verbatim_member``.
    claims
        ``line, section, subject, claimed, verbatim``: what the document counts of itself.
    events
        ``line, date, verbatim_date, text``: dated statements; `date` is reduced ISO 8601.
    issues
        ``line, field, code, severity, verbatim, message``: what is amiss in the structure.
    """

    source_id: str
    layout: str
    title: str | None
    date: str | None
    lines: pd.DataFrame
    rows: pd.DataFrame
    organizations: pd.DataFrame
    claims: pd.DataFrame
    events: pd.DataFrame
    issues: pd.DataFrame
    home_header: str | None = None


def batch(name: str, columns: Mapping[str, Column]) -> pa.RecordBatch:
    """Pack a part of the frame called `name`; its columns are those of COLUMNS."""
    types = COLUMNS[name]
    length = len(next(iter(columns.values())))
    return pa.record_batch(
        [
            packed(columns[column], kind) if column in columns else pa.nulls(length, kind)
            for column, kind in types.items()
        ],
        schema=pa.schema(types.items()),
    )


def packed(values: Column, kind: pa.DataType) -> pa.Array:
    """Pack a column; only the system's allocator gives back what is reserved while it grows."""
    return pa.array(values, type=kind, memory_pool=pa.system_memory_pool())


def frame(name: str, batches: Iterable[pa.RecordBatch]) -> pd.DataFrame:
    """Join parts of the frame called `name`, without a copy of their texts."""
    schema = pa.schema(COLUMNS[name].items())
    dtypes = {TEXT: pd.StringDtype("pyarrow"), WHOLE: pd.Int64Dtype()}
    table = pa.Table.from_batches(list(batches), schema)
    joined: pd.DataFrame = table.to_pandas(types_mapper=dtypes.get)
    return joined


def frame_of(name: str, records: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """Make the frame called `name` of records, by line; what one does not name is ``<NA>``."""
    by_line = sorted(records, key=lambda record: record["line"])
    columns = {column: [record.get(column) for record in by_line] for column in COLUMNS[name]}
    return frame(name, [batch(name, columns)])


def issue(line: int, field: str, code: str, verbatim: str | None, message: str) -> dict[str, Any]:
    """A record of the frame `issues`, as grave as `sisterdata.issues` says its code is."""
    return {
        "line": line,
        "field": field,
        "code": code,
        "severity": CODES[code].severity,
        "verbatim": verbatim,
        "message": message,
    }


def unparsed_line(line: int, text: str, why: str) -> dict[str, Any]:
    """The issue of a line that fits nothing; every line of the kind ``unknown`` has one."""
    return issue(line, "line", "unparsed_line", text, f"fits nothing: {why}")
