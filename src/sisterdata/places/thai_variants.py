"""Thai spellings that are variants of each other: no reader would call one of them misspelt.

Writers differ in how they write foreign sounds, and the Royal Society's tables have changed: with
or without breath (เกียวโต, เคียวโตะ), which letter of the group ช ซ ส (ฉางซา, ฉางชา), how long a
vowel is, and whether a final ะ, a tone, a shortening mark or a silent letter is written.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sisterdata.text.fold_names import fold

_ALIKE = ("กขคฆ", "จฉชซฌศษส", "ตฏถทธฐ", "ปผพภ", "ฟฝ", "หฮ", "นณ", "ยญ", "ลฬ")
_LENGTHS = {"ี": "ิ", "ู": "ุ", "ื": "ึ", "า": "ะ", "ั": "ะ"}
_ONE_FOR_ALL = str.maketrans({letter: group[0] for group in _ALIKE for letter in group} | _LENGTHS)
_SILENT = re.compile("[ก-ฮ][ิุ]?์")
_SIGNS = re.compile("[็่-๋ ]")
_SHORT = re.compile("(?<=[เแโ][ก-ฮ])ะ")


@lru_cache(maxsize=1 << 14)  # the same places are near many names
def variant_key(text: str) -> str:
    """What all variants of a Thai spelling have in common.

    >>> variant_key("เกียวโต") == variant_key("เคียวโตะ")
    True
    >>> variant_key("ฉางซา") == variant_key("ฉางชา"), variant_key("ฉางซุน") == variant_key("ฉางชา")
    (True, False)
    """
    plain = _SIGNS.sub("", _SILENT.sub("", fold(text)))
    return _SHORT.sub("", plain.translate(_ONE_FOR_ALL))
