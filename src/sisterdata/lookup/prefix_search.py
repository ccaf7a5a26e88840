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

from sisterdata import gazetteer
from sisterdata.places.toponym import read_toponym
from sisterdata.text.fold import fold

_AFTER = "\U0010ffff"  # no name goes on with this


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    keys: list[str]  # folded names, sorted
    owners: npt.NDArray[np.int32]  # the entry of each, counted over all countries
    shown: npt.NDArray[np.bool_]  # is it the name by which the entry is shown?
    population: npt.NDArray[np.uint32]  # of each entry
    first: npt.NDArray[np.int64]  # number of each country's first entry


def starting_with(prefix: str) -> Iterator[tuple[str, int]]:
    """Country and entry of the places with a name that begins so.

    First come those that are shown by such a name, then those of which it is another name; of
    each, whole names come first, then the large.

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
    """Read all names now, not with the first question."""
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
    """Thai lists a unit under its type word (จังหวัดเชียงใหม่); a person may type it without."""
    if name.isascii() or not "ก" <= name[0] <= "๛":
        return (name,)
    units = read_toponym(name)
    return (name, units[0].name) if units and units[0].type_word else (name,)
