"""How many letters a printed Thai name is off the accepted Thai spellings of each entry.

Accepted are names in use (GeoNames, CLDR) and the official spellings that the Royal Society's
rules, and the like for other languages, give. Official spellings are evidence for an entry, not
names in use: several places of a country may be spelled alike.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from sisterdata.gazetteer import name_lookup
from sisterdata.gazetteer.index import NameKind, country
from sisterdata.places.candidates_by_sound import NO_EDITS
from sisterdata.places.phonetics.search_by_sound import Ints
from sisterdata.places.posterior_parameters import Floats
from sisterdata.places.thai_variants import variant_key

_ACCEPTED = (NameKind.OFFICIAL_THAI, NameKind.THAI, NameKind.CLDR_THAI)
_MOST = 1  # letters off that still say something


@cache
def accepted(code: str) -> tuple[list[str], npt.NDArray[np.intp]]:
    """The accepted Thai spellings of a country, and where those of each entry begin."""
    names = name_lookup.names_of(code)
    rows = np.flatnonzero(np.isin(names.kind, _ACCEPTED))
    start = np.searchsorted(names.entry[rows], np.arange(len(country(code)) + 1))
    return [names.folded[row] for row in rows.tolist()], start.astype(np.intp)


def edits_off(code: str, folded: str, entries: Ints) -> Floats:
    """How many letters a folded spelling is off the nearest accepted one of each entry.

    A variant of it is as good as one letter off. NO_EDITS where an entry has none that is near.
    """
    spellings, start = accepted(code)
    off = np.full(len(entries), NO_EDITS)
    count = start[entries + 1] - start[entries]
    texts = [
        text for entry in entries.tolist() for text in spellings[start[entry] : start[entry + 1]]
    ]
    if texts:
        edits = process.cdist([folded], texts, scorer=OSA.distance, score_cutoff=_MOST)[0]
        near = np.where(edits <= _MOST, edits.astype(float), NO_EDITS)
        key = variant_key(folded)
        alike = [variant_key(text) == key for text in texts]
        near[alike] = np.minimum(near[alike], _MOST)
        np.minimum.at(off, np.repeat(np.arange(len(entries)), count), near)
    return off


def is_variant(text: str, code: str, entry: int) -> bool:
    """Whether a spelling is a variant of an accepted Thai spelling of an entry.

    >>> is_variant("เกียวโต", "JP", country("JP").find("geonames:1857910"))
    True
    """
    spellings, start = accepted(code)
    key = variant_key(text)
    return any(variant_key(each) == key for each in spellings[start[entry] : start[entry + 1]])
