"""A printed place to its canonical id: candidates, evidence, decision.

The text is split into units (`toponym.py`) and its country (`countries.py`). Every entry of the
country whose name is written or sounds like the place's is a candidate. What speaks for each is
added up: likeness of the name, level against type word, region, population; the best is the
answer if it is good enough and clearly ahead of the next, and everything that a careful reader
should know is said in `rule` and `doubts`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from sisterdata.errors import DataError
from sisterdata.normalizer import gazetteer, sounds
from sisterdata.normalizer.countries import match_country, split_country
from sisterdata.normalizer.gazetteer import fold, keyed
from sisterdata.normalizer.match import Candidate, Doubt, Match
from sisterdata.normalizer.nearest import Near, nearest
from sisterdata.normalizer.toponym import Unit, names_no_place, read_toponym, type_agrees
from sisterdata.normalizer.whereabouts import whereabouts
from sisterdata.text import foreign_letters, repair

LONGEST = 300  # characters; no printed place is longer
_LETTER = re.compile(r"[^\W\d_]")
_THAI_LETTER = re.compile("[ก-ฮ]")
# Type words of units that no city of the same name is (Thai ones as `toponym.py` has them).
_NOT_A_CITY = {
    "oblast", "region", "province", "governorate", "county", "จังหวัด", "แขวง", "แคว้น", "รัฐ",
}  # fmt: skip

_REDUCED_DATE = re.compile(
    r"(?:1[5-9]|2[01])\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
)

# What people write in a cell that has no place, and what is larger than any.
_NO_ANSWER = re.compile(
    "n/?a|nan|null|none|nil|unknown|not stated|tb[ad]|total|others?|various|world|"
    "asia|africa|europe|oceania|(?:north |south |latin )?america|"
    "ไม่ระบุ|ไม่มี|ไม่มีข้อมูล|ไม่ทราบ|อื่น ?ๆ|รวม|ทั้งหมด|หมายเหตุ",
    re.I,
)
# Logits.
_OTHER_LEVEL = 1.5
_CITY_OR_UNIT, _UNLIKE = 3.0, 2.0  # a city for a unit or back; more, where the name is unlike too
_WRITTEN_UNSAID = 1.0
_VILLAGE = 1.7  # tenfolds of people that a city may have less than the unit called so
_UNIT_UNSAID = 4.0  # against a unit where no type word says so: lists of cities mean the city
TYPE_NAMED = 1.5  # for "County" where the text says so in Thai, and against it elsewhere
_OTHER_REGION = 2.7  # as learned (`place_ranker.json`: region)
_NOT_IN_FORCE = 9.0
_TEN_TIMES_THE_PEOPLE = 0.8
ACCEPTED = 2.2  # least logit of an answer that only sounds or looks like the name
PLAUSIBLE = 0.5  # the same where region or type word leave tens to mistake it for, not thousands
MARGIN = 0.9  # least lead over the next candidate
_NAMESAKE = 9.0  # most lead over a unit or city of the same name that is still said
LEAST_PEOPLE = 50_000  # of a place that a text without any country may mean
LEAST_PEOPLE_HEARD, NEAR_ANYWHERE = 300_000, 0.7  # of one that it only sounds like, nats a unit
DOUBTFUL = 1.8  # nats a unit; a name so far off may be one of another country
LEAST_LETTERS = 3
MOST_COUNTRIES = 12  # that are searched for a sound when none is printed
CONFLICT, NEAR_CONFLICT = 2.0, 1.0  # least logit where the name is one in another country, and
# how far off it may then be: nats a unit, or edits


def match_place(
    text: str | None,
    *,
    country: str | None = None,
    admin1: str | None = None,
    date: str | None = None,
    limit: int = 5,
) -> Match:
    """The place that a printed text means, its doubts, and the likeliest candidates.

    `text` is a bare name, a name with its type word, or a full printed place with region and
    country, in Thai or Latin script. `country` (ISO 3166-1 alpha-2) and `admin1` (ISO 3166-2)
    tell what the text itself leaves open; `date`, a reduced ISO date, picks the units then in
    force (None: those of today); at most `limit` candidates are listed. Never raises on any text,
    but `DataError` where `country` or `admin1` is no text or `date` no date. Without any country, a
    name has to be that of a well-known place, written as the gazetteer has it or very near in Thai.

    >>> match_place("นครฉางชุน มณฑลจี๋หลิน สาธารณรัฐประชาชนจีน").id
    'geonames:2038180'
    """
    if not isinstance(text, str) or not _LETTER.search(text[: 4 * LONGEST]):
        return Match("" if text is None else str(text), None, "not_run", None, "there is no name")
    if len(text) > LONGEST:
        rule = f"{len(text)} characters are no name of a place"
        return Match(text, None, "not_run", None, rule)
    country, admin1 = _given(country, "country"), _given(admin1, "admin1")
    if country is not None and country not in gazetteer.countries():
        rule = f"{country!r} is no ISO 3166-1 alpha-2 code of a country with places"
        return Match(text, None, "not_run", None, rule)
    question = _read(text, country, admin1, _given_date(date))
    if _NO_ANSWER.fullmatch(question.place.bare.strip(" .-–—*()[]")):
        return Match(text, None, "not_run", None, "the text says that there is no name")
    if not question.countries:
        rule = "no country is known to look in, and no place anywhere is written so"
        return Match(text, None, "not_run", None, rule, (), question.doubts)
    return _decide(text, question, _candidates(question), limit)


def _given(value: object, name: str) -> str | None:
    """What a caller tells beside the text, None where it is null or empty."""
    if isinstance(value, str):
        return value or None
    missing = value is None or (isinstance(value, float) and math.isnan(value))
    if missing or type(value).__name__ in {"NAType", "NaTType"}:
        return None
    raise DataError(f"{name} is no text, but {value!r}")


def _given_date(value: object) -> str | None:
    date = _given(value, "date")
    if date is not None and not _REDUCED_DATE.fullmatch(date):
        raise DataError(f"{date!r} is no date", todo="give it as 2024, 2024-12 or 2024-12-31")
    return date


@dataclass(frozen=True, slots=True)
class _Question:
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
    doubts: tuple[Doubt, ...]


def _read(text: str, country: str | None, admin1: str | None, date: str | None) -> _Question:
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
    if country is not None:
        codes = (country,)
    elif admin1 is not None:
        codes = (admin1[:2],)
    units = read_toponym(rest) or (Unit(rest, rest),)
    anywhere = not codes
    by_sound = False
    if anywhere:
        codes = _everywhere(units[0].spellings)
        if not codes:
            by_sound, codes = True, _everywhere(_sound_keys(units[0].name))[:MOST_COUNTRIES]
    known = tuple(code for code in codes if code in gazetteer.countries())
    return _Question(
        units[0], units[1:], known, country_text, anywhere, by_sound, is_country, admin1, date,
        tuple(doubts),
    )  # fmt: skip


def _everywhere(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for key_ in keys for code in keyed(key_)))


def _sound_keys(name: str) -> list[str]:
    """What the sounds of the name are found by in the index over all countries."""
    thai = sounds.costs().thai
    readings = sounds.thai_readings(name) if _THAI_LETTER.search(name) else ()
    coded = ([thai[unit] for unit in reading if unit in thai] for reading in readings)
    letters = sounds.costs().letters
    return [f"{gazetteer.HEARD}{sounds.key(units, letters)}" for units in coded if len(units) > 3]


@dataclass(frozen=True, slots=True)
class _Scored:
    """A candidate and what speaks for it; `evidence` is a logit."""

    country: gazetteer.Country
    entry: int
    near: Near
    evidence: float
    level: str
    region: str | None  # the region printed, if the candidate lies elsewhere
    agrees: bool  # a region is printed, and the candidate lies in it
    ended: bool  # not in force at the date asked

    @property
    def id(self) -> str:
        return self.country.ids[self.entry]

    @property
    def name(self) -> str:
        return self.country.names[self.entry]


def _candidates(question: _Question) -> list[_Scored]:
    scored = []
    for code in question.countries:
        found = gazetteer.country(code)
        region, regions = _region(found, question)
        within = np.array([a in regions for a in found.admin1]) if regions else None
        exact = (question.anywhere and not question.by_sound) or question.is_country
        exact = exact or names_no_place(question.place)
        here = [
            _weigh(found, near, question, region, regions)
            for near in nearest(found, question.place, within, exact=exact)
        ]
        if regions and not any(s.region is None and s.evidence >= PLAUSIBLE for s in here):
            # Nothing in the region printed: it may be wrong, and the name right.
            known = {s.entry for s in here if s.region is None}
            again = nearest(found, question.place, None, exact=exact)
            free = [_weigh(found, near, question, region, regions) for near in again]
            here = [s for s in here if s.region is None] + [s for s in free if s.entry not in known]
        scored += here
    if question.anywhere:
        scored = [s for s in scored if _is_notable(s, question)]
    scored = [_beside_namesake(s, scored, question) for s in scored]
    order = sorted(scored, key=lambda s: (-s.evidence, s.id))
    # A name that fits in the region printed comes before a better known one elsewhere.
    if order and order[0].region is not None:
        inside = [s for s in order if s.region is None and s.evidence >= PLAUSIBLE]
        order = inside + [s for s in order if s not in inside]
    return order


def _region(found: gazetteer.Country, question: _Question) -> tuple[str, frozenset[str]]:
    """The printed region and the ISO 3166-2 codes it may mean."""
    if question.admin1 is not None:
        return question.admin1, frozenset([question.admin1])
    for unit in reversed(question.within):
        codes = _units_named(found.code, unit)
        if codes:
            return unit.bare, codes
    return "", frozenset()


@lru_cache(maxsize=4096)  # regions come back, row after row
def _units_named(code: str, unit: Unit) -> frozenset[str]:
    """The ISO 3166-2 codes of the units that a region's name may mean, or of a city's own."""
    found = gazetteer.country(code)
    abbreviated = f"{code}-{unit.bare.replace('.', '').upper()}"
    if abbreviated in found.iso3166_2:  # TX, D.C., NSW
        return frozenset([abbreviated])
    named = nearest(found, unit, None, exact=False)
    near = [
        n for n in named if gazetteer.LEVELS[found.levels[n.entry]] == "admin1" and n.logit > -2
    ]
    near = near or [n for n in named if n.status != "inferred"]  # a city, for what lies in it
    best = max((n.logit for n in near), default=0.0)
    return frozenset(found.admin1[n.entry] for n in near if n.logit > best - 1)


def _weigh(
    found: gazetteer.Country,
    near: Near,
    question: _Question,
    region: str,
    regions: frozenset[str],
) -> _Scored:
    level = gazetteer.LEVELS[found.levels[near.entry]]
    evidence = near.logit
    elsewhere = bool(regions) and found.admin1[near.entry] not in regions
    if near.status != "inferred":  # the ranker has weighed the others' population and region
        people = math.log10(1 + int(found.population[near.entry]))
        people = (
            max(people, 5.0) if level == "admin1" else people
        )  # a former unit's are others' now
        evidence += _TEN_TIMES_THE_PEOPLE * (people - 5)
        evidence += (-_OTHER_REGION if elsewhere else _OTHER_REGION) if regions else 0
    evidence -= _misfit(found, near, question.place.levels)
    evidence += TYPE_NAMED * type_agrees(question.place, found.names[near.entry])
    if not question.place.levels and level == "admin1" and not found.geonames[near.entry]:
        evidence -= _UNIT_UNSAID if near.status == "inferred" else _WRITTEN_UNSAID
    ended = _out_of_force(found, near.entry, question.date)
    evidence -= _NOT_IN_FORCE * ended
    conflict = region if elsewhere else None
    agrees = bool(regions) and not elsewhere
    return _Scored(found, near.entry, near, evidence, level, conflict, agrees, ended)


def _fits(found: gazetteer.Country, entry: int, wanted: tuple[str, ...]) -> bool:
    """Is the entry of a level that the type word is used for?"""
    level = gazetteer.LEVELS[found.levels[entry]]
    municipal = level == "admin1" and bool(found.geonames[entry])
    if not wanted or level in wanted:
        return True
    return "city" in wanted and (municipal or level == "prefecture")


def _misfit(found: gazetteer.Country, near: Near, wanted: tuple[str, ...]) -> float:
    """What speaks against an entry of another level: most, if a city is a unit or a unit a city."""
    if near.status == "alias" or _fits(found, near.entry, wanted):
        return 0.0
    levels = {gazetteer.LEVELS[found.levels[near.entry]], wanted[0]}
    if levels == {"admin1", "city"}:
        return _CITY_OR_UNIT + _UNLIKE * (near.far > 1)
    return _OTHER_LEVEL


def _beside_namesake(s: _Scored, scored: list[_Scored], question: _Question) -> _Scored:
    """A unit or city behind its namesake, where that is what the type word says.

    กรุงวอชิงตัน is not the state of Washington, "Moscow Oblast" not Moscow; without a type word
    the city comes first, if it is no village. A namesake of what is written so is written so.
    """
    mine, evidence = _suits(s, question), s.evidence
    if s.near.status == "alias":
        return s
    for o in scored:
        if o.country is not s.country or o.ended or s.ended or o.entry == s.entry:
            continue
        suits = _suits(o, question)
        if suits < mine and o.near.status != "inferred" and fold(s.name) == fold(o.name):
            evidence = max(evidence, o.evidence - _TEN_TIMES_THE_PEOPLE * (7 - _people(s)))
        elif (
            suits > mine
            and (fold(s.name) in fold(o.name) or fold(o.name) in fold(s.name))
            and (question.place.levels or _people(o) > _people(s) - _VILLAGE)
            and (o.evidence >= PLAUSIBLE or s.near.status != "inferred")
        ):
            evidence = min(evidence, max(o.evidence, PLAUSIBLE) - MARGIN - 0.1)
    return replace(s, evidence=evidence)


def _people(s: _Scored) -> float:
    return math.log10(1 + int(s.country.population[s.entry]))


def _suits(s: _Scored, question: _Question) -> int:
    """How well a unit or a city suits the type word: 2 just so, 1 at a pinch, 0 not."""
    unit = s.level == "admin1"
    if not unit and s.level != "city":
        return 2
    if not question.place.levels:
        return 1 if unit and not _is_city(s) else 2
    if not _fits(s.country, s.entry, question.place.levels):
        return 0
    return 1 if unit and _is_city(s) and question.place.type_word in _NOT_A_CITY else 2


def _out_of_force(found: gazetteer.Country, entry: int, date: str | None) -> bool:
    start, end = found.valid_from[entry], found.valid_to[entry]
    return (end != "" and (date is None or date >= end)) or (
        start != "" and date is not None and date < start
    )


def _decide(text: str, question: _Question, scored: list[_Scored], limit: int) -> Match:
    doubts = list(question.doubts)
    candidates = tuple(_candidate(s) for s in scored[:limit])
    where = "any country" if question.anywhere else ", ".join(question.countries)
    best = scored[0] if scored else None
    former = _former(scored)
    if former is not None:
        return _no_more(text, question, former, scored, limit)
    sure = best is not None and best.near.status != "inferred"
    abroad = () if sure or question.anywhere else _elsewhere(question)
    if best is not None and not sure and not abroad and best.near.far > DOUBTFUL:
        abroad = () if question.anywhere else _heard_elsewhere(question)
    rivals = [s for s in scored[1:] if best is not None and _is_rival(s, best, question)]
    open_ = best is not None and best.evidence >= PLAUSIBLE and rivals and not abroad
    if best is None or (not sure and not open_ and best.evidence < _enough(question, best, abroad)):
        if question.is_country:
            message = f"{question.place.bare} is a country, and no place in it is called so"
            doubts.append(Doubt("unmatched_name", message))
        elif abroad:
            message = f"{question.place.bare} is a name in {', '.join(abroad)}, not in {where}"
            doubts.append(Doubt("country_conflict", message))
        else:
            message = f"{question.place.bare}: no place of {where} is near enough"
            doubts.append(Doubt("unmatched_name", message))
        return Match(text, None, "unmatched", None, doubts[-1].message, candidates, tuple(doubts))
    if question.anywhere and question.within and not best.agrees:
        message = f"{question.within[-1].bare} is no region or country that is known"
        doubts.append(Doubt("unmatched_name", message))
        return Match(text, None, "unmatched", None, message, candidates, tuple(doubts))
    score = _probability(best.evidence)
    if rivals:
        names = ", ".join(f"{s.name} ({s.id})" for s in (best, *rivals[:4]))
        doubts.append(Doubt("ambiguous_name", f"{question.place.bare} may be any of {names}"))
        rule = f"as likely: {names}"
        return Match(text, None, "ambiguous", score, rule, candidates, tuple(doubts))
    doubts += _doubts(question, best, scored)
    rule = best.near.rule + _next(best, scored)
    if question.within and best.agrees:
        rule += f"; region {question.within[-1].name} agrees"
    return Match(text, best.id, best.near.status, score, rule, candidates, tuple(doubts))


def _former(scored: list[_Scored]) -> _Scored | None:
    """The unit that is named, where that is not in force and nothing in force is as likely."""
    ended = [s for s in scored if s.ended and s.near.status != "inferred"]
    if not ended:
        return None
    first = max(ended, key=lambda s: s.evidence)
    held = max((s.evidence for s in scored if not s.ended), default=-math.inf)
    return first if first.evidence + _NOT_IN_FORCE > held + MARGIN else None


def _no_more(
    text: str, question: _Question, former: _Scored, scored: list[_Scored], limit: int
) -> Match:
    """No answer for a unit that was or will be: when it is in force, and what took over."""
    found, entry = former.country, former.entry
    start, end = found.valid_from[entry], found.valid_to[entry]
    since = f"until {end}" if end else f"from {start}"
    message = f"{former.name} ({former.id}) is a unit {since} only"
    successor = found.find(found.replaced_by[entry]) if found.replaced_by[entry] else None
    candidates = [_candidate(s) for s in (former, *(s for s in scored if s is not former))]
    if successor is not None:
        message += f"; {found.names[successor]} ({found.ids[successor]}) took over"
        place = found.place(successor)
        candidates.insert(0, Candidate(place.id, place.name, 0.0, whereabouts(place)))
    doubts = (*question.doubts, Doubt("unmatched_name", message))
    return Match(text, None, "unmatched", None, message, tuple(candidates[:limit]), doubts)


def _enough(question: _Question, best: _Scored, abroad: tuple[str, ...]) -> float:
    """The least logit at which a name that is only like the best is believed to be it."""
    if abroad and best.near.far > NEAR_CONFLICT:
        return math.inf
    if abroad or question.anywhere:
        return CONFLICT
    unit = best.level == "admin1" and "admin1" in question.place.levels
    return PLAUSIBLE if unit or best.agrees else ACCEPTED


def _is_rival(other: _Scored, best: _Scored, question: _Question) -> bool:
    """Is another candidate as likely, and not just the same name at another level?"""
    if best.region is None and other.region is not None:
        return False
    if not question.place.levels and _is_namesake(other, best):
        return False
    if best.region is not None and other.region is None:
        return other.evidence > -2  # nothing like it elsewhere settles what is near here
    return best.evidence - other.evidence < MARGIN


def _is_namesake(other: _Scored, best: _Scored) -> bool:
    """One name for a unit and its city, and nothing printed says which is meant."""
    written = other.near.status != "inferred" and best.near.status != "inferred"
    same_country = other.country is best.country
    written = written or fold(other.name) == fold(best.name)
    levels = {(s.level, s.level == "admin1" and _is_city(s)) for s in (other, best)}
    differ = len(levels) == 2 or other.level == best.level == "admin1"
    return written and same_country and differ and other.evidence > best.evidence - _NAMESAKE


def _is_notable(s: _Scored, question: _Question) -> bool:
    """Is it known well enough to be meant where no country is printed?"""
    people = int(s.country.population[s.entry])
    if question.by_sound and s.near.status == "inferred":
        return s.near.far <= NEAR_ANYWHERE and people >= LEAST_PEOPLE_HEARD
    known = people >= LEAST_PEOPLE or s.level == "admin1" or s.near.status == "alias"
    return known and len(s.near.spelling) >= LEAST_LETTERS


def _is_city(s: _Scored) -> bool:
    """Is a first-level unit a city: has it a place of GeoNames beside it?"""
    return bool(s.country.geonames[s.entry])


def _next(best: _Scored, scored: list[_Scored]) -> str:
    if len(scored) < 2 or best.near.status != "inferred":
        return ""
    return f", next {scored[1].name} at {_probability(scored[1].evidence):.2f}"


def _elsewhere(question: _Question) -> tuple[str, ...]:
    """The other countries that have a place written just like this."""
    found = (code for name in (question.place.name, question.place.bare) for code in keyed(name))
    return tuple(code for code in dict.fromkeys(found) if code not in question.countries)


def _heard_elsewhere(question: _Question) -> tuple[str, ...]:
    """The other countries in which something well known sounds just like this."""
    codes = _everywhere(_sound_keys(question.place.name))
    others = [code for code in codes if code not in question.countries][:MOST_COUNTRIES]
    return tuple(code for code in others if _has_known(code, question.place))


def _has_known(code: str, unit: Unit) -> bool:
    found = gazetteer.country(code)
    return any(
        near.far <= NEAR_ANYWHERE
        and (found.levels[near.entry] == 0 or found.population[near.entry] >= LEAST_PEOPLE_HEARD)
        for near in nearest(found, unit, None, exact=False)
    )


def _doubts(question: _Question, best: _Scored, scored: list[_Scored]) -> Iterable[Doubt]:
    name, level, wanted = best.name, best.level, question.place.levels
    if best.region is not None:
        message = f"{name} lies in {best.country.admin1[best.entry]}, not in {best.region}"
        yield Doubt("admin1_conflict", message)
    if not _fits(best.country, best.entry, wanted) or (
        level == "admin1"
        and bool(best.country.geonames[best.entry]) == (question.place.type_word in _NOT_A_CITY)
        and (wanted == ("city",) or question.place.type_word in _NOT_A_CITY)
    ):
        message = f"{question.place.type_word} says {wanted[0]}, {name} is {level}"
        yield Doubt("level_mismatch", message)
    elif not wanted:
        for other in scored[1:]:
            if _is_namesake(other, best):
                message = f"{name} is {level} ({best.id}) and {other.level} ({other.id})"
                yield Doubt("level_ambiguous", message)
                break
    if len(question.countries) > 1 and not question.anywhere:
        message = f"{question.country_text} is printed for {best.country.code}"
        yield Doubt("country_misnamed", message)
    thai = _THAI_LETTER.search(best.near.spelling) is not None
    known = best.country.names_th[best.entry] if thai else name
    if best.near.status == "inferred" and known:
        yield Doubt("misspelling", f"{best.near.spelling} is read as {known}")


def _candidate(s: _Scored) -> Candidate:
    where = whereabouts(s.country.place(s.entry))
    return Candidate(s.id, s.name, _probability(s.evidence), where)


def _probability(logit: float) -> float:
    return round(1 / (1 + math.exp(-max(min(logit, 30.0), -30.0))), 3)
