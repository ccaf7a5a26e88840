"""What the units printed with a place say: its region, its country, another name of it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Indel

from sisterdata import gazetteer
from sisterdata.countries.match import match_country
from sisterdata.gazetteer.index import keyed
from sisterdata.gazetteer.name_lookup import names_of, written
from sisterdata.human_decisions import curated_names
from sisterdata.places.parse_toponym import Unit, read_toponym
from sisterdata.places.phonetics.search_by_sound import hear, hear_among, sounds_of
from sisterdata.places.phonetics.sound_costs import costs, thai_readings
from sisterdata.text.fold_names import fold
from sisterdata.text.thai_letters import has_thai
from sisterdata.vocabulary import LEVELS

REGIONS = Path(__file__).resolve().parent.parent / "curated" / "regions.csv"
_ADMIN1 = LEVELS.index("admin1")
NEAR, _LONGEST = 0.7, 40  # cost per sound of a name that is heard as another; most sounds
_FAR, _BESIDE = 1.4, 2.0  # the same of the likeliest entries, and how far they may be apart
_MOST_WORDS, _SHORTEST = 8, 3  # words of a printed place; letters of a region without a country
_LIKE = 0.8  # share of letters that a misspelt region has in common with its name
# Words before a name in brackets that say it is another name of the place itself.
_OTHER_NAME = re.compile(
    r"^(?:formerly|former|previously|old|prev\.|ex|now|also|aka|a\.k\.a\.|known as|"
    r"ชื่อเดิม|เดิมชื่อ|เดิมคือ|เดิม|ปัจจุบัน|หรือ|ชื่อเก่า)[ :]+(?=\S)",
    re.I,
)


def everywhere(keys: Iterable[str]) -> tuple[str, ...]:
    """The countries that have a place of one of these names, or sounds; a superset."""
    codes = (code for key in keys for code in (*keyed(key), *_curated_in().get(fold(key), ())))
    return tuple(dict.fromkeys(codes))


@lru_cache(maxsize=1)
def _curated_in() -> dict[str, tuple[str, ...]]:
    """The countries in which each curated name is one; the gazetteer's index does not have them."""
    countries: dict[str, list[str]] = {}
    for code, name in curated_names():
        countries.setdefault(name, []).append(code)
    return {name: tuple(codes) for name, codes in countries.items()}


def is_written(name: str, countries: Iterable[str]) -> bool:
    """Whether a place in one of the countries has just this name."""
    return any(entries_named(code, name) for code in countries)


@lru_cache(maxsize=1 << 14)
def entries_named(code: str, name: str) -> frozenset[int]:
    """The entries of a country that have just this name, in the gazetteer or a curated line."""
    if code not in gazetteer.countries():
        return frozenset()
    folded = fold(name)
    entries = set(written(names_of(code), folded))
    line = curated_names().get((code, folded))
    entry = gazetteer.country(code).find(line.place_ids[0]) if line is not None else None
    return frozenset(entries if entry is None else {*entries, entry})


@lru_cache(maxsize=1)
def _curated_regions() -> dict[tuple[str, str], tuple[str, ...]]:
    with REGIONS.open(encoding="utf-8", newline="") as lines:
        return {
            (row["country_code"], fold(row["name"])): tuple(row["admin1_codes"].split())
            for row in csv.DictReader(lines)
        }


def most_people(code: str, entries: Iterable[int]) -> int:
    """The population of the largest of these entries; -1 if there are none."""
    people = gazetteer.country(code).population
    return max((int(people[entry]) for entry in entries), default=-1)


def units_named(code: str, unit: Unit) -> frozenset[int]:
    """The first-level units of a country that have a name of the unit, or its code (TX, NSW).

    A county of England or a region of Japan stands for the units it lies in or is made of
    (`curated/regions.csv`).
    """
    found = gazetteer.country(code)
    abbreviated = f"{code}-{unit.bare.replace('.', '').upper()}"
    if abbreviated in found.iso3166_2:
        return frozenset([found.iso3166_2.index(abbreviated)])
    larger = _curated_regions().get((code, fold(unit.bare)), ())
    if larger:
        entries = (found.find(f"iso3166-2:{region}") for region in larger)
        return frozenset(entry for entry in entries if entry is not None)
    names = (unit.name, *unit.longer, unit.bare)
    named = {entry for name in names for entry in entries_named(code, name)}
    return frozenset(entry for entry in named if found.levels[entry] == _ADMIN1)


@lru_cache(maxsize=4096)
def units_heard(code: str, name: str) -> frozenset[int]:
    """The first-level units of a country that sound like a Thai name, none where none does."""
    readings = thai_readings(name) if has_thai(name) else ()
    if code not in gazetteer.countries() or not readings or max(map(len, readings)) > _LONGEST:
        return frozenset()
    units = np.flatnonzero(gazetteer.country(code).levels == _ADMIN1)
    sounds = sounds_of(code)
    heard = hear_among(sounds, units, readings, costs())
    near = heard.costs <= NEAR * min(map(len, readings))
    return frozenset(sounds.entry[heard.rows[near]].tolist())


@lru_cache(maxsize=4096)
def entries_heard(code: str, name: str) -> frozenset[int]:
    """The entries of a country that sound most like a Thai name, none where none is near."""
    readings = thai_readings(name) if has_thai(name) else ()
    if code not in gazetteer.countries() or not readings or max(map(len, readings)) > _LONGEST:
        return frozenset()
    sounds = sounds_of(code)
    heard = hear(sounds, readings, None, costs())
    most = min(_FAR * min(map(len, readings)), float(heard.costs.min(initial=np.inf)) + _BESIDE)
    return frozenset(sounds.entry[heard.rows[heard.costs <= most]].tolist())


@lru_cache(maxsize=4096)
def is_known(code: str, unit: Unit) -> bool:
    """Whether the gazetteer has a unit or city of about this name in a country.

    >>> [is_known("CN", read_toponym(name)[0]) for name in ("Yunnan", "Yunan", "Atlantis")]
    [True, True, False]
    """
    if code not in gazetteer.countries() or units_named(code, unit) or _entries(code, unit):
        return True
    if units_heard(code, unit.name):
        return True
    found = gazetteer.country(code)
    wanted, admin1 = fold(unit.name), np.flatnonzero(found.levels == _ADMIN1)
    return any(
        Indel.normalized_similarity(wanted, fold(found.name_text[row])) >= _LIKE
        for entry in admin1.tolist()
        for row in found.name_rows(entry)
    )


def implied_countries(within: tuple[Unit, ...]) -> tuple[str, ...]:
    """The countries that have a first-level unit of the name printed behind a place.

    >>> implied_countries(read_toponym("มณฑลยูนนาน"))
    ('CN',)
    """
    for unit in reversed(within):
        known = [code for code in everywhere(unit.spellings) if units_named(code, unit)]
        if known:
            return tuple(known)
    return ()


def sort_brackets(
    place: Unit, countries: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[Unit, ...], tuple[str, ...]]:
    """What the brackets behind a place hold: other names, units it lies in, countries.

    >>> (place,) = read_toponym("Cambridge (Massachusetts)")
    >>> names, within, codes = sort_brackets(place, ("US",))
    >>> names, [unit.name for unit in within]
    ((), ['Massachusetts'])
    """
    names: list[str] = []
    within: list[Unit] = []
    codes: list[str] = []
    for printed in place.others:
        marked = _OTHER_NAME.sub("", printed)
        country = match_country(printed) if marked == printed else None
        if country is not None and country.id is not None and country.status != "inferred":
            codes.append(country.id)
        elif marked == printed and _lies_in(place, printed, countries):
            within += read_toponym(printed, countries)
        else:
            names.append(marked)
    return tuple(names), tuple(within), tuple(codes)


def _lies_in(place: Unit, printed: str, countries: tuple[str, ...]) -> bool:
    """Whether a bracket names what the place lies in, and not the place itself."""
    units = read_toponym(printed, countries)
    if not units or has_thai(printed) != has_thai(place.bare):
        return False  # "ฉางซา (Changsha)" is one name in two scripts
    outer = units[0]
    for code in countries or everywhere(outer.spellings):
        own = _entries(code, place)
        regions = units_named(code, outer)
        if regions:
            return not regions & own
        regions = units_heard(code, outer.name)
        if regions and countries:
            return not regions & units_heard(code, place.name)
        others = _entries(code, outer)
        if others & own:
            return False
        if others and own:  # two places: the second says where the first is
            return True
    return False


def _entries(code: str, unit: Unit) -> frozenset[int]:
    names = (unit.name, *unit.longer, unit.bare)
    return frozenset(entry for name in names for entry in entries_named(code, name))


def split_region(text: str, countries: tuple[str, ...]) -> str:
    """A comma put before a region that stands behind a name without one.

    >>> split_region("Boston MA", ("US",)), split_region("New Mexico", ("US",))
    ('Boston, MA', 'New Mexico')
    >>> split_region("คุนหมิง ยูนนาน", ())
    'คุนหมิง, ยูนนาน'
    """
    words = text.split(" ")
    if re.search("[,(]", text) or not 1 < len(words) <= _MOST_WORDS:
        return text
    if is_written(text, countries or everywhere((text,))):
        return text
    for size in range(min(4, len(words) - 1), 0, -1):
        head, tail = " ".join(words[:-size]), " ".join(words[-size:])
        if _is_region_of(head, tail, countries):
            return f"{head}, {tail}"
    return text


def _is_region_of(head: str, tail: str, countries: tuple[str, ...]) -> bool:
    """Whether the head is a place in a first-level unit that the tail names."""
    place, region = read_toponym(head, countries), read_toponym(tail, countries)
    if not place or not region or (not countries and len(tail) < _SHORTEST):
        return False
    for code in countries or everywhere(region[0].spellings):
        known = code in gazetteer.countries() and units_named(code, region[0])
        if known and (is_written(head, (code,)) or is_written(place[-1].name, (code,))):
            return True
        if known and has_thai(head):
            heard = bool(countries) and entries_heard(code, place[-1].name)
            if place[-1].type_word or heard:
                return True
    return False
