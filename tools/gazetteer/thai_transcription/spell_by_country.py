"""The official Thai spelling of a place's name, by country: where `build` calls this package.

China, Taiwan, Japan, Korea and Vietnam follow the tables of the Royal Society as wunsen applies
them; Myanmar, Malaysia, Brunei and Indonesia the Society's published rules, in `letters.csv`; Laos
and Cambodia the rules that `lao` and `khmer` describe.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from sisterdata.gazetteer.index import NameKind
from sisterdata.text.fold_names import fold
from tools.gazetteer.detect_script import script
from tools.gazetteer.place_entries import Entry, Name
from tools.gazetteer.thai_transcription import (
    chinese,
    japanese,
    khmer,
    korean,
    lao,
    thai_syllables,
    vietnamese,
)

_THAI = re.compile("[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]+")
_LONGEST = 4  # words of a romanised name; what is longer is a description
_LATIN_TYPES = {"negeri", "provinsi", "kabupaten", "khoueng", "khet", "khett"}


def with_official(entry: Entry) -> Entry:
    """The entry with its official spellings, the first of them its Thai name where it has none."""
    found = spellings(entry)
    if not found:
        return entry
    known = {fold(name.text) for name in entry.names}
    names = [Name(text, NameKind.OFFICIAL_THAI) for text in found if fold(text) not in known]
    place = entry.place
    if not place.name_th:
        place = replace(place, name_th=found[0], name_th_origin="official")
    return replace(entry, place=place, names=(*entry.names, *names))


def spellings(entry: Entry) -> tuple[str, ...]:
    """How official rules spell a place's name in Thai letters, the likeliest spelling first."""
    spell = _COUNTRIES.get(entry.place.country_code)
    found = spell(entry) if spell else ()
    return tuple(dict.fromkeys(text for text in found if text and _THAI.fullmatch(text)))


def _chinese(entry: Entry) -> Iterable[str]:
    local = entry.place.name_local
    return chinese.spell(local, _latin(entry)) if local and script(local) == "Hani" else ()


def _taiwanese(entry: Entry) -> Iterable[str]:
    """Taiwan's usual romanisations are not pinyin, so none has to fit."""
    local = entry.place.name_local
    return chinese.spell(local, None) if local and script(local) == "Hani" else ()


def _japanese(entry: Entry) -> Iterable[str]:
    name = re.sub("(?: City| Town| Village|,.*)$", "", entry.place.name)
    return japanese.spell(name, [other.text for other in entry.names])


def _korean(entry: Entry) -> Iterable[str]:
    local = [entry.place.name_local or "", *_local(entry)]
    hangul = next((text for text in local if script(text) == "Hang"), None)
    if hangul:
        return korean.spell(hangul)
    name = entry.place.name
    if re.search("[ŏŭ]", name) or entry.place.country_code == "KP":
        return korean.spell_reischauer(name)
    return korean.spell_revised(name) if re.search("eo|eu", name) else ()  # others may be Japanese


def _vietnamese(entry: Entry) -> Iterable[str]:
    """From the spelling with the most marks: GeoNames' own lack some."""
    names = [entry.place.name, entry.place.name_local or "", *_local(entry)]
    plain = _joined(entry.place.name)
    same = [name for name in names if _joined(name).endswith(plain)]
    return vietnamese.spell(max(same, key=lambda name: sum(not c.isascii() for c in name)))


def _romanised(language: str) -> Callable[[Entry], Iterable[str]]:
    def spell(entry: Entry) -> Iterable[str]:
        place = entry.place
        local = place.name_local or ""
        name = local if script(local) == "Latn" and local.count(" ") < 2 else place.name
        words = re.split("[ -]+", re.sub(" [Cc]ity$", "", name))
        if words[0].lower() in _LATIN_TYPES and words[0] not in place.name:
            words = words[1:]
        if not 0 < len(words) <= _LONGEST:
            return []
        read = [
            [thai_syllables.spell(w, letters) for w in words]
            for letters in thai_syllables.variants(language)
        ]
        return ["".join(word or "" for word in spelt) for spelt in read if None not in spelt]

    return spell


def _lao(entry: Entry) -> Iterable[str]:
    local = entry.place.name_local
    spelt = lao.spell(local) if local and script(local) == "Laoo" else None
    return [spelt] if spelt else _romanised("lo")(entry)


def _khmer(entry: Entry) -> Iterable[str]:
    local = entry.place.name_local
    spelt = khmer.spell(local) if local and script(local) == "Khmr" else ()
    return spelt or _romanised("km")(entry)


def _latin(entry: Entry) -> list[str]:
    return [name.text for name in entry.names if script(name.text) == "Latn"]


def _joined(name: str) -> str:
    return fold(name).replace(" ", "").replace("ð", "d")


def _local(entry: Entry) -> list[str]:
    return [name.text for name in entry.names if name.kind is NameKind.LOCAL]


_COUNTRIES: dict[str, Callable[[Entry], Iterable[str]]] = {
    "CN": _chinese,
    "TW": _taiwanese,
    "JP": _japanese,
    "KR": _korean,
    "KP": _korean,
    "VN": _vietnamese,
    "MY": _romanised("ms"),
    "BN": _romanised("ms"),
    "ID": _romanised("id"),
    "MM": _romanised("my"),
    "LA": _lao,
    "KH": _khmer,
}
