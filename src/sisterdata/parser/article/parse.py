"""An article: title, byline, dated statements in prose, and the agreements they tell of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from sisterdata.parser.article.agreements import (
    Agreement,
    clauses,
    named,
    places_named,
    read_agreement,
)
from sisterdata.parser.article.paragraphs import (
    PAST,
    Paragraph,
    is_prose,
    kinds_of,
    paragraphs_of,
)
from sisterdata.parser.article.parties import NAME, bare_name, names_its_kind
from sisterdata.parser.claims import claims_of
from sisterdata.parser.document import Document, frame_of, issue, unparsed_line
from sisterdata.parser.line_kinds import is_boilerplate, sentences, status_date
from sisterdata.readers.source_text import SourceText
from sisterdata.text.dates import PrintedDate, find_dates, without_dates


def parse_article(text: SourceText) -> Document:
    """Read an article; see Document for what comes out."""
    paragraphs = list(paragraphs_of(text.text))
    kinds = kinds_of(paragraphs)
    events: list[dict[str, Any]] = []
    issues: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    told: list[_Told] = []
    heading = None
    for paragraph in paragraphs:
        kind = kinds[paragraph.number]
        if kind == "heading":
            heading = paragraph.text
        if kind in ("title", "heading"):
            claims += claims_of(paragraph.number, heading, paragraph.text)
        elif kind == "prose":
            statements = list(_statements(paragraph))
            found = list(_events(statements))
            events += [event.record for event in found]
            kinds.update({event.record["line"]: "event" for event in found})
            issues += [doubt for event in found for doubt in event.issues]
            of_two = _TWO_PLACES.search(paragraph.text) is not None
            for line, sentence in statements:
                claims += claims_of(line, heading, sentence)
                issues += _impossible_dates(line, sentence)
                for clause in clauses(sentence):
                    agreement = read_agreement(clause)
                    if agreement is not None:
                        told.append(_Told(line, heading, clause, agreement, of_two))
        elif kind == "unknown":
            issues.append(unparsed_line(paragraph.number, paragraph.printed, "it has no words"))
    rows, doubts = _pairs(told, text.text)
    lines = [(number, line) for paragraph in paragraphs for number, line in paragraph.lines]
    return Document(
        source_id=text.source_id,
        layout="article",
        title=next((p.text for p in paragraphs if kinds[p.number] == "title"), None),
        date=_published(paragraphs, kinds),
        lines=frame_of("lines", [{"line": n, "kind": kinds[n], "text": line} for n, line in lines]),
        rows=frame_of("rows", rows),
        organizations=frame_of("organizations", []),
        claims=frame_of("claims", claims),
        events=frame_of("events", events),
        issues=frame_of("issues", issues + doubts),
    )


def is_article(text: str) -> bool:
    """Has a text a dated statement in prose?"""
    return any(
        not is_boilerplate(paragraph.text)
        and is_prose(paragraph.text)
        and find_dates(paragraph.text, years=True) != []
        for paragraph in paragraphs_of(text)
    )


def _published(paragraphs: list[Paragraph], kinds: dict[int, str]) -> str | None:
    """The date of a byline, of the dateline that opens the prose, or of a line that says it."""
    bylines = (p.text for p in paragraphs if kinds[p.number] == "byline")
    prose = next((p.text for p in paragraphs if kinds[p.number] in ("prose", "event")), "")
    dated = (date for line in (*bylines, prose[: _dateline(prose)]) for date in find_dates(line))
    printed = next(dated, None)
    if printed is not None:
        return printed.date
    return next((date for p in paragraphs if (date := status_date(p.text))), None)


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
    """A paragraph's sentences, each with the line it begins on; the dateline is none's."""
    text = paragraph.text
    begin = _dateline(text)
    for start, sentence in sentences(text[begin:]):
        yield paragraph.line_at(begin + start), sentence


class _Event(NamedTuple):
    record: dict[str, Any]
    issues: list[dict[str, Any]]


def _events(statements: list[tuple[int, str]]) -> Iterator[_Event]:
    """A paragraph's dated statements, each with what is to be said of its date."""
    opening: PrintedDate | None = None
    for number, sentence in statements:
        dates = find_dates(sentence, years=True)
        for date in [date for date in dates if date.date is not None][:1]:
            yield _Event(_event(number, date, sentence), _range(number, date, dates, sentence))
        if dates:
            # Only a date that opens a sentence dates what follows it.
            opening = (
                dates[0]
                if len(dates) == 1 and dates[0].date and dates[0].start <= _OPENING
                else None
            )
        elif opening is not None and PAST.search(sentence) and not _OTHER_TIME.search(sentence):
            event = _event(number, opening, sentence)
            yield _Event(event, [_carried(event)])
        else:
            opening = None


def _event(number: int, date: PrintedDate, sentence: str) -> dict[str, Any]:
    return {"line": number, "date": date.date, "verbatim_date": date.verbatim, "text": sentence}


def _range(
    number: int, date: PrintedDate, dates: list[PrintedDate], sentence: str
) -> list[dict[str, Any]]:
    """An issue where the date is the first of several that one statement is of."""
    linked = any(
        one is date and _LINK.fullmatch(sentence, one.end, other.start)
        for one, other in pairwise(dates)
    )
    if not linked and not _MORE_YEARS.match(sentence, date.end):
        return []
    message = "the statement is of several dates; the first is taken"
    return [issue(number, "date", "year_range", date.verbatim, message)]


def _impossible_dates(number: int, sentence: str) -> list[dict[str, Any]]:
    return [
        issue(number, "date", "missing_year", date.verbatim, "no calendar has this date")
        for date in find_dates(sentence)
        if date.date is None
    ]


def _carried(event: dict[str, Any]) -> dict[str, Any]:
    return issue(
        event["line"],
        "date",
        "date_carried",
        event["verbatim_date"],
        f"the date stands in the sentence before: {event['text']}",
    )


_LINK = re.compile(r"\s?(?:[-–,]|to|till|until|through|and|ถึง|และ)\s?(?:in\s)?")
_MORE_YEARS = re.compile(r"(?:,\s?\d{4})*,?\s?(?:[-–]|and|or|to|until)\s?\d{4}\b")
_OPENING = 12
_OTHER_TIME = re.compile(
    r"\b(?:since|now|nowadays|today|current(?:ly)?|present(?:ly)?|later|afterwards?|before"
    r"|previous(?:ly)?|subsequent(?:ly)?|then|until|years?|months?|anniversary|recent(?:ly)?"
    r"|ago|in \d{4}|\d{4}s?)\b",
    re.I,
)


class _Told(NamedTuple):
    """What a sentence tells of a tie, and whether its paragraph speaks of two places."""

    line: int
    section: str | None
    sentence: str
    agreement: Agreement
    of_two: bool


def _pairs(told: list[_Told], text: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows that sentences state, and an issue on each that states a tie but no certain pair.

    What any two bodies may sign is a pair's only where the text treats both as places.
    """
    certain = [said.agreement for said in told if not said.agreement.weak]
    places: frozenset[str] = frozenset()
    if len(certain) < len(told):
        places = places_named(text).union(
            bare_name(party) for agreement in certain for pair in agreement.pairs for party in pair
        )
    rows: list[dict[str, Any]] = []
    doubts: list[tuple[_Told, str]] = []
    for said in told:
        parties = {party for pair in said.agreement.pairs for party in pair}
        if said.agreement.doubt is not None:
            doubts.append((said, said.agreement.doubt))
        elif said.agreement.weak and not (
            said.of_two or all(names_its_kind(p) or bare_name(p) in places for p in parties)
        ):
            doubts.append((said, "nothing says that its parties are places"))
        else:
            rows += _rows(said)
    known = {frozenset(map(bare_name, (r["verbatim_place"], r["verbatim_partner"]))) for r in rows}
    return rows, [
        issue(said.line, "line", "pair_not_certain", said.sentence, f"no pair is taken: {why}")
        for said, why in doubts
        if not (said.agreement.vague and frozenset(named(said.sentence)) in known)
    ]


def _rows(said: _Told) -> list[dict[str, Any]]:
    date = next(iter(find_dates(said.sentence, years=True)), None)
    return [
        {
            "line": said.line,
            "section": said.section,
            "verbatim_place": first,
            "verbatim_partner": second,
            "verbatim_year": date.verbatim if date is not None else None,
            "verbatim_note": said.agreement.said,
        }
        for first, second in said.agreement.pairs
    ]


_TWO_PLACES = re.compile(
    r"\b(?:the|these|both|two)(?: two)? (?:cities|towns|provinces|municipalities|prefectures|mayors"
    r"|governors)\b|ทั้งสอง(?:เมือง|จังหวัด|นคร)",
    re.I,
)
