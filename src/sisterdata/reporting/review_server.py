"""Serve the review page on this machine only: it searches the gazetteer and saves the file."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from sisterdata import gazetteer
from sisterdata.atomic_write import whole_file
from sisterdata.errors import SisterdataError
from sisterdata.lists.review_file import read_decisions
from sisterdata.lookup import prefix_search
from sisterdata.reporting.undecided_names import described

MOST_BYTES = 64_000_000  # of a review file that is sent
FOUND = 20


def review_server(html: str, save: Path, port: int = 0) -> ThreadingHTTPServer:
    """A server on the loopback address with the page, the search and the file to save.

    html
        The page.
    save
        The review file that the page saves.
    port
        Its port; 0 for any free one.

    The address contains a secret, so that no other page in the browser can call it: use
    `address`. Raises `SisterdataError` if the port is in use.
    """
    key = secrets.token_urlsafe(16)

    class Handler(BaseHTTPRequestHandler):
        """Answers below the secret path only."""

        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == f"/{key}/":
                self._send(200, "text/html; charset=utf-8", html.encode(errors="backslashreplace"))
            elif asked.path == f"/{key}/search":
                found = search(parse_qs(asked.query).get("q", [""])[0])
                self._send(200, "application/json", json.dumps(found).encode())
            else:
                self._send(404, "text/plain", b"not here")

        def do_PUT(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            if self.path != f"/{key}/review.csv" or not 0 < length <= MOST_BYTES:
                self._send(404, "text/plain", b"not here")
                return
            said = _save(save, self.rfile.read(length))
            body = json.dumps({"saved": str(save), "problem": said}).encode()
            self._send(200, "application/json", body)

        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("X-Content-Type-Options", "nosniff")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    except (OSError, OverflowError) as error:
        where, todo = f"127.0.0.1:{port}", "choose another --port"
        raise SisterdataError(f"cannot listen: {error}", where=where, todo=todo) from error
    server.daemon_threads = True
    server.address = f"http://127.0.0.1:{server.server_port}/{key}/"  # type: ignore[attr-defined]
    return server


def search(text: str) -> list[dict[str, object]]:
    """The places whose names begin with a text, in Thai or in Latin letters, the largest first."""
    if not text.strip():
        return []
    place = gazetteer.place(text.strip())
    if place is not None:
        return [described(place)]
    found = islice(prefix_search.starting_with(text), FOUND)
    return [described(gazetteer.country(code).place(entry)) for code, entry in found]


def _save(path: Path, data: bytes) -> str:
    """Write the review file; returns what is wrong with its decisions, or nothing."""
    with whole_file(path) as file:
        file.write(data)
    try:
        read_decisions(path)
    except SisterdataError as error:
        return str(error)
    return ""


def serve_review(html: str, save: Path, port: int, announce: Callable[[str], None]) -> None:
    """Serve the page until interrupted; `announce` is called with what the user should know."""
    with review_server(html, save, port) as server:
        threading.Thread(target=prefix_search.prepare, daemon=True).start()
        announce(f"open {server.address}")  # type: ignore[attr-defined]
        announce(f"decisions are saved to {save}; stop with Ctrl-C")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            announce("stopped")
