"""What simple ways of matching reach on the same Thai names: romanise, and take the nearest name.

The names of a country are all Latin names of its entries in the sets (`labelled_names.py`), Thai
names and what was made from them hidden. These ways always answer, so what is not right is wrong;
only the exact match leaves names open.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from anyascii import anyascii
from rapidfuzz import fuzz, process

from sisterdata.text.fold_names import fold
from tools.gazetteer.detect_script import script
from tools.likeness.labelled_names import Query, Sets


@dataclass(frozen=True, slots=True)
class LatinNames:
    """The Latin names of a pool, folded, and the row of the candidate that each is a name of."""

    texts: list[str]
    rows: npt.NDArray[np.intp]


def names_of_pools(found: Sets) -> dict[str, LatinNames]:
    """The Latin names of every pool."""
    pools = {}
    for pool, candidates in found.pools.items():
        named = [
            (fold(name.text), row)
            for row, candidate in enumerate(candidates)
            for name in candidate.names
            if script(name.text) == "Latn"
        ]
        pools[pool] = LatinNames([n for n, _ in named], np.array([row for _, row in named]))
    return pools


# Each takes the nearest rows of a name, asked of a country.
Nearest = Callable[[str, LatinNames], npt.NDArray[np.intp]]


def nearest_ratio(text: str, names: LatinNames) -> npt.NDArray[np.intp]:
    """The candidates whose names have the highest ratio of rapidfuzz."""
    near = process.cdist([text], names.texts, scorer=fuzz.ratio)[0]
    return names.rows[np.flatnonzero(near >= near.max() - 1e-6)]


def same_name(text: str, names: LatinNames) -> npt.NDArray[np.intp]:
    """The candidates with a name that is romanised just so."""
    return names.rows[[row for row, name in enumerate(names.texts) if name == text]]


def romanisers() -> Iterator[tuple[str, Callable[[str], str], Nearest]]:
    """Those that are installed, each with its name and how the nearest name is found."""
    yield "naive: anyascii, the same name", anyascii, same_name
    yield "anyascii + rapidfuzz ratio", anyascii, nearest_ratio
    try:
        from pythainlp.transliterate import romanize

        yield "pythainlp royin + rapidfuzz ratio", _royin(romanize), nearest_ratio
    except ImportError:
        pass
    try:
        from uroman import Uroman

        roman = Uroman()
        yield "uroman + rapidfuzz ratio", lambda t: str(roman.romanize_string(t)), nearest_ratio
    except ImportError:
        pass
    try:
        from icu import Transliterator

        thai = Transliterator.createInstance("Thai-Latin; Latin-ASCII")
        yield "ICU Thai-Latin + rapidfuzz ratio", thai.transliterate, nearest_ratio
    except ImportError:
        pass


def _royin(romanize: Callable[..., str]) -> Callable[[str], str]:
    return lambda text: romanize(text, engine="royin")


def baseline(
    romanise: Callable[[str], str],
    nearest: Nearest,
    asked: Sequence[tuple[Query, str]],
    pools: dict[str, LatinNames],
    found: Sets,
) -> str:
    """Right and wrong answers, %: ties go to the more populous, and no near name leaves it open."""
    right, wrong = [], []
    for query, text in asked:
        near = nearest(romanise(text).lower(), pools[query.pool])
        listed = found.pools[query.pool]
        best = max(set(near.tolist()), key=lambda i: listed[i].population, default=None)
        answer = None if best is None else listed[best].id
        right.append(answer == query.id)
        wrong.append(answer not in (None, query.id))
    return f"{100 * statistics.mean(right):.1f} / {100 * statistics.mean(wrong):.1f}"
