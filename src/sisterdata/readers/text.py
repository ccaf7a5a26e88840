"""Read a text file: find its encoding, and say where it cannot be decoded."""

from __future__ import annotations

import re
from os import PathLike, fspath
from pathlib import Path
from typing import IO, Any

from sisterdata.errors import ParseError
from sisterdata.readers.source_text import SourceText
from sisterdata.sources import Source
from sisterdata.text.encoding import decode
from sisterdata.text.repair import is_blank


def read_text(source: str | PathLike[str] | IO[Any] | Source) -> SourceText:
    """Read a path, an open text or binary file, or a Source.

    Read are UTF-8, UTF-16 with a byte order mark, and Thai's TIS-620 and Windows-874. Raises
    ParseError for a file that cannot be read, and for other bytes with their place, and
    SourceError where a Source's file is not the one described.
    """
    if isinstance(source, bytes | bytearray) or not (
        isinstance(source, Source | str | PathLike) or hasattr(source, "read")
    ):
        raise ParseError(
            f"{type(source).__name__} is no document",
            where="document",
            todo="give a path, a Source or an open file: io.StringIO(text), io.BytesIO(bytes)",
        )
    if isinstance(source, str) and is_blank(source):
        raise ParseError(
            "the path is empty",
            where="document",
            todo="give the path of a file; a text goes in as io.StringIO(text)",
        )
    if isinstance(source, Source):
        source_id, where = source.source_id, str(source.file)
        data: bytes | str = source.read_bytes()
    elif isinstance(source, str | PathLike):
        where = fspath(source)
        source_id = _id_of(where)
        data = _read_path(where)
    else:
        name = getattr(source, "name", None)
        where = name if isinstance(name, str) else "document"
        source_id = _id_of(where)
        data = _read_open(source, where)
    text = data if isinstance(data, str) else decode(data, where)
    if isinstance(data, str):
        _refuse_surrogates(text, where)
        text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return SourceText(source_id, where, text)


def _id_of(where: str) -> str:
    """The file's name without its suffix; what an id cannot hold (white space, #) becomes ``-``."""
    return re.sub(r"[\s#]+", "-", Path(where).stem).strip("-") or "document"


def _refuse_surrogates(text: str, where: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        before = text[: error.start]
        line, column = before.count("\n") + 1, error.start - (before.rfind("\n") + 1) + 1
        raise ParseError(
            f"character U+{ord(text[error.start]):04X} is half of a pair and no text",
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
            todo="open the file in binary mode, so that its encoding can be told",
        ) from error
    except (OSError, ValueError) as error:
        raise _unreadable(error, where) from error
    if not isinstance(data, bytes | str):
        raise ParseError(
            f"reading it gives {type(data).__name__}, neither bytes nor text",
            where=where,
            todo="give a path, an open file or a Source",
        )
    return data


def _unreadable(error: Exception, where: str) -> ParseError:
    reason = getattr(error, "strerror", None) or error
    return ParseError(f"cannot be read: {reason}", where=where, todo="check the path")
