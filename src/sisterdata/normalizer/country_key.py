"""The normal form under which country names are compared.

Small and idempotent: what two people write for one name (case, accents, apostrophes, dots,
articles, stray blanks, misordered Thai marks) has one key, and nothing else has it.
"""

from __future__ import annotations

import re
import unicodedata

_SEPARATORS = r"""!"#$%()*+,-./:;<=>?@[\]^_{|}~·•–—‐‑‒―‹›«»“”„…§†‡¶°ฯ،。、・，（）"""
_APOSTROPHES = "'`´‘’‛ʼʻʿʾ′"
_ASCII = str.maketrans(
    {c: " " for c in _SEPARATORS} | {c: None for c in _APOSTROPHES} | {"&": " and "}
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")

# Latin letters that Unicode does not decompose into a base letter and a mark.
_BASE_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_MARKS = re.compile("[\u0300-\u036f]")

# A run of single letters is an abbreviation: "U. S. A.", "P R China".
_INITIALS = re.compile(r"\b[a-z](?: [a-z])+\b")
_SAINT = re.compile(r"\b(?:st|ste|sainte)(?= )")
_ELIDED = re.compile(r"\b([dl]) (?=[aeiouh])")

_THAI = re.compile("[ก-๎]")
_THAI_GAP = re.compile("(?<=[ก-๎]) +(?=[ก-๎])")
_TONE_BEFORE_VOWEL = re.compile("([็-๎])([ัิ-ฺ])")
_REPEATED_MARK = re.compile("([ัิ-ฺ็-๎])\\1+")
_SARA_AM = re.compile("ํ([่-๋]?)า")


def country_key(text: str) -> str:
    """The key of a printed country name; empty where there is no letter and no digit.

    >>> country_key("The  U.S.A."), country_key("CÔTE D’IVOIRE"), country_key("St. Kitts & Nevis")
    ('usa', 'cote divoire', 'saint kitts and nevis')
    >>> country_key("ส.ป.ป. ลาว"), country_key("ประเทศญี่ปุ่น"), country_key("เเคนาดา")
    ('สปปลาว', 'ญี่ปุ่น', 'แคนาดา')
    """
    if text.isascii():
        return _articled(text.lower().translate(_ASCII))
    return _folded(accented_key(text))


def accented_key(text: str) -> str:
    """The key with accents kept: what tells Vietnamese "Ý" (Italy) from a stray letter.

    >>> accented_key("Türkiye,"), accented_key("ＦＩＮＬＡＮＤ")
    ('türkiye', 'finland')
    """
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    text = unicodedata.normalize("NFC", text).translate(_ASCII)
    if _THAI.search(text):
        text = _thai(text)
    return _articled(text)


def _articled(text: str) -> str:
    """Blanks, initials, "Saint" and the article, the same for every script."""
    text = " ".join(text.split())
    if " " not in text:
        return text
    text = _INITIALS.sub(lambda run: run.group().replace(" ", ""), text)
    text = _ELIDED.sub(r"\1", text)
    text = _SAINT.sub("saint", text)
    while text.startswith("the "):
        text = text[4:]
    return text.removesuffix(" the")


def _folded(text: str) -> str:
    """Accents dropped from Latin, Greek and Cyrillic letters; other scripts need their marks."""
    text = unicodedata.normalize("NFD", text)
    text = unicodedata.normalize("NFC", _MARKS.sub("", text)).translate(_BASE_LETTERS)
    return _articled(text)


def _thai(text: str) -> str:
    """Thai letters in one order, without blanks, and without ประเทศ ("country") in front."""
    text = text.replace("เเ", "แ")
    text = _REPEATED_MARK.sub(r"\1", text)
    text = _TONE_BEFORE_VOWEL.sub(r"\2\1", text)
    text = _SARA_AM.sub(r"\1ำ", text)
    text = _THAI_GAP.sub("", " ".join(text.split()))
    while text.startswith("ประเทศ") and len(text) > len("ประเทศ"):
        text = text.removeprefix("ประเทศ").lstrip()
    return text
