"""How near a printed name is to the names of a country's entries."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from sisterdata.normalizer.curated_places import curated
from sisterdata.normalizer.gazetteer import Country, country, fold
from sisterdata.normalizer.thai import read_thai


@dataclass(frozen=True, slots=True)
class Near:
    """An entry, how far its nearest name is (0 to 1), and why."""

    entry: int
    distance: float
    status: Literal["exact", "alias", "inferred"]
    rule: str


def nearest(found: Country, spellings: Iterable[str]) -> list[Near]:
    """The entries whose names are nearest to any of the spellings."""
    best: dict[int, Near] = {}
    exact, sounds = _names(found.code), _sounds(found.code)
    for spelling in spellings:
        decided = curated().get((found.code, fold(spelling)))
        if decided is not None and (entry := found.find(decided.place_id)) is not None:
            best[entry] = Near(entry, 0.0, "alias", f"{spelling}: {decided.reason}")
        for entry in exact.get(fold(spelling), ()):
            _keep(best, Near(entry, 0.0, "exact", f"{found.names[entry]} is written {spelling}"))
        for key in _keys(spelling):
            near = process.extract(
                key, sounds.keys(), scorer=Levenshtein.normalized_distance, limit=40,
                score_cutoff=0.5,
            )  # fmt: skip
            for sound, distance, _ in near:
                for entry in sounds[sound]:
                    rule = f"{spelling} sounds like {found.names[entry]}, {distance:.2f} apart"
                    _keep(best, Near(entry, max(float(distance), 0.01), "inferred", rule))
    return list(best.values())


def _keep(best: dict[int, Near], near: Near) -> None:
    if near.entry not in best or near.distance < best[near.entry].distance:
        best[near.entry] = near


@lru_cache(maxsize=64)
def _names(code: str) -> dict[str, set[int]]:
    found, names = country(code), defaultdict(set)
    for entry, name in zip(found.name_entry.tolist(), found.name_text, strict=True):
        names[fold(name)].add(entry)
    return names


@lru_cache(maxsize=64)
def _sounds(code: str) -> dict[str, set[int]]:
    found, sounds = country(code), defaultdict(set)
    for entry, name in zip(found.name_entry.tolist(), found.name_text, strict=True):
        if (key := _latin_key(name)) and re.match("[a-zA-ZÀ-ỹ]", name):
            sounds[key].add(entry)
    return sounds


_THAI_SOUND = str.maketrans(
    "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "kkkkkkgjjjsjyddtttnddtttnbppfpfpmylrvssshl_h".replace("r", "l"),
)


def _keys(spelling: str) -> list[str]:
    if not re.search("[ก-ฮ]", spelling):
        return [_latin_key(spelling)]
    vowels = {"-ะ": "a", "-า": "a", "-ิ": "i", "-ี": "i", "-ึ": "u", "-ื": "u", "-ุ": "u",
              "-ู": "u", "เ-": "e", "แ-": "e", "โ-": "o", "-อ": "o", "เ-อ": "e", "ไ-": "ai",
              "เ-า": "ao", "เ-ีย": "ia", "เ-ือ": "ua", "-ัว": "ua", "เ-าะ": "o", "เ-ย": "ei"}  # fmt: skip
    keys = []
    for reading in read_thai(spelling):
        keys.append(
            "".join(
                vowels.get(unit, unit.translate(_THAI_SOUND) if len(unit) == 1 else "")
                for unit in reading
            ).replace("_", "")
        )
    return [re.sub("[่้๊๋]", "", key) for key in keys]


def _latin_key(name: str) -> str:
    plain = "".join(
        c for c in unicodedata.normalize("NFD", name.lower()) if c.isascii() and c.isalpha()
    )
    for group, sound in (
        ("zh", "j"), ("ch", "j"), ("sh", "s"), ("th", "t"), ("ph", "f"), ("kh", "k"),
        ("x", "s"), ("q", "j"), ("c", "k"), ("z", "s"), ("r", "l"), ("w", "v"), ("ng", "g"),
    ):  # fmt: skip
        plain = plain.replace(group, sound)
    return plain
