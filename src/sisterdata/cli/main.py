"""The command `sisterdata`. Exit codes: 0 success, 1 findings, 2 unusable input."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

import sisterdata
from sisterdata.cli import datasets, lists, names
from sisterdata.cli.review import review
from sisterdata.errors import SisterdataError

app = typer.Typer(
    name="sisterdata",
    help="Sister-city lists, in Thai and English, as tidy, validated, linked data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"sisterdata {sisterdata.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


def serve(
    host: Annotated[str, typer.Option(help="The address; only this machine if omitted.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="The port; 0 for any free one.")] = 8000,
    url: Annotated[str, typer.Option(help="The address that clients use, behind a proxy.")] = "",
) -> None:
    """Serve places and countries to OpenRefine, until stopped.

    Follows the Reconciliation API 0.2, at /places and /countries.
    """
    from sisterdata.serve import serve as run

    run(host, port, url=url, tell=typer.echo)


for _command in (
    *(datasets.build, datasets.check, lists.parse, names.match, lists.normalize, review),
    *(lists.curate, lists.diff, datasets.report, datasets.export, serve),
):
    app.command()(_command)


def main() -> None:
    """Run the shell command; an error is one line on standard error, and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without Thai shows escapes
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except (SisterdataError, OSError) as error:
        typer.echo(f"sisterdata: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
