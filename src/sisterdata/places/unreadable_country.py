"""A name beside a country that cannot be read: no answer, but places to choose from."""

from __future__ import annotations

from dataclasses import replace

from sisterdata.countries.suggest import suggest_countries
from sisterdata.match_result import Candidate, Doubt, Match
from sisterdata.places.check_arguments import Options
from sisterdata.places.match import match_read

LEAST = 0.01  # a place with a lower score is not shown


def unread_country(text: str, name: str, country: str, options: Options, limit: int = 5) -> Match:
    """The answer to a name whose country cannot be read.

    text
        The name as it was given, with the text printed beside it.
    name, country
        The name alone, and the text that cannot be read as a country.

    It is ``unmatched``. The candidates are places with this name in the countries whose names are
    most similar to the text.

    >>> found = unread_country("Budapest, Hungry", "Budapest", "Hungry", Options())
    >>> found.id, found.rule
    (None, "cannot read the country 'Hungry'; it may be Hungary (HU)")
    >>> found.candidates[0].id
    'iso3166-2:HU-BU'
    """
    countries = suggest_countries(country)
    rule = f"cannot read the country {country!r}"
    if countries:
        rule += "; it may be " + " or ".join(f"{c.name} ({c.id})" for c in countries)
    places: dict[str, Candidate] = {}
    for likely in countries if limit else ():
        for place in match_read(name, (likely.id,), None, options, limit).candidates:
            score = round(place.score * likely.score, 3)
            if score >= LEAST:
                places.setdefault(place.id, replace(place, score=score))
    ranked = sorted(places.values(), key=lambda place: -place.score)[:limit]
    return Match(
        text, None, "unmatched", None, rule, tuple(ranked), (Doubt("country_unread", rule),)
    )
