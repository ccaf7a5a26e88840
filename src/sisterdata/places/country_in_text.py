"""The country printed with a place: behind it, before it, as a flag, with or without a comma."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sisterdata import gazetteer
from sisterdata.countries.match import match_country, split_country
from sisterdata.match_result import Doubt, Match
from sisterdata.places.parse_toponym import read_toponym
from sisterdata.places.regions_in_text import entries_named, everywhere, is_written, split_region
from sisterdata.text.thai_letters import has_thai
from sisterdata.vocabulary import LEVELS

_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}|\U0001f3f4[\U000e0061-\U000e007a]+\U000e007f")
_SIGN = re.compile("[\ufe0f\U0001f3f3\U0001f3f4\U0001f6a9\U000e0020-\U000e007f]")
_COUNTRY_MARK = re.compile(r"\s*\((?:country|ประเทศ)\)", re.I)
# A short code behind a blank is more often a state's (Portland OR, Gary IN) or a word.
_SHORT = {"UK", "US", "USA", "UAE", "PRC", "DRC", "ROK", "DPRK", "ROC", "U.S.", "U.S.A.", "U.K."}
_SHORTEST = 4
# After these words a name goes on: Gulf of Thailand, New England, Made in China.
_GOES_ON = re.compile(
    "(?:of|the|and|&|in|to|for|from|at|by|with|de|da|do|del|di|la|el|new|old|north|south|east|west|"
    "northern|southern|eastern|western|central|equatorial|upper|lower|greater|little|saint)",
    re.I,
)
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class PrintedCountry:
    """A printed place without its country.

    `rest` is the text before it, `text` the country as printed, `codes` what it may mean; `part`
    is a part of the country that is printed for it (Wales), `alone` is True where nothing but
    the country is printed.
    """

    rest: str
    text: str = ""
    codes: tuple[str, ...] = ()
    part: str = ""
    alone: bool = False
    doubts: tuple[Doubt, ...] = ()


def read_country_printed(text: str, given: tuple[str, ...]) -> PrintedCountry:
    """Take the country off a printed place; `given` are the countries known beside it.

    >>> read_country_printed("Kunming PRC", ()).codes
    ('CN',)
    >>> read_country_printed("Uzbekistan Bukhara, Uzbekistan", ()).rest
    'Bukhara'
    >>> read_country_printed("Newport, Wales", ()).part
    'Wales'
    """
    text, flags, flag_part = _without_flags(text)
    found = _behind(text, given)
    if not found.codes and flags:
        found = replace(found, codes=flags)
    part = flag_part or found.part
    codes = given or found.codes
    if found.alone or (found.rest == text and is_written(text, everywhere((text,)))):
        return replace(found, part=part)
    rest, before = _without_country_before(found.rest, codes)
    return replace(found, rest=rest, codes=found.codes or before, part=part)


def _without_flags(text: str) -> tuple[str, tuple[str, ...], str]:
    """The text without emoji, the countries of its flags, and the part of one (Wales)."""
    codes, part = [], ""
    for flag in _FLAG.findall(text):
        letters = "".join(
            chr((ord(sign) - 0x1F1E6) + ord("A"))
            if ord(sign) < 0xE0000
            else chr(ord(sign) - 0xE0000).upper()
            for sign in flag
            if sign != "\U0001f3f4" and ord(sign) != 0xE007F
        )
        codes.append(letters[:2])
        unit = gazetteer.place(f"iso3166-2:{letters[:2]}-{letters[2:]}") if letters[2:] else None
        part = unit.name if unit is not None else part
    bare = " ".join(_SIGN.sub("", _FLAG.sub(" ", text)).split()) if codes else text
    known = tuple(dict.fromkeys(code for code in codes if code in gazetteer.countries()))
    return (bare or text), known, part


def _behind(text: str, given: tuple[str, ...]) -> PrintedCountry:
    rest, printed, found = split_country(text)
    if found is None and " of " in text and not is_written(text, everywhere((text,))):
        head, _, tail = text.rpartition(" of ")  # "Bangkok City of Thailand"
        of_country = match_country(tail.removeprefix("the "))
        if of_country.id is not None:
            rest, printed, found = head, tail, of_country
    if found is None:
        rest, printed, found = _behind_a_blank(text, given)
    if found is None:
        return PrintedCountry(text)
    codes = _codes(found)
    if not rest.strip(" ,-–—"):
        return PrintedCountry(text, printed, codes[:1] if found.id else (), "", True, found.doubts)
    return PrintedCountry(rest, printed, codes, _part(printed, found), False, found.doubts)


def _codes(found: Match) -> tuple[str, ...]:
    if found.id is not None:
        return (found.id,)
    return tuple(candidate.id for candidate in found.candidates)


def _part(printed: str, found: Match) -> str:
    """The printed name, where it is that of a first-level unit printed for the whole country."""
    if found.id is None or found.id not in gazetteer.countries():
        return ""
    variant = any(doubt.code == "country_variant" for doubt in found.doubts)
    levels = gazetteer.country(found.id).levels
    named = entries_named(found.id, printed) if variant else frozenset()
    return printed if any(LEVELS[levels[entry]] == "admin1" for entry in named) else ""


def _behind_a_blank(text: str, given: tuple[str, ...]) -> tuple[str, str, Match | None]:
    """A country behind a Latin name without a comma: "Chiang Mai Thailand"."""
    words = text.split(" ")
    if has_thai(text) or len(words) < 2 or is_written(text, given or everywhere((text,))):
        return text, "", None
    for size in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        head, tail = words[:-size], " ".join(words[-size:])
        if _GOES_ON.fullmatch(head[-1]) or (len(tail) < _SHORTEST and tail not in _SHORT):
            continue
        found = match_country(tail)
        if found.status not in {"exact", "alias", "ambiguous"} or not _codes(found):
            continue
        codes = tuple(code for code in _codes(found) if not given or code in given)
        rest = " ".join(head).rstrip(" ,-–—")
        if (given and codes) or _is_place(rest, codes):
            return rest, tail, found
    return text, "", None


def _is_place(text: str, codes: tuple[str, ...]) -> bool:
    """Whether a text begins with a place that the gazetteer has in one of the countries."""
    units = read_toponym(split_region(text, codes), codes)
    if not units:
        return False
    return any(is_written(name, codes) for name in (text, *units[0].spellings))


def _without_country_before(text: str, codes: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A name without the country before it, as alternative texts of flags have it.

    `codes` are the countries printed behind the name too, or given; without any, the rest has to
    be a place in the country before it, which is then returned.
    """
    bare = _COUNTRY_MARK.sub("", text)
    marked = bare != text
    words = bare.split(" ")
    if len(words) < 2 or (not marked and is_written(bare, codes)):
        return text, ()
    for size in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        head, rest = " ".join(words[:size]).rstrip(","), " ".join(words[size:])
        if len(head) < _SHORTEST and head not in _SHORT and not has_thai(head):
            continue
        found = match_country(head)
        named = _codes(found) if found.status in {"exact", "alias", "ambiguous"} else ()
        if _is_type_word(rest):
            continue
        if set(named) & set(codes) or (not codes and _is_place(rest, named)):
            return rest, () if codes else named
    return text, ()


def _is_type_word(text: str) -> bool:
    """Whether a text is nothing but a type word: "Mexico City" is no City in Mexico."""
    return bool(read_toponym(f"X {text}")[0].type_word)
