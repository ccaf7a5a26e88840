"""``-`` as a file: standard input to read, standard output to write."""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sisterdata.errors import DataError, SisterdataError

_SUFFIXES = {
    **{name: f".{name}" for name in ("csv", "tsv", "xlsx", "parquet", "jsonl", "txt")},
    **{name: f".{name}" for name in ("pdf", "docx", "html", "json", "md")},
    "text": ".txt",
    "excel": ".xlsx",
}
_SIGNATURES = {b"PK\x03\x04": ".xlsx", b"PAR1": ".parquet", b"%PDF": ".pdf", b"{": ".jsonl"}


@contextmanager
def readable(file: Path, format_: str | None) -> Iterator[Path]:
    """The path of a file to read: `file` itself, or a copy of standard input if it is ``-``.

    With `format_`, a file is read as that format whatever its suffix says. Raises `DataError` for
    a format that is not known.
    """
    suffix = _suffix(format_)
    if file.name != "-" and suffix in (None, file.suffix.lower()):
        yield file
        return
    with tempfile.TemporaryDirectory() as folder:
        if file.name == "-":
            data = sys.stdin.buffer.read()
            copy = Path(folder) / f"standard-input{suffix or _detected(data)}"
            copy.write_bytes(data)
        else:
            copy = Path(folder) / f"{file.stem}{suffix}"
            copy.symlink_to(file.resolve())
        try:
            yield copy
        except SisterdataError as error:
            name = "standard input" if file.name == "-" else str(file)
            where = error.where.replace(str(copy), name)
            raise type(error)(error.what, where=where, todo=error.todo) from error


@contextmanager
def writable(file: Path, suffix: str = ".csv") -> Iterator[Path]:
    """The path of a file to write: `file` itself, or a file copied to standard output for ``-``.

    Nothing is written to standard output where the work fails.
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


def _suffix(format_: str | None) -> str | None:
    if format_ is None:
        return None
    if format_ not in _SUFFIXES:
        raise DataError(
            f"--from does not know {format_!r}", todo=f"choose from {', '.join(_SUFFIXES)}"
        )
    return _SUFFIXES[format_]


def _detected(data: bytes) -> str:
    r"""The suffix of standard input: by its first bytes, or a table if its first line has columns.

    >>> _detected(b"city,country\nBusan,KR\n"), _detected(b"1. Shanghai, China\n")
    ('.csv', '.txt')
    """
    for signature, suffix in _SIGNATURES.items():
        if data.startswith(signature):
            return suffix
    from sisterdata.parser.table.column_roles import choose_columns

    first = data.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode(errors="replace")
    for delimiter in ",\t;":
        headers = next(csv.reader([first.strip()], delimiter=delimiter), [])
        if len(headers) > 1:
            try:
                choose_columns(headers, country="", admin1="")
            except DataError:
                continue
            return ".csv"
    return ".txt"
