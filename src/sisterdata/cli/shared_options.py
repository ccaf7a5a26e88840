"""The options that several commands share, each with its help text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sisterdata.errors import DataError
from sisterdata.vocabulary import STATUSES

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
Country = Annotated[
    str | None, typer.Option(help="The country: a name or a code of ISO 3166-1, such as KR.")
]
Admin1 = Annotated[
    str | None, typer.Option(help="The first-level unit: its ISO 3166-2 code, such as CN-JS.")
]
Level = Annotated[
    list[str] | None,
    typer.Option(help="A level that a match may have, such as city; repeat it for more."),
]
Date = Annotated[
    str | None, typer.Option(help="The date on which a unit must exist, such as 2022-03-10.")
]
MinScore = Annotated[
    float | None, typer.Option(help="The lowest score that is accepted, from 0 to 1.")
]
Layout = Annotated[
    str | None, typer.Option(help="Its layout: table, list or article; detected if omitted.")
]
Home = Annotated[
    str | None,
    typer.Option(help="The place whose list it is, such as Bangkok, if the document does not say."),
]
Context = Annotated[
    bool,
    typer.Option(
        "--context/--no-context", help="Use the other names of a table as evidence for each name."
    ),
]
Sheet = Annotated[str | None, typer.Option(help="The sheet of a workbook.")]
Review = Annotated[Path | None, typer.Option(help="Write the doubtful names here, for review.")]
From = Annotated[
    str | None,
    typer.Option(
        "--from", help="The format of the input, such as csv; from the suffix if omitted."
    ),
]
Column = Annotated[str | None, typer.Option(help='The column; detected if omitted, "" for none.')]
Prefix = Annotated[str, typer.Option(help="The prefix of the names of the added columns.")]
OutTable = Annotated[
    Path,
    typer.Option(
        "--out", "-o", help="The table to write; the suffix sets the format; - for standard output."
    ),
]
EscapeFormulas = Annotated[
    bool,
    typer.Option("--escape-formulas", help="CSV: escape cells that a spreadsheet would run."),
]
FailOn = Annotated[
    str,
    typer.Option(
        help=f"Exit with 1 if a row has one of these: {', '.join(STATUSES)}, or open (a name "
        "without an id). Separate several by commas. Names decided to be none do not count."
    ),
]
Decisions = Annotated[Path | None, typer.Option(help="Apply the decisions of this review file.")]


def choices(text: str, known: tuple[str, ...], option: str) -> list[str]:
    """The words of an option that takes several, separated by commas.

    Raises `DataError` for a word that is not known.
    """
    chosen = [choice.strip() for choice in text.split(",") if choice.strip()]
    unknown = [choice for choice in chosen if choice not in known]
    if unknown:
        raise DataError(
            f"{option} does not know {unknown[0]!r}", todo=f"choose from {', '.join(known)}"
        )
    return chosen
