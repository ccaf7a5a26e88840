"""A page cut into lists, each with the heading above it, and what each list is of.

What a list is of follows from its heading's words and its items' shape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from sisterdata.parser.claims import find_claims, without_claims
from sisterdata.parser.groups import Group, read_group
from sisterdata.parser.home import home_place, is_of_organizations, is_of_pairs
from sisterdata.parser.list_items import is_date, is_name, names_a_place
from sisterdata.parser.shapes import (
    Item,
    is_boilerplate,
    is_byline,
    is_sentence,
    is_status,
    read_item,
    read_odd_item,
    status_date,
)
from sisterdata.text import is_blank, repair, western_digits

ListKind = Literal["pairs", "organizations", "prose", "unknown"]


@dataclass
class Entry:
    """A numbered line, and the lines under it."""

    line: int
    number: int
    text: str
    under: list[tuple[int, str]] = field(default_factory=list)
    kind: str = "unknown"


@dataclass
class List:
    """Numbered lines that follow one another under a heading.

    `section` is the heading without its counts; `topic` the last heading, this one or one above,
    that speaks of sister cities or organizations; `home` the place whose list it is, as far as a
    heading names it; `group` the part of the world that the heading right above it names.
    """

    heading: str | None
    section: str | None
    topic: str | None
    home: str | None
    group: Group | None
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
    opening: list[str] = []  # the headings right above what is said first
    heading = section = topic = home = None
    group: Group | None = None
    group_number = 0  # of a heading that is itself numbered: its items may be "2.1", "2.2"
    listed: List | None = None
    following = _following_items([line for _, line in page.lines])
    above = 0
    for (number, line), (below, next_item) in zip(page.lines, following, strict=True):
        words = repair(line).text
        next_number = next_item.number if next_item is not None else None
        item = (
            read_item(line)
            or _item_of_group(line, listed, group_number)
            or _odd_item(line, listed, heading)
        )
        set_off, above = number > above + 1, number
        within: Group | None = None
        if item is None:
            within = _group_heading(words, topic, listed, next_number)
        elif is_of_pairs(topic or ""):
            within = _numbered_group(item, line, below)
        if within is not None:
            page.kinds[number] = "heading"
            heading, section, listed = words, within.name, None
            group, group_number = within, item.number if item is not None else 0
        elif item is not None and not (next_number == 1 and _is_list_heading(item.text)):
            if listed is None or item.number == 1:
                listed = List(heading, section, topic, home, group)
                page.lists.append(listed)
            listed.entries.append(Entry(number, item.number, item.text))
        elif listed is not None and is_of_pairs(listed.topic or "") and is_date(words):
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
        elif topic is not None and _is_astray(words, line, topic, listed, next_number):
            page.kinds[number] = "unknown"
        else:
            page.kinds[number] = "heading"
            heading, section, listed = words, without_claims(words) or None, None
            group, group_number = None, 0
            if is_of_pairs(words) or is_of_organizations(words):
                topic, home = words, home_place(words) or home
            if page.title is None:
                opening.append(words)
        page.sections[number] = section
        if page.title is None and opening and page.kinds.get(number) in (None, "prose"):
            # The heading of a list is the page's title only where there is no other.
            page.title = next(
                (words for words in reversed(opening) if not _is_list_heading(words)), opening[0]
            )
    for listed in page.lists:
        _classify(page, listed)
    return page


def _group_heading(
    words: str, topic: str | None, listed: List | None, next_number: int | None
) -> Group | None:
    """The part of the world that a line names, if items follow that begin or go on there."""
    due = listed.entries[-1].number + 1 if listed is not None else 1
    if not is_of_pairs(topic or "") or next_number not in (1, due):
        return None
    return read_group(words)


def _numbered_group(item: Item, line: str, below: str | None) -> Group | None:
    """The part of a list that an item heads, if the items under it are numbered anew."""
    if below is None or "," in item.text or is_sentence(item.text):
        return None
    nested = _item_of_group(below, None, item.number) or read_item(below)
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


def _item_of_group(line: str, listed: List | None, group_number: int) -> Item | None:
    """An item numbered within its group ("2.1"), if it is the one that comes next."""
    found = _STEPS.match(line) if group_number else None
    if found is None:
        return None
    steps = [int(step) for step in western_digits(found["steps"]).split(".")]
    due = listed.entries[-1].number + 1 if listed is not None else 1
    return Item(due, found["text"].strip()) if steps == [group_number, due] else None


_STEPS = re.compile(r"[\s\u200b]*[(]?(?P<steps>\d{1,3}\.\d{1,3})[.)]?\s+(?P<text>[^\W\d_].*)")


def _odd_item(line: str, listed: List | None, heading: str | None) -> Item | None:
    """A place whose number is written in an odd way, if it is the number that comes next."""
    odd = read_odd_item(line)
    above = listed.heading if listed is not None else heading
    due = listed.entries[-1].number + 1 if listed is not None else 1
    fits = odd is not None and odd.number == due and names_a_place(odd.text)
    return odd if fits and is_of_pairs(above or "") else None


def _is_astray(
    words: str, line: str, topic: str, listed: List | None, next_number: int | None
) -> bool:
    """Is a line below a list's heading more likely a damaged item, or a remark, than a heading?"""
    if _is_list_heading(words) or any(find_claims(words)):
        return False
    if read_odd_item(line) is not None:
        return True
    # An item without its number; or nothing follows that the line could be the heading of.
    return is_of_pairs(topic) and (
        names_a_place(words) or (listed is not None and next_number is None)
    )


def _is_within(words: str, listed: List, next_item: Item | None, set_off: bool) -> bool:
    """Does a short line stand between two items, and is it no heading of the later ones?"""
    of_organizations = is_of_organizations(listed.heading or "")
    if next_item is None or next_item.number != listed.entries[-1].number + 1:
        return of_organizations and words.endswith(".") and " " in words
    if of_organizations and is_of_pairs(words) and names_a_place(next_item.text):
        return False
    if is_of_pairs(listed.topic or "") and is_of_organizations(words) and words[:1].isupper():
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
    heading = listed.heading or ""
    if 2 * sum(map(is_sentence, texts)) > len(texts):
        listed.kind = "prose"
    elif is_of_pairs(heading) and 2 * sum(map(is_name, texts)) >= len(texts):
        listed.kind = "pairs"
    elif is_of_organizations(heading):
        listed.kind = "organizations"
    elif is_of_pairs(listed.topic or "") and all(map(names_a_place, filter(None, texts))):
        listed.kind = "pairs"  # under a heading that says no more
    elif listed.group is not None and all(map(is_name, texts)):
        listed.kind = "pairs"
    entry_kind, under_kind = _KINDS[listed.kind]
    for entry in listed.entries:
        astray = listed.kind == "pairs" and is_sentence(entry.text)
        entry.kind = page.kinds[entry.line] = "unknown" if astray else entry_kind
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
