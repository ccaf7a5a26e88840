"""Vietnamese place names in Thai, by the Royal Institute's rules of 2012."""

from __future__ import annotations

import re

from wunsen import ThapSap

_TYPE = re.compile(
    "^(?:thành phố|thị trấn|thị xã|tỉnh|huyện|quận|phường|xã|thôn|ấp|bản|làng) ", re.IGNORECASE
)
_THAP = ThapSap("vi", system="RI55")


def spell(name: str) -> tuple[str, ...]:
    """A name in Vietnamese spelling, in Thai without its type word.

    >>> spell("Hải Phòng"), spell("Thành phố Đà Nẵng"), spell("Bắc Ninh")
    (('หายฝ่อง',), ('ด่าหนัง',), ('บั๊กนิญ',))
    """
    stem = _TYPE.sub("", name.replace("Ð", "Đ"))  # the Icelandic letter looks the same
    syllables = [re.sub("k$", "c", syllable) for syllable in re.split(r"[\s–-]+", stem)]
    try:
        return ("".join(_THAP.thap(syllable) for syllable in syllables),)
    except (IndexError, KeyError, ValueError):  # not a Vietnamese syllable
        return ()
