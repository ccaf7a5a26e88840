"""HTML pages: a preview of an entity, and the list of services. All text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from sisterdata.serve.reconciliation_answers import Entity, Link, Property, Service, Value

# Even if a text were not escaped, nothing is loaded and no script runs.
HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
_STYLE = (
    "body{font:14px/1.4 system-ui,sans-serif;margin:.7em;color:#222;background:#fff}"
    "h1{font-size:1.2em;margin:0}p{margin:.2em 0 .6em;color:#555}"
    "table{border-collapse:collapse}th,td{text-align:left;padding:.1em .8em .1em 0;"
    "vertical-align:top}th{font-weight:normal;color:#555;white-space:nowrap}"
)


def entity_page(service: Service, entity: Entity, url: str) -> str:
    """A small page about an entity, for the preview in a client and for a browser."""
    rows = "".join(
        f"<tr><th>{escape(kind.name)}<td>{_cell(kind, entity.values[kind.id], url)}"
        for kind in service.properties
        if kind.id in entity.values
    )
    return _page(
        entity.name,
        f"<p>{escape(entity.description)}<br><code>{escape(entity.id)}</code></p>"
        f"<table>{rows}</table>",
    )


def missing_page(entity_id: str) -> str:
    """The preview of an unknown id."""
    return _page("Not found", f"<p>No entity has the id <code>{escape(entity_id)}</code>.</p>")


def index_page(services: Iterable[Service], url: str) -> str:
    """A page with the addresses of the services, for OpenRefine."""
    rows = "".join(
        f"<tr><th>{escape(service.name)}<td><code>{escape(url)}/{escape(service.path)}</code>"
        for service in services
    )
    said = "<p>Reconciliation Service API 0.2. Add these addresses as standard services:</p>"
    return _page("sisterdata", f"{said}<table>{rows}</table>")


def _cell(kind: Property, value: Value, url: str) -> str:
    if isinstance(value, Link):
        address = f"{url}/preview?id={quote(value.id, safe='')}"
        return f'<a href="{escape(address)}">{escape(value.name)}</a>'
    text = escape(str(value))
    if not kind.link:
        return text
    address = kind.link.format(quote(str(value), safe=""))
    return f'<a href="{escape(address)}" target="_blank" rel="noopener">{text}</a>'


def _page(title: str, body: str) -> str:
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
        f"<h1>{escape(title)}</h1>{body}</html>"
    )
