"""CSV and TSV: each row keeps its exact text, and cells are added behind it."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, TextIO

from sisterdata.errors import DataError
from sisterdata.tabular.table import (
    CHUNK_CHARACTERS,
    CHUNK_ROWS,
    HEAD_LINES,
    Cell,
    Chunk,
    Fields,
    Row,
    Table,
)
from sisterdata.text.encoding import decode
from sisterdata.text.mojibake import Misreading, find_misreading

# A cell of more characters is a quotation mark that nobody closed.
LONGEST_CELL = 16 << 20
_SAMPLE = 1 << 20
_SPOOLED = 64 << 20  # characters held in memory before they go to a temporary file


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written; `mark` is its byte order mark, if it has one.

    `misreading` is how its text was decoded wrongly before it was saved.
    """

    delimiter: str
    encoding: str
    mark: bytes
    line_end: str = "\n"
    header: str = ""
    misreading: Misreading | None = None


@contextmanager
def read(path: Path) -> Iterator[Table]:
    """Open a table of delimited text.

    The delimiter is a tab, comma, semicolon or bar, detected from the file, and the encoding
    UTF-8, UTF-16 with a byte order mark, or Windows-874. Text that was decoded wrongly once is
    restored, and the table's notices say so. The first line holds the headers.

    Raises `DataError`, with the line, for a cell that is not closed, for a row of more cells than
    there are headers, and for bytes that are not text. A shorter row is filled with empty cells,
    and an empty line is not a row.
    """
    csv.field_size_limit(LONGEST_CELL)
    with path.open("rb") as file:
        encoding, mark, sample = _encoding(file.read(_SAMPLE), str(path))
        misreading = find_misreading(sample)
        dialect = Dialect(_delimiter(sample), encoding, mark, misreading=misreading)
        file.seek(0)
        with io.TextIOWrapper(file, encoding, newline="") as text:
            records = _records(text, dialect, path)
            header, cells = next(((text, cells) for _, text, cells in records if cells), ("", []))
            if not cells:
                raise DataError("the file is empty", where=str(path), todo="name a table")
            body = header.rstrip("\r\n")
            line_end = header[len(body) :] or "\n"
            table = Table(
                path,
                tuple(cells),
                _chunks(records, len(cells), dialect.delimiter, path, file.tell),
                path.stat().st_size,
                list(islice(_grid(path, dialect), HEAD_LINES)),
                lambda: _grid(path, dialect),
                replace(dialect, line_end=line_end, header=body),
            )
            if misreading is not None:
                table.notices.append(f"the text was {misreading.name}; it is restored")
            yield table


@contextmanager
def append(
    file: BinaryIO, table: Table, fields: Fields
) -> Iterator[Callable[[Chunk, Sequence[Row]], None]]:
    """Write the rows of `table` as they are, each with the cells of `fields` behind.

    The output keeps the encoding of the input and its byte order mark. Where Windows-874 cannot
    hold the cells that are added, it is UTF-8 with a byte order mark, and the table's notices say
    so.
    """
    dialect: Dialect = table.native

    @lru_cache(1 << 16)
    def rendered(cells: Row) -> str:
        return _lines([cells], dialect.delimiter, dialect.line_end)

    with _encoded(file, table) as put:
        put(f"{dialect.header}{dialect.delimiter}{rendered(tuple(fields))}")

        def add(chunk: Chunk, cells: Sequence[Row]) -> None:
            rows = zip(chunk.native, map(rendered, cells), strict=True)
            put("".join([f"{row}{dialect.delimiter}{added}" for row, added in rows]))

        yield add


@contextmanager
def _encoded(file: BinaryIO, table: Table) -> Iterator[Callable[[str], None]]:
    """Write text in the encoding of a table."""
    dialect: Dialect = table.native
    if dialect.encoding != "cp874":
        encoding = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}.get(
            dialect.mark, "utf-8"
        )
        file.write(dialect.mark)

        def put(text: str) -> None:
            file.write(text.encode(encoding))

        yield put
        return
    fits = True
    with SpooledTemporaryFile(_SPOOLED, "w+", encoding="utf-8", newline="") as kept:

        def keep(text: str) -> None:
            nonlocal fits
            kept.write(text)
            try:
                text.encode("cp874")
            except UnicodeEncodeError:
                fits = False

        yield keep
        kept.seek(0)
        file.write(b"" if fits else codecs.BOM_UTF8)
        while text := kept.read(_SAMPLE):
            file.write(text.encode("cp874" if fits else "utf-8"))
    if not fits:
        table.notices.append(
            "written as UTF-8 with a byte order mark: Windows-874 (TIS-620) cannot hold the answers"
        )


@contextmanager
def write(
    file: BinaryIO,
    fields: Fields,
    *,
    delimiter: str = ",",
    mark: bool = False,
    escape: bool = False,
) -> Iterator[Callable[[Sequence[Row]], None]]:
    """Write rows of cells as delimited text, in UTF-8.

    `mark` sets a byte order mark before it, by which Excel knows UTF-8; `escape` writes every
    text so that no spreadsheet takes it for a formula.
    """
    file.write(codecs.BOM_UTF8 if mark else b"")

    def put(rows: Sequence[Row]) -> None:
        plain = [tuple(map(escape_formula, row)) for row in rows] if escape else rows
        file.write(_lines(plain, delimiter, "\n").encode())

    put([tuple(fields)])
    yield put


# What a spreadsheet takes for a formula (OWASP, "CSV Injection"); a number is none.
_FORMULA = re.compile(r"'*(?:[=@\t\r]|[+-](?!\d*[.,]?\d*%?$))")


def escape_formula(cell: Cell) -> Cell:
    """A cell that no spreadsheet runs: an apostrophe is set before what would be a formula.

    >>> escape_formula("=1+1"), escape_formula("-12.5"), escape_formula("-2+3")
    ("'=1+1", '-12.5', "'-2+3")
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def unescape_formula(cell: str) -> str:
    """What `escape_formula` was given.

    >>> unescape_formula("'=1+1"), unescape_formula("'s-Hertogenbosch")
    ('=1+1', "'s-Hertogenbosch")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def _lines(rows: Iterable[Row], delimiter: str, line_end: str) -> str:
    """Rows as delimited text."""
    text = io.StringIO()
    plain = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    quoted = csv.writer(
        text, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_NONNUMERIC
    )
    for row in rows:
        # Not every Python puts marks around a lone carriage return, which ends a line as well.
        returns = any(isinstance(cell, str) and "\r" in cell for cell in row)
        (quoted if returns else plain).writerow(row)
    return text.getvalue()


def _records(text: TextIO, dialect: Dialect, path: Path) -> Iterator[tuple[int, str, list[str]]]:
    """Each record: its first line's number, its exact text, its cells (none: an empty line)."""
    taken: list[str] = []
    misreading = dialect.misreading

    def lines() -> Iterator[str]:
        for line in text:
            restored = line if misreading is None or line.isascii() else misreading.restore(line)
            taken.append(restored)
            yield restored

    first = 1
    reader = csv.reader(lines(), delimiter=dialect.delimiter, strict=True)
    try:
        for cells in reader:
            yield first, taken[0] if len(taken) == 1 else "".join(taken), cells
            taken.clear()
            first = reader.line_num + 1
    except csv.Error as error:
        raise DataError(
            f"the quotation marks do not fit: {error}",
            where=f"{path}:{first}",
            todo="close the cell, or double a quotation mark inside it",
        ) from error
    except UnicodeDecodeError as error:
        raise _undecodable(path, dialect.encoding) from error


def _chunks(
    records: Iterator[tuple[int, str, list[str]]],
    width: int,
    delimiter: str,
    path: Path,
    tell: Callable[[], int],
) -> Iterator[Chunk]:
    rows: list[list[str]] = []
    texts: list[str] = []
    characters = 0
    above = ""  # empty lines, which stay where they are
    for line, text, cells in records:
        if not cells and width > 1:
            above += text
            continue
        body, above = above + text.rstrip("\r\n"), ""
        if len(cells) != width:
            if len(cells) > width:
                raise DataError(
                    f"{len(cells)} cells, but there are {width} headers",
                    where=f"{path}:{line}",
                    todo="put quotation marks around a cell that holds the delimiter",
                )
            missing = width - len(cells)
            cells.extend([""] * missing)
            body += delimiter * missing
        rows.append(cells)
        texts.append(body)
        characters += len(body)
        if len(rows) >= CHUNK_ROWS or characters >= CHUNK_CHARACTERS:
            yield _chunk(rows, texts, tell())
            rows, texts, characters = [], [], 0
    if rows:
        yield _chunk(rows, texts, tell())


def _chunk(rows: list[list[str]], texts: list[str], done: int) -> Chunk:
    return Chunk(len(rows), lambda at: [row[at] for row in rows], texts, done)


def _grid(path: Path, dialect: Dialect) -> Iterator[list[str]]:
    at = 1
    with path.open(encoding=dialect.encoding, newline="") as text:
        for line, _, cells in _records(text, dialect, path):
            yield from ([] for _ in range(line - at))  # lines inside the cells of the one before
            yield cells
            at = line + 1


def _encoding(sample: bytes, where: str) -> tuple[str, bytes, str]:
    """The encoding, the byte order mark if there is one, and the text of the first bytes."""
    for mark, encoding in _MARKS.items():
        if sample.startswith(mark):
            return encoding, mark, sample.decode(encoding, errors="ignore")
    if len(sample) == _SAMPLE:  # whole lines: no letter is cut in two
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    try:
        return "utf-8", b"", sample.decode("utf-8")
    except UnicodeDecodeError:
        return "cp874", b"", decode(sample, where)


_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def _delimiter(sample: str) -> str:
    """The mark that cuts most of the first lines into as many cells each, and into the most."""

    def fit(delimiter: str) -> tuple[int, int]:
        lines = io.StringIO(sample, newline="")
        widths = [len(row) for row in islice(csv.reader(lines, delimiter=delimiter), 30) if row]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual), usual) if usual > 1 else (0, 0)

    return max(",\t;|", key=fit)


def _undecodable(path: Path, encoding: str) -> DataError:
    """Where the first bytes stand that are no text."""
    with path.open("rb") as file:
        for line, data in enumerate(() if encoding == "utf-16" else file, start=1):
            try:
                data.decode(encoding)
            except UnicodeDecodeError as error:
                return DataError(
                    f"byte 0x{data[error.start]:02x} is not {encoding.upper()}",
                    where=f"{path}:{line}",
                    todo="save the file as UTF-8",
                )
    return DataError(f"not {encoding.upper()}", where=str(path), todo="save the file as UTF-8")
