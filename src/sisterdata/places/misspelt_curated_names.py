"""Thai names that sound like a curated one: a misspelt exonym is no name that the index holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from sisterdata.gazetteer.index import Country, NameKind, country
from sisterdata.human_decisions import curated_names
from sisterdata.places.candidates_by_sound import NO_EDITS, Features, sound_ratios
from sisterdata.places.phonetics.search_by_sound import Ints, Reading, Sounds, hear_among
from sisterdata.places.phonetics.sound_costs import costs, key, rows, thai_readings
from sisterdata.places.posterior_parameters import Floats, Parameters
from sisterdata.text.thai_letters import has_thai


def sound_curated(
    found: Country, readings: Sequence[Reading], given: Parameters
) -> tuple[Ints, Floats, Floats]:
    """The entries with a curated Thai name, how likely each is meant, nats off per unit.

    `readings` are those of the name without its type word.
    """
    sounds = _curated_sounds(found.code)
    if sounds is None or not readings:
        none = np.empty(0)
        return none.astype(np.intp), none, none
    among = np.flatnonzero(np.bincount(sounds.entry))  # np.unique would import numpy.ma
    heard = hear_among(sounds, among, readings, costs())
    entries, at = np.unique(sounds.entry[heard.rows], return_inverse=True)
    cost, apart = np.full(len(entries), np.inf), np.full(len(entries), np.inf)
    np.minimum.at(cost, at, heard.costs)
    np.minimum.at(apart, at, heard.apart)
    units = min(map(len, readings))
    one = np.ones(len(entries))
    cost += given.sound_kinds[NameKind.CURATED]
    none = NO_EDITS * one
    features = Features(cost, apart, one, none, none, units)
    return entries, sound_ratios(features, min(readings, key=len), given), cost / units


@cache
def _curated_sounds(code: str) -> Sounds | None:
    """The curated Thai names of a country by their sounds, None where it has none."""
    found, learned = country(code), costs()
    entries, spoken = [], []
    for (of_country, name), line in curated_names().items():
        entry = found.find(line.place_ids[0]) if of_country == code else None
        if entry is not None and has_thai(name):
            for reading in thai_readings(name):
                entries.append(entry)
                spoken.append(rows(reading, "th", learned.rows))
    listed = [(entry, units) for entry, units in zip(entries, spoken, strict=True) if units]
    if not listed:
        return None
    listed.sort(key=lambda each: each[0])
    keys = [key(learned.expected[units].tolist(), learned.letters) for _, units in listed]
    distinct = {text: i for i, text in enumerate(sorted(set(keys), key=lambda k: (len(k), k)))}
    columns = {
        "sound_entry": np.array([entry for entry, _ in listed]),
        "sound_kind": np.full(len(listed), NameKind.CURATED, dtype=np.uint8),
        "sound_length": np.array([len(units) for _, units in listed], dtype=np.uint8),
        "sound_units": np.concatenate([units for _, units in listed]).astype(np.uint16),
        "sound_key": np.array([distinct[text] for text in keys], dtype=np.uint32),
        "text_sound_keys": np.frombuffer("\n".join(distinct).encode(), dtype=np.uint8),
    }
    return Sounds.from_columns(columns, found.population)
