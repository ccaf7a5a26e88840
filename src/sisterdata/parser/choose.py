"""Read a document in the layout that explains most of it, and the rest in the others.

Each layout reads what it can. Where the best one leaves lines unexplained, the others are shown
those lines alone, at their own line numbers, and what they find is merged.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from sisterdata.errors import ParseError
from sisterdata.parser.article.parse import is_article, parse_article
from sisterdata.parser.document import Document
from sisterdata.parser.headings import is_of_pairs
from sisterdata.parser.line_kinds import read_item
from sisterdata.parser.list.parse import parse_list
from sisterdata.parser.table.header import read_header
from sisterdata.parser.table.one_cell_a_line import join_cells, with_cell_lines
from sisterdata.parser.table.parse import is_table, parse_table
from sisterdata.readers import SourceText

_UNEXPLAINED = ("unknown", "prose")
_SAYS_TIE = re.compile(r"ลงนาม|\bsign|\btwinn|พี่เมืองน้อง|คู่มิตร|\bsister|\bpartner", re.I)


def read_best(text: SourceText, home: str | None = None) -> Document:
    """Read a document in the best layout, and what it leaves in the others.

    Raises ParseError, with the closest layout and what to change, where none finds anything.
    """
    document = _read_table(text, home)
    if document is None:
        _refuse_lost_tabs(text)
    if document is None or not len(document.rows):
        listed = parse_list(text, home)
        document = listed if _found(listed) else None
    if document is not None and document.layout == "table":
        document = _merged(document, text, "list", home)
    if document is not None and not _leaves_a_tie(document):
        return document
    article = parse_article(text) if is_article(text.text) or document is None else None
    if document is None:
        if article is None or not (_found(article) or len(article.events)):
            raise _refused(text)
        return article
    if article is not None and len(article.rows) > _found(document):
        return article
    return _merged(document, text, "article", home)


def _read_table(text: SourceText, home: str | None) -> Document | None:
    if is_table(text.text):
        return parse_table(text, home)
    joined = join_cells(text.text)
    if joined is None:
        return None
    return with_cell_lines(parse_table(replace(text, text=joined), home), text.text)


def _found(document: Document) -> int:
    return len(document.rows) + len(document.organizations)


def _leaves_a_tie(document: Document) -> bool:
    """Does a line that is left over speak of a tie?"""
    left = document.lines[document.lines["kind"].isin(_UNEXPLAINED)]
    return any(_SAYS_TIE.search(line) is not None for line in left["text"])


def _merged(document: Document, text: SourceText, layout: str, home: str | None) -> Document:
    """The document with what another layout reads in the lines it leaves unexplained."""
    left = document.lines[document.lines["kind"].isin(_UNEXPLAINED)]
    if layout == "list" and len(document.rows):  # the titles above a table are no list
        first = int(document.rows["line"].iloc[0])
        left = left[(left["kind"] == "unknown") | (left["line"] > first)]
    if not len(left):
        return document
    lines = [""] * (int(left["line"].iloc[-1]))
    for number, line in zip(left["line"], left["text"], strict=True):
        lines[number - 1] = line
    rest = replace(text, text="\n".join(lines))
    homes = document.rows["verbatim_place"].dropna().unique()
    only = str(homes[0]) if len(homes) == 1 and document.home_header is None else home
    other = parse_list(rest, only) if layout == "list" else parse_article(rest)
    return _with(document, other) if _found(other) else document


def _with(document: Document, other: Document) -> Document:
    """Both documents in one: the lines the other explains are its own."""
    kinds = other.lines[~other.lines["kind"].isin((*_UNEXPLAINED, "title", "event"))]
    explained = dict(zip(kinds["line"], kinds["kind"], strict=True))
    explained |= dict.fromkeys(other.rows["line"], "row")
    if other.layout == "article":
        explained = dict.fromkeys(other.rows["line"], "row")
    lines = document.lines.assign(
        kind=[explained.get(n, kind) for n, kind in zip(
            document.lines["line"], document.lines["kind"], strict=True)],
    )  # fmt: skip
    lines["kind"] = lines["kind"].astype(document.lines["kind"].dtype)
    answered = document.issues["line"].isin(explained) & (
        document.issues["code"] == "unparsed_line"
    )
    added = other.issues[
        other.issues["line"].isin(explained) & (other.issues["code"] != "unparsed_line")
    ]
    return replace(
        document,
        lines=lines,
        rows=_together(document.rows, other.rows),
        organizations=_together(document.organizations, other.organizations),
        claims=_together(document.claims, other.claims[other.claims["line"].isin(explained)]),
        issues=_together(document.issues[~answered], added),
        date=document.date or other.date,
    )


def _together(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    if not len(second):
        return first.reset_index(drop=True)
    if not len(first):
        return second.reset_index(drop=True)
    both = pd.concat([first, second], ignore_index=True)
    both = both.drop_duplicates() if "claimed" in both else both
    return both.sort_values("line", kind="stable", ignore_index=True)


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
