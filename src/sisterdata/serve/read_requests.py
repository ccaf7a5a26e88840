"""Read and check what clients send: fields, JSON, queries and their sizes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import anyio
from starlette.requests import Request

from sisterdata.errors import SisterdataError
from sisterdata.serve.reconciliation_answers import MAX_BATCH, MAX_LIMIT, Query, Service

MAX_BODY = 1 << 20  # bytes
BODY_SECONDS = 10  # to send a body
MAX_IDS = 500  # ids in one data extension query
_FIELDS = 20
_FORM = "application/x-www-form-urlencoded"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)
_QUERY_FIELDS = {"query", "type", "limit", "properties", "type_strict"}


class RequestError(SisterdataError):
    """A request that is refused, with its HTTP status."""

    def __init__(self, what: str, *, where: str = "", todo: str = "", status: int = 400) -> None:
        self.status = status
        super().__init__(what, where=where, todo=todo)


async def read_fields(request: Request) -> dict[str, str]:
    """The fields of the query string and the form. Raises `RequestError` for a repeated field."""
    fields: dict[str, str] = {}
    texts = [request.scope["query_string"]]
    if request.method == "POST":
        texts.append(await _body(request))
    for text in texts:
        try:
            pairs = parse_qsl(
                text.decode(), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS
            )
        except ValueError as error:
            raise RequestError(f"not a URL-encoded form: {error}") from error
        for name, value in pairs:
            if fields.setdefault(name, value) != value:
                raise RequestError(
                    "is there twice, with two values", where=name, todo="send it once"
                )
    return fields


async def _body(request: Request) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _FORM:
        raise RequestError(f"{kind or 'no type'} is not {_FORM}", where="body", status=415)
    too_large = RequestError(f"over {MAX_BODY} bytes", where="body", todo="send less", status=413)
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared[:12]) > MAX_BODY:
        raise too_large
    body = bytearray()
    try:
        with anyio.fail_after(BODY_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > MAX_BODY:
                    raise too_large
    except TimeoutError:
        raise RequestError("sent too slowly", where="body", status=408) from None
    return bytes(body)


def read_callback(fields: Mapping[str, str]) -> str | None:
    """The JSONP callback. It must be a JavaScript name, so that it cannot run other code."""
    callback = fields.get("callback")
    if callback is None or (len(callback) <= 100 and _CALLBACK.fullmatch(callback)):
        return callback
    raise RequestError("not the name of a function", where="callback")


def read_flag(fields: Mapping[str, str], name: str) -> bool:
    """A field that is true or false; false if it is not given."""
    text = fields.get(name, "false").lower()
    if text not in ("true", "false"):
        raise RequestError(f"{text[:20]!r} is not true or false", where=name)
    return text == "true"


def read_count(fields: Mapping[str, str], name: str, most: int) -> int | None:
    """A whole number, reduced to `most`; None if it is not given."""
    text = fields.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise RequestError(f"{text[:20]!r} is not a number", where=name)
    return min(int(text), most)


def read_types(fields: Mapping[str, str], service: Service) -> frozenset[str]:
    """The types that suggestions may have."""
    return _types(fields.get("type", ""), service, "type")


def read_queries(text: str, service: Service) -> dict[str, Query]:
    """A batch of reconciliation queries, by key.

    Raises `RequestError`, with the query and field, for a query that does not follow the
    specification ("Structure of a Reconciliation Query"), or has an unknown type or property.
    """
    batch = _read_json(text, "queries")
    if not isinstance(batch, dict):
        raise RequestError("not an object of queries by key", where="queries")
    if len(batch) > MAX_BATCH:
        raise RequestError(
            f"{len(batch)} queries", where="queries", todo=f"send {MAX_BATCH} at most", status=413
        )
    return {key: _query(raw, service, f"queries/{key[:50]}") for key, raw in batch.items()}


def _query(raw: Any, service: Service, where: str) -> Query:
    if not isinstance(raw, dict):
        raise RequestError("not an object", where=where)
    unknown = sorted(raw.keys() - _QUERY_FIELDS)
    if unknown:
        raise RequestError("not a field of a query", where=f"{where}/{unknown[0][:50]}")
    text, limit = raw.get("query", ""), raw.get("limit", 5)
    if not isinstance(text, str):
        raise RequestError("not a string", where=f"{where}/query")
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 1:
        raise RequestError("not a number of at least 1", where=f"{where}/limit")
    if raw.get("type_strict", "any") not in ("any", "all", "should"):
        raise RequestError("not any, all or should", where=f"{where}/type_strict")
    types = _types(raw.get("type"), service, f"{where}/type")
    properties = _properties(raw.get("properties"), service, f"{where}/properties")
    if "query" not in raw and not properties:
        raise RequestError("neither a query nor properties", where=where)
    return Query(text, types, frozenset(properties.items()), int(min(limit, MAX_LIMIT)))


def _types(raw: Any, service: Service, where: str) -> frozenset[str]:
    listed = [raw] if isinstance(raw, str) else [] if raw is None else raw
    if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
        raise RequestError("not a type or a list of types", where=where)
    known = [kind.id for kind in service.types]
    for name in filter(None, listed):
        if name not in known:
            raise RequestError(
                f"no type {name[:50]!r}", where=where, todo=f"one of {', '.join(known)}"
            )
    return frozenset(filter(None, listed))


def _properties(raw: Any, service: Service, where: str) -> dict[str, str]:
    if raw is None:
        return {}
    if not isinstance(raw, list):
        raise RequestError("not a list", where=where)
    properties: dict[str, str] = {}
    for given in raw:
        if not isinstance(given, dict) or not isinstance(given.get("pid"), str) or "v" not in given:
            raise RequestError("not an object with pid and v", where=where)
        name = _known_property(given["pid"], service, where)
        values = given["v"] if isinstance(given["v"], list) else [given["v"]]
        for value in values:
            text = _property_text(value, f"{where}/{name}")
            if text and properties.setdefault(name, text) != text:
                raise RequestError("two values", where=f"{where}/{name}", todo="give one")
    return properties


def _property_text(value: Any, where: str) -> str:
    if isinstance(value, dict):
        value = value.get("id")
    if not isinstance(value, str | int | float):
        raise RequestError("not a string, number or entity", where=where)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def _known_property(name: str, service: Service, where: str) -> str:
    if name not in {kind.id for kind in service.properties}:
        known = ", ".join(kind.id for kind in service.properties)
        raise RequestError(f"no property {name[:50]!r}", where=where, todo=f"one of {known}")
    return name


def read_extension(text: str, service: Service) -> tuple[list[str], list[str]]:
    """The ids and properties of a data extension query; settings are ignored."""
    raw = _read_json(text, "extend")
    if not isinstance(raw, dict):
        raise RequestError("not an object", where="extend")
    ids, properties = raw.get("ids"), raw.get("properties")
    if not isinstance(ids, list) or not all(isinstance(name, str) for name in ids):
        raise RequestError("not a list of ids", where="extend/ids")
    if len(ids) > MAX_IDS:
        raise RequestError(
            f"{len(ids)} ids", where="extend/ids", todo=f"send {MAX_IDS} at most", status=413
        )
    if not isinstance(properties, list) or not all(
        isinstance(given, dict) and isinstance(given.get("id"), str) for given in properties
    ):
        raise RequestError("not a list of objects with an id", where="extend/properties")
    where = "extend/properties"
    return ids, [_known_property(given["id"], service, where) for given in properties]


def _read_json(text: str, where: str) -> Any:
    try:
        return json.loads(
            text, object_pairs_hook=_refuse_repeated_keys, parse_constant=_refuse_constant
        )
    except json.JSONDecodeError as error:
        place = f"{where}:{error.lineno}:{error.colno}"
        raise RequestError(f"not JSON: {error.msg}", where=place) from error
    except (ValueError, RecursionError) as error:
        raise RequestError(f"not JSON that can be read: {error}", where=where) from error


def _refuse_repeated_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is repeated in an object")
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")
