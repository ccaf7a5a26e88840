"""Compare two builds of the gazetteer: files, columns, first differing rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np


def differences(new: Path, old: Path) -> Iterator[str]:
    """The differences between two data folders, one line for each.

    Columns are compared, not files: another version of zlib compresses the same columns to other
    bytes.
    """
    names = {path.name for folder in (new, old) for path in (folder / "gazetteer").iterdir()}
    for name in sorted(names):
        one, other = (folder / "gazetteer" / name for folder in (new, old))
        if not one.exists() or not other.exists():
            yield f"{name}: only in the {'rebuild' if one.exists() else 'shipped index'}"
        elif name.endswith(".npz"):
            yield from _columns(name, one, other)
        elif one.read_bytes() != other.read_bytes():
            yield f"{name}: differs"


def _columns(name: str, one: Path, other: Path) -> Iterator[str]:
    with np.load(one) as new, np.load(other) as old:
        for column in sorted({*new.files, *old.files}):
            if column not in new.files or column not in old.files:
                yield f"{name}: {column} is only in one"
            elif not np.array_equal(new[column], old[column], equal_nan=new[column].dtype == "f4"):
                yield f"{name}: {column} differs{_first(new[column], old[column])}"


def _first(new: np.ndarray, old: np.ndarray) -> str:
    """The first row in which two columns of text differ."""
    if new.dtype != np.uint8:
        return ""
    lines = (column.tobytes().decode(errors="replace").split("\n") for column in (old, new))
    pairs = enumerate(zip(*lines, strict=False))
    return next((f": row {i}, {a!r} is now {b!r}" for i, (a, b) in pairs if a != b), "")
