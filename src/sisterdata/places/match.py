"""A printed place to its canonical id: candidates, evidence, decision.

`place_question.py` reads what is asked, `place_candidates.py` weighs what may be meant. The best is
the answer if it is good enough and clearly ahead of the next, and everything that a careful reader
should know is said in `rule` and `doubts`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from sisterdata import gazetteer
from sisterdata.countries.index import english_name
from sisterdata.match import Candidate, Doubt, Match
from sisterdata.places.arguments import (
    Options,
    country_part,
    read_country,
    read_options,
    read_text,
)
from sisterdata.places.candidates import nearest
from sisterdata.places.context import NO_CONTEXT, Context
from sisterdata.places.describe import whereabouts
from sisterdata.places.query import (
    MOST_COUNTRIES,
    THAI_LETTER,
    Question,
    read_question,
    sound_keys,
)
from sisterdata.places.regions import everywhere
from sisterdata.places.scoring import (
    LEAST_PEOPLE_HEARD,
    MARGIN,
    NEAR_ANYWHERE,
    NOT_A_CITY,
    NOT_IN_FORCE,
    PLAUSIBLE,
    Scored,
    candidates,
    fits,
    is_city,
)
from sisterdata.places.toponym import Unit
from sisterdata.text.fold import fold

LONGEST = 300  # characters; no printed place is longer
_LETTER = re.compile(r"[^\W\d_]")

# What people write in a cell that has no place, and what is larger than any.
_NO_ANSWER = re.compile(
    "n/?a|nan|null|none|nil|unknown|not stated|tb[ad]|total|others?|various|world|"
    "asia|africa|europe|oceania|(?:north |south |latin )?america|"
    "ไม่ระบุ|ไม่มี|ไม่มีข้อมูล|ไม่ทราบ|อื่น ?ๆ|รวม|ทั้งหมด|หมายเหตุ",
    re.I,
)
ACCEPTED = 2.2  # least logit of an answer that only sounds or looks like the name
CONFLICT, NEAR_CONFLICT = 2.0, 1.0  # least logit where the name is one in another country, and
# how far off it may then be: nats a unit, or edits
_DOUBTFUL = 1.8  # nats a unit; a name so far off may be one of another country
_NAMESAKE = 9.0  # most lead over a unit or city of the same name that is still said


def match_place(
    text: str | None,
    *,
    country: str | int | None = None,
    admin1: str | None = None,
    level: str | Iterable[str] | None = None,
    date: str | None = None,
    min_score: float | None = None,
    successor: bool = False,
    limit: int = 5,
) -> Match:
    """The place that a printed text means, its doubts, and the likeliest candidates.

    text
        A bare name, a name with its type word, or a full printed place with region and country,
        in Thai, Latin or the country's own script.
    country
        The country it is in, in any form that `match_country` reads ("KR", "KOR", "เกาหลีใต้").
        Without any country, a name has to be that of a well-known place.
    admin1
        The ISO 3166-2 code of the first-level unit it is in.
    level
        The levels that an answer may have: one of `admin1`, `prefecture`, `city`, `district` and
        `subdistrict`, or a list of them.
    date
        When the unit has to be in force, as a reduced ISO date; None for today.
    min_score
        The least score of an answer; None for the default.
    successor
        Answer a unit that no longer exists with the unit that took over.
    limit
        How many candidates are listed at most.

    Never raises on any text; raises `DataError` for an argument that cannot be read.

    >>> match_place("นครฉางชุน มณฑลจี๋หลิน สาธารณรัฐประชาชนจีน").id
    'geonames:2038180'
    """
    options = read_options(level, date, min_score, successor=successor)
    region = read_text(admin1, "admin1") or country_part(country)
    return match_read(text, read_country(country), region, options, limit)


def match_read(
    text: str | None,
    countries: tuple[str, ...],
    admin1: str | None,
    options: Options,
    limit: int,
    context: Context = NO_CONTEXT,
) -> Match:
    """`match_place` once its arguments are read."""
    if not isinstance(text, str) or not has_letter(text):
        return Match("" if text is None else str(text), None, "not_run", None, "there is no name")
    if len(text) > LONGEST:
        rule = f"{len(text)} characters are no name of a place"
        return Match(text, None, "not_run", None, rule)
    if countries and not set(countries) & set(gazetteer.countries()):
        rule = f"the gazetteer has no places of {english_name(countries[0])}"
        doubt = Doubt("unmatched_name", rule)
        return Match(text, None, "unmatched", None, rule, (), (doubt,))
    question = read_question(text, countries, admin1, options, context)
    if _NO_ANSWER.fullmatch(question.place.bare.strip(" .-–—*()[]")):
        return Match(text, None, "not_run", None, "the text says that there is no name")
    if not question.countries:
        rule = "no country is known to look in, and no place anywhere is written so"
        return Match(text, None, "not_run", None, rule, (), question.doubts)
    return _decide(text, question, candidates(question), options, limit)


def is_name(text: object) -> bool:
    """Whether a value can be the name of a place at all."""
    return isinstance(text, str) and len(text) <= LONGEST and has_letter(text)


def has_letter(text: str) -> bool:
    """Whether a text has a letter near its beginning."""
    return _LETTER.search(text[: 4 * LONGEST]) is not None


def _decide(
    text: str, question: Question, scored: list[Scored], options: Options, limit: int
) -> Match:
    doubts = list(question.doubts)
    listed = tuple(_candidate(s) for s in scored[:limit])
    where = "any country" if question.anywhere else ", ".join(question.countries)
    best = scored[0] if scored else None
    former = _former(scored)
    if former is not None:
        return _no_more(text, question, former, scored, options, limit)
    sure = best is not None and best.near.status != "inferred"
    abroad = () if sure or question.anywhere else _elsewhere(question)
    if best is not None and not sure and not abroad and best.near.far > _DOUBTFUL:
        abroad = () if question.anywhere else _heard_elsewhere(question)
    rivals = [s for s in scored[1:] if best is not None and _is_rival(s, best, question)]
    open_ = best is not None and best.evidence >= PLAUSIBLE and rivals and not abroad
    if best is None or (
        not sure and not open_ and best.evidence < _enough(question, best, abroad, options)
    ):
        code = "unmatched_name"
        if question.is_country:
            message = f"{question.place.bare} is a country, and no place in it is called so"
        elif abroad:
            code = "country_conflict"
            message = f"{question.place.bare} is a name in {', '.join(abroad)}, not in {where}"
        else:
            message = f"{question.place.bare}: no place of {where} is near enough"
        doubts.append(Doubt(code, message))
        return Match(text, None, "unmatched", None, message, listed, tuple(doubts))
    if question.anywhere and question.within and not best.agrees:
        message = f"{question.within[-1].bare} is no region or country that is known"
        doubts.append(Doubt("unmatched_name", message))
        return Match(text, None, "unmatched", None, message, listed, tuple(doubts))
    score = _probability(best.evidence)
    if rivals:
        names = ", ".join(f"{s.name} ({s.id})" for s in (best, *rivals[:4]))
        doubts.append(Doubt("ambiguous_name", f"{question.place.bare} may be any of {names}"))
        rule = f"as likely: {names}"
        return Match(text, None, "ambiguous", score, rule, listed, tuple(doubts))
    doubts += _doubts(question, best, scored)
    rule = best.near.rule + _next(best, scored)
    if question.within and best.agrees:
        rule += f"; region {question.within[-1].name} agrees"
    return Match(text, best.id, best.near.status, score, rule, listed, tuple(doubts))


def _former(scored: list[Scored]) -> Scored | None:
    """The unit that is named, where that is not in force and nothing in force is as likely."""
    ended = [s for s in scored if s.ended and s.near.status != "inferred"]
    if not ended:
        return None
    first = max(ended, key=lambda s: s.evidence)
    held = max((s.evidence for s in scored if not s.ended), default=-math.inf)
    return first if first.evidence + NOT_IN_FORCE > held + MARGIN else None


def _no_more(
    text: str,
    question: Question,
    former: Scored,
    scored: list[Scored],
    options: Options,
    limit: int,
) -> Match:
    """The answer where a unit is named that is not in force: itself, or what took over."""
    found, entry = former.country, former.entry
    start, end = found.valid_from[entry], found.valid_to[entry]
    since = f"until {end}" if end else f"from {start}"
    message = f"{former.name} ({former.id}) is a unit {since} only"
    successor = found.find(found.replaced_by[entry]) if found.replaced_by[entry] else None
    listed = [_candidate(s) for s in (former, *(s for s in scored if s is not former))]
    answer = former.id
    if successor is not None:
        message += f"; {found.names[successor]} ({found.ids[successor]}) took over"
        place = found.place(successor)
        listed.insert(1, Candidate(place.id, place.name, 0.0, whereabouts(place)))
        answer = place.id if options.successor else answer
    doubts = (*question.doubts, Doubt("not_in_force", message))
    rule = f"{former.near.rule}; {message}"
    score = _probability(former.evidence + NOT_IN_FORCE)
    return Match(text, answer, former.near.status, score, rule, tuple(listed[:limit]), doubts)


def _enough(question: Question, best: Scored, abroad: tuple[str, ...], options: Options) -> float:
    """The least logit at which a name that is only like the best is believed to be it."""
    if abroad and best.near.far > NEAR_CONFLICT:
        return math.inf
    if options.min_score is not None:
        return _logit(options.min_score)
    if abroad or question.anywhere:
        return CONFLICT
    unit = best.level == "admin1" and "admin1" in question.place.levels
    return PLAUSIBLE if unit or best.agrees else ACCEPTED


def _is_rival(other: Scored, best: Scored, question: Question) -> bool:
    """Is another candidate as likely, and not just the same name at another level?"""
    if best.region is None and other.region is not None:
        return False
    if not question.place.levels and _is_namesake(other, best):
        return False
    if best.region is not None and other.region is None:
        return other.evidence > -2  # nothing like it elsewhere settles what is near here
    return best.evidence - other.evidence < MARGIN


def _is_namesake(other: Scored, best: Scored) -> bool:
    """One name for a unit and its city, and nothing printed says which is meant."""
    written = other.near.status != "inferred" and best.near.status != "inferred"
    same_country = other.country is best.country
    written = written or fold(other.name) == fold(best.name)
    levels = {(s.level, s.level == "admin1" and is_city(s)) for s in (other, best)}
    differ = len(levels) == 2 or other.level == best.level == "admin1"
    return written and same_country and differ and other.evidence > best.evidence - _NAMESAKE


def _next(best: Scored, scored: list[Scored]) -> str:
    if len(scored) < 2 or best.near.status != "inferred":
        return ""
    return f", next {scored[1].name} at {_probability(scored[1].evidence):.2f}"


def _elsewhere(question: Question) -> tuple[str, ...]:
    """The other countries that have a place written just like this."""
    codes = everywhere((question.place.name, question.place.bare))
    return tuple(code for code in codes if code not in question.countries)


def _heard_elsewhere(question: Question) -> tuple[str, ...]:
    """The other countries in which something well known sounds just like this."""
    codes = everywhere(sound_keys(question.place.name))
    others = [code for code in codes if code not in question.countries][:MOST_COUNTRIES]
    return tuple(code for code in others if _has_known(code, question.place))


def _has_known(code: str, unit: Unit) -> bool:
    found = gazetteer.country(code)
    return any(
        near.far <= NEAR_ANYWHERE
        and (found.levels[near.entry] == 0 or found.population[near.entry] >= LEAST_PEOPLE_HEARD)
        for near in nearest(found, unit, None, exact=False)
    )


def _doubts(question: Question, best: Scored, scored: list[Scored]) -> Iterable[Doubt]:
    name, level, wanted = best.name, best.level, question.place.levels
    if best.region is not None:
        message = f"{name} lies in {best.country.admin1[best.entry]}, not in {best.region}"
        yield Doubt("admin1_conflict", message)
    if not fits(best.country, best.entry, wanted) or (
        level == "admin1"
        and is_city(best) == (question.place.type_word in NOT_A_CITY)
        and (wanted == ("city",) or question.place.type_word in NOT_A_CITY)
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
    thai = THAI_LETTER.search(best.near.spelling) is not None
    known = best.country.names_th[best.entry] if thai else name
    if best.near.status == "inferred" and known:
        yield Doubt("misspelling", f"{best.near.spelling} is read as {known}")


def _candidate(s: Scored) -> Candidate:
    where = whereabouts(s.country.place(s.entry))
    return Candidate(s.id, s.name, _probability(s.evidence), where)


def _probability(logit: float) -> float:
    return round(1 / (1 + math.exp(-max(min(logit, 30.0), -30.0))), 3)


def _logit(probability: float) -> float:
    within = min(max(probability, 1e-9), 1 - 1e-9)
    return math.log(within / (1 - within))
