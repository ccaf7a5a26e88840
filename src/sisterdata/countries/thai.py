"""Thai country names: spelling variants, forms of state, and one wrong letter."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from sisterdata.countries.index import lookup_known, thai_keys
from sisterdata.countries.typos import extractor

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
    "^(?:ราชอาณาจักร|ราชรัฐ|เครือรัฐ|สหภาพ|สมาพันธรัฐ|สมาพันธ์รัฐ|สหพันธรัฐ|สหพันธ์รัฐ|สหพันธ์|"
    "รัฐสุลต่าน|สุลต่าน|รัฐเอกราช|รัฐอิสลาม|เอมิเรตอิสลาม|แกรนด์ดัชชี|สหสาธารณรัฐ|สาธารณรัฐ|สาธารณะรัฐ|รัฐเอมิเรตส์)"
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

    >>> same_sound("อิตาลี่"), same_sound("มะลิ")
    ('อิตาลี', None)
    """
    sound = thai_sound(key)
    near = _sounds().get(sound)
    if near is None and len(sound) > _SHORTEST:
        near = _sounds_without_r().get(_without_r(sound))
    # In few letters sound says little: there only a tone or the length of a vowel may differ.
    if near is None or len(sound) >= _SHORTEST or _without_length(key) == _without_length(near):
        return near
    return None


def near_in_sound(key: str) -> tuple[list[str], int]:
    """The keys of the index one letter away (two or three in long names), and how many letters.

    With them come those one letter further: the margin that a likely answer has to have.

    >>> keys, letters = near_in_sound("มองโกเลีบ")
    >>> keys[0], letters
    ('มองโกเลีย', 1)
    """
    sound = thai_sound(key)
    if len(sound) < _SHORTEST:
        return [], 0
    alike = [_alike().get(end, []) for end in (sound[:2], sound[0] + sound[-3:])]
    if not any(alike):
        return [], 0
    extract, letters_apart = extractor()
    limit = 1 if len(sound) < 12 else 2

    def within(distance: int, sounds: list[str]) -> list[tuple[int, str]]:
        near = extract(
            sound, sounds, scorer=letters_apart, score_cutoff=distance, limit=None, processor=None
        )
        return [(int(apart), other) for other, apart, _ in near]

    if not any(within(limit, sounds) for sounds in alike):
        return [], 0
    # Whatever is one letter further has one end in common: who mistypes both?
    ends = (sound[0], sound[-2:])
    near = sorted({hit for end in ends for hit in within(limit + 1, _ending().get(end, []))})
    least = near[0][0]
    keys = [_sounds()[other] for apart, other in near if apart <= least + 1]
    if _COMPASS.findall(key) != _COMPASS.findall(keys[0]):
        return [], 0  # ติมอร์ตะวันตก is not ติมอร์ตะวันออก
    letters = int(letters_apart(key, keys[0]))
    return (keys, letters) if letters <= 1 + (len(key) >= 8) + (len(key) >= 14) else ([], 0)


_COMPASS = re.compile("เหนือ|ใต้|ตะวันออก|ตะวันตก|กลาง")

# In fewer letters of sound, one of them is too much.
_SHORTEST = 5

_LENGTHS = str.maketrans({"ี": "ิ", "ื": "ึ", "ู": "ุ", **dict.fromkeys("่้๊๋็")})


def _without_length(key: str) -> str:
    return key.translate(_LENGTHS)


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


def _without_r(sound: str) -> str:
    """ร and ล as one letter, as many speakers say them."""
    return sound.replace("ร", "ล")


@cache
def _sounds_without_r() -> dict[str, str]:
    """The same with ร and ล as one letter; what several countries share is left out."""
    keys: dict[str, str] = {}
    shared = set()
    for sound, key in _sounds().items():
        other = keys.setdefault(_without_r(sound), key)
        if lookup_known(other).codes != lookup_known(key).codes:
            shared.add(_without_r(sound))
    return {sound: key for sound, key in keys.items() if sound not in shared}


@cache
def _alike() -> dict[str, list[str]]:
    """Sounds by their first two letters, and by the first and the last three."""
    alike: dict[str, list[str]] = defaultdict(list)
    for sound in _sounds():
        alike[sound[:2]].append(sound)
        alike[sound[0] + sound[-3:]].append(sound)
    return dict(alike)


@cache
def _ending() -> dict[str, list[str]]:
    """Sounds by their first letter, and by their last two."""
    ending: dict[str, list[str]] = defaultdict(list)
    for sound in _sounds():
        ending[sound[0]].append(sound)
        ending[sound[-2:]].append(sound)
    return dict(ending)
