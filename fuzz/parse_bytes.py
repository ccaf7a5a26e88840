"""Fuzz `parse()`: any bytes must give classified lines, or an error with a position.

``python fuzz/parse_bytes.py --seconds 600`` lets atheris (libFuzzer) mutate the received documents
and those in `tests/cases/`, guided by coverage. An input that fails, takes more than ten seconds,
or needs more than 2 GB is written to `fuzz/found/`, and the exit code is 1. Move it to
`tests/cases/bytes/`, and every test run will try it.

If atheris cannot be installed, hypothesis makes random changes instead, and a message says so.
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
    """Try inputs for a while; the exit code is 1 if one failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=600)
    seconds = parser.parse_args().seconds
    FOUND.mkdir(exist_ok=True)
    try:
        import atheris
    except ImportError as error:
        print(f"atheris cannot be imported ({error}): hypothesis is used instead")
        tried = with_hypothesis(seconds)
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
    """Parse the bytes with the detected format and layout, then with one given."""
    from parsed import (  # the checks of the tests
        assert_every_line_or_an_error,
        assert_lines_or_an_error,
    )

    from sisterdata.parser import LAYOUTS
    from sisterdata.readers import FORMATS

    for layout in (None, sorted(LAYOUTS)[zlib.crc32(data) % len(LAYOUTS)]):
        assert_every_line_or_an_error(data, layout)
    assert_lines_or_an_error(data, FORMATS[zlib.crc32(data) % len(FORMATS)])


def seeds() -> list[bytes]:
    """Short pieces of the documents, so that each try is fast."""
    documents = [path for pattern in SEEDS for path in sorted(ROOT.glob(pattern))]
    return [path.read_bytes()[:LONGEST] for path in documents]


def with_hypothesis(seconds: int) -> int:
    """The same with hypothesis; returns the number of inputs."""
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
