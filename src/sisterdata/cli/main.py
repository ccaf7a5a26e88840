"""The library from a shell. Exit codes: 0 all is well, 1 findings, 2 unusable input."""

from __future__ import annotations

import io
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

import sisterdata
from sisterdata.atomic import whole_file
from sisterdata.cli import lists
from sisterdata.cli.output import cells, print_json, print_table
from sisterdata.errors import SisterdataError
from sisterdata.plain_values import counted, records

app = typer.Typer(
    name="sisterdata",
    help="Sister-city lists, in Thai and English, as tidy, validated, linked data.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for a program to read.")]


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


@app.command()
def build(
    out_dir: Annotated[Path, typer.Option("--out", "-o", help="The folder to write.")],
    raw_dir: Annotated[Path, typer.Argument(help="The folder of sources.")] = Path("raw"),
    json_: Json = False,
) -> None:
    """Make every table from the raw documents, all or nothing."""
    from sisterdata.dataset import build as dataset

    tables = dataset.build(raw_dir, out_dir)
    if json_:
        print_json({table: len(df) for table, df in tables.items()})
        return
    print_table(["table", "rows"], [[table, str(len(df))] for table, df in tables.items()])
    typer.echo(f"written to {out_dir}")


@app.command()
def check(
    data_dir: Annotated[
        Path | None, typer.Argument(help="A dataset; the shipped one if not given.")
    ] = None,
    raw_dir: Annotated[
        Path | None,
        typer.Option("--raw", help="The folder of sources to rebuild from and compare with."),
    ] = None,
    format_: Annotated[
        Literal["text", "github"],
        typer.Option("--format", help="github: annotations on the lines of the tables."),
    ] = "text",
    junit: Annotated[
        Path | None, typer.Option(help="Also write the findings here, as JUnit's XML.")
    ] = None,
    json_: Json = False,
) -> None:
    """Check a dataset: bytes, schemas, keys, claims, and drift.

    Exits with 1 where something is found. Drift is a difference to what a rebuild gives: name the
    sources with --raw. Claims that the count does not bear out are shown, and are no findings.
    """
    from sisterdata.cli import annotations
    from sisterdata.dataset import check as checking
    from sisterdata.dataset.build import shipped_folder

    if json_ and format_ == "github":
        raise typer.BadParameter("give --json or --format github, not both")
    folder = data_dir or shipped_folder()
    report = checking.check(folder, raw_dir)
    if junit is not None:
        with whole_file(junit) as file:
            file.write(annotations.junit(report, folder).encode())
    if format_ == "github":
        for annotation in annotations.github(report, folder):
            typer.echo(annotation)
    elif json_:
        print_json(
            {
                "ok": report.ok,
                "rebuilt": report.rebuilt,
                "findings": [asdict(finding) for finding in report.findings],
                "claims": records(report.claims),
            }
        )
    else:
        typer.echo("what the sources count of themselves, beside what they list:")
        print_table(
            ["claim", "says", "claimed", "counted", "distinct", "verdict"],
            cells(
                report.claims[["claim_id", "subject", "claimed", "counted", "distinct", "verdict"]]
            ),
        )
        differing = int((report.claims["verdict"] == "differs").sum())
        if differing:
            typer.echo(
                f"{counted(differing, 'claim')} of a source that its own list does not bear out: "
                "noted as said, and no fault of these tables"
            )
        for finding in report.findings:
            typer.echo(f"{finding.table}: {finding.row}: {finding.code}: {finding.message}")
        typer.echo(_verdict(report.ok, len(report.findings), rebuilt=report.rebuilt))
    raise typer.Exit(0 if report.ok else 1)


def _verdict(ok: bool, findings: int, *, rebuilt: bool) -> str:
    compared = "" if rebuilt else " (not compared with a rebuild: name the sources with --raw)"
    return f"{'no findings in the tables' if ok else counted(findings, 'finding')}{compared}"


@app.command()
def parse(
    file: Annotated[
        Path, typer.Argument(help="A document in one of the known layouts: text, or a workbook.")
    ],
    layout: Annotated[
        str | None, typer.Option(help="table, list or article; detected if omitted.")
    ] = None,
    strict: Annotated[bool, typer.Option(help="Refuse a line that fits nothing.")] = False,
    json_: Json = False,
) -> None:
    """Print a document's rows, and what every line was taken for."""
    from sisterdata.lists.documents import parse_file

    document = parse_file(file, layout=layout, strict=strict)
    if json_:
        frames = ("rows", "organizations", "claims", "events", "lines", "issues")
        print_json(
            {
                "source_id": document.source_id,
                "layout": document.layout,
                "title": document.title,
                "date": document.date,
                **{name: records(getattr(document, name)) for name in frames},
            }
        )
        return
    columns = ["line", "verbatim_place", "verbatim_partner", "verbatim_year", "verbatim_note"]
    print_table(columns, cells(document.rows[columns]))
    kinds = document.lines["kind"].value_counts()
    typer.echo(f"{document.layout}; " + ", ".join(f"{kind} {n}" for kind, n in kinds.items()))
    for issue in document.issues.itertuples():
        named = f"{issue.verbatim!r}: " if issue.code == "unknown_column" else ""
        typer.echo(f"{file}:{issue.line}: {issue.code}: {named}{issue.message}")


@app.command()
def match(
    text: Annotated[str, typer.Argument(help="A printed place, or a country with --as-country.")],
    country: Annotated[
        str | None, typer.Option(help="The country it is in: its code (ISO 3166-1) or name.")
    ] = None,
    admin1: Annotated[
        str | None, typer.Option(help="The first-level unit it is in (ISO 3166-2).")
    ] = None,
    date: Annotated[
        str | None, typer.Option(help="The date at which the unit must be in force (ISO 8601).")
    ] = None,
    level: Annotated[
        list[str] | None,
        typer.Option(help="A level that the match may have, such as city; repeat it for more."),
    ] = None,
    min_score: Annotated[
        float | None, typer.Option(help="The lowest score that is accepted, from 0 to 1.")
    ] = None,
    as_country: Annotated[
        bool, typer.Option("--as-country", help="Match a country instead of a place.")
    ] = False,
    json_: Json = False,
) -> None:
    """Match one printed place or country, and say why.

    Exits with 1 where nothing is certain.
    """
    from sisterdata import gazetteer
    from sisterdata.countries.match import match_country
    from sisterdata.lists import arguments as given
    from sisterdata.places.describe import whereabouts
    from sisterdata.places.match import match_place

    found = (
        match_country(text)
        if as_country
        else match_place(
            text,
            country=None if country is None else given.country_code(country),
            admin1=None if admin1 is None else given.admin1_code(admin1),
            level=level,
            date=None if date is None else given.date_in_force(date),
            min_score=min_score,
        )
    )
    if json_:
        print_json(asdict(found))
    else:
        typer.echo(f"{found.id or '-'}  {found.status}" + _score(found.score))
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
        if found.status == "not_run" and not as_country and text.strip():
            typer.echo('name the country: behind the place ("Busan, Korea"), or with --country')
    raise typer.Exit(0 if found else 1)


def _score(score: float | None) -> str:
    return "" if score is None else f"  {score:.2f}"


for _command in (lists.normalize, lists.curate, lists.diff):
    app.command()(_command)


@app.command()
def report(
    out: Annotated[Path, typer.Option("--out", "-o", help="The page to write (HTML).")],
    data: Annotated[
        Path | None,
        typer.Argument(
            help="A dataset, a document, or what normalize wrote; the shipped dataset if not given."
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(help="The page's title.")] = None,
    place_column: Annotated[
        str | None, typer.Option(help="The column that was matched, in rows of one's own.")
    ] = None,
) -> None:
    """Write one page to look at: a map, counts, rows and matches.

    It is one file, which asks nothing of the network.
    """
    from sisterdata.dataset.build import shipped_folder
    from sisterdata.reporting import report as write_report

    page = write_report(data or shipped_folder(), out, title=title, place_column=place_column)
    typer.echo(f"written to {page}")


@app.command()
def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write to.")],
    data: Annotated[
        Path | None,
        typer.Argument(
            help="A dataset's folder; the shipped one if not given. Or what normalize wrote."
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", help="geojson, graphml or sqlite; all if not given."),
    ] = None,
) -> None:
    """Write a dataset as GeoJSON (maps), GraphML, SQLite (queries).

    Of a file that normalize wrote, GeoJSON alone is made: each row at its match.
    """
    from sisterdata.dataset import build as dataset
    from sisterdata.dataset import export as exports

    for path in exports.export(data or dataset.shipped_folder(), out, formats):
        typer.echo(f"written to {path}")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address; this machine alone if not given.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="The port; 0 takes any that is free.")] = 8000,
    url: Annotated[str, typer.Option(help="What clients call it, behind a proxy.")] = "",
) -> None:
    """Serve places and countries to OpenRefine, until stopped.

    By the Reconciliation API 0.2, at /places and /countries.
    """
    from sisterdata.serve import serve as run

    run(host, port, url=url, tell=typer.echo)


def main() -> None:
    """Run the shell command; what cannot be done is one line on stderr and exit code 2."""
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
