"""Thai country names: spelling variants, forms of state, and one wrong letter."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from sisterdata.normalizer.country_index import lookup_known, thai_keys

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


def same_sound(key: str) -> str | None:
    """The Thai key of the index that differs from this one in spelling only.

    >>> same_sound("อิตาลี่")
    'อิตาลี'
    """
    return _sounds().get(thai_sound(key))


def near_in_sound(key: str) -> tuple[list[str], int]:
    """The keys of the index one letter away in sound (two in long names), and how many.

    With them come those one letter further: the margin that a likely answer has to have.
    """
    sound = thai_sound(key)
    if len(sound) < _SHORTEST:
        return [], 0
    candidates = _alike().get(sound[:3], set()) | _alike().get(sound[-3:], set())
    if not candidates:
        return [], 0
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    limit = 2 if len(sound) >= 12 else 1
    if not process.extract(sound, candidates, scorer=OSA.distance, score_cutoff=limit, limit=1):
        return [], 0
    near = process.extract(
        sound, _alike()[""], scorer=OSA.distance, score_cutoff=limit + 1, limit=None
    )
    least = int(near[0][1])
    return [_sounds()[other] for other, distance, _ in near if distance <= least + 1], least


# In fewer letters of sound, one of them is too much.
_SHORTEST = 5


@cache
def _sounds() -> dict[str, str]:
    """Sound to key; a sound that several countries share is left out."""
    sounds: dict[str, str] = {}
    shared = set()
    for key in thai_keys():
        other = sounds.setdefault(thai_sound(key), key)
        if lookup_known(other).codes != lookup_known(key).codes:
            shared.add(thai_sound(key))
    return {sound: key for sound, key in sounds.items() if sound not in shared}


@cache
def _alike() -> dict[str, set[str]]:
    """Sounds by their first three and their last three letters; all of them under ""."""
    alike: dict[str, set[str]] = defaultdict(set)
    for sound in _sounds():
        if len(sound) >= _SHORTEST:
            alike[sound[:3]].add(sound)
            alike[sound[-3:]].add(sound)
            alike[""].add(sound)
    return dict(alike)
