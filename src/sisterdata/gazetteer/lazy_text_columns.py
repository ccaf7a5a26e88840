"""Columns of text that decode a row only when it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

import numpy as np
import numpy.typing as npt


class TextColumn(Sequence[str]):
    r"""A column stored as one UTF-8 text with one line per row.

    >>> column = TextColumn(np.frombuffer("Vientiane\n\nປາກເຊ".encode(), dtype=np.uint8))
    >>> len(column), column[2], list(column[:2]), "Vientiane" in column, "ien" in column
    (3, 'ປາກເຊ', ['Vientiane', ''], True, False)
    """

    __slots__ = ("_bytes", "_ends")

    def __init__(self, column: npt.NDArray[np.uint8]) -> None:
        self._bytes = column.tobytes()
        # A memoryview gives plain integers, much faster than an array does.
        self._ends = np.append(np.flatnonzero(column == ord("\n")), len(column)).data

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[str, ...]: ...
    def __getitem__(self, row: int | slice) -> str | tuple[str, ...]:
        if isinstance(row, slice):
            return tuple(self[i] for i in range(*row.indices(len(self))))
        at = row if row >= 0 else range(len(self))[row]
        start = self._ends[at - 1] + 1 if at else 0
        return self._bytes[start : self._ends[at]].decode()

    def __iter__(self) -> Iterator[str]:
        return iter(self._bytes.decode().split("\n"))

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and f"\n{value}\n".encode() in b"\n%b\n" % self._bytes


class DerivedColumn(Sequence[str]):
    """A column whose rows are computed by a function.

    >>> list(DerivedColumn(2, "ab".__getitem__))
    ['a', 'b']
    """

    __slots__ = ("_get", "_length")

    def __init__(self, length: int, get: Callable[[int], str]) -> None:
        self._length, self._get = length, get

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[str, ...]: ...
    def __getitem__(self, row: int | slice) -> str | tuple[str, ...]:
        if isinstance(row, slice):
            return tuple(map(self._get, range(*row.indices(self._length))))
        return self._get(row if 0 <= row < self._length else range(self._length)[row])

    def __iter__(self) -> Iterator[str]:
        return map(self._get, range(self._length))


def coded(rows: npt.NDArray[Any], values: Sequence[str]) -> DerivedColumn:
    """A column whose rows are positions in a short list of values."""
    distinct = tuple(values)
    return DerivedColumn(len(rows), lambda i: distinct[rows[i]])
