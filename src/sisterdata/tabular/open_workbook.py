"""Open an Excel workbook, after checking how large it is when unpacked."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Any
from xml.parsers import expat

from sisterdata.errors import DataError

LARGEST_WORKBOOK = 64 << 20  # bytes, unpacked: about a million cells
LARGEST_MERGE = 1_000_000  # cells, all merged ranges together


def import_openpyxl() -> Any:
    """Import openpyxl; raises `DataError` if it is not installed."""
    try:
        import openpyxl
    except ImportError as error:
        raise DataError(
            "Excel files need openpyxl",
            todo='in the folder of sisterdata, run pip install ".[excel]"',
        ) from error
    return openpyxl


def load_workbook(path: Path, *, values: bool = False) -> Any:
    """Open a workbook with its formulas, or with their stored values."""
    openpyxl = import_openpyxl()
    try:
        with path.open("rb") as file:  # openpyxl refuses a path with another suffix
            return openpyxl.load_workbook(file, data_only=values, rich_text=not values)
    except Exception as error:  # openpyxl has no common class of errors
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> DataError:
    return DataError(
        f"not a readable workbook: {str(error).splitlines()[0] if str(error) else error!r}",
        where=str(path),
        todo="open it in a spreadsheet and save it as .xlsx, without a password",
    )


def refuse_unreadable(path: Path) -> None:
    """Refuse files that are far too large, or that openpyxl would not read completely."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > LARGEST_WORKBOOK:
                raise DataError(
                    f"unpacks to {unpacked >> 20} MB, more than {LARGEST_WORKBOOK >> 20}",
                    where=str(path),
                    todo="save the sheet as CSV",
                )
            for entry in archive.infolist():
                data = archive.read(entry) if entry.filename.endswith(".xml") else b""
                if b"mergeCell" in data or b"\0" in data[:4]:
                    _refuse_merges(data, path)
                if b"x005F_" in data:  # openpyxl drops it
                    raise DataError(
                        "a text that looks like a control character cannot be read as it is",
                        where=f"{path}:{entry.filename}",
                        todo="save the sheet as CSV",
                    )
    except (*_ZIP_ERRORS, expat.ExpatError) as error:
        raise _damaged(path, error) from error


# NotImplementedError: unknown compression; RuntimeError: encrypted.
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError)


def _refuse_merges(data: bytes, path: Path) -> None:
    merged = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal merged
        if name.rpartition(":")[2] == "mergeCell":
            merged += _area(attributes.get("ref", ""))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(data, True)
    if merged > LARGEST_MERGE:
        raise DataError(f"{merged} cells are merged", where=str(path), todo="save the sheet as CSV")


def _area(ref: str) -> int:
    found = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})", ref)
    if found is None:
        return 1
    left, top, right, bottom = found.groups()
    return (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom) - int(top)) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
