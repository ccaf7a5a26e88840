"""The commands on lists: parse, normalize, curate, diff."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sisterdata.cli.shared_options import (
    Column,
    Context,
    Country,
    Date,
    Decisions,
    EscapeFormulas,
    FailOn,
    From,
    Home,
    Json,
    Layout,
    Level,
    MinScore,
    OutTable,
    Prefix,
    Review,
    Sheet,
    choices,
)
from sisterdata.cli.standard_streams import readable, writable
from sisterdata.cli.terminal_output import cells, print_json, print_table, progress_bar, say, show
from sisterdata.serializable_values import counted, records
from sisterdata.vocabulary import STATUSES

if TYPE_CHECKING:
    from sisterdata.lists.normalize_file import Outcome


def parse(
    file: Annotated[Path, typer.Argument(help="A document; - for standard input.")],
    layout: Layout = None,
    home: Home = None,
    from_: From = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Stop at a line that cannot be classified.")
    ] = False,
    json_: Json = False,
) -> None:
    """Print the rows of a document, and how each line was classified."""
    from sisterdata.lists.document_rows import parse_file

    with readable(file, from_) as (path, format_):
        document = parse_file(path, layout=layout, home=home, format=format_, strict=strict)
    if json_:
        frames = ("rows", "organizations", "claims", "events", "lines", "issues")
        values = {
            name: getattr(document, name) for name in ("source_id", "layout", "title", "date")
        }
        print_json(values | {name: records(getattr(document, name)) for name in frames})
        return
    columns = ["line", "verbatim_place", "verbatim_partner", "verbatim_year", "verbatim_note"]
    print_table(columns, cells(document.rows[columns]))
    kinds = document.lines["kind"].value_counts()
    say(f"{document.layout}; " + ", ".join(f"{kind} {n}" for kind, n in kinds.items()))
    for issue in document.issues.itertuples():
        named = f"{issue.verbatim!r}: " if issue.code == "unknown_column" else ""
        say(f"{file}:{issue.line}: {issue.code}: {named}{issue.message}")


def normalize(
    file: Annotated[Path, typer.Argument(help="A table or a document; - for standard input.")],
    out: OutTable,
    place_column: Column = None,
    country_column: Column = None,
    admin1_column: Column = None,
    country: Country = None,
    level: Level = None,
    date: Date = None,
    min_score: MinScore = None,
    from_: From = None,
    sheet: Sheet = None,
    layout: Layout = None,
    home: Home = None,
    context: Context = True,
    prefix: Prefix = "match_",
    review: Review = None,
    decisions: Decisions = None,
    escape_formulas: EscapeFormulas = False,
    fail_on: FailOn = "",
    json_: Json = False,
) -> None:
    """Match the places in a file: add ids and reasons to its rows.

    Exits with 1 if a row has a status of --fail-on, or a decision no longer applies.
    """
    from sisterdata.lists.normalize_file import normalize_file

    options = locals()
    refused = choices(fail_on, (*STATUSES, "open"), "--fail-on")
    kept = {name: options[name] for name in _PASSED_ON}
    with (
        readable(file, from_) as (source, format_),
        writable(out) as target,
        progress_bar(f"matching {file.name}") as advance,
    ):
        outcome = normalize_file(
            source,
            target,
            format=format_,
            announce=lambda message: say(message, err=True),
            advance=advance,
            **kept,
        )
    counts = Counter(outcome.statuses) - Counter(unmatched=outcome.no_place)
    counts["open"] = outcome.open_rows
    failed = {status: n for status, n in counts.items() if status in refused and n}
    to_stderr = out.name == "-"
    if json_:
        print_json(asdict(outcome) | {"failed": failed}, err=to_stderr)
    else:
        _print_outcome(outcome, failed, file, out, review, err=to_stderr)
    raise typer.Exit(1 if failed or outcome.findings else 0)


# The options of `normalize` that are those of `normalize_file`.
_PASSED_ON = (
    *("place_column", "country_column", "admin1_column", "country", "level", "date", "min_score"),
    *("sheet", "layout", "home", "context", "prefix", "review", "decisions", "escape_formulas"),
)


def _print_outcome(
    outcome: Outcome,
    failed: dict[str, int],
    file: Path,
    out: Path,
    review: Path | None,
    *,
    err: bool,
) -> None:
    print_table(["status", "rows"], [[s, str(n)] for s, n in outcome.statuses.items()], err=err)
    if outcome.no_place:
        say(f"{outcome.no_place} of the unmatched are decided to be no place", err=err)
    if not err:
        say(f"written to {out}")
    if review is not None:
        say(f"{counted(outcome.to_review, 'name')} to review in {review}", err=err)
    for notice in outcome.notices:
        say(f"{file}: {notice}", err=err)
    for finding in outcome.findings:
        show(f"{finding.where}: {finding.message}", err=err)
    if failed:
        show("failed: " + ", ".join(f"{n} {status}" for status, n in failed.items()), err=err)


def curate(
    review: Annotated[Path, typer.Argument(help="A review file with decisions.")],
    into: Annotated[
        Path | None,
        typer.Option(help="The file of curated names; that of the package if omitted."),
    ] = None,
    json_: Json = False,
) -> None:
    """Move the decisions of a review file to the curated names.

    All are checked first; if one is wrong, none is moved.
    """
    from sisterdata.lists.curate import curate as move

    curated = move(review, into)
    if json_:
        print_json(asdict(curated))
        return
    for decision in curated.moved:
        name = decision.name
        means = f"{name.verbatim} ({name.country_code}) means {decision.place_ids[0]}"
        say(f"{means}: {decision.reason}")
    for left in curated.left:
        say(f"left: {left}")
    say(f"{counted(len(curated.moved), 'name')} curated")


def diff(
    old: Annotated[Path, typer.Argument(help="A document, its normalized rows, or a dataset.")],
    new: Annotated[Path, typer.Argument(help="A later version of it.")],
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown, for a pull request.")
    ] = False,
    fail_on: Annotated[
        str, typer.Option(help="Exit with 1 if a pair has changed like this: vanished,receded.")
    ] = "",
    json_: Json = False,
) -> None:
    """Print which pairs appeared, vanished, advanced or were respelt."""
    from sisterdata.dataset import diff as diffs

    refused = choices(fail_on, tuple(diffs.KINDS), "--fail-on")
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
        show(", ".join(f"{n} {kind}" for kind, n in counts.items()) or "no pair has changed")
    raise typer.Exit(1 if changes["kind"].isin(refused).any() else 0)
