"""The result of every reader: lines of text, and where each comes from in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document as lines of text; a table row is a line with tabs between its cells.

    source_id
        The source's id, or the file's name without its suffix.
    where
        The name of the file in messages.
    text
        The lines, joined by newlines.
    origins
        Where each line comes from: "page 3", "table 2 row 5". Empty for a text file, whose line
        numbers are the same.
    issues
        What the reader repaired or could not read: records with `line`, `field`, `code`,
        `severity`, `verbatim` and `message`.
    """

    source_id: str
    where: str
    text: str
    origins: tuple[str, ...] = ()
    issues: tuple[dict[str, Any], ...] = ()


def numbered_lines(text: str, size: int) -> Iterator[tuple[int, list[str]]]:
    r"""Split a text into lists of lines of about `size` characters, with the first line's number.

    >>> list(numbered_lines("a\nb\nc", 2))
    [(1, ['a', 'b']), (3, ['c'])]
    """
    start, number = 0, 1
    while start < len(text):
        end = text.find("\n", start + size)
        lines = text[start : end if end >= 0 else None].split("\n")
        yield number, lines
        if end < 0:
            return
        start, number = end + 1, number + len(lines)
