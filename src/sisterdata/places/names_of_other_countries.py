"""Names that belong to another country than the one printed with them."""

from __future__ import annotations

from dataclasses import replace

from sisterdata.match_result import Candidate, Doubt
from sisterdata.places.describe_place import whereabouts
from sisterdata.places.parsed_query import MOST_COUNTRIES, Question, sound_keys
from sisterdata.places.regions_in_text import everywhere
from sisterdata.places.score_candidates import LEAST_PEOPLE_HEARD, NEAR_ANYWHERE, Scored, weigh

_DOUBTFUL = 1.8  # nats per unit; a name so far off may be one of another country


def countries_of_name(question: Question, best: Scored | None) -> tuple[str, ...]:
    """The other countries that the name is one of, where it is not one in the printed country."""
    if question.anywhere or (best is not None and not best.fit.is_likeness):
        return ()
    names = question.place.name, question.place.bare
    codes = [code for code in everywhere(names) if code not in question.countries]
    if codes or best is None or best.fit.far <= _DOUBTFUL:
        return tuple(codes)
    heard = everywhere(sound_keys(question.place.name))
    others = [code for code in heard if code not in question.countries][:MOST_COUNTRIES]
    return tuple(code for code in others if _well_known(question, code))


def _well_known(question: Question, code: str) -> list[Scored]:
    """The places of another country that are well known and sound just like the name."""
    there = weigh(replace(question, countries=(code,), within=(), admin1=None))
    return [
        s
        for s in there
        if not s.fit.is_likeness
        or (
            s.fit.far <= NEAR_ANYWHERE
            and (s.entry.level == "admin1" or s.entry.population >= LEAST_PEOPLE_HEARD)
        )
    ]


def country_conflict(
    question: Question, abroad: tuple[str, ...], limit: int
) -> tuple[Doubt, list[Candidate]]:
    """The doubt that says so, and the places of the other countries that are probably meant."""
    here, there = ", ".join(question.countries), ", ".join(abroad)
    message = f"{question.place.bare} is a name in {there}, not in {here}"
    meant = [s for code in abroad[:MOST_COUNTRIES] for s in _well_known(question, code)[:1]]
    meant.sort(key=lambda s: (-s.entry.population, s.entry.id))
    listed = []
    for s in meant[:limit]:
        place = s.entry.place()
        listed.append(Candidate(place.id, place.name, 0.0, whereabouts(place)))
    return Doubt("country_conflict", message), listed
