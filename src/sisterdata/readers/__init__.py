"""Read what a file holds as lines of text, whatever its format."""

from __future__ import annotations

from os import PathLike
from typing import IO, Any

from sisterdata.errors import ParseError
from sisterdata.readers.source_text import SourceText
from sisterdata.readers.text import read_text
from sisterdata.sources import Source

__all__ = ["FORMATS", "SourceText", "read"]

FORMATS = ("text",)


def read(
    source: str | PathLike[str] | IO[Any] | Source,
    *,
    format: str | None = None,  # noqa: A002
    sheet: str | None = None,
) -> SourceText:
    r"""Read a document of any known format into lines of text.

    Parameters
    ----------
    source
        A path, an open text or binary file, or a Source.
    format
        One of `FORMATS`; detected from the suffix and the content if omitted.
    sheet
        The sheet of a workbook.

    Raises
    ------
    ParseError
        The file cannot be read, with the place in it.
    SourceError
        A Source's file is not the one its description names.

    >>> from io import StringIO
    >>> read(StringIO("1. Shanghai\r\n2. Osaka")).text
    '1. Shanghai\n2. Osaka'

    """
    if format is not None and format not in FORMATS:
        raise ParseError(
            f"format {format!r} is not known", where="document", todo=f"use {', '.join(FORMATS)}"
        )
    if sheet is not None:
        raise ParseError("this format has no sheets", where="document", todo="omit the sheet")
    return read_text(source)
