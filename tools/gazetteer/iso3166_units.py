"""Entries of ISO 3166-2 units: their names, levels and dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sisterdata.gazetteer.index import NameKind, Place
from sisterdata.places.parse_toponym import read_toponym
from sisterdata.text.fold_names import fold
from tools.gazetteer import join_admin1_codes
from tools.gazetteer.curated_corrections import CityUnit, DatedUnit, Subdivision
from tools.gazetteer.detect_script import script
from tools.gazetteer.place_entries import Entry, Name, distinct, foreign
from tools.gazetteer.read_cldr import Unit
from tools.gazetteer.read_geonames import City

# Endings of provinces in Chinese, Japanese and Korean, which a city of the same name lacks.
_PROVINCE = (*"省州县縣県府道郡區区", "地方", "주", "도", "현", "군")
_VOTED = 0.7  # the share of locales with the same name for unit and city


def named(units: Mapping[str, Unit], corrections: Iterable[Subdivision]) -> dict[str, Unit]:
    """The units, with the names in `curated/subdivisions.csv` instead of CLDR's.

    If CLDR has the names under another code, its locales disagree. Then only names in other scripts
    are used, and the Thai name is checked.
    """
    corrected = dict(units)
    for line in corrections:
        other = {} if line.names_of == "-" else units[line.names_of].names
        names = {
            locale: name
            for locale, name in other.items()
            if locale != "en" and (line.names_of == line.iso3166_2 or script(name) != "Latn")
        }
        corrected[line.iso3166_2] = replace(units[line.iso3166_2], names={"en": line.name, **names})
    return corrected


def first_level(units: Iterable[Unit], joined: Mapping[str, str]) -> set[str]:
    """The codes of first-level units: those without a parent, and GeoNames' first level."""
    return {unit.code for unit in units if unit.parent is None} | set(joined.values())


def members(cities: Iterable[City], joined: Mapping[str, str]) -> dict[str, list[City]]:
    """ISO 3166-2 code -> the places in it."""
    found: dict[str, list[City]] = defaultdict(list)
    for city in cities:
        code = join_admin1_codes.unit_of(city, joined)
        if code is not None:
            found[code].append(city)
    return found


def unit_entry(
    unit: Unit,
    level: str,
    languages: list[str],
    scripts: set[str],
    cities: list[City],
    *,
    geonames_name: str = "",
    dated: DatedUnit | None = None,
) -> Entry:
    """The entry of a unit, with the position of the largest of the `cities` in it."""
    spoken = dict.fromkeys(code for tag in languages for code in (tag, tag.split("_")[0]))
    names = [
        Name(name, NameKind.CLDR if script(name) == "Latn" else NameKind.LOCAL)
        for locale in dict.fromkeys(("en", *spoken))
        if (name := unit.names.get(locale)) and script(name) != "Thai"
    ]
    own = (unit.names.get(locale) for locale in spoken if locale != "en")
    primary = next((name.text for name in names if name.kind is NameKind.CLDR), None)
    primary = primary or (dated.name if dated and dated.name else _any_latin(unit))
    if geonames_name:
        names.append(Name(geonames_name, NameKind.ALTERNATE))
    if "th" in unit.names:
        names.append(Name(unit.names["th"], NameKind.CLDR_THAI))
        names.append(Name(without_type_word(unit.names["th"]), NameKind.CLDR_THAI))
    seat = max(cities, key=lambda city: (city.population, -city.geonames_id), default=None)
    place = Place(
        id=f"iso3166-2:{unit.code}",
        name=primary,
        name_th=unit.names.get("th"),
        name_th_origin="cldr" if "th" in unit.names else None,
        name_local=next(filter(None, own), None),
        level=level,
        country_code=unit.country,
        admin1_code=unit.code if level == "admin1" else unit.parent or unit.code,
        iso3166_2=unit.code,
        geonames_id=None,
        gb2260_code=None,
        latitude=seat.latitude if seat else None,
        longitude=seat.longitude if seat else None,
        population=sum(city.population for city in cities),
        valid_from=dated.valid_from or None if dated else None,
        valid_to=dated.valid_to or None if dated else None,
        replaced_by=dated.replaced_by or None if dated else None,
    )
    shipped = distinct([Name(primary, NameKind.PRIMARY), *names])
    return Entry(place, shipped, foreign(unit.names.values(), scripts))


def without_type_word(thai: str) -> str:
    """The Thai name of a unit without its type word.

    >>> without_type_word("จังหวัดนนทบุรี"), without_type_word("นครราชสีมา")
    ('นนทบุรี', 'นครราชสีมา')
    """
    unit = read_toponym(thai)[0]
    return unit.name if "admin1" in unit.levels and unit.levels[0] != "city" else thai


def city_of(
    unit: Unit, cities: list[City], whole_country: list[City], curated: Mapping[str, CityUnit]
) -> City | None:
    """The city that a unit consists of (Beijing, Seoul, Hamburg); None for Kyoto Prefecture.

    Most locales must have the same name for both, and the name of the unit in Chinese, Japanese or
    Korean must not end like a province. `cities` are those in the unit or, if unknown, in the unit
    above it.
    """
    if unit.code in curated:
        wanted = curated[unit.code].geonames_id
        return next((c for c in whole_country if str(c.geonames_id) == wanted), None)
    asian = [unit.names[locale] for locale in ("zh", "ja", "ko") if locale in unit.names]
    if any(name.endswith(_PROVINCE) for name in asian):
        return None
    pool = cities
    if unit.parent is not None or not cities:
        called = fold(unit.names.get("en", ""))
        pool = [city for city in cities or whole_country if fold(city.name) == called]
    pool = sorted(pool, key=lambda city: (-city.population, city.geonames_id))[:40]
    return next((city for city in pool if _alike(unit, city) >= _VOTED), None)


def _alike(unit: Unit, city: City) -> float:
    """The share of locales in which the name of the unit is a name of the city."""
    names = {fold(city.name), *map(fold, city.alternates)}
    votes = [fold(name) in names for locale, name in unit.names.items() if locale != "ceb"]
    return sum(votes) / len(votes) if len(votes) >= 10 else 0.0


def _any_latin(unit: Unit) -> str:
    return next((n for _, n in sorted(unit.names.items()) if script(n) == "Latn"), unit.code)
