"""Lists without marks: a block of similar lines under a heading of sister cities."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sisterdata.countries.match import may_be_country, split_country
from sisterdata.parser.headings import is_of_organizations, is_of_pairs, is_place_alone, read_group
from sisterdata.parser.line_kinds import Item, is_boilerplate, is_byline, is_prose, is_status
from sisterdata.parser.list.item_text import is_date, is_name, is_remark, split_date
from sisterdata.parser.list.pair_lines import read_pair
from sisterdata.parser.stated_counts import find_claims
from sisterdata.parser.strip_marks import without_marks
from sisterdata.text.repair import repair
from sisterdata.text.thai_letters import has_thai

_LONGEST = 150
_TYPE = re.compile(
    r"(?:เมือง(?!พี่|คู่|มิตร|ไทย)|นคร|จังหวัด|มณฑล|กรุง|แขวง|รัฐ|เทศบาล|เขต(?:ปกครอง|บริหาร|พิเศษ)|อำเภอ|เกาะ)[ก-ฮเ-ไ]"
)


def with_plain_items(
    lines: Sequence[str], items: list[Item | None], *, from_start: bool = False
) -> list[Item | None]:
    """The items, and the lines without a mark that are as good as items.

    They are looked for below a heading of sister cities, down to the next heading of a list, and
    only where no line between has a mark; with `from_start` also above the first heading.
    """
    if not any(item is None for item in items):
        return items
    filled = list(items)
    start: int | None = 0 if from_start else None
    for at, line in enumerate(lines):
        if items[at] is None and _heads_list(line):
            if start is not None:
                _fill(lines, filled, start, at)
            start = at + 1 if is_of_pairs(line) else None
    if start is not None:
        _fill(lines, filled, start, len(lines))
    return filled


def _heads_list(line: str) -> bool:
    return (
        len(line) <= 300
        and (is_of_pairs(line) or is_of_organizations(line))
        and not is_prose(line.strip())
        and read_pair(line.strip()) is None
    )


def _fill(lines: Sequence[str], items: list[Item | None], start: int, end: int) -> None:
    if any(items[at] is not None for at in range(start, end)):
        return
    found: list[int] = []
    others = 0
    in_group = False
    for at in range(start, end):
        words = repair(lines[at]).text
        if read_group(words) is not None:
            in_group = True
        elif names_place(words, in_group=in_group):
            found.append(at)
        elif not (
            _says_more(words) or is_boilerplate(words) or is_prose(words) or is_status(words)
        ):
            others += 1
            in_group = False
    if len(found) >= max(1, others):
        for at in found:
            items[at] = Item(0, lines[at].strip(), "")


def _says_more(words: str) -> bool:
    """Whether a line is only the date or the stage of the agreement with the place above."""
    return is_date(words) or is_remark(words)


def names_place(words: str, *, in_group: bool = False) -> bool:
    """Whether a line without a mark is the name of a place, and little else.

    >>> names_place("Uozu, Japan (8 August 1989)"), names_place("เมืองนีซ ประเทศฝรั่งเศส")
    (True, True)
    >>> names_place("The mayor welcomed all."), names_place("Japan")
    (False, False)
    """
    if not words or len(words) > _LONGEST or words.endswith(":"):
        return False
    if _is_plainly_placed(words):
        return True
    if _says_more(words):
        return False
    if is_prose(words) or is_boilerplate(words) or is_status(words) or is_byline(words):
        return False
    place, date, _ = split_date(without_marks(words))
    if not place or place[0].islower():
        return False
    if any(find_claims(place)) or is_of_pairs(place) or is_of_organizations(place):
        return read_pair(place) is not None
    before, _, country = split_country(place)
    if country is not None:
        return bool(before.strip(" ,-–"))
    if has_thai(place):
        return _TYPE.match(place) is not None or in_group or read_pair(place) is not None
    if not is_name(place) or not any(map(str.isalpha, place)) or len(place.split()) > 6:
        return False
    return in_group or date is not None or is_place_alone(place) or read_pair(place) is not None


_NAME_AND_COUNTRY = re.compile(
    r"(?P<name>[A-Z][\w.'’-]*(?: [\w.'’-]+){0,4}(?:, [A-Z][\w.'’ -]+)?), "
    r"(?P<country>[A-Z][A-Za-z. -]+?)(?: ?\([^()]{0,40}\))?"
)


def _is_plainly_placed(words: str) -> bool:
    """Whether it is "City, Country", perhaps with a date, as most lines of a list are."""
    found = _NAME_AND_COUNTRY.fullmatch(words)
    return (
        found is not None
        and may_be_country(found["country"])
        and not is_of_pairs(words)
        and not is_of_organizations(words)
    )
