"""Cut a page into lists, each with the heading above it, and tell what each list is of.

What a list is of follows from the words of its heading and the shape of its items.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sisterdata.parser.headings import (
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
    is_prose,
    is_status,
    read_item,
    read_odd_item,
    status_date,
)
from sisterdata.parser.list.consecutive_items import (
    comes_next,
    due,
    goes_on,
    next_items,
    same_mark,
    without_lone_signs,
)
from sisterdata.parser.list.country_groups import (
    below_group,
    group_heading,
    indent,
    item_of_group,
    numbered_group,
)
from sisterdata.parser.list.item_text import is_date, is_remark, names_a_place
from sisterdata.parser.list.list_subject import classify
from sisterdata.parser.list.pair_lines import read_pair
from sisterdata.parser.list.parse_state import Above, List, Page
from sisterdata.parser.list.plain_lines import with_plain_items
from sisterdata.parser.stated_counts import find_claims, without_claims
from sisterdata.text.repair import is_blank, repair


def outline(text: str, home: str | None = None, *, untitled_pairs: bool = False) -> Page:
    """Cut a page into headings, lists and prose, and tell what each list is of.

    `home` is whose lists they are, where no heading says it. With `untitled_pairs`, lists are of
    sister cities though no heading says so.
    """
    page = Page(_printed_lines(text))
    lines = page.lines
    texts = [line for _, line in lines]
    items = _items(texts, from_start=home is not None or untitled_pairs)
    following = next_items(items)
    above = _above_all(home, untitled_pairs)
    listed: List | None = None  # the list right under the headings above
    opening: list[str] = []  # the headings above what is said first
    last = 0
    for at, (number, line) in enumerate(lines):
        item, next_at = items[at], following[at]
        if (
            item is not None
            and listed is not None
            and _is_plainly_next(at, item, listed, items, texts)
        ):
            listed.add(number, item)
            last = number
            continue
        next_item = items[next_at] if next_at is not None else None
        item = item or _damaged_item(line, above, listed)
        # What an item is made of is needed only where it may head a list of its own.
        words = _heading_words(repair(line).text) if item is None or item.text else line.strip()
        set_off, last = number > last + 1, number
        below = texts[at + 1] if at + 1 < len(texts) else None
        if item is None:
            group = group_heading(words, above, listed, next_item)
        else:
            group = numbered_group(item, line, below, above)
        if group is not None:
            page.kinds[number] = "heading"
            above, listed = below_group(above, words, group, item), None
        elif item is not None and not _heads_items(item, next_item, at, next_at):
            if listed is None or item.number == 1 or not same_mark(item, listed):
                listed = List(above, item.mark)
                page.lists.append(listed)
            listed.add(number, item)
        else:
            right_below = next_at == at + 1
            kind = _kind(page, words, line, above, listed, next_item, set_off)
            if kind == "prose" and item is None and right_below and _opens_list(words):
                kind = "heading"
            if kind == "below" and listed is not None:
                listed.add_under(number, line.strip())
                continue
            page.kinds[number] = kind
            if kind == "heading" or (kind == "unknown" and above.group and right_below):
                above, listed = _below_heading(above, words, kind), None
            if kind == "heading":
                opening += [words] if page.title is None else []
        _note_opening(page, number, above, opening)
    for listed in page.lists:
        classify(page, listed)
    return page


def _above_all(home: str | None, untitled_pairs: bool) -> Above:
    """What holds above the first line: if a home is given, the lists are of sister cities."""
    topic = "sister cities" if home or untitled_pairs else ""
    return Above(heading=topic if untitled_pairs else "", home=home, topic=topic)


def _printed_lines(text: str) -> list[tuple[int, str]]:
    return [(n, line) for n, line in enumerate(text.split("\n"), 1) if line and not is_blank(line)]


def _damaged_item(line: str, above: Above, listed: List | None) -> Item | None:
    """An item whose number is that of its group, or is written in an odd way."""
    item = item_of_group(line, above.group_number, due(listed))
    return item or _odd_item(line, above, due(listed))


def _items(texts: list[str], *, from_start: bool) -> list[Item | None]:
    marked = without_lone_signs(list(map(read_item, texts)))
    return with_plain_items(texts, marked, from_start=from_start)


def _is_plainly_next(
    at: int, item: Item, listed: List, items: list[Item | None], texts: list[str]
) -> bool:
    """Whether an item continues the list above, and the line below continues it too."""
    if not goes_on(item, listed):
        return False
    if at + 1 == len(items):
        return True
    follows = items[at + 1]
    return (
        follows is not None
        and comes_next(follows, item)
        and (texts[at + 1][0] not in _INDENTS or indent(texts[at + 1]) <= indent(texts[at]))
    )


_INDENTS = frozenset(" \t\u00a0\u3000\u200b*#")


def _kind(
    page: Page,
    words: str,
    line: str,
    above: Above,
    listed: List | None,
    next_item: Item | None,
    set_off: bool,
) -> str:
    """The kind of a line that is not an item; "below" if it belongs to the item above."""
    if listed is not None and is_of_pairs(above.topic) and (is_date(words) or is_remark(words)):
        return "below"
    if is_boilerplate(words):
        return "boilerplate"
    if is_byline(words):
        return "byline"
    if page.date is None and is_status(words):
        page.date = status_date(words)
        return "status_date"
    sentence = is_prose(words)
    if listed is not None and (sentence or _is_within(words, listed, next_item, set_off)):
        return "below"
    if sentence:
        return "prose"
    if above.topic and _is_astray(words, line, above, listed, next_item):
        return "unknown"
    return "heading"


def _note_opening(page: Page, number: int, above: Above, opening: list[str]) -> None:
    """Note the section of a line that is no item, and the title once something is said."""
    if number in page.kinds:
        page.sections[number] = above.section
    if page.title is None and opening and page.kinds.get(number) in (None, "prose"):
        page.title = _title(opening)


def _heading_words(words: str) -> str:
    """A heading without the signs that Markdown and wikitext put around it."""
    if words[:1] in ("=", "#"):
        return _SIGNS.sub("", words) or words
    return words


_SIGNS = re.compile(r"^(?:#{1,6}\s+|={2,6}\s*)|\s*(?:={2,6}|#{1,6})$")


def _below_heading(above: Above, words: str, kind: str) -> Above:
    if kind == "unknown":  # it may head the items below it, whose country is then not known
        return replace(above, group=None)
    topic, home = above.topic, above.home
    if is_of_pairs(words) or is_of_organizations(words):
        topic, home = words, home_place(words) or home
    elif not topic and is_place_alone(words) and read_group(words) is None:
        home = words  # the title of a city's page
    return Above(words, without_claims(words) or None, topic, home)


def _title(opening: list[str]) -> str:
    """The last of the opening headings; that of a list only where there is no other."""
    return next((words for words in reversed(opening) if not _is_list_heading(words)), opening[0])


def _heads_items(item: Item, next_item: Item | None, at: int, next_at: int | None) -> bool:
    """Whether an item is the heading of a list that begins below it."""
    if next_item is None or not _is_list_heading(item.text) or read_pair(item.text) is not None:
        return False
    if next_item.number == 0:
        return item.mark != next_item.mark and next_at == at + 1
    return next_item.number == 1


def _opens_list(words: str) -> bool:
    """Whether a sentence that mentions sister cities is the heading of a list."""
    return (
        len(words) <= 300
        and words.rstrip().endswith((":", "ได้แก่", "ดังนี้", "คือ"))
        and is_of_pairs(words)
    )


def _odd_item(line: str, above: Above, due: int) -> Item | None:
    """A place whose number is written in an odd way, if it is the number that comes next."""
    odd = read_odd_item(line)
    fits = odd is not None and odd.number == due and names_a_place(odd.text)
    return odd if fits and is_of_pairs(above.heading) else None


def _is_astray(
    words: str, line: str, above: Above, listed: List | None, next_item: Item | None
) -> bool:
    """Whether a line below a list's heading is probably a damaged item or a remark."""
    if _is_list_heading(words) or any(find_claims(words)):
        return False
    if read_odd_item(line) is not None:
        return True
    # An item without its number; or nothing follows that the line could be the heading of.
    return is_of_pairs(above.topic) and (
        names_a_place(words) or (listed is not None and next_item is None)
    )


def _is_within(words: str, listed: List, next_item: Item | None, set_off: bool) -> bool:
    """Whether a short line is between two items, and is not the heading of the later ones."""
    of_organizations = is_of_organizations(listed.above.heading)
    if next_item is None or not goes_on(next_item, listed):
        return of_organizations and words.endswith(".") and " " in words
    if of_organizations and is_of_pairs(words) and names_a_place(next_item.text):
        return False
    if is_of_pairs(listed.above.topic) and is_of_organizations(words) and words[:1].isupper():
        return False
    if next_item.number == 0 and (_is_list_heading(words) or read_group(words) is not None):
        return False
    return not set_off or of_organizations


def _is_list_heading(words: str) -> bool:
    return (is_of_pairs(words) or is_of_organizations(words)) and not is_prose(words)
