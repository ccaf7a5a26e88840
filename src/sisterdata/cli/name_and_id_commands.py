"""The commands on names and ids: match, info, search."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sisterdata.cli.shared_options import Admin1, Country, Date, Json, Level, MinScore
from sisterdata.cli.terminal_output import print_json, print_table, say, show

if TYPE_CHECKING:
    from sisterdata.match_result import Match


def match(
    text: Annotated[str, typer.Argument(help="The name of a place, or of a country.")],
    country: Country = None,
    admin1: Admin1 = None,
    level: Level = None,
    date: Date = None,
    min_score: MinScore = None,
    successor: Annotated[
        bool,
        typer.Option("--successor", help="Answer with the unit that took over a former one."),
    ] = False,
    as_country: Annotated[
        bool, typer.Option("--as-country", help="Match a country instead of a place.")
    ] = False,
    json_: Json = False,
) -> None:
    """Match one place or country, and say why.

    Exits with 1 if there is no certain match.
    """
    from sisterdata.countries.match import match_country
    from sisterdata.lists import read_options
    from sisterdata.places.match import match_place

    if as_country:
        found = match_country(text)
    else:
        found = match_place(
            text,
            country=country and read_options.country_code(country),
            admin1=admin1 and read_options.admin1_code(admin1),
            level=level,
            date=date and read_options.date_in_force(date),
            min_score=min_score,
            successor=successor,
        )
    if json_:
        print_json(asdict(found))
    else:
        _print_match(found)
        if found.status == "not_run" and not as_country and text.strip():
            say('add the country: after the place ("Busan, Korea"), or with --country')
    raise typer.Exit(0 if found else 1)


def _print_match(found: Match) -> None:
    from sisterdata import gazetteer
    from sisterdata.places.describe_place import whereabouts

    score = "" if found.score is None else f"  {found.score:.2f}"
    show(f"{found.id or '-'}  {found.status}{score}")
    show(f"why: {found.rule}")
    for doubt in found.doubts:
        show(f"doubt: {doubt.code}: {doubt.message}")
    if found.candidates:
        places = [gazetteer.place(candidate.id) for candidate in found.candidates]
        print_table(
            ["candidate", "name", "score", "what"],
            [
                [c.id, c.name, f"{c.score:.2f}", whereabouts(place) if place else c.description]
                for c, place in zip(found.candidates, places, strict=True)
            ],
        )


def info(
    place_id: Annotated[str, typer.Argument(help="An id, such as iso3166-2:TH-50; or a country.")],
    json_: Json = False,
) -> None:
    """Print what is known about a place id, or about a country."""
    from sisterdata.lookup.country_info import get_country
    from sisterdata.lookup.place_info import get_place

    found = get_place(place_id) if ":" in place_id else get_country(place_id)
    values = asdict(found)
    if json_:
        print_json(values)
        return
    rows = [[name, str(value)] for name, value in values.items() if value not in (None, "", ())]
    print_table(["field", "value"], rows)


def search(
    text: Annotated[str, typer.Argument(help="The beginning of a name, in Thai or Latin letters.")],
    country: Country = None,
    limit: Annotated[int, typer.Option(help="The most places to print.", min=1)] = 20,
    json_: Json = False,
) -> None:
    """Print the places whose names begin with a text.

    The largest come first. Exits with 1 if there are none.
    """
    from itertools import islice

    from sisterdata import gazetteer
    from sisterdata.lists import read_options
    from sisterdata.lookup.prefix_search import starting_with
    from sisterdata.places.describe_place import whereabouts

    wanted = country and read_options.country_code(country)
    matching = (at for at in starting_with(text) if wanted in (None, "", at[0]))
    places = [gazetteer.country(code).place(entry) for code, entry in islice(matching, limit)]
    if json_:
        print_json([asdict(place) for place in places])
    elif places:
        print_table(
            ["id", "name", "Thai name", "what", "population"],
            [[p.id, p.name, p.name_th or "", whereabouts(p), f"{p.population:,}"] for p in places],
        )
    else:
        show(f"no name begins with {text!r}")
    raise typer.Exit(0 if places else 1)
