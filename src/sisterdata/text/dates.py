"""Years and dates as they are printed: either era, any digits, Thai and English months."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sisterdata.text.repair import is_blank, repair

Era = Literal["BE", "CE"]


def western_digits(text: str) -> str:
    """Write the decimal digits of any script as 0 to 9.

    >>> western_digits("พ.ศ. ๒๕๖๐")
    'พ.ศ. 2560'
    """
    if text.isascii():
        return text
    return _FOREIGN_DIGIT.sub(lambda digit: "0123456789"[unicodedata.decimal(digit[0])], text)


_DIGIT = re.compile(r"\d")
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")

# The Buddhist Era of Thailand counts 543 years more than the Common Era. (Until 1940 its year
# began in April, so a date in January to March before 2484 BE is a year later than written here.)
_BUDDHIST = 543
# Two digits are read as a year of the Buddhist Era no later than this one (Common Era).
_LAST_SHORT_YEAR = 2040


@dataclass(frozen=True, slots=True)
class Year:
    """A printed year as a Common Era one; `value` is None where it cannot be told.

    era
        ``BE`` or ``CE``: the era in which it is printed.
    stated
        Whether the era is printed beside it, or given by the caller.
    assumed
        Whether era or century rest on custom alone ("60" for 2560), or the era is not the one
        stated, in which the year is impossible ("พ.ศ. 2017"); a four-digit year that is possible
        in one era only is not assumed where none is stated.
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
    """Read a printed year: either era, Thai or Western digits, two or four of them, or a range.

    `era` is what the column's header says where the cell does not; `earliest` and `latest`
    bound what is believed, in the Common Era (give the source's year as `latest`).

    >>> year("2560").value, year("พ.ศ. ๒๕๖๐").stated, year("60").assumed, year("2556-2560").end
    (2017, True, True, 2017)
    >>> year("2200").reason
    '2200 is outside 1900 to 2100 in either era'
    """
    if text is None or is_blank(text):
        return Year(None, reason="nothing is printed")
    if len(text) > _LONGEST_DATE:
        return Year(None, reason="too long to be a year")
    plain = western_digits(repair(text).text)
    dated = next(_printed_dates(plain), None)
    printed = dated.year_text if dated is not None else plain
    japanese = _JAPANESE_YEAR.search(printed)
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
            return Year(None, reason=f"{digits} stands among other words")
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
    """A printed date as reduced ISO 8601, never more precise than it is printed; else None.

    English and Thai month names, full or short, numbers in the order day/month/year, and years
    alone, of either era. A day and month that could change places ("06/07/1966") give the year
    only; several days give their month, and several months their year; an impossible date gives
    None.

    >>> reduced_date("26 ก.ย. 54"), reduced_date("Jun.30.1966"), reduced_date("November 2014")
    ('2011-09-26', '1966-06-30', '2014-11')
    >>> reduced_date("31 February 2011") is None
    True
    """
    if text is None or len(text) > _LONGEST_DATE:
        return None
    plain = western_digits(repair(text).text)
    dates = list(_printed_dates(plain))
    if dates:
        return dates[0].iso(era) if len(dates) == 1 else None
    rest = _YEAR_NUMBER.sub("", _YEAR_WORD.sub("", plain))
    if _LETTER.search(rest) or re.search(r"\d\s?[/.]\s?\d", plain):
        return None
    read = year(plain, era=era)
    return None if read.value is None or read.end is not None else f"{read.value:04d}"


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date found in a text: where it stands, how it is printed, and what it says.

    `date` is reduced ISO 8601; None where no calendar has such a date.
    """

    start: int
    end: int
    verbatim: str
    date: str | None


def impossible_date(text: str | None, *, era: Era | None = None) -> str | None:
    """What is left of a printed date that no calendar has, as reduced ISO 8601; else None.

    An impossible day leaves the month, an impossible month the year.

    >>> impossible_date("31 February 2011"), impossible_date("30/13/2509")
    ('2011-02', '1966')
    >>> impossible_date("28 February 2011") is None
    True
    """
    if text is None or len(text) > _LONGEST_DATE:
        return None
    dates = list(_printed_dates(western_digits(repair(text).text)))
    if len(dates) != 1 or dates[0].iso(era) is not None:
        return None
    read = year(dates[0].year_text, era=era).value
    if read is None:
        return None
    month = dates[0].month
    return f"{read:04d}-{month:02d}" if month is not None and 1 <= month <= 12 else f"{read:04d}"


def find_dates(text: str, *, years: bool = False) -> list[PrintedDate]:
    """Every date with at least a month in a text, from left to right.

    With `years`, also the years that a word makes a date ("in 2007", "ปี 2550").

    >>> [found.date for found in find_dates("On September 26, 2011, and in May 2018")]
    ['2011-09-26', '2018-05']
    >>> [found.date for found in find_dates("In 2007, or on 31 February 2008", years=True)]
    ['2007', None]
    """
    plain = western_digits(text)
    found = {(date.start, date.end): date.iso(None) for date in _printed_dates(plain)}
    if years:
        for dated in _DATED_YEAR.finditer(plain):
            start, end = dated.span("year")
            if not any(low < end and start < high for low, high in found):
                read = year(dated["year"]).value
                if read is not None:
                    found[start, end] = f"{read:04d}"
    return [
        PrintedDate(start, end, text[start:end], stated)
        for (start, end), stated in sorted(found.items())
    ]


def without_dates(text: str, *, years: bool = False) -> str:
    """A text without the dates that `find_dates` finds in it.

    >>> without_dates("They met on 5 May 2012 in Bonn.")
    'They met on  in Bonn.'
    """
    for found in reversed(find_dates(text, years=years)):
        text = text[: found.start] + text[found.end :]
    return text


_LONGEST_DATE = 120
_WESTERN_ERA = r"\b(?:B\.?E|C\.?E|A\.?D)\b\.?"
_ERA = rf"(?:[พค]\s?\.?\s?ศ\s?\.?|{_WESTERN_ERA})"
# Years of a Japanese era count from its first: Reiwa 4 is 2018 + 4.
_JAPANESE_ERAS = {
    "reiwa": 2018, "令和": 2018, "เรวะ": 2018,
    "heisei": 1988, "平成": 1988, "เฮเซ": 1988,
    "showa": 1925, "shōwa": 1925, "昭和": 1925, "โชวะ": 1925,
    "taisho": 1911, "taishō": 1911, "大正": 1911, "ไทโช": 1911,
}  # fmt: skip
_JAPANESE = rf"(?:{'|'.join(_JAPANESE_ERAS)})\s?(?:era\s?|ปีที่\s?)?\d{{1,2}}"
_JAPANESE_YEAR = re.compile(
    rf"(?P<era>{'|'.join(_JAPANESE_ERAS)})\s?(?:era\s?|ปีที่\s?)?(?P<number>\d{{1,2}})(?!\d)", re.I
)
_YEAR_WORD = re.compile(
    r"ปี|ตั้งแต่|เมื่อ|ถึง|ประมาณ|年|\b(?:in|since|from|to|until|about|circa|c)\b", re.I
)
_DATED_YEAR = re.compile(
    r"(?:\b(?:in|since|during)\s(?:(?:the year|early|late|mid)[\s-])?"
    r"|\b(?:between|from)\s(?=\d{4}\s?(?:[-–]|and|to|until)\s?(?:19|20|25)\d\d\b)"
    r"|\b(?:spring|summer|autumn|fall|winter|end|beginning)\s(?:of\s)?|ปี\s?|(?=[พค]\s?\.\s?ศ))"
    rf"(?P<year>(?:{_ERA}\s?)?\d{{4}})(?![\d/-]|s\b|\s?%|\.\d)",
    re.I,
)
_LETTER = re.compile(r"[^\W\d_]")
_YEAR_NUMBER = re.compile(
    rf"(?P<era>{_ERA})?\s?(?P<number>\d+)(?:\.0\b)?(?:\s?(?P<behind>{_WESTERN_ERA}))?", re.I
)


def _japanese_year(found: re.Match[str], printed: str) -> Year:
    value = _JAPANESE_ERAS[found["era"].lower()] + int(found["number"])
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


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan มกราคม มกรา ม.ค. มค",
            "february feb กุมภาพันธ์ กุมภา ก.พ. กพ",
            "march mar มีนาคม มีนา มี.ค. มีค",
            "april apr เมษายน เมษา เม.ย. เมย",
            "may พฤษภาคม พฤษภา พ.ค. พค",
            "june jun มิถุนายน มิถุนา มิ.ย. มิย",
            "july jul กรกฎาคม กรกฎา ก.ค. กค",
            "august aug สิงหาคม สิงหา ส.ค. สค",
            "september sept sep กันยายน กันยา ก.ย. กย",
            "october oct ตุลาคม ตุลา ต.ค. ตค",
            "november nov พฤศจิกายน พฤศจิกา พ.ย. พย",
            "december dec ธันวาคม ธันวา ธ.ค. ธค",
        ),
        start=1,
    )
    for name in names.split()
}


def _any_of(names: list[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


_ORDINAL = r"(?:st|nd|rd|th)?"
_TO = r"\s?(?:[-–]|to|till|until|through|and|ถึง|และ)\s?"
_DAY = rf"(?P<d{{0}}>\d{{{{1,2}}}}){_ORDINAL}(?P<to{{0}}>{_TO}\d{{{{1,2}}}}{_ORDINAL})?"
# The same year may follow in the other era: "พ.ศ. 2542 (ค.ศ. 1999)".
_YEAR = (
    rf"(?P<y{{0}}>(?:ปี\s?)?(?:{_ERA}\s?)?\d{{{{4}}}}(?:\s?{_WESTERN_ERA})?"
    rf"(?:\s?[(/]\s?{_ERA}\s?\d{{{{4}}}}\s?\)?)?"
    rf"|{_JAPANESE.replace('{', '{{').replace('}', '}}')})(?!\d)"
)
_DATE_FORM = (
    # 2011-09-26, 2011/9/26
    r"(?<![\d/.-])(?P<y{0}>\d{{4}})(?P<s{0}>[-/.])\s?(?P<m{0}>\d{{1,2}})(?P=s{0})\s?(?P<d{0}>\d{{1,2}})"
    r"(?![\d/-])",
    # 2011-09
    r"(?<![\d/.-])(?P<y{0}>\d{{4}})-(?P<m{0}>0[1-9]|1[0-2])(?![\d/-])",
    # 30/06/2509, 30.06.1966
    r"(?<![\d/.-])(?P<d{0}>\d{{1,2}})(?P<s{0}>[-/.])\s?(?P<m{0}>\d{{1,2}})(?P=s{0})\s?(?P<y{0}>\d{{4}})"
    r"(?![\d/-])",
    # 26 September 2011, 10 มีนาคม 2565, 26th of September, 2011
    r"(?<![\d/]){day}[\s.-]{{0,2}}(?:of\s|เดือน\s?)?(?P<m{0}>{month})(?![A-Za-z])[\s.,-]{{0,3}}{year}",
    # September 26, 2011, Jun.30.1966
    r"(?<![A-Za-z])(?P<m{0}>{month_alone})[\s.-]{{0,2}}{day}[\s.,-]{{1,3}}{year}",
    # November 2014, มีนาคม 2565
    r"(?<![A-Za-z])(?P<m{0}>{month_alone})(?![A-Za-z])[\s.,-]{{0,3}}{year}",
    # 26 ก.ย. 54
    r"(?<![\d/]){day}\s{{0,2}}(?P<m{0}>{thai_month})\s{{0,2}}(?P<y{0}>\d\d)(?!\d)",
    # 12/05/65
    r"(?<![\d/.-])(?P<d{0}>\d{{1,2}})(?P<s{0}>[/-])(?P<m{0}>\d{{1,2}})(?P=s{0})(?P<y{0}>\d\d)"
    r"(?![\d/.-])",
    # 1989年8月8日, 令和4年5月12日
    r"(?P<y{0}>{japanese}|(?<!\d)\d{{4}})\s?年\s?(?P<m{0}>\d{{1,2}})\s?月(?:\s?(?P<d{0}>\d{{1,2}})\s?日)?",
)
# A date begins with a digit or a month's first letter; to look for that first saves most time.
_DATE = re.compile(
    r"(?=[\djfmasondrhtมกพเสตธ令平昭大])(?:"
    + "|".join(
        form.format(
            number,
            day=_DAY.format(number),
            year=_YEAR.format(number),
            month=_any_of(list(_MONTHS)),
            # Without a day before it, กพ may as well be the end of another word.
            month_alone=_any_of([name for name in _MONTHS if len(name) > 2]),
            thai_month=_any_of([name for name in _MONTHS if not name.isascii()]),
            japanese=_JAPANESE,
        )
        for number, form in enumerate(_DATE_FORM)
    )
    + ")",
    re.I,
)
_DAY_MONTH_YEAR = 2  # the form in numbers
# What a range of several months prints before its last day or month: "30 April - ".
_FROM = re.compile(
    rf"(?<![\w/.-])(?:\d{{1,2}}{_ORDINAL}\s?)?"
    rf"(?P<month>{_any_of([name for name in _MONTHS if len(name) > 2])})(?![A-Za-z])\.?"
    rf"(?:[\s.]{{0,2}}\d{{1,2}}{_ORDINAL})?{_TO}(?:วันที่\s?)?$",
    re.I,
)
_LONGEST_FROM = 40


@dataclass(frozen=True, slots=True)
class _Parts:
    start: int
    end: int
    year_text: str
    month: int | None  # None: a range of several months
    day: int | None
    swappable: bool  # day and month are numbers that could change places

    def iso(self, era: Era | None) -> str | None:
        read = year(self.year_text, era=era).value
        if read is None:
            return None
        if self.swappable or self.month is None:
            return f"{read:04d}"
        if not 1 <= self.month <= 12:
            return None
        if self.day is None:
            return f"{read:04d}-{self.month:02d}"
        try:
            return date(read, self.month, self.day).isoformat()
        except ValueError:
            return None


def _printed_dates(plain: str) -> Iterator[_Parts]:
    if not _DIGIT.search(plain):
        return
    for found in _DATE.finditer(plain):
        parts = found.groupdict()
        form = next(number for number in range(len(_DATE_FORM)) if parts[f"m{number}"])
        month_text = parts[f"m{form}"].lower()
        month = _MONTHS.get(month_text) or int(month_text)
        day_text = parts.get(f"d{form}")
        day = int(day_text) if day_text and not parts.get(f"to{form}") else None
        swappable = False
        if form == _DAY_MONTH_YEAR and day is not None:
            # Thai usage and years of the Buddhist Era are day first; else only a number above
            # 12 tells which is which.
            buddhist = int(parts[f"y{form}"]) > 2400
            if month > 12 >= day and not buddhist:
                day, month = month, day
            swappable = not buddhist and day <= 12 and month <= 12 and day != month
        start, one_month = found.start(), True
        before = max(0, start - _LONGEST_FROM)
        begins = _FROM.search(plain[before:start]) if month_text in _MONTHS else None
        if begins is not None:
            start, day = before + begins.start(), None
            one_month = _MONTHS[begins["month"].lower()] == month
        yield _Parts(
            start,
            found.end(),
            parts[f"y{form}"],
            month if one_month else None,
            day,
            swappable,
        )
