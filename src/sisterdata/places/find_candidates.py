"""The entries of a country that a printed unit may mean, and how well its name fits each.

A name is curated, written in the gazetteer, or like one that is: it sounds like it (Thai) or has
nearly its letters (other scripts). Each fit has a log-likelihood ratio: how much likelier the
spelling is for the entry than for a place that is in no gazetteer. `score_candidates.py` compares
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Literal

import numpy as np
import numpy.typing as npt

from sisterdata.gazetteer.index import Country, Entry, NameKind
from sisterdata.gazetteer.name_lookup import names_of, official, written
from sisterdata.human_decisions import curated_names
from sisterdata.places.candidates_by_sound import listen, sound_features, sound_ratios
from sisterdata.places.candidates_by_spelling import letter_ratios, longer_names, looks_like
from sisterdata.places.misspelt_curated_names import sound_curated
from sisterdata.places.parse_toponym import Unit, type_agrees
from sisterdata.places.phonetics.search_by_sound import sounds_of
from sisterdata.places.phonetics.sound_costs import costs, thai_readings
from sisterdata.places.posterior_parameters import parameters
from sisterdata.places.thai_spelling_distance import edits_off
from sisterdata.text.fold_names import fold
from sisterdata.vocabulary import LEVELS

How = Literal["curated", "written", "official", "cut_short", "sound", "letters"]
_LONGEST_READING = 40  # units; no name is longer
_AS_NEAR = 3.0  # nats behind the nearest up to which a sound is that of a namesake; set by hand
_THAI_CONSONANTS = ("ก", "ฮ")


@dataclass(frozen=True, slots=True)
class Fit:
    """How a spelling fits an entry.

    ratio
        log P(spelling | entry) - log P(spelling | an unknown place).
    far
        How far off the nearest name is: nats per unit of sound, or edits.
    name
        The name that fits, or why it is curated.
    alternate
        Whether it is one of GeoNames' alternate names.
    """

    entry: Entry
    how: How
    ratio: float
    spelling: str
    far: float = 0.0
    name: str = ""
    alternate: bool = False

    @property
    def is_likeness(self) -> bool:
        """True where the name is only like one of the entry's."""
        return self.how in ("cut_short", "official", "sound", "letters")

    @property
    def is_heard(self) -> bool:
        """True where the name sounds like one of the entry's."""
        return self.how in ("official", "sound")


def candidates(
    found: Country,
    unit: Unit,
    within: npt.NDArray[np.bool_] | None,
    *,
    exact: bool,
    only: tuple[str, ...] = (),
) -> list[Fit]:
    """The entries that any spelling of the unit fits, each once by its best fit, in no order.

    `within` marks the entries in the printed region; `exact` leaves out likeness; `only` are the
    levels asked for.
    """
    best: dict[int, Fit] = {}
    given = parameters()
    for spelling in unit.spellings:
        bracketed = spelling in unit.others
        listed = [*_curated(found, spelling), *_written(found, spelling)]
        listed = [fit for fit in listed if _may_be_meant(fit.entry, only or unit.levels)]
        like: Iterable[Fit] = ()
        if exact or any(_is_plain(fit.entry, unit, within, only) for fit in listed):
            like = _cut_short(found, spelling)  # a name that is written needs no other guess
        elif _is_thai(spelling):
            against = (
                0.0 if spelling == unit.name or bracketed else given.sound["type_word_in_name"]
            )
            like = _sounding(found, unit, spelling, within, only, against)
            if spelling == unit.name:
                like = chain(like, _near_curated(found, spelling))
        elif not listed:
            like = [*_cut_short(found, spelling), *_looking(found, spelling)]
        for fit in chain(listed, like):
            if not _may_be_meant(fit.entry, only or unit.levels):
                continue
            bonus = given.written["bracketed"] * (bracketed and not fit.is_likeness)
            if unit.type_word:
                bonus += given.prior["type_named"] * type_agrees(unit, fit.entry.name)
            held = best.get(fit.entry.number)
            if held is None or fit.ratio + bonus > held.ratio:
                best[fit.entry.number] = replace(fit, ratio=fit.ratio + bonus) if bonus else fit
    return _with_namesakes(found, list(best.values()), only or unit.levels)


def _with_namesakes(found: Country, fits: list[Fit], levels: tuple[str, ...]) -> list[Fit]:
    """Entries whose own name is that of an entry the spelling fits are spelled so too.

    The gazetteer has วอชิงตัน for the state alone, and ซูโจว for one of two places named Suzhou.
    ไฮเดนไฮม์ sounds like Heidenheim, as Heidenheim an der Brenz is called too.
    """
    names, likely = names_of(found.code), parameters().written["namesake"]
    best = {fit.entry.number: fit for fit in fits}
    near = max((fit.ratio for fit in fits), default=0.0) - _AS_NEAR
    for fit in fits:
        heard = fit.is_heard and fit.ratio >= near
        in_use = fit.how == "written" and not fit.alternate
        if not (heard or in_use) or not _is_thai(fit.spelling):
            continue
        if fit.entry.valid_to:  # lists that print a unit that is no more mean the unit
            continue
        own = fold(fit.entry.name)
        for number, kind in written(names, own).items():
            entry, held = found.entry(number), best.get(number)
            if not _may_be_meant(entry, levels):
                continue
            longer = fold(entry.name).startswith(f"{own} ")
            if not (longer if heard else kind == NameKind.PRIMARY):
                continue
            if held is None or held.ratio < fit.ratio + likely:
                how: How = "sound" if heard else fit.how
                best[number] = replace(fit, entry=entry, how=how, ratio=fit.ratio + likely)
    return list(best.values())


def _may_be_meant(entry: Entry, levels: tuple[str, ...]) -> bool:
    """Thai districts and subdistricts are meant only if their level is asked for."""
    return not entry.country.asked_only[entry.number] or entry.level in levels


def _is_thai(spelling: str) -> bool:
    first, last = _THAI_CONSONANTS
    return any(first <= letter <= last for letter in spelling)


def _is_plain(
    entry: Entry, unit: Unit, within: npt.NDArray[np.bool_] | None, only: tuple[str, ...]
) -> bool:
    """Whether an entry is just as the type word, the levels asked and the region say."""
    levels = only or unit.levels
    return (not levels or entry.level in levels) and (within is None or bool(within[entry.number]))


def _curated(found: Country, spelling: str) -> Iterator[Fit]:
    line = curated_names().get((found.code, fold(spelling)))
    entry = found.lookup(line.place_ids[0]) if line is not None else None
    if line is not None and entry is not None:
        why = f"{spelling} is a curated {line.kind} name of {entry.name}: {line.reason}"
        yield Fit(entry, "curated", parameters().written["curated"], spelling, name=why)


def _written(found: Country, spelling: str) -> Iterator[Fit]:
    given, folded = parameters().written, fold(spelling)
    for number, kind in written(names_of(found.code), folded).items():
        # Heidenheim, of Heidenheim an der Brenz, is no other name of it.
        shorter = fold(found.names[number]).startswith(f"{folded} ")
        alternate = kind == NameKind.ALTERNATE and not shorter
        ratio = given["alternate" if alternate else "name"]
        yield Fit(found.entry(number), "written", ratio, spelling, alternate=alternate)


def _cut_short(found: Country, spelling: str) -> Iterator[Fit]:
    """Known places of whose longer name the spelling is the first or the last words."""
    if _is_thai(spelling):
        return
    for number in longer_names(found.code).get(fold(spelling), ()):
        entry = found.entry(number)
        yield Fit(entry, "cut_short", parameters().written["cut_short"], spelling, name=entry.name)


def _sounding(
    found: Country,
    unit: Unit,
    spelling: str,
    within: npt.NDArray[np.bool_] | None,
    only: tuple[str, ...],
    against: float,
) -> Iterator[Fit]:
    """Entries that the spelling sounds like; `against` is what speaks against the spelling."""
    readings = thai_readings(spelling)
    if not readings or max(map(len, readings)) > _LONGEST_READING:
        return
    levels = only or unit.levels[:1]
    spelt, own = fold(spelling), official(names_of(found.code), fold(spelling))
    among = np.array(sorted(own), dtype=np.intp)
    if levels == ("admin1",):  # only a few dozen others can be mistaken for it
        units = np.flatnonzero(found.levels == LEVELS.index("admin1"))
        among = np.array(sorted({*own, *units.tolist()}), dtype=np.intp)
    given = parameters()
    off = partial(edits_off, found.code, spelt)
    heard = listen(sounds_of(found.code), readings, within, among, costs(), off)
    if heard is None:
        return
    features = sound_features(heard, given.sound_kinds)
    alone = readings if spelling in unit.others else thai_readings(unit.name) or readings
    ratios = sound_ratios(features, min(alone, key=len), given)
    listed = (heard.entries, ratios - against, features.far, features.edits)
    for number, ratio, each, edits in zip(*(each.tolist() for each in listed), strict=True):
        how: How = "official" if edits == 0 else "sound"
        yield Fit(found.entry(number), how, ratio, spelling, each)


def _near_curated(found: Country, spelling: str) -> Iterator[Fit]:
    """Entries whose curated Thai name the spelling sounds like."""
    readings = thai_readings(spelling)
    if not readings or max(map(len, readings)) > _LONGEST_READING:
        return
    near = sound_curated(found, readings, parameters())
    for number, ratio, far in zip(*(each.tolist() for each in near), strict=True):
        yield Fit(found.entry(number), "sound", ratio, spelling, far)


def _looking(found: Country, spelling: str) -> Iterator[Fit]:
    seen = looks_like(names_of(found.code), fold(spelling))
    if seen is None:
        return
    ratios = letter_ratios(seen, parameters())
    rows = zip(seen.entries, ratios, seen.edits, seen.names, seen.alternate, strict=True)
    for number, ratio, edits, name, alternate in rows:
        entry = found.entry(int(number))
        yield Fit(entry, "letters", float(ratio), spelling, float(edits), name, bool(alternate))
