"""Printed numbers that should run 1, 2, 3: which stand out of order, twice, or not at all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_SHOWN = 60  # characters of a name in a message


@dataclass(frozen=True, slots=True)
class Irregular:
    """What is amiss with the number at `index`, in words."""

    index: int
    message: str


def irregular(numbers: Sequence[int], names: Sequence[str], first: int = 1) -> list[Irregular]:
    """Where numbers do not run on by one from `first`; `names` stand beside them in messages.

    Out of order are the fewest numbers whose going would leave the rest rising.

    >>> for found in irregular([1, 3, 2, 4, 6], ["ก", "ข", "ค", "ง", "จ"]):
    ...     print(found.index, found.message)
    1 3 ข is printed before 2 ค
    4 5 is not printed before 6 จ
    """
    if all(number == place for place, number in enumerate(numbers, first)):
        return []
    printed = [
        f"{number} {name[:_SHOWN]}".rstrip() for number, name in zip(numbers, names, strict=True)
    ]
    index_of: dict[int, int] = {}
    found = []
    for index, number in enumerate(numbers):
        if number in index_of:
            message = f"{printed[index]} has the number of {printed[index_of[number]]}"
            found.append(Irregular(index, message))
        else:
            index_of[number] = index
    once = list(index_of.values())
    rising = _longest_rising([numbers[index] for index in once])
    for place, index in enumerate(once):
        if place not in rising:
            ahead = place + 1 < len(once) and numbers[once[place + 1]] < numbers[index]
            neighbour = printed[once[place + 1 if ahead else place - 1]]
            message = f"{printed[index]} is printed {'before' if ahead else 'after'} {neighbour}"
            found.append(Irregular(index, message))
        elif numbers[index] < first:
            found.append(Irregular(index, f"{printed[index]} is printed where {first} begins"))
    for low, high in pairwise(sorted({first - 1, *(n for n in index_of if n >= first)})):
        if high - low > 1:
            absent = str(low + 1) if high - low == 2 else f"{low + 1} to {high - 1}"
            message = f"{absent} is not printed before {printed[index_of[high]]}"
            found.append(Irregular(index_of[high], message))
    return sorted(found, key=lambda irregularity: irregularity.index)


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The indices of a longest strictly rising subsequence of some numbers (patience sorting)."""
    tops: list[int] = []
    tops_at: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        before.append(tops_at[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [number]
        tops_at[pile : pile + 1] = [index]
    kept = set()
    index = tops_at[-1]
    while index >= 0:
        kept.add(index)
        index = before[index]
    return kept
