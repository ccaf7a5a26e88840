"""Detect and restore text that was decoded with the wrong encoding (mojibake).

written as         read as              result
TIS-620            Latin-1              ¡ÃÐºÕè          (กระบี่)
UTF-8              Windows-1252         à¸à¸£à¸° , MÃ¡laga
UTF-8              Windows-874          เธเธฃเธฐ
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

# What bytes above 0x7F become in Latin-1 and Windows-1252.
_HIGH = (
    "\x80-\xff\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d"
    "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
)
# What the second and later bytes of a UTF-8 letter become.
_NEXT = "\x80-\xbf" + _HIGH[len("\x80-\xff") :]
_THAI_SIGN = "\u0e01-\u0e3a\u0e3f-\u0e5b"


_SAMPLE = 100_000  # characters that are looked at


@dataclass(frozen=True, slots=True)
class Misreading:
    """A way to decode text wrongly; `restore` undoes it for a part of the text."""

    name: str
    restore: Callable[[str], str]


def find_misreading(text: str) -> Misreading | None:
    """How a text was decoded wrongly; None if it was not, or if that is uncertain.

    >>> find_misreading("à¸¡à¸“à¸‘à¸¥").name, find_misreading("¨Ñ§ËÇÑ´ àÁ×Í§").name
    ('UTF-8 read as Windows-1252', 'TIS-620 read as Latin-1')
    >>> find_misreading("São Paulo, Málaga, Ålesund") is None
    True
    """
    if text.isascii():
        return None
    text = text[:_SAMPLE]
    for misreading, seen, least in _MISREADINGS:
        printed = "".join(seen.findall(text))
        if len(printed) < least:
            continue
        restored = misreading.restore(text)
        if seen is _TIS_RUN and (_is_utf8(text, printed) or not _reads_as_thai(restored)):
            continue
        left = "".join(seen.findall(restored))
        if restored != text and len(left) <= 0.1 * len(printed):
            return misreading
    return None


def _is_utf8(text: str, printed: str) -> bool:
    """Whether it is UTF-8 that cannot be restored; its bytes look like TIS-620 too."""
    return 3 * len(re.findall("\xe0[\xb8\xb9]", text)) > 0.6 * len(printed)


def _reads_as_thai(text: str) -> bool:
    """Whether a text has Thai vowels and marks, and several different consonants."""
    consonants = set(re.findall("[\u0e01-\u0e2e]", text))
    others = re.findall("[\u0e30-\u0e3a\u0e40-\u0e4e]", text)
    return len(consonants) >= 3 and len(others) >= 0.1 * len(re.findall(f"[{_THAI_SIGN}]", text))


def damage_left(text: str) -> str | None:
    """Name the wrong decoding of a text that cannot be restored, since bytes are lost.

    >>> damage_left("à¸?à¸£à¸°à¸?à¸µà¹? à¸?à¸¹à¹?")
    'UTF-8 read as Windows-1252'
    """
    if text.isascii() or not ("?" in text or "\ufffd" in text):
        return None
    for misreading, seen, least in _MISREADINGS[:2]:
        found = seen.findall(text)
        if len("".join(found)) >= 3 * least:
            return misreading.name
    return None


def _latin_bytes(text: str) -> bytes:
    """The bytes that were read as Windows-1252, or as Latin-1 where that has no sign for one."""
    return _bytes(text, "cp1252")


def _thai_bytes(text: str) -> bytes:
    return _bytes(text, "cp874")


def _bytes(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return b"".join(_byte(letter, encoding) for letter in text)


def _byte(letter: str, encoding: str) -> bytes:
    try:
        return letter.encode(encoding)
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _from_utf8(run: str, to_bytes: Callable[[str], bytes]) -> str:
    try:
        return to_bytes(run).decode("utf-8")
    except UnicodeError:
        return run


# One pair that begins with a common first byte is enough; of any other there must be more.
_UTF8_AS_LATIN = re.compile(
    f"[\xc2-\xc5][{_NEXT}]|(?:[\xc6-\xdf][{_NEXT}]){{2}}|[\xe0-\xef][{_NEXT}][{_NEXT} ]"
)
_LATIN_RUN = re.compile(f"[{_HIGH}]+(?: (?<=[\xe0-\xef][{_HIGH}] )[{_HIGH}]+)*")
_UTF8_AS_THAI = re.compile(f"\u0e40[\u0e18\u0e19][\x80-\x9f{_THAI_SIGN}\u20ac\u2026]")
_THAI_RUN = re.compile(
    f"[\x80-\xff{_THAI_SIGN}\u20ac\u2026\u2018\u2019\u201c\u201d\u2022\u2013\u2014]+"
)
# Thai words in TIS-620 have no Latin letter beside them. Capitals with accents can look alike, so
# a few are not enough.
_TIS_RUN = re.compile("(?<![A-Za-z\xc0-\xff])[\xa1-\xda\xdf-\xfb]{2,}(?![A-Za-z\x80-\xff])")
_THAI_WORD = re.compile(
    "[\u0e01-\u0e30\u0e40-\u0e46\u0e4f-\u0e5b\u0e3f][\u0e01-\u0e3a\u0e3f-\u0e5b]*"
)
_BAD_THAI = re.compile("[\u0e30\u0e32\u0e33\u0e40-\u0e44][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


def _restore_utf8_as_latin(text: str) -> str:
    def restored(run: re.Match[str]) -> str:
        # A no-break space, the byte 0xA0, has often become a plain one.
        return _from_utf8(run[0].replace(" ", "\xa0"), _latin_bytes)

    return _LATIN_RUN.sub(restored, text)


def _restore_utf8_as_thai(text: str) -> str:
    return _THAI_RUN.sub(lambda run: _from_utf8(run[0], _thai_bytes), text)


def _restore_tis(text: str) -> str:
    def restored(run: re.Match[str]) -> str:
        try:
            thai = run[0].encode("latin-1").decode("cp874")
        except UnicodeError:
            return run[0]
        is_thai = _THAI_WORD.fullmatch(thai) and not _BAD_THAI.search(thai)
        return thai if is_thai else run[0]

    return _TIS_RUN.sub(restored, text)


# Each with what is seen of it, and how many letters of that make it certain.
_MISREADINGS = (
    (Misreading("UTF-8 read as Windows-1252", _restore_utf8_as_latin), _UTF8_AS_LATIN, 2),
    (Misreading("UTF-8 read as Windows-874", _restore_utf8_as_thai), _UTF8_AS_THAI, 8),
    (Misreading("TIS-620 read as Latin-1", _restore_tis), _TIS_RUN, 5),
)
