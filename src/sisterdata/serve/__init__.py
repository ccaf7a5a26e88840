"""Reconciliation services for OpenRefine and similar clients: places and countries, over HTTP.

They implement the W3C Reconciliation Service API 0.2 and need the extra ``serve``.
`read_requests.py` checks a request, `place_service.py` and `country_service.py` match it,
`reconciliation_answers.py` writes the answer, and `http_app.py` and `http_connection.py` handle
HTTP and its limits.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_address

from sisterdata.errors import SisterdataError

CONNECTIONS = 200  # at once; beyond that a client gets 503
IDLE_SECONDS = 30  # between an answer and the next request
GRACE_SECONDS = 5  # to finish requests when the service is stopped


def serve(
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    url: str = "",
    tell: Callable[[str], None] = print,
) -> None:
    """Serve until interrupted.

    `host` defaults to this machine only, because there is no authentication. `port` 0 chooses a
    free port. `url` is the public address, if clients connect through a proxy. `tell` is called
    with each message for the user.

    Raises SisterdataError if the extra ``serve`` is not installed or the address is in use.
    """
    try:
        import uvicorn

        from sisterdata.serve.http_app import SERVICES, application
        from sisterdata.serve.http_connection import LimitedConnection
    except ModuleNotFoundError as error:
        todo = 'in the folder of sisterdata, run pip install ".[serve]"'
        raise SisterdataError(f"serving needs the package {error.name}", todo=todo) from error
    listening = _listen(host, port)
    host, port = listening.getsockname()[:2]
    if not ip_address(host).is_loopback:
        tell(f"anyone who reaches {host} can use the service: there is no authentication")
    address = url.rstrip("/") or f"http://{f'[{host}]' if ':' in host else host}:{port}"
    tell("reading the names")
    config = uvicorn.Config(
        application(url),
        http=LimitedConnection,
        ws="none",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        callback_notify=None,
    )
    server = uvicorn.Server(config)
    try:
        for served in SERVICES:
            tell(f"{served.name}: {address}/{served.path}")
        tell("stop with Ctrl-C")
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # asked to stop, which may be before or while the server runs
    tell("stopped")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small answers at once only on a socket that says it is TCP.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(CONNECTIONS)
    except (OSError, OverflowError) as error:
        listening.close()
        where, todo = f"{host}:{port}", "choose another --host or --port"
        raise SisterdataError(f"cannot listen: {error}", where=where, todo=todo) from error
    return listening
