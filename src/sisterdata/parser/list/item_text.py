"""What the text of one item says: a place and a date, or an organization and its acronym."""

from __future__ import annotations

import re
from functools import lru_cache

from sisterdata.countries.match import split_country
from sisterdata.parser.line_kinds import LONGEST_HEADING, is_prose
from sisterdata.text.dates import find_dates, western_digits, year
from sisterdata.text.repair import repair


def split_date(text: str) -> tuple[str | None, str | None, str | None]:
    """A place, the date printed beside it, and what else is said of the date.

    >>> split_date("Busan, Korea Jun.30.1966")
    ('Busan, Korea', 'Jun.30.1966', None)
    >>> split_date("Aichi, Japan (MOU signed on 5 May 2012)")
    ('Aichi, Japan', '5 May 2012', 'MOU signed')
    >>> split_date("Aichi, Japan, 2012 (MOU)")
    ('Aichi, Japan', '2012', 'MOU')
    >>> split_date("นครคุนหมิง ประเทศจีน พ.ศ. 2542 (ค.ศ. 1999)")
    ('นครคุนหมิง ประเทศจีน', 'พ.ศ. 2542 (ค.ศ. 1999)', None)
    >>> split_date("1989: Uozu, Japan"), split_date("Uozu (8 August 1989), Japan")
    (('Uozu, Japan', '1989', None), ('Uozu, Japan', '8 August 1989', None))
    """
    if not _MAY_SAY_MORE.search(text):
        return text.strip() or None, None, None
    place, date, note = _place_and_date(text)
    if place and len(place) <= LONGEST_HEADING and _REMARK.search(place):
        said = _REMARK_BEHIND.fullmatch(place)
        if said is not None:
            return said["place"], date, _note(said["words"], note or "")
    return place, date, note


def _place_and_date(text: str) -> tuple[str | None, str | None, str | None]:
    digit = _DIGIT.search(text)
    if digit is not None:
        # The commonest end is a plain date: "Uozu, Japan (8 August 1989)".
        name = text[: digit.start()].rstrip(_BEFORE_DATE)
        plain = _PLAIN_END.fullmatch(text, len(name))
        apart = plain is not None and (plain["open"] or text[len(name)] in ",;:–—")
        if plain is not None and apart and name and "(" not in name and is_year(plain["year"]):
            return name, plain["date"], None
    dated = _DATED_END.search(text) if digit is not None else None
    if dated is not None and len(dated[0]) <= _LONGEST_END and _is_whole(text[: dated.start()]):
        # The same ends come again and again: each is read once.
        place, date, note = _read_end(dated[0])
        if place is _SAME:
            return text[: dated.start()].rstrip(_EDGES) or None, date, note
    return _split(text)


def is_year(digits: str) -> bool:
    return 1900 <= int(digits) <= 2100 or 2443 <= int(digits) <= 2643


def _is_whole(name: str) -> bool:
    """Whether it can be a whole name: it has letters, no digits, and every bracket is closed."""
    return (
        name.count("(") == name.count(")")
        and _DIGIT.search(name) is None
        and _LETTER.search(name) is not None
    )


_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")


def _split(text: str) -> tuple[str | None, str | None, str | None]:
    place, said = text, ""
    dates = _dates(text)
    bracket = _BRACKET_BEHIND.search(text)
    if bracket is not None and not (dates and dates[0][0] < bracket.start() < dates[0][1]):
        words, before = bracket["words"], text[: bracket.start()].rstrip(_EDGES) or None
        inside = _dates(words)
        if inside and not any(start < bracket.start() for start, _ in dates):
            start, end = inside[0]
            return before, words[start:end], _note(words[:start], words[end:])
        if before is not None and _REMARK.search(words):
            place, said = before, words
            dates = _dates(place)
    if not dates:
        return place.strip() or None, None, _note(said)
    start, end = dates[0]
    if place[dates[-1][1] :].strip(_CLOSING) and not _is_full(place, dates[0]):
        return _split_inner(place, start, end, said)
    if not place[:start].strip(_EDGES):
        rest = place[end:].strip(_EDGES + ")]")
        return (rest, place[start:end], _note(said)) if rest else (None, place[start:end], None)
    inner = _split_inner(place, start, end, said)
    if inner[1] is not None:
        return inner
    link = _SAID_OF_DATE.search(place, 0, start)
    cut = link.start() if link is not None else start
    note = _note(place[cut:start], place[end:], said)
    return place[:cut].rstrip(_EDGES) or None, place[start:end], note


def _is_full(text: str, span: tuple[int, int]) -> bool:
    """Whether it is a date, or a year in brackets; a year alone may be part of a name."""
    start, end = span
    bracketed = text[:start].rstrip()[-1:] in ("(", "[") and text[end : end + 1] in (")", "]")
    return bracketed or end - start > 5


def _split_inner(
    place: str, start: int, end: int, said: str
) -> tuple[str | None, str | None, str | None]:
    """Take out a year that leads the text, or a date in brackets within the name."""
    before, behind = place[:start], place[end:]
    lead = _LEADING.match(behind)
    if not before.strip(_EDGES) and lead is not None:
        return behind[lead.end() :].strip() or None, place[start:end], _note(said)
    opened, closed = before.rstrip().endswith(("(", "[")), behind.lstrip()[:1] in (")", "]")
    rest = behind.lstrip()[1:]
    if opened and closed and rest.lstrip().startswith(","):
        name = before.rstrip()[:-1].rstrip() + rest.rstrip()
        return name, place[start:end], _note(said)
    return place.strip() or None, None, _note(said)


_SAME = "\ue000"  # replaces the name


@lru_cache(maxsize=1 << 16)
def _read_end(end: str) -> tuple[str | None, str | None, str | None]:
    """What an end with a date says behind any name; `_SAME` for the name it leaves alone."""
    place, date, note = _split(f"{_SAME}{end}")
    return (_SAME if place == _SAME else None), date, note


def is_date(words: str) -> bool:
    """Whether a line is only a date, or a year of four digits.

    >>> is_date("(8 August 1989)"), is_date("Signed: 15 March 2000"), is_date("Osaka 1989")
    (True, True, False)
    """
    return date_alone(words) is not None


def date_alone(words: str) -> str | None:
    """The date of a line that says nothing else, but for a word such as "signed"."""
    if len(words) > _LONGEST_DATE_LINE or _DIGIT.search(words) is None:
        return None
    words = _DATE_LABEL.sub("", words).strip("() .")
    return words if words and (0, len(words)) in _dates(words) else None


def is_remark(words: str) -> bool:
    """Whether a line below a place only gives the stage: "Signed: to be confirmed"."""
    if len(words) > _LONGEST_DATE_LINE or _REMARK_LINE.match(words) is None:
        return False
    return split_country(words)[2] is None and without_stage(words)[0] == words


def without_stage(text: str) -> tuple[str, str | None]:
    """A place, and how far the agreement with it is, where that is printed before it.

    >>> without_stage("In preparation: Da Nang, Vietnam")
    ('Da Nang, Vietnam', 'In preparation')
    """
    found = _STAGE_BEFORE.fullmatch(text)
    return (found["place"], found["stage"].strip()) if found is not None else (text, None)


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
    """Whether no longer word before the first comma is in lower case, as in a name."""
    words = text.split(",", maxsplit=1)[0].split()
    return not any(word[0].islower() for word in words if len(word) > 3)


def names_a_place(text: str) -> bool:
    return "," in text and text[:1].isalpha() and not text[:1].islower() and not is_prose(text)


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


_LONGEST_DATE_LINE = 80
_DATE_LABEL = re.compile(
    r"^\s*[(\[]?(?:(?:date|year|signed|signing|established|establishment|since|twinned|concluded|sister"
    r"|friendship|partner|twin|city|cities|town|agreement|mou|loi|of|on|in|from|the|was|is|a"
    r"|ลงนาม(?:เมื่อ|ใน)?|วันที่|วันลงนาม|ที่ลงนาม|เมื่อ|ปี(?:ที่)?|สถาปนา(?:ความสัมพันธ์)?(?:เมื่อ)?|ลงนามบันทึกความเข้าใจ(?:เมื่อ)?)"
    r"[\s:：.-]*)+(?=\S)",
    re.I,
)
_STAGE_BEFORE = re.compile(
    r"(?P<stage>(?:pending|in preparation|in progress"
    r"|under (?:negotiation|discussion|consideration)|planned|proposed"
    r"|อยู่ระหว่าง[^:：]{0,30}|รอ(?:การ)?ลงนาม|เตรียม(?:การ)?ลงนาม)\s*)[:：–]\s*"
    r"(?P<place>[^\W\d_].{2,})",
    re.I,
)
_REMARK_LINE = re.compile(
    r"\s*(?:(?:signed|status|date|year)\s*[:：]|pending|tbc\b|to be (?:signed|confirmed)"
    r"|in preparation|under (?:negotiation|discussion|consideration)|in progress|planned|proposed"
    r"|อยู่ระหว่าง|รอ(?:การ)?ลงนาม|ยังไม่ได้?ลงนาม|เตรียม(?:การ)?ลงนาม|สถานะ\s*[:：])",
    re.I,
)
_BRACKET_BEHIND = re.compile(r"\s*[(\[](?P<words>[^()\[\]]*)[)\]]\s*$")
_REMARK = re.compile(
    r"\b(?:mou|loi|loa|agreements?|memorandum|letter|signed|sister|friendship)\b", re.I
)
# "Nara City, Japan; friendship agreement": a remark is in lower case, or begins with an acronym.
_REMARK_BEHIND = re.compile(
    r"(?P<place>[^;]*[^;\s])\s*[;,]\s*(?P<words>(?:an? )?(?:(?:[a-z-]+ ){0,4}(?:agreement"
    r"|memorandum|letter|sister|friendship|signed)|MOU|LOI|LOA|MoU)\b[^,;]*)"
)
_CLOSING = " \t\u00a0.)]"
_EDGES = " \t\u00a0,;:-–—([|/"
_ERA = r"(?:[พค]\.?\s?ศ\.?\s?|\b(?:B\.?E|C\.?E|A\.?D)\.?\s?)"
_YEAR = re.compile(
    rf"(?<![\w.,/-])(?:(?:{_ERA})?\d{{4}}(?:\s?[-–]\s?\d{{4}})?(?:\s?[(/]\s?{_ERA}\d{{4}}\s?\)?)?(?![\w/-])"
    r"|(?:reiwa|heisei|sh[oō]wa|令和|平成|昭和|เรวะ|เฮเซ|โชวะ)\s?(?:ปีที่\s?)?\d{1,2}(?:年)?(?!\d))",
    re.I,
)
_LEADING = re.compile(r"\s*(?:[:：–—|]|-\s|\)\s*[:–-]?|,)\s*|\s+(?=[^\W\d_])")
# What can hold a date or a remark, and the end of a text that holds a date.
_MAY_SAY_MORE = re.compile(r"\d|[(\[]")
_LONGEST_END = 80
# The commonest ends, which need no further look: "(8 August 1989)", " 1989".
MONTH = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    "|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม"
    "|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม"
)
_BEFORE_DATE = " \t\u00a0,;:–—(-"
_PLAIN_END = re.compile(
    rf"[\s,;:–—-]*(?P<open>\()?(?P<date>(?:\d{{1,2}} (?:{MONTH}) )?"
    r"(?P<year>\d{4}))(?(open)\))\s*"
)
_DATED_END = re.compile(
    r"(?:[\s,;:–—(\[-]+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|signed|since|from|on|in"
    r"|dated|established|twinned|มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา|[พค]\.?\s?ศ|ปี"
    r"|วันที่|เมื่อ|ลงนาม|เดือน|b\.?e|a\.?d|c\.?e)[a-zก-๛.]*)*[\s,;:–—(\[.'’-]+\d[^\n]*$",
    re.I,
)
_SAID_OF_DATE = re.compile(
    r"[\s,;:–(\[-]+(?:(?:signed|twinned|established|concluded|since|from|dated|on|in|เมื่อ|ลงนาม|วันที่|ปี)\s*)+$",
    re.I,
)
_LINK = re.compile(r"(?:\b(?:since|from|dated|on|in)\b|เมื่อ|วันที่|ปี|[\s,])+$", re.I)
# "Asia Metropolis Summit is the summit of ...", "City Summit , of which the members are ..."
_CLAUSE = re.compile(r"\s*,\s*(?:of which|which|whose|where|an?|the)\b|\s(?:is|are|was|were)\s")
_BRACKET = re.compile(r"(?P<outer>[^()]+)\((?P<inner>[^()]+)\)")
_ACRONYM = r"[A-Z][A-Z0-9&.+-]{1,14}(?: \d{1,3})?"
