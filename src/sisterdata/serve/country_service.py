"""The service of countries, by their alpha-2 codes (ISO 3166-1)."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache

from sisterdata import gazetteer
from sisterdata.countries.index import english_name
from sisterdata.countries.match import match_country
from sisterdata.iso3166 import iso_countries
from sisterdata.lookup.country_info import get_country
from sisterdata.match_result import Match
from sisterdata.serve.reconciliation_answers import (
    Entity,
    Property,
    Query,
    Service,
    Type,
    narrowed,
)
from sisterdata.text.fold_names import fold

_TYPES = (Type("country", "Country or territory", "ประเทศหรือดินแดน"),)
_PROPERTIES = (
    Property("alpha_2", "Alpha-2 code", "รหัสสองตัวอักษร", "ISO 3166-1, two letters"),
    Property("alpha_3", "Alpha-3 code", "รหัสสามตัวอักษร", "ISO 3166-1, three letters"),
    Property("numeric", "Numeric code", "รหัสตัวเลข", "ISO 3166-1, three digits"),
    Property("name", "English name", "ชื่อภาษาอังกฤษ", "Its short name"),
    Property("name_th", "Thai name", "ชื่อภาษาไทย", "Its short name, in Thai script"),
    Property("iso_name", "ISO name", "ชื่อตาม ISO", "The English short name of ISO 3166-1"),
    Property("official_name", "Official name", "ชื่อทางการ", "Its English formal name"),
    Property(
        "official_name_th",
        "Thai official name",
        "ชื่อทางการภาษาไทย",
        "Its formal name, in Thai script",
    ),
    Property(
        "sovereign_code",
        "State",
        "รัฐเจ้าของดินแดน",
        "The alpha-2 code of the state that a territory belongs to; of a state, its own",
    ),
)


def _match(query: Query) -> Match:
    code = query.text.strip()
    if code in _entities():
        found = Match(query.text, code, "exact", 1.0, f"{code} is its code")
    else:
        found = match_country(query.text)
    return narrowed(found, COUNTRIES, query.types, dict(query.properties))


def _entity(code: str) -> Entity | None:
    return _entities().get(code)


def _suggest(prefix: str, types: frozenset[str], count: int) -> list[Entity]:
    wanted = fold(prefix)
    found = [
        entity
        for entity in _entities().values()
        if (not types or "country" in types)
        and any(
            fold(str(name)).startswith(wanted) for name in (entity.name, *entity.values.values())
        )
    ]
    found.sort(key=lambda entity: (fold(entity.id) != wanted, entity.name))
    return found[:count] if wanted else []


@cache
def _entities() -> dict[str, Entity]:
    listed = {country.alpha_2 for country in iso_countries() if country.numeric}
    entities = {}
    for code in sorted({*listed, *gazetteer.countries()}):
        fields = asdict(get_country(code))
        fields["alpha_2"] = fields.pop("country_code")
        description = "country or territory" if code in listed else "not in ISO 3166-1"
        known = {name: value for name, value in fields.items() if value}
        entities[code] = Entity(code, english_name(code), description, ("country",), known)
    return entities


COUNTRIES = Service(
    path="countries",
    name="sisterdata countries",
    identifier_space="https://www.iso.org/obp/ui/#iso:code:3166:",
    schema_space="https://schema.org/Country",
    types=_TYPES,
    properties=_PROPERTIES,
    match=_match,
    entity=_entity,
    suggest=_suggest,
)
