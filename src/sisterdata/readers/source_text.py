"""What every reader hands to the parser: lines of text, and where each stood in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document as lines of text. A row of a table is a line with tabs between its cells.

    source_id
        The source's id, or the file's name without its suffix.
    where
        What to call the file in messages.
    text
        The lines, joined by newlines.
    origins
        For each line, where it stood in the file: "page 3", "table 2 row 5". Empty for a text
        file, where the number of the line says it.
    issues
        What the reader repaired or could not read, one record each: `line`, `field`, `code`,
        `severity`, `verbatim`, `message`.
    """

    source_id: str
    where: str
    text: str
    origins: tuple[str, ...] = ()
    issues: tuple[dict[str, Any], ...] = ()


def numbered_lines(text: str, size: int) -> Iterator[tuple[int, list[str]]]:
    r"""Cut a text into lists of lines of about `size` characters, each with its first number.

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
