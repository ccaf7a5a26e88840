"""Documents that no publisher made: memory and time stay bounded by the input's size.

Every line is accounted for, or the document is refused with a place and what to do.

Each is parsed in a process of its own, which the system ends when it takes more memory or
processor time than is allowed here: what is quadratic comes nowhere near.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sisterdata.parser import LAYOUTS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")

MB = 1_000_000
BASE = 1200 * MB  # of addresses, not of memory: Python, pandas and Arrow with their threads
A_BYTE = 20  # bytes of memory for each of the input, and for each line of it:
A_LINE = 2000
SECONDS = 20  # of processor, and for each MB:
SECONDS_A_MB = 1.5

HEADER = '"\\tจังหวัด\\tลำดับ\\tคู่ความสัมพันธ์\\tปีที่ริเริ่ม\\tหมายเหตุ\\n".encode()'
INPUTS = {
    "one line of 20 MB": 'b"a" * 20_000_000',
    "one cell of 100 MB": HEADER + ' + b"1\\t\\xe0\\xb8\\x95\\t1\\t" + b"x" * 100_000_000',
    "a million columns": 'b"\\t".join([b"a"] * 1_000_000)',
    "a million columns in a row": HEADER + ' + b"1\\t" * 1_000_000',
    "a million headers": HEADER + '.rstrip() + "\\tปี".encode() * 1_000_000 + b"\\n1\\t2\\t3"',
    "a million tone marks": '"ก".encode() + "\\u0e48".encode() * 1_000_000',
    "a million accents": 'b"1 Sister City of A\\n1. A" + "\\u0301".encode() * 1_000_000',
    "a million marks in turn": 'b"1. " + "\\u0323\\u0301".encode() * 500_000',
    "NULs": "bytes(10_000_000)",
    "lone surrogates": 'b"\\xed\\xa0\\x80" * 3_000_000',
    "two encodings": '"กระบี่\\n".encode() * 1_000_000 + "กระบี่\\n".encode("cp874")',
    "a million line breaks": 'b"\\n" * 1_000_000',
    "a million empty items": 'b"1. \\n" * 1_000_000',
    "a number of 10 MB": 'b"1 Sister City of A\\n" + b"9" * 10_000_000 + b". A"',
    "cells of digits": HEADER + ' + b"1\\tA\\t" + b"9" * 5_000_000 + b"\\tx\\t" + b"9" * 5_000_000',
    "brackets": 'b"1 Sister City of A\\n1. " + b"(" * 5_000_000',
    "borders": 'b"| " * 5_000_000',
    "sentences without end": 'b"In May 2018, Bangkok and " * 200_000',
}

LIMITED = """
import resource, sys
from io import BytesIO
from parsed import assert_whole
from sisterdata.errors import SisterdataError
from sisterdata.parser import parse
from sisterdata.text.detect_encoding import decode
data = eval(sys.argv[1])
layout = sys.argv[2] or None
base, a_byte, a_line, seconds, a_mb = map(float, sys.argv[3:])
most = int(base + a_byte * len(data) + a_line * data.count(10))  # line feeds
resource.setrlimit(resource.RLIMIT_AS, (most, -1))
used = resource.getrusage(resource.RUSAGE_SELF)
most = int(used.ru_utime + used.ru_stime + seconds + a_mb * len(data) / 1e6)
resource.setrlimit(resource.RLIMIT_CPU, (most, -1))
try:
    document = parse(BytesIO(data), layout=layout)
except SisterdataError as error:
    print("refused" if error.where and error.todo else error)
else:  # the limits are those of parsing, not of looking at what was parsed
    for limit in (resource.RLIMIT_AS, resource.RLIMIT_CPU):
        resource.setrlimit(limit, (-1, -1))
    assert_whole(document, decode(data))
    print("whole")
"""


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["", *LAYOUTS])
@pytest.mark.parametrize("name", INPUTS)
def test_memory_and_time_are_bounded_by_the_size(name: str, layout: str) -> None:
    limits = map(str, (BASE, A_BYTE, A_LINE, SECONDS, SECONDS_A_MB))
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, INPUTS[name], layout, *limits],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent,
    )
    assert done.returncode == 0, f"ended by {done.returncode}: {done.stderr[-500:]}"
    assert done.stdout in ("refused\n", "whole\n")
