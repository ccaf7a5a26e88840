"""Misspell names at random, as the benchmarks of places do."""

from __future__ import annotations

import random


def one_edit(text: str, letters: str, dice: random.Random) -> str:
    """The text with one letter left out, put in, exchanged or swapped with the next."""
    kind, at, letter = dice.randrange(4), dice.randrange(len(text)), dice.choice(letters)
    return (
        text[:at] + text[at + 1 :],
        text[:at] + letter + text[at:],
        text[:at] + letter + text[at + 1 :],
        text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
    )[kind]
