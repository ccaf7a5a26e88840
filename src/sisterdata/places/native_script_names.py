"""Names in a country's own script, in the forms that the gazetteer has."""

from __future__ import annotations

import re

_LAO = re.compile("[\u0e80-\u0eff]")
# Lao letters stand where Thai ones do, 128 code points earlier; these have no letter there.
_LAO_APART = {
    "\u0ebc": "ล",  # semivowel sign lo: ຫຼ is หล
    "\u0edc": "หน",
    "\u0edd": "หม",
    "\u0ecd": "\u0e4d",
}
_LAO_IA = re.compile("([\u0e81-\u0eae]\u0ebc?)\u0ebd")  # written before and behind in Thai
_HAN, _HANGUL = re.compile("[\u3400-\u9fff]+"), re.compile("[\uac00-\ud7a3]+")
_BURMESE, _KHMER = re.compile("[\u1000-\u109f]+"), re.compile("[\u1780-\u17ff]+")
_SUFFIXES = {"CN": "市省县区", "JP": "市県町村", "TW": "市縣", "KR": "시도군구", "KP": "시도군"}


def lao_to_thai(text: str) -> str:
    """The Thai letters of a Lao text; any other text as it is.

    >>> lao_to_thai("ແຂວງສາລະວັນ"), lao_to_thai("Pakse")
    ('แขวงสาละวัน', 'Pakse')
    """
    if not _LAO.search(text):
        return text
    text = _LAO_IA.sub("\u0ec0\\1\u0eb5\u0e8d", text)
    text = text.replace("\u0ebb\u0ea7", "\u0eb1\u0ea7").replace("\u0ebb", "")
    written = "".join(
        _LAO_APART.get(letter, chr(ord(letter) - 0x80) if "\u0e80" < letter < "\u0edc" else letter)
        for letter in text
    )
    return written.replace("\u0e4d\u0e32", "\u0e33")  # sara am


def is_syllabic(name: str) -> bool:
    """Whether a name of two signs or more is Chinese or Korean, where a sign is a syllable.

    >>> is_syllabic("成都"), is_syllabic("ab")
    (True, False)
    """
    return len(name) > 1 and bool(_HAN.fullmatch(name) or _HANGUL.fullmatch(name))


def with_type_words(name: str, countries: tuple[str, ...]) -> tuple[str, ...]:
    """A bare name in a country's own script with each word for a unit that it may leave out.

    >>> with_type_words("成都", ("CN",))
    ('成都市', '成都省', '成都县', '成都区')
    """
    if _BURMESE.fullmatch(name) and "MM" in countries:
        return tuple(f"{name}{word}" for word in ("မြို့", "တိုင်း", "ပြည်နယ်"))
    if _KHMER.fullmatch(name) and "KH" in countries:
        return tuple(f"{word}{name}" for word in ("ក្រុង", "ខេត្ត", "ខេត្ត "))
    if not _HAN.fullmatch(name) and not _HANGUL.fullmatch(name):
        return ()
    return tuple(f"{name}{word}" for code in countries for word in _SUFFIXES.get(code, ""))
