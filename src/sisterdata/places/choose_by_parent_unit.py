"""Districts printed behind a place: which of several units of one name lies in them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sisterdata import gazetteer
from sisterdata.places.parse_toponym import Unit
from sisterdata.places.posterior_parameters import Floats, parameters
from sisterdata.places.prior_probability import Ints
from sisterdata.places.regions_in_text import entries_named
from sisterdata.vocabulary import LEVELS

_HIGHEST = 4  # parents of an entry that are looked at


def parent_terms(code: str, entries: Ints, within: Sequence[Unit]) -> Floats:
    """What the units printed behind a place, below the first level, add to the prior.

    An entry whose parents are known, and are not the printed one, loses as much as one that lies
    outside a printed region, if another entry lies in it.
    """
    terms = np.zeros(len(entries))
    parents = gazetteer.country(code).parents
    if not within or not (parents[entries] >= 0).any():
        return terms
    wrong = parameters().prior["region_wrong"]
    for unit in within:
        printed = _printed(code, unit, within)
        if not printed:
            continue
        inside = np.array([_lies_in(code, int(entry), printed) for entry in entries])
        if inside.any():
            outside = ~inside & (parents[entries] >= 0)
            terms += np.where(outside, math.log(wrong / (1 - wrong)), 0.0)
    return terms


def _printed(code: str, unit: Unit, within: Sequence[Unit]) -> frozenset[int]:
    """The entries below the first level that a printed unit may be."""
    levels = gazetteer.country(code).levels
    names = (unit.name, *unit.longer, unit.bare)
    if unit.name == "เมือง":  # the district of a capital is called after its province
        names = (*names, f"เมือง{within[-1].name}")
    named = {entry for name in names for entry in entries_named(code, name)}
    return frozenset(entry for entry in named if LEVELS[levels[entry]] not in ("admin1", "city"))


def _lies_in(code: str, entry: int, printed: frozenset[int]) -> bool:
    parents = gazetteer.country(code).parents
    for _ in range(_HIGHEST):
        entry = int(parents[entry])
        if entry < 0:
            return False
        if entry in printed:
            return True
    return False
