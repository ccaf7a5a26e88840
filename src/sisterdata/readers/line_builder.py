"""Build a SourceText line by line; damage from PDFs is repaired and reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sisterdata.readers.lines_with_origin import SourceText
from sisterdata.text.mojibake import Misreading
from sisterdata.text.thai_marks import repair_pdf_damage
from sisterdata.vocabulary import CODES

_BREAKS = re.compile(r"\s*[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*")


@dataclass(slots=True)
class LineBuilder:
    r"""Collects the lines of a document, each with its origin in the file.

    >>> builder = LineBuilder()
    >>> builder.add_row(["จังหวัด", "ล าดับ"], "table 1 row 1")
    >>> found = builder.build("list", "list.pdf")
    >>> found.text, found.origins, found.issues[0]["message"]
    ('จังหวัด\tลำดับ', ('table 1 row 1',), 'repaired on reading: split sara am')
    """

    lines: list[str] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)
    issues: list[dict[str, Any]] = field(default_factory=list)

    def add(self, text: str, origin: str) -> None:
        """Add a line of text; a blank one is left out."""
        plain = _BREAKS.sub(" ", text).strip()
        if plain:
            self._add([plain], origin)

    def add_row(self, cells: Sequence[str], origin: str) -> None:
        """Add a row of a table, unless all cells are blank."""
        plain = [_BREAKS.sub(" ", cell).strip() for cell in cells]
        if any(plain):
            self._add(plain, origin)

    def add_break(self) -> None:
        """Add an empty line between two blocks."""
        if self.lines and self.lines[-1]:
            self.lines.append("")
            self.origins.append(self.origins[-1])

    def build(self, source_id: str, where: str) -> SourceText:
        """All lines as one SourceText."""
        while self.lines and not self.lines[-1]:
            self.lines.pop()
            self.origins.pop()
        text = "\n".join(self.lines)
        return SourceText(source_id, where, text, tuple(self.origins), tuple(self.issues))

    def build_from(self, found: SourceText) -> SourceText:
        """The same, for lines that were made from the lines of another text.

        The origins are "line 3" and so on. The issues of `found` come first, with new line numbers.
        """
        at = {origin: n for n, origin in reversed(list(enumerate(self.origins, start=1)))}
        for n, issue in enumerate(found.issues):
            self.issues[n] = issue | {"line": at.get(f"line {issue['line']}", 1)}
        return self.build(found.source_id, found.where)

    def _add(self, cells: list[str], origin: str) -> None:
        line = "\t".join(cells)
        mended, changes = repair_cells(line)
        self.lines.append(mended)
        self.origins.append(origin)
        if changes:
            self.issues.append(repair_issue(len(self.lines), line, changes))


def repair_cells(line: str) -> tuple[str, tuple[str, ...]]:
    """Repair PDF damage in each cell of a line; also return the steps that changed something."""
    if line.isascii():
        return line, ()
    repaired = [repair_pdf_damage(cell) for cell in line.split("\t")]
    changes = dict.fromkeys(change for _, found in repaired for change in found)
    return "\t".join(cell for cell, _ in repaired), tuple(changes)


def repair_text(text: str, misreading: Misreading | None) -> tuple[str, list[dict[str, Any]]]:
    """Restore wrongly decoded text, repair PDF damage, and report each changed line."""
    repaired, issues = [], []
    for number, line in enumerate(text.split("\n"), start=1):
        restored = line if misreading is None or line.isascii() else misreading.restore(line)
        mended, changes = repair_cells(restored)
        if misreading is not None and restored != line:
            changes = (misreading.name, *changes)
        repaired.append(mended)
        if changes:
            issues.append(repair_issue(number, line, changes))
    return "\n".join(repaired), issues


def repair_issue(line: int, verbatim: str, changes: Iterable[str]) -> dict[str, Any]:
    """An issue that says that a line was repaired, with its original text."""
    code = "repaired_text"
    return {
        "line": line,
        "field": "line",
        "code": code,
        "severity": CODES[code].severity,
        "verbatim": verbatim,
        "message": f"repaired on reading: {', '.join(changes)}",
    }
