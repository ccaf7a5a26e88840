"""Patterns for printed dates in English, Thai and Japanese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGIT = re.compile(r"\d")
WESTERN_ERA = r"\b(?:B\.?E|C\.?E|A\.?D)\b\.?"
ERA = rf"(?:[พค]\s?\.?\s?ศ\s?\.?|{WESTERN_ERA})"
# The first year of a Japanese era is 1: Reiwa 4 is 2018 + 4.
JAPANESE_ERAS = {
    "reiwa": 2018, "令和": 2018, "เรวะ": 2018,
    "heisei": 1988, "平成": 1988, "เฮเซ": 1988,
    "showa": 1925, "shōwa": 1925, "昭和": 1925, "โชวะ": 1925,
    "taisho": 1911, "taishō": 1911, "大正": 1911, "ไทโช": 1911,
}  # fmt: skip
_JAPANESE = rf"(?:{'|'.join(JAPANESE_ERAS)})\s?(?:era\s?|ปีที่\s?)?\d{{1,2}}"
JAPANESE_YEAR = re.compile(
    rf"(?P<era>{'|'.join(JAPANESE_ERAS)})\s?(?:era\s?|ปีที่\s?)?(?P<number>\d{{1,2}})(?!\d)", re.I
)

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
    rf"(?P<y{{0}}>(?:ปี\s?)?(?:{ERA}\s?)?\d{{{{4}}}}(?:\s?{WESTERN_ERA})?"
    rf"(?:\s?[(/]\s?{ERA}\s?\d{{{{4}}}}\s?\)?)?"
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
# A date begins with a digit or the first letter of a month: checking that first saves most time.
_DATE = re.compile(
    r"(?=[\djfmasondrhtมกพเสตธ令平昭大])(?:"
    + "|".join(
        form.format(
            number,
            day=_DAY.format(number),
            year=_YEAR.format(number),
            month=_any_of(list(_MONTHS)),
            # Without a day before it, กพ may also be the end of another word.
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
# The start of a range of months, before its last date: "30 April - ".
_FROM = re.compile(
    rf"(?<![\w/.-])(?:\d{{1,2}}{_ORDINAL}\s?)?"
    rf"(?P<month>{_any_of([name for name in _MONTHS if len(name) > 2])})(?![A-Za-z])\.?"
    rf"(?:[\s.]{{0,2}}\d{{1,2}}{_ORDINAL})?{_TO}(?:วันที่\s?)?$",
    re.I,
)
_LONGEST_FROM = 40


@dataclass(frozen=True, slots=True)
class DateParts:
    """A printed date: where it is in the text, and its parts as numbers."""

    start: int
    end: int
    year_text: str
    month: int | None  # None for a range of months
    day: int | None
    swappable: bool  # day and month are numbers, and either may be the day


def printed_dates(plain: str) -> Iterator[DateParts]:
    """Find the dates in a text with Western digits, from left to right."""
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
            # With a year of the Buddhist Era, the day comes first; otherwise only a number above
            # 12 shows which is the day.
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
        yield DateParts(
            start,
            found.end(),
            parts[f"y{form}"],
            month if one_month else None,
            day,
            swappable,
        )
