"""What the cells of a table hold, and whether columns can hold them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sisterdata.parser.line_kinds import LONGEST_HEADING
from sisterdata.parser.stated_counts import find_claims, without_claims
from sisterdata.parser.strip_marks import without_marks
from sisterdata.parser.table.column_positions import DITTO, Columns, whole_number
from sisterdata.parser.table.parse_state import CONTINUED
from sisterdata.text.repair import is_blank
from sisterdata.text.thai_letters import name_separator


def fit(cells: Sequence[str | Sequence[str]], columns: Columns) -> bool:
    """Whether the cells (or columns of cells) fit these columns; if not, they are shifted."""
    for at, cell in enumerate(cells):
        values = {cell} if isinstance(cell, str) else set(cell)
        if at in (columns.number, columns.sequence):
            misfit = any(
                whole_number(value) is None and not is_blank(value) and value.strip() not in DITTO
                for value in values
            )
        elif at == columns.place:
            misfit = any(
                len(value) > LONGEST_HEADING or _NO_PLACE.search(value) for value in values
            )
        else:
            misfit = at in columns.partner and any(
                whole_number(value) is not None or _is_rule(value) or _is_count(value)
                for value in values
            )
        if misfit:
            return False
    return True


def _is_rule(cell: str) -> bool:
    """Whether a cell is part of a drawn line: two signs or more, and nothing else."""
    return cell[:1] in _SIGNS and _RULE.fullmatch(cell) is not None


def _is_count(cell: str) -> bool:
    """Whether a cell is only a count ("1 คู่ 1 จังหวัด"), which belongs to a heading."""
    return (
        len(cell) <= LONGEST_HEADING
        and _DIGIT.search(cell) is not None
        and any(find_claims(cell))
        and not without_claims(cell)
    )


def is_heading_in_cells(line: str, columns: Columns) -> bool:
    """Whether a line has just two cells: words and their count."""
    filled = [cell for cell in line.split(columns.separator) if not is_blank(cell)]
    return len(filled) == 2 and not _is_count(filled[0]) and _is_count(filled[1])


def is_lone_partner(line: str, columns: Columns) -> bool:
    """Whether the only filled cell of a line is a partner, and not a count."""
    if columns.place is None or columns.separator not in line or any(find_claims(line)):
        return False
    filled = [at for at, cell in enumerate(line.split(columns.separator)) if not is_blank(cell)]
    return len(filled) == 1 and filled[0] in columns.partner and filled[0] > columns.place


def numbers_of(by_column: Sequence[Sequence[str]], at: int | None) -> list[int | None]:
    if at is None:
        return [None] * len(by_column[0])
    column = by_column[at]
    read = {cell: whole_number(cell) for cell in set(column)}
    return [read[cell] for cell in column]


def cells_of(by_column: Sequence[Sequence[str]], at: int | None) -> list[str | None]:
    if at is None:
        return [None] * len(by_column[0])
    # Invisible characters alone are no cell; none is as long as four of them.
    return [
        (cell if len(cell) > 3 or not is_blank(cell) else None) if cell else None
        for cell in map(str.strip, by_column[at])
    ]


def joined(by_column: Sequence[Sequence[str]], at: Sequence[int]) -> list[str | None]:
    """The filled cells of some columns, as one text a row."""
    if len(at) <= 1:
        return cells_of(by_column, at[0] if at else None)
    rows = zip(*(cells_of(by_column, column) for column in at), strict=True)
    return [_join([cell for cell in row if cell is not None]) for row in rows]


def _join(printed: list[str]) -> str | None:
    """Cells as one text, each once: "Osaka, Japan" beside "Japan" says Japan already."""
    kept: list[str] = []
    for cell in printed:
        if not kept or not _ends_with(kept[-1], cell):
            kept.append(cell)
    return name_separator("".join(kept)).join(kept) or None


def _ends_with(text: str, cell: str) -> bool:
    return text.endswith(cell) and text[: -len(cell)].rstrip().endswith((",", "("))


def partner_cells(by_column: Sequence[Sequence[str]], columns: Columns) -> list[str | None]:
    """The partners, with their regions and countries, free of flags and footnote marks."""
    names = [_unmarked(cells_of(by_column, at)) for at in columns.partner]
    if columns.english:
        english = joined(by_column, columns.english)
        names[0] = [_in_both(*both) for both in zip(names[0], english, strict=True)]
    if len(names) == 1:
        return names[0]
    rows = zip(*names, strict=True)
    filled = ([cell for cell in row if cell is not None and cell not in NOTHING] for row in rows)
    return _unmarked([_join(cells) for cells in filled])


def _in_both(name: str | None, english: str | None) -> str | None:
    """A name with the English one in brackets."""
    if name is None or english is None or english in NOTHING:
        return name if english in NOTHING else name or english
    if name == english or english in name:
        return name
    return f"{name} ({english})"


def _unmarked(cells: list[str | None]) -> list[str | None]:
    changed = {
        cell: mended
        for cell in set(cells)
        if cell is not None and (mended := without_marks(cell) or cell) != cell
    }
    if not changed:
        return cells
    return [changed.get(cell, cell) if cell is not None else None for cell in cells]


def home_cells(by_column: Sequence[Sequence[str]], columns: Columns) -> list[str | None]:
    """The home of each row where it is printed; None where it is left to the row above."""
    if len(columns.home) < 2:
        cells = _unmarked(cells_of(by_column, columns.place))
        return [named_place(cell) if cell is not None else None for cell in cells]
    homes: list[str | None] = []
    first: str | None = None
    at_first = columns.home.index(columns.place) if columns.place is not None else 0
    for row in zip(*(_unmarked(cells_of(by_column, at)) for at in columns.home), strict=True):
        named = [named_place(cell) if cell and cell not in NOTHING else None for cell in row]
        first = named[at_first] or first
        if any(named):
            named[at_first] = first
        homes.append(_join([cell for cell in named if cell]))
    return homes


def named_place(cell: str) -> str | None:
    """The province of a cell; None where the cell says "as above"."""
    if cell in DITTO:
        return None
    return CONTINUED.sub("", cell) if cell[-1] == ")" else cell


NOTHING = frozenset(("-", "–", "—", "n/a", "N/A", "ไม่มี"))
_DIGIT = re.compile(r"\d")
_SIGNS = frozenset(" :=_*.+·•–—-")
_RULE = re.compile(r"\s*[:=_*.+·•–—-](?:\s*[:=_*.+·•–—-])+\s*")
_NO_PLACE = re.compile(r"\d|^\s*(?:รวม|total)|^\s*[:=_*.+·•–—-][\s:=_*.+·•–—-]*$", re.I)
