"""Items that follow one another: the same mark, or the next number."""

from __future__ import annotations

from collections.abc import Sequence

from sisterdata.parser.line_kinds import Item
from sisterdata.parser.list.parse_state import List


def without_lone_signs(items: list[Item | None]) -> list[Item | None]:
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


def same_mark(item: Item, listed: List) -> bool:
    return (item.number > 0) == (listed.mark == "1") and (
        item.number > 0 or item.mark == listed.mark
    )


def goes_on(item: Item, listed: List) -> bool:
    """Whether an item continues a list, with the next number or the same mark."""
    if item.number:
        return item.number == listed.numbers[-1] + 1 and listed.mark == "1"
    return item.mark == listed.mark


def comes_next(item: Item, before: Item) -> bool:
    if item is before:
        return True
    return item.mark == before.mark and (item.number == 0 or item.number == before.number + 1)


def begins(item: Item | None, listed: List | None) -> bool:
    """Whether an item begins a list, or continues the one above."""
    return item is not None and (item.number in (0, 1) or item.number == due(listed))


def due(listed: List | None) -> int:
    """The number that comes next in a list."""
    return listed.numbers[-1] + 1 if listed is not None else 1


def next_items(items: Sequence[Item | None]) -> list[int | None]:
    """For each line, where the next item below it stands."""
    following: list[int | None] = [None] * len(items)
    found: int | None = None
    for at in range(len(items) - 1, -1, -1):
        following[at] = found
        if items[at] is not None:
            found = at
    return following
