"""Numbering that is not consecutive: which numbers are reported, and how."""

from __future__ import annotations

from itertools import combinations, pairwise
from string import ascii_lowercase

import pytest
from cases import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from sisterdata.parser.printed_numbers import irregular


@pytest.mark.parametrize("line", cases("parser_numbering.csv"))
def test_gaps_and_repeats_in_numbering(line: dict[str, str]) -> None:
    numbers = [int(number) for number in line["numbers"].split()]
    found = irregular(numbers, ascii_lowercase[: len(numbers)], int(line["first"]))
    said = [f"{amiss.index}: {amiss.message}" for amiss in found]
    assert said == (line["said"].split(" | ") if line["said"] else [])


def test_names_in_messages_are_shortened() -> None:
    (amiss,) = irregular([1, 3], ["", "x" * 1000])
    assert amiss.message == f"2 is not printed before 3 {'x' * 60}"
    (amiss,) = irregular([1, 1], ["", ""])
    assert amiss.message == "1 has the number of 1"


def test_every_number_has_its_name() -> None:
    with pytest.raises(ValueError, match="zip"):
        irregular([1, 3], ["a"])


def rises(numbers: tuple[int, ...]) -> bool:
    return all(low < high for low, high in pairwise(numbers))


@settings(max_examples=200)
@given(st.lists(st.integers(1, 12), unique=True, max_size=8))
def test_as_few_numbers_as_possible_are_called_out_of_order(numbers: list[int]) -> None:
    amiss = irregular(numbers, [""] * len(numbers))
    out = {found.index for found in amiss if " is printed " in found.message}
    assert rises(tuple(number for index, number in enumerate(numbers) if index not in out))
    longest = max(
        size
        for size in range(len(numbers) + 1)
        if any(rises(kept) for kept in combinations(numbers, size))
    )
    assert len(numbers) - len(out) == longest
