"""How the commands print: tables for people, JSON for programs, a progress bar."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Any

import typer

from sisterdata.serializable_values import records

if TYPE_CHECKING:
    import pandas as pd

PATIENCE = 2.0  # seconds before a bar is shown
_quiet = False


def set_quiet(quiet: bool) -> None:
    """Whether `say` prints nothing, and no progress is shown."""
    global _quiet  # noqa: PLW0603
    _quiet = quiet


def say(text: str, *, err: bool = False) -> None:
    """Print what happens, in the language of the user; nothing with --quiet."""
    if not _quiet:
        show(text, err=err)


def show(text: str, *, err: bool = False) -> None:
    """Print a result, in the language of the user."""
    typer.echo(in_language(text), err=err)


def in_language(text: str) -> str:
    """A message in the language of the user."""
    from sisterdata.messages.output_language import current_language

    language = current_language()
    if language == "en":
        return text
    from sisterdata.messages import translate

    return translate(text, language)


def print_json(value: Any, *, err: bool = False) -> None:
    """Print a value as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2), err=err)


def print_table(columns: list[str], rows: list[list[str]], *, err: bool = False) -> None:
    """Print rows of cells as a table, `err` on standard error."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*map(in_language, columns), box=box.SIMPLE)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    # A pipe has no width: nothing is cut for a program that reads.
    to = sys.stderr if err else sys.stdout
    Console(width=None if to.isatty() else 400, stderr=err).print(table)


def cells(df: pd.DataFrame) -> list[list[str]]:
    """Rows as text, empty where a cell is missing."""
    return [
        ["" if value is None else str(value) for value in record.values()] for record in records(df)
    ]


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar, shown after PATIENCE seconds; call it with how much is done, and the total.

    Nothing is shown if standard error is not a terminal.
    """
    if _quiet or not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task(what, total=None)
    start = Timer(PATIENCE, bar.start)
    start.daemon = True
    start.start()
    try:
        yield lambda done, size: bar.update(task, completed=done, total=size)
    finally:
        start.cancel()
        start.join()
        bar.stop()
