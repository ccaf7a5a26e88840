"""Any bytes into `parse()`: every line accounted for, or an error with its place.

``python fuzz/parse_bytes.py --seconds 600`` lets atheris (libFuzzer) change the received documents
and those of `tests/cases/`, led by which branches of the parsers each change reaches. What fails,
takes more than ten seconds, or more than 2 GB, is written to `fuzz/found/` and ends the run with
exit code 1; moved to `tests/cases/bytes/`, it is tried by every run of the tests from then on.

Where atheris cannot be installed, hypothesis makes the changes, without being led, and says so.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import zlib
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOUND = ROOT / "fuzz" / "found"
SEEDS = ("raw/*/*.txt", "tests/cases/documents/*.txt", "tests/cases/bytes/*")
LONGEST = 8192  # bytes of one input


def main() -> None:
    """Try inputs for a while; the exit code is 1 where one of them failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=600)
    seconds = parser.parse_args().seconds
    FOUND.mkdir(exist_ok=True)
    try:
        import atheris
    except ImportError as error:
        print(f"atheris cannot be imported ({error}): hypothesis makes the inputs, not led")
        tried = unled(seconds)
        print(f"{tried} inputs in {seconds} s, none failed")
        return
    with atheris.instrument_imports(include=["sisterdata"]):
        import sisterdata.parser  # noqa: F401
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds()):
            (Path(corpus) / str(number)).write_bytes(seed)
        flags = [
            f"-max_total_time={seconds}",
            f"-max_len={LONGEST}",
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-print_final_stats=1",
            f"-dict={ROOT / 'fuzz' / 'parse_bytes.dict'}",
            f"-artifact_prefix={FOUND}/",
        ]
        atheris.Setup([sys.argv[0], *flags, corpus], try_bytes)
        atheris.Fuzz()  # ends the process


def try_bytes(data: bytes) -> None:
    """Parse them as whatever they look like, as one layout, and read them as one format."""
    from parsed import (  # what the tests hold any bytes to
        assert_every_line_or_an_error,
        assert_lines_or_an_error,
    )

    from sisterdata.parser import LAYOUTS
    from sisterdata.readers import FORMATS

    for layout in (None, sorted(LAYOUTS)[zlib.crc32(data) % len(LAYOUTS)]):
        assert_every_line_or_an_error(data, layout)
    assert_lines_or_an_error(data, FORMATS[zlib.crc32(data) % len(FORMATS)])


def seeds() -> list[bytes]:
    """Pieces of the documents, short enough that each try is quick."""
    documents = [path for pattern in SEEDS for path in sorted(ROOT.glob(pattern))]
    return [path.read_bytes()[:LONGEST] for path in documents]


def unled(seconds: int) -> int:
    """The same with hypothesis; how many inputs were tried."""
    from hypothesis import HealthCheck, given, seed, settings
    from hypothesis import strategies as st

    known = seeds()
    tried = 0

    @st.composite
    def changed(draw: st.DrawFn) -> bytes:
        data = draw(st.sampled_from(known))
        for _ in range(draw(st.integers(1, 5))):
            start = draw(st.integers(0, len(data)))
            end = start + draw(st.integers(0, 300))
            data = (
                data[:start]
                + draw(st.binary(max_size=16) | st.just(data[start:end] * 2))
                + (data[end:])
            )
        return data

    end = time.monotonic() + seconds
    run = 0
    while time.monotonic() < end:
        run += 1

        @seed(run)
        @settings(
            max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(st.binary(max_size=LONGEST) | changed())
        def property_(data: bytes) -> None:
            nonlocal tried
            tried += 1
            try:
                try_bytes(data)
            except Exception:
                (FOUND / f"crash-{zlib.crc32(data):08x}").write_bytes(data)
                raise

        property_()
    return tried


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    main()
