"""The normal form ("key") under which country names are compared.

Two ways to write one name have one key: case, accents, apostrophes, dots, articles, extra spaces
and misordered Thai marks do not count. The key of a key is itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from sisterdata.text.thai_letters import has_thai

_SEPARATORS = r"""!"#$%()*+,-./:;<=>?@[\]^_{|}~·•–—‐‑‒―‹›«»“”„…§†‡¶°ฯ،。、・，（）"""
_APOSTROPHES = "'`´‘’‛ʼʻʿʾ′"
_PUNCTUATION = str.maketrans(
    dict.fromkeys(_SEPARATORS, " ") | dict.fromkeys(_APOSTROPHES) | {"&": " and "}
)
# The same for ASCII text, with lower case: a table of bytes is several times faster.
_ASCII = bytes(ord(chr(code).lower().translate(_PUNCTUATION)[:1] or " ") for code in range(128))
_ASCII += bytes(range(128, 256))
_ASCII_APOSTROPHES = b"'`"
# Invisible characters and footnote marks, which would otherwise become letters or digits.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff¹²³⁰-₎ªº\u1d2c-\u1d6a]")

# Latin letters that Unicode does not decompose into a base letter and a mark.
_BASE_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_MARKS = re.compile("[\u0300-\u036f]")

# Arabic script: drop vowel marks and the stretching line; unify variants of a letter.
_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")
_ARABIC = re.compile("[\u0640\u064b-\u0655\u0670]")
_ARABIC_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك", "ۀ": "ه"}
)

# Words that change when other words stand next to them.
_ARTICLE = "the"
_SAINT = frozenset({"st", "ste", "sainte"})
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_CHANGED = _LETTERS | _SAINT | {_ARTICLE}
_POSSESSIVE = "s"  # "People s", where an apostrophe was lost

# Thai and ASCII only: no compatibility forms and no accents to look for.
_PLAIN_THAI = re.compile("[ -~]*[ก-๎][ -~ก-๎]*")
_MARKED = re.compile("[^ 0-9a-zก-ฮะ-๎]")  # ฯ is a mark
_THAI_GAP = re.compile("(?<=[ก-๎]) +(?=[ก-๎])")
_THAI_MISTYPED = re.compile("เเ|ํ[่-๋]?า|([ัิ-ฺ็-๎])\\1|[็-๎][ัิ-ฺ]")
_TONE_BEFORE_VOWEL = re.compile("([็-๎])([ัิ-ฺ])")
_REPEATED_MARK = re.compile("([ัิ-ฺ็-๎])\\1+")
_SARA_AM = re.compile("ํ([่-๋]?)า")
_THAI_COUNTRY = "ประเทศ"


def country_key(text: str) -> str:
    """The key of a country name; empty if the text has no letter and no digit.

    >>> country_key("The  U.S.A."), country_key("CÔTE D’IVOIRE"), country_key("St. Kitts & Nevis")
    ('usa', 'cote divoire', 'saint kitts and nevis')
    >>> country_key("ส.ป.ป. ลาว"), country_key("ประเทศญี่ปุ่น"), country_key("เเคนาดา")
    ('สปปลาว', 'ญี่ปุ่น', 'แคนาดา')
    """
    if text.isascii():
        if "&" in text:
            text = text.replace("&", " and ")
        return _tidy(text.encode().translate(_ASCII, _ASCII_APOSTROPHES).decode())
    return without_accents(accented_key(text))


def accented_key(text: str) -> str:
    """The key with its accents: it tells Vietnamese "Áo" (Austria) from "AO" (Angola).

    >>> accented_key("Türkiye,"), accented_key("ＦＩＮＬＡＮＤ")
    ('türkiye', 'finland')
    """
    if _LATIN.fullmatch(text):
        return _tidy(text.translate(_latin_folded()))
    if _PLAIN_THAI.fullmatch(text) and unicodedata.is_normalized("NFC", text):
        text = text.lower().replace("&", " และ ")
        return _tidy(_thai(text.translate(_PUNCTUATION) if _MARKED.search(text) else text))
    text = _folded(text)
    if _ARABIC_SCRIPT.search(text):
        text = _ARABIC.sub("", text).translate(_ARABIC_LETTERS)
    return _tidy(_thai(text) if has_thai(text) else text)


def without_accents(key: str) -> str:
    """Drop accents from Latin, Greek and Cyrillic letters; other scripts keep their marks.

    >>> without_accents("türkiye"), without_accents("ญี่ปุ่น")
    ('turkiye', 'ญี่ปุ่น')
    """
    if _PLAIN_THAI.fullmatch(key):
        return key
    plain = key.translate(_latin_bases()) if _LATIN.fullmatch(key) else _base_letters(key)
    return key if plain == key else _tidy(plain)


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold()
    return unicodedata.normalize("NFC", text).translate(_PUNCTUATION)


def _base_letters(key: str) -> str:
    plain = _MARKS.sub("", unicodedata.normalize("NFD", key))
    return unicodedata.normalize("NFC", plain).translate(_BASE_LETTERS)


# Latin letters and dashes, without combining marks: each can be normalized by itself.
_LATIN = re.compile("[\0-\u024f\u2010-\u201f]*")


def _each_latin(normalize: Callable[[str], str]) -> dict[int, str]:
    return {code: normalize(chr(code)) for code in (*range(0x250), *range(0x2010, 0x2020))}


@cache
def _latin_folded() -> dict[int, str]:
    return _each_latin(_folded)


@cache
def _latin_bases() -> dict[int, str]:
    return _each_latin(_base_letters)


def _tidy(text: str) -> str:
    """One space between words; join initials and elisions; spell out "Saint"; drop articles."""
    words = text.split()
    if len(words) > 1 and not _CHANGED.isdisjoint(words):
        words = _joined(words)
        while len(words) > 1 and words[0] == _ARTICLE:
            del words[0]
        if len(words) > 1 and words[-1] == _ARTICLE:
            del words[-1]
        words[:-1] = ["saint" if word in _SAINT else word for word in words[:-1]]
    return " ".join(words)


def _joined(words: list[str]) -> list[str]:
    """Join runs of single letters ("u s a" to "usa"), and "d ivoire" to "divoire"."""
    joined: list[str] = []
    initials = False
    for word in words:
        letter = word in _LETTERS
        if joined and (
            (letter and initials)
            or (joined[-1] in {"d", "l"} and word[0] in "aeiouh" and not letter)
            or (joined[-1] == "people" and word == _POSSESSIVE)
        ):
            joined[-1] += word
        else:
            joined.append(word)
        initials = letter
    return joined


def _thai(text: str) -> str:
    """Order Thai marks; drop spaces, and ประเทศ ("country") at the beginning."""
    text = " ".join(text.split())
    if " " in text:
        text = _THAI_GAP.sub("", text)
    while _THAI_MISTYPED.search(text):
        text = _REPEATED_MARK.sub(r"\1", text.replace("เเ", "แ"))
        text = _SARA_AM.sub(r"\1ำ", _TONE_BEFORE_VOWEL.sub(r"\2\1", text))
    while text.startswith(_THAI_COUNTRY) and len(text) > len(_THAI_COUNTRY):
        text = text.removeprefix(_THAI_COUNTRY).lstrip()
    return text


def single_letters(text: str, key: str) -> tuple[str, ...]:
    """The single letters of a text that may belong to its name, in lower case; `key` is its key.

    Initials ("U.S.A."), a conjunction between two words ("Trinidad y Tobago") and a lower-case
    footnote mark ("Angola (a)") are not among them.

    >>> single_letters("Congo (K)", "congo k"), single_letters("Angola (a)", "angola a")
    (('k',), ())
    """
    alone = _ALONE.findall(key)
    if "D" in text or "L" in text:
        alone += [letter.lower() for letter in _ELIDED.findall(text)]
    if not alone:
        return ()
    found = [letter for letter in _SINGLE.findall(text) if letter.lower() in alone]
    between = [letter for letter in _CONJUNCTION.findall(text) if letter in found]
    for letter in between:
        found.remove(letter)
    others = [letter for letter in _LATIN.findall(text) if letter not in found]
    if not others or any(map(str.isupper, others)):  # a small letter is then a footnote mark
        found = [letter for letter in found if letter.isupper()]
    return tuple(letter.lower() for letter in found)


_ALONE = re.compile("(?:^|(?<= ))[a-z](?= |$)")
_CONJUNCTION = re.compile(r"(?<=[^\W\d_]{2})\s+([EYIOAUeyioau])\s+(?=[^\W\d_]{2})")
# "D. Iran" has one key with "d'Iran".
_ELIDED = re.compile(r"^\s*([DL])(?=[\s.]+[AEIOUHaeiouh])")
_SINGLE = re.compile(r"(?<![^\W_])(?<![?\ufffd-])[A-Za-z](?![^\W_]|['’‘´`/?\ufffd]|-\w)")
_LATIN = re.compile("[A-Za-z]")
