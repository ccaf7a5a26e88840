"""Text to verbatim rows, with every line accounted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from os import PathLike
from typing import IO, Any

import pandas as pd

from sisterdata.errors import ParseError
from sisterdata.parser.article.parse import is_article, parse_article
from sisterdata.parser.document import Document, frame_of, issue
from sisterdata.parser.list.parse import is_list, parse_list
from sisterdata.parser.table.header import read_header
from sisterdata.parser.table.parse import is_table, parse_table
from sisterdata.readers import SourceText, read
from sisterdata.sources import Source
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
    strict: bool = False,
) -> Document:
    r"""Read a document into verbatim rows, claims and events, every line accounted for.

    `source` is a path, an open text or binary file, or a Source. The layout is told from the
    text, unless `layout` (or the Source) names it. A line that fits nothing is an issue with the
    code ``unparsed_line``, and a document in which nothing is found one with the code
    ``nothing_found``; under ``strict=True`` either raises instead.

    Raises ParseError, with file, line and column, for a document that cannot be read or is in no
    known layout; SourceError where a Source's file is not the one its description names.

    >>> from io import StringIO
    >>> document = parse(StringIO("3 Sister Cities of Busan\n1. Shanghai, China Aug.24.1993"))
    >>> document.rows[["line", "verbatim_place", "verbatim_partner", "verbatim_year"]]
       line verbatim_place verbatim_partner verbatim_year
    0     2          Busan  Shanghai, China   Aug.24.1993
    """
    text = read(source)
    if layout is None:
        layout = source.layout if isinstance(source, Source) else _tell_layout(text)
    if not isinstance(layout, str) or layout not in LAYOUTS:
        raise ParseError(
            f"layout {layout!r} is not known", where=text.where, todo=f"known are {_KNOWN}"
        )
    if strict and is_blank(text.text):  # without a line there is none to have an issue
        raise ParseError(
            "nothing is printed in it, so no known layout fits",
            where=f"{text.where}:1",
            todo="give the document as it was received",
        )
    document = LAYOUTS[layout](text)
    if len(document.lines) and not (
        len(document.rows) or len(document.organizations) or len(document.events)
    ):
        document = replace(document, issues=_with_nothing_found(document))
    if isinstance(source, Source) and document.date is None:
        document = replace(document, date=source.status_date or source.publication_date)
    if strict:
        _refuse_unparsed(document, text.where)
    return document


_KNOWN = ", ".join(LAYOUTS)
_HEAD = 100_000  # characters in which headers are looked for that blanks may have hidden
_LONGEST_HEADER = 1000


def _tell_layout(text: SourceText) -> str:
    if is_table(text.text):
        return "table"
    if is_list(text.text):
        return "list"
    if is_article(text.text):
        return "article"
    for number, line in enumerate(text.text[:_HEAD].split("\n"), start=1):
        columns = read_header("\t".join(line[:_LONGEST_HEADER].split()))
        if columns is not None and 4 * len(columns.unknown) <= len(columns.headers) > 2:
            raise ParseError(
                f"no known layout: {line.strip()[:60]!r} names the columns of a table of pairs, "
                "and single blanks do not tell where a column ends",
                where=f"{text.where}:{number}",
                todo="set a tab or | between the columns of every line",
            )
    raise ParseError(
        "no known layout: there are no headers of a table of pairs, no numbered list of sister "
        "cities or organizations, and no dated statements",
        where=text.where,
        todo=f"name the layout: {_KNOWN}; a table needs a tab or | between its columns",
    )


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
