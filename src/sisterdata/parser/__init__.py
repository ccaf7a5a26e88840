"""Text to verbatim rows, with every line accounted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from os import PathLike
from typing import IO, Any

from sisterdata.errors import ParseError
from sisterdata.parser.document import Document
from sisterdata.parser.reading import Text, read_text
from sisterdata.parser.thai_table import is_thai_table, parse_thai_table
from sisterdata.sources import Source

__all__ = ["LAYOUTS", "Document", "parse"]

LAYOUTS: Mapping[str, Callable[[Text], Document]] = {
    "thai_table": parse_thai_table,
}


def parse(
    source: str | PathLike[str] | IO[Any] | Source,
    *,
    layout: str | None = None,
    strict: bool = False,
) -> Document:
    """Read a document; every line that is not blank is accounted for in its frame `lines`.
    """
    text = read_text(source)
    return LAYOUTS["thai_table"](text)
