"""Every name of the gazetteer in order, to be found by its beginning.

The gazetteer answers for whole names, one country at a time; a person who types has neither. Made
once in a process, in about two seconds, from all its files.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sisterdata.normalizer import gazetteer

_AFTER = "\U0010ffff"  # no name goes on with this


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    keys: list[str]  # folded names, sorted
    owners: npt.NDArray[np.int32]  # the entry of each, counted over all countries
    population: npt.NDArray[np.uint32]  # of each entry
    first: npt.NDArray[np.int64]  # number of each country's first entry


def starting_with(prefix: str) -> Iterator[tuple[str, int]]:
    """Country and entry of the places with a name that begins so, whole names and large first.

    >>> code, entry = next(starting_with("เชียงให"))
    >>> gazetteer.country(code).ids[entry]
    'iso3166-2:TH-50'
    """
    names = _names()
    wanted = gazetteer.fold(prefix)
    if not wanted:
        return
    low, high = bisect_left(names.keys, wanted), bisect_left(names.keys, wanted + _AFTER)
    whole = bisect_left(names.keys, wanted + "\0") - low
    owners = names.owners[low:high]
    rank = names.population[owners].astype(np.int64) + (np.arange(high - low) < whole) * (1 << 40)
    seen = set()
    for owner in owners[np.argsort(-rank, kind="stable")].tolist():
        if owner not in seen:
            seen.add(owner)
            at = int(np.searchsorted(names.first, owner, side="right")) - 1
            yield gazetteer.countries()[at], owner - int(names.first[at])


def prepare() -> None:
    """Read all names now, not with the first question."""
    _names()


@lru_cache(maxsize=1)
def _names() -> _Names:
    keys: list[str] = []
    owners, population, first, total = [], [], [], 0
    for code in gazetteer.countries():
        found = gazetteer.country(code)
        keys += [gazetteer.fold(text) for text in found.name_text]
        owners.append(found.name_entry + total)
        population.append(found.population)
        first.append(total)
        total += len(found)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return _Names(
        keys=[keys[i] for i in order],
        owners=np.concatenate(owners)[order],
        population=np.concatenate(population),
        first=np.array(first),
    )
