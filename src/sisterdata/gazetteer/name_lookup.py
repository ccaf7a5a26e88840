"""Which entries of a country have a name that is written just so, or a letter or two apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Indel

from sisterdata.gazetteer.index import NameKind, country
from sisterdata.text.fold import fold_all

LOOKED_AT = 30  # names of Latin letters
_ALIKE = 0.7  # least similarity of those


@dataclass(frozen=True, eq=False)
class Names:
    """The names of a country's entries as they `fold`, one row each, in the gazetteer's order."""

    folded: list[str]
    entry: npt.NDArray[np.int32]
    kind: npt.NDArray[np.uint8]

    @cached_property
    def hashed(self) -> npt.NDArray[np.int64]:
        """Their hashes: numpy finds one name in a hundred thousand faster than a dict is made."""
        return np.fromiter(map(hash, self.folded), dtype=np.int64, count=len(self.folded))

    @cached_property
    def latin(self) -> list[str]:
        """Those in Latin letters, each once."""
        return list(dict.fromkeys(name for name in self.folded if name[:1].isascii()))


@cache
def names_of(code: str) -> Names:
    """The names of one country of the gazetteer."""
    found = country(code)
    return Names(fold_all(found.name_text), found.name_entry, found.name_kind)


def written(names: Names, folded: str) -> dict[int, NameKind]:
    """The entries that have this name, and the best kind of name it is of each.

    Official spellings are no names in use, and do not count: see `official`.

    >>> written(names_of("LA"), "vientiane")
    {12: <NameKind.ALTERNATE: 1>, 13: <NameKind.PRIMARY: 0>}
    """
    kinds: dict[int, NameKind] = {}
    for row in np.flatnonzero(names.hashed == hash(folded)).tolist():
        if names.folded[row] == folded and names.kind[row] != NameKind.OFFICIAL_THAI:
            entry = int(names.entry[row])
            if kinds.get(entry, NameKind.ALTERNATE) == NameKind.ALTERNATE:
                kinds[entry] = NameKind(int(names.kind[row]))
    return kinds


def official(names: Names, folded: str) -> set[int]:
    """The entries that official rules spell just so in Thai."""
    return {
        int(names.entry[row])
        for row in np.flatnonzero(names.hashed == hash(folded)).tolist()
        if names.folded[row] == folded and names.kind[row] == NameKind.OFFICIAL_THAI
    }


def misspelt(names: Names, folded: str) -> list[tuple[str, int]]:
    """The Latin names an edit or two from this one, nearest first, with how many edits."""
    near = process.extract(
        folded,
        names.latin,
        scorer=Indel.normalized_similarity,
        limit=LOOKED_AT,
        score_cutoff=_ALIKE,
    )
    edits = [(name, DamerauLevenshtein.distance(folded, name)) for name, _, _ in near]
    most = 1 if len(folded) < 6 else 2
    return [(name, count) for name, count in edits if count <= most]
