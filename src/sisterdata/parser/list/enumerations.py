"""Sentences that list sister cities: "X has two sister cities: A and B", "... ได้แก่ A และ B"."""

from __future__ import annotations

import re

from sisterdata.countries.match import may_be_country, split_country
from sisterdata.gazetteer import keyed
from sisterdata.parser.article.news_words import pattern
from sisterdata.parser.headings import TIE, home_place, is_place_alone
from sisterdata.text.dates import find_dates, western_digits
from sisterdata.text.thai_letters import THAI_LETTERS, has_thai

_LONGEST = 2000
_MOST = 200
_OPENS = re.compile(
    rf"(?:{TIE}|\btwinned\b)[^.:]{{0,80}}?"
    r"(?::|\bnamely|\bincluding|\binclude|\bsuch as|\b(?:are|is|with)(?=\s+[A-Z])"
    r"|ได้แก่|ดังนี้|คือ)\s*(?:the following)?\s*:?\s*",
    re.I,
)
# A plan, a denial or an end of a tie lists no sister cities.
_DENIES = re.compile(
    f"{pattern('english', 'unreal', 'ended').pattern}|{pattern('thai', 'unreal', 'ended').pattern}",
    re.I,
)
_PARTS = re.compile(r"\s*;\s*(?:and\s+)?|\s*,\s*(?:and\s+|และ\s?)?|\s+(?:and|&)\s+|\s+และ\s?|、")
_THAI_TYPE = re.compile(r"(?:เมือง|นคร|กรุง|จังหวัด|แขวง|มณฑล|รัฐ|เทศบาล)[ก-ฮเ-ไ]")
_NEXT_CITY = re.compile(r"\s+(?=(?:และ\s?)?(?:เมือง|นคร|กรุง|จังหวัด)[ก-ฮเ-ไ])")

_COUNT = re.compile(r"(\d{1,3})\s?(?:เมือง|แห่ง|จังหวัด|ประเทศ)")
_THAI_WORD = re.compile(f"[{THAI_LETTERS}]{{3,25}}")
_NEXT_PLACE = re.compile(r"\s+(?=(?:และ\s?)?(?:เมือง|นคร|กรุง|จังหวัด|แขวง|มณฑล|รัฐ|เทศบาล)[ก-ฮเ-ไ])")


def read_enumeration(sentence: str) -> tuple[str | None, list[str]] | None:
    """The home and the partners of a sentence that lists sister cities; None where it lists none.

    Every part has to be a place, or nothing is read.

    >>> read_enumeration("Chiang Mai has three sister cities: Kunming, Uozu and Harbin.")
    ('Chiang Mai', ['Kunming', 'Uozu', 'Harbin'])
    >>> read_enumeration("กรุงเทพมหานครมีเมืองพี่เมืองน้อง 2 เมือง ได้แก่ กรุงปักกิ่ง ประเทศจีน และกรุงโซล เกาหลีใต้")
    ('กรุงเทพมหานคร', ['กรุงปักกิ่ง ประเทศจีน', 'กรุงโซล เกาหลีใต้'])
    >>> read_enumeration("Our sister cities are with us.") is None
    True
    """
    if len(sentence) > _LONGEST:
        return None
    opened = _OPENS.search(sentence)
    if opened is None or find_dates(sentence) or _DENIES.search(sentence, 0, opened.end()):
        return None
    listed = sentence[opened.end() :].strip().rstrip(".")
    parts = _places(listed)
    said = _COUNT.search(western_digits(sentence[: opened.end()]))
    if said is not None and len(parts) != int(said[1]):
        more = _places(listed, _NEXT_PLACE)  # "แขวงบ่อแก้ว": where a city lies, or a partner
        parts = more if len(more) == int(said[1]) else parts
    if not parts or len(parts) > _MOST or not _are_places(parts):
        return None
    return home_place(sentence[: opened.end()].rstrip(" :") + ":"), parts


def _places(listed: str, next_place: re.Pattern[str] = _NEXT_CITY) -> list[str]:
    """The places of a list; a country or region behind a comma belongs to the name before it."""
    whole = [part for part in re.split(r"\s*;\s*(?:and\s+)?", listed) if part]
    if len(whole) > 1:
        return whole
    parts: list[str] = []
    for part in _PARTS.split(_bracketed(listed)):
        for piece in next_place.split(part) if has_thai(part) else [part]:
            name = re.sub(r"^(?:และ|and )\s?", "", piece.replace("\ue000", ",")).strip()
            if parts and name and may_be_country(name) and not _ends_in_country(parts[-1]):
                parts[-1] += f", {name}"
            elif name:
                parts.append(name)
    return parts


def _bracketed(text: str) -> str:
    """The text with the commas inside brackets hidden."""
    return re.sub(r"\([^()]*\)", lambda found: found[0].replace(",", "\ue000"), text)


def _ends_in_country(name: str) -> bool:
    return split_country(name)[2] is not None


def _are_places(parts: list[str]) -> bool:
    """Whether every part is a place, or every part is a Thai word and most of them are known."""
    if all(map(_is_place, parts)):
        return True
    words = all(_is_place(part) or _THAI_WORD.fullmatch(part) for part in parts)
    return words and 2 * sum(1 for part in parts if _is_place(part) or keyed(part)) > len(parts)


def _is_place(name: str) -> bool:
    if len(name) > 100:
        return False
    before, _, country = split_country(name)
    if country is not None:
        return bool(before.strip())
    if has_thai(name):
        return _THAI_TYPE.match(name) is not None
    return is_place_alone(re.sub(r"\s*\([^()]*\)", "", name))
