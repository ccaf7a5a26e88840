"""Korean place names in Thai, from Hangul or from McCune-Reischauer (North Korea).

The Royal Institute's rules of 2012 spell what Revised Romanisation writes, so Hangul is romanised
first, with the sound changes between syllables.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from wunsen import ThapSap

_TYPE = re.compile(
    "(?:특별자치도|특별자치시|특별시|광역시|직할시|특급시|자치구|시|군|구|읍|면|동|리|도|로동자구)$"
)
_ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_CODAS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_LATIN_ONSETS = dict(
    zip(_ONSETS, re.split(" ", "g kk n d tt r m b pp s ss - j jj ch k t p h"), strict=True)
) | {"ㅇ": ""}  # fmt: skip
_LATIN_VOWELS = re.split(" ", "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i")
_SIMPLE = {
    "ㄳ": "ㄱ", "ㄵ": "ㄴ", "ㄶ": "ㄴ", "ㄺ": "ㄱ", "ㄻ": "ㅁ", "ㄼ": "ㄹ", "ㄽ": "ㄹ", "ㄾ": "ㄹ",
    "ㄿ": "ㅂ", "ㅀ": "ㄹ", "ㅄ": "ㅂ",
}  # fmt: skip
_STOP = {
    **dict.fromkeys("ㄱㄲㅋ", "ㄱ"),
    **dict.fromkeys("ㄷㅅㅆㅈㅊㅌㅎ", "ㄷ"),
    **dict.fromkeys("ㅂㅍ", "ㅂ"),
}
_NASAL = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}
_BREATHED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅂ": "ㅍ", "ㅈ": "ㅊ"}
_LATIN_CODAS = {
    "": "",
    "ㄱ": "k",
    "ㄴ": "n",
    "ㄷ": "t",
    "ㄹ": "l",
    "ㅁ": "m",
    "ㅂ": "p",
    "ㅇ": "ng",
}

# McCune-Reischauer to Revised Romanisation, the longer first.
_REISCHAUER = (
    ("ch'", "ch"), ("tch", "jj"), ("k'", "k"), ("t'", "t"), ("p'", "p"), ("ch", "j"),
    ("wŏ", "wo"), ("yŏ", "yeo"), ("ŏ", "eo"), ("ŭi", "ui"), ("ŭ", "eu"), ("shi", "si"),
    ("ng", "ng"), ("kk", "kk"), ("tt", "tt"), ("pp", "pp"), ("ll", "ll"),
)  # fmt: skip
_THAP = ThapSap("ko", system="RI55")


def spell(hangul: str) -> tuple[str, ...]:
    """A name in Hangul, in Thai without its type word.

    >>> spell("강릉시"), spell("전주"), spell("한라동")
    (('คังนึง',), ('ช็อนจู',), ('ฮัลลา',))
    """
    name = _TYPE.sub("", hangul) if len(hangul) > 2 else hangul
    romanised = romanise(name)
    return () if romanised is None else (_THAP.thap(romanised),)


def spell_reischauer(name: str) -> tuple[str, ...]:
    """A name in McCune-Reischauer, in Thai without its type word.

    >>> spell_reischauer("Sunch’ŏn"), spell_reischauer("Hamhŭng-si")
    (('ซุนช็อน',), ('ฮัมฮึง',))
    """
    word = unicodedata.normalize("NFC", name.lower()).replace("’", "'").replace("‘", "'")
    word = re.sub(
        "-(?:si|gun|gu|kun|ku|up|ŭp|ri|li|ni|do|to|dong|nodongjagu|rodongjagu)$", "", word
    )
    revised = re.sub("[ -]", "", word)
    found, at = "", 0
    while at < len(revised):
        for old, new in _REISCHAUER:
            if revised.startswith(old, at):
                found, at = found + new, at + len(old)
                break
        else:
            found, at = found + _first_or_coda(revised, at), at + 1
    return (_THAP.thap(found),) if found.isalpha() else ()


def spell_revised(name: str) -> tuple[str, ...]:
    """A name in Revised Romanisation, in Thai without its type word.

    >>> spell_revised("Seogwipo-si")
    ('ซอกวีโพ',)
    """
    word = re.sub("-(?:si|gun|gu|eup|myeon|dong|ri|do)$", "", name.lower())
    return (_THAP.thap(word),)


def _first_or_coda(text: str, at: int) -> str:
    """k, t and p are the plain stops g, d and b where a syllable starts."""
    letter, after = text[at], text[at + 1 : at + 2]
    starts = after and after in "aeiouwyŏŭ"
    return {"k": "g", "t": "d", "p": "b"}.get(letter, letter) if starts else letter


def romanise(hangul: str) -> str | None:
    """Revised Romanisation, syllables apart by apostrophes; None for what is not Hangul.

    >>> romanise("종로"), romanise("묵호"), romanise("釜山")
    ("jong'no", "muk'ho", None)
    """
    syllables = [_split(letter) for letter in unicodedata.normalize("NFC", hangul)]
    if not syllables or None in syllables:
        return None
    joined = [list(syllable) for syllable in syllables if syllable]
    for left, right in pairwise(joined):
        left[2], right[0] = _meet(left[2], right[0], right[1])
    joined[-1][2] = _meet(joined[-1][2], "", "")[0]
    spelt = []
    before = ""
    for onset, vowel, coda in joined:
        first = "l" if onset == "ㄹ" and before == "ㄹ" else _LATIN_ONSETS[onset]
        spelt.append(first + vowel + _LATIN_CODAS[coda])
        before = coda
    return "'".join(spelt)


def _split(letter: str) -> tuple[str, str, str] | None:
    """A syllable's onset, its vowel in Latin letters, and its coda."""
    at = ord(letter) - 0xAC00
    if not 0 <= at < 19 * 21 * 28:
        return None
    return _ONSETS[at // 588], _LATIN_VOWELS[at % 588 // 28], _CODAS[at % 28]


def _meet(coda: str, onset: str, vowel: str) -> tuple[str, str]:
    """How a coda and the onset after it sound next to each other."""
    if onset == "ㅇ" and coda not in ("", "ㅇ"):  # the coda moves over
        if coda in ("ㄷ", "ㅌ") and vowel == "i":
            return "", "ㅈ" if coda == "ㄷ" else "ㅊ"
        if coda == "ㅎ":
            return "", "ㅇ"
        return ("", coda) if coda in _ONSETS else (_SIMPLE[coda], "ㅇ")
    if coda in ("ㅎ", "ㄶ", "ㅀ") and onset in _BREATHED:
        return _SIMPLE.get(coda, ""), _BREATHED[onset]
    coda = _SIMPLE.get(coda, coda)
    coda = _STOP.get(coda, coda)
    if onset == "ㄹ" and coda in ("ㅁ", "ㅇ", "ㄱ", "ㅂ", "ㄷ"):
        onset = "ㄴ"
    if coda in _NASAL and onset in ("ㄴ", "ㅁ"):
        coda = _NASAL[coda]
    if (coda, onset) in (("ㄴ", "ㄹ"), ("ㄹ", "ㄴ")):
        coda, onset = "ㄹ", "ㄹ"
    return coda, onset
