"""What a line of a page looks like: a sentence, a heading, or boilerplate such as a menu."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sisterdata.parser.table.column_positions import whole_number
from sisterdata.text.dates import find_dates
from sisterdata.text.thai_letters import THAI_LETTERS


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a list: its number and its text, as printed but for white space around it.

    `mark` is the bullet before it, "a" for a letter, "" for a line without a mark, and "1" where
    the number is printed; the other kinds have no number of their own, and `number` is 0.
    """

    number: int
    text: str
    mark: str = "1"


# What is repeated in every row must be short, or a hostile file would grow in memory: a heading
# in characters.
LONGEST_HEADING = 300
# Dates and counts are looked for in so many characters of a sentence: no real one is as long.
LONGEST_SENTENCE = 10_000


def read_item(line: str) -> Item | None:
    """The item, if a line begins with a number and a full stop or bracket.

    >>> read_item("  ๑๒) Busan, Korea"), read_item("2011. The year") is None
    (Item(number=12, text='Busan, Korea', mark='1'), True)
    """
    if line[:1].isalpha() and line[1:2].isalpha():
        return None  # a word
    found = _ITEM.match(line)
    if found is not None:
        if found["number"].isascii():
            return Item(int(found["number"]), line[found.end() :].strip())
        number = whole_number(found["number"])
        return None if number is None else Item(number, line[found.end() :].strip())
    marked = _MARKED.match(line)
    if marked is None:
        return None
    if marked["letter"]:
        return Item(0, line[marked.end() :].strip(), "a")
    circled = _CIRCLED.find(marked["mark"])
    if circled >= 0:
        return Item(circled + 1, line[marked.end() :].strip())
    return Item(0, line[marked.end() :].strip(), marked["mark"][-1:])


def read_odd_item(line: str) -> Item | None:
    """What may be an item though its number is written in an odd way: the caller must be sure.

    Of a number that cannot be an item's ("2.1") the item's number is 0.

    >>> read_odd_item("5- Ulsan, Korea"), read_odd_item("[9] Gifu, Japan").number
    (Item(number=5, text='Ulsan, Korea', mark='1'), 9)
    >>> read_odd_item("2.1 Osaka, Japan").number, read_odd_item("Osaka, Japan") is None
    (0, True)
    """
    found = _ODD_ITEM.match(line)
    if found is None:
        return None
    return Item(whole_number(found["number"]) or 0 if found["one"] else 0, found["text"].strip())


def is_sentence(text: str) -> bool:
    """Whether a text is prose: it ends like a sentence, or is too long for a name or a heading.

    >>> is_sentence("Set up the information system."), is_sentence("Washington D.C.")
    (True, False)
    """
    words = text.split(maxsplit=_MOST_WORDS + 1)
    if len(words) > _MOST_WORDS or len(text) > LONGEST_HEADING:
        return True
    if text[:1] in tuple("\"“'‘") and text[-1:] in tuple("\"”'’"):
        return True
    # A heading may end with a full stop; its longer words are capitalised.
    titled = all(word[:1].isupper() for word in words if len(word) > 4)
    return len(words) >= 4 and not titled and _SENTENCE_END.search(text) is not None


def is_prose(text: str) -> bool:
    """Whether a text is a sentence, or a Thai line about what two places did or plan.

    >>> is_prose("จังหวัดภูเก็ตมีแผนจะลงนามเป็นเมืองพี่เมืองน้องกับเมืองปูซาน ประเทศเกาหลีใต้ ในปีหน้า")
    True
    >>> is_prose("รายชื่อเมืองที่ลงนามความสัมพันธ์กับจังหวัดภูเก็ต"), is_prose("Osaka, Japan")
    (False, False)
    """
    return is_sentence(text) or (not text.isascii() and is_thai_statement(text))


def is_thai_statement(text: str) -> bool:
    """Whether Thai text, which has no full stops, says what two places did or plan."""
    if len(text) < _SHORTEST_STATEMENT or text.rstrip(" :").endswith(_THAI_OPENERS):
        return False
    told = _SIGNED_ON.sub("", text)
    return (
        _THAI_ACT.search(told) is not None
        and _LINK.search(told) is not None
        and _THAI_HEADING.match(told) is None
        and len(THAI_PLACE.findall(told)) > 1
    )


def is_boilerplate(text: str) -> bool:
    """Whether a text belongs to the page or the site (menu, page number), not to the document.

    >>> is_boilerplate("Jump to Navigation"), is_boilerplate("- 2 -"), is_boilerplate("Asia")
    (True, True, False)
    """
    words = text.strip()
    if _PAGE_FURNITURE.fullmatch(words):
        return True
    return len(words) <= 400 and (
        _SITE_LINE.fullmatch(words) is not None or _SITE_WORDS.search(words) is not None
    )


def is_byline(text: str) -> bool:
    """Whether a text says who wrote the page.

    >>> is_byline("By YAN DENG|Apr 19,2024"), is_byline("By continuing you agree to this.")
    (True, False)
    >>> is_byline("Yan Deng, Staff Writer")
    True
    """
    said = len(text) <= 100 and (_BYLINE.match(text) or _AUTHOR.search(text))
    return bool(said) and not is_sentence(text)


def status_date(text: str) -> str | None:
    """The date whose state a document shows, from a line that says so, as reduced ISO 8601.

    >>> status_date("สถานะ ณ วันที่ 10 มีนาคม 2565"), status_date("Updated June 2020")
    ('2022-03-10', '2020-06')
    """
    if len(text) > 120 or _STATUS.search(text) is None:
        return None
    return next((found.date for found in find_dates(text) if found.date is not None), None)


def is_status(text: str) -> bool:
    """Whether a line gives the date of the document, and little else.

    >>> is_status("ข้อมูล ณ วันที่ 10 มี.ค. 65"), is_status("รายชื่อจังหวัดคู่มิตร ณ เดือนมีนาคม 2565")
    (True, False)
    """
    said = _STATUS.search(text, 0, 40)
    return said is not None and said.start() <= 10 and status_date(text) is not None


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """A paragraph's sentences, each with where it begins.

    >>> [sentence for _, sentence in sentences("It met Dr. Radut on Jun. 3. All was well.")]
    ['It met Dr. Radut on Jun. 3.', 'All was well.']
    """
    start = 0
    for end in _SENTENCE_BREAK.finditer(text):
        yield start, text[start : end.start()].strip()
        start = end.end()
    if text[start:].strip():
        yield start, text[start:].strip()


_ITEM = re.compile(r"[\s\u200b\ufeff]*[(]?(?P<number>\d{1,3})\s?[.)](?!\d)")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# Bullets, letters (a), ก) and circled numbers; a dash and a sign that is used in prose need a
# blank behind them.
_MARKED = re.compile(
    r"[\s\u200b\ufeff]*(?:(?P<mark>[•●○◦▪▫■□◆◇➢➤►▶▸‣⃁∙·✓✔☑★☆※❖✦→»⁃①-⑳\uf0b7\uf0a7\uf0d8]|\*{1,3}(?![*\s]*$)"
    r"|[-–—+o#](?=\s+\S))|(?P<letter>\([a-zA-Zก-ฮ]\)|[a-zA-Zก-ฮ]\)|[a-z]\.(?=\s)))\s*(?=\S)"
)
_ODD_ITEM = re.compile(
    r"[\s\u200b\ufeff]*[\[(（]?(?P<number>(?P<one>\d{1,6}(?!\.?\d))|\d+(?:\.\d+)+)"
    r"\s?[\])）:：．.、–-]*\s*(?P<text>[^\W\d_].*)"
)
_MOST_WORDS = 15
_SHORTEST_STATEMENT = 40
_WORDS = json.loads((Path(__file__).parent / "words" / "ties.json").read_text(encoding="utf-8"))
_THAI_ACT = re.compile("|".join(_WORDS["thai_acts"]))
_THAI_HEADING = re.compile(rf"\s*(?:{'|'.join(_WORDS['thai_headings'])})")
_THAI_OPENERS = tuple(_WORDS["thai_openers"])
THAI_PLACE = re.compile(
    r"(?:เมือง(?!พี่|น้อง|คู่|มิตร|แฝด)|นคร|กรุง|จังหวัด|มณฑล|แขวง|รัฐ|เทศบาล)(?=\s?[ก-ฮเ-ไ])|ประเทศ[ก-ฮเ-ไ]"
)
_LINK = re.compile("กับ|ระหว่าง|และ|เยือน|จาก|โดย|ไปยัง")
# "ลงนามเมื่อ 5 พฤษภาคม 2542" at the end is the date of a row.
_SIGNED_ON = re.compile(r"[\s,(]+(?:ลงนาม|สถาปนา)\s?(?:เมื่อ|วันที่|ปี|พ\.|ค\.|\d)(?:(?!กับ).){0,40}$")
_SENTENCE_END = re.compile(r"(?:[^\W\d_]{3,}|\d|[)\]\"”’])\s?[.!?][\"”’)]?\s*$")
# A full stop behind an initial or one of these is an abbreviation's: Dr. Radut, Jun. 3, U.S. Navy.
_ABBREVIATIONS = (
    "Dr Mr Mrs Ms Prof Gov Gen Col Rev Hon Sen Rep Jr Sr St Mt Ft No Co Ltd Inc Jan Feb Mar Apr Jun"
    " Jul Aug Sep Sept Oct Nov Dec"
)
_SENTENCE_BREAK = re.compile(
    r"(?<=[A-Za-z0-9)\]\"”’][.!?])(?<![A-Z]\.)"
    + "".join(rf"(?<!\b{word}\.)" for word in _ABBREVIATIONS.split())
    + rf"[\"”’)]?\s+(?=[\"“‘(]?[A-Z{THAI_LETTERS}])"
)
_BYLINE = re.compile(rf"(?:by|โดย|ผู้เขียน|author)\b\s*:?\s*[A-Z{THAI_LETTERS}]", re.I)
_AUTHOR = re.compile(
    r",\s(?:[a-z]+\s)?(?:writer|reporter|correspondent|editor|journalist)s?$", re.I
)
_STATUS = re.compile(r"ณ\s*(?:วันที่|เดือน|สิ้น)|\bas (?:of|at)\b|ปรับปรุง|\bupdated\b", re.I)
# Page numbers, and rules of signs.
_PAGE_FURNITURE = re.compile(
    r"(?:หน้า(?:ที่)?|page)?\s{0,3}[-–—(]?\s{0,3}\d{1,4}\s{0,3}(?:(?:/|of|จาก)\s{0,3}\d{1,4})?"
    r"\s{0,3}[-–—)]?|[\s|+:=_*.·•–—-]+",
    re.I,
)
# Whole lines of navigation, and words that only the small print of a site has.
_SITE_LINE = re.compile(
    r"(?:jump|skip) to .{3,20}|(?:primary|secondary) tabs|main menu.{0,3}|menu|home|search|print"
    r"|share(?: on .*)?|back to top|read more|next|previous|i agree|accept(?: all)?|log ?in|sign in"
    r"|about us.{0,20}|contact(?: us)?|leav(?:e|ing) a message|หน้าหลัก|ติดต่อเรา|เมนู",
    re.I,
)
_SITE_WORDS = re.compile(
    r"cookie|privacy (?:policy|statement)|terms of (?:use|service)|all rights reserved|copyright|©"
    r"|ICP备|许可证|for any inquiries|undesirable information|powered by"
    r"|สงวนลิขสิทธิ์|นโยบายความเป็นส่วนตัว",
    re.I,
)
