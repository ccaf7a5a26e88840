"""What is asked of a printed place, once its text is read: the unit, what it is in, where to look.

The text is split into units (`toponym.py`) and its country (`countries.py`); without a country, the
index over all countries tells which have a place of that name, or in Thai of nearly that sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sisterdata import gazetteer
from sisterdata.countries.match import match_country, split_country
from sisterdata.gazetteer.index import keyed
from sisterdata.match import Doubt
from sisterdata.places.arguments import Options
from sisterdata.places.phonetics import costs as sound_costs
from sisterdata.places.toponym import Unit, read_toponym
from sisterdata.text.repair import repair
from sisterdata.text.scripts import foreign_letters

MOST_COUNTRIES = 12  # that are searched for a sound when none is printed
THAI_LETTER = re.compile("[ก-ฮ]")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, once the text is read."""

    place: Unit
    within: tuple[Unit, ...]  # the units printed behind it
    countries: tuple[str, ...]
    country_text: str
    anywhere: bool  # no country is printed or given
    by_sound: bool  # nor has any a place written so
    is_country: bool  # nothing but the country is printed
    admin1: str | None  # the column's, not the text's
    date: str | None
    only: tuple[str, ...]  # the levels that an answer may have; empty for all
    doubts: tuple[Doubt, ...]


def read_question(
    text: str, countries: tuple[str, ...], admin1: str | None, options: Options
) -> Question:
    """Read a printed place; `countries` are those given beside it, none where none is given."""
    printed = repair(text).text
    rest, country_text, found = split_country(printed)
    if found is None and " of " in printed:  # "Bangkok City of Thailand"
        head, _, tail = printed.rpartition(" of ")
        of_country = match_country(tail.removeprefix("the "))
        if of_country.id is not None:
            rest, country_text, found = head, tail, of_country
    doubts = [*(found.doubts if found else ())]
    foreign = foreign_letters(printed)
    if foreign:
        letters = "".join(letter.letter for letter in foreign)
        doubts.append(Doubt("foreign_script", f"{letters} do not belong to the script of the rest"))
    codes: tuple[str, ...] = ()
    is_country = found is not None and not rest.strip(" ,-–—")
    if found is None or is_country:
        rest = printed
        codes = (found.id,) if found is not None and found.id is not None else ()
    elif found.id is not None:
        codes = (found.id,)
    else:
        codes = tuple(candidate.id for candidate in found.candidates)
    if countries:
        codes = countries
    elif admin1 is not None:
        codes = (admin1[:2],)
    units = read_toponym(rest) or (Unit(rest, rest),)
    anywhere = not codes
    by_sound = False
    if anywhere:
        codes = everywhere(units[0].spellings)
        if not codes:
            by_sound, codes = True, everywhere(sound_keys(units[0].name))[:MOST_COUNTRIES]
    known = tuple(code for code in codes if code in gazetteer.countries())
    place = replace(units[0], levels=options.levels) if options.levels else units[0]
    return Question(
        place, units[1:], known, country_text, anywhere, by_sound, is_country, admin1,
        options.date, options.levels, tuple(doubts),
    )  # fmt: skip


def everywhere(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for key_ in keys for code in keyed(key_)))


def sound_keys(name: str) -> list[str]:
    """What the sounds of the name are found by in the index over all countries."""
    thai = sound_costs.costs().thai
    readings = sound_costs.thai_readings(name) if THAI_LETTER.search(name) else ()
    coded = ([thai[unit] for unit in reading if unit in thai] for reading in readings)
    letters = sound_costs.costs().letters
    return [
        f"{gazetteer.HEARD}{sound_costs.key(units, letters)}" for units in coded if len(units) > 3
    ]
