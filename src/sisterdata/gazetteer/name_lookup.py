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
from sisterdata.text.letter_sets import LetterSets, least_apart, letter_sets

LOOKED_AT = 30  # similar Latin names
_ALIKE = 0.7  # the lowest similarity of those
_KINDS = {int(kind): kind for kind in NameKind}
_ALTERNATE, _OFFICIAL = NameKind.ALTERNATE, NameKind.OFFICIAL_THAI


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

    @cached_property
    def latin_letters(self) -> LetterSets:
        """The letters of those."""
        return letter_sets(self.latin)


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
        kind = _KINDS[names.kind[row]]
        if kind is not _OFFICIAL:
            entry = int(names.entry[row])
            if kinds.get(entry, _ALTERNATE) is _ALTERNATE:
                kinds[entry] = kind
    return kinds


def official(names: Names, folded: str) -> set[int]:
    """The entries whose official Thai spelling this is."""
    return {
        int(names.entry[row])
        for row in names.rows_of(folded)
        if names.kind[row] == NameKind.OFFICIAL_THAI
    }


def alike(names: Names, folded: str, least: float, limit: int) -> list[str]:
    """The Latin names that share most letters with one, the most alike first.

    `least` is the similarity (1 - Indel distance / letters of both) that they have at least. Only
    names whose letters allow it are compared.

    >>> alike(names_of("LA"), "vientian", 0.9, 2)
    ['vientian', 'vientiane']
    """
    sets = names.latin_letters
    most = (1 - least) * (sets.length + len(folded)) + 1e-6
    near = np.flatnonzero(np.abs(sets.length - len(folded)) <= most)
    near = near[least_apart(sets.only(near), folded) <= most[near]]
    latin = names.latin
    found = process.extract(
        folded,
        [latin[i] for i in near.tolist()],
        scorer=Indel.normalized_similarity,
        limit=limit,
        score_cutoff=least,
    )
    return [name for name, _, _ in found]


def misspelt(names: Names, folded: str) -> list[tuple[str, int]]:
    """Latin names that are one or two edits away, nearest first, with the number of edits."""
    near = alike(names, folded, _ALIKE, LOOKED_AT)
    edits = [(name, DamerauLevenshtein.distance(folded, name)) for name in near]
    most = 1 if len(folded) < 6 else 2
    return [(name, count) for name, count in edits if count <= most]
