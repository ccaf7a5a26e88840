"""Find entries of a country by a name as written, or with one or two letters changed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, Indel

from sisterdata.gazetteer.index import NameKind, country
from sisterdata.text.fold_names import fold_all

LOOKED_AT = 30  # similar Latin names
_ALIKE = 0.7  # the lowest similarity of those


@dataclass(frozen=True, eq=False)
class Names:
    """The folded names of a country, one row for each, in the order of the gazetteer."""

    folded: list[str]
    entry: npt.NDArray[np.int32]
    kind: npt.NDArray[np.uint8]

    @cached_property
    def by_hash(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.intp]]:
        """The hashes in ascending order, and the row of each."""
        order = np.argsort(self.hashed)
        return self.hashed[order], order

    def rows_of(self, folded: str) -> list[int]:
        """The rows with this folded name, in ascending order."""
        hashed, order = self.by_hash
        wanted = hash(folded)
        at, stop = int(hashed.searchsorted(wanted)), len(hashed)
        rows = []
        while at < stop and hashed[at] == wanted:
            rows.append(int(order[at]))
            at += 1
        return sorted(row for row in rows if self.folded[row] == folded)

    @cached_property
    def hashed(self) -> npt.NDArray[np.int64]:
        """Their hashes: numpy finds one name in a hundred thousand faster than a dict is made."""
        return np.fromiter(map(hash, self.folded), dtype=np.int64, count=len(self.folded))

    @cached_property
    def latin(self) -> list[str]:
        """The distinct names in Latin letters."""
        return list(dict.fromkeys(name for name in self.folded if name[:1].isascii()))


@cache
def names_of(code: str) -> Names:
    """The names of one country of the gazetteer."""
    found = country(code)
    return Names(fold_all(found.name_text), found.name_entry, found.name_kind)


def written(names: Names, folded: str) -> dict[int, NameKind]:
    """The entries with this name, and for each the best kind of name that it is.

    Official spellings are not in use, and do not count: see `official`.

    >>> written(names_of("LA"), "vientiane")
    {12: <NameKind.ALTERNATE: 1>, 13: <NameKind.PRIMARY: 0>}
    """
    kinds: dict[int, NameKind] = {}
    for row in names.rows_of(folded):
        if names.kind[row] != NameKind.OFFICIAL_THAI:
            entry = int(names.entry[row])
            if kinds.get(entry, NameKind.ALTERNATE) == NameKind.ALTERNATE:
                kinds[entry] = NameKind(int(names.kind[row]))
    return kinds


def official(names: Names, folded: str) -> set[int]:
    """The entries whose official Thai spelling this is."""
    return {
        int(names.entry[row])
        for row in names.rows_of(folded)
        if names.kind[row] == NameKind.OFFICIAL_THAI
    }


def misspelt(names: Names, folded: str) -> list[tuple[str, int]]:
    """Latin names that are one or two edits away, nearest first, with the number of edits."""
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
