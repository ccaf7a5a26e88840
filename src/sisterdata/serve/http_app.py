"""The services over HTTP: routes, limits, errors, CORS and JSONP.

Matching uses the processor, and Python runs one thread at a time. So all queries are matched in one
thread next to the event loop, and batches take turns after each query: a large batch does not block
a single query, a slow client blocks nobody, and after a client disconnects at most one more of its
queries runs.
"""

from __future__ import annotations

import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import anyio
import anyio.to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from sisterdata.lookup import prefix_search
from sisterdata.serve import html_pages
from sisterdata.serve import reconciliation_answers as reconciliation
from sisterdata.serve.country_service import COUNTRIES
from sisterdata.serve.place_service import PLACES
from sisterdata.serve.read_requests import (
    RequestError,
    read_callback,
    read_count,
    read_extension,
    read_fields,
    read_flag,
    read_queries,
    read_types,
)
from sisterdata.serve.reconciliation_answers import (
    LAST_SUGGESTION,
    MAX_SUGGESTIONS,
    Query,
    Service,
)

SERVICES = (PLACES, COUNTRIES)
SECONDS = 30  # to answer a request
_log = logging.getLogger(__name__)

Answer = dict[str, Any] | Response
T = TypeVar("T")


def application(url: str = "") -> Starlette:
    """The ASGI application, with the services `/places` and `/countries`.

    `url` is the public address, if clients connect through a proxy; by default, the address of the
    request is used.
    """
    turn = anyio.CapacityLimiter(1)
    endpoints: list[tuple[str, Callable[[_Asked], Awaitable[Answer]], list[str]]] = [
        ("", _service, ["GET", "POST"]),
        ("/", _service, ["GET", "POST"]),
        ("/preview", _preview, ["GET"]),
        ("/properties", _properties, ["GET"]),
        ("/suggest/entity", _suggest_entity, ["GET"]),
        ("/suggest/property", _suggest_property, ["GET"]),
        ("/suggest/type", _suggest_type, ["GET"]),
    ]
    routes = [
        Route(
            f"/{served.path}{path}",
            partial(_respond, endpoint=endpoint, served=served, url=url, turn=turn),
            methods=methods,
        )
        for served in SERVICES
        for path, endpoint, methods in endpoints
    ]
    return Starlette(
        routes=[Route("/", partial(_index, url=url)), *routes],
        middleware=[
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "POST"],
                allow_headers=["*"],
            )
        ],
        exception_handlers={HTTPException: _http_error},
        lifespan=_prepared,
    )


@asynccontextmanager
async def _prepared(_: Starlette) -> AsyncIterator[None]:
    await anyio.to_thread.run_sync(prefix_search.prepare)
    yield


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request with its fields."""

    request: Request
    service: Service
    fields: dict[str, str]
    url: str  # of the service, as the client reaches it
    turn: anyio.CapacityLimiter

    async def work(self, function: Callable[..., T], *given: Any) -> T:
        """Run a function in the matching thread when it is this request's turn."""
        return await anyio.to_thread.run_sync(partial(function, *given), limiter=self.turn)


async def _respond(
    request: Request,
    *,
    endpoint: Callable[[_Asked], Awaitable[Answer]],
    served: Service,
    url: str,
    turn: anyio.CapacityLimiter,
) -> Response:
    """Answer a request; every error becomes JSON, without a traceback."""
    callback = None
    try:
        with anyio.fail_after(SECONDS):
            fields = await read_fields(request)
            callback = read_callback(fields)
            address = f"{url or str(request.base_url).rstrip('/')}/{served.path}"
            answer = await endpoint(_Asked(request, served, fields, address, turn))
    except RequestError as error:
        return _refusal(error, callback)
    except TimeoutError:
        todo = "send fewer queries at once, or try again"
        late = RequestError(f"not finished within {SECONDS} seconds", todo=todo, status=503)
        return _refusal(late, callback)
    except ClientDisconnect:
        return Response(status_code=400)  # the client has gone
    except Exception:
        _log.exception("cannot answer %s", request.url.path)
        return _refusal(
            RequestError("internal error; see the log of the service", status=500), callback
        )
    return answer if isinstance(answer, Response) else _json(answer, 200, callback)


async def _service(asked: _Asked) -> Answer:
    fields = asked.fields
    if "queries" in fields and "extend" in fields:
        raise RequestError("queries and extend in one request", todo="send one of them")
    if "queries" in fields:
        return await _reconcile(asked)
    if "extend" in fields:
        ids, properties = read_extension(fields["extend"], asked.service)
        return await asked.work(reconciliation.extend, asked.service, ids, properties)
    if asked.request.method == "POST":
        raise RequestError("neither queries nor extend", where="body")
    return reconciliation.manifest(asked.service, asked.url)


async def _reconcile(asked: _Asked) -> Answer:
    results: dict[str, Any] = {}
    queries: Mapping[str, Query] = read_queries(asked.fields["queries"], asked.service)
    if read_flag(asked.fields, "context"):
        queries = await asked.work(asked.service.in_context, queries)
    for key, query in queries.items():
        if results and await asked.request.is_disconnected():
            raise ClientDisconnect
        results[key] = {"result": await asked.work(reconciliation.reconcile, asked.service, query)}
    return results


async def _preview(asked: _Asked) -> Answer:
    entity_id = asked.fields.get("id", "")
    entity = await asked.work(asked.service.entity, entity_id)
    if entity is None:
        return HTMLResponse(html_pages.missing_page(entity_id), 404, html_pages.HEADERS)
    return HTMLResponse(
        html_pages.entity_page(asked.service, entity, asked.url), headers=html_pages.HEADERS
    )


async def _properties(asked: _Asked) -> Answer:
    limit = read_count(asked.fields, "limit", len(asked.service.properties))
    return reconciliation.proposals(asked.service, asked.fields.get("type", ""), limit)


async def _suggest_entity(asked: _Asked) -> Answer:
    types = read_types(asked.fields, asked.service)
    given = (asked.service, asked.fields.get("prefix", ""), types, *_part(asked.fields))
    return {"result": await asked.work(reconciliation.suggest_entities, *given)}


async def _suggest_property(asked: _Asked) -> Answer:
    prefix = asked.fields.get("prefix", "")
    return {
        "result": reconciliation.suggest_words(
            asked.service.properties, prefix, *_part(asked.fields)
        )
    }


async def _suggest_type(asked: _Asked) -> Answer:
    prefix = asked.fields.get("prefix", "")
    return {
        "result": reconciliation.suggest_words(asked.service.types, prefix, *_part(asked.fields))
    }


def _part(fields: dict[str, str]) -> tuple[int, int]:
    """The number of suggestions to skip, and to return."""
    count = read_count(fields, "limit", MAX_SUGGESTIONS)
    start = read_count(fields, "cursor", LAST_SUGGESTION)
    return start or 0, 10 if count is None else count


async def _index(request: Request, *, url: str) -> Response:
    address = url or str(request.base_url).rstrip("/")
    return HTMLResponse(html_pages.index_page(SERVICES, address), headers=html_pages.HEADERS)


async def _http_error(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    said = "no such address" if status == 404 else "this address does not accept this method"
    return _refusal(RequestError(said, todo="see / for the services", status=status), None)


def _refusal(error: RequestError, callback: str | None) -> Response:
    body = {"error": {"what": error.what, "where": error.where, "todo": error.todo}}
    return _json(body, error.status, callback)


def _json(body: dict[str, Any], status: int, callback: str | None) -> Response:
    """JSON in ASCII, which is also safe as JavaScript, whatever keys the client sent."""
    text = json.dumps(body, separators=(",", ":"))
    kind = "application/json"
    if callback is not None:
        text, kind = f"/**/{callback}({text});", "text/javascript"
    headers = {"X-Content-Type-Options": "nosniff"}
    if status == 413:  # the rest of the body is not read
        headers["Connection"] = "close"
    return Response(text, status, headers, media_type=kind)
