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
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sisterdata.errors import DataError
from sisterdata.normalizer import gazetteer
from sisterdata.normalizer.countries import split_country
from sisterdata.normalizer.likeness import Near, nearest
from sisterdata.normalizer.match import Candidate, Doubt, Match
from sisterdata.normalizer.toponym import Toponym, Unit, read_toponym
from sisterdata.text import foreign_letters, repair

if TYPE_CHECKING:
    import pandas as pd

LONGEST = 300  # characters; no printed place is longer
_LETTER = re.compile(r"[^\W\d_]")


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
    force (None: those of today); at most `limit` candidates are listed. Never raises on any text.

    >>> match_place("นครฉางชุน มณฑลจี๋หลิน สาธารณรัฐประชาชนจีน").id
    'geonames:2038180'
    """
    if not isinstance(text, str) or not _LETTER.search(text[: 4 * LONGEST]):
        return Match("" if text is None else str(text), None, "not_run", None, "there is no name")
    if len(text) > LONGEST:
        rule = f"{len(text)} characters are no name of a place"
        return Match(text, None, "not_run", None, rule)
    question = _read(text, country, admin1, date)
    if not question.countries:
        rule = "no country is known to look in"
        return Match(text, None, "not_run", None, rule, (), question.doubts)
    return _decide(text, question, _candidates(question), limit)


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked, once the text is read."""

    place: Unit
    within: tuple[Unit, ...]  # the units printed behind it
    countries: tuple[str, ...]
    country_text: str
    admin1: str | None  # the column's, not the text's
    date: str | None
    doubts: tuple[Doubt, ...]


def _read(text: str, country: str | None, admin1: str | None, date: str | None) -> _Question:
    printed = repair(text).text
    rest, country_text, found = split_country(printed)
    doubts = [*(found.doubts if found else ())]
    foreign = foreign_letters(printed)
    if foreign:
        letters = "".join(letter.letter for letter in foreign)
        doubts.append(Doubt("foreign_script", f"{letters} do not belong to the script of the rest"))
    if found is None or not rest.strip(" ,"):
        rest, codes = printed, ()
    elif found.id is not None:
        codes = (found.id,)
    else:
        codes = tuple(candidate.id for candidate in found.candidates)
    if country is not None:
        codes = (country,)
    elif admin1 is not None:
        codes = (admin1[:2],)
    known = tuple(code for code in codes if code in gazetteer.countries())
    toponym: Toponym = read_toponym(rest)
    units = toponym.units or (Unit(rest, rest),)
    return _Question(units[0], units[1:], known, country_text, admin1, date, tuple(doubts))


@dataclass(frozen=True, slots=True)
class _Scored:
    """A candidate and what speaks for it; `evidence` is a log-likelihood, 0 the best."""

    country: gazetteer.Country
    entry: int
    near: Near
    evidence: float
    level: str
    region: str | None  # the region printed, if the candidate lies elsewhere


def _candidates(question: _Question) -> list[_Scored]:
    scored = []
    for code in question.countries:
        found = gazetteer.country(code)
        region, regions = _region(found, question)
        for near in nearest(found, _spellings(question.place)):
            scored.append(_weigh(found, near, question, region, regions))
    return sorted(scored, key=lambda s: (-s.evidence, s.country.ids[s.entry]))


def _spellings(unit: Unit) -> tuple[str, ...]:
    return tuple(dict.fromkeys((unit.name, unit.bare, *unit.others)))


def _region(found: gazetteer.Country, question: _Question) -> tuple[str, frozenset[str]]:
    """The printed region and the ISO 3166-2 codes it may mean."""
    if question.admin1 is not None:
        return question.admin1, frozenset([question.admin1])
    for unit in reversed(question.within):
        near = [
            n
            for n in nearest(found, _spellings(unit))
            if found.levels[n.entry] == 0 and n.distance < 0.35
        ]
        if near:
            best = min(n.distance for n in near)
            codes = {found.admin1[n.entry] for n in near if n.distance < best + 0.1}
            return unit.bare, frozenset(codes)
    return "", frozenset()


def _weigh(
    found: gazetteer.Country,
    near: Near,
    question: _Question,
    region: str,
    regions: frozenset[str],
) -> _Scored:
    level = gazetteer.LEVELS[found.levels[near.entry]]
    municipal = level == "admin1" and bool(found.geonames[near.entry])
    wanted = question.place.levels
    evidence = -8 * near.distance + 0.2 * math.log10(1 + int(found.population[near.entry]))
    fits = not wanted or level in wanted or (municipal and "city" in wanted)
    if not fits and not (wanted == ("city",) and level in ("prefecture", "district")):
        evidence -= 1.5
    elsewhere = bool(regions) and found.admin1[near.entry] not in regions
    if elsewhere:
        evidence -= 2.5
    if _out_of_force(found, near.entry, question.date):
        evidence -= 6
    return _Scored(found, near.entry, near, evidence, level, region if elsewhere else None)


def _out_of_force(found: gazetteer.Country, entry: int, date: str | None) -> bool:
    start, end = found.valid_from[entry], found.valid_to[entry]
    return (end != "" and (date is None or date >= end)) or (
        start != "" and date is not None and date < start
    )


def _decide(text: str, question: _Question, scored: list[_Scored], limit: int) -> Match:
    doubts = list(question.doubts)
    candidates = tuple(_candidate(s) for s in scored[:limit])
    if not scored or scored[0].near.distance > 0.45:
        where = ", ".join(question.countries)
        doubts.append(Doubt("unmatched_name", f"{question.place.bare}: no place of {where} fits"))
        rule = f"nothing in {where} is near enough"
        return Match(text, None, "unmatched", None, rule, candidates, tuple(doubts))
    best = scored[0]
    rivals = [
        s
        for s in scored[1:]
        if best.evidence - s.evidence < 0.4 and s.near.distance <= best.near.distance + 0.1
    ]
    score = round(math.exp(-2 * best.near.distance), 3)
    if rivals and best.near.distance > 0.05:
        names = ", ".join(s.country.names[s.entry] for s in (best, *rivals))
        doubts.append(Doubt("ambiguous_name", f"{question.place.bare} is as near to {names}"))
        rule = f"as near to each of {names}"
        return Match(text, None, "ambiguous", score, rule, candidates, tuple(doubts))
    doubts += _doubts(question, best, scored)
    return Match(
        text, best.country.ids[best.entry], best.near.status, score, best.near.rule,
        candidates, tuple(doubts),
    )  # fmt: skip


def _doubts(question: _Question, best: _Scored, scored: list[_Scored]) -> Iterable[Doubt]:
    name, level = best.country.names[best.entry], best.level
    municipal = level == "admin1" and bool(best.country.geonames[best.entry])
    wanted = question.place.levels
    if best.region is not None:
        message = f"{name} lies in {best.country.admin1[best.entry]}, not in {best.region}"
        yield Doubt("admin1_conflict", message)
    if wanted and level not in wanted and not (municipal and "city" in wanted):
        if not (wanted == ("city",) and level in ("prefecture", "district")):
            message = f"{question.place.type_word} says {wanted[0]}, {name} is {level}"
            yield Doubt("level_mismatch", message)
    elif not wanted:
        for other in scored[1:]:
            if other.near.distance == best.near.distance and other.level != level:
                yield Doubt("level_ambiguous", f"{name} is both {level} and {other.level}")
                break
    if len(question.countries) > 1:
        message = f"{question.country_text} is printed for {best.country.code}"
        yield Doubt("country_misnamed", message)
    if best.near.status == "inferred":
        yield Doubt("misspelling", f"{question.place.name} is read as {name}")


def _candidate(s: _Scored) -> Candidate:
    where = s.country.admin1[s.entry] or s.country.code
    score = round(math.exp(-2 * s.near.distance), 3)
    return Candidate(
        s.country.ids[s.entry], s.country.names[s.entry], score, f"{s.level} in {where}"
    )


def match_places(
    texts: Any,
    *,
    country: Any = None,
    admin1: Any = None,
    date: str | None = None,
) -> pd.DataFrame:
    """`match_place` for a column: one row a text, same index; distinct texts are matched once.

    `country` and `admin1` are each a string for all rows or a column beside the names. The
    columns are `verbatim, place_id, name, country_code, admin1_code, level, status, score, rule`.
    """
    import pandas as pd

    column = texts if isinstance(texts, pd.Series) else pd.Series(texts, dtype=object)
    countries = _beside(country, column)
    regions = _beside(admin1, column)
    answers: dict[Any, Match] = {}
    rows = []
    for key in zip(column.tolist(), countries, regions, strict=True):
        text = key[0] if isinstance(key[0], str) else None
        if (text, *key[1:]) not in answers:
            answers[text, *key[1:]] = match_place(text, country=key[1], admin1=key[2], date=date)
        rows.append(answers[text, *key[1:]])
    places = [gazetteer.place(m.id) if m.id else None for m in rows]
    return pd.DataFrame(
        {
            "verbatim": column,
            "place_id": [m.id for m in rows],
            "name": [p.name if p else None for p in places],
            "country_code": [p.country_code if p else None for p in places],
            "admin1_code": [p.admin1_code if p else None for p in places],
            "level": [p.level if p else None for p in places],
            "status": [m.status for m in rows],
            "score": [m.score for m in rows],
            "rule": [m.rule for m in rows],
        },
        index=column.index,
    )


def _beside(values: Any, column: pd.Series[Any]) -> list[str | None]:
    if values is None or isinstance(values, str):
        return [values] * len(column)
    if len(values) != len(column):
        raise DataError(f"{len(column)} texts, but {len(values)} values beside them")
    return [value if isinstance(value, str) and value else None for value in values]
