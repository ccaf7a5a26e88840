"""What the names of the sets say about each candidate of the shipped gazetteer.

Each name of a fold is heard with sound costs learned from the other folds, Thai names of GeoNames
and CLDR hidden, as a new name would be: as printed and with one random edit, with its country
known and with its region known too. Subdivisions are asked for among subdivisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sisterdata import gazetteer
from sisterdata.gazetteer.index import NameKind
from sisterdata.gazetteer.name_lookup import names_of
from sisterdata.places.parameters import Floats
from sisterdata.places.phonetics.costs import Costs, key, letters_of, thai_readings
from sisterdata.places.phonetics.search import Sounds
from sisterdata.places.prior import log_prior, within
from sisterdata.places.sounding import Sounding, listen
from sisterdata.places.toponym import Unit
from sisterdata.text.fold import fold
from sisterdata.vocabulary import LEVELS
from tools.likeness.asked import noisy, unit
from tools.likeness.sets import Query

HIDDEN = (NameKind.THAI, NameKind.CLDR_THAI)
# What an example counts for: names with an edit are made up, those of subdivisions many, and a
# name is asked with its region beside the same name without.
EDITED, SUBDIVISION, WITH_REGION = 0.3, 0.4, 0.5


@dataclass(frozen=True, slots=True)
class Example:
    """One name as asked: what was heard, the prior of each entry, which is meant."""

    query: Query
    kind: str  # "plain" or "edited"
    region: bool
    name: tuple[str, ...]  # its shortest reading
    heard: Sounding
    prior: Floats
    true: npt.NDArray[np.bool_]
    namesakes: npt.NDArray[np.bool_]  # the true entry and those of its name
    weight: float


def with_costs(columns: dict[str, Any], shipped: Costs, learned: Costs) -> dict[str, Any]:
    """The sound columns of a country at other costs, without its Thai names."""
    rows = list(shipped.rows)
    at = np.array([_row(name, learned) for name in rows])
    length = columns["sound_length"].astype(np.intp)
    start = np.cumsum(length) - length
    units = at[columns["sound_units"]]
    kept, spoken, keys = [], [], []
    for i in np.flatnonzero(~np.isin(columns["sound_kind"], HIDDEN)).tolist():
        own = units[start[i] : start[i] + length[i]]
        own = own[own >= 0]
        if len(own):
            kept.append(i)
            spoken.append(own)
            keys.append(key(learned.expected[own].tolist(), learned.letters))
    distinct = {text: i for i, text in enumerate(sorted(set(keys), key=lambda k: (len(k), k)))}
    return {
        "sound_entry": columns["sound_entry"][kept],
        "sound_kind": columns["sound_kind"][kept],
        "sound_length": np.array([len(own) for own in spoken], dtype=np.uint8),
        "sound_units": np.concatenate(spoken).astype(np.uint16),
        "sound_key": np.array([distinct[text] for text in keys], dtype=np.uint32),
        "text_sound_keys": np.frombuffer("\n".join(distinct).encode(), dtype=np.uint8),
    }


def _row(name: str, learned: Costs) -> int:
    """The row of a unit in other costs, or of the unit that it falls back on; -1 for none."""
    language, _, spelt = name.partition(":")
    alone = spelt.partition("<")[2] if "<" in spelt and not spelt.startswith("<") else spelt
    for each in (name, f"{language}:{alone}", f":{alone}", f":{letters_of(alone)}"):
        if each in learned.rows:
            return learned.rows[each]
    return -1


def examples(queries: list[Query], shipped: Costs, learned: Costs) -> Iterator[Example]:
    """The examples that the names of one fold give, at costs learned from the others."""
    searched: dict[str, Sounds] = {}
    for query in sorted(queries, key=lambda query: query.pool.removeprefix("ISO:")):
        subdivision = query.set == "ISO"
        entry = gazetteer.place(f"iso3166-2:{query.id}" if subdivision else f"geonames:{query.id}")
        if entry is None or (subdivision and entry.level != "admin1"):
            continue
        code = entry.country_code
        if code not in searched:
            columns = with_costs(gazetteer.sound_columns(code), shipped, learned)
            searched[code] = Sounds.from_columns(columns, gazetteer.country(code).population)
        asked = unit(query)
        kinds = ("plain", "edited") if query.set == "GN" else ("plain",)
        for kind in kinds:
            text = asked.name if kind == "plain" else noisy(asked.name, 1, query.text + query.id)
            for region in (False,) if subdivision else (False, True):
                made = _example(
                    query, code, entry.id, Unit(text, text, asked.type_word, asked.levels),
                    kind, searched[code], learned, region=region,
                )  # fmt: skip
                if made is not None:
                    yield made


def _example(
    query: Query,
    code: str,
    place_id: str,
    asked: Unit,
    kind: str,
    sounds: Sounds,
    learned: Costs,
    *,
    region: bool,
) -> Example | None:
    found = gazetteer.country(code)
    true, readings = found.find(place_id), thai_readings(asked.name)
    if true is None or not readings:
        return None
    only = ("admin1",) if query.set == "ISO" else ()
    regions = frozenset([found.admin1[true]]) if region else frozenset[str]()
    inside = within(code, regions) if region else None
    among = np.flatnonzero(found.levels == LEVELS.index("admin1")) if only else None
    heard = listen(sounds, readings, inside, among, learned)
    if heard is None:
        return None
    prior = log_prior(code, heard.entries, asked, regions, only=only)
    names, own = names_of(code), fold(found.names[true])
    first = np.searchsorted(names.entry, heard.entries)  # the primary name is each one's first
    same = np.array([names.folded[row] == own for row in first.tolist()])
    meant = heard.entries == true
    weight = EDITED if kind == "edited" else 1.0
    weight *= (SUBDIVISION if only else 1.0) * (WITH_REGION if region else 1.0)
    name = min(readings, key=len)
    return Example(query, kind, region, name, heard, prior, meant, same | meant, weight)
