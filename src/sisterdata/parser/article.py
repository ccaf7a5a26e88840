"""An article: title, byline, dated statements in prose, and the agreement they tell of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from sisterdata.parser.agreements import Agreement, named, places_named, read_agreement
from sisterdata.parser.claims import claims_of
from sisterdata.parser.document import Document, frame_of, issue, unparsed_line
from sisterdata.parser.parties import NAME, bare_name, names_its_kind
from sisterdata.parser.reading import Text
from sisterdata.parser.shapes import (
    is_boilerplate,
    is_byline,
    is_sentence,
    sentences,
    status_date,
)
from sisterdata.text import PrintedDate, find_dates, is_blank, reduced_date


def parse_article(text: Text) -> Document:
    """Read an article; see Document for what comes out."""
    paragraphs = list(_paragraphs(text.text))
    kinds = _kinds(paragraphs)
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
                agreement = read_agreement(sentence)
                if agreement is not None:
                    told.append(_Told(line, heading, sentence, agreement, of_two))
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
        and _is_prose(paragraph.text)
        and find_dates(paragraph.text, years=True) != []
        for paragraph in _paragraphs(text)
    )


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines that make one text, each with its number."""

    lines: tuple[tuple[int, str], ...]

    @property
    def number(self) -> int:
        return self.lines[0][0]

    @property
    def printed(self) -> str:
        return self.lines[0][1]

    @property
    def text(self) -> str:
        return " ".join(line.strip() for _, line in self.lines)

    def line_at(self, place: int) -> int:
        """The number of the line on which a place in the text stands."""
        for number, line in self.lines:
            place -= len(line.strip()) + 1
            if place < 0:
                return number
        return self.lines[-1][0]


_MOST_LINES = 200  # of a paragraph


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    """The lines of a text; those of prose that a narrow page broke are joined."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not is_blank(line):
            block.append((number, line))
        if block and (is_blank(line) or len(block) == _MOST_LINES):
            yield from _unwrapped(block)
            block = []
    yield from _unwrapped(block)


def _unwrapped(block: list[tuple[int, str]]) -> Iterator[_Paragraph]:
    run: list[tuple[int, str]] = []
    width = max((len(line.strip()) for _, line in block), default=0)
    for number, line in block:
        if run and not _goes_on(run[-1][1].strip(), line.strip(), width):
            yield from _joined(run)
            run = []
        run.append((number, line))
    yield from _joined(run)


def _goes_on(above: str, line: str, width: int) -> bool:
    """Does a line end in the middle of a sentence because its next word found no room?"""
    if _SENTENCE_ENDS.search(above) or any(map(_is_furniture, (above, line))):
        return False
    first = line.split(maxsplit=1)[0]
    return first[0].islower() or len(above) + 1 + len(first) > width


def _joined(run: list[tuple[int, str]]) -> Iterator[_Paragraph]:
    if run and _is_prose(_Paragraph(tuple(run)).text):
        yield _Paragraph(tuple(run))
    else:
        yield from (_Paragraph((line,)) for line in run)


def _is_furniture(words: str) -> bool:
    return is_boilerplate(words) or is_byline(words) or _CAPTION.search(words) is not None


_SENTENCE_ENDS = re.compile(r"[.!?:;]['\"”’)\]]*$")


def _kinds(paragraphs: list[_Paragraph]) -> dict[int, str]:
    kinds: dict[int, str] = {}
    for paragraph in paragraphs:
        kinds.update((number, "prose") for number, _ in paragraph.lines[1:])
        kinds[paragraph.number] = _kind(paragraph.text)
    _name_title(paragraphs, kinds)
    _name_footer(paragraphs, kinds)
    return kinds


def _kind(words: str) -> str:
    if not re.search(r"[^\W\d_]", words):
        return "boilerplate" if is_boilerplate(words) else "unknown"
    dated = len(words) <= 50 and reduced_date(words) is not None
    if (dated or is_byline(words)) and not _is_statement(words):
        return "byline"
    if is_boilerplate(words):
        return "boilerplate"
    if _CAPTION.search(words):
        return "caption"
    return "prose" if _is_prose(words) else "heading"


def _is_prose(words: str) -> bool:
    # Thai prose has few spaces and no full stops: a date within words tells it.
    return (
        is_sentence(words)
        or _is_statement(words)
        or (len(words) > 40 and _THAI.search(words) is not None and find_dates(words) != [])
    )


def _is_statement(words: str) -> bool:
    """Does a short line say what happened on a date, rather than only when it was written?"""
    dates = find_dates(words, years=True)
    if not dates:
        return False
    rest = words
    for date in reversed(dates):
        rest = rest[: date.start] + rest[date.end :]
    if _THAI.search(rest):
        return len(_THAI_VERB.findall(rest)) > 0
    told = [word for word in _LATIN_WORD.findall(rest) if not _OF_A_BYLINE.fullmatch(word)]
    return len(told) >= 2 and (
        re.search(r"\w[.!?]$", rest.strip()) is not None or _PAST.search(" ".join(told)) is not None
    )


_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_OF_A_BYLINE = re.compile(
    r"by|on|at|in|of|the|published|posted|updated|modified|created|written|edited|reported"
    r"|last|news|pm|am",
    re.I,
)
_THAI_VERB = re.compile("ลงนาม|สถาปนา|เดินทาง|พบ(?:กับ|ปะ|กัน)|จัดงาน|เข้าร่วม|เยือน|หารือ")


_THAI = re.compile("[\u0e01-\u0e4e]")


def _name_title(paragraphs: list[_Paragraph], kinds: dict[int, str]) -> None:
    """The title is the last heading above the byline, or else above the first paragraph."""
    above: list[int] = []
    for paragraph in paragraphs:
        if kinds[paragraph.number] in ("byline", "prose") and above:
            break
        if kinds[paragraph.number] == "heading":
            above.append(paragraph.number)
    if above:
        kinds[above[-1]] = "title"
        # What stands above the title is the site's, not the article's.
        kinds.update(dict.fromkeys(above[:-1], "boilerplate"))


def _name_footer(paragraphs: list[_Paragraph], kinds: dict[int, str]) -> None:
    """Headings below the last paragraph head nothing: they are the site's."""
    for paragraph in reversed(paragraphs):
        if kinds[paragraph.number] in ("prose", "title", "caption"):
            return
        if kinds[paragraph.number] == "heading":
            kinds[paragraph.number] = "boilerplate"


_CAPTION = re.compile(
    r"\((?:photo|image|picture|file photo|ภาพ)\b.{0,150}\)\s*$|^(?:photo|ภาพ)\s?:", re.I
)


def _published(paragraphs: list[_Paragraph], kinds: dict[int, str]) -> str | None:
    for paragraph in paragraphs:
        if kinds[paragraph.number] == "byline":
            for found in find_dates(paragraph.text):
                return found.date
    for paragraph in paragraphs:
        if kinds[paragraph.number] in ("prose", "event"):
            dateline = paragraph.text[: _dateline(paragraph.text)]
            for found in find_dates(dateline):
                return found.date
            break
    return next((date for p in paragraphs if (date := status_date(p.text))), None)


def _dateline(words: str) -> int:
    """Where the text begins behind "BONN, 5 May 2020 (An Agency) --", which dates the report."""
    found = _DATELINE.match(words)
    if found is None:
        return 0
    place = _AGENCY.sub("", found["line"])
    for date in reversed(find_dates(place)):
        place = place[: date.start] + place[date.end :]
    place = _DAY_AND_MONTH.sub("", place)
    return found.end() if _PLACES.fullmatch(place) else 0


_DATELINE = re.compile(r"(?P<line>.{2,80}?)\s?(?:--|—|\s[–-]\s)\s*(?=[\"“‘]?[A-Z])")
_AGENCY = re.compile(r"\s*\([^()]{1,40}\)")
_DAY_AND_MONTH = re.compile(r"(?:\d{1,2} )?(?:[A-Z][a-z]{2,8}\.?)(?: \d{1,2})?$")
_PLACES = re.compile(rf"{NAME}(?:, ?(?:{NAME})?)*[\s,.]*")


def _statements(paragraph: _Paragraph) -> Iterator[tuple[int, str]]:
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
        elif opening is not None and _PAST.search(sentence) and not _OTHER_TIME.search(sentence):
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
_PAST = re.compile(
    r"\b(?:[a-z]{2,}ed|became|was|were|held|met|took|won|led|sent|gave|made|began)\b"
)
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
