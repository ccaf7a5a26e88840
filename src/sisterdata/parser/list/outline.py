"""Cut a page into lists, each with the heading above it, and tell what each list is of.

What a list is of follows from the words of its heading and the shape of its items.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Literal

from sisterdata.countries.match import split_country
from sisterdata.parser.claims import find_claims, without_claims
from sisterdata.parser.headings import (
    Group,
    home_place,
    is_of_organizations,
    is_of_pairs,
    is_place_alone,
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
from sisterdata.parser.list.pair_lines import read_pair
from sisterdata.parser.list.plain_lines import with_plain_items
from sisterdata.text.dates import western_digits
from sisterdata.text.repair import is_blank, repair
from sisterdata.text.scripts import has_thai

ListKind = Literal["pairs", "organizations", "prose", "unknown"]
_SAMPLE = 200  # items of a list that tell what it is of


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


@dataclass(slots=True)
class List:
    """Items that follow one another under the same headings, as columns.

    `under` holds the lines below an item, by the item's position; `mark` is the first item's.
    """

    above: Above
    mark: str
    lines: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    under: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    kind: ListKind = "unknown"

    def add(self, line: int, item: Item) -> None:
        self.lines.append(line)
        self.numbers.append(item.number)
        self.texts.append(item.text)

    def add_under(self, line: int, text: str) -> None:
        self.under.setdefault(len(self.lines) - 1, []).append((line, text))


@dataclass
class Page:
    """A page as it is read; `kinds` leaves out what is no item, `sections` holds what is said."""

    lines: list[tuple[int, str]]
    kinds: dict[int, str] = field(default_factory=dict)
    sections: dict[int, str | None] = field(default_factory=dict)
    lists: list[List] = field(default_factory=list)
    title: str | None = None
    date: str | None = None


def outline(text: str, home: str | None = None) -> Page:
    """Cut a page into headings, lists and prose, and tell what each list is of.

    `home` is whose lists they are, where no heading says it.
    """
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line and not is_blank(line)]
    page = Page(lines)
    texts = [line for _, line in lines]
    items = with_plain_items(texts, _without_lone_signs(list(map(read_item, texts))))
    next_items = _next_items(items)
    above = Above(home=home)
    listed: List | None = None  # the list right under the headings above
    opening: list[str] = []  # the headings above what is said first
    last = 0
    for at, (number, line) in enumerate(lines):
        item = items[at]
        next_at = next_items[at]
        next_item = items[next_at] if next_at is not None else None
        if item is not None and listed is not None and _goes_on(item, listed):
            follows = items[at + 1] if at + 1 < len(items) else item
            plainly = follows is not None and _comes_next(follows, item)
            if plainly and (follows is item or _indent(texts[at + 1]) <= _indent(line)):
                listed.add(number, item)
                last = number
                continue
        words = _heading_words(repair(line).text)
        item = item or _item_of_group(line, above.group_number, _due(listed))
        item = item or _odd_item(line, above, _due(listed))
        set_off, last = number > last + 1, number
        below = texts[at + 1] if at + 1 < len(texts) else None
        group = (
            _group_heading(words, above, listed, next_item)
            if item is None
            else _numbered_group(item, line, below, above)
        )
        if group is not None:
            page.kinds[number] = "heading"
            above, listed = _below_group(above, words, group, item), None
        elif item is not None and not _heads_items(item, next_item, at, next_at):
            if listed is None or item.number == 1 or not _same_mark(item, listed):
                listed = List(above, item.mark)
                page.lists.append(listed)
            listed.add(number, item)
        elif listed is not None and is_of_pairs(above.topic) and is_date(words):
            listed.add_under(number, line.strip())
        elif is_boilerplate(words):
            page.kinds[number] = "boilerplate"
        elif is_byline(words):
            page.kinds[number] = "byline"
        elif page.date is None and is_status(words):
            page.kinds[number], page.date = "status_date", status_date(words)
        elif listed is not None and (
            is_sentence(words) or _is_within(words, listed, next_item, set_off)
        ):
            listed.add_under(number, line.strip())
        elif is_sentence(words) and not _opens_list(words, item, at, next_at):
            page.kinds[number] = "prose"
        elif above.topic and _is_astray(words, line, above, listed, next_item):
            page.kinds[number] = "unknown"
        else:
            page.kinds[number] = "heading"
            above, listed = _below_heading(above, words), None
            if page.title is None:
                opening.append(words)
        if number in page.kinds:
            page.sections[number] = above.section
        if page.title is None and opening and page.kinds.get(number) in (None, "prose"):
            page.title = _title(opening)
    for listed in page.lists:
        _classify(page, listed)
    return page


def _heading_words(words: str) -> str:
    """A heading without the signs that Markdown and wikitext put around it."""
    if words[:1] in ("=", "#"):
        return _SIGNS.sub("", words) or words
    return words


_SIGNS = re.compile(r"^(?:#{1,6}\s+|={2,6}\s*)|\s*(?:={2,6}|#{1,6})$")


def _without_lone_signs(items: list[Item | None]) -> list[Item | None]:
    """A sign that prose and headings use too is a mark only beside another line with it."""
    kept = list(items)
    for at, item in enumerate(items):
        if item is None or item.mark not in _SIGNS_OF_PROSE:
            continue
        beside = (items[at - 1] if at else None, items[at + 1] if at + 1 < len(items) else None)
        if not any(other is not None and other.mark == item.mark for other in beside):
            kept[at] = None
    return kept


_SIGNS_OF_PROSE = frozenset("#")


def _same_mark(item: Item, listed: List) -> bool:
    return (item.number > 0) == (listed.mark == "1") and (
        item.number > 0 or item.mark == listed.mark
    )


def _goes_on(item: Item, listed: List) -> bool:
    """Does an item carry on a list: with the next number, or the same mark?"""
    if item.number:
        return item.number == listed.numbers[-1] + 1 and listed.mark == "1"
    return item.mark == listed.mark


def _comes_next(item: Item, before: Item) -> bool:
    if item is before:
        return True
    return item.mark == before.mark and (item.number == 0 or item.number == before.number + 1)


def _begins(item: Item | None, listed: List | None) -> bool:
    """Does an item begin a list, or carry on the one above?"""
    return item is not None and (item.number in (0, 1) or item.number == _due(listed))


def _below_heading(above: Above, words: str) -> Above:
    topic, home = above.topic, above.home
    if is_of_pairs(words) or is_of_organizations(words):
        topic, home = words, home_place(words) or home
    elif not topic and is_place_alone(words) and read_group(words) is None:
        home = words  # the title of a city's page
    return Above(words, without_claims(words) or None, topic, home)


def _below_group(above: Above, words: str, group: Group, item: Item | None) -> Above:
    number = item.number if item is not None else 0
    return replace(above, heading=words, section=group.name, group=group, group_number=number)


def _title(opening: list[str]) -> str:
    """The last of the opening headings; that of a list only where there is no other."""
    return next((words for words in reversed(opening) if not _is_list_heading(words)), opening[0])


def _due(listed: List | None) -> int:
    """The number that comes next in a list."""
    return listed.numbers[-1] + 1 if listed is not None else 1


def _heads_items(item: Item, next_item: Item | None, at: int, next_at: int | None) -> bool:
    """Is an item the heading of a list that begins below it?"""
    if next_item is None or not _is_list_heading(item.text) or read_pair(item.text) is not None:
        return False
    if next_item.number == 0:
        return item.mark != next_item.mark and next_at == at + 1
    return next_item.number == 1


def _opens_list(words: str, item: Item | None, at: int, next_at: int | None) -> bool:
    """Is a sentence that speaks of sister cities the heading of the list right below it?"""
    return (
        item is None
        and next_at == at + 1
        and len(words) <= 300
        and words.rstrip().endswith((":", "ได้แก่", "ดังนี้", "คือ"))
        and is_of_pairs(words)
    )


def _group_heading(
    words: str, above: Above, listed: List | None, next_item: Item | None
) -> Group | None:
    """The part of the world that a line names, if items follow that begin or go on there."""
    follows = _begins(next_item, listed)
    return read_group(words) if follows and is_of_pairs(above.topic) else None


def _numbered_group(item: Item, line: str, below: str | None, above: Above) -> Group | None:
    """The part of a list that an item heads, if the items under it are numbered anew."""
    if below is None or "," in item.text or is_sentence(item.text) or not is_of_pairs(above.topic):
        return None
    nested = _item_of_group(below, item.number, 1) or read_item(below)
    if nested is None or nested.number > 1:
        return None
    known = read_group(item.text)
    deeper = _indent(below) > _indent(line) or read_item(below) is None
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


def _indent(line: str) -> int:
    stars = len(line) - len(line.lstrip("*#"))  # wikitext nests by repeating the sign
    return stars or len(line) - len(line.lstrip())


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
    if next_item is None or not _goes_on(next_item, listed):
        return of_organizations and words.endswith(".") and " " in words
    if of_organizations and is_of_pairs(words) and names_a_place(next_item.text):
        return False
    if is_of_pairs(listed.above.topic) and is_of_organizations(words) and words[:1].isupper():
        return False
    if next_item.number == 0 and (_is_list_heading(words) or read_group(words) is not None):
        return False
    return not set_off or of_organizations


def _next_items(items: Sequence[Item | None]) -> list[int | None]:
    """For each line, where the next item below it stands."""
    following: list[int | None] = [None] * len(items)
    found: int | None = None
    for at in range(len(items) - 1, -1, -1):
        following[at] = found
        if items[at] is not None:
            found = at
    return following


def _is_list_heading(words: str) -> bool:
    return (is_of_pairs(words) or is_of_organizations(words)) and not is_sentence(words)


def _classify(page: Page, listed: List) -> None:
    texts = list(islice(filter(None, listed.texts), _SAMPLE)) or [""]
    above = listed.above
    if 2 * sum(map(is_sentence, texts)) > len(texts):
        listed.kind = "prose"
    elif is_of_pairs(above.heading) and 2 * sum(map(is_name, texts)) >= len(texts):
        listed.kind = "pairs"
    elif is_of_organizations(above.heading):
        listed.kind = "organizations"
    elif is_of_pairs(above.topic) and all(map(_is_place, texts)):
        listed.kind = "pairs"  # under a heading that says no more
    elif above.group is not None and all(map(is_name, texts)):
        listed.kind = "pairs"
    entry_kind, under_kind = _KINDS[listed.kind]
    if entry_kind == "prose" or under_kind == "prose":
        below = [line for under in listed.under.values() for line, _ in under]
        page.sections.update(dict.fromkeys([*listed.lines, *below], above.section))
    page.kinds.update(dict.fromkeys(listed.lines, entry_kind))
    if listed.kind == "pairs":
        for line, text in zip(listed.lines, listed.texts, strict=True):
            if (len(text) > _MAY_BE_PROSE or text[-1:] in _ENDS) and is_sentence(text):
                page.kinds[line] = "unknown"
    for under in listed.under.values():
        for line, words in under:
            astray = listed.kind == "pairs" and not (is_sentence(words) or is_date(words))
            page.kinds[line] = "unknown" if astray else under_kind


def _is_place(text: str) -> bool:
    if names_a_place(text):
        return True
    if is_sentence(text) or not is_name(text):
        return False
    before, _, country = split_country(text)
    return (country is not None and bool(before.strip())) or (has_thai(text) and " " not in text)


# Shorter texts that do not end like a sentence are none.
_MAY_BE_PROSE = 60
_ENDS = frozenset(".!?\"'”’)]")
# What the entries of a list are, and the lines under them.
_KINDS = {
    "pairs": ("row", "prose"),
    "organizations": ("organization", "description"),
    "prose": ("prose", "prose"),
    "unknown": ("unknown", "unknown"),
}
