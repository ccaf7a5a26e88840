"""Lines that print both sides of a pair: "A - B", "A / B", "A กับ B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from sisterdata.countries.match import split_country
from sisterdata.gazetteer import keyed
from sisterdata.parser.headings import is_place_alone, read_group
from sisterdata.parser.line_kinds import read_item
from sisterdata.parser.list.item_text import split_date
from sisterdata.parser.strip_marks import without_marks
from sisterdata.parser.table.column_roles import is_thai_province
from sisterdata.text.repair import is_blank
from sisterdata.text.thai_letters import THAI_LETTERS, has_thai

_BETWEEN = re.compile(
    r"\s+(?:-{1,2}>?|–|—|<->|<=>|↔|⇔|→|/|&|and|with|\|)\s+|\s*(?:↔|⇔|<->)\s*"
    r"|\s*(?<![ก-๛])กับ\s*|\s+และ\s*|(?<=[ก-๛])\s?กับ\s?(?=เมือง|นคร|จังหวัด|มณฑล|แขวง|รัฐ|กรุง|เทศบาล)"
    r"|(?<=[ก-๛])\s?และ\s?(?=เมือง|นคร|จังหวัด|มณฑล|แขวง|รัฐ|กรุง|เทศบาล)",
)
_SEPARATOR = re.compile(r"[-–—=/&|↔⇔→]|\band\b|\bwith\b|กับ|และ")  # cheap, and enough to say no
_THAI_TYPE = re.compile(r"(?:เมือง|นคร|จังหวัด|มณฑล|กรุง|แขวง|รัฐ|เทศบาล|จ\.|อำเภอ|เขต)")
_THAI_WORD = re.compile(f"[{THAI_LETTERS}]{{3,30}}")
_OPENS = re.compile(r"^(?:ระหว่าง|between)\s*", re.I)
_SAMPLE = 100
_LONGEST = 200


def read_pair(text: str) -> tuple[str, str] | None:
    """The two places of a line, the Thai side first; None where it is not sure to hold two.

    >>> read_pair("Chiang Mai - Kunming, China"), read_pair("จังหวัดภูเก็ต กับ เมืองนีซ ประเทศฝรั่งเศส")
    (('Chiang Mai', 'Kunming, China'), ('จังหวัดภูเก็ต', 'เมืองนีซ ประเทศฝรั่งเศส'))
    >>> read_pair("Kunming - China") is None, read_pair("Trinidad and Tobago") is None
    (True, True)
    """
    if len(text) > _LONGEST or not _SEPARATOR.search(text):
        return None
    return _read_pair(text)


@lru_cache(maxsize=1 << 14)
def _read_pair(text: str) -> tuple[str, str] | None:
    found = [cut for cut in _BETWEEN.finditer(text) if _outside_brackets(text, cut.start())]
    if len(found) != 1:
        return None
    first, second = text[: found[0].start()].strip(" ,"), text[found[0].end() :].strip(" ,")
    first = _OPENS.sub("", first)
    known = _names_place(first), _names_place(second)
    if not all(known) and not (any(known) and _is_beside_province(first, second)):
        return None
    if _is_thai(second) and not _is_thai(first):
        return second, first
    return first, second


def _outside_brackets(text: str, at: int) -> bool:
    return text.count("(", 0, at) == text.count(")", 0, at)


@lru_cache(maxsize=1 << 14)
def _names_place(text: str) -> bool:
    """Whether a side is the name of a place, not of a country or a continent, and not a remark."""
    if not text or len(text) > 100 or text[0].islower() or read_group(text) is not None:
        return False
    before, _, country = split_country(text)
    if country is not None:
        return bool(before.strip(" ,-–"))
    if has_thai(text):
        return (
            _THAI_TYPE.match(text) is not None
            or is_thai_province(text)
            or (len(text) > 2 and " " not in text and bool(keyed(text)))
        )
    return is_place_alone(text) or ("," in text and is_place_alone(text.partition(",")[0]))


def _is_beside_province(first: str, second: str) -> bool:
    """Whether one is a Thai province and the other a Thai word: "ภูเก็ต กับ นีซ"."""
    return any(
        is_thai_province(one) and _THAI_WORD.fullmatch(other) is not None
        for one, other in ((first, second), (second, first))
    )


@lru_cache(maxsize=1 << 14)
def _is_thai(text: str) -> bool:
    before, _, country = split_country(text)
    if country is not None:
        return country.id == "TH"
    return is_thai_province(before) or is_thai_province(_TYPES.sub("", text))


# What may stand around the name of a province that is also a city.
_TYPES = re.compile(
    "^(?:เมือง|เทศบาลนคร|เทศบาลเมือง|นคร|City of |Municipality of )|(?: City| Municipality| Town)+$"
)


def are_pairs(texts: Sequence[str]) -> bool:
    """Whether most of the lines have both sides of a pair."""
    sample = [text for text in texts if text][:_SAMPLE]
    found = sum(1 for text in sample if read_pair(text) is not None)
    return bool(sample) and 2 * found > len(sample)


def prints_pairs(text: str) -> bool:
    r"""Whether most of a text's first lines are pairs of places, perhaps with a mark and a date.

    >>> prints_pairs("Bangkok – Beijing (1993)\nPhuket – Nice (1989)"), prints_pairs("Nice\nBonn")
    (True, False)
    """
    names: list[str] = []
    for line in islice(text.split("\n"), 4 * _SAMPLE):
        if line and not is_blank(line):
            item = read_item(line)
            said = line.strip() if item is None else item.text
            name = split_date(without_marks(said))[0] if len(said) < _LONGEST else None
            names.append(name or "-")
        if len(names) == _SAMPLE:
            break
    return are_pairs(names)


def both_sides(
    partners: list[str | None], homes: list[str | None]
) -> tuple[list[str | None], list[str | None], list[int]]:
    """The partners and homes of lines that print both, and which of them are left in doubt.

    The home is the Thai side, else the side whose places repeat, else the left one, in doubt.
    """
    if not are_pairs([partner for partner in partners if partner]):
        return partners, homes, []
    read = [read_pair(partner) if partner else None for partner in partners]
    open_ = [at for at, pair in enumerate(read) if pair is not None and not _tells_side(pair)]
    first, second = ({_bare(read[at][side]) for at in open_} for side in (0, 1))  # type: ignore[index]
    turned = set(open_) if len(second) < min(len(first), len(open_)) else set()
    assumed = open_ if open_ and len(first) == len(second) == len(open_) else []
    found_partners, found_homes = list(partners), list(homes)
    for at, pair in enumerate(read):
        if pair is not None:
            found_homes[at], found_partners[at] = pair[::-1] if at in turned else pair
    return found_partners, found_homes, assumed


def _tells_side(pair: tuple[str, str]) -> bool:
    """Whether exactly one side is in Thai."""
    return _is_thai(pair[0]) != _is_thai(pair[1])


def _bare(name: str) -> str:
    return name.partition(",")[0].strip().casefold()
