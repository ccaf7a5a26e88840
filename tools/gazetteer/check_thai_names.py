"""Check roughly whether a Thai name sounds like its place.

In CLDR, Cabinda in Angola is called โนวา สโกเชีย, and GeoNames has such errors too. The consonants
of both names are put into a few classes and compared, and names with almost nothing in common are
rejected. The check is rough on purpose: it only has to detect wrong names, and it must not depend
on the sound costs that are learned from these names. An uncertain name is rejected if it fits
another unit of the world much better, as CLDR's wrong names do.
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
    """The English names of all places that a wrong name may belong to."""

    def __init__(self, names: Iterable[str]) -> None:
        bones = {bone for name in names for bone in latin_bones(name) if len(bone) >= 3}
        self._bones = sorted(bones)

    def best(self, thai: str) -> float:
        """The best agreement of any of them with a Thai name."""
        return float(
            process.cdist(
                sorted(thai_bones(thai)), self._bones, scorer=Levenshtein.normalized_similarity
            ).max()
        )


def believed(thai: str, names: Collection[str], rivals: Rivals) -> bool:
    """Whether a Thai name may belong to a place with these names.

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
    """The agreement of the consonants with the best of the names, from 0 to 1.

    >>> likeness("จังหวัดเชียงใหม่", ["Chiang Mai"])
    1.0
    """
    others = {bone for name in names for bone in latin_bones(name)}
    best = 0.0
    for bones in thai_bones(thai):
        for other in others:
            if not bones or not other:  # no audible consonant: อูเอ, Ue
                return 1.0
            best = max(best, Levenshtein.normalized_similarity(bones, other))
    return best


def _bare(thai: str) -> tuple[str, str, str]:
    """The name, also without type words, and without directions, which CLDR translates."""
    untyped = _TYPE_WORDS.sub("", thai)
    return thai, untyped, _THAI_DIRECTIONS.sub("", untyped)


@cache
def thai_bones(thai: str) -> frozenset[str]:
    """The consonant classes of a Thai name, with and without type words and silent letters."""
    return frozenset(
        _squeezed("".join(_THAI.get(letter, "") for letter in heard.replace("ง", ng)))
        for name in _bare(thai)
        for heard in (name, _SILENT.sub("", name))
        for ng in "งก"  # in Japanese names ง stands for g
    )


@cache
def latin_bones(name: str) -> frozenset[str]:
    """The consonant classes of a name in another script, with both readings of v and soft g."""
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
