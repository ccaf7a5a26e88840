"""The service of places: the entries of the gazetteer, by place id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from sisterdata import gazetteer
from sisterdata.countries.index import english_name
from sisterdata.countries.match import split_country
from sisterdata.errors import DataError
from sisterdata.gazetteer.index import Place
from sisterdata.lookup import prefix_search
from sisterdata.lookup.country_display_names import country_name_th
from sisterdata.match_result import Candidate, Match
from sisterdata.places.check_arguments import Options, read_min_score
from sisterdata.places.describe_place import whereabouts
from sisterdata.places.match_row import context_of_rows, match_row
from sisterdata.places.parse_toponym import read_toponym
from sisterdata.serve.reconciliation_answers import (
    MAX_LIMIT,
    Entity,
    Link,
    Property,
    Query,
    Service,
    Type,
    Value,
    narrowed,
)
from sisterdata.text.dates import reduced_date
from sisterdata.text.thai_letters import has_thai
from sisterdata.vocabulary import LEVELS

_TYPES = (
    Type("admin1", "First-level subdivision", "จังหวัด มณฑล หรือรัฐ"),
    Type("prefecture", "Prefecture or other second-level unit", "หน่วยปกครองระดับสอง"),
    Type("city", "City or town", "เมือง"),
    Type("district", "District", "เขตหรืออำเภอ"),
    Type("subdistrict", "Subdistrict", "แขวงหรือตำบล"),
)
_PROPERTIES = (
    Property(
        "country", "Country code", "รหัสประเทศ", "ISO 3166-1 alpha-2; a query may also give its name"
    ),
    Property("country_name", "Country", "ประเทศ", "Its English name"),
    Property("country_name_th", "Country, in Thai", "ประเทศ ภาษาไทย", "Its Thai name"),
    Property(
        "admin1",
        "First-level unit",
        "จังหวัด มณฑล หรือรัฐ",
        "A query may give it by name or code",
        type="admin1",
    ),
    Property("admin1_code", "First-level code", "รหัสจังหวัด มณฑล หรือรัฐ", "ISO 3166-2"),
    Property(
        "admin1_name_th",
        "First-level unit, in Thai",
        "จังหวัด มณฑล หรือรัฐ ภาษาไทย",
        "Its Thai name",
    ),
    Property(
        "level",
        "Level",
        "ระดับ",
        "admin1, prefecture, city, district or subdistrict; a query may list several, or give a "
        "type word",
    ),
    Property(
        "date", "Date", "วันที่", "The day, month or year in which the unit existed", fetched=False
    ),
    Property("min_score", "Least score", "คะแนนขั้นต่ำ", "Of an answer, from 0 to 1", fetched=False),
    Property("name", "English name", "ชื่อภาษาอังกฤษ", "Or its name in Latin letters"),
    Property("name_th", "Thai name", "ชื่อภาษาไทย", "In Thai script"),
    Property(
        "name_th_origin",
        "Origin of the Thai name",
        "ที่มาของชื่อภาษาไทย",
        "geonames, cldr, curated or dopa (in use), or official (spelt by official rules)",
    ),
    Property("name_local", "Local name", "ชื่อท้องถิ่น", "In a script of the country"),
    Property("latitude", "Latitude", "ละติจูด", "Degrees north, WGS 84"),
    Property("longitude", "Longitude", "ลองจิจูด", "Degrees east, WGS 84"),
    Property("coordinates", "Coordinates", "พิกัด", "Latitude and longitude in one cell"),
    Property("iso3166_2", "ISO 3166-2 code", "รหัส ISO 3166-2", "Of a first-level subdivision"),
    Property(
        "geonames_id",
        "GeoNames id",
        "รหัส GeoNames",
        "A number",
        link="https://www.geonames.org/{}",
    ),
    Property("gb2260_code", "GB/T 2260 code", "รหัส GB/T 2260", "Of a Chinese division"),
    Property(
        "dopa_code", "DOPA code", "รหัสกรมการปกครอง", "Of a Thai province, district or subdistrict"
    ),
    Property(
        "population", "Population", "ประชากร", "From GeoNames; of a unit, the sum of its places"
    ),
    Property("valid_from", "Valid from", "ตั้งแต่วันที่", "When the unit was created"),
    Property("valid_to", "Valid to", "ถึงวันที่", "When the unit was abolished"),
    Property(
        "former_admin1",
        "Former first-level unit",
        "จังหวัด มณฑล หรือรัฐเดิม",
        "The ISO 3166-2 code of the unit it was in before",
    ),
    Property(
        "parent",
        "Belongs to",
        "ขึ้นกับ",
        "The unit above it: below the first level, or in Thailand also the province",
    ),
    Property("replaced_by", "Replaced by", "หน่วยที่มาแทน", "The unit that took over"),
)
_MATCHED_BY = {"country", "admin1", "level", "date", "min_score"}  # used by the matcher itself


def _match(query: Query) -> Match:
    given = dict(query.properties)
    others = {name: value for name, value in given.items() if name not in _MATCHED_BY}
    levels = _levels(given.get("level", ""))
    types = frozenset(levels) or query.types
    options, unread = _options(given, tuple(sorted(types)))
    found = _by_id(query.text.strip(), options.date)
    if found is None:
        found = _by_name(query, "" if levels else given.get("level", ""), options)
        if unread:
            rule = f"cannot read {unread}"
            found = replace(found, id=None, status="ambiguous", rule=rule)
    return narrowed(found, PLACES, types, others)


def _levels(text: str) -> tuple[str, ...]:
    """The levels that a property lists; none if it is a type word.

    >>> _levels("admin1, city"), _levels("oblast")
    (('admin1', 'city'), ())
    """
    levels = tuple(filter(None, (part.strip() for part in text.split(","))))
    return levels if set(levels) <= set(LEVELS) else ()


def _options(given: Mapping[str, str], levels: tuple[str, ...]) -> tuple[Options, str]:
    """The options of a query, and what of them cannot be read."""
    date, least = given.get("date"), given.get("min_score")
    in_force = reduced_date(date)
    if date and in_force is None:
        return Options(levels), f"the date {date!r}"
    try:
        min_score = read_min_score(float(least) if least else None)
    except (ValueError, DataError):
        return Options(levels, in_force), f"min_score {least!r}: give a number from 0 to 1"
    return Options(levels, in_force, min_score), ""


def _in_context(queries: Mapping[str, Query]) -> dict[str, Query]:
    """The queries of a batch, read as the names of one column."""
    rows = dict.fromkeys(
        (query.text, given.get("country"), given.get("admin1"))
        for query in queries.values()
        if gazetteer.place(query.text.strip()) is None
        for given in [dict(query.properties)]
    )
    context = context_of_rows(rows, Options())
    return {key: replace(query, context=context) for key, query in queries.items()}


def _by_id(text: str, date: str | None) -> Match | None:
    """Match an id. The id of a former unit may mean that unit or its successor."""
    place = gazetteer.place(text)
    if place is None:
        return None
    if place.valid_to is None or (date is not None and date < place.valid_to):
        return Match(text, place.id, "exact", 1.0, f"{text} is its id")
    after = gazetteer.place(place.replaced_by) if place.replaced_by else None
    candidates = tuple(Candidate(unit.id, unit.name, 1.0) for unit in (place, after) if unit)
    rule = f"{text} is the id of a unit that was abolished on {place.valid_to}"
    return Match(text, None, "ambiguous", 1.0, rule, candidates)


def _by_name(query: Query, type_word: str, options: Options) -> Match:
    """Match a name, with the country, region and type word of the query."""
    given = dict(query.properties)
    name, country, region = query.text, given.get("country", ""), given.get("admin1", "")
    if type_word or country or region:
        place, printed_country, _ = split_country(name)
        if place:
            name, country = _with_type(place, type_word), country or printed_country
    limit = MAX_LIMIT if query.types or given else query.limit
    found = match_row(
        name, country, region, options=options, context=query.context, limit=limit
    ).match
    return replace(found, rule="; ".join((found.rule, *query.context.notices)))


def _with_type(place: str, word: str) -> str:
    """Add a type word: a Thai one before the name, another after; not if it has one already."""
    units = read_toponym(place)
    if not word or not units or units[0].levels:
        return place
    if has_thai(word):
        return word + place
    name, comma, within = place.partition(",")
    return f"{name} {word}{comma}{within}"


@lru_cache(maxsize=10_000)  # large places are often candidates
def _entity(place_id: str) -> Entity | None:
    place = gazetteer.place(place_id)
    return None if place is None else _described(place)


def _described(place: Place) -> Entity:
    values: dict[str, Value | None] = {
        "country": place.country_code,
        "country_name": english_name(place.country_code),
        "country_name_th": country_name_th(place.country_code),
        "admin1": _link(place.admin1_code and f"iso3166-2:{place.admin1_code}"),
        "admin1_code": place.admin1_code,
        "admin1_name_th": place.admin1_name_th,
        "level": place.level,
        "name": place.name,
        "name_th": place.name_th,
        "name_th_origin": place.name_th_origin,
        "name_local": place.name_local,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "coordinates": _coordinates(place),
        "iso3166_2": place.iso3166_2,
        "geonames_id": place.geonames_id,
        "gb2260_code": place.gb2260_code,
        "dopa_code": place.dopa_code,
        "population": place.population or None,
        "valid_from": place.valid_from,
        "valid_to": place.valid_to,
        "former_admin1": place.former_admin1,
        "parent": _link(place.parent_id),
        "replaced_by": _link(place.replaced_by),
    }
    known = {name: value for name, value in values.items() if value is not None}
    return Entity(place.id, place.name, whereabouts(place), _types(place), known)


def _types(place: Place) -> tuple[str, ...]:
    """The types of a place; a city that is also a first-level subdivision has both."""
    if place.level == "admin1" and place.geonames_id is not None:
        return ("admin1", "city")
    return (place.level,)


def _coordinates(place: Place) -> str | None:
    if place.latitude is None or place.longitude is None:
        return None
    return f"{place.latitude},{place.longitude}"


def _link(place_id: str | None) -> Link | None:
    place = gazetteer.place(place_id) if place_id else None
    return Link(place.id, place.name) if place else None


def _suggest(prefix: str, types: frozenset[str], count: int) -> list[Entity]:
    named = gazetteer.place(prefix.strip())
    found = (
        gazetteer.country(code).place(entry) for code, entry in prefix_search.starting_with(prefix)
    )
    fitting = (place for place in found if not types or not types.isdisjoint(_types(place)))
    first = [named] if named is not None else []
    return [_described(place) for place in (*first, *islice(fitting, count))][:count]


PLACES = Service(
    path="places",
    name="sisterdata places",
    identifier_space="urn:x-sisterdata:place:",
    schema_space="https://schema.org/Place",
    types=_TYPES,
    properties=_PROPERTIES,
    match=_match,
    in_context=_in_context,
    entity=_entity,
    suggest=_suggest,
)
