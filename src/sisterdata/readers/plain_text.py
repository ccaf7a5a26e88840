"""Read a text file: detect its encoding, and say where it cannot be decoded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import IO, Any

from sisterdata.errors import ParseError
from sisterdata.readers.line_builder import repair_text
from sisterdata.readers.lines_with_origin import SourceText
from sisterdata.source_yml import Source
from sisterdata.text.detect_encoding import decode
from sisterdata.text.mojibake import damage_left, find_misreading
from sisterdata.text.repair import is_blank
from sisterdata.text.thai_marks import has_pdf_damage


@dataclass(frozen=True, slots=True)
class Loaded:
    """The content of a file: bytes, or text if it was opened as text."""

    source_id: str
    where: str
    data: bytes | str


def load(source: str | PathLike[str] | IO[Any] | Source) -> Loaded:
    """Load a path, an open text or binary file, or a Source.

    Raises `ParseError` for a file that cannot be read, and `SourceError` if the checksum of a
    Source's file differs.
    """
    if isinstance(source, bytes | bytearray) or not (
        isinstance(source, Source | str | PathLike) or hasattr(source, "read")
    ):
        raise ParseError(
            f"{type(source).__name__} is not a document",
            where="document",
            todo="give a path, a Source or an open file: io.StringIO(text), io.BytesIO(bytes)",
        )
    if isinstance(source, str) and is_blank(source):
        raise ParseError(
            "the path is empty",
            where="document",
            todo="give the path of a file; to read a text, use io.StringIO(text)",
        )
    if isinstance(source, Source):
        return Loaded(source.source_id, str(source.file), source.read_bytes())
    if isinstance(source, str | PathLike):
        where = fspath(source)
        return Loaded(_id_of(where), where, _read_path(where))
    name = getattr(source, "name", None)
    where = name if isinstance(name, str) else "document"
    return Loaded(_id_of(where), where, _read_open(source, where))


def read_text(loaded: Loaded) -> SourceText:
    """Decode a text, with newlines for all line breaks.

    The encoding may be UTF-8, UTF-16, UTF-32, TIS-620 or Windows-874. Text that was decoded wrongly
    is restored, and damage from PDFs is repaired; each such line gets an issue. Raises
    `ParseError`, with the position, for other encodings, and for wrongly decoded text that cannot
    be restored.
    """
    data, where = loaded.data, loaded.where
    text = data if isinstance(data, str) else decode(data, where)
    if isinstance(data, str):
        _refuse_surrogates(text, where)
        text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    issues: list[dict[str, Any]] = []
    misreading = find_misreading(text)
    if misreading is not None or has_pdf_damage(text):
        text, issues = repair_text(text, misreading)
    damage = damage_left(text)
    if damage is not None:
        raise ParseError(
            f"the text was decoded wrongly ({damage}), and some of it is lost",
            where=where,
            todo="use the original file, or save it again as UTF-8",
        )
    return SourceText(loaded.source_id, where, text, issues=tuple(issues))


def _id_of(where: str) -> str:
    """The name of a file without its suffix, and with ``-`` for white space and #."""
    return re.sub(r"[\s#]+", "-", Path(where).stem).strip("-") or "document"


def _refuse_surrogates(text: str, where: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        before = text[: error.start]
        line, column = before.count("\n") + 1, error.start - (before.rfind("\n") + 1) + 1
        raise ParseError(
            f"character U+{ord(text[error.start]):04X} is half of a surrogate pair",
            where=f"{where}:{line}:{column}",
            todo="open the file in binary mode, or with its own encoding",
        ) from None


def _read_path(where: str) -> bytes:
    try:
        return Path(where).read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise _unreadable(error, where) from error


def _read_open(file: IO[Any], where: str) -> bytes | str:
    try:
        data = file.read()
    except UnicodeDecodeError as error:
        raise ParseError(
            f"byte 0x{error.object[error.start]:02x} at offset {error.start} "
            f"is not {error.encoding}",
            where=where,
            todo="open the file in binary mode, so that its encoding can be detected",
        ) from error
    except (OSError, ValueError) as error:
        raise _unreadable(error, where) from error
    if not isinstance(data, bytes | str):
        raise ParseError(
            f"reading it gives {type(data).__name__}, not bytes or text",
            where=where,
            todo="give a path, an open file or a Source",
        )
    return data


def _unreadable(error: Exception, where: str) -> ParseError:
    reason = getattr(error, "strerror", None) or error
    return ParseError(f"cannot be read: {reason}", where=where, todo="check the path")
