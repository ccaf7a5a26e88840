"""The commands on datasets: build, check, report, export."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from sisterdata.cli.shared_options import Json
from sisterdata.cli.terminal_output import cells, print_json, print_table, say, show
from sisterdata.serializable_values import counted, records

if TYPE_CHECKING:
    from sisterdata.dataset.check import Report


def build(
    out_dir: Annotated[Path, typer.Option("--out", "-o", help="The folder to write.")],
    raw_dir: Annotated[Path, typer.Argument(help="The folder of sources.")] = Path("raw"),
    json_: Json = False,
) -> None:
    """Build all tables from the raw documents, all or nothing."""
    from sisterdata.dataset import build as dataset

    tables = dataset.build(raw_dir, out_dir)
    if json_:
        print_json({table: len(df) for table, df in tables.items()})
        return
    print_table(["table", "rows"], [[table, str(len(df))] for table, df in tables.items()])
    say(f"written to {out_dir}")


def check(
    data_dir: Annotated[
        Path | None, typer.Argument(help="A dataset; the shipped one if omitted.")
    ] = None,
    raw_dir: Annotated[
        Path | None, typer.Option("--raw", help="The folder of sources, to compare with a rebuild.")
    ] = None,
    format_: Annotated[
        Literal["text", "github"],
        typer.Option("--format", help="github: annotations on the lines of the tables."),
    ] = "text",
    junit: Annotated[
        Path | None, typer.Option(help="Also write the findings here, as JUnit XML.")
    ] = None,
    json_: Json = False,
) -> None:
    """Check a dataset: checksums, schemas, keys, claims, and drift.

    Exits with 1 if there are findings. With --raw, differences from a rebuild are findings too.
    Claims of a source that differ from the count are printed, but are not findings.
    """
    from sisterdata.atomic_write import whole_file
    from sisterdata.cli import github_annotations
    from sisterdata.dataset import check as checking
    from sisterdata.dataset.shipped_tables import shipped_folder

    if json_ and format_ == "github":
        raise typer.BadParameter("give --json or --format github, not both")
    folder = data_dir or shipped_folder()
    report = checking.check(folder, raw_dir)
    if junit is not None:
        with whole_file(junit) as file:
            file.write(github_annotations.junit(report, folder).encode())
    if format_ == "github":
        for annotation in github_annotations.github(report, folder):
            typer.echo(annotation)
    elif json_:
        print_json(_as_json(report))
    else:
        _print_report(report)
    raise typer.Exit(0 if report.ok else 1)


def _as_json(report: Report) -> dict[str, object]:
    return {
        "ok": report.ok,
        "rebuilt": report.rebuilt,
        "findings": [asdict(finding) for finding in report.findings],
        "claims": records(report.claims),
    }


def _print_report(report: Report) -> None:
    for finding in report.findings:
        show(f"{finding.table}: {finding.row}: {finding.code}: {finding.message}")
    say("what the sources count, next to what they list:")
    shown = ["claim_id", "subject", "claimed", "counted", "distinct", "verdict"]
    names = ["claim", "says", "claimed", "counted", "distinct", "verdict"]
    print_table(names, cells(report.claims[shown]))
    differing = int((report.claims["verdict"] == "differs").sum())
    if differing:
        say(
            f"{counted(differing, 'claim')} of a source that its own list does not bear out: "
            "recorded as printed, and not an error of these tables"
        )
    compared = "" if report.rebuilt else " (not compared with a rebuild: add --raw)"
    found = "no findings in the tables" if report.ok else counted(len(report.findings), "finding")
    show(f"{found}{compared}")


def report(
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write (HTML).")],
    data: Annotated[
        Path | None,
        typer.Argument(
            help="A dataset, a document, or a file written by normalize; the shipped dataset "
            "if omitted."
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(help="The title of the page.")] = None,
    place_column: Annotated[
        str | None, typer.Option(help="The column that was matched, in a file of your own.")
    ] = None,
) -> None:
    """Write one HTML page: a map, counts, rows and matches.

    It is a single file that needs no network.
    """
    from sisterdata.dataset.shipped_tables import shipped_folder
    from sisterdata.reporting import report as write_report

    page = write_report(data or shipped_folder(), out, title=title, place_column=place_column)
    say(f"written to {page}")


def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.")],
    data: Annotated[
        Path | None,
        typer.Argument(
            help="A dataset, or a file written by normalize; the shipped dataset if omitted."
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="geojson, graphml or sqlite; all if omitted."),
    ] = None,
) -> None:
    """Write a dataset as GeoJSON (maps), GraphML, SQLite (queries).

    A file written by normalize becomes GeoJSON only: each row at its match.
    """
    from sisterdata.dataset import export as exports
    from sisterdata.dataset.shipped_tables import shipped_folder

    for path in exports.export(data or shipped_folder(), out, formats):
        say(f"written to {path}")
