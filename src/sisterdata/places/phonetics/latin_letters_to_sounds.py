"""Split a name in Latin letters into units of sound, as `thai_letters_to_sounds.py` does for Thai.

A unit is a letter or a group that writes one sound (sch, eau, ng), a vowel with its accent, a
consonant that closes a syllable (``r.``), or a letter whose neighbour changes it (c before e:
``c'``). How Thai writes each, in each language, is learned (`sound_costs.py`).
"""

from __future__ import annotations

import re
import unicodedata

_VOWELS = "aeiouy"
# Groups that write one sound in some language of the gazetteer; in Thai they are then one unit.
_GROUPS = (
    "tsch shch sch tch dzh eau "
    "ch sh th ph kh gh zh dh bh jh lh nh rh wh ng gn gl ny ly ts tz cz sz rz dz dj tj sj kj ck qu "
    "ll ss zz cc gg rr tt nn mm pp bb dd ff kk "
    "aa ai ay au aw ao ae ea ee ei ey eu ew ie ia io iu oa oe oi oo ou ow oy ua ue ui uo uu uy ii"
)
_OWN_GROUPS = {
    "zh": "zh ch sh ng iao ian uai ai ei ao ou ia ie iu ua ue ui uo er",
    "ja": "sh ch ts ky gy ny hy by py my ry kk tt ss pp nn aa ii uu ee oo ou ei ai",
    "ko": "yeo eo yae ae eu oe ui wi wae wa wo ng ch kk tt pp ss jj ya yo yu ye",
    "vi": "ngh ng nh ch gi gh kh ph th tr qu uyê iêu ươu uây oai oay ươ uô iê yê ia ưa ua ai ay "
    "ao au âu ây oi ôi ơi ui ưi oa oe oă uâ uê uy ưu iu êu eo",
}  # fmt: skip
_UNIT = {
    language: re.compile("|".join([*groups.split(), "."]), re.S)
    for language, groups in {"": _GROUPS, **_OWN_GROUPS}.items()
}
_LIGATURES = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "đ": "d", "ð": "d", "ø": "ö", "ı": "i", "ŋ": "ng",
     "ħ": "h", "ł": "ł", "ə": "ä", "ǝ": "ä"}
)  # fmt: skip
# Accents that write another sound than the bare letter; the rest (stress, tones, length) go.
_KEPT = re.compile("[äöüåñçčšžśźżćńęąőűřěğşțţșłůă]|ơ|ư|â|ê|ô|é|è|ë|ï|ã|õ|ý|ō|ū|ā|ē|ī|ó")


def read_latin(text: str, language: str = "") -> tuple[str, ...]:
    """The units of a name in Latin script; `language` picks how letters group (``zh``: pinyin).

    >>> read_latin("Leicester")
    ('l', 'ei', "c'", 'e', 's.', 't', 'e', 'r.')
    >>> read_latin("Zhangjiajie", "zh")
    ('zh', 'a', 'ng', 'j', 'ia', 'j', 'ie')
    >>> read_latin("Châteauroux")
    ('ch', 'â', 't', 'eau', 'r', 'ou', 'x.')
    """
    units: list[str] = []
    for word in re.findall(r"[^\W\d_]+", _plain(text)):
        units += _word(word, _UNIT.get(language, _UNIT[""]))
    return tuple(units)


def _plain(text: str) -> str:
    lowered = unicodedata.normalize("NFC", text.lower()).translate(_LIGATURES)
    if lowered.isascii():
        return lowered
    return "".join(letter if _KEPT.match(letter) else _bare(letter) for letter in lowered)


def _bare(letter: str) -> str:
    """A letter without the accents that `_KEPT` does not hold (ấ -> â, ǎ -> a)."""
    while len(spelt := unicodedata.normalize("NFD", letter)) > 1:
        letter = unicodedata.normalize("NFC", spelt[:-1])
        if _KEPT.match(letter):
            return letter
        spelt = letter
    return letter


def _word(word: str, pattern: re.Pattern[str]) -> list[str]:
    found = pattern.findall(word)
    units = []
    for at, unit in enumerate(found):
        follows = found[at + 1] if at + 1 < len(found) else ""
        vowel_next = bool(follows) and _is_vowel(follows)
        mark = ""
        if _is_vowel(unit):
            if unit == "e" and not follows and at > 0:
                mark = "."  # often mute
            elif unit in "yi" and vowel_next and (at == 0 or _is_vowel(found[at - 1])):
                units.append("y-")
                continue
        elif unit in ("c", "g", "sc", "cc", "gg") and follows[:1] in tuple("eiyéèêěę"):
            mark = "'"
        elif not vowel_next and follows[:1] not in tuple("rlwhjy"):
            mark = "."
        units.append(unit + mark)
    return units


def _is_vowel(unit: str) -> bool:
    return unicodedata.normalize("NFD", unit)[0] in _VOWELS + "ươ"
