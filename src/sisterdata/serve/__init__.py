"""Reconciliation services for OpenRefine and its like: places and countries, over HTTP.

They speak the W3C Reconciliation Service API 0.2 and need the packages of the extra ``serve``.
Data takes one way: `requests.py` checks what came, `places.py` and `countries.py` ask the
normalizer, `service.py` writes the answer, `app.py` and `connection.py` guard the door.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import ip_address

from sisterdata.errors import SisterdataError

CONNECTIONS = 200  # at once; what comes beyond is told to come again
IDLE_SECONDS = 30  # between an answer and the next request; a busy client may take a few
GRACE_SECONDS = 5  # for requests under way when the service is stopped


def serve(
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    url: str = "",
    tell: Callable[[str], None] = print,
) -> None:
    """Serve until interrupted.

    `host` is this machine alone unless another is given: there is no authentication. `port` 0
    takes any that is free. `url` is the address clients use where a proxy stands between. What
    a person should know is said through `tell`.

    Raises SisterdataError where the packages of the extra ``serve`` are missing or the
    address cannot be had.
    """
    try:
        import uvicorn

        from sisterdata.serve.app import SERVICES, application
        from sisterdata.serve.connection import LimitedConnection
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
