"""The dated statements of a paragraph, each with the issues of its date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from sisterdata.parser.article.paragraphs import PAST
from sisterdata.parser.document import issue
from sisterdata.parser.line_kinds import LONGEST_SENTENCE
from sisterdata.text.dates import PrintedDate, find_dates


class Event(NamedTuple):
    record: dict[str, Any]
    issues: list[dict[str, Any]]


def dated_statements(statements: list[tuple[int, str]]) -> Iterator[Event]:
    """A paragraph's dated statements, each with the issues of its date."""
    opening: PrintedDate | None = None
    for number, sentence in statements:
        dates = find_dates(sentence[:LONGEST_SENTENCE], years=True)
        for date in [date for date in dates if date.date is not None][:1]:
            yield Event(_event(number, date, sentence), _range(number, date, dates, sentence))
        if dates:
            opening = opening_date(dates)
        elif opening is not None and PAST.search(sentence) and not _OTHER_TIME.search(sentence):
            event = _event(number, opening, sentence)
            message = f"the date stands in the sentence before: {sentence}"
            carried = issue(number, "date", "date_carried", opening.verbatim, message)
            yield Event(event, [carried])
        else:
            opening = None


def opening_date(dates: list[PrintedDate]) -> PrintedDate | None:
    """A sentence's only date, if it is at the beginning: it also dates what follows."""
    first = dates[0]
    return first if len(dates) == 1 and first.date and first.start <= _OPENING else None


def _event(number: int, date: PrintedDate, sentence: str) -> dict[str, Any]:
    return {"line": number, "date": date.date, "verbatim_date": date.verbatim, "text": sentence}


def _range(
    number: int, date: PrintedDate, dates: list[PrintedDate], sentence: str
) -> list[dict[str, Any]]:
    """An issue if the statement has several dates; the first is used."""
    linked = any(
        one is date and _LINK.fullmatch(sentence, one.end, other.start)
        for one, other in pairwise(dates)
    )
    if not linked and not _MORE_YEARS.match(sentence, date.end):
        return []
    message = "the statement is of several dates; the first is taken"
    return [issue(number, "date", "year_range", date.verbatim, message)]


def impossible_dates(number: int, sentence: str) -> list[dict[str, Any]]:
    return [
        issue(number, "date", "missing_year", date.verbatim, "no calendar has this date")
        for date in find_dates(sentence)
        if date.date is None
    ]


_LINK = re.compile(r"\s?(?:[-–,]|to|till|until|through|and|ถึง|และ)\s?(?:in\s)?")
_MORE_YEARS = re.compile(r"(?:,\s?\d{4})*,?\s?(?:[-–]|and|or|to|until)\s?\d{4}\b")
_OPENING = 12
_OTHER_TIME = re.compile(
    r"\b(?:since|now|nowadays|today|current(?:ly)?|present(?:ly)?|later|afterwards?|before"
    r"|previous(?:ly)?|subsequent(?:ly)?|then|until|years?|months?|anniversary|recent(?:ly)?"
    r"|ago|in \d{4}|\d{4}s?)\b",
    re.I,
)
