"""Measure the speed and the capacity of the reconciliation service: ``python benchmarks/serve.py``.

The service runs in a separate process on one core, the clients on another. Every query is for
another place, half of them in Thai, and under load each is misspelt differently, so that no answer
is cached.

- Speed: one client with one connection and one query per request, first with countries that are not
  read yet, then with all read; and with ten queries per request, as OpenRefine sends.
- Load: ``--clients`` (50) clients for ``--seconds`` (60), each sending the next request at once.
  Others hold connections open, or send a request byte by byte. It prints the errors, the latency,
  and the memory of the service after each tenth of the time.

Everything runs on loopback and stops by itself; the exit code is 1 if a request failed.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import math
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import quote

import sisterdata
from sisterdata import gazetteer
from sisterdata.countries.match import split_country
from sisterdata.gazetteer.index import NameKind

MINISTRY = Path(__file__).parents[1] / "raw/moi-pairs-2022/000_dcaed084b706c043.txt"
THAI = {NameKind.THAI, NameKind.CLDR_THAI, NameKind.GENERATED_THAI}
QUERIES = 2000
HOLDERS, TRICKLERS = 20, 20


def main() -> None:
    """Print a Markdown table of speed, and one of load."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    given = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    queries = sample(QUERIES)
    with service(cores[0]) as (port, pid):
        os.sched_setaffinity(0, {cores[-1]})
        asyncio.run(speed(port, pid, queries))
        failed = asyncio.run(load(port, pid, queries, given.clients, given.seconds))
    sys.exit(1 if failed else 0)


def sample(count: int) -> list[dict[str, object]]:
    """Distinct queries: names with a country that is in the Ministry's list.

    Half are Thai names, if the gazetteer has any, and half are romanised names.
    """
    draw = random.Random(1)
    partners = sisterdata.parse(MINISTRY).rows["verbatim_partner"]
    printed = [split_country(partner)[2] for partner in partners]
    codes = [match.id for match in printed if match is not None and match.id is not None]
    chosen: set[tuple[str, str]] = set()
    for code, times in sorted(Counter(codes).items()):
        country = gazetteer.country(code)
        names: dict[bool, set[str]] = {True: set(), False: set()}
        for text, kind in zip(country.name_text, country.name_kind.tolist(), strict=True):
            if kind in THAI or kind == NameKind.PRIMARY:
                names[kind in THAI].add(text)
        for found in names.values():
            most = min(len(found), math.ceil(count / 2 * times / len(codes)))
            chosen.update((text, code) for text in draw.sample(sorted(found), most))
    queries = [
        {"query": text, "properties": [{"pid": "country", "v": code}]}
        for text, code in sorted(chosen)
    ]
    draw.shuffle(queries)
    return queries


@contextmanager
def service(core: int) -> Iterator[tuple[int, int]]:
    """Run the service on one core and a free port until the block ends."""
    program = (
        f"import os; os.sched_setaffinity(0, {{{core}}}); "
        "from sisterdata.serve import serve; serve(port=0)"
    )
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", program], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        said = next(line for line in process.stdout if line.startswith("sisterdata places"))
        port = int(said.rsplit(":", 1)[1].partition("/")[0])
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


async def speed(port: int, pid: int, queries: list[dict[str, object]]) -> None:
    """One client, one connection."""
    print(f"{len(queries)} queries\n")
    print("| queries per request | per second | per second of processor | median, ms | 99th, ms |")
    print("| --- | --- | --- | --- | --- |")
    draw = random.Random(2)
    for asked, batch, name in (
        (queries, 1, "1, country not read yet"),
        ([misspelt(query, draw) for query in queries], 1, "1"),
        ([misspelt(query, draw) for query in queries], 10, "10"),
    ):
        took = []
        async with connection(port) as (reader, writer):
            await ask(reader, writer, asked[:1])  # wait until the service is ready
            started, worked = time.perf_counter(), processor(pid)
            for start in range(0, len(asked), batch):
                before = time.perf_counter()
                await ask(reader, writer, asked[start : start + batch])
                took.append(time.perf_counter() - before)
            whole, worked = time.perf_counter() - started, processor(pid) - worked
        print(
            f"| {name} | {len(asked) / whole:.0f} | {len(asked) / worked:.0f} | "
            f"{1000 * statistics.median(took):.1f} | {1000 * quantile(took, 0.99):.1f} |"
        )
    print()


async def load(
    port: int, pid: int, queries: list[dict[str, object]], clients: int, seconds: float
) -> int:
    """Run many clients, and some that only hold connections; return the failed requests."""
    end = time.monotonic() + seconds
    took: list[float] = []
    failures: list[str] = []
    memory = [resident(pid)]

    async def client(number: int) -> None:
        draw = random.Random(number)
        async with connection(port) as (reader, writer):
            for query in itertools.cycle(queries[number::clients]):
                if time.monotonic() >= end:
                    return
                before = time.perf_counter()
                try:
                    await ask(reader, writer, [misspelt(query, draw)])
                except (OSError, ValueError, asyncio.IncompleteReadError) as error:
                    failures.append(repr(error))
                    return
                took.append(time.perf_counter() - before)

    async def holder(sent: bytes) -> None:
        """Connect again and again, and never finish a request."""
        while time.monotonic() < end:
            async with connection(port) as (reader, writer):
                for byte in itertools.chain(sent, itertools.repeat(None)):
                    if byte is not None:
                        writer.write(bytes([byte]))
                    try:
                        await asyncio.wait_for(reader.read(1), min(1, end - time.monotonic()))
                        break  # dropped, as expected
                    except (TimeoutError, OSError):
                        if time.monotonic() >= end:
                            return

    async def watch() -> None:
        for _ in range(10):
            await asyncio.sleep(seconds / 10)
            memory.append(resident(pid))

    async with asyncio.TaskGroup() as group:
        group.create_task(watch())
        for number in range(clients):
            group.create_task(client(number))
        for number in range(HOLDERS + TRICKLERS):
            group.create_task(holder(b"" if number < HOLDERS else b"GET /places HTTP/1.1\r\nX: y"))
    print("| clients | seconds | requests | failed | per second | median, ms | 99th, ms |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    print(
        f"| {clients} | {seconds:.0f} | {len(took)} | {len(failures)} | {len(took) / seconds:.0f} "
        f"| {1000 * statistics.median(took):.0f} | {1000 * quantile(took, 0.99):.0f} |"
    )
    print(f"\nmemory in MB, after each tenth of the time: {', '.join(map(str, memory))}")
    for failure in failures[:10]:
        print(f"failed: {failure}")
    return len(failures)


def misspelt(query: dict[str, object], draw: random.Random) -> dict[str, object]:
    """A query with two letters replaced by others from its text."""
    letters = list(str(query["query"]))
    for _ in range(2):
        letters[draw.randrange(len(letters))] = draw.choice(letters)
    return query | {"query": "".join(letters)}


@asynccontextmanager
async def connection(
    port: int,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, queries: list[dict[str, object]]
) -> None:
    """Send a request and read the answer. Raises `ValueError` for an unexpected answer."""
    batch = {f"q{number}": query for number, query in enumerate(queries)}
    body = b"queries=" + quote(json.dumps(batch)).encode()
    writer.write(
        b"POST /places HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    )
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0])
    answer = json.loads(await reader.readexactly(length))
    if not head.startswith(b"http/1.1 200") or answer.keys() != batch.keys():
        raise ValueError(answer)


def quantile(values: list[float], share: float) -> float:
    """The value that this share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def processor(pid: int) -> float:
    """The processor seconds of a process, which do not depend on other processes."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> int:
    """Resident memory of a process, MB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


if __name__ == "__main__":
    main()
