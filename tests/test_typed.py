"""A user's program that touches every public name runs; ``make types`` checks its types."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pandera.pandas as pa
import pytest
from pandera.typing.pandas import DataFrame

import sisterdata
from sisterdata.schemas import Pairs

PROGRAM = Path(__file__).parent / "typed" / "user_program.py"


def test_the_program_touches_every_public_name() -> None:
    used = set(re.findall(r"sisterdata\.(\w+)", PROGRAM.read_text(encoding="utf-8")))
    assert set(sisterdata.__all__) - used == set()


def test_the_program_runs(tmp_path: Path) -> None:
    command = [sys.executable, str(PROGRAM), str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)


def test_a_function_checks_the_pairs_it_is_given() -> None:
    @pa.check_types
    def count(pairs: DataFrame[Pairs]) -> int:
        return len(pairs)

    pairs = sisterdata.load("pairs")
    assert count(pairs) == len(pairs)  # type: ignore[arg-type]
    with pytest.raises(pa.errors.SchemaError, match="signd"):
        count(pairs.assign(stage="signd"))  # type: ignore[arg-type]
