"""Text to verbatim rows, with every line accounted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from os import PathLike
from typing import IO, Any

import pandas as pd

from sisterdata.errors import ParseError
from sisterdata.parser.article.parse import parse_article
from sisterdata.parser.choose_layout import read_best
from sisterdata.parser.document import Document, frame_of, issue
from sisterdata.parser.list.parse import parse_list
from sisterdata.parser.table.parse import parse_table
from sisterdata.readers import SourceText, read
from sisterdata.source_yml import Source
from sisterdata.text.repair import is_blank

__all__ = ["LAYOUTS", "Document", "parse"]

LAYOUTS: Mapping[str, Callable[[SourceText], Document]] = {
    "table": parse_table,
    "list": parse_list,
    "article": parse_article,
}


def parse(
    source: str | PathLike[str] | IO[Any] | Source,
    *,
    layout: str | None = None,
    home: str | None = None,
    format: str | None = None,  # noqa: A002
    sheet: str | None = None,
    strict: bool = False,
) -> Document:
    r"""Read a document into verbatim rows, claims and events, every line accounted for.

    Parameters
    ----------
    source
        A path, an open text or binary file, or a Source.
    layout
        ``table``, ``list`` or ``article``. If omitted, and no Source names it, the layout that
        explains most is taken, and the other layouts read what it leaves.
    home
        Whose list it is, where the document does not say.
    format, sheet
        The file's format, detected if omitted, and the sheet of a workbook.
    strict
        Raise at the first line that fits nothing, instead of recording an issue.

    A line that fits nothing is an issue with the code ``unparsed_line``, and a document in which
    nothing is found one with the code ``nothing_found``.

    Raises
    ------
    ParseError
        The document cannot be read, or fits no layout; with file, line, and what to change.
    SourceError
        A Source's file is not the one its description names.

    >>> from io import StringIO
    >>> document = parse(StringIO("3 Sister Cities of Busan\n1. Shanghai, China Aug.24.1993"))
    >>> document.rows[["line", "verbatim_place", "verbatim_partner", "verbatim_year"]]
       line verbatim_place verbatim_partner verbatim_year
    0     2          Busan  Shanghai, China   Aug.24.1993

    """
    text = read(source, format=format, sheet=sheet)
    if layout is None and isinstance(source, Source):
        layout = source.layout
    _check(text, layout, strict=strict)
    document = read_best(text, home) if layout is None else _read_as(layout, text, home)
    if len(document.lines) and not (
        len(document.rows) or len(document.organizations) or len(document.events)
    ):
        document = replace(document, issues=_with_nothing_found(document))
    if isinstance(source, Source) and document.date is None:
        document = replace(document, date=source.status_date or source.publication_date)
    document = with_reader(document, text)
    if strict:
        _refuse_unparsed(document, text.where)
    return document


_KNOWN = ", ".join(LAYOUTS)


def _check(text: SourceText, layout: str | None, *, strict: bool) -> None:
    if layout is not None and (not isinstance(layout, str) or layout not in LAYOUTS):
        raise ParseError(
            f"unknown layout {layout!r}", where=text.where, todo=f"choose one of {_KNOWN}"
        )
    if strict and is_blank(text.text):  # without a line there is none to have an issue
        raise ParseError(
            "nothing is printed in it, so no known layout fits",
            where=f"{text.where}:1",
            todo="give the document as it was received",
        )


def _read_as(layout: str, text: SourceText, home: str | None) -> Document:
    if layout == "table":
        return parse_table(text, home)
    return parse_list(text, home) if layout == "list" else parse_article(text)


def with_reader(document: Document, text: SourceText) -> Document:
    """The document with what its reader knows: where each line stood, and what was repaired."""
    if text.origins:
        origins = [text.origins[n - 1] for n in document.lines["line"]]
        text_type = document.lines["text"].dtype
        lines = document.lines.assign(origin=pd.Series(origins, dtype=object).astype(text_type))
        document = replace(document, lines=lines)
    if text.issues:
        found = frame_of("issues", text.issues)
        document = replace(document, issues=pd.concat([found, document.issues], ignore_index=True))
    return document


def _with_nothing_found(document: Document) -> pd.DataFrame:
    line = int(document.lines["line"].iloc[0])
    message = f"no pair, organization or event is found in the layout {document.layout}"
    nothing = frame_of("issues", [issue(line, "line", "nothing_found", None, message)])
    return pd.concat([nothing, document.issues], ignore_index=True)


def _refuse_unparsed(document: Document, where: str) -> None:
    unparsed = document.issues[document.issues["code"] == "unparsed_line"]
    for line, verbatim, message in unparsed[["line", "verbatim", "message"]].itertuples(
        index=False
    ):
        shown = verbatim.strip()
        raise ParseError(
            f"{shown[:60]!r} {message}",
            where=f"{where}:{line}",
            todo="mend the line, or read without strict to have it as an issue",
        )
    nothing = document.issues[document.issues["code"] == "nothing_found"]
    for line, message in nothing[["line", "message"]].itertuples(index=False):
        raise ParseError(
            message,
            where=f"{where}:{line}",
            todo=f"name another layout ({_KNOWN}), or read without strict to have it as an issue",
        )
