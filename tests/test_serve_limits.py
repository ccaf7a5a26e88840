"""The service with many, slow, disconnected or hostile clients, and with internal errors."""

from __future__ import annotations

import json
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("starlette", reason="needs sisterdata[serve]")
pytest.importorskip("uvicorn", reason="needs sisterdata[serve]")

from serving import ask, service

from sisterdata import match_place
from sisterdata.errors import SisterdataError
from sisterdata.serve import serve

QUICK = "prefix_search.prepare = lambda: None"  # nothing here is found by its beginning
IMPATIENT = (
    QUICK,
    "http_connection.REQUEST_SECONDS = http_connection.WRITE_SECONDS = 1",
    "http_connection.MAX_DISCARDED = 3_000_000",
    "read_requests.BODY_SECONDS = 1",
)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service that waits a second for what it usually waits long for."""
    with service(tmp_path_factory.mktemp("serve") / "log", *IMPATIENT) as address:
        yield address


def connect(url: str, *, receive: int = 0) -> socket.socket:
    parts = urlsplit(url)
    client = socket.socket()
    if receive:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    client.settimeout(30)
    client.connect((parts.hostname, parts.port))
    return client


def read_to_end(client: socket.socket) -> bytes:
    """All that the service sends until it drops the connection."""
    received = b""
    try:
        while part := client.recv(1 << 16):
            received += part
    except ConnectionResetError:
        pass
    return received


def test_a_client_that_sends_nothing_is_dropped(url: str) -> None:
    with connect(url) as client:
        assert read_to_end(client) == b""


def test_a_client_that_sends_headers_slowly_is_dropped(url: str) -> None:
    with connect(url) as client, pytest.raises(ConnectionError):
        client.sendall(b"GET /places HTTP/1.1\r\n")
        for _ in range(100):
            client.sendall(b"X: y\r\n")
            time.sleep(0.1)


def test_a_client_that_sends_a_second_request_slowly_is_dropped(url: str) -> None:
    with connect(url) as client, pytest.raises(ConnectionError):
        client.sendall(b"GET /places/suggest/type HTTP/1.1\r\nHost: h\r\n\r\n")
        assert client.recv(1 << 16).startswith(b"HTTP/1.1 200")
        for _ in range(100):
            client.sendall(b"G")
            time.sleep(0.1)


def test_a_body_sent_too_slowly_is_refused(url: str) -> None:
    with connect(url) as client:
        client.sendall(
            b"POST /places HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 100\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n\r\nqueries="
        )
        answer = read_to_end(client)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"too slowly" in answer


FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
MB = 1 << 20
REFUSED_EARLY = {
    "declared": (b"POST /places HTTP/1.1\r\nContent-Length: 3145728\r\n" + FORM, 413),
    "chunked": (b"POST /places HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + FORM, 413),
    "not HTTP": (b"POST /places\r\nContent-Length: 3145728\r\n" + FORM, 400),
}


def refused_early(url: str, kind: str) -> tuple[socket.socket, bytes]:
    """A client whose request was refused before all of it was sent, and the part not yet sent."""
    head, _ = REFUSED_EARLY[kind]
    first = b"x" * MB + b"x" if kind == "chunked" else b"x"
    rest = b"x" * (3 * MB - len(first))
    if kind == "chunked":
        first, rest = (b"%x\r\n%s\r\n" % (len(part), part) for part in (first, rest))
        rest += b"0\r\n\r\n"
    client = connect(url)
    client.sendall(head + b"Host: h\r\n\r\n" + first)
    assert select.select([client], [], [], 10)[0], "no answer"
    return client, rest


@pytest.mark.parametrize("kind", REFUSED_EARLY)
def test_a_client_that_is_still_sending_reads_why_it_was_refused(url: str, kind: str) -> None:
    client, rest = refused_early(url, kind)
    with client:
        for start in range(0, len(rest), 1 << 16):
            client.sendall(rest[start : start + (1 << 16)])
        assert client.recv(1 << 16).startswith(b"HTTP/1.1 %d" % REFUSED_EARLY[kind][1])


def test_a_client_that_never_stops_sending_is_dropped(url: str) -> None:
    client, rest = refused_early(url, "declared")
    with client, pytest.raises(ConnectionError):
        for _ in range(100):
            client.sendall(rest)


def test_a_client_that_was_refused_and_stays_is_dropped(url: str) -> None:
    client, _ = refused_early(url, "declared")
    with client:
        assert read_to_end(client).startswith(b"HTTP/1.1 413")
        with pytest.raises(ConnectionError):
            for _ in range(100):
                client.sendall(b"x")
                time.sleep(0.1)


def test_a_client_that_does_not_read_is_dropped(url: str) -> None:
    ids = [f"iso3166-2:TH-{code}" for code in range(10, 97)] * 5
    names = ["country", "country_name", "admin1", "level", "name_th", "name_local", "coordinates"]
    extend = json.dumps({"ids": ids, "properties": [{"id": name} for name in names]})
    body = b"extend=" + extend.encode().replace(b"%", b"%25")
    asked = (
        b"POST /places HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\n%s" % (len(body), body)
    )
    with connect(url, receive=4096) as client, pytest.raises(ConnectionError):
        for _ in range(100_000):  # until no more answers fit between the two
            client.sendall(asked)
    assert ask(f"{url}/places").status == 200


def test_the_service_survives_a_disconnect(url: str) -> None:
    many = json.dumps({str(number): {"query": "Kyoto, Japan"} for number in range(100)})
    body = b"queries=" + many.encode()
    for _ in range(10):
        with connect(url) as client:
            client.sendall(
                b"POST /places HTTP/1.1\r\nHost: h\r\nContent-Length: %d\r\n"
                b"Content-Type: application/x-www-form-urlencoded\r\n\r\n%s" % (len(body), body)
            )
    assert ask(f"{url}/places", "POST", fields={"queries": {}}).status == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /places?" + b"x" * (1 << 20) + b" HTTP/1.1\r\nHost: h\r\n\r\n",
        b"GET /places HTTP/1.1\r\n" + b"X: y\r\n" * (1 << 17) + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\x00" * 1000,
        b"POST /places HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
        b"POST /places HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\n",
        b"POST /places HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\nzz\r\n",
    ],
    ids=["address", "headers", "TLS", "zeros", "negative", "enormous", "chunk"],
)
def test_bytes_that_are_not_http_are_refused(url: str, sent: bytes) -> None:
    with connect(url) as client:
        try:
            client.sendall(sent)
            answer = read_to_end(client)
        except ConnectionError:
            answer = b""
    assert answer == b"" or answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 413"))
    assert b"Traceback" not in answer
    assert ask(f"{url}/places").status == 200


def test_too_many_connections_get_503(tmp_path: Path) -> None:
    few = "from sisterdata import serve as served; served.CONNECTIONS = 20"
    with service(tmp_path / "log", QUICK, few) as url:
        held = [connect(url) for _ in range(20)]
        assert ask(f"{url}/places").status == 503
        for client in held:
            client.close()
        until = time.monotonic() + 30  # it may take a moment to see that they are gone
        while ask(f"{url}/places").status != 200:
            assert time.monotonic() < until


def test_many_clients_get_their_own_answers(url: str) -> None:
    names = ["Kyoto", "Sapporo", "Nara", "Kobe", "Osaka", "Nagoya", "Sendai", "Hiroshima"]
    expected = {name: match_place(f"{name} City, Japan").id for name in names}

    def matched(name: str) -> str:
        queries = {name: {"query": f"{name} City, Japan"}}
        result = ask(f"{url}/places", "POST", fields={"queries": queries}).json[name]["result"]
        return str(next((one["id"] for one in result if one["match"]), None))

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(matched, names * 10))
    assert found == [str(expected[name]) for name in names] * 10


def test_an_error_of_the_service_stays_in_its_log(tmp_path: Path) -> None:
    broken = "reconciliation_answers.reconcile = lambda *_: 1 / 0"
    with service(tmp_path / "log", QUICK, broken) as url:
        answer = ask(f"{url}/places", "POST", fields={"queries": {"q": {"query": "x"}}})
        assert answer.status == 500
        assert set(answer.json) == {"error"}
        assert "division" not in answer.text
        assert ask(f"{url}/places").status == 200
    assert "ZeroDivisionError" in (tmp_path / "log").read_text()


def test_a_slow_request_is_given_up(tmp_path: Path) -> None:
    slow = (
        "import time; http_app.SECONDS = 2",
        "reconciliation_answers.reconcile = "
        "lambda _, query: time.sleep(0.2 * (query.text == 'slow')) or []",
    )
    with service(tmp_path / "log", QUICK, *slow) as url:
        many = {str(number): {"query": "slow"} for number in range(100)}
        answer = ask(f"{url}/places", "POST", fields={"queries": many})
        assert answer.status == 503
        assert "fewer queries" in answer.json["error"]["todo"]
        few = ask(f"{url}/places", "POST", fields={"queries": {"q": {"query": "quick"}}})
        assert few.json == {"q": {"result": []}}


TAKING_TURNS = """
import threading
begun, single = threading.Event(), threading.Event()
def reconcile(_, query):
    if query.text == "batch":
        begun.set()
        return [single.wait(0.1)]
    if query.text == "begun?":
        return [begun.is_set()]
    single.set()
    return []
reconciliation_answers.reconcile = reconcile
"""


def test_a_large_batch_does_not_keep_others_waiting(tmp_path: Path) -> None:
    """A single query is answered between those of a batch: the first missed it, the last not."""
    with service(tmp_path / "log", QUICK, TAKING_TURNS) as url, ThreadPoolExecutor(1) as pool:

        def result(text: str) -> list[bool]:
            answer = ask(f"{url}/places", "POST", fields={"queries": {"q": {"query": text}}})
            return list(answer.json["q"]["result"])

        many = {str(number): {"query": "batch"} for number in range(100)}
        large = pool.submit(ask, f"{url}/places", "POST", fields={"queries": many})
        while result("begun?") == [False]:
            pass
        assert result("single") == []
        found = large.result().json
        assert (found["0"]["result"], found["99"]["result"]) == ([False], [True])


def test_it_ends_quietly_when_interrupted() -> None:
    imports = "from sisterdata.lookup import prefix_search; from sisterdata.serve import serve"
    program = f"{imports}; {QUICK}; serve(port=0)"
    command = [sys.executable, "-u", "-c", program]
    process = subprocess.Popen(command, stdout=-1, stderr=-1, text=True)
    assert process.stdout is not None
    said = [next(process.stdout) for _ in range(4)]
    assert ask(said[1].rpartition(" ")[2].strip()).status == 200
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=20)
    assert (process.returncode, out, error) == (0, "stopped\n", "")


def test_an_address_in_use_is_a_clear_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SisterdataError) as refused:
        serve(port=taken.getsockname()[1])
    assert "--port" in refused.value.todo
    for host, port in (("192.0.2.1", 0), ("127.0.0.1", 70_000), ("no host", 0)):
        with pytest.raises(SisterdataError, match="cannot listen"):
            serve(host, port)


def test_without_its_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(SisterdataError, match=r"pip install .*\[serve\]"):
        serve()
