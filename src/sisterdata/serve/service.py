"""What every reconciliation service answers, whichever entities it holds.

A `Service` is the vocabulary of one identifier space (types, properties) and three functions:
match a query, look an id up, suggest by prefix. From these come the documents of the W3C
Reconciliation Service API 0.2 (https://reconciliation-api.github.io/specs/0.2/), as plain
dicts; HTTP is `app.py`'s matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import sisterdata
from sisterdata.match import Candidate, Match

MAX_BATCH = 100  # queries in one request
MAX_TEXT = 500  # characters of one query or property value; no printed place is longer
MAX_LIMIT = 25  # candidates a query
MAX_SUGGESTIONS = 100  # a page of them
LAST_SUGGESTION = 1000  # what comes behind is not found by reading on, but by typing on


@dataclass(frozen=True, slots=True)
class Type:
    """A category of entities."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Property:
    """An attribute of entities, to narrow a query by or to fetch.

    `type` is the type of the entities that are its values, empty where they are plain;
    `fetched` is False for what a query may say but no entity has; `link` makes the web address
    of a value.
    """

    id: str
    name: str
    description: str
    type: str = ""
    fetched: bool = True
    link: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A value that is another entity of the same identifier space."""

    id: str
    name: str


Value = str | int | float | Link


@dataclass(frozen=True, slots=True)
class Entity:
    """One place or country; `values` holds what is known, by property."""

    id: str
    name: str
    description: str
    types: tuple[str, ...]
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Query:
    """One reconciliation query, checked: a text, what else is known of it, what is wanted."""

    text: str
    types: frozenset[str] = frozenset()
    properties: frozenset[tuple[str, str]] = frozenset()  # the value of each, by its id
    limit: int = 5


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    """One identifier space and how its entities are found."""

    path: str
    name: str
    identifier_space: str
    schema_space: str
    types: tuple[Type, ...]
    properties: tuple[Property, ...]
    match: Callable[[Query], Match]
    entity: Callable[[str], Entity | None]
    suggest: Callable[[str, frozenset[str], int], list[Entity]]


def manifest(service: Service, url: str) -> dict[str, Any]:
    """The service manifest, for a service that is reached at `url`."""
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


@lru_cache(maxsize=1000)  # columns repeat their names, and a client asks for them in batches
def reconcile(service: Service, query: Query) -> tuple[dict[str, Any], ...]:
    """The candidates of one query, the match first; `match` is true of at most one.

    Scores are in [0, 100]. What speaks for the answer, and every doubt, stands in the
    description: of the match, or of all candidates where nothing is certain.
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
    """A match without what is of none of the types, or has another value of a property."""
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
    rule = f"{found.rule}, but that is not of the type or value asked for"
    return replace(found, id=None, status="unmatched", rule=rule, candidates=candidates)


def _text(value: Value | None) -> str:
    return value.id if isinstance(value, Link) else "" if value is None else str(value)


def extend(service: Service, ids: Iterable[str], properties: Iterable[str]) -> dict[str, Any]:
    """The values of properties of entities; an id that is not known has none."""
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
    """The properties that can be fetched; the same for every type."""
    fetched = [{"id": kind.id, "name": kind.name} for kind in service.properties if kind.fetched]
    asked = {} if limit is None else {"limit": limit}
    return {"type": type_id, "properties": fetched[:limit], **asked}


def suggest_entities(
    service: Service, prefix: str, types: frozenset[str], start: int, count: int
) -> list[dict[str, Any]]:
    """Entities that have a name or id with this prefix, from the `start`-th on."""
    if len(prefix) > MAX_TEXT or start >= LAST_SUGGESTION:
        return []
    names = {kind.id: kind for kind in service.types}
    found = service.suggest(prefix, types, start + count)
    return [
        {
            "id": entity.id,
            "name": entity.name,
            "description": entity.description,
            "notable": [_named(names[kind]) for kind in entity.types],
        }
        for entity in found[start : start + count]
    ]


def suggest_words(
    words: Iterable[Type] | Iterable[Property], prefix: str, start: int, count: int
) -> list[dict[str, Any]]:
    """Types or properties whose id or a word of whose name begins so; all, for no prefix."""
    wanted = prefix.strip().casefold()
    found = [
        _named(word) | ({"description": word.description} if isinstance(word, Property) else {})
        for word in words
        if any(
            name.startswith(wanted)
            for name in (word.id.casefold(), word.name.casefold(), *word.name.casefold().split())
        )
    ]
    return found[start : start + count]


def _named(word: Type | Property) -> dict[str, Any]:
    return {"id": word.id, "name": word.name}
