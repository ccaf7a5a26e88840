"""How many letters two texts differ by at least, for one text and very many others at once.

A text that has a letter which the other has not, or has it an odd number of times where the other
has it an even number, is at least one letter off for each. Texts that are off too far by this
need no comparison letter by letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_CLASSES = np.uint64(61)  # letters that fall into one class make the count smaller, never larger


@dataclass(frozen=True, slots=True)
class LetterSets:
    """Of each text: its length, its letters, and those it has an odd number of times, as bits."""

    length: npt.NDArray[np.intp]
    some: npt.NDArray[np.uint64]
    odd: npt.NDArray[np.uint64]

    def only(self, chosen: npt.NDArray[np.intp] | slice) -> LetterSets:
        """Those of some of the texts."""
        return LetterSets(self.length[chosen], self.some[chosen], self.odd[chosen])


def letter_sets(texts: Sequence[str]) -> LetterSets:
    """The letters of each text."""
    length = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts))
    joined = np.frombuffer(
        "".join(texts).encode("utf-32-le", errors="surrogatepass"), dtype=np.uint32
    )
    bits = np.append(np.uint64(1) << (joined % _CLASSES), np.uint64(0))
    start = np.cumsum(length) - length
    some, odd = (f.reduceat(bits, start) for f in (np.bitwise_or, np.bitwise_xor))
    empty = length == 0  # of which reduceat takes the next text's first letter
    return LetterSets(length, np.where(empty, 0, some), np.where(empty, 0, odd))


def least_apart(sets: LetterSets, text: str) -> npt.NDArray[np.uint8]:
    """How many letters must be put in or left out at least to make each of the texts of this one.

    >>> least_apart(letter_sets(["Busan", "Ulsan", "Susa"]), "Busan").tolist()
    [0, 4, 3]
    """
    own = letter_sets([text])
    some, odd = sets.some ^ own.some, sets.odd ^ own.odd
    apart: npt.NDArray[np.uint8] = np.bitwise_count(some | odd) + np.bitwise_count(some & ~odd)
    return apart
