"""Read a file of any known format as lines of text. There is one module for each format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from sisterdata.errors import ParseError
from sisterdata.readers.detect_format import (
    FORMATS,
    TABLES,
    format_of_bytes,
    format_of_suffix,
    format_of_text,
)
from sisterdata.readers.lines_with_origin import SourceText
from sisterdata.readers.plain_text import load, read_text
from sisterdata.source_yml import Source

__all__ = ["FORMATS", "SourceText", "read"]


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
        One of `FORMATS`. If omitted, it is detected from the suffix, or else from the content.
    sheet
        The sheet of a workbook.

    Returns
    -------
    SourceText
        The lines, their origin in the file, and what was repaired.

    Raises
    ------
    ParseError, DataError
        The file cannot be read; with the position in it.
    SourceError
        The checksum of a Source's file differs.

    >>> from io import StringIO
    >>> read(StringIO("1. Shanghai\r\n2. Osaka")).text
    '1. Shanghai\n2. Osaka'
    >>> read(StringIO("<ul><li>Osaka</li></ul>"), format="html").text
    '• Osaka'

    """
    if format is not None and format not in FORMATS:
        raise ParseError(
            f"format {format!r} is not known", where="document", todo=f"use {', '.join(FORMATS)}"
        )
    loaded = load(source)
    known = format or _binary_format(loaded.data) or format_of_suffix(loaded.where)
    if known is not None and known in TABLES:
        return _read_table(loaded.data, loaded.source_id, loaded.where, known, sheet)
    if sheet is not None:
        raise ParseError("this format has no sheets", where=loaded.where, todo="omit the sheet")
    if known in ("pdf", "docx"):
        return _read_binary(loaded.data, loaded.source_id, loaded.where, known)
    if known == "html":
        return _read_html(loaded.data, loaded.source_id, loaded.where)
    found = read_text(loaded)
    if known is None or (known == "text" and format is None):
        known = format_of_text(found.text)
    if known == "html":
        return _read_html(loaded.data, loaded.source_id, loaded.where)
    if known in ("wikitext", "markdown"):
        return _read_markup(found, known)
    return found


def _binary_format(data: bytes | str) -> str | None:
    return format_of_bytes(data) if isinstance(data, bytes) else None


def _read_html(data: bytes | str, source_id: str, where: str) -> SourceText:
    from sisterdata.readers.html import read_html

    return read_html(data, source_id, where)


def _read_binary(data: bytes | str, source_id: str, where: str, known: str) -> SourceText:
    if isinstance(data, str):
        raise ParseError(
            f"a {known.upper()} file was opened as text",
            where=where,
            todo="open it in binary mode, or give its path",
        )
    if known == "pdf":
        from sisterdata.readers.pdf import read_pdf

        return read_pdf(data, source_id, where)
    from sisterdata.readers.docx import read_docx

    return read_docx(data, source_id, where)


def _read_markup(found: SourceText, known: str) -> SourceText:
    if known == "wikitext":
        from sisterdata.readers.wikitext import read_wikitext

        return read_wikitext(found)
    from sisterdata.readers.markdown import read_markdown

    return read_markdown(found)


def _read_table(
    data: bytes | str, source_id: str, where: str, known: str, sheet: str | None
) -> SourceText:
    from sisterdata.readers.sheet import read_sheet

    with _file_of(data, where) as path:
        return read_sheet(path, source_id, where, known, sheet)


@contextmanager
def _file_of(data: bytes | str, where: str) -> Iterator[Path]:
    """The path of a file with this content: `where` if it is one, else a temporary file."""
    if Path(where).is_file():
        yield Path(where)
        return
    with TemporaryDirectory(prefix="sisterdata-") as folder:
        path = Path(folder) / (Path(where).name or "document")
        path.write_bytes(data.encode("utf-8") if isinstance(data, str) else data)
        yield path
