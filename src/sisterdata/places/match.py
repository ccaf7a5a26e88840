"""Match one printed place to its canonical id.

`parsed_query.py` reads the text, `find_candidates.py` finds the entries it may mean, and
`score_candidates.py` gives each a probability. This module answers: with the first candidate if it
is likely enough, and with all that a careful reader should know in `rule` and `doubts`
(`explain_match.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from sisterdata import gazetteer
from sisterdata.countries.index import english_name
from sisterdata.gazetteer.index import Entry
from sisterdata.gazetteer.name_lookup import names_of, written
from sisterdata.match_result import Candidate, Doubt, Match
from sisterdata.places.check_arguments import (
    Options,
    country_part,
    read_country,
    read_options,
    read_text,
)
from sisterdata.places.column_context import NO_CONTEXT, Context
from sisterdata.places.describe_place import whereabouts
from sisterdata.places.explain_match import (
    doubts_of,
    why_accepted,
    why_ambiguous,
    why_former,
    why_unmatched,
)
from sisterdata.places.missing_thai_marks import restored
from sisterdata.places.names_of_other_countries import countries_of_name, country_conflict
from sisterdata.places.parsed_query import Question, read_question
from sisterdata.places.posterior_parameters import parameters
from sisterdata.places.score_candidates import NEAR_ANYWHERE, Scored, weigh
from sisterdata.places.type_words import meanings
from sisterdata.text.fold_names import fold

LONGEST = 300  # characters; no printed place is longer
_LETTER = re.compile(r"[^\W\d_]")

# What people write in a cell that has no place, and what is larger than any.
_NO_ANSWER = re.compile(
    "n/?a|nan|null|none|nil|unknown|not stated|tb[ad]|total|others?|various|world|"
    "asia|africa|europe|oceania|(?:north |south |latin )?america|"
    "ไม่ระบุ|ไม่มี|ไม่มีข้อมูล|ไม่ทราบ|อื่น ?ๆ|รวม|ทั้งหมด|หมายเหตุ",
    re.I,
)
# The score that a similar name needs if it is also a name in another country, or if no country is
# given; in the first case, also its largest cost per unit of sound. Chosen, not fitted.
_SURE, _NEAR = 0.9, 1.0
_RIVAL = 0.1  # least score of a candidate that makes an answer ambiguous
_NO_LESS = 0.5  # or of the score of the first one
_CONTRADICTS = 0.02  # least score of a place that is spelled just so, which forbids a likeness


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
        The least score of an answer; None for the default (`data/place_posterior.json`).
    successor
        Answer a unit that no longer exists with the unit that took over.
    limit
        How many candidates are listed at most.

    The score is the probability that the answer is right. Never raises on any text; raises
    `DataError` for an argument that cannot be read.

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
        rule = f"{len(text)} characters are too many for the name of a place"
        return Match(text, None, "not_run", None, rule)
    if countries and not set(countries) & set(gazetteer.countries()):
        rule = f"the gazetteer has no places of {english_name(countries[0])}"
        doubt = Doubt("unmatched_name", rule)
        return Match(text, None, "unmatched", None, rule, (), (doubt,))
    question = read_question(text, countries, admin1, options, context)
    if _NO_ANSWER.fullmatch(question.place.bare.strip(" .-–—*()[]")):
        return Match(text, None, "not_run", None, "the text says that there is no name")
    if not question.countries:
        rule = "the country is not known, and no country has a place with this name"
        return Match(text, None, "not_run", None, rule, (), question.doubts)
    match = _answer(text, question, weigh(question), options, limit)
    return match if match.id is not None else _with_marks(match, question, options, limit)


def _with_marks(match: Match, question: Question, options: Options, limit: int) -> Match:
    """The answer to a Thai name that lost its marks, if there is a clear one; or `match`."""
    if question.anywhere:
        return match
    place = restored(question.place.bare, question.countries, question.only)
    if place is None:
        return match
    question = replace(question, place=place)
    found = _answer(match.verbatim, question, weigh(question), options, limit)
    if found.id is None:
        return match
    message = f"read as {place.name}: its marks above and below the letters are lost"
    doubts = (*found.doubts, Doubt("misspelling", message))
    return replace(found, status="inferred", rule=f"{message}; {found.rule}", doubts=doubts)


def is_name(text: object) -> bool:
    """Whether a value can be the name of a place at all."""
    return isinstance(text, str) and len(text) <= LONGEST and has_letter(text)


def has_letter(text: str) -> bool:
    """Whether a text has a letter near its beginning."""
    return _LETTER.search(text[: 4 * LONGEST]) is not None


def _answer(
    text: str, question: Question, scored: tuple[Scored, ...], options: Options, limit: int
) -> Match:
    """The answer that the candidates and their scores call for."""
    listed = [_candidate(s) for s in scored[:limit]]
    least = parameters().min_score if options.min_score is None else options.min_score
    best = scored[0] if scored else None
    abroad = countries_of_name(question, best)
    needed = least if best is None else _needed(question, best, abroad, least)
    if best is not None and _accepts(question, best, needed) and not _is_contradicted(best, scored):
        if not best.in_force:
            return _former(text, question, best, listed, options, limit)
        doubts = (*question.doubts, *doubts_of(question, best, scored))
        rule, status = why_accepted(question, best, scored), _status(best)
        return Match(text, best.entry.id, status, _rounded(best), rule, tuple(listed), doubts)
    rivals = _rivals(question, scored, least) if not abroad else ()
    if rivals:
        rule = why_ambiguous(rivals)
        doubt = Doubt("ambiguous_name", f"{question.place.bare} {rule}")
        doubts = (*question.doubts, doubt)
        return Match(text, None, "ambiguous", _rounded(rivals[0]), rule, tuple(listed), doubts)
    if abroad:
        doubt, meant = country_conflict(question, abroad, limit)
        listed = [*listed[:1], *meant, *listed[1:]][:limit]
    else:
        doubt = Doubt("unmatched_name", why_unmatched(question, best, needed))
    doubts = (*question.doubts, doubt)
    score = _rounded(best) if best is not None else None
    return Match(text, None, "unmatched", score, doubt.message, tuple(listed), doubts)


def _needed(question: Question, best: Scored, abroad: tuple[str, ...], least: float) -> float:
    """The least score at which the best candidate is the answer; above 1 where it cannot be."""
    if not best.fit.is_likeness:
        return least
    damaged = any(doubt.code == "foreign_script" for doubt in question.doubts)
    if damaged or (abroad and best.fit.far > _NEAR):
        return 2.0  # letters are lost, or the name is probably that of a place elsewhere
    if len(question.countries) > 1 and best.fit.how == "letters" and best.fit.far > 1:
        return 2.0  # "Kyungnam, Korea" is no misspelt Hungnam, though only one Korea has the like
    if question.has_country_name and not question.only and not _is_called_as_country(best):
        return 2.0
    doubtful = question.anywhere or (abroad and best.fit.far > NEAR_ANYWHERE)
    return max(least, _SURE) if doubtful else least


def _is_called_as_country(best: Scored) -> bool:
    """Whether a city is called as its country: Singapore, Kuwait City, Andorra la Vella."""
    return fold(english_name(best.entry.country.code)) in fold(best.entry.name)


def _accepts(question: Question, best: Scored, needed: float) -> bool:
    if question.anywhere and question.within and not best.agrees:
        return False  # a region or country is printed that nothing is known of
    if best.entry.asked_only and "municipality" in meanings(question.place.type_word):
        return False  # a municipality is none of the districts of its name
    if question.bracketed and best.region is not None:
        return False  # what stands in brackets is there to say which place is meant
    return best.score >= needed


def _is_contradicted(best: Scored, scored: tuple[Scored, ...]) -> bool:
    """Whether the name is just the official spelling of a place of another name than this one."""
    if best.fit.how != "sound":
        return False
    others = (s for s in scored if s.fit.how == "official" and s.score >= _CONTRADICTS)
    return any(not _is_named_like(best.entry, other.entry) for other in others)


def _is_named_like(entry: Entry, other: Entry) -> bool:
    """Whether an entry has the other's own name: what spells one of them spells both."""
    if entry.country is not other.country:
        return False
    return entry.number in written(names_of(entry.country.code), fold(other.name))


def _rivals(question: Question, scored: tuple[Scored, ...], least: float) -> tuple[Scored, ...]:
    """The candidates that are about as likely, where together they are likely enough."""
    most = scored[0].score if scored else 1.0
    rivals = tuple(s for s in scored if s.score >= min(_RIVAL, _NO_LESS * most))
    unknown = question.anywhere and question.within and not any(s.agrees for s in rivals)
    if _is_contradicted(scored[0], scored) if scored else False:
        rivals = tuple(s for s in scored if s.score >= _CONTRADICTS)
    if len(rivals) < 2 or unknown or sum(s.score for s in scored) < least:
        return ()
    return rivals


def _former(
    text: str,
    question: Question,
    best: Scored,
    listed: list[Candidate],
    options: Options,
    limit: int,
) -> Match:
    """The answer where the unit named is not in force: itself, or what took over."""
    after = best.entry.replaced_by
    message = why_former(best, after)
    answer = best.entry.id
    if after is not None:
        place = after.place()
        listed.insert(1, Candidate(place.id, place.name, 0.0, whereabouts(place)))
        answer = place.id if options.successor else answer
    doubts = (*question.doubts, Doubt("not_in_force", message))
    rule = f"{why_accepted(question, best, (best,))}; {message}"
    return Match(text, answer, _status(best), _rounded(best), rule, tuple(listed[:limit]), doubts)


def _status(best: Scored) -> Literal["exact", "alias", "inferred"]:
    if best.fit.how == "curated":
        return "alias"
    likeness = best.fit.is_likeness and best.fit.how != "official"
    return "inferred" if likeness else "exact"


def _candidate(s: Scored) -> Candidate:
    place = s.entry.place()
    return Candidate(place.id, place.name, _rounded(s), whereabouts(place))


def _rounded(s: Scored) -> float:
    return round(s.score, 3)
