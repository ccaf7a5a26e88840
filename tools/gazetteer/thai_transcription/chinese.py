"""Chinese place names in Thai, by the Royal Institute's rules of 2006 and the committee's of 2000.

Official Thai documents follow either: RI49, and THC43 of the committee for Thai history in China.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice, product

from pypinyin import Style, pinyin
from wunsen import ThapSap

from tools.gazetteer.chinese_divisions import Division, letters

_SYSTEMS = tuple(ThapSap("zh", system=system) for system in ("RI49", "THC43"))
_TYPE = re.compile(
    "(?:新区|(?:壮族|维吾尔|回族)?自治区|特别行政区|特別行政區|自治州|地区|市|县|縣|区|區|镇|鎮|乡|鄉|省|盟)$"
)
_LONGEST = 6  # characters; longer texts are not plain names


def spell(chinese: str, latin: Iterable[str] | None) -> tuple[str, ...]:
    """A name in Chinese characters, in Thai without its type word.

    A reading counts where it is one of the place's romanised names: 乌鲁木齐 is Ürümqi, and 重庆 is
    not Zhongqing. Names that no reading fits (Lhasa, Harbin) are not Chinese, and get nothing.
    Without romanised names the usual reading counts.

    >>> spell("长春市", ["Changchun"]), spell("拉萨", ["Lhasa"])
    (('ฉางชุน', 'ฉังชุน'), ())
    >>> spell("凉山彝族自治州", ["Liangshan"])
    ('เหลียงชาน', 'เหลียงซาน')
    """
    stem = _stem(chinese)
    if not 0 < len(stem) <= _LONGEST:
        return ()
    choices = pinyin(stem, style=Style.TONE3, heteronym=True, errors="ignore", v_to_u=True)
    if len(choices) != len(stem):
        return ()
    usual = tuple(syllables[0] for syllables in pinyin(stem, style=Style.TONE3, v_to_u=True))
    if latin is None:
        return _thai(usual)
    wanted = {letters(name).replace("shaanxi", "shanxi") for name in latin}
    for reading in dict.fromkeys([usual, *islice(product(*choices), 64)]):
        spoken = letters("".join(re.sub("[0-9]", "", syllable) for syllable in reading))
        if spoken in wanted:
            return _thai(reading)
    return ()


def _stem(chinese: str) -> str:
    stem = (
        Division("000000", chinese, "", None).stem
        if chinese.endswith(("州", "县", "旗"))
        else chinese
    )
    return _TYPE.sub("", stem) if len(stem) > 2 else stem


def _thai(reading: Iterable[str]) -> tuple[str, ...]:
    syllables = [_numbered(syllable) for syllable in reading]
    found = []
    for system in _SYSTEMS:
        try:
            found.append(system.thap(" ".join(syllables)).replace(" ", ""))
        except (IndexError, KeyError, ValueError):  # a syllable that the tables do not have
            continue
    return tuple(dict.fromkeys(found))


def _numbered(syllable: str) -> str:
    bare = re.sub("[^a-zü0-9]", "", syllable)
    return bare if bare[-1:].isdigit() else bare + "1"
