"""Typing errors in the words of English country names.

Only a text that is not a known word can be a typing error, so a city, an adjective or a compass
point is never corrected to a similar country.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from itertools import product
from typing import Any

from sisterdata.countries.index import adjectives, vocabulary

# Words that are close to a word of a country's name, but mean something else.
_KNOWN = frozenset(
    """
    north south east west northern southern eastern western central america american asia asian
    europe european african oceania pacific city upper lower
    """.split()  # noqa: SIM905
)
_READINGS_MOST = 8

# Shorter words have too many neighbours; in long ones two letters may be wrong.
_SHORTEST = 5
_LONG = 9


def respelt(words: tuple[str, ...]) -> tuple[list[str], int]:
    """The text with its misspelled words corrected, in each equally close way, and the edits.

    Returns nothing if a word is close to no word of a country's name, if no word needs
    correction, or if more than two letters would change.

    >>> respelt(("republic", "cambodja")), respelt(("busan",))
    ((['republic cambodia'], 1), ([], 0))
    """
    known = vocabulary()
    wrong = [word for word in words if len(word) >= 4 and word not in known and word not in _KNOWN]
    if not wrong or not all(map(_resembling, wrong)):
        return [], 0
    corrected: dict[str, list[str]] = {}
    edits = 0
    for word in wrong:
        corrected[word], distance = _nearest(word, alone=len(words) == 1)
        edits += distance
        if not corrected[word] or edits > 2:
            return [], 0
    choices = [corrected.get(word, [word]) for word in words]
    readings = [" ".join(reading) for reading in product(*choices)]
    return readings[:_READINGS_MOST], edits


def _resembling(word: str) -> list[str] | None:
    """The words of country names that begin, or begin and end, like a word; None if there is none.

    A word may be in the list twice.
    """
    like_start, like_ends = (
        _alike().get((word[:2], len(word))),
        _alike().get((word[0] + word[-2:], len(word))),
    )
    return like_start + like_ends if like_start and like_ends else like_start or like_ends


def _nearest(word: str, *, alone: bool) -> tuple[list[str], int]:
    """The closest words of country names, and the number of letters that differ."""
    if word in adjectives() or (alone and len(word) < 6):
        return [], 0
    extract, distance = extractor()
    limit = 2 if len(word) >= _LONG else 1
    near = {
        other: int(apart)
        for other, apart, _ in extract(
            word, _resembling(word) or (), scorer=distance, score_cutoff=limit, limit=None
        )
    }
    if not near or any(_inflected(word, other, 1 if alone else 0) for other in near):
        return [], 0
    least = min(near.values())
    nearest = sorted(other for other, apart in near.items() if apart == least)
    rivals = _KNOWN if not _KNOWN.isdisjoint(nearest) else vocabulary() if least > 1 else ()
    for other, _, _ in extract(word, rivals, scorer=distance, score_cutoff=least, limit=None):
        if other not in nearest:
            return [], 0  # with a wrong first letter it is as near: "sorth", "icronesia"
    return nearest, least


def _inflected(word: str, other: str, lost_most: int) -> bool:
    """A plural, adjective or inhabitant of the other word: "caledonian", "luxembourger"."""
    if not word.endswith(_ENDINGS):
        return False
    for ending in _ENDINGS:
        if word.endswith(ending) and other.startswith(word.removesuffix(ending)):
            lost = len(other) - len(word) + len(ending)
            # A lost letter before an "s" is a typing error ("Maldivs"); "Swedes" is not.
            if lost <= lost_most and not (ending == "s" and other.endswith("s")):
                return True
    return False


_ENDINGS = (
    "s",
    "n",
    "an",
    "ns",
    "ans",
    "is",
    "er",
    "ers",
    "ian",
    "ians",
    "ish",
    "ese",
    "ak",
    "aks",
    "ana",
)


@cache
def extractor() -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Rapidfuzz's search, and its distance that counts swapped letters as one edit.

    Loaded late, with the first text that resembles a name, to keep start-up fast.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    return process.extract, OSA.distance


@cache
def _alike() -> dict[tuple[str, int], list[str]]:
    """Words by two of their letters (first two, or first and last two) and possible length.

    People seldom mistype the first letter, and hardly ever both ends of a word.
    """
    alike: dict[tuple[str, int], list[str]] = defaultdict(list)
    for word in sorted(vocabulary()):
        if len(word) < _SHORTEST:
            continue
        for size in range(len(word) - 2, len(word) + 3):
            if abs(size - len(word)) <= 1 + (size >= _LONG):
                alike[word[:2], size].append(word)
                alike[word[0] + word[-2:], size].append(word)
    return dict(alike)
