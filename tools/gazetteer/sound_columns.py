"""Build the sound columns of a country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy.typing as npt

from sisterdata.gazetteer.index import NameKind, Place
from sisterdata.places.phonetics import sound_costs
from tools.gazetteer.name_sounds import (
    CHINESE,
    EXONYMS_FROM,
    Sound,
    sound_columns,
    stems,
    thai_spellings,
)
from tools.gazetteer.name_sounds import sounds as sounds_of
from tools.gazetteer.place_entries import Entry, Name


def columns(country: str, entries: Sequence[Entry]) -> dict[str, npt.NDArray[Any]]:
    """The sound columns of a country; empty if no sound costs have been learned.

    `asked_only` entries get separate columns, so that they do not crowd out the others.
    """
    if not sound_costs.PATH.exists():
        return {}
    spoken = _spoken(country, entries)
    asked = [asked_only(entry.place) for entry in entries]
    found = sound_columns(
        [() if only else sounds for sounds, only in zip(spoken, asked, strict=True)],
        sound_costs.costs(),
    )
    if any(asked):
        apart = [sounds if only else () for sounds, only in zip(spoken, asked, strict=True)]
        of_asked = sound_columns(apart, sound_costs.costs())
        found |= {f"asked_{name}": column for name, column in of_asked.items()}
    return found


def asked_only(place: Place) -> bool:
    """Whether `Country.asked_only` will mark the place."""
    return bool(place.dopa_code and not place.iso3166_2 and not place.geonames_id)


def _spoken(country: str, entries: Sequence[Entry]) -> list[list[Sound]]:
    """The sounds of each entry.

    Names in foreign scripts and Thai spellings by rule count too. Only names of units are also used
    without the words that most of them share.
    """
    named = [_named(entry, country) for entry in entries]
    units = [i for i, entry in enumerate(entries) if entry.place.iso3166_2]
    for i, names in zip(units, stems([named[i] for i in units]), strict=True):
        named[i] = list(names)
    return [
        sounds_of(names, country, large=_large(entry))
        for names, entry in zip(named, entries, strict=True)
    ]


def _named(entry: Entry, country: str) -> list[Name]:
    """The names of an entry, followed by its spellings by rule.

    Official spellings are only used if the local script does not show the sound, as in Chinese.
    Otherwise they would only make similar names harder to distinguish.
    """
    written = [name.text for name in entry.names if name.kind is NameKind.LOCAL]
    by_rule = [spelt for text in written for spelt in thai_spellings(text, country)]
    official = [name.text for name in entry.names if name.kind is NameKind.OFFICIAL_THAI]
    official = official if country in CHINESE else []
    return [
        *(name for name in entry.names if name.kind is not NameKind.OFFICIAL_THAI),
        *(Name(text, NameKind.LOCAL) for text in entry.sounds),
        *(Name(text, NameKind.GENERATED_THAI) for text in dict.fromkeys([*by_rule, *official])),
    ]


def _large(entry: Entry) -> bool:
    place = entry.place
    return place.population >= EXONYMS_FROM or place.level in ("admin1", "prefecture")
