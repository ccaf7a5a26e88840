"""The forms of tables by their suffix, and how one is opened and written whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sisterdata.atomic import whole_file
from sisterdata.errors import DataError
from sisterdata.tabular.table import Chunk, Fields, Row, Table

FORMS = {
    ".csv": "delimited",
    ".tsv": "tabbed",
    ".tab": "tabbed",
    ".json": "json_records",
    ".geojson": "json_records",
    ".srj": "json_records",
    ".jsonl": "json_lines",
    ".ndjson": "json_lines",
    ".parquet": "parquet",
    ".xlsx": "excel",
}


def form_of(path: Path) -> str | None:
    """The form of table that a file's suffix tells, None where it tells none.

    >>> form_of(Path("list.CSV")), form_of(Path("list.txt")) is None
    ('delimited', True)
    """
    return FORMS.get(path.suffix.lower())


@contextmanager
def open_table(path: Path, *, sheet: str | None = None) -> Iterator[Table]:
    """Open a table by its suffix; `sheet` names that of a workbook.

    Raises `DataError` for a suffix that is not known and for a file that cannot be read.
    """
    form = known_form(path)
    if sheet is not None and form != "excel":
        raise DataError("no workbook: it has no sheets", where=str(path), todo="leave out --sheet")
    try:
        with path.open("rb"):
            pass
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise DataError(
            f"cannot be read: {getattr(error, 'strerror', None) or error}",
            where=str(path),
            todo="check the path",
        ) from error
    reader = _module(form).read
    with reader(path, sheet) if form == "excel" else reader(path) as table:
        yield table


@contextmanager
def write_rows(
    path: Path, fields: Fields, **options: Any
) -> Iterator[Callable[[Sequence[Row]], None]]:
    """Write rows to a table whose suffix tells its form; `path` is replaced whole at the end."""
    form = known_form(path)
    with whole_file(path) as file, _writer(form, file, fields, **options) as put:
        yield put


@contextmanager
def write_beside(
    path: Path, table: Table, fields: Fields, *, escape_formulas: bool = False
) -> Iterator[Callable[[Chunk, Sequence[Row]], None]]:
    """Write the rows of `table`, with the cells of `fields` behind; `path` is replaced whole.

    In the form of `table` each row stays as it is, to the letter; in another form its cells are
    written as texts. `escape_formulas` writes delimited texts that no spreadsheet runs.
    """
    form = known_form(path)
    twice = [name for name in fields if name in table.columns]
    if twice:
        raise DataError(
            f"there is a column {twice[0]!r} already",
            where=str(table.path),
            todo="give another --prefix for the columns that are added",
        )
    if escape_formulas and form not in ("delimited", "tabbed"):
        raise DataError(
            "only CSV and TSV have formulas to escape; in a workbook every text is one",
            where=str(path),
            todo="leave out --escape-formulas",
        )
    with whole_file(path) as file:
        if form == form_of(table.path) and not escape_formulas:
            module = _module(form)
            with module.append(file, table, fields) as add:
                yield add
            return
        texts: Fields = dict.fromkeys(table.columns, str)
        if len(texts) < len(table.columns):
            raise DataError(
                "two columns have the same header",
                where=str(table.path),
                todo=f"rename one, or name an output with the suffix {table.path.suffix}",
            )
        with _writer(form, file, texts | fields, escape=escape_formulas) as put:
            yield lambda chunk, cells: put(
                [
                    (*row, *added)
                    for row, added in zip(
                        zip(*map(chunk.texts, range(len(texts))), strict=True), cells, strict=True
                    )
                ]
            )


def known_form(path: Path) -> str:
    """The form of table that a file's suffix tells; `DataError` where it tells none."""
    form = form_of(path)
    if form is None:
        raise DataError(
            f"no table is known by the suffix {path.suffix!r}",
            where=str(path),
            todo=f"name it with one of {', '.join(FORMS)}",
        )
    return form


def _module(form: str) -> Any:
    from importlib import import_module

    name = "delimited" if form == "tabbed" else form
    return import_module(f"sisterdata.tabular.{name}")


def _writer(form: str, file: Any, fields: Fields, **options: Any) -> Any:
    if form == "tabbed":
        options["delimiter"] = "\t"
    elif form != "delimited":
        options.clear()
    return _module(form).write(file, fields, **options)
