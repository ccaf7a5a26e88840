"""Detect the script of a text."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache

# First words of Unicode character names, by the script code of ISO 15924 that CLDR uses.
_CODES = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "ARABIC": "Arab", "CJK": "Hani", "KATAKANA": "Kana",
    "HIRAGANA": "Kana", "HANGUL": "Hang", "THAI": "Thai", "LAO": "Laoo", "MYANMAR": "Mymr",
    "KHMER": "Khmr", "DEVANAGARI": "Deva", "BENGALI": "Beng", "GREEK": "Grek", "HEBREW": "Hebr",
    "ARMENIAN": "Armn", "GEORGIAN": "Geor", "ETHIOPIC": "Ethi", "TAMIL": "Taml", "TELUGU": "Telu",
    "KANNADA": "Knda", "MALAYALAM": "Mlym", "GUJARATI": "Gujr", "GURMUKHI": "Guru", "ORIYA": "Orya",
    "SINHALA": "Sinh", "TIBETAN": "Tibt", "MONGOLIAN": "Mong", "THAANA": "Thaa",
}  # fmt: skip


def script(text: str) -> str:
    """The ISO 15924 code of most letters of a text; ``Zyyy`` if it has no letters.

    >>> script("Yantai"), script("烟台"), script("เหยียนไถ")
    ('Latn', 'Hani', 'Thai')
    """
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else "Zyyy"
    counted = Counter(_of(letter) for letter in text if letter.isalpha())
    return max(sorted(counted), key=counted.__getitem__) if counted else "Zyyy"


@cache
def _of(letter: str) -> str:
    return _CODES.get(unicodedata.name(letter, "?").split()[0], "Zzzz")
