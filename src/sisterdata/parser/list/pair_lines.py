"""Lines that print both sides of a pair: "A - B", "A / B", "A กับ B"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sisterdata.countries.match import split_country
from sisterdata.parser.headings import is_place_alone, read_group
from sisterdata.parser.table.column_roles import is_thai_province
from sisterdata.text.scripts import has_thai

_BETWEEN = re.compile(
    r"\s+(?:-{1,2}>?|–|—|<->|<=>|↔|⇔|→|/|&|and|with|\|)\s+|\s*(?:↔|⇔|<->)\s*"
    r"|\s*(?<![ก-๛])กับ\s*|\s+และ\s*|(?<=[ก-๛])\s?กับ\s?(?=เมือง|นคร|จังหวัด|มณฑล|แขวง|รัฐ|กรุง|เทศบาล)"
    r"|(?<=[ก-๛])\s?และ\s?(?=เมือง|นคร|จังหวัด|มณฑล|แขวง|รัฐ|กรุง|เทศบาล)",
)
_THAI_TYPE = re.compile(r"(?:เมือง|นคร|จังหวัด|มณฑล|กรุง|แขวง|รัฐ|เทศบาล|จ\.|อำเภอ|เขต)")
_SAMPLE = 100


def read_pair(text: str) -> tuple[str, str] | None:
    """The two places of a line, the Thai side first; None where it is not sure to hold two.

    >>> read_pair("Chiang Mai - Kunming, China"), read_pair("จังหวัดภูเก็ต กับ เมืองนีซ ประเทศฝรั่งเศส")
    (('Chiang Mai', 'Kunming, China'), ('จังหวัดภูเก็ต', 'เมืองนีซ ประเทศฝรั่งเศส'))
    >>> read_pair("Kunming - China") is None, read_pair("Trinidad and Tobago") is None
    (True, True)
    """
    found = [cut for cut in _BETWEEN.finditer(text) if _outside_brackets(text, cut.start())]
    if len(found) != 1:
        return None
    first, second = text[: found[0].start()].strip(" ,"), text[found[0].end() :].strip(" ,")
    first = re.sub(r"^(?:ระหว่าง|between)\s*", "", first, flags=re.I)
    if not (_names_place(first) and _names_place(second)):
        return None
    if _is_thai(second) and not _is_thai(first):
        return second, first
    return first, second


def _outside_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) == text.count(")", 0, at)


def _names_place(text: str) -> bool:
    """Does a side name a place, and not a country, a continent or a remark?"""
    if not text or len(text) > 100 or text[0].islower() or read_group(text) is not None:
        return False
    before, _, country = split_country(text)
    if country is not None:
        return bool(before.strip(" ,-–"))
    if has_thai(text):
        return _THAI_TYPE.match(text) is not None or is_thai_province(text)
    return is_place_alone(text) or ("," in text and is_place_alone(text.partition(",")[0]))


def _is_thai(text: str) -> bool:
    before, _, country = split_country(text)
    if country is not None:
        return country.id == "TH"
    return is_thai_province(before) or is_thai_province(re.sub("^(?:เมือง|เทศบาลนคร|นคร)", "", text))


def are_pairs(texts: Sequence[str]) -> bool:
    """Do most of some lines print both sides of a pair?"""
    sample = [text for text in texts if text][:_SAMPLE]
    found = sum(1 for text in sample if read_pair(text) is not None)
    return bool(sample) and 2 * found > len(sample)
