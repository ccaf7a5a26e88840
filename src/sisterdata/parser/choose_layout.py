"""Read a document in the layout that explains most of it, and the rest in the others.

Each layout reads what it can. Where the best one leaves lines unexplained, the others are shown
those lines alone, at their own line numbers, and what they find is merged.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from sisterdata.errors import ParseError
from sisterdata.parser.article.parse import is_article, parse_article
from sisterdata.parser.document import Document
from sisterdata.parser.headings import is_of_journeys, is_of_pairs
from sisterdata.parser.line_kinds import read_item
from sisterdata.parser.list.pair_lines import prints_pairs
from sisterdata.parser.list.parse import parse_list
from sisterdata.parser.merge_layouts import (
    leaves_a_tie,
    merged,
    unexplained,
    with_listed_places,
    with_visits,
)
from sisterdata.parser.table.delimited import with_tabs
from sisterdata.parser.table.find_header import read_header
from sisterdata.parser.table.labelled_lines import parse_labelled
from sisterdata.parser.table.one_cell_a_line import join_cells, with_cell_lines
from sisterdata.parser.table.parse import is_table, parse_table
from sisterdata.readers import SourceText


def read_best(text: SourceText, home: str | None = None) -> Document:
    """Read a document in the best layout, and what it leaves in the others.

    Raises ParseError, with the closest layout and what to change, where none finds anything.
    """
    if not _LETTER.search(text.text):
        raise _refused(text)
    document = _read_table(text, home)
    if document is None:
        _refuse_lost_tabs(text)
    if document is None or not len(document.rows):
        listed = parse_list(text, home)
        document = listed if _found(listed) else None
    if document is None and home is None and _may_be_pairs(text.text):
        document = parse_list(text, untitled_pairs=True)
        document = document if len(document.rows) else None
    if document is None:
        article = parse_article(text)
        if not (_found(article) or len(article.events) or _has_doubts(article)):
            raise _refused(text)
        return with_listed_places(article, text, home)
    if document.layout == "table":
        document = _with_list(document, text, home)
    if not leaves_a_tie(document):
        return document
    if len(document.rows) and is_article(text.text):
        article = parse_article(text)
        if set(document.rows["line"]) < set(article.rows["line"]):
            return with_listed_places(article, text, home)  # the list is one of sentences
    return with_visits(merged(document, parse_article(unexplained(document, text))))


def _may_be_pairs(text: str) -> bool:
    """Whether pairs of places without a heading may be sister cities, and are no journeys."""
    return prints_pairs(text) and not is_of_journeys(text[:_HEAD])


def _with_list(document: Document, text: SourceText, home: str | None) -> Document:
    """The document with the lists among the lines that its table leaves unexplained."""
    homes = document.rows["verbatim_place"].dropna().unique()
    only = str(homes[0]) if len(homes) == 1 and document.home_header is None else home
    # The titles above a table are no list.
    first = int(document.rows["line"].iloc[0]) if len(document.rows) else 0
    listed = parse_list(unexplained(document, text, first), only)
    return merged(document, listed) if _found(listed) else document


def _read_table(text: SourceText, home: str | None) -> Document | None:
    if is_table(text.text):
        return parse_table(text, home)
    joined = join_cells(text.text)
    if joined is not None:
        return with_cell_lines(parse_table(replace(text, text=joined), home), text.text)
    tabbed = with_tabs(text.text)
    if tabbed is not None:
        return with_cell_lines(parse_table(replace(text, text=tabbed), home), text.text)
    return parse_labelled(text, home)


def _found(document: Document) -> int:
    return len(document.rows) + len(document.organizations)


def _has_doubts(document: Document) -> bool:
    return bool((document.issues["code"] == "pair_not_certain").any())


_LETTER = re.compile(r"[^\W\d_]")
_HEAD = 100_000  # characters in which the closest layout is looked for
_LONGEST_HEADER = 1000


def _refuse_lost_tabs(text: SourceText) -> None:
    """Raise ParseError for a table with single spaces where tabs were: its cells cannot be told."""
    lines = [line[:_LONGEST_HEADER] for line in text.text[:_HEAD].split("\n")]
    filled = [(number, line.split()) for number, line in enumerate(lines, 1) if line.strip()]
    for (number, words), (_, below) in pairwise(filled):
        columns = read_header("\t".join(words)) if len(words) > 2 else None
        if (
            columns is not None
            and 4 * len(columns.unknown) <= len(columns.headers)
            and len(below) >= len(words) - 1
            and read_item(" ".join(below)) is None
            and (below[0][0].isdigit() or _YEAR.search(" ".join(below)))
        ):
            raise ParseError(
                f"no known layout: {lines[number - 1].strip()[:60]!r} names the columns of a table "
                "of pairs, and single spaces do not show where a column ends",
                where=f"{text.where}:{number}",
                todo="put a tab or | between the columns of every line",
            )


_YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")


def _refused(text: SourceText) -> ParseError:
    """Say which layout comes closest, where, and what to change."""
    lines = text.text[:_HEAD].split("\n")
    for number, line in enumerate(lines, start=1):
        if "\t" in line.strip() or line.count("|") > 1:
            return ParseError(
                "no known layout; the closest is a table, but no header says which column "
                f"holds the partner: {line.strip()[:60]!r}",
                where=f"{text.where}:{number}",
                todo="head its columns, for example: City | Country | Date",
            )
    for number, line in enumerate(lines, start=1):
        if read_item(line) is not None:
            return ParseError(
                "no known layout; the closest is a list, but no heading says that it is of "
                f"sister cities: {line.strip()[:60]!r}",
                where=f"{text.where}:{number}",
                todo="put a heading above it, for example: Sister Cities of Bangkok",
            )
    tied = next((n for n, line in enumerate(lines, 1) if is_of_pairs(line[:_LONGEST_HEADER])), None)
    return ParseError(
        "no known layout: there is no table of pairs, no list of sister cities or organizations, "
        "and no dated statement",
        where=text.where if tied is None else f"{text.where}:{tied}",
        todo="name the layout: table, list, article; a list needs a heading such as "
        "'Sister Cities of Bangkok', a table a tab or | between its columns",
    )
