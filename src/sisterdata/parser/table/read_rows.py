"""Rows of a table, a column at a time: provinces carried down, years, partners."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from sisterdata.parser.document import TEXT, batch, issue
from sisterdata.parser.table.cell_contents import (
    cells_of,
    home_cells,
    joined,
    numbers_of,
    partner_cells,
)
from sisterdata.parser.table.column_positions import Columns
from sisterdata.parser.table.lines_without_rows import settle_pending
from sisterdata.parser.table.parse_state import Table
from sisterdata.parser.table.several_partners import has_several, partners_in
from sisterdata.text.dates import year


def take_rows(
    table: Table, columns: Columns, numbers: list[int], by_column: Sequence[Sequence[str]]
) -> None:
    provinces = numbers_of(by_column, columns.number)
    sequence = numbers_of(by_column, columns.sequence)
    places = home_cells(by_column, columns)
    if table.pending or table.headed:
        names_place = places[0] is not None or columns.place is None
        # The rows' own numbers begin anew with every province: they alone say nothing.
        if columns.number is not None:
            restarts = provinces[0] == 1
        else:
            restarts = sequence[0] in (1, None) and (
                table.headed or any(line.set_off for line in table.pending[-1:])
            )
        goes_on = columns.number is not None and sequence[0] == (table.sequence or 0) + 1 != 1
        settle_pending(table, restarts=names_place and restarts, goes_on=goes_on)
    table.sequence = sequence[-1]
    if columns.place is None:
        places = [table.home] * len(numbers)
    carried, starts = _carry_down(table, places, provinces)
    partners = partner_cells(by_column, columns)
    years, eras = _years(table, columns, numbers, by_column)
    frame: dict[str, Sequence[Any]] = {
        "line": numbers,
        "section": [table.section] * len(numbers),
        "sequence": sequence,
        "verbatim_place": carried,
        "verbatim_partner": partners,
        "verbatim_year": years,
        "verbatim_note": joined(by_column, columns.note),
        "era": eras,
    }
    if has_several(partners):
        frame, provinces, starts = _one_row_a_partner(frame, provinces, starts)
        numbers, sequence = list(frame["line"]), list(frame["sequence"])
        carried, partners = list(frame["verbatim_place"]), list(frame["verbatim_partner"])
    columns_ = frame | {"section": pa.repeat(pa.scalar(table.section, TEXT), len(numbers))}
    table.rows.append(batch("rows", columns_))
    table.numbering.append(
        (
            np.array([-1 if number is None else number for number in provinces], np.int32),
            np.array([-1 if number is None else number for number in sequence], np.int32),
            np.array(starts, np.int32),
            np.full(len(numbers), table.sections, np.int32),
        )
    )
    for name, printed in (("verbatim_place", carried), ("verbatim_partner", partners)):
        if None in printed:
            table.issues += [
                issue(number, name, "missing_cell", None, MISSING[name])
                for number, cell in zip(numbers, printed, strict=True)
                if cell is None
            ]


def _one_row_a_partner(
    frame: dict[str, Sequence[Any]], provinces: list[int | None], starts: list[bool]
) -> tuple[dict[str, Sequence[Any]], list[int | None], list[bool]]:
    """Give each partner of a cell that holds several a row; the further ones have no number."""
    at: list[int] = []
    partners: list[str | None] = []
    for row, cell in enumerate(frame["verbatim_partner"]):
        found: list[str | None] = [None] if cell is None else [*partners_in(cell)]
        at += [row] * len(found)
        partners += found
    first = [n == 0 or at[n - 1] != row for n, row in enumerate(at)]
    taken: dict[str, Sequence[Any]] = {
        name: [values[row] for row in at] for name, values in frame.items()
    }
    taken["verbatim_partner"] = partners
    return (
        taken,
        [provinces[row] for row in at],
        [starts[row] and is_first for row, is_first in zip(at, first, strict=True)],
    )


def _years(
    table: Table, columns: Columns, numbers: list[int], by_column: Sequence[Sequence[str]]
) -> tuple[Sequence[str | None], Sequence[str | None]]:
    """The year of each row and its era; of several the first that is printed, and that is said."""
    printed = [cells_of(by_column, at) for at in columns.years]
    if not printed:
        return [None] * len(numbers), [None] * len(numbers)
    if len(printed) == 1:
        return printed[0], [columns.eras[0]] * len(numbers)
    headers = [columns.headers[at] for at in columns.years]
    years: list[str | None] = []
    eras: list[str | None] = []
    for number, cells_ in zip(numbers, zip(*printed, strict=True), strict=True):
        filled = [at for at, cell in enumerate(cells_) if cell is not None]
        first = filled[0] if filled else 0
        years.append(cells_[first])
        eras.append(columns.eras[first])
        read = [year(cell, era=era).value for cell, era in zip(cells_, columns.eras, strict=True)]
        others = [f"{headers[at]} is {cells_[at]}" for at in filled if read[at] != read[first]]
        if filled and first > 0:
            others.insert(0, f"{headers[0]} is blank")
        if others:
            message = f"{'; '.join(others)}; {headers[first]} is taken"
            table.issues.append(
                issue(number, "verbatim_year", "other_year", cells_[first], message)
            )
    return years, eras


def _carry_down(
    table: Table, places: Sequence[str | None], numbers: Sequence[int | None]
) -> tuple[list[str | None], list[bool]]:
    """Fill the provinces left blank; also tell the rows with which a province begins."""
    carried: list[str | None] = []
    starts: list[bool] = []
    place, current = table.place, table.number
    for printed, number in zip(places, numbers, strict=True):
        renumbered = number is not None and number != current
        if printed is not None and (renumbered or printed != place):
            place, current = printed, number
            starts.append(True)
        elif renumbered:  # a new number without its province: the one above is not meant
            place, current = None, number
            starts.append(True)
        else:
            starts.append(False)
        carried.append(place)
    starts[0] = starts[0] or table.broken
    table.place, table.number, table.broken = place, current, False
    return carried, starts


MISSING = {
    "verbatim_place": "no place is printed here, nor above in a line that could be read",
    "verbatim_partner": "no partner is printed",
    "sequence": "no number is printed: a row, or the end of the one above?",
}
