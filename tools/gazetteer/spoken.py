"""How the entries of a country sound, as columns: where the build calls `spellings`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy.typing as npt

from sisterdata.gazetteer.index import NameKind
from sisterdata.places.phonetics import costs as sound_costs
from tools.gazetteer.entries import Entry, Name
from tools.gazetteer.spellings import EXONYMS_FROM, sound_columns, stems, thai_spellings
from tools.gazetteer.spellings import sounds as sounds_of


def columns(country: str, entries: Sequence[Entry]) -> dict[str, npt.NDArray[Any]]:
    """The sound columns of a country; none as long as no costs have been learned.

    Names in foreign scripts and Thai spellings made by rule count as names here; only units are
    called without the words that most of them share.
    """
    if not sound_costs.PATH.exists():
        return {}
    named = [_named(entry, country) for entry in entries]
    units = [i for i, entry in enumerate(entries) if entry.place.iso3166_2]
    for i, names in zip(units, stems([named[i] for i in units]), strict=True):
        named[i] = list(names)
    spoken = [
        sounds_of(names, country, large=_large(entry))
        for names, entry in zip(named, entries, strict=True)
    ]
    return sound_columns(spoken, sound_costs.costs())


def _named(entry: Entry, country: str) -> list[Name]:
    written = [name.text for name in entry.names if name.kind is NameKind.LOCAL]
    by_rule = [spelt for text in written for spelt in thai_spellings(text, country)]
    return [
        *entry.names,
        *(Name(text, NameKind.LOCAL) for text in entry.sounds),
        *(Name(text, NameKind.GENERATED_THAI) for text in dict.fromkeys(by_rule)),
    ]


def _large(entry: Entry) -> bool:
    place = entry.place
    return place.population >= EXONYMS_FROM or place.level in ("admin1", "prefecture")
