"""The shipped index of places: `gazetteer.place(id)`, `gazetteer.country(code)`."""

from sisterdata.gazetteer.index import (
    HEARD,
    Country,
    Entry,
    NameKind,
    Place,
    countries,
    country,
    damaged,
    keyed,
    place,
    sound_columns,
)

__all__ = [
    "HEARD",
    "Country",
    "Entry",
    "NameKind",
    "Place",
    "countries",
    "country",
    "damaged",
    "keyed",
    "place",
    "sound_columns",
]
