"""Remove wrong Thai names, and aliases that belong to another place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from tools.gazetteer.check_thai_names import Rivals, believed, likeness
from tools.gazetteer.chinese_divisions import letters, readings
from tools.gazetteer.curated_corrections import RejectedAlias, Subdivision, ThaiName
from tools.gazetteer.detect_script import script
from tools.gazetteer.read_cldr import Unit
from tools.gazetteer.read_geonames import City, is_romanisation


class Rejected(NamedTuple):
    """A rejected name, for review."""

    place_id: str
    name: str
    rejected: str
    reason: str


def believed_units(
    units: dict[str, Unit], thai_names: Iterable[ThaiName], misnamed: Iterable[Subdivision]
) -> tuple[dict[str, Unit], list[Rejected]]:
    """The units without Thai names that sound like another unit.

    If CLDR has a wrong name for a unit, its locales disagree; then only the English name is
    compared.
    """
    asked = {line.iso3166_2: [line.name] for line in misnamed}
    verdicts = {(line.place_id, line.name_th): line for line in thai_names}
    rivals = Rivals(unit.names.get("en", "") for unit in units.values())
    kept, rejected = {}, []
    for code, unit in units.items():
        thai = re.sub(r"\s*\(.*?\)", "", unit.names.get("th", ""))
        others = asked.get(code) or [n for locale, n in unit.names.items() if locale != "th"]
        line = verdicts.get((f"iso3166-2:{code}", thai))
        own = unit.country == "TH"
        right = line.verdict == "keep" if line else own or believed(thai, others, rivals)
        names = {locale: name for locale, name in unit.names.items() if locale != "th"}
        if thai and right:
            names["th"] = thai
        elif thai:
            reason = line.reason if line else "does not sound like any name of the unit"
            english = unit.names.get("en", code)
            rejected.append(Rejected(f"iso3166-2:{code}", english, thai, reason))
        kept[code] = replace(unit, names=names)
    return kept, rejected


def believed_cities(
    cities: Iterable[City], thai: Iterable[ThaiName], traps: Iterable[RejectedAlias]
) -> tuple[list[City], list[Rejected]]:
    """The places without wrong Thai names, and Chinese places without names of other cities."""
    cities = list(cities)
    verdicts = {(line.place_id, line.name_th): line for line in thai}
    curated = {(line.geonames_id, line.alias): line.reason for line in traps}
    chinese: dict[str, list[City]] = defaultdict(list)
    for city in cities:
        if city.country == "CN":
            chinese[letters(city.name)].append(city)
    kept, rejected = [], []
    for city in cities:
        place_id = f"geonames:{city.geonames_id}"
        wrong = {}
        for name in city.alternates:
            line = verdicts.get((place_id, name))
            if (str(city.geonames_id), name) in curated:
                wrong[name] = curated[str(city.geonames_id), name]
            elif line is not None:
                if line.verdict == "reject":
                    wrong[name] = line.reason
            elif script(name) == "Thai" and not _sounds(name, city):
                wrong[name] = "does not sound like any name of the place"
        if city.country == "CN":
            wrong |= _traps(city, chinese)
        rejected += [Rejected(place_id, city.name, name, why) for name, why in wrong.items()]
        alternates = tuple(name for name in city.alternates if name not in wrong)
        kept.append(replace(city, alternates=alternates))
    return kept, rejected


def _sounds(thai: str, city: City) -> bool:
    # For places in Thailand, the romanised names come from the Thai name.
    names = [n for n in city.alternates if script(n) != "Thai" and not is_romanisation(n)]
    return city.country == "TH" or likeness(thai, [city.name, *names]) >= 0.4


def _traps(city: City, chinese: dict[str, list[City]]) -> dict[str, str]:
    """Alternate names that belong to a larger Chinese place, and are unlike the other names.

    GeoNames has Chaozhou as a name of Maoming, and Taizhou as a name of Linhai.
    """
    found = {}
    own = None
    for name in city.alternates:
        spelt = letters(name) if script(name) == "Latn" and not is_romanisation(name) else ""
        larger = [c for c in chinese.get(spelt, ()) if c.population > city.population]
        if not larger or spelt == letters(city.name):
            continue
        own = own or readings(n for n in city.alternates if script(n) == "Hani")
        if spelt not in own:
            other = max(larger, key=lambda c: (c.population, c.geonames_id))
            found[name] = f"name of the larger {other.name} (geonames:{other.geonames_id})"
    return found
