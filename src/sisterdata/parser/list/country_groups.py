"""Parts of a list under a continent or a country, whose items may be numbered anew."""

from __future__ import annotations

import re
from dataclasses import replace

from sisterdata.parser.headings import Group, is_of_pairs, read_group
from sisterdata.parser.line_kinds import Item, is_prose, read_item
from sisterdata.parser.list.consecutive_items import begins
from sisterdata.parser.list.item_text import names_a_place
from sisterdata.parser.list.parse_state import Above, List
from sisterdata.parser.stated_counts import without_claims
from sisterdata.text.dates import western_digits


def below_group(above: Above, words: str, group: Group, item: Item | None) -> Above:
    number = item.number if item is not None else 0
    return replace(above, heading=words, section=group.name, group=group, group_number=number)


def group_heading(
    words: str, above: Above, listed: List | None, next_item: Item | None
) -> Group | None:
    """The part of the world that a line names, if items follow that begin or go on there."""
    follows = begins(next_item, listed)
    return read_group(words) if follows and is_of_pairs(above.topic) else None


def numbered_group(item: Item, line: str, below: str | None, above: Above) -> Group | None:
    """The part of a list that an item heads, if the items under it are numbered anew."""
    if below is None or not item.text or is_prose(item.text) or not is_of_pairs(above.topic):
        return None
    nested = item_of_group(below, item.number, 1) or read_item(below)
    if nested is None or nested.number > 1:
        return None
    known = read_group(item.text)
    deeper = indent(below) > indent(line) or read_item(below) is None
    if nested.number == 0:
        other_mark = nested.mark != item.mark or deeper
        return known if other_mark else None
    if item.number == 0:
        return known
    if known is None and deeper and names_a_place(nested.text):
        return Group(without_claims(item.text))
    if known is not None and known.country is not None and not deeper:
        elsewhere = "," in nested.text and known.country not in nested.text
        return None if elsewhere else known  # an item whose number is printed twice
    return known


def indent(line: str) -> int:
    stars = len(line) - len(line.lstrip("*#"))  # wikitext nests by repeating the sign
    return stars or len(line) - len(line.lstrip())


def item_of_group(line: str, group_number: int, due: int) -> Item | None:
    """An item numbered within its group ("2.1"), if it is the one that comes next."""
    found = _STEPS.match(line) if group_number else None
    if found is None:
        return None
    steps = [int(step) for step in western_digits(found["steps"]).split(".")]
    return Item(due, found["text"].strip()) if steps == [group_number, due] else None


_STEPS = re.compile(r"[\s\u200b]*[(]?(?P<steps>\d{1,3}\.\d{1,3})[.)]?\s+(?P<text>[^\W\d_].*)")
