"""Bytes to text: which file, in which encoding, and where it cannot be read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import IO, Any

from sisterdata.errors import ParseError
from sisterdata.sources import Source
from sisterdata.text import is_blank


@dataclass(frozen=True, slots=True)
class Text:
    """A document's text, with every line break a newline, and what to call it."""

    source_id: str
    where: str
    text: str


def read_text(source: str | PathLike[str] | IO[Any] | Source) -> Text:
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
    return Text(source_id, where, text)


def _id_of(where: str) -> str:
    """The file's name without its suffix; what an id cannot hold (white space, #) becomes ``-``."""
    return re.sub(r"[\s#]+", "-", Path(where).stem).strip("-") or "document"


def decode(data: bytes, where: str = "") -> str:
    """Decode a document's bytes; the byte order mark is taken off.

    Raises ParseError with the offset, line and column of the first byte that fits no encoding.

    >>> decode("กระบี่".encode("cp874")), decode("กระบี่".encode("utf-16"))
    ('กระบี่', 'กระบี่')
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise _undecodable(data, len(mark), error, encoding.upper(), where) from None
    unmarked = _unmarked_utf16(data)
    if unmarked is not None:
        return unmarked
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        thai = None if _UTF8_THAI.search(data) else _decode_thai(data)
        if thai is None:
            raise _undecodable(data, 0, error, "UTF-8", where) from None
        return thai


def numbered_lines(text: str, size: int) -> Iterator[tuple[int, list[str]]]:
    r"""Cut a text into lists of lines of about `size` characters, each with its first number.

    >>> list(numbered_lines("a\nb\nc", 2))
    [(1, ['a', 'b']), (3, ['c'])]
    """
    start, number = 0, 1
    while start < len(text):
        end = text.find("\n", start + size)
        lines = text[start : end if end >= 0 else None].split("\n")
        yield number, lines
        if end < 0:
            return
        start, number = end + 1, number + len(lines)


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins as UTF-16's does, so it is tried before
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What nearly every second byte of UTF-16 is, in Latin and Thai: it would be a control in UTF-8.
_HIGH_BYTES = b"\x00\x0e\x20"


def _unmarked_utf16(data: bytes) -> str | None:
    if len(data) % 2 or b"\x00" not in data:
        return None
    for encoding, high, low in (
        ("utf-16-le", data[1::2], data[::2]),
        ("utf-16-be", data[::2], data[1::2]),
    ):
        if b"\x00" in low or len(high.translate(None, _HIGH_BYTES)) > 0.1 * len(high):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


# Three Thai letters of UTF-8 in a row. In TIS-620 these bytes would be three syllables that begin
# with เธ or เน, so a text that has them is UTF-8 with a damaged byte, or a mixture.
_UTF8_THAI = re.compile(rb"(?:\xe0[\xb8\xb9][\x80-\xbf]){3}")
# A Thai word as it can be written: no mark without a consonant, no Latin letter beside it.
_THAI_WORD = re.compile(
    r"(?<![A-Za-z\u0e01-\u0e5b])[\u0e01-\u0e30\u0e40-\u0e46\u0e4f-\u0e5b][\u0e01-\u0e5b]+"
)
_THAI_BYTES = bytes(range(0xA1, 0xFC))  # of U+0E01 to U+0E5B in TIS-620


def _decode_thai(data: bytes) -> str | None:
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        return None
    signs = len(data) - len(data.translate(None, _THAI_BYTES))
    in_words = sum(len(word[0]) for word in _THAI_WORD.finditer(text))
    # Western European bytes come out as lone Thai signs inside Latin words.
    return text if in_words >= 0.9 * signs else None


def _undecodable(
    data: bytes, skipped: int, error: UnicodeDecodeError, encoding: str, where: str
) -> ParseError:
    offset = skipped + error.start
    before = error.object[: error.start].decode(error.encoding, errors="replace")
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return ParseError(
        f"byte 0x{data[offset]:02x} at offset {offset} is not {encoding}, "
        "and the whole is no other encoding read here",
        where=f"{where or 'document'}:{line}:{column}",
        todo="save it as UTF-8, or give the file as it was received",
    )


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
