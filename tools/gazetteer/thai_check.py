"""Does a Thai name sound like the place it is given to? A coarse check of names from outside.

CLDR calls Angola's Cabinda โนวา สโกเชีย; GeoNames has such names too. Consonants of both sides are
put into a few classes and compared; what has next to nothing in common is not believed. The check
is coarse by intention: it only has to tell a wrong name from a loose spelling, and it is
independent of the distance that matching learns from these names. A name that is not clearly right
is dropped where it fits some other unit of the world far better: CLDR's wrong names are such.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import cache

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

SURE, UNLIKE, _BETTER = 0.7, 0.45, 0.1

# Longest first.
_TYPE_WORDS = re.compile(
    "จังหวัดปกครองตนเอง|แคว้นปกครองตนเอง|เขตบริหารพิเศษ|เขตปกครองตนเอง|เขตปกครองพิเศษ|"
    "เขตการปกครอง|เขตผู้ว่าการ|เขตเมืองหลวง|เขตสหพันธ์|โกเวอโนเรต|โกเวอโนเรท|"
    "ดิสตริกต์|สาธารณรัฐ|เขตปกครอง|เมืองหลวง|ดิวิชั่น|หมู่เกาะ|เคาน์ตี้|โพรวินซ์|"
    "โอบลาสต์|จังหวัด|ดิสตริก|นครหลวง|ภูมิภาค|เคาน์ตี|เทศมณฑล|คอมมูน|ดินแดน|ราชรัฐ|"
    "เทศบาล|แม่น้ำ|โพวิ้น|พาริช|อำเภอ|เมือง|แคว้น|แพริช|กรุง|ตำบล|ฝ่าย|มณฑล|ส่วน|เกาะ|"
    "แขวง|ตอน|นคร|รัฐ|เขต|โซน|ไคร"
)
_THAI_DIRECTIONS = re.compile(
    "ตะวันออกเฉียงเหนือ|ตะวันออกเฉียงใต้|ตะวันตกเฉียงเหนือ|ตะวันตกเฉียงใต้|ตะวันออก|ตะวันตก|เหนือ|ใต้|กลาง|ตอนบน|ตอนล่าง|"
    "ใหญ่|น้อย|ใหม่|และ|ใน"
)
_LATIN_WORDS = re.compile(
    r"\b(north|south|east|west|north-?east|north-?west|south-?east|south-?west|central|upper|lower|"
    r"northern|southern|eastern|western|new|great|greater|and|inner|of|the|saint|province|region|"
    r"state|oblast|county|district|department|island|islands|municipality|prefecture|governorate|"
    r"republic|territory|city|autonomous|division|parish|canton|krai)\b"
)
_SILENT = re.compile("[ก-ฮ][ิุ]?์")
_THAI = {
    **dict.fromkeys("กขฃคฅฆ", "k"),
    **dict.fromkeys("จฉชซฌสศษ", "s"),
    **dict.fromkeys("ดตถทธฎฏฐฑฒ", "t"),
    **dict.fromkeys("นณงญ", "n"),
    **dict.fromkeys("บปผพภฝฟ", "p"),
    **dict.fromkeys("รลฬฤ", "r"),
    "ม": "m",
    "ว": "w",
    "ำ": "m",
}
_LATIN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"tch|tsch|shch|sch|ch|sh|zh|ts|tz|cz|sz|c(?=[eiy])|z|j|x(?=i)|s"), "s"),
    (re.compile(r"ph|th|kh|gh|bh|dh|rh"), lambda m: m[0][0]),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ng|gn|ny|nh"), "n"),
    (re.compile(r"[cgkq]"), "k"),
    (re.compile(r"[dt]"), "t"),
    (re.compile(r"[bfp]"), "p"),
    (re.compile(r"[lr]"), "r"),
)


class Rivals:
    """The names, in English, of all places that a misplaced name may come from."""

    def __init__(self, names: Iterable[str]) -> None:
        bones = {bone for name in names for bone in latin_bones(name) if len(bone) >= 3}
        self._bones = sorted(bones)

    def best(self, thai: str) -> float:
        """How well the best of them agrees with a Thai name."""
        return float(
            process.cdist(
                sorted(thai_bones(thai)), self._bones, scorer=Levenshtein.normalized_similarity
            ).max()
        )


def believed(thai: str, names: Collection[str], rivals: Rivals) -> bool:
    """Whether a Thai name may be that of the place which `names` call.

    >>> nova_scotia = Rivals(["Nova Scotia"])
    >>> believed("จังหวัดเชียงใหม่", ["Chiang Mai"], nova_scotia)
    True
    >>> believed("รัฐโนวาสโกเชีย", ["Cabinda", "Kabinda"], nova_scotia)
    False
    """
    own = likeness(thai, names)
    if own >= SURE:
        return True
    return own >= UNLIKE and rivals.best(thai) < own + _BETTER


def likeness(thai: str, names: Iterable[str]) -> float:
    """How well the consonants agree with the best of the names, in [0, 1].

    >>> likeness("จังหวัดเชียงใหม่", ["Chiang Mai"])
    1.0
    """
    others = {bone for name in names for bone in latin_bones(name)}
    best = 0.0
    for bones in thai_bones(thai):
        for other in others:
            if not bones or not other:  # no consonant that is heard: อูเอ, Ue
                return 1.0
            best = max(best, Levenshtein.normalized_similarity(bones, other))
    return best


def _bare(thai: str) -> tuple[str, str, str]:
    """Whole; without type words; without directions, which CLDR translates, too."""
    untyped = _TYPE_WORDS.sub("", thai)
    return thai, untyped, _THAI_DIRECTIONS.sub("", untyped)


@cache
def thai_bones(thai: str) -> frozenset[str]:
    """The consonant classes of a Thai name: whole or bare, its silenced letters heard or not."""
    return frozenset(
        _squeezed("".join(_THAI.get(letter, "") for letter in heard.replace("ง", ng)))
        for name in _bare(thai)
        for heard in (name, _SILENT.sub("", name))
        for ng in "งก"  # in Japanese names ง stands for g
    )


@cache
def latin_bones(name: str) -> frozenset[str]:
    """The consonant classes of a name in any script but Thai; v and soft g either way."""
    plain = re.sub(r"[^a-z ]", "", anyascii(name).lower())
    spoken = []
    for text in {plain, _LATIN_WORDS.sub("", plain)}:
        for v in "pw":
            for g in ("k", "s"):
                sounds = re.sub("g(?=[eiy])", g, text.replace(" ", "").replace("v", v))
                for pattern, sound in _LATIN:
                    sounds = pattern.sub(sound, sounds)
                spoken.append(_squeezed(re.sub("[^kstnprmw]", "", sounds)))
    return frozenset(spoken)


def _squeezed(bones: str) -> str:
    return re.sub(r"(.)\1+", r"\1", bones)
