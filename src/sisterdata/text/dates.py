"""Read printed years and dates: either era, any digits, Thai and English months."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from sisterdata.text.date_patterns import (
    ERA,
    JAPANESE_ERAS,
    JAPANESE_YEAR,
    WESTERN_ERA,
    DateParts,
    printed_dates,
)
from sisterdata.text.repair import is_blank, repair

Era = Literal["BE", "CE"]


def western_digits(text: str) -> str:
    """Replace the decimal digits of any script with 0 to 9.

    >>> western_digits("พ.ศ. ๒๕๖๐")
    'พ.ศ. 2560'
    """
    if text.isascii():
        return text
    return _FOREIGN_DIGIT.sub(lambda digit: "0123456789"[unicodedata.decimal(digit[0])], text)


_DIGIT = re.compile(r"\d")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")

# The Thai Buddhist Era is 543 years ahead of the Common Era. (Until 1940 the year began in April,
# so dates from January to March before 2484 BE are a year later than computed here.)
_BUDDHIST = 543
# Two digits are a year of the Buddhist Era, up to this year (Common Era).
_LAST_SHORT_YEAR = 2040


@dataclass(frozen=True, slots=True)
class Year:
    """A printed year, in the Common Era; `value` is None if it cannot be read.

    era
        ``BE`` or ``CE``: the era in which it is printed.
    stated
        Whether the era is printed next to it, or given by the caller.
    assumed
        Whether the century is a guess ("60" for 2560), or the stated era is ignored because the
        year is impossible in it ("พ.ศ. 2017"). A four-digit year without an era that is possible
        in one era only is not assumed.
    end
        The last of several years ("2556-2560"), else None.
    reason
        Why, in words.
    """

    value: int | None
    era: Era | None = None
    stated: bool = False
    assumed: bool = False
    end: int | None = None
    reason: str = ""


def year(
    text: str | None, *, era: Era | None = None, earliest: int = 1900, latest: int = 2100
) -> Year:
    """Read a printed year: in either era, with two or four Thai or Western digits, or a range.

    text
        The cell, as printed.
    era
        The era if the cell does not state one, as from the header of its column.
    earliest, latest
        The range of plausible years, in the Common Era; the year of the source is a good `latest`.

    >>> year("2560").value, year("พ.ศ. ๒๕๖๐").stated, year("60").assumed, year("2556-2560").end
    (2017, True, True, 2017)
    >>> year("2200").reason
    '2200 is outside 1900 to 2100 in either era'
    """
    if text is None or is_blank(text):
        return Year(None, reason="nothing is printed")
    if len(text) > _LONGEST_DATE:
        return Year(None, reason="too long to be a year")
    return _read_year(text, era, earliest, latest)


@lru_cache(maxsize=4096)  # few years are printed, again and again
def _read_year(text: str, era: Era | None, earliest: int, latest: int) -> Year:
    plain = western_digits(repair(text).text)
    dated = None if _FOUR_DIGITS.fullmatch(plain) else next(printed_dates(plain), None)
    printed = dated.year_text if dated is not None else plain
    japanese = JAPANESE_YEAR.search(printed)
    if japanese is not None:
        return _japanese_year(japanese, printed)
    numbers = list(_YEAR_NUMBER.finditer(printed))
    if not numbers:
        return Year(None, reason="no year is printed")
    bare = dated is not None or not _LETTER.search(_YEAR_WORD.sub("", _YEAR_NUMBER.sub("", plain)))
    read: list[Year] = []
    for number in numbers:
        digits = number["number"]
        if len(digits) == 2 and not bare:
            return Year(None, reason=f"{digits} is among other words")
        if len(digits) == 2 and read and read[-1].era == "CE":  # 1993/94
            answer = Year(int(f"{read[-1].value}"[:2] + digits), "CE", assumed=True)
        else:
            answer = _one_year(number, era, earliest, latest)
        if answer.value is None:
            return answer
        read.append(answer)
    values = [answer.value for answer in read if answer.value is not None]
    if len(set(values)) == 1:
        return read[0]
    if len({answer.era for answer in read}) > 1:
        return Year(None, reason="the years printed in two eras are not the same")
    if values != sorted(values):
        return Year(None, reason="the years printed do not follow one another")
    return Year(
        values[0],
        read[0].era,
        all(answer.stated for answer in read),
        any(answer.assumed for answer in read),
        values[-1],
        f"the first of {len(values)} years printed",
    )


def reduced_date(text: str | None, *, era: Era | None = None) -> str | None:
    """Read a printed date as reduced ISO 8601, never more precise than printed; None if impossible.

    It reads full and short month names in English and Thai, numbers in the order day/month/year,
    and years alone, in either era. If day and month could be swapped ("06/07/1966"), only the year
    is certain. A range of days gives the month, a range of months the year.

    >>> reduced_date("26 ก.ย. 54"), reduced_date("Jun.30.1966"), reduced_date("November 2014")
    ('2011-09-26', '1966-06-30', '2014-11')
    >>> reduced_date("31 February 2011") is None
    True
    """
    if text is None or len(text) > _LONGEST_DATE:
        return None
    plain = western_digits(repair(text).text)
    dates = list(printed_dates(plain))
    if dates:
        return _iso(dates[0], era) if len(dates) == 1 else None
    rest = _YEAR_NUMBER.sub("", _YEAR_WORD.sub("", plain))
    if _LETTER.search(rest) or re.search(r"\d\s?[/.]\s?\d", plain):
        return None
    read = year(plain, era=era)
    return None if read.value is None or read.end is not None else f"{read.value:04d}"


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date in a text: its position, as printed, and as reduced ISO 8601.

    `date` is None if there is no such date ("31 February 2011").
    """

    start: int
    end: int
    verbatim: str
    date: str | None


def impossible_date(text: str | None, *, era: Era | None = None) -> str | None:
    """The possible part of an impossible date, as reduced ISO 8601; None for a possible date.

    With an impossible day, month and year remain; with an impossible month, the year.

    >>> impossible_date("31 February 2011"), impossible_date("30/13/2509")
    ('2011-02', '1966')
    >>> impossible_date("28 February 2011") is None
    True
    """
    if text is None or len(text) > _LONGEST_DATE:
        return None
    dates = list(printed_dates(western_digits(repair(text).text)))
    if len(dates) != 1 or _iso(dates[0], era) is not None:
        return None
    read = year(dates[0].year_text, era=era).value
    if read is None:
        return None
    month = dates[0].month
    return f"{read:04d}-{month:02d}" if month is not None and 1 <= month <= 12 else f"{read:04d}"


def find_dates(text: str, *, years: bool = False) -> list[PrintedDate]:
    """Find every date in a text that has at least a month, from left to right.

    With `years`, also years that follow a word for one ("in 2007", "ปี 2550").

    >>> [found.date for found in find_dates("On September 26, 2011, and in May 2018")]
    ['2011-09-26', '2018-05']
    >>> [found.date for found in find_dates("In 2007, or on 31 February 2008", years=True)]
    ['2007', None]
    """
    if not _DIGIT.search(text):
        return []
    # The same sentence is asked about several times.
    return list(_find_short(text, years) if len(text) <= _SHORT else _find(text, years))


_SHORT = 2000


def _find(text: str, years: bool) -> tuple[PrintedDate, ...]:
    plain = western_digits(text)
    found = {(date.start, date.end): _iso(date, None) for date in printed_dates(plain)}
    if years:
        for dated in _DATED_YEAR.finditer(plain):
            start, end = dated.span("year")
            if not any(low < end and start < high for low, high in found):
                read = year(dated["year"]).value
                if read is not None:
                    found[start, end] = f"{read:04d}"
    return tuple(
        PrintedDate(start, end, text[start:end], stated)
        for (start, end), stated in sorted(found.items())
    )


_find_short = lru_cache(maxsize=1024)(_find)


def without_dates(text: str, *, years: bool = False) -> str:
    """Remove the dates that `find_dates` finds.

    >>> without_dates("They met on 5 May 2012 in Bonn.")
    'They met on  in Bonn.'
    """
    for found in reversed(find_dates(text, years=years)):
        text = text[: found.start] + text[found.end :]
    return text


_LONGEST_DATE = 120
_FOUR_DIGITS = re.compile(r"\d{4}")
_YEAR_WORD = re.compile(
    r"ปี|ตั้งแต่|เมื่อ|ถึง|ประมาณ|年|\b(?:in|since|from|to|until|about|circa|c)\b", re.I
)
_DATED_YEAR = re.compile(
    r"(?:\b(?:in|since|during)\s(?:(?:the year|early|late|mid)[\s-])?"
    r"|\b(?:between|from)\s(?=\d{4}\s?(?:[-–]|and|to|until)\s?(?:19|20|25)\d\d\b)"
    r"|\b(?:spring|summer|autumn|fall|winter|end|beginning)\s(?:of\s)?|ปี\s?|(?=[พค]\s?\.\s?ศ))"
    rf"(?P<year>(?:{ERA}\s?)?\d{{4}})(?![\d/-]|s\b|\s?%|\.\d)",
    re.I,
)
_LETTER = re.compile(r"[^\W\d_]")
_YEAR_NUMBER = re.compile(
    rf"(?P<era>{ERA})?\s?(?P<number>\d+)(?:\.0\b)?(?:\s?(?P<behind>{WESTERN_ERA}))?", re.I
)


def _japanese_year(found: re.Match[str], printed: str) -> Year:
    value = JAPANESE_ERAS[found["era"].lower()] + int(found["number"])
    beside = re.findall(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", printed)
    if beside and str(value) not in beside:
        return Year(None, reason="the years printed in two eras are not the same")
    return Year(value, "CE", stated=True, reason=f"{found[0]} is {value}")


def _one_year(number: re.Match[str], era: Era | None, earliest: int, latest: int) -> Year:
    digits = number["number"]
    word = (number["era"] or number["behind"] or "").upper()
    printed_era: Era | None = None
    if word:
        printed_era = "BE" if word[0] in "พB" else "CE"
    stated = printed_era or era
    if len(digits) not in (2, 4):
        return Year(None, stated, reason=f"{digits[:8]} has neither two digits nor four")
    value = int(digits)
    if len(digits) == 2:
        if stated == "CE":
            return Year(None, "CE", True, reason=f"the century of {digits} is not printed")
        common = 2500 + value - _BUDDHIST
        if not earliest <= common <= min(latest, _LAST_SHORT_YEAR):
            return Year(None, "BE", reason=f"25{digits} BE is outside {earliest} to {latest}")
        reason = f"{digits} read as 25{digits} of the Buddhist Era"
        return Year(common, "BE", stated is not None, True, reason=reason)
    readings: dict[Era, int] = {"CE": value, "BE": value - _BUDDHIST}
    possible = [name for name, common in readings.items() if earliest <= common <= latest]
    if stated in possible:
        return Year(readings[stated], stated, True, reason=f"{digits} {stated}, as printed")
    for name in possible:
        why = "possible in this era only"
        if stated is not None:
            why += f", though {stated} is printed"
        return Year(
            readings[name], name, assumed=stated is not None, reason=f"{digits} {name}, {why}"
        )
    return Year(None, stated, reason=f"{digits} is outside {earliest} to {latest} in either era")


def _iso(parts: DateParts, era: Era | None) -> str | None:
    read = year(parts.year_text, era=era).value
    if read is None:
        return None
    if parts.swappable or parts.month is None:
        return f"{read:04d}"
    if not 1 <= parts.month <= 12:
        return None
    if parts.day is None:
        return f"{read:04d}-{parts.month:02d}"
    try:
        return date(read, parts.month, parts.day).isoformat()
    except ValueError:
        return None
