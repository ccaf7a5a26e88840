"""The query that a printed place makes once it is parsed: its unit, its region, and where to look.

The country is taken off (`country_in_text.py`), the rest is split into units
(`parse_toponym.py`), and what stands in brackets or behind the place is sorted
(`regions_in_text.py`). Without a country, the index over all countries gives those that have a
place of that name, or in Thai of nearly that sound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sisterdata import gazetteer
from sisterdata.match_result import Doubt
from sisterdata.places.check_arguments import Options
from sisterdata.places.column_context import NO_CONTEXT, Context
from sisterdata.places.country_in_text import PrintedCountry, read_country_printed
from sisterdata.places.implied_country import countries_of_words
from sisterdata.places.parse_toponym import Unit, read_toponym
from sisterdata.places.phonetics import sound_costs
from sisterdata.places.regions_in_text import (
    entries_named,
    everywhere,
    implied_countries,
    is_known,
    is_written,
    most_people,
    sort_brackets,
    split_region,
)
from sisterdata.places.type_words import levels_of, meanings
from sisterdata.text.repair import repair
from sisterdata.text.thai_letters import foreign_letters, has_thai

_MOST_ASKED = 3  # countries in which a region is looked for, to say that it is unknown
MOST_COUNTRIES = 12  # that are searched for a sound when none is printed
# เมือง before a name is the city's; the district of a capital has it in its name too.
_NEVER_A_PART = {"เมือง", "จังหวัด", "อำเภอ"}
THAI_LETTER = re.compile("[ก-ฮ]")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, once the text is read."""

    place: Unit
    within: tuple[Unit, ...]  # the units printed behind it
    bracketed: bool  # the nearest of those stands in brackets: no place elsewhere is meant
    countries: tuple[str, ...]
    country_text: str
    anywhere: bool  # no country is printed or given
    by_sound: bool  # nor has any a place written so
    is_country: bool  # nothing but the country is printed, and none is given
    has_country_name: bool  # nothing but the name of the country is printed
    admin1: str | None  # the column's, not the text's
    date: str | None
    only: tuple[str, ...]  # the levels that an answer may have; empty for all
    doubts: tuple[Doubt, ...]


def read_question(
    text: str,
    countries: tuple[str, ...],
    admin1: str | None,
    options: Options,
    context: Context = NO_CONTEXT,
) -> Question:
    """Read a printed place.

    countries, admin1
        Those given beside it, none where none is given.
    options
        What holds for all names asked.
    context
        What the other names of its column say of its country and level.
    """
    printed = repair(text).text
    found = read_country_printed(printed, countries)
    codes = countries or ((admin1[:2],) if admin1 is not None else found.codes)
    units, names, bracketed, codes = _read_units(found, codes)
    within = (*bracketed, *units[1:], *(read_toponym(found.part) if found.part else ()))
    place = replace(_whole_name(_of_capital(units), codes), others=names)
    if options.levels:
        place = replace(place, levels=options.levels)
    if not codes and context.country is not None:
        codes = _in_context(place, context.country)
    level = context.level(codes) if not place.levels else None
    place = replace(place, levels=(level,)) if level is not None else place
    anywhere = not codes
    by_sound, alone = False, found.alone and not countries
    if anywhere:
        codes = everywhere(place.spellings)
        if not codes:
            by_sound, codes = True, everywhere(sound_keys(place.name))[:MOST_COUNTRIES]
        elif len(codes) == 1 and place.type_word and not options.levels:
            place = replace(place, levels=levels_of(place.type_word, codes) or place.levels)
    known = tuple(code for code in codes if code in gazetteer.countries())
    doubts = (
        *found.doubts, *_foreign(printed), *_administration(place), *_unknown(within, known),
    )  # fmt: skip
    return Question(
        place, within, bool(bracketed), known, found.text, anywhere, by_sound, alone, found.alone,
        admin1, options.date, options.levels, doubts,
    )  # fmt: skip


def _read_units(
    found: PrintedCountry, codes: tuple[str, ...]
) -> tuple[tuple[Unit, ...], tuple[str, ...], tuple[Unit, ...], tuple[str, ...]]:
    """The units printed, the other names and regions in brackets, and the countries to look in.

    What brackets, regions, type words and the script say of the country is used to read the text
    again: some type words belong to one country.
    """
    units, names, bracketed, in_brackets = _split(found.rest, codes)
    if codes:
        return units, names, bracketed, codes
    part = read_toponym(found.part) if found.part else ()
    told = in_brackets or implied_countries((*bracketed, *units[1:], *part))
    if not told and not everywhere(units[0].spellings):
        told = countries_of_words(found.rest)
    if told:
        units, names, bracketed, _ = _split(found.rest, told)
    return units, names, bracketed, told


def _split(
    text: str, codes: tuple[str, ...]
) -> tuple[tuple[Unit, ...], tuple[str, ...], tuple[Unit, ...], tuple[str, ...]]:
    units = read_toponym(split_region(text, codes), codes) or (Unit(text, text),)
    return units, *sort_brackets(units[0], codes)


def _of_capital(units: tuple[Unit, ...]) -> Unit:
    """อ.เมือง จ.เชียงใหม่ is the district เมืองเชียงใหม่."""
    place, province = units[0], units[-1]
    if len(units) < 2 or place.name != "เมือง" or "district" not in place.levels:
        return place
    name = f"เมือง{province.name}"
    return replace(place, name=name, bare=f"{place.type_word}{name}")


def _whole_name(place: Unit, codes: tuple[str, ...]) -> Unit:
    """A unit whose type word is a part of its name: นครปฐม is not a city called ปฐม.

    So it is where the gazetteer has the whole, and of the rest nothing or a smaller place.
    """
    if not place.type_word or place.type_word in _NEVER_A_PART or not has_thai(place.bare):
        return place
    for code in codes:
        whole = entries_named(code, place.bare)
        rest = frozenset().union(*(entries_named(code, n) for n in (place.name, *place.longer)))
        if whole and not whole & rest and most_people(code, whole) > most_people(code, rest):
            return Unit(place.bare, place.bare)
    return place


def _in_context(place: Unit, country: str) -> tuple[str, ...]:
    """The country of the column, unless a name is only one elsewhere."""
    names = (place.name, *place.longer, place.bare)
    if any(is_written(name, (country,)) for name in names):
        return (country,)
    return () if any(is_written(name, everywhere((name,))) for name in names) else (country,)


def _administration(place: Unit) -> tuple[Doubt, ...]:
    """A body that administers a unit is answered with the unit, and says so."""
    if "administration" not in meanings(place.type_word):
        return ()
    message = f"{place.type_word} is the administration of {place.name}, not the place itself"
    return (Doubt("level_mismatch", message),)


def _unknown(within: tuple[Unit, ...], codes: tuple[str, ...]) -> tuple[Doubt, ...]:
    """The regions printed with a place that no country searched has."""
    if not codes or len(codes) > _MOST_ASKED:
        return ()
    return tuple(
        Doubt("region_unknown", f"{unit.bare} is not known as a region or city there")
        for unit in within
        if not any(is_known(code, unit) for code in codes)
    )


def _foreign(printed: str) -> tuple[Doubt, ...]:
    foreign = foreign_letters(printed)
    if not foreign:
        return ()
    letters = "".join(letter.letter for letter in foreign)
    message = f"{letters} do not belong to the script of the rest"
    return (Doubt("foreign_script", message),)


def sound_keys(name: str) -> list[str]:
    """What the sounds of the name are found by in the index over all countries."""
    thai = sound_costs.costs().thai
    readings = sound_costs.thai_readings(name) if THAI_LETTER.search(name) else ()
    coded = ([thai[unit] for unit in reading if unit in thai] for reading in readings)
    letters = sound_costs.costs().letters
    return [
        f"{gazetteer.HEARD}{sound_costs.key(units, letters)}" for units in coded if len(units) > 3
    ]
