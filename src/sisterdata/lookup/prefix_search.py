"""Find places by the beginning of a name, for suggestions while a user types.

The gazetteer looks up whole names in one country. This index has all names of all countries,
sorted; it is built once per process, in about two seconds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from sisterdata import gazetteer
from sisterdata.places.parse_toponym import read_toponym
from sisterdata.text.fold_names import fold

_AFTER = "\U0010ffff"  # sorts after every letter


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    keys: list[str]  # folded names, sorted
    owners: npt.NDArray[np.int32]  # the entry of each name, counted over all countries
    shown: npt.NDArray[np.bool_]  # whether it is a main name of the entry
    population: npt.NDArray[np.uint32]  # of each entry
    first: npt.NDArray[np.int64]  # the first entry of each country


def starting_with(prefix: str) -> Iterator[tuple[str, int]]:
    """The country and entry of each place with a name that begins with `prefix`.

    Places whose main name begins so come first, then those with another such name. In each group,
    exact matches come first, then the largest places.

    >>> code, entry = next(starting_with("เชียงให"))
    >>> gazetteer.country(code).ids[entry]
    'iso3166-2:TH-50'
    """
    names = _names()
    wanted = fold(prefix)
    if not wanted:
        return
    low, high = bisect_left(names.keys, wanted), bisect_left(names.keys, wanted + _AFTER)
    whole = bisect_left(names.keys, wanted + "\0") - low
    owners = names.owners[low:high]
    rank = names.population[owners].astype(np.int64)
    rank += (np.arange(high - low) < whole) * (1 << 40) + names.shown[low:high] * (1 << 41)
    seen = set()
    for owner in owners[np.argsort(-rank, kind="stable")].tolist():
        if owner not in seen:
            seen.add(owner)
            at = int(np.searchsorted(names.first, owner, side="right")) - 1
            yield gazetteer.countries()[at], owner - int(names.first[at])


def prepare() -> None:
    """Build the index now instead of with the first request."""
    _names()


@lru_cache(maxsize=1)
def _names() -> _Names:
    keys: list[str] = []
    owners: list[int] = []
    shown: list[bool] = []
    population, first, total = [], [], 0
    for code in gazetteer.countries():
        found = gazetteer.country(code)
        main = list(zip(found.names, found.names_th, found.names_local, strict=True))
        for owner, text in zip(found.name_entry.tolist(), found.name_text, strict=True):
            is_shown = text in main[owner]
            for name in _spellings(text):
                shown.append(is_shown)
                keys.append(fold(name))
                owners.append(owner + total)
        population.append(found.population)
        first.append(total)
        total += len(found)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return _Names(
        keys=[keys[i] for i in order],
        owners=np.array(owners, np.int32)[order],
        shown=np.array(shown, np.bool_)[order],
        population=np.concatenate(population),
        first=np.array(first),
    )


def _spellings(name: str) -> tuple[str, ...]:
    """The name, and for a Thai name with a type word (จังหวัดเชียงใหม่), also without it."""
    if name.isascii() or not "ก" <= name[0] <= "๛":
        return (name,)
    units = read_toponym(name)
    return (name, units[0].name) if units and units[0].type_word else (name,)
