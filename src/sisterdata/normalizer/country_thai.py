"""Thai country names: spelling variants, forms of state, and one wrong letter."""

from __future__ import annotations

import re
from functools import cache

from sisterdata.normalizer.country_index import lookup, thai_keys

# Letters that transcribers exchange for one another, to one of them.
_EXCHANGED = str.maketrans(
    {
        "ซ": "ส", "ศ": "ส", "ษ": "ส", "ช": "ส", "ฌ": "ส", "ฉ": "ส",
        "ข": "ค", "ฆ": "ค", "ก": "ค", "ฐ": "ท", "ฑ": "ท", "ฒ": "ท", "ธ": "ท", "ถ": "ท",
        "ฏ": "ต", "ฎ": "ด", "ณ": "น", "ฬ": "ล", "ญ": "ย", "ผ": "พ", "ภ": "พ", "ฝ": "ฟ",
        "ใ": "ไ", "ี": "ิ", "ื": "ึ", "ู": "ุ", "ะ": "า",
        "่": None, "้": None, "๊": None, "๋": None, "็": None,
    }
)  # fmt: skip
_SILENT = re.compile("[ก-ฮ][ิุ]?์")
_DOUBLED = re.compile("([ก-ฮ])\\1+")

_STATE_FORM = re.compile(
    "^(?:ราชอาณาจักร|ราชรัฐ|เครือรัฐ|จักรวรรดิ|สหภาพ|สมาพันธรัฐ|สมาพันธ์รัฐ|สหพันธรัฐ|สหพันธ์รัฐ|สหพันธ์|"
    "รัฐสุลต่าน|สุลต่าน|รัฐเอกราช|แกรนด์ดัชชี|สหสาธารณรัฐ|สาธารณรัฐ|สาธารณะรัฐ|รัฐเอมิเรตส์)"
    "(?:สาธารณรัฐ|สาธารณะรัฐ|ประชาธิปไตย|ประชาชน|สังคมนิยม|อิสลาม|อาหรับ|เอกราช|สหกรณ์|รวม|สหภาพ|แห่ง)*"
)


def without_thai_state_form(key: str) -> tuple[str, str]:
    """The name without the words that say the form of the state, and those words.

    >>> without_thai_state_form("สหพันธ์สาธารณรัฐประชาธิปไตยเนปาล")
    ('เนปาล', 'สหพันธ์สาธารณรัฐประชาธิปไตย')
    """
    form = _STATE_FORM.match(key)
    return (key[form.end() :], form.group()) if form else (key, "")


def thai_sound(key: str) -> str:
    """The key with what spellings of one name differ in folded away.

    >>> thai_sound("เนเธอร์แลนด์") == thai_sound("เนเธอแลนด์")
    True
    """
    key = _SILENT.sub("", key.replace("สาธารณะ", "สาธารณ")).translate(_EXCHANGED)
    return _DOUBLED.sub(r"\1", key)


def sounding_like(key: str) -> str | None:
    """The Thai key of the index that differs from this one in spelling only."""
    return _sounds().get(thai_sound(key)) or None


def one_letter_from(key: str) -> tuple[list[str], int]:
    """The keys of the index that are one letter away in sound (two in long names), and how many."""
    sound = thai_sound(key)
    if len(sound) < 5:
        return [], 0
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    limit = 2 if len(sound) >= 12 else 1
    sounds = _sounds()
    near = process.extract(sound, list(sounds), scorer=OSA.distance, score_cutoff=limit + 1)
    near = [hit for hit in near if len(hit[0]) >= 5]
    if not near or near[0][1] > limit:
        return [], 0
    least = near[0][1]
    # The margin: whatever is as near, or one letter further, must not be another country.
    return [sounds[hit[0]] for hit in near if hit[1] <= least + 1], int(least)


@cache
def _sounds() -> dict[str, str]:
    """Sound to key; a sound that several countries share is left out."""
    sounds: dict[str, str] = {}
    for key in thai_keys():
        other = sounds.setdefault(thai_sound(key), key)
        if other and _codes(other) != _codes(key):
            sounds[thai_sound(key)] = ""
    return {sound: key for sound, key in sounds.items() if key}


def _codes(key: str) -> tuple[str, ...]:
    entry = lookup(key)
    return entry.codes if entry else ()
