"""The shipped gazetteer as a new name meets it: its Thai names hidden, learned from other folds.

GeoNames' and CLDR's Thai names are what is asked, so `match_place` must not see them. The shipped
sound costs and posterior were learned from folds 1 to 4. To measure on those folds, both are
learned again without the fold and kept in `build/likeness` (`learned_without`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from sisterdata import gazetteer
from sisterdata.gazetteer import name_lookup
from sisterdata.gazetteer.index import NameKind
from sisterdata.gazetteer.name_lookup import Names, names_of
from sisterdata.places import find_candidates as letters
from sisterdata.places import (
    misspelt_curated_names,
    posterior_parameters,
    score_candidates,
    thai_spelling_distance,
)
from sisterdata.places.phonetics import sound_costs
from sisterdata.places.phonetics.search_by_sound import sounds_of
from sisterdata.places.phonetics.sound_costs import Costs, letters_of
from sisterdata.places.thai_spelling_distance import accepted
from tools.likeness.labelled_names import FINAL

HIDDEN = (NameKind.THAI, NameKind.CLDR_THAI)
_SHIPPED_SOUNDS, _SHIPPED_NAMES = gazetteer.sound_columns, names_of


@dataclass(frozen=True, slots=True)
class Learned:
    """The files of what is learned: the costs of sounds and the posterior; the shipped ones."""

    costs: Path = sound_costs.PATH
    posterior: Path = posterior_parameters.PATH


def learned_without(fold: int, folder: Path) -> Learned:
    """What is learned from the other folds; that of fold 0 is shipped."""
    if fold == FINAL:
        return Learned()
    paths = folder / f"{fold}.json", folder / f"posterior-{fold}.json"
    for path in paths:
        if not path.exists():
            raise SystemExit(f"{path} is missing: run `make likeness` first")
    return Learned(*paths)


@contextmanager
def hidden_names(files: Learned) -> Iterator[None]:
    """Within it, places are matched without their Thai names, by what the files hold."""
    shipped = sound_costs.costs()
    learned = sound_costs.costs_of(json.loads(files.costs.read_bytes()))
    columns: Callable[[str], dict[str, npt.NDArray[Any]]] = cache(
        lambda code: masked_sounds(_SHIPPED_SOUNDS(code), shipped, learned)
    )
    _forget()
    with (
        patch.object(sound_costs, "PATH", files.costs),
        patch.object(posterior_parameters, "PATH", files.posterior),
        patch.object(gazetteer, "sound_columns", columns),
        patch.object(letters, "names_of", masked_names),
        patch.object(thai_spelling_distance, "accepted", masked_spellings),
    ):
        yield
    _forget()


def _forget() -> None:
    """Forget what was kept from other costs or other parameters."""
    sounds_of.cache_clear()
    sound_costs.costs.cache_clear()
    posterior_parameters.parameters.cache_clear()
    misspelt_curated_names._curated_sounds.cache_clear()
    score_candidates._units_named.cache_clear()


@cache
def masked_names(code: str) -> Names:
    """The names of a country without the hidden ones."""
    names = _SHIPPED_NAMES(code)
    kept = ~np.isin(names.kind, HIDDEN)
    folded = [name for name, keep in zip(names.folded, kept.tolist(), strict=True) if keep]
    return Names(folded, names.entry[kept], names.kind[kept])


@cache
def masked_spellings(code: str) -> tuple[list[str], npt.NDArray[np.intp]]:
    """The accepted Thai spellings of a country without the hidden ones: the official ones."""
    with patch.object(name_lookup, "names_of", masked_names):
        return accepted.__wrapped__(code)


def masked_sounds(columns: dict[str, Any], shipped: Costs, learned: Costs) -> dict[str, Any]:
    """The sound columns of a country at other costs, without its hidden names."""
    at = np.array([_row(name, learned) for name in shipped.rows])
    length = columns["sound_length"].astype(np.intp)
    shown = np.repeat(~np.isin(columns["sound_kind"], HIDDEN), length)
    units, of_sound = at[columns["sound_units"]], np.repeat(np.arange(len(length)), length)
    shown &= units >= 0
    units, of_sound = units[shown], of_sound[shown]
    count = np.bincount(of_sound, minlength=len(length))
    kept = np.flatnonzero(count)
    keys = _keys(learned, units, count[kept])
    distinct = {text: i for i, text in enumerate(sorted(set(keys), key=lambda k: (len(k), k)))}
    return {
        "sound_entry": columns["sound_entry"][kept],
        "sound_kind": columns["sound_kind"][kept],
        "sound_length": count[kept].astype(np.uint8),
        "sound_units": units.astype(np.uint16),
        "sound_key": np.array([distinct[text] for text in keys], dtype=np.uint32),
        "text_sound_keys": np.frombuffer("\n".join(distinct).encode(), dtype=np.uint8),
    }


def _keys(learned: Costs, units: npt.NDArray[np.intp], count: npt.NDArray[np.intp]) -> list[str]:
    letters_each = [learned.letters[unit] for unit in learned.expected[units].tolist()]
    stop = np.cumsum(count).tolist()
    return ["".join(letters_each[start:end]) for start, end in zip([0, *stop], stop, strict=False)]


def _row(name: str, learned: Costs) -> int:
    """The row of a unit in other costs, or of the unit that it falls back on; -1 for none."""
    language, _, spelt = name.partition(":")
    alone = spelt.partition("<")[2] if "<" in spelt and not spelt.startswith("<") else spelt
    for each in (name, f"{language}:{alone}", f":{alone}", f":{letters_of(alone)}"):
        if each in learned.rows:
            return learned.rows[each]
    return -1
