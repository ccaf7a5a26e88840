"""``-`` as a file: standard input to read, standard output to write."""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sisterdata.errors import DataError, SisterdataError

# Other names of formats that --from knows.
_ALIASES = {"xlsx": "excel", "txt": "text", "md": "markdown"}
_SIGNATURES = {b"PK\x03\x04": "excel", b"PAR1": "parquet", b"%PDF": "pdf", b"{": "jsonl"}


@contextmanager
def readable(file: Path, format: str | None) -> Iterator[tuple[Path, str | None]]:  # noqa: A002
    """A file to read and its format; if it is ``-``, a copy of standard input.

    The format is None if it follows from the suffix. Raises `DataError` for an unknown format.
    """
    known = None if format is None else _known_format(format)
    if file.name != "-":
        yield file, known
        return
    with tempfile.TemporaryDirectory() as folder:
        data = sys.stdin.buffer.read()
        copy = Path(folder) / "standard-input"
        copy.write_bytes(data)
        try:
            yield copy, known or _detected(data)
        except SisterdataError as error:
            where = error.where.replace(str(copy), "standard input")
            raise type(error)(error.what, where=where, todo=error.todo) from error


@contextmanager
def writable(file: Path, suffix: str = ".csv") -> Iterator[Path]:
    """A file to write; if it is ``-``, a file that is copied to standard output at the end.

    If the work fails, nothing is written to standard output.
    """
    if file.name != "-":
        yield file
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"standard-output{suffix}"
        yield path
        sys.stdout.flush()
        sys.stdout.buffer.write(path.read_bytes())
        sys.stdout.buffer.flush()


def _known_format(name: str) -> str:
    from sisterdata.readers import FORMATS

    if name not in (*FORMATS, *_ALIASES):
        known = ", ".join((*FORMATS, *_ALIASES))
        raise DataError(f"--from does not know {name!r}", todo=f"choose from {known}")
    return _ALIASES.get(name, name)


def _detected(data: bytes) -> str:
    r"""The format of standard input: by its first bytes, or a table if its first line has columns.

    >>> _detected(b"city,country\nBusan,KR\n"), _detected(b"1. Shanghai, China\n")
    ('csv', 'text')
    """
    for signature, known in _SIGNATURES.items():
        if data.startswith(signature):
            return known
    from sisterdata.parser.table.column_roles import choose_columns

    first = data.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode(errors="replace")
    for delimiter in ",\t;":
        headers = next(csv.reader([first.strip()], delimiter=delimiter), [])
        if len(headers) > 1:
            try:
                choose_columns(headers, country="", admin1="")
            except DataError:
                continue
            return "csv"
    return "text"
