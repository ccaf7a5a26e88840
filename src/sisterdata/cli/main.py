"""The command `sisterdata`. Exit codes: 0 success, 1 findings, 2 unusable input."""

from __future__ import annotations

import io
import sys
from typing import Annotated

import typer

import sisterdata
from sisterdata.cli.city_list_commands import curate, diff, normalize, parse
from sisterdata.cli.convert_command import convert
from sisterdata.cli.dataset_commands import build, check, export, report
from sisterdata.cli.help_texts import asked_language, help_in_thai
from sisterdata.cli.name_and_id_commands import info, match, search
from sisterdata.cli.new_dataset_commands import add, init
from sisterdata.cli.review_command import review
from sisterdata.cli.terminal_output import in_language, say, set_quiet
from sisterdata.errors import SisterdataError
from sisterdata.messages.output_language import choose_language, current_language

app = typer.Typer(
    name="sisterdata",
    help="Sister-city lists, in Thai and English, as tidy, validated, linked data.",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

EXAMPLES = """\
sisterdata turns lists of sister cities, in Thai and English, into tidy, linked data.

  sisterdata match "เมืองปูซาน สาธารณรัฐเกาหลี"
  sisterdata normalize pairs.csv -o matched.csv --review review.csv
  sisterdata report matched.csv -o matched.html

All commands: sisterdata --help. One command: sisterdata match --help.
"""

EXAMPLES_TH = """\
sisterdata ช่วยให้บัญชีเมืองพี่เมืองน้อง ทั้งไทยและอังกฤษ เป็นข้อมูลที่เรียบร้อยและเชื่อมโยงได้

  sisterdata match "เมืองปูซาน สาธารณรัฐเกาหลี"
  sisterdata normalize pairs.csv -o matched.csv --review review.csv
  sisterdata report matched.csv -o matched.html

ดูคำสั่งทั้งหมด: sisterdata --help ดูคำสั่งเดียว: sisterdata match --help
"""


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"sisterdata {sisterdata.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 (printed by its callback)
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
    lang: Annotated[
        str | None,
        typer.Option(
            help="Language of messages: en or th; by default from SISTERDATA_LANG or the locale."
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Print results and errors only.")
    ] = False,
) -> None:
    choose_language(lang)
    set_quiet(quiet)
    if context.invoked_subcommand is None:
        typer.echo(EXAMPLES_TH if current_language() == "th" else EXAMPLES, nl=False)


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

    run(host, port, url=url, tell=say)


for _command in (
    *(init, add, build, check),
    *(parse, match, info, search),
    *(normalize, convert, review, curate, diff),
    *(report, export, serve),
):
    app.command()(_command)


def main() -> None:
    """Run the shell command; an error is one line on standard error, and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without Thai shows escapes
            stream.reconfigure(errors="backslashreplace")
    command = typer.main.get_command(app)
    if (asked_language(sys.argv[1:]) or current_language()) == "th":
        help_in_thai(command)
    try:
        command()
    except SisterdataError as error:
        said = "; ".join(in_language(text) for text in (error.what, error.todo) if text)
        typer.echo(f"sisterdata: {error.where}{': ' if error.where else ''}{said}", err=True)
        sys.exit(2)
    except OSError as error:
        typer.echo(f"sisterdata: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
