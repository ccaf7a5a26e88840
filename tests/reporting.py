"""A small dataset and hostile texts for the tests of the report."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
from cases import CASES, read_cases

from sisterdata import schemas

Tables = dict[str, pd.DataFrame]


def table(name: str) -> pd.DataFrame:
    rows = pd.read_csv(CASES / f"report/{name}.csv", dtype="string", keep_default_na=False)
    return schemas.typed(rows.mask(rows == "").assign(**_keys(name, rows)), name)


def _keys(name: str, rows: pd.DataFrame) -> dict[str, Any]:
    key = schemas.KEYS[name]
    return {} if key in rows else {key: rows["source_id"] + "#L" + rows["line"]}


def pairs() -> Tables:
    """A small dataset of two documents, written for these tests."""
    return {name: table(name) for name in ("attestations", "issues", "claims", "sources")}


HOSTILE = [
    re.sub(r"\{U\+([0-9A-F]+)\}", lambda m: chr(int(m[1], 16)), case["text"])
    for case in read_cases("report/hostile.csv")
]
