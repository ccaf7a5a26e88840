"""CSV and TSV: rows are written back byte for byte, with cells added at the end."""

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
from sisterdata.text.detect_encoding import decode
from sisterdata.text.mojibake import Misreading, find_misreading

# A longer cell means a quotation mark that was not closed.
LONGEST_CELL = 16 << 20
_SAMPLE = 1 << 20
_SPOOLED = 64 << 20  # characters held in memory before they go to a temporary file


@dataclass(frozen=True, slots=True)
class Dialect:
    """The delimiter, encoding and line ends of a file.

    mark
        Its byte order mark, or nothing.
    misreading
        How its text was decoded wrongly before it was saved, or None.
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

    The delimiter (tab, comma, semicolon or bar) and the encoding (UTF-8, UTF-16 with a byte order
    mark, or Windows-874) are detected. Text that was decoded wrongly is restored, with a notice.
    The first line has the headers. Short rows are filled with empty cells; empty lines are not
    rows.

    Raises `DataError`, with the line, for a cell that is not closed, a row with more cells than
    headers, and bytes that are not text.
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
                raise DataError(
                    "the file is empty", where=str(path), todo="give a table with headers"
                )
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
    """Write the rows of `table` unchanged, each with the cells of `fields` added.

    The output keeps the encoding and the byte order mark of the input. If Windows-874 cannot encode
    the added cells, the output is UTF-8 with a byte order mark, and the table gets a notice.
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
            "written as UTF-8 with a byte order mark: Windows-874 (TIS-620) cannot encode new cells"
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
    """Write rows as delimited text, in UTF-8.

    mark
        Begin with a byte order mark, so that Excel detects UTF-8.
    escape
        Escape text that a spreadsheet would run as a formula.
    """
    file.write(codecs.BOM_UTF8 if mark else b"")

    def put(rows: Sequence[Row]) -> None:
        plain = [tuple(map(escape_formula, row)) for row in rows] if escape else rows
        file.write(_lines(plain, delimiter, "\n").encode())

    put([tuple(fields)])
    yield put


# What a spreadsheet runs as a formula (OWASP, "CSV Injection"); a number is not one.
_FORMULA = re.compile(r"'*(?:[=@\t\r]|[+-](?!\d*[.,]?\d*%?$))")


def escape_formula(cell: Cell) -> Cell:
    """Put an apostrophe before text that a spreadsheet would run as a formula.

    >>> escape_formula("=1+1"), escape_formula("-12.5"), escape_formula("-2+3")
    ("'=1+1", '-12.5', "'-2+3")
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def unescape_formula(cell: str) -> str:
    """Undo `escape_formula`.

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
        # Some versions of Python do not quote a lone carriage return, which also ends a line.
        returns = any(isinstance(cell, str) and "\r" in cell for cell in row)
        (quoted if returns else plain).writerow(row)
    return text.getvalue()


def _records(text: TextIO, dialect: Dialect, path: Path) -> Iterator[tuple[int, str, list[str]]]:
    """Each record: the number of its first line, its exact text, its cells (none if empty)."""
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
            f"the quotation marks do not match: {error}",
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
    above = ""  # empty lines, which are kept
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
            yield from (
                [] for _ in range(line - at)
            )  # line breaks inside the cells of the row before
            yield cells
            at = line + 1


def _encoding(sample: bytes, where: str) -> tuple[str, bytes, str]:
    """The encoding, the byte order mark or nothing, and the first bytes as text."""
    for mark, encoding in _MARKS.items():
        if sample.startswith(mark):
            return encoding, mark, sample.decode(encoding, errors="ignore")
    if len(sample) == _SAMPLE:  # only whole lines, so that no letter is cut in two
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
    """The delimiter that splits most of the first lines into the same number of cells."""

    def fit(delimiter: str) -> tuple[int, int]:
        lines = io.StringIO(sample, newline="")
        widths = [len(row) for row in islice(csv.reader(lines, delimiter=delimiter), 30) if row]
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual), usual) if usual > 1 else (0, 0)

    return max(",\t;|", key=fit)


def _undecodable(path: Path, encoding: str) -> DataError:
    """An error with the first line that cannot be decoded."""
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
