"""The entries of the gazetteer: places with all their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from sisterdata.gazetteer.index import NameKind, Place
from sisterdata.text.fold_names import fold
from tools.gazetteer.chinese_divisions import letters, readings
from tools.gazetteer.detect_script import script
from tools.gazetteer.read_geonames import City, is_code, is_romanisation

# Older character sets show whether characters are simplified, traditional or Japanese.
_CHARSETS = {
    "CN": "gb2312", "SG": "gb2312", "HK": "big5", "MO": "big5", "TW": "big5", "JP": "shift_jis",
}  # fmt: skip


class Name(NamedTuple):
    """A name and its kind."""

    text: str
    kind: NameKind


@dataclass(frozen=True)
class Entry:
    """A place and its names, the primary name first.

    `sounds` are names in scripts that are not used in the country. They are not shipped, but show
    how the name is pronounced.
    """

    place: Place
    names: tuple[Name, ...]
    sounds: tuple[str, ...] = ()


def city_entry(city: City, admin1: str | None, own_scripts: set[str]) -> Entry:
    """The entry of a GeoNames place, with its names in Latin, Thai and local scripts.

    Names in other scripts, automatic romanisations and airport codes are left out.
    """
    names = [Name(city.name, NameKind.PRIMARY), *_names(city, own_scripts)]
    if city.country == "VN":
        names += _vietnamese(city)
    thai = next((name.text for name in names if name.kind is NameKind.THAI), None)
    place = Place(
        id=f"geonames:{city.geonames_id}",
        name=city.name,
        name_th=thai,
        name_th_origin="geonames" if thai else None,
        name_local=_local(names, city),
        level=_level(city),
        country_code=city.country,
        admin1_code=admin1,
        iso3166_2=None,
        geonames_id=str(city.geonames_id),
        gb2260_code=None,
        latitude=city.latitude,
        longitude=city.longitude,
        population=city.population,
    )
    return Entry(place, distinct(names), foreign(city.alternates, own_scripts))


def merged(unit: Entry, city: Entry) -> Entry:
    """Merge a unit and the city that it consists of into one entry with both ids.

    At the first level, the unit is kept; below (Liverpool, Paris), the city is kept, with the code
    of the unit as a secondary id.
    """
    top = unit.place.level == "admin1"
    place = replace(
        city.place,
        id=unit.place.id if top else city.place.id,
        level="admin1" if top else city.place.level,
        iso3166_2=unit.place.iso3166_2,
        name_th=city.place.name_th or unit.place.name_th,
        name_th_origin=city.place.name_th_origin or unit.place.name_th_origin,
        name_local=city.place.name_local or unit.place.name_local,
        admin1_code=unit.place.admin1_code,
        valid_from=unit.place.valid_from,
        valid_to=unit.place.valid_to,
    )
    sounds = tuple(dict.fromkeys([*city.sounds, *unit.sounds]))
    return Entry(place, distinct([*city.names, *unit.names]), sounds)


def foreign(names: Iterable[str], own_scripts: set[str]) -> tuple[str, ...]:
    """Names in scripts that show the sound, other than Latin, Thai and local scripts."""
    silent = own_scripts | {"Latn", "Thai", "Hani", "Zyyy", "Zzzz"}
    return tuple(sorted({name for name in names if script(name) not in silent}))


def distinct(names: Iterable[Name]) -> tuple[Name, ...]:
    """Remove names that fold to the same form; the one with the most accents is kept.

    The primary name always stays, and so does a local spelling (Đà Nẵng).
    """
    kept: dict[str, Name] = {}
    for name in names:
        text = " ".join(name.text.split())
        key = text if name.kind is NameKind.LOCAL else fold(text)
        held = kept.get(key)
        if held is None and fold(text):
            kept[key] = Name(text, name.kind)
        elif held and held.kind is not NameKind.PRIMARY and _accents(text) > _accents(held.text):
            kept[key] = Name(text, held.kind)
    return tuple(kept.values())


def _accents(text: str) -> int:
    return sum(not letter.isascii() for letter in text)


def _names(city: City, own_scripts: set[str]) -> list[Name]:
    names = []
    for text in city.alternates:
        written = script(text)
        if written == "Thai":
            names.append(Name(text, NameKind.THAI))
        elif written == "Latn":
            if not is_romanisation(text) and not is_code(text):
                names.append(Name(text, NameKind.ALTERNATE))
        elif written in own_scripts:
            names.append(Name(text, NameKind.LOCAL))
    return names


def _vietnamese(city: City) -> list[Name]:
    """The Vietnamese spelling, if the primary name in GeoNames has no accents."""
    same = [name for name in city.alternates if letters(name) == letters(city.name)]
    best = max(sorted({*same, city.name}), key=lambda text: (_accents(text), text.count(" ")))
    return [Name(best, NameKind.LOCAL)] if _accents(best) else []


def _local(names: list[Name], city: City) -> str | None:
    """The local name that sounds most like the primary name; in Chinese script, the shortest.

    It must be written in the characters of the country. In China it must sound like the name, and
    a city comes before its district.
    """
    local = [name.text for name in names if name.kind is NameKind.LOCAL]
    chinese = [text for text in local if script(text) == "Hani"]
    if city.country in _CHARSETS:
        chinese = [text for text in chinese if _encodes(text, _CHARSETS[city.country])] or chinese
    if city.country == "CN":
        chinese = [text for text in chinese if letters(city.name) in readings([text])] or chinese
    if chinese and city.country not in ("KP", "KR"):
        return min(chinese, key=lambda text: (len(text), not text.endswith("市"), text))
    name = fold(city.name)
    reading = {text: JaroWinkler.similarity(fold(anyascii(text)), name) for text in local}
    return max(sorted(local), key=reading.__getitem__, default=None)


def _encodes(text: str, charset: str) -> bool:
    try:
        text.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _level(city: City) -> str:
    """The level of a place; only the names of Korean and Japanese wards show theirs."""
    ward = {"JP": "-ku", "KR": "-gu"}.get(city.country)
    return "district" if ward and city.name.endswith(ward) else "city"
