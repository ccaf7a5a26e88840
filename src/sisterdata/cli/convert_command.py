"""The command `convert`: any file that can be read, as a table in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sisterdata.cli.shared_options import Home, Layout, Sheet
from sisterdata.cli.terminal_output import progress_bar, say
from sisterdata.errors import DataError


def convert(
    file: Annotated[Path, typer.Argument(help="A table or a document.")],
    out: Annotated[Path, typer.Argument(help="The table to write: .csv, .xlsx, .parquet ...")],
    sheet: Sheet = None,
    layout: Layout = None,
    home: Home = None,
) -> None:
    """Convert a file to CSV, Excel or Parquet, by the suffix of OUT.

    A table keeps its cells as they are, as text. A document becomes its rows as printed.
    """
    from sisterdata.lists.document_rows import parse_file
    from sisterdata.serializable_values import records
    from sisterdata.tabular.formats import open_table, table_format, write_rows

    if out.exists() and out.samefile(file):
        raise DataError(
            "the file would be overwritten by itself", where=str(out), todo="choose another OUT"
        )
    if table_format(file) is None or layout is not None or home is not None:
        rows = parse_file(file, layout=layout, home=home).rows
        with write_rows(out, dict.fromkeys(map(str, rows.columns), str)) as put:
            put(
                [
                    tuple(None if value is None else str(value) for value in record.values())
                    for record in records(rows)
                ]
            )
    else:
        with (
            open_table(file, sheet=sheet) as table,
            write_rows(out, dict.fromkeys(table.columns, str)) as put,
            progress_bar(f"converting {file.name}") as advance,
        ):
            for chunk in table.chunks:
                columns = [chunk.texts(at) for at in range(len(table.columns))]
                put(list(zip(*columns, strict=True)))
                advance(chunk.done, table.size)
    say(f"written to {out}")
