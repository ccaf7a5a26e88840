"""What the names of the sets say about each candidate of the shipped gazetteer.

Each name of a fold is heard with sound costs learned from the other folds, Thai names of GeoNames
and CLDR hidden, as a new name would be: as printed and with one random edit, with its country
known and with its region known too. Subdivisions are asked for among subdivisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from sisterdata import gazetteer
from sisterdata.gazetteer.name_lookup import names_of, official
from sisterdata.places import thai_spelling_distance
from sisterdata.places.candidates_by_sound import Sounding, listen
from sisterdata.places.parse_toponym import Unit
from sisterdata.places.phonetics.search_by_sound import Sounds
from sisterdata.places.phonetics.sound_costs import Costs, thai_readings
from sisterdata.places.posterior_parameters import Floats
from sisterdata.places.prior_probability import log_prior, within
from sisterdata.places.thai_spelling_distance import edits_off
from sisterdata.text.fold_names import fold
from sisterdata.vocabulary import LEVELS
from tools.likeness.evaluation_queries import noisy, unit
from tools.likeness.hide_thai_names import masked_sounds, masked_spellings
from tools.likeness.labelled_names import Query

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
            columns = masked_sounds(gazetteer.sound_columns(code), shipped, learned)
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
    spelt = fold(asked.name)
    spelled_so = np.array(sorted(official(names_of(code), spelt)), dtype=np.intp)
    among = spelled_so if among is None else np.union1d(spelled_so, among)
    with patch.object(thai_spelling_distance, "accepted", masked_spellings):
        heard = listen(sounds, readings, inside, among, learned, partial(edits_off, code, spelt))
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
