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
    buckets = [_alike().get(end, []) for end in (word[:2], word[0] + word[-2:])]
    if not any(buckets):
        return [], 0
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    limit = 2 if len(word) >= 9 else 1
    near = {
        other: int(apart)
        for bucket in buckets
        for other, apart, _ in process.extract(
            word, bucket, scorer=OSA.distance, score_cutoff=limit, limit=None
        )
    }
    if not near or any(_inflected(word, other) for other in near):
        return [], 0
    least = min(near.values())
    return sorted(other for other, apart in near.items() if apart == least), least


def _inflected(word: str, other: str) -> bool:
    """A plural or an adjective of the other word: "americas", "caledonian"."""
    return word.startswith(other) and word[len(other) :] in {"s", "n", "ns", "an", "ans", "ian"}


@cache
def _alike() -> dict[str, list[str]]:
    """Words by their first two letters, and by the first and the last two.

    People seldom mistype the first letter, and hardly ever both ends of a word.
    """
    alike: dict[str, list[str]] = defaultdict(list)
    for word in sorted(vocabulary()):
        if len(word) >= _SHORTEST:
            alike[word[:2]].append(word)
            alike[word[0] + word[-2:]].append(word)
    return dict(alike)
