"""The command `match`: one name, and why it means what it means."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from sisterdata.cli.options import Admin1, Country, Date, Json, Level, MinScore
from sisterdata.cli.output import print_json, print_table

if TYPE_CHECKING:
    from sisterdata.match import Match


def match(
    text: Annotated[str, typer.Argument(help="The name of a place, or of a country.")],
    country: Country = None,
    admin1: Admin1 = None,
    level: Level = None,
    date: Date = None,
    min_score: MinScore = None,
    as_country: Annotated[
        bool, typer.Option("--as-country", help="Match a country instead of a place.")
    ] = False,
    json_: Json = False,
) -> None:
    """Match one place or country, and say why.

    Exits with 1 if there is no certain match.
    """
    from sisterdata.countries.match import match_country
    from sisterdata.lists import arguments
    from sisterdata.places.match import match_place

    if as_country:
        found = match_country(text)
    else:
        found = match_place(
            text,
            country=country and arguments.country_code(country),
            admin1=admin1 and arguments.admin1_code(admin1),
            level=level,
            date=date and arguments.date_in_force(date),
            min_score=min_score,
        )
    if json_:
        print_json(asdict(found))
    else:
        _print_match(found)
        if found.status == "not_run" and not as_country and text.strip():
            typer.echo('add the country: after the place ("Busan, Korea"), or with --country')
    raise typer.Exit(0 if found else 1)


def _print_match(found: Match) -> None:
    from sisterdata import gazetteer
    from sisterdata.places.describe import whereabouts

    score = "" if found.score is None else f"  {found.score:.2f}"
    typer.echo(f"{found.id or '-'}  {found.status}{score}")
    typer.echo(f"why: {found.rule}")
    for doubt in found.doubts:
        typer.echo(f"doubt: {doubt.code}: {doubt.message}")
    if found.candidates:
        places = [gazetteer.place(candidate.id) for candidate in found.candidates]
        print_table(
            ["candidate", "name", "score", "what"],
            [
                [c.id, c.name, f"{c.score:.2f}", whereabouts(place) if place else c.description]
                for c, place in zip(found.candidates, places, strict=True)
            ],
        )
