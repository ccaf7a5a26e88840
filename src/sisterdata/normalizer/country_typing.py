"""Typing errors in the words of English country names.

Only a word that is not a word already can be a typing error, so a city, an adjective or a
compass point is never pulled to the country it is like.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import product

from sisterdata.normalizer.country_index import adjectives, vocabulary

# Words of names that are no country's, near a word of one that is.
_KNOWN = frozenset(
    """
    north south east west northern southern eastern western central america american asia asian
    europe european african oceania pacific city upper lower
    """.split()  # noqa: SIM905
)
_READINGS_MOST = 8

# Shorter words have too many neighbours.
_SHORTEST = 5


def respelt(words: list[str]) -> tuple[list[str], int]:
    """The text with its misspelt words corrected, in each way that is as near, and the edits.

    Nothing where a word is like no word of a country's name, where no word needs correction, or
    where more than two letters do.

    >>> respelt(["republic", "cambodja"]), respelt(["busan"])
    ((['republic cambodia'], 1), ([], 0))
    """
    choices: list[list[str]] = []
    edits = 0
    for word in words:
        if len(word) < 4 or word in vocabulary() or word in _KNOWN:
            choices.append([word])
            continue
        near, distance = _nearest(word, alone=len(words) == 1)
        edits += distance
        if not near or edits > 2:
            return [], 0
        choices.append(near)
    if not edits:
        return [], 0
    readings = [" ".join(reading) for reading in product(*choices)]
    return readings[:_READINGS_MOST], edits


def _nearest(word: str, *, alone: bool) -> tuple[list[str], int]:
    """The words of country names nearest to this one, and how many letters apart."""
    if word in adjectives() or (alone and len(word) < 6):
        return [], 0
    candidates = _alike().get(word[:2], set()) | _alike().get(word[0] + word[-2:], set())
    if not candidates or any(_inflected(word, other) for other in candidates):
        return [], 0
    from rapidfuzz.distance import OSA

    limit = 2 if len(word) >= 9 else 1
    distances = {other: OSA.distance(word, other, score_cutoff=limit) for other in candidates}
    least = min(distances.values())
    if least > limit:
        return [], 0
    return sorted(other for other, distance in distances.items() if distance == least), least


def _inflected(word: str, other: str) -> bool:
    """A plural or an adjective of the other word: "americas", "caledonian"."""
    return word.startswith(other) and word[len(other) :] in {"s", "n", "ns", "an", "ans", "ian"}


@cache
def _alike() -> dict[str, set[str]]:
    """Words by their first two letters, and by the first and the last two.

    People seldom mistype the first letter, and hardly ever both ends of a word.
    """
    alike: dict[str, set[str]] = defaultdict(set)
    for word in vocabulary():
        if len(word) >= _SHORTEST:
            alike[word[:2]].add(word)
            alike[word[0] + word[-2:]].add(word)
    return dict(alike)
