"""Typing errors in the words of English country names.

Only a word that is not a word already can be a typing error, so a city, an adjective or a
compass point is never pulled to the country it is like.
"""

from __future__ import annotations

from functools import cache
from itertools import product

from sisterdata.normalizer.country_index import adjectives, vocabulary
from sisterdata.normalizer.country_words import words

# Words that stand in names of places that are no country; each is near a word of one that is.
_KNOWN = frozenset(
    "north south east west northern southern eastern western central america american asia asian "
    "europe european african oceania pacific city new old upper lower".split()
)


def respelt(key: str) -> list[tuple[str, int]]:
    """The key with its misspelt words corrected, in each way that is as near, and the edits.

    Empty where a word is like no word of a country's name, or where no word needs correction.

    >>> respelt("kazahkstan"), respelt("republic of cambodja"), respelt("busan")
    ([('kazakhstan', 1)], [('republic cambodia', 1)], [])
    """
    choices: list[list[str]] = []
    edits = 0
    printed = words(key)
    for word in printed:
        if word in vocabulary() or word in _KNOWN or len(word) < 4:
            choices.append([word])
            continue
        near, distance = _nearest(word, alone=len(printed) == 1)
        if not near:
            return []
        choices.append(near)
        edits += distance
    if not edits or edits > 2:
        return []
    return [(" ".join(reading), edits) for reading in product(*choices)][:8]


def _nearest(word: str, *, alone: bool) -> tuple[list[str], int]:
    """The words of country names nearest to this one, and how many letters apart."""
    if word in adjectives() or not word.isalpha():
        return [], 0
    bucket = [
        other
        for other in _beginning().get(word[:3], []) + _end().get(word[0] + word[-3:], [])
        if other[0] == word[0]
    ]
    if not bucket:
        return [], 0
    from rapidfuzz.distance import OSA

    limit = 2 if len(word) >= 9 else 1
    distances = {other: OSA.distance(word, other, score_cutoff=limit) for other in set(bucket)}
    least = min(distances.values())
    if least > limit or (alone and len(word) < 6):
        return [], 0
    return sorted(other for other, distance in distances.items() if distance == least), least


@cache
def _beginning() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for word in sorted(vocabulary()):
        table.setdefault(word[:3], []).append(word)
    return table


@cache
def _end() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for word in sorted(vocabulary()):
        table.setdefault(word[0] + word[-3:], []).append(word)
    return table
