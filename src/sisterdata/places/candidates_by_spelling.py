"""Names in other scripts than Thai: which entries are written nearly so, and how likely.

Names that share most letters are looked at; edits, the length of the name and the kind of name
decide (`letter_ratios`). A long name is hardly written like another one by chance. A name may
also be the first or last words of a longer one (`longer_names`: Pachuca de Soto).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import DamerauLevenshtein

from sisterdata.gazetteer.index import NameKind, country
from sisterdata.gazetteer.name_lookup import Names, alike, names_of, written
from sisterdata.places.posterior_parameters import Floats, Parameters

LOOKED_AT = 40  # names
_ALIKE = 0.6  # least similarity of letters (Indel) of a name that is looked at
_LONGEST = 14  # letters; more say nothing more
_SHORTEST = 4  # a shorter name is like too many
_KNOWN = 15_000  # people of a place whose name is cut short; villages are named in full


@dataclass(frozen=True, slots=True)
class Spelled:
    """The entries with a name like a spelling, one row each, by their nearest name."""

    entries: npt.NDArray[np.intp]
    edits: Floats
    alternate: npt.NDArray[np.bool_]
    part: npt.NDArray[np.bool_]  # one name is the other and more words
    near: Floats  # names of the entry that are about as near
    names: tuple[str, ...]
    letters: int


def looks_like(names: Names, folded: str) -> Spelled | None:
    """The entries with a name nearly like this folded spelling; None where there is none."""
    if len(folded) < _SHORTEST:
        return None
    found = alike(names, folded, _ALIKE, LOOKED_AT)
    best: dict[int, tuple[float, bool, bool, str]] = {}
    seen: dict[int, list[int]] = {}
    for name in found:
        edits, part = DamerauLevenshtein.distance(folded, name), _is_part(folded, name)
        for entry, kind in written(names, name).items():
            row = edits - 0.5 * part, kind == NameKind.ALTERNATE, part, name
            best[entry] = min(row, best.get(entry, row))
            seen.setdefault(entry, []).append(edits)
    if not best:
        return None
    rows = list(best.values())
    edits_of = np.array([DamerauLevenshtein.distance(folded, row[3]) for row in rows], dtype=float)
    near = [sum(e <= least + 1 for e in seen[n]) for n, least in zip(best, edits_of, strict=True)]
    return Spelled(
        np.array(list(best)),
        edits_of,
        np.array([row[1] for row in rows]),
        np.array([row[2] for row in rows]),
        np.array(near, dtype=float),
        tuple(row[3] for row in rows),
        len(folded),
    )


def _is_part(one: str, other: str) -> bool:
    """Whether one name is the other with more words before or behind it."""
    short, long = sorted((one, other), key=len)
    return short != long and (long.startswith(f"{short} ") or long.endswith(f" {short}"))


def letter_ratios(found: Spelled, given: Parameters) -> Floats:
    """Log P(spelling | entry) - log P(spelling | none) of each entry."""
    letters = given.letters
    ratios: Floats = (
        letters["constant"]
        + letters["per_letter"] * min(found.letters, _LONGEST)
        - letters["edit"] * found.edits
        - letters["edit_per_letter"] * found.edits / found.letters
        - letters["second_edit"] * np.maximum(found.edits - 1, 0)
        - letters["alternate"] * found.alternate
        + letters["part_of_name"] * found.part
        + letters["log_names_near"] * np.log(found.near)
    )
    return ratios


@lru_cache(maxsize=32)
def longer_names(code: str) -> dict[str, tuple[int, ...]]:
    """The first words and the last words of longer names, folded, with the entries of the names.

    >>> found = country("MX")
    >>> [found.names[i] for i in longer_names("MX")["pachuca"]]
    ['Pachuca de Soto']
    """
    found, names = country(code), names_of(code)
    large = found.population >= _KNOWN
    parts: dict[str, dict[int, None]] = {}
    for row in np.flatnonzero(large[names.entry]).tolist():
        name = names.folded[row]
        if " " in name and name.isascii() and names.kind[row] != NameKind.ALTERNATE:
            words = name.split()
            for at in range(1, len(words)):
                for part in (words[:at], words[at:]):
                    joined = " ".join(part)
                    if len(joined) >= _SHORTEST:
                        parts.setdefault(joined, {})[int(names.entry[row])] = None
    return {part: tuple(entries) for part, entries in parts.items()}
