"""The answers of a reconciliation service, as plain dicts.

A `Service` has types, properties and three functions: match a query, look up an id, and suggest by
prefix. The answers follow the W3C Reconciliation Service API 0.2
(https://reconciliation-api.github.io/specs/0.2/). HTTP is in `app.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import sisterdata
from sisterdata.match_result import Candidate, Match
from sisterdata.places.column_context import NO_CONTEXT, Context
from sisterdata.text.thai_letters import has_thai

MAX_BATCH = 100  # queries in one request
MAX_TEXT = 500  # characters of a query or property value; no printed place is longer
MAX_LIMIT = 25  # candidates for one query
MAX_SUGGESTIONS = 100  # on one page
LAST_SUGGESTION = 1000  # to find more, type more letters


@dataclass(frozen=True, slots=True)
class Type:
    """A category of entities, with its name in Thai."""

    id: str
    name: str
    name_th: str


@dataclass(frozen=True, slots=True)
class Property:
    """An attribute of entities, to narrow a query or to fetch.

    type
        The type of its values if they are entities, else empty.
    fetched
        False if it can only be used in a query.
    link
        A web address with ``{}`` for the value.
    """

    id: str
    name: str
    name_th: str
    description: str
    type: str = ""
    fetched: bool = True
    link: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A value that is another entity of the same service."""

    id: str
    name: str


Value = str | int | float | Link


@dataclass(frozen=True, slots=True)
class Entity:
    """A place or country, with its known values by property."""

    id: str
    name: str
    description: str
    types: tuple[str, ...]
    values: Mapping[str, Value]

    def name_for(self, typed: str) -> tuple[str, str]:
        """Its name in the script that a user types, and its name in the other."""
        name_th = str(self.values.get("name_th", ""))
        return (name_th, self.name) if name_th and has_thai(typed) else (self.name, name_th)


@dataclass(frozen=True, slots=True)
class Query:
    """A reconciliation query, checked."""

    text: str
    types: frozenset[str] = frozenset()
    properties: frozenset[tuple[str, str]] = frozenset()  # pairs of id and value
    limit: int = 5
    context: Context = NO_CONTEXT  # what the other names of its column say


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """A reconciliation service: its types, its properties, and how to find its entities."""

    path: str
    name: str
    identifier_space: str
    schema_space: str
    types: tuple[Type, ...]
    properties: tuple[Property, ...]
    match: Callable[[Query], Match]
    entity: Callable[[str], Entity | None]
    suggest: Callable[[str, frozenset[str], int], list[Entity]]
    # The queries of a batch, each with what the others say of it.
    in_context: Callable[[Mapping[str, Query]], Mapping[str, Query]] = lambda queries: queries


def manifest(service: Service, url: str) -> dict[str, Any]:
    """The manifest of a service at the address `url`."""
    page = {"url": f"{url}/preview?id={{{{id}}}}"}
    return {
        "versions": ["0.2"],
        "name": service.name,
        "identifierSpace": service.identifier_space,
        "schemaSpace": service.schema_space,
        "defaultTypes": [_named(kind) for kind in service.types],
        "serviceVersion": sisterdata.__version__,
        "batchSize": MAX_BATCH,
        "view": page,
        "preview": {**page, "width": 420, "height": 280},
        "suggest": {
            kind: {"service_url": url, "service_path": f"/suggest/{kind}"}
            for kind in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": url, "service_path": "/properties"},
            "property_settings": [],
        },
    }


@lru_cache(maxsize=1000)  # columns repeat names, and clients send them in batches
def reconcile(service: Service, query: Query) -> tuple[dict[str, Any], ...]:
    """The candidates for a query, the match first; `match` is true for at most one.

    Scores are from 0 to 100. The description of the match gives the reason and the doubts; without
    a match, the description of every candidate does.
    """
    if any(
        len(text) > MAX_TEXT for text in (query.text, *(value for _, value in query.properties))
    ):
        return ()
    found = service.match(query)
    listed = found.candidates
    if found.id is not None and found.id not in {candidate.id for candidate in listed}:
        matched = service.entity(found.id)
        name, description = (matched.name, matched.description) if matched else (found.id, "")
        listed = (Candidate(found.id, name, found.score or 0.0, description), *listed)
    ordered = sorted(listed, key=lambda candidate: (candidate.id != found.id, -candidate.score))
    return tuple(_candidate(service, candidate, found) for candidate in ordered[: query.limit])


def _candidate(service: Service, candidate: Candidate, found: Match) -> dict[str, Any]:
    entity = service.entity(candidate.id)
    said = [entity.description if entity else candidate.description]
    if found.id in {None, candidate.id}:
        said += [found.rule, *(doubt.message for doubt in found.doubts)]
    return {
        "id": candidate.id,
        "name": candidate.name,
        "description": "; ".join(part for part in dict.fromkeys(said) if part),
        "score": round(100 * candidate.score, 1),
        "match": candidate.id == found.id,
        "type": [
            _named(kind) for kind in service.types if entity is not None and kind.id in entity.types
        ],
    }


def narrowed(
    found: Match, service: Service, types: frozenset[str], values: Mapping[str, str]
) -> Match:
    """A match without candidates of other types or with other values of a property."""
    if not types and not values:
        return found

    def kept(entity_id: str) -> bool:
        entity = service.entity(entity_id)
        if entity is None or (types and types.isdisjoint(entity.types)):
            return False
        return all(
            _text(entity.values.get(name)).casefold() == value.casefold()
            for name, value in values.items()
        )

    candidates = tuple(candidate for candidate in found.candidates if kept(candidate.id))
    if found.id is None or kept(found.id):
        return replace(found, candidates=candidates)
    rule = f"{found.rule}, but it has another type or value than requested"
    return replace(found, id=None, status="unmatched", rule=rule, candidates=candidates)


def _text(value: Value | None) -> str:
    return value.id if isinstance(value, Link) else "" if value is None else str(value)


def extend(service: Service, ids: Iterable[str], properties: Iterable[str]) -> dict[str, Any]:
    """The values of some properties of some entities; an unknown id has none."""
    known = {kind.id: kind for kind in service.properties}
    wanted = [known[property_id] for property_id in dict.fromkeys(properties)]
    types = {kind.id: _named(kind) for kind in service.types}
    rows = {}
    for entity_id in ids:
        entity = service.entity(entity_id)
        rows[entity_id] = {
            kind.id: [_value(entity.values[kind.id])] if entity and kind.id in entity.values else []
            for kind in wanted
        }
    meta = [
        {"id": kind.id, "name": kind.name} | ({"type": types[kind.type]} if kind.type else {})
        for kind in wanted
    ]
    return {"meta": meta, "rows": rows}


def _value(value: Value) -> dict[str, Any]:
    if isinstance(value, Link):
        return {"id": value.id, "name": value.name}
    if isinstance(value, str):
        return {"str": value}
    return {"int": value} if isinstance(value, int) else {"float": value}


def proposals(service: Service, type_id: str, limit: int | None) -> dict[str, Any]:
    """The properties that can be fetched; they are the same for every type."""
    fetched = [{"id": kind.id, "name": kind.name} for kind in service.properties if kind.fetched]
    asked = {} if limit is None else {"limit": limit}
    return {"type": type_id, "properties": fetched[:limit], **asked}


def suggest_entities(
    service: Service, prefix: str, types: frozenset[str], start: int, count: int
) -> list[dict[str, Any]]:
    """`count` entities with a name or id that begins with `prefix`, after the first `start`.

    What is typed in Thai is answered with Thai names, and the other name in the description.
    """
    if len(prefix) > MAX_TEXT or start >= LAST_SUGGESTION:
        return []
    names = {kind.id: kind for kind in service.types}
    found = service.suggest(prefix, types, start + count)
    suggested = []
    for entity in found[start : start + count]:
        name, other = entity.name_for(prefix)
        suggested.append(
            {
                "id": entity.id,
                "name": name,
                "description": "; ".join(filter(None, (other, entity.description))),
                "notable": [_named(names[kind], prefix) for kind in entity.types],
            }
        )
    return suggested


def suggest_words(
    words: Iterable[Type] | Iterable[Property], prefix: str, start: int, count: int
) -> list[dict[str, Any]]:
    """Types or properties whose id, or a word of whose name, begins with `prefix`."""
    wanted = prefix.strip().casefold()
    found = [
        _named(word, prefix)
        | ({"description": word.description} if isinstance(word, Property) else {})
        for word in words
        if any(
            name.startswith(wanted)
            for text in (word.id, word.name, word.name_th)
            for name in (text.casefold(), *text.casefold().split())
        )
    ]
    return found[start : start + count]


def _named(word: Type | Property, typed: str = "") -> dict[str, Any]:
    return {"id": word.id, "name": word.name_th if has_thai(typed) else word.name}
