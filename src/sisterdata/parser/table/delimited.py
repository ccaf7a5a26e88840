"""Tables in a text whose cells are separated by commas or semicolons, though not a CSV file."""

from __future__ import annotations

import csv

from sisterdata.parser.table.find_header import read_header
from sisterdata.text.repair import is_blank

_SAMPLE = 50
_MOST_LINE = 10_000


def with_tabs(text: str) -> str | None:
    r"""Replace the semicolons or commas between the cells of a text by tabs.

    None if no line has the headers of a table, or if the lines below have other numbers of cells.

    >>> with_tabs("City;Country\nNice;France\nBonn;Germany")
    'City\tCountry\nNice\tFrance\nBonn\tGermany'
    >>> with_tabs("Nice, France\nBonn, Germany") is None
    True
    """
    if "\t" in text or not (";" in text or "," in text):
        return None
    lines = text.split("\n")
    for at, line in enumerate(lines[:_SAMPLE]):
        for separator in ";,":
            least = 1 if separator == ";" else 2
            if line.count(separator) >= least and len(line) < _MOST_LINE:
                header = _cells(line, separator)
                if read_header("\t".join(header)) is not None and _fits(
                    lines[at + 1 : at + _SAMPLE], separator, len(header)
                ):
                    rows = ["\t".join(_cells(row, separator)) for row in lines[at:]]
                    return "\n".join(lines[:at] + rows)
    return None


def _fits(lines: list[str], separator: str, width: int) -> bool:
    """Whether nearly all lines have as many cells as the header, or one fewer."""
    widths = [len(_cells(line, separator)) for line in lines if not is_blank(line)]
    return bool(widths) and sum(width - 1 <= one <= width for one in widths) > 0.8 * len(widths)


def _cells(line: str, separator: str) -> list[str]:
    if len(line) > _MOST_LINE or separator not in line:
        return [line]
    return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [""])]
