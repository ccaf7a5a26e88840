"""An article: title, byline, dated statements in prose, and the ties of places they tell of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sisterdata.parser.article.dated_statements import dated_statements, impossible_dates
from sisterdata.parser.article.news_words import NAME
from sisterdata.parser.article.pair_rows import Told, read_ties, rows_and_doubts
from sisterdata.parser.article.paragraphs import Paragraph, is_prose, kinds_of, paragraphs_of
from sisterdata.parser.document import Document, frame_of, unparsed_line
from sisterdata.parser.line_kinds import LONGEST_SENTENCE, is_boilerplate, sentences, status_date
from sisterdata.parser.stated_counts import claims_of
from sisterdata.readers.lines_with_origin import SourceText
from sisterdata.text.dates import PrintedDate, find_dates, without_dates


def parse_article(text: SourceText) -> Document:
    """Read an article; see Document for what comes out."""
    paragraphs = list(paragraphs_of(text.text))
    kinds = kinds_of(paragraphs)
    events: list[dict[str, Any]] = []
    issues: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    told: list[Told] = []
    heading = None
    for paragraph in paragraphs:
        kind = kinds[paragraph.number]
        if kind == "heading":
            heading = paragraph.text
        if kind in ("title", "heading"):
            if _DIGIT.search(paragraph.text):
                claims += claims_of(paragraph.number, heading, paragraph.text[:LONGEST_SENTENCE])
        elif kind == "prose":
            statements = list(_statements(paragraph))
            found = list(dated_statements(statements))
            events += [event.record for event in found]
            kinds.update({event.record["line"]: "event" for event in found})
            issues += [doubt for event in found for doubt in event.issues]
            told += read_ties(statements, heading, paragraph.text)
            for line, sentence in statements if _DIGIT.search(paragraph.text) else ():
                claims += claims_of(line, heading, sentence[:LONGEST_SENTENCE])
                issues += impossible_dates(line, sentence[:LONGEST_SENTENCE])
        elif kind == "unknown":
            issues.append(unparsed_line(paragraph.number, paragraph.printed, "it has no words"))
    published = _published(paragraphs, kinds)
    if not told:  # a title says nothing that its text does not, where there is one
        title = [p for p in paragraphs if kinds[p.number] == "title"]
        told = [one for p in title for one in read_ties([(p.number, p.text)], None, p.text)]
    rows, doubts = rows_and_doubts(told, text.text, published)
    lines = [(number, line) for paragraph in paragraphs for number, line in paragraph.lines]
    return Document(
        source_id=text.source_id,
        layout="article",
        title=next((p.text for p in paragraphs if kinds[p.number] == "title"), None),
        date=published.date if published is not None else None,
        lines=frame_of("lines", [{"line": n, "kind": kinds[n], "text": line} for n, line in lines]),
        rows=frame_of("rows", rows),
        organizations=frame_of("organizations", []),
        claims=frame_of("claims", claims),
        events=frame_of("events", events),
        issues=frame_of("issues", issues + doubts),
    )


_DIGIT = re.compile(r"\d")


def is_article(text: str) -> bool:
    """Whether a text has prose with a date, or prose that mentions a tie."""
    return any(
        not is_boilerplate(paragraph.text)
        and is_prose(paragraph.text)
        and find_dates(paragraph.text[:LONGEST_SENTENCE], years=True) != []
        for paragraph in paragraphs_of(text)
    )


def _published(paragraphs: list[Paragraph], kinds: dict[int, str]) -> PrintedDate | None:
    """The date of a byline, of the dateline that opens the prose, or of a line that says it."""
    bylines = (p.text for p in paragraphs if kinds[p.number] == "byline")
    prose = next((p.text for p in paragraphs if kinds[p.number] in ("prose", "event")), "")
    for line in (*bylines, prose[: _dateline(prose)]):
        for date in find_dates(line):
            return date
    for paragraph in paragraphs:
        if status_date(paragraph.text) is not None:
            return next(date for date in find_dates(paragraph.text) if date.date is not None)
    return None


def _dateline(words: str) -> int:
    """Where the text begins behind "BONN, 5 May 2020 (An Agency) --", which dates the report."""
    found = _DATELINE.match(words)
    if found is None:
        return 0
    place = _DAY_AND_MONTH.sub("", without_dates(_AGENCY.sub("", found["line"])))
    return found.end() if _PLACES.fullmatch(place) else 0


_DATELINE = re.compile(r"(?P<line>.{2,80}?)\s?(?:--|—|\s[–-]\s)\s*(?=[\"“‘]?[A-Z])")
_AGENCY = re.compile(r"\s*\([^()]{1,40}\)")
_DAY_AND_MONTH = re.compile(r"(?:\d{1,2} )?(?:[A-Z][a-z]{2,8}\.?)(?: \d{1,2})?$")
_PLACES = re.compile(rf"{NAME}(?:, ?(?:{NAME})?)*[\s,.]*")


def _statements(paragraph: Paragraph) -> Iterator[tuple[int, str]]:
    """A paragraph's sentences without the dateline, each with the line it begins on."""
    text = paragraph.text
    begin = _dateline(text)
    for start, sentence in sentences(text[begin:]):
        yield paragraph.line_at(begin + start), sentence
