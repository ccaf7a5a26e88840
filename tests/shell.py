"""The command `sisterdata` in the process of the tests: another process would test nothing more."""

from __future__ import annotations

import io
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from sisterdata.cli.main import main


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    returncode: int | str
    stdout: str
    stderr: str


def sisterdata(*words: str | Path, typed: bytes = b"", folder: str | Path = ".") -> Done:
    """Run the command, with `typed` on standard input and in this folder."""
    streams = [io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") for data in (typed, b"", b"")]
    code: int | str = 0
    with (
        chdir(folder),
        patch.multiple(sys, stdin=streams[0], argv=["sisterdata", *map(str, words)]),
        redirect_stdout(streams[1]),
        redirect_stderr(streams[2]),
    ):
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
    written = []
    for stream in streams[1:]:
        stream.flush()
        written.append(stream.buffer.getvalue().decode())
    return Done(code, *written)
