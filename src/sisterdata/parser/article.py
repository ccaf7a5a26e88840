"""An article: title, byline, dated statements in prose, and the agreement they tell of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sisterdata.parser.claims import claims_of
from sisterdata.parser.document import Document, frame_of, issue, unparsed_line
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
    lines = [(n, line) for n, line in enumerate(text.text.split("\n"), 1) if not is_blank(line)]
    kinds = _kinds(lines)
    events: list[dict[str, Any]] = []
    issues: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    claims: list[dict[str, Any]] = []
    heading = None
    for number, line in lines:
        words = line.strip()
        if kinds[number] == "heading":
            heading = words
        if kinds[number] in ("title", "heading", "prose"):
            claims += claims_of(number, heading, words)
        if kinds[number] == "prose":
            for event, carried in _events(number, words):
                events.append(event)
                kinds[number] = "event"
                if carried:
                    issues.append(_carried(event))
            rows += _agreements(number, heading, words)
            issues += [
                issue(number, "date", "missing_year", date.verbatim, "no calendar has this date")
                for date in find_dates(words)
                if date.date is None
            ]
        elif kinds[number] == "unknown":
            issues.append(unparsed_line(number, line, "it has no words"))
    title = next((line.strip() for number, line in lines if kinds[number] == "title"), None)
    return Document(
        source_id=text.source_id,
        layout="article",
        title=title,
        date=_published(lines, kinds),
        lines=frame_of("lines", [{"line": n, "kind": kinds[n], "text": line} for n, line in lines]),
        rows=frame_of("rows", rows),
        organizations=frame_of("organizations", []),
        claims=frame_of("claims", claims),
        events=frame_of("events", events),
        issues=frame_of("issues", issues),
    )


def is_article(text: str) -> bool:
    """Has a text a dated statement in prose?"""
    return any(
        not is_boilerplate(line) and _is_prose(line.strip()) and find_dates(line, years=True) != []
        for line in text.split("\n")
    )


def _kinds(lines: list[tuple[int, str]]) -> dict[int, str]:
    kinds: dict[int, str] = {}
    for number, line in lines:
        words = line.strip()
        if not re.search(r"[^\W\d_]", words):
            kinds[number] = "boilerplate" if is_boilerplate(words) else "unknown"
        elif not _is_statement(words) and (
            is_byline(words) or (len(words) <= 50 and reduced_date(words))
        ):
            kinds[number] = "byline"
        elif is_boilerplate(words):
            kinds[number] = "boilerplate"
        elif _CAPTION.search(words):
            kinds[number] = "caption"
        else:
            kinds[number] = "prose" if _is_prose(words) else "heading"
    _name_title(lines, kinds)
    _name_footer(lines, kinds)
    return kinds


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


def _name_title(lines: list[tuple[int, str]], kinds: dict[int, str]) -> None:
    """The title is the last heading above the byline, or else above the first paragraph."""
    above: list[int] = []
    for number, _ in lines:
        if kinds[number] in ("byline", "prose") and above:
            break
        if kinds[number] == "heading":
            above.append(number)
    if above:
        kinds[above[-1]] = "title"
        # What stands above the title is the site's, not the article's.
        kinds.update(dict.fromkeys(above[:-1], "boilerplate"))


def _name_footer(lines: list[tuple[int, str]], kinds: dict[int, str]) -> None:
    """Headings below the last paragraph head nothing: they are the site's."""
    for number, _ in reversed(lines):
        if kinds[number] in ("prose", "title", "caption"):
            return
        if kinds[number] == "heading":
            kinds[number] = "boilerplate"


_CAPTION = re.compile(
    r"\((?:photo|image|picture|file photo|ภาพ)\b.{0,150}\)\s*$|^(?:photo|ภาพ)\s?:", re.I
)


def _published(lines: list[tuple[int, str]], kinds: dict[int, str]) -> str | None:
    for number, line in lines:
        if kinds[number] == "byline":
            for found in find_dates(line):
                return found.date
    return next((date for _, line in lines if (date := status_date(line.strip()))), None)


def _events(number: int, paragraph: str) -> Iterator[tuple[dict[str, Any], bool]]:
    """The paragraph's dated statements; True beside one whose date stands in the one before."""
    opening: PrintedDate | None = None
    for _, sentence in sentences(paragraph):
        dates = find_dates(sentence, years=True)
        for date in [date for date in dates if date.date is not None][:1]:
            yield _event(number, date, sentence), False
        if dates:
            # Only a date that opens a sentence dates what follows it.
            opening = (
                dates[0]
                if len(dates) == 1 and dates[0].date and dates[0].start <= _OPENING
                else None
            )
        elif opening is not None and _PAST.search(sentence) and not _OTHER_TIME.search(sentence):
            yield _event(number, opening, sentence), True
        else:
            opening = None


def _event(number: int, date: PrintedDate, sentence: str) -> dict[str, Any]:
    return {"line": number, "date": date.date, "verbatim_date": date.verbatim, "text": sentence}


def _carried(event: dict[str, Any]) -> dict[str, Any]:
    return issue(
        event["line"],
        "date",
        "date_carried",
        event["verbatim_date"],
        f"the date stands in the sentence before: {event['text']}",
    )


_OPENING = 12
_LONGEST_STATEMENT = 1000
_PAST = re.compile(
    r"\b(?:[a-z]{2,}ed|became|was|were|held|met|took|won|led|sent|gave|made|began)\b"
)
_OTHER_TIME = re.compile(
    r"\b(?:since|now|nowadays|today|current(?:ly)?|present(?:ly)?|later|afterwards?|before"
    r"|previous(?:ly)?|subsequent(?:ly)?|then|until|years?|months?|anniversary|recent(?:ly)?"
    r"|ago|in \d{4}|\d{4}s?)\b",
    re.I,
)


def _agreements(number: int, heading: str | None, paragraph: str) -> Iterator[dict[str, Any]]:
    for _, sentence in sentences(paragraph):
        if len(sentence) > _LONGEST_STATEMENT or not _SIGNING.search(sentence):
            continue
        statement = _without_dates(sentence)
        for form in _AGREEMENTS:
            found = form.search(statement)
            if found is None:
                continue
            date = next(iter(find_dates(sentence, years=True)), None)
            yield {
                "line": number,
                "section": heading,
                "verbatim_place": found["first"],
                "verbatim_partner": found["second"],
                "verbatim_year": date.verbatim if date is not None else None,
                "verbatim_note": found["said"].strip(" ."),
            }
            break


def _without_dates(sentence: str) -> str:
    for date in reversed(find_dates(sentence, years=True)):
        sentence = sentence[: date.start] + sentence[date.end :]
    return re.sub(r"\s+(?=[\s,.;])", "", _DATE_LEFT.sub("", sentence)).strip()


# What is left of a date phrase: "On , ", "(on )", "เมื่อวันที่ ".
_DATE_LEFT = re.compile(
    r"\b(?:on|in|since|as of)\s*(?=[,.;)]|$)\s*,?|^\s*,|(?:เมื่อ)?(?:วันที่|เดือน)\s|\(\s*\)", re.I
)
# A party: capitalised words, also joined by "of"; no person, and no pronoun.
_WORD = r"(?:(?:St|Mt|Ft)\.|[A-Z](?:[\w'’-]|\.(?=\w))*(?:(?<=\.[A-Z])\.)?)"
_NAME = rf"{_WORD}(?:(?: (?:of|de|and the|the))?,? {_WORD}){{0,7}}?"
_NOBODY = (
    r"(?!(?:governor|mayor|president|minister|deputy|mr|mrs|ms|dr|he|she|they|both|the two)\b)"
)
_FIRST = rf"(?:[Tt]he )?(?i:{_NOBODY})(?P<first>{_NAME})"
_SECOND = rf"(?:[Tt]he )?(?i:{_NOBODY})(?P<second>{_NAME})"
_SIGNED = (
    r"(?:(?:have|had|has|also|officially|formally|jointly) )*"
    r"(?:signed|concluded|inked|established|entered into|formed|set up)"
)
_SIGNING = re.compile(
    r"\b(?:signed|concluded|inked|established|entered|formed|set up|became)\b|ลงนาม"
)
_KEYWORD = (
    r"(?i:agreement|memorandum|mou|letters? of intent|loi|protocol|declaration|sister|twin"
    r"|friendship|relations|pact)"
)
_INSTRUMENT = (
    rf"(?:the |a |an |their )?[^,.;]*?{_KEYWORD}[^,.;]*?"
    r"(?=\s+(?:with|between|in|to|for|on|at|during|which|covering)\b|[,.;]|$)"
)
_INSTRUMENT_BETWEEN = rf"[^,.;]*?{_KEYWORD}[^,.;]*? (?:was|were) (?:signed|concluded|established)"
_THAI_NAME = "(?:กรุง|จังหวัด|เทศบาล|เมือง|นคร|มณฑล|รัฐ|แขวง)[\u0e01-\u0e4e]+?"
_AGREEMENTS = tuple(
    re.compile(form)
    for form in (
        rf"(?:^|, ){_FIRST} and {_SECOND} (?P<said>{_SIGNED} {_INSTRUMENT})",
        rf"(?:^|, ){_FIRST} (?P<said>{_SIGNED} {_INSTRUMENT}) with {_SECOND}"
        r"(?=[,.;]|$| (?:on|in|to|for|at)\b)",
        rf"(?:^|, )(?:[Tt]he |[Aa]n? )?(?P<said>{_INSTRUMENT_BETWEEN})"
        rf" between {_FIRST} and {_SECOND}"
        r"(?=[,.;]|$| (?:on|in|at)\b)",
        rf"(?:^|, ){_FIRST} and {_SECOND} (?:officially |formally )?became "
        r"(?P<said>(?:sister|twin|friendship|partner)[\w -]{2,30}?)(?=[,.;]|$| (?:on|in)\b)",
        rf"(?:^|\s)(?P<first>{_THAI_NAME})\s?(?:และ|กับ)\s?(?P<second>{_THAI_NAME})\s?(?:ได้)?"
        rf"(?:ร่วมกัน|ร่วม)?(?P<said>ลงนาม(?:ใน)?\s?[\u0e01-\u0e4e]+(?: \(?[A-Z]{{3}}\)?)?)",
    )
)
