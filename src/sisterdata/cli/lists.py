"""The shell's commands on files of one's own: normalize, curate, diff."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from sisterdata.cli.output import cells, print_json, print_table, progress_bar
from sisterdata.errors import DataError
from sisterdata.plain_values import counted, records
from sisterdata.vocabulary import STATUSES

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for a program to read.")]


def normalize(
    file: Annotated[
        Path,
        typer.Argument(help="CSV, TSV, Excel, Parquet or JSON lines; or a document (.txt)."),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="Where to write; its suffix tells the form.")
    ],
    place_column: Annotated[
        str | None, typer.Option(help="The column of places; told by its header if not given.")
    ] = None,
    country_column: Annotated[
        str | None, typer.Option(help='The column of countries, names or codes; "" for none.')
    ] = None,
    admin1_column: Annotated[
        str | None, typer.Option(help='The column of regions, names or codes; "" for none.')
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="The country of all rows: its code (ISO 3166-1) or name.")
    ] = None,
    level: Annotated[
        list[str] | None,
        typer.Option(help="A level that a match may have, such as city; give it again for more."),
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="The date at which the units must be in force (ISO 8601).")
    ] = None,
    min_score: Annotated[
        float | None, typer.Option(help="The lowest score that is accepted, from 0 to 1.")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook.")] = None,
    layout: Annotated[
        str | None, typer.Option(help="Read as a document: table, list or article.")
    ] = None,
    prefix: Annotated[
        str, typer.Option(help="What stands before the names of the columns that are added.")
    ] = "match_",
    review: Annotated[
        Path | None, typer.Option(help="Write the doubtful names here, for a person to decide.")
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option(help="Apply what a person decided in a review file.")
    ] = None,
    escape_formulas: Annotated[
        bool,
        typer.Option("--escape-formulas", help="CSV: no cell that a spreadsheet would run."),
    ] = False,
    fail_on: Annotated[
        str,
        typer.Option(
            help=f"Exit with 1 if a row has one of these: {', '.join(STATUSES)}, or open (a name "
            "without an id). Separate several by commas. Decided to be no place does not count."
        ),
    ] = "",
    json_: Json = False,
) -> None:
    """Match the places of a file: its rows, with ids and why.

    Exits with 1 where a row has a status of --fail-on, or a decision does not apply any more.
    """
    from sisterdata.lists.normalize_file import normalize_file

    refused = _choices(fail_on, (*STATUSES, "open"), "--fail-on")
    with progress_bar(f"matching {file.name}") as advance:
        outcome = normalize_file(
            file,
            out,
            place_column=place_column,
            country_column=country_column,
            admin1_column=admin1_column,
            country=country,
            level=level,
            date=date,
            min_score=min_score,
            sheet=sheet,
            layout=layout,
            prefix=prefix,
            review=review,
            decisions=decisions,
            escape_formulas=escape_formulas,
            announce=lambda said: typer.echo(said, err=True),
            advance=advance,
        )
    still_open = Counter(outcome.statuses) - Counter(unmatched=outcome.no_place)
    still_open["open"] = outcome.open_rows
    failed = {status: n for status, n in still_open.items() if status in refused and n}
    if json_:
        print_json(asdict(outcome) | {"failed": failed})
    else:
        print_table(["status", "rows"], [[s, str(n)] for s, n in outcome.statuses.items()])
        if outcome.no_place:
            typer.echo(f"{outcome.no_place} of the unmatched are decided to be no place")
        typer.echo(f"written to {out}")
        if review is not None:
            typer.echo(f"{counted(outcome.to_review, 'name')} to review in {review}")
        for notice in outcome.notices:
            typer.echo(f"{file}: {notice}")
        for finding in outcome.findings:
            typer.echo(f"{finding.where}: {finding.message}")
        if failed:
            typer.echo("failed: " + ", ".join(f"{n} {status}" for status, n in failed.items()))
    raise typer.Exit(1 if failed or outcome.findings else 0)


def curate(
    review: Annotated[Path, typer.Argument(help="A review file with decisions.")],
    into: Annotated[
        Path | None,
        typer.Option(help="The file of curated names; the library's own if not given."),
    ] = None,
    json_: Json = False,
) -> None:
    """Move a review file's decisions to the curated names.

    All are checked first; where one is amiss, none is moved.
    """
    from sisterdata.lists.curate import curate as move

    curated = move(review, into)
    if json_:
        print_json(asdict(curated))
        return
    for decision in curated.moved:
        name = decision.name
        means = f"{name.verbatim} ({name.country_code}) means {decision.place_ids[0]}"
        typer.echo(f"{means}: {decision.reason}")
    for left in curated.left:
        typer.echo(f"left: {left}")
    typer.echo(f"{counted(len(curated.moved), 'name')} curated")


def diff(
    old: Annotated[Path, typer.Argument(help="A document, its normalized rows, or a dataset.")],
    new: Annotated[Path, typer.Argument(help="The same, of later.")],
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown, for a pull request.")
    ] = False,
    fail_on: Annotated[
        str, typer.Option(help="Exit with 1 where a pair has changed so: vanished,receded.")
    ] = "",
    json_: Json = False,
) -> None:
    """Tell which pairs appeared, vanished, advanced or were respelt."""
    from sisterdata.dataset import diff as diffs

    refused = _choices(fail_on, diffs.KINDS, "--fail-on")
    changes = diffs.diff(old, new)
    if json_:
        print_json(records(changes))
    elif markdown:
        typer.echo(diffs.markdown(changes, old.name, new.name))
    else:
        shown = ["kind", "place", "partner", "before", "after", "verbatim_partner"]
        if len(changes):
            print_table(shown, cells(changes[shown]))
        counts = changes["kind"].value_counts()
        typer.echo(", ".join(f"{n} {kind}" for kind, n in counts.items()) or "no pair has changed")
    raise typer.Exit(1 if changes["kind"].isin(refused).any() else 0)


def _choices(printed: str, known: Iterable[str], option: str) -> list[str]:
    chosen = [choice.strip() for choice in printed.split(",") if choice.strip()]
    unknown = [choice for choice in chosen if choice not in known]
    if unknown:
        raise DataError(
            f"there is no {unknown[0]!r} for {option}", todo=f"give some of {', '.join(known)}"
        )
    return chosen
