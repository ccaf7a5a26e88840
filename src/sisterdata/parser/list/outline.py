"""A page cut into lists, each with the heading above it, and what each list is of.

What a list is of follows from its heading's words and its items' shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from sisterdata.parser.claims import find_claims, without_claims
from sisterdata.parser.headings import (
    Group,
    home_place,
    is_of_organizations,
    is_of_pairs,
    read_group,
)
from sisterdata.parser.line_kinds import (
    Item,
    is_boilerplate,
    is_byline,
    is_sentence,
    is_status,
    read_item,
    read_odd_item,
    status_date,
)
from sisterdata.parser.list.items import is_date, is_name, names_a_place
from sisterdata.text.dates import western_digits
from sisterdata.text.repair import is_blank, repair

ListKind = Literal["pairs", "organizations", "prose", "unknown"]


@dataclass(frozen=True, slots=True)
class Above:
    """What the headings above a line say; empty where there is none.

    `section` is the last heading without its counts; `topic` the last one that speaks of sister
    cities or organizations; `home` the place whose list it is, as far as a heading names it;
    `group` the part of the world that the heading right above names, and `group_number` the
    number of that heading, if it has one: its items may be "2.1", "2.2".
    """

    heading: str = ""
    section: str | None = None
    topic: str = ""
    home: str | None = None
    group: Group | None = None
    group_number: int = 0


@dataclass
class Entry:
    """A numbered line, and the lines under it."""

    line: int
    number: int
    text: str
    under: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class List:
    """Numbered lines that follow one another under the same headings."""

    above: Above
    entries: list[Entry] = field(default_factory=list)
    kind: ListKind = "unknown"


@dataclass
class Page:
    lines: list[tuple[int, str]]
    kinds: dict[int, str] = field(default_factory=dict)
    sections: dict[int, str | None] = field(default_factory=dict)
    lists: list[List] = field(default_factory=list)
    title: str | None = None
    date: str | None = None


def outline(text: str) -> Page:
    """Cut a page into headings, lists and prose, and tell what each list is of."""
    page = Page(
        [(number, line) for number, line in enumerate(text.split("\n"), 1) if not is_blank(line)]
    )
    above = Above()
    listed: List | None = None  # the list right under the headings above
    opening: list[str] = []  # the headings above what is said first
    last = 0
    following = _following_items([line for _, line in page.lines])
    for (number, line), (below, next_item) in zip(page.lines, following, strict=True):
        words = repair(line).text
        item = (
            read_item(line)
            or _item_of_group(line, above.group_number, _due(listed))
            or _odd_item(line, above, _due(listed))
        )
        set_off, last = number > last + 1, number
        group = (
            _group_heading(words, above, listed, next_item)
            if item is None
            else _numbered_group(item, line, below, above)
        )
        if group is not None:
            page.kinds[number] = "heading"
            above, listed = _below_group(above, words, group, item), None
        elif item is not None and not _heads_items(item, next_item):
            if listed is None or item.number == 1:
                listed = List(above)
                page.lists.append(listed)
            listed.entries.append(Entry(number, item.number, item.text))
        elif listed is not None and is_of_pairs(above.topic) and is_date(words):
            listed.entries[-1].under.append((number, line.strip()))
        elif is_boilerplate(words):
            page.kinds[number] = "boilerplate"
        elif is_byline(words):
            page.kinds[number] = "byline"
        elif page.date is None and is_status(words):
            page.kinds[number], page.date = "status_date", status_date(words)
        elif listed is not None and (
            is_sentence(words) or _is_within(words, listed, next_item, set_off)
        ):
            listed.entries[-1].under.append((number, line.strip()))
        elif is_sentence(words):
            page.kinds[number] = "prose"
        elif above.topic and _is_astray(words, line, above, listed, next_item):
            page.kinds[number] = "unknown"
        else:
            page.kinds[number] = "heading"
            above, listed = _below_heading(above, words), None
            if page.title is None:
                opening.append(words)
        page.sections[number] = above.section
        if page.title is None and opening and page.kinds.get(number) in (None, "prose"):
            page.title = _title(opening)
    for listed in page.lists:
        _classify(page, listed)
    return page


def _below_heading(above: Above, words: str) -> Above:
    topic, home = above.topic, above.home
    if is_of_pairs(words) or is_of_organizations(words):
        topic, home = words, home_place(words) or home
    return Above(words, without_claims(words) or None, topic, home)


def _below_group(above: Above, words: str, group: Group, item: Item | None) -> Above:
    number = item.number if item is not None else 0
    return replace(above, heading=words, section=group.name, group=group, group_number=number)


def _title(opening: list[str]) -> str:
    """The last of the opening headings; that of a list only where there is no other."""
    return next((words for words in reversed(opening) if not _is_list_heading(words)), opening[0])


def _due(listed: List | None) -> int:
    """The number that comes next in a list."""
    return listed.entries[-1].number + 1 if listed is not None else 1


def _heads_items(item: Item, next_item: Item | None) -> bool:
    """Is an item the heading of a list that begins below it?"""
    return next_item is not None and next_item.number == 1 and _is_list_heading(item.text)


def _group_heading(
    words: str, above: Above, listed: List | None, next_item: Item | None
) -> Group | None:
    """The part of the world that a line names, if items follow that begin or go on there."""
    follows = next_item is not None and next_item.number in (1, _due(listed))
    return read_group(words) if follows and is_of_pairs(above.topic) else None


def _numbered_group(item: Item, line: str, below: str | None, above: Above) -> Group | None:
    """The part of a list that an item heads, if the items under it are numbered anew."""
    if below is None or "," in item.text or is_sentence(item.text) or not is_of_pairs(above.topic):
        return None
    nested = _item_of_group(below, item.number, 1) or read_item(below)
    if nested is None or nested.number != 1:
        return None
    known = read_group(item.text)
    deeper = _indent(below) > _indent(line) or read_item(below) is None
    if known is None and deeper and names_a_place(nested.text):
        return Group(without_claims(item.text))
    if known is not None and known.country is not None and not deeper:
        elsewhere = "," in nested.text and known.country not in nested.text
        return None if elsewhere else known  # an item whose number is printed twice
    return known


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _item_of_group(line: str, group_number: int, due: int) -> Item | None:
    """An item numbered within its group ("2.1"), if it is the one that comes next."""
    found = _STEPS.match(line) if group_number else None
    if found is None:
        return None
    steps = [int(step) for step in western_digits(found["steps"]).split(".")]
    return Item(due, found["text"].strip()) if steps == [group_number, due] else None


_STEPS = re.compile(r"[\s\u200b]*[(]?(?P<steps>\d{1,3}\.\d{1,3})[.)]?\s+(?P<text>[^\W\d_].*)")


def _odd_item(line: str, above: Above, due: int) -> Item | None:
    """A place whose number is written in an odd way, if it is the number that comes next."""
    odd = read_odd_item(line)
    fits = odd is not None and odd.number == due and names_a_place(odd.text)
    return odd if fits and is_of_pairs(above.heading) else None


def _is_astray(
    words: str, line: str, above: Above, listed: List | None, next_item: Item | None
) -> bool:
    """Is a line below a list's heading more likely a damaged item, or a remark, than a heading?"""
    if _is_list_heading(words) or any(find_claims(words)):
        return False
    if read_odd_item(line) is not None:
        return True
    # An item without its number; or nothing follows that the line could be the heading of.
    return is_of_pairs(above.topic) and (
        names_a_place(words) or (listed is not None and next_item is None)
    )


def _is_within(words: str, listed: List, next_item: Item | None, set_off: bool) -> bool:
    """Does a short line stand between two items, and is it no heading of the later ones?"""
    of_organizations = is_of_organizations(listed.above.heading)
    if next_item is None or next_item.number != _due(listed):
        return of_organizations and words.endswith(".") and " " in words
    if of_organizations and is_of_pairs(words) and names_a_place(next_item.text):
        return False
    if is_of_pairs(listed.above.topic) and is_of_organizations(words) and words[:1].isupper():
        return False
    return not set_off or of_organizations


def _following_items(lines: list[str]) -> list[tuple[str | None, Item | None]]:
    """For each line, the line below it and the next item below it."""
    following: list[tuple[str | None, Item | None]] = []
    below: str | None = None
    item: Item | None = None
    for line in reversed(lines):
        following.append((below, item))
        below, item = line, read_item(line) or item
    return following[::-1]


def _is_list_heading(words: str) -> bool:
    return (is_of_pairs(words) or is_of_organizations(words)) and not is_sentence(words)


def _classify(page: Page, listed: List) -> None:
    texts = [entry.text for entry in listed.entries]
    above = listed.above
    if 2 * sum(map(is_sentence, texts)) > len(texts):
        listed.kind = "prose"
    elif is_of_pairs(above.heading) and 2 * sum(map(is_name, texts)) >= len(texts):
        listed.kind = "pairs"
    elif is_of_organizations(above.heading):
        listed.kind = "organizations"
    elif is_of_pairs(above.topic) and all(map(names_a_place, filter(None, texts))):
        listed.kind = "pairs"  # under a heading that says no more
    elif above.group is not None and all(map(is_name, texts)):
        listed.kind = "pairs"
    entry_kind, under_kind = _KINDS[listed.kind]
    for entry in listed.entries:
        astray = listed.kind == "pairs" and is_sentence(entry.text)
        page.kinds[entry.line] = "unknown" if astray else entry_kind
        for line, words in entry.under:
            astray = listed.kind == "pairs" and not (is_sentence(words) or is_date(words))
            page.kinds[line] = "unknown" if astray else under_kind


# What the entries of a list are, and the lines under them.
_KINDS = {
    "pairs": ("row", "prose"),
    "organizations": ("organization", "description"),
    "prose": ("prose", "prose"),
    "unknown": ("unknown", "unknown"),
}
