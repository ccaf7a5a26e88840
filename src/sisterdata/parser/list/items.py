"""What the text of one item says: a place and a date, or an organization and its acronym."""

from __future__ import annotations

import re

from sisterdata.parser.line_kinds import LONGEST_HEADING, is_sentence
from sisterdata.text.dates import find_dates, western_digits, year
from sisterdata.text.repair import repair


def split_date(text: str) -> tuple[str | None, str | None, str | None]:
    """A place, the date printed behind it, and what else is said of the date.

    >>> split_date("Busan, Korea Jun.30.1966")
    ('Busan, Korea', 'Jun.30.1966', None)
    >>> split_date("Aichi, Japan (MOU signed on 5 May 2012)")
    ('Aichi, Japan', '5 May 2012', 'MOU signed')
    >>> split_date("Aichi, Japan, 2012 (MOU)")
    ('Aichi, Japan', '2012', 'MOU')
    """
    place, said = text, ""
    bracket = _BRACKET_BEHIND.search(text)
    if bracket is not None:
        words, before = bracket["words"], text[: bracket.start()].rstrip(_EDGES) or None
        dates = _dates(words)
        if dates:
            start, end = dates[0]
            return before, words[start:end], _note(words[:start], words[end:])
        if before is not None and _REMARK.search(words):
            place, said = before, words
    dates = _dates(place)
    if not dates or place[dates[-1][1] :].strip(_CLOSING):
        return place.strip() or None, None, _note(said)
    start, end = dates[0]
    link = _SAID_OF_DATE.search(place, 0, start)
    cut = link.start() if link is not None else start
    note = _note(place[cut:start], place[end:], said)
    return place[:cut].rstrip(_EDGES) or None, place[start:end], note


def is_date(words: str) -> bool:
    """Is a date, or a year of four digits, all that a line says?"""
    words = words.strip("() .")
    return len(words) <= 40 and (0, len(words)) in _dates(words)


def name_and_acronym(text: str, description: str = "") -> tuple[str | None, str | None]:
    """An organization's name and its acronym, from its entry and the text under it.

    >>> name_and_acronym("CITYNET ( The Regional Network )")
    ('The Regional Network', 'CITYNET')
    >>> name_and_acronym("Asia Summit (Asia 11+1) is the international summit of cities")
    ('Asia Summit', 'Asia 11+1')
    >>> name_and_acronym("Global Design Organization", "The Global Design Organization (GDO) is")
    ('Global Design Organization', 'GDO')
    """
    named = _CLAUSE.split(repair(text).text, maxsplit=1)[0].strip(_EDGES + ".")
    bracket = _BRACKET.fullmatch(named)
    if len(named) > LONGEST_HEADING:
        return named, None
    if bracket is None:
        known = re.search(rf"{re.escape(named)}\s*\(\s*({_ACRONYM})\s*\)", description)
        return named or None, known[1] if named and known is not None else None
    outer, inner = bracket["outer"].strip(), bracket["inner"].strip()
    if re.fullmatch(_ACRONYM, outer) and len(inner) > len(outer):
        return inner, outer
    return outer, inner if len(inner.split()) <= 3 and len(inner) < len(outer) else None


def is_name(text: str) -> bool:
    """Are the longer words before a comma capitalised, as in a name; or is it not in Latin?"""
    words = text.split(",", maxsplit=1)[0].split()
    return not any(word[0].islower() for word in words if len(word) > 3)


def names_a_place(text: str) -> bool:
    return "," in text and text[:1].isalpha() and not text[:1].islower() and not is_sentence(text)


def _dates(text: str) -> list[tuple[int, int]]:
    found = [(date.start, date.end) for date in find_dates(text)]
    for printed in _YEAR.finditer(western_digits(text)):
        start, end = printed.span()
        alone = not any(low < end and start < high for low, high in found)
        if alone and year(text[start:end]).value is not None:
            found.append((start, end))
    return sorted(found)


def _note(*parts: str) -> str | None:
    words = (_LINK.sub("", part).strip(_EDGES + ".)]") for part in parts)
    return " ".join(filter(None, words)) or None


_BRACKET_BEHIND = re.compile(r"\s*[(\[](?P<words>[^()\[\]]*)[)\]]\s*$")
_REMARK = re.compile(
    r"\b(?:mou|loi|loa|agreements?|memorandum|letter|signed|sister|friendship)\b", re.I
)
_CLOSING = " \t\u00a0.)]"
_EDGES = " \t\u00a0,;:-–—(["
_YEAR = re.compile(r"(?<![\w.,/-])(?:[พค]\.?\s?ศ\.?\s?)?\d{4}(?![\w/-])")
_SAID_OF_DATE = re.compile(
    r"[\s,;:–-]+(?:(?:signed|established|concluded|since|from|dated|on|in|เมื่อ|ลงนาม|วันที่|ปี)\s*)+$",
    re.I,
)
_LINK = re.compile(r"(?:\b(?:since|from|dated|on|in)\b|เมื่อ|วันที่|ปี|[\s,])+$", re.I)
# "Asia Metropolis Summit is the summit of ...", "City Summit , of which the members are ..."
_CLAUSE = re.compile(r"\s*,\s*(?:of which|which|whose|where|an?|the)\b|\s(?:is|are|was|were)\s")
_BRACKET = re.compile(r"(?P<outer>[^()]+)\((?P<inner>[^()]+)\)")
_ACRONYM = r"[A-Z][A-Z0-9&.+-]{1,14}(?: \d{1,3})?"
