"""The sounds of names: Thai spellings by rule, and rows of the sound costs.

`thai_spellings` spells a Chinese, Japanese, Korean or Vietnamese name by the tables of the Royal
Institute (wunsen: RI49 and THC43, RI35 and ORS61, RI55). `sound_columns` turns all names of a
country into the columns that `places/phonetics` searches.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import islice, product
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from anyascii import anyascii
from pypinyin import Style, pinyin
from wunsen import ThapSap

from sisterdata.gazetteer.index import NameKind
from sisterdata.places.phonetics.latin_letters_to_sounds import read_latin
from sisterdata.places.phonetics.sound_costs import (
    LANGUAGE,
    Costs,
    key,
    latin_readings,
    rows,
    thai_readings,
)
from sisterdata.places.phonetics.translated_words import translated_foreign
from tools.gazetteer.detect_script import script
from tools.gazetteer.place_entries import Name

# Most other Latin names are exonyms and mislead; they are only used for large places (Peking,
# Saigon).
EXONYMS_FROM = 50_000
CHINESE = ("CN", "HK", "MO", "SG", "TW")  # countries whose Chinese names are read in Mandarin
LONGEST = 40  # units; no useful name has more

# Scripts (ISO 15924) to the languages of the sound costs. Scripts with few names share one.
SCRIPTS = {
    "Cyrl": "cyr", "Arab": "ara", "Hebr": "ara", "Kana": "kana", "Hang": "hang", "Deva": "deva",
    "Gujr": "deva", "Grek": "grek", "Beng": "beng", "Orya": "beng", "Armn": "armn", "Ethi": "ethi",
    "Guru": "guru", "Geor": "geor", "Taml": "taml", "Telu": "telu", "Mlym": "telu", "Knda": "telu",
    "Mymr": "mymr", "Sinh": "sinh", "Tibt": "tibt", "Khmr": "khmr", "Laoo": "laoo",
}  # fmt: skip
_ALEF = str.maketrans("اأإآ", "aaaa")  # anyascii drops them
_HAN = re.compile("[\u3400-\u9fff]")
_HAN_TYPE = re.compile(
    "(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|自治县|地区|市|县|縣|区|區|镇|鎮|乡|鄉|省|盟)$"
)


class Reading(NamedTuple):
    """One pronunciation of a name: units of a language of the sound costs."""

    language: str
    units: tuple[str, ...]


def readings(name: str, country: str) -> list[Reading]:
    """The pronunciations of a name, by its script; none for Chinese characters.

    >>> readings("Гавр", "FR")
    [Reading(language='cyr', units=('g', 'a', 'v', 'r.'))]
    """
    written = script(name)
    if written == "Thai":
        return [Reading("th", units) for units in thai_readings(name)]
    if written == "Latn":
        language = LANGUAGE.get(country, "other")
        return [Reading(language, units) for units in latin_readings(name, language)]
    if written not in SCRIPTS:
        return []
    language = SCRIPTS[written]
    texts: list[tuple[str, tuple[str, ...]]] = [(name, ())]
    translated = translated_foreign(name.lower().split())
    if translated is not None:
        texts.append((" ".join(translated[0]), translated[1]))
    romanised = (
        (anyascii(text.translate(_ALEF) if language == "ara" else text), concepts)
        for text, concepts in texts
    )
    said = [read_latin(text) + concepts for text, concepts in romanised]
    return [Reading(language, units) for units in said if units]


def thai_spellings(name: str, country: str) -> tuple[str, ...]:
    """Spell a local name in Thai by the official tables, the likeliest reading first.

    >>> thai_spellings("长春市", "CN")
    ('ฉังชุน', 'ฉางชุน')
    """
    if country in CHINESE and _HAN.search(name):
        return _chinese(name)
    return ()


@lru_cache(maxsize=200_000)
def _chinese(name: str) -> tuple[str, ...]:
    stem = _HAN_TYPE.sub("", name) if len(name) > 2 else name
    if not 0 < len(stem) <= 8:
        return ()
    said = [
        [_numbered(syllable) for syllable in syllables[:2]]
        for syllables in pinyin(stem, style=Style.TONE3, heteronym=True, errors="ignore")
    ]
    spelt = []
    for syllables in islice(product(*said), 4):
        for system in _MANDARIN:
            try:
                spelt.append(system.thap(" ".join(syllables)).replace(" ", ""))
            except (IndexError, KeyError, ValueError):  # a syllable that is not in the tables
                continue
    return tuple(dict.fromkeys(filter(None, spelt)))


def _numbered(syllable: str) -> str:
    bare = re.sub("[^a-zü0-9]", "", syllable)
    return bare if bare[-1:].isdigit() else bare + "1"


_MANDARIN = tuple(ThapSap("zh", system=system) for system in ("THC43", "RI49"))


class Sound(NamedTuple):
    """One pronunciation of a name, and the kind of the name."""

    reading: Reading
    kind: NameKind


def sounds(names: Iterable[Name], country: str, *, large: bool) -> list[Sound]:
    """The distinct pronunciations of the names of an entry, without useless ones."""
    found: dict[Reading, Sound] = {}
    for text, kind in names:
        if kind is NameKind.ALTERNATE and not large:
            continue
        for reading in readings(text, country):
            if len(reading.units) <= LONGEST:
                found.setdefault(reading, Sound(reading, kind))
    return list(found.values())


def stems(named: Sequence[Sequence[Name]]) -> list[tuple[Name, ...]]:
    """The names of a country's units, also without words that most of them share.

    >>> units = [[Name(f"{n} Province", NameKind.CLDR)] for n in ("Kyoto", "Nara", "Mie", "Gifu")]
    >>> stems(units)[0][1].text
    'Kyoto'
    """
    words = Counter(word for names in named for word in {w for n in names for w in _words(n)})
    ends = Counter(name.text[-1] for names in named for name in names if _glued(name.text))
    common = max(3, 0.3 * len(named))
    longer = []
    for names in named:
        more = list(names)
        for name in names:
            kept = [word for word in name.text.split() if words[word.lower()] < common]
            if kept and len(kept) < len(name.text.split()):
                more.append(Name(" ".join(kept), name.kind))
            elif _glued(name.text) and len(name.text) > 2 and ends[name.text[-1]] > common:
                more.append(Name(name.text[:-1], name.kind))
        longer.append(tuple(dict.fromkeys(more)))
    return longer


def _words(name: Name) -> list[str]:
    return name.text.lower().split()


def _glued(text: str) -> bool:
    """Whether a name is written without spaces, so that its last letter is a type word (京都府)."""
    return " " not in text and script(text) in ("Hani", "Kana", "Hang")


def sound_columns(spoken: Sequence[Sequence[Sound]], costs: Costs) -> dict[str, npt.NDArray[Any]]:
    """The sounds of a country's entries as columns (see `sisterdata.gazetteer.sound_columns`).

    One row for each sound: `sound_entry`, `sound_kind`, `sound_length` (the number of its
    `sound_units`, which are rows of the cost table) and `sound_key` (its row in `sound_keys`).
    """
    entry_of: list[int] = []
    kinds: list[int] = []
    units: list[list[int]] = []
    for i, sounds_of_entry in enumerate(spoken):
        seen: set[tuple[int, ...]] = set()
        for reading, kind in sounds_of_entry:
            row = rows(reading.units, reading.language, costs.rows)
            if row and tuple(row) not in seen:
                seen.add(tuple(row))
                entry_of.append(i)
                kinds.append(kind)
                units.append(row)
    keys = [key(costs.expected[row], costs.letters) for row in units]
    distinct = {text: i for i, text in enumerate(sorted(set(keys), key=lambda k: (len(k), k)))}
    return {
        "sound_entry": np.array(entry_of, dtype=np.uint32),
        "sound_kind": np.array(kinds, dtype=np.uint8),
        "sound_length": np.array([len(row) for row in units], dtype=np.uint8),
        "sound_units": np.array([unit for row in units for unit in row], dtype=np.uint16),
        "sound_key": np.array([distinct[text] for text in keys], dtype=np.uint32),
        "text_sound_keys": np.frombuffer("\n".join(distinct).encode(), dtype=np.uint8),
    }
