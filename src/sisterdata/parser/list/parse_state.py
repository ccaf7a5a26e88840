"""What is read of a page: its headings, its lists, and what each line is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sisterdata.parser.headings import Group
from sisterdata.parser.line_kinds import Item

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
    sides_assumed: list[int] = field(default_factory=list)  # lines of pairs
    title: str | None = None
    date: str | None = None
