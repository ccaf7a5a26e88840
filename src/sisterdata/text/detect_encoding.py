"""Detect the encoding of bytes and decode them, or say where that fails."""

from __future__ import annotations

import codecs
import re

from sisterdata.errors import ParseError


def decode(data: bytes, where: str = "") -> str:
    """Decode bytes in UTF-8, UTF-16, UTF-32 or Windows-874 (TIS-620), without a byte order mark.

    Raises `ParseError` with the offset, line and column of the first byte that cannot be decoded.

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


_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins the same
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# The high bytes of Latin and Thai letters in UTF-16, which is nearly every second byte of a text.
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


# Three Thai letters in a row, in UTF-8. In TIS-620, the same bytes are three syllables that begin
# with เธ or เน, which no text has: so this is damaged UTF-8, or a mixture of encodings.
_UTF8_THAI = re.compile(rb"(?:\xe0[\xb8\xb9][\x80-\xbf]){3}")
# A possible Thai word: it does not begin with a mark, and no Latin letter is next to it.
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
    # Western European text, decoded like this, has single Thai signs inside Latin words.
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
        "and the file is in none of the encodings known here",
        where=f"{where or 'document'}:{line}:{column}",
        todo="save it as UTF-8, or use the file as received",
    )
