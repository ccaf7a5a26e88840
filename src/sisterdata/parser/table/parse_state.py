"""What has been read of a table so far, which the functions that read it fill."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sisterdata.parser.document import unparsed_line
from sisterdata.parser.stated_counts import without_claims
from sisterdata.parser.table.column_positions import Columns

Numbers = npt.NDArray[np.signedinteger[Any]]
CONTINUED = re.compile(r"\s*\((?:ต่อ|cont(?:inued|\.|'d)?)\)$", re.I)


class Pending(NamedTuple):
    """A line that only what follows it can explain.

    `text` is the repaired line; `set_off` says whether a blank line is above it.
    """

    number: int
    line: str
    text: str
    set_off: bool

    @property
    def plain(self) -> str:
        """What a page repeats of it, which may say that it goes on."""
        return CONTINUED.sub("", self.text).replace(" ", "")

    @property
    def bare(self) -> str:
        """The same without its counts."""
        return without_claims(CONTINUED.sub("", self.text)).replace(" ", "")


@dataclass
class Table:
    """What has been read so far."""

    columns: Columns | None = None
    header: str | None = None  # the line that named them, and its number
    header_at: int = 0
    headed_at: int = 0  # the line where it was printed last
    last: int = 0  # the last line that is not blank
    title: str | None = None
    first_heading: str | None = None
    date: str | None = None
    status_line: int = 0
    section: str | None = None
    sections: int = 0
    headings: dict[str, str] = field(default_factory=dict)  # plain text -> kind, for repeated ones
    home: str | None = None  # of a table without a column of homes
    given_home: str | None = None  # as the caller gave it
    home_header: str | None = None
    # The province carried down, and its number.
    place: str | None = None
    number: int | None = None
    sequence: int | None = None  # the last row's number
    broken: bool = False  # an unknown line may have named another province
    # Lines not yet explained, and whether a header was among them.
    pending: list[Pending] = field(default_factory=list)
    headed: bool = False
    single_number: bool = False
    # What has been read: the lines, the kinds of those that are no rows, and the frames' parts.
    lines: list[tuple[Numbers, pa.Array]] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)
    rows: list[pa.RecordBatch] = field(default_factory=list)
    numbering: list[tuple[Numbers, Numbers, Numbers, Numbers]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)


def unknown(table: Table, number: int, line: str, why: str) -> None:
    table.kinds[number] = "unknown"
    table.issues.append(unparsed_line(number, line, why))
