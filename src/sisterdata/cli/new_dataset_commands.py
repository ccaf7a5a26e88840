"""The commands on a dataset of your own: init, add."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sisterdata.cli.terminal_output import say, show


def init(
    folder: Annotated[Path, typer.Argument(help="The folder of the dataset.")] = Path(),
) -> None:
    """Lay out a dataset of your own: raw/ and a CI workflow."""
    from sisterdata.dataset.add_document import init as lay_out

    for path in lay_out(folder):
        say(f"written to {path}")
    say(f"next: sisterdata add FILE --into {folder / 'raw'} --publisher NAME")


def add(
    file: Annotated[Path, typer.Argument(help="The document, as received.")],
    publisher: Annotated[str, typer.Option(prompt=True, help="Who published it.")],
    into: Annotated[Path, typer.Option(help="The folder of sources.")] = Path("raw"),
    licence: Annotated[str, typer.Option(help="The document's licence.")] = "not stated",
    source_id: Annotated[
        str | None,
        typer.Option("--id", help="The name of its folder; from the file's name if omitted."),
    ] = None,
    title: Annotated[
        str | None, typer.Option(help="The document's title; as printed if omitted.")
    ] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published.")] = None,
) -> None:
    """File a document: copy it, describe it, show what was read."""
    from sisterdata.dataset.add_document import add as file_document

    source, document = file_document(
        file,
        into,
        publisher=publisher,
        licence=licence,
        source_id=source_id,
        title=title,
        url=url,
    )
    show(f"{source.source_id}: {source.layout}, {source.language}, {document.date or 'no date'}")
    kinds = document.lines["kind"].value_counts()
    show(", ".join(f"{kind} {count}" for kind, count in kinds.items()))
    for claim in source.claims:
        show(f"claims: {claim}")
    say(f"written to {source.file.parent}")
    say(f"next: sisterdata build {into} -o data")
