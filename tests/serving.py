"""Start a reconciliation service for a test, and send it requests."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

SCHEMAS = Path(__file__).parent / "cases/serve/reconciliation-0.2.json"


@contextmanager
def service(log: Path, *changes: str) -> Iterator[str]:
    """The address of a running service; `changes` are statements run in it before it starts."""
    program = "\n".join(
        [
            "from sisterdata.lookup import prefix_search",
            "from sisterdata.serve import http_app, http_connection, read_requests",
            "from sisterdata.serve import reconciliation_answers",
            *changes,
            "from sisterdata.serve import serve",
            "serve(port=0)",
        ]
    )
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", program], stdout=subprocess.PIPE, stderr=errors, text=True
        )
    assert process.stdout is not None
    try:
        said = [next(process.stdout, "") for _ in range(4)]
        assert said[-1].startswith("stop with"), log.read_text()
        yield said[1].rpartition(" ")[2].strip().removesuffix("/places")
    finally:
        process.terminate()
        process.communicate(timeout=20)


class Answer:
    """Status, headers and body of one answer."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status = answer.status
        self.headers = answer.headers
        self.text = answer.read().decode()

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def ask(
    address: str,
    method: str = "GET",
    *,
    fields: dict[str, Any] | None = None,
    body: Any = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    """Send a request with `fields` in the query or the body; values other than text become JSON."""
    texts = {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in (fields or {}).items()
    }
    parts = urlsplit(address)
    path = quote(parts.path) + (f"?{parts.query}" if parts.query else "")
    sent = {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
    if fields and method == "POST":
        body = urlencode(texts)
    elif fields:
        path += f"?{urlencode(texts)}"
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    try:
        connection.request(method, path, body, sent | (headers or {}))
        return Answer(connection.getresponse())
    finally:
        connection.close()
