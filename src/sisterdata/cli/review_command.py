"""The command `review`: a page on which a person decides the open names of a list."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from sisterdata.cli.shared_options import Country, Decisions, Home, Layout, Sheet
from sisterdata.cli.terminal_output import say
from sisterdata.errors import DataError

Column = Annotated[str | None, typer.Option(help='The column; detected if omitted, "" for none.')]


def review(
    file: Annotated[Path, typer.Argument(help="A table, a document or a review file.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write the page to this HTML file instead of serving it."),
    ] = None,
    save: Annotated[
        Path, typer.Option("--save", help="Where the served page saves the decisions.")
    ] = Path("review.csv"),
    decisions: Decisions = None,
    place_column: Column = None,
    country_column: Column = None,
    admin1_column: Column = None,
    country: Country = None,
    sheet: Sheet = None,
    layout: Layout = None,
    home: Home = None,
    port: Annotated[int, typer.Option(help="The port to serve on; 0 for any free one.")] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
) -> None:
    """Decide the open names of a list on a page, by keyboard.

    Serves the page on this machine only, until stopped, and saves review.csv. With -o, writes one
    HTML file that works without a server. Then run: sisterdata normalize FILE -o OUT --decisions
    review.csv
    """
    from sisterdata.reporting.review_page import review_content, review_html, review_page
    from sisterdata.reporting.review_server import serve_review
    from sisterdata.reporting.undecided_names import is_review

    given = {
        **{"place_column": place_column, "country_column": country_column},
        **{"admin1_column": admin1_column, "country": country},
        **{"sheet": sheet, "layout": layout, "home": home},
    }
    options = {name: value for name, value in given.items() if value is not None}
    if out is not None:
        say(f"written to {review_page(file, out, decisions=decisions, **options)}")
        return
    if decisions is None and save.exists() and save.resolve() != file.resolve():
        if not is_review(save):
            raise DataError(
                "this is not a review file, and would be overwritten",
                where=str(save),
                todo="name another file with --save",
            )
        decisions = save  # what was decided before goes on
    html = review_html(review_content(file, decisions=decisions, save=str(save), **options))

    def announce(message: str) -> None:
        say(message, err=True)
        if browser and message.startswith("open http"):
            webbrowser.open(message.removeprefix("open "))

    serve_review(html, save, port, announce)
