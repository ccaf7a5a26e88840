"""Numbers of a table's provinces and rows that do not run in order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sisterdata.parser.document import issue
from sisterdata.parser.printed_numbers import irregular
from sisterdata.parser.table.parse_state import Numbers, Table
from sisterdata.parser.table.read_rows import MISSING


def check_numbering(table: Table, rows: pd.DataFrame) -> None:
    """Add issues on the provinces' numbers in a section, and on the rows' within a province."""
    if not table.numbering:
        return
    numbers, sequence, starts, sections = map(np.concatenate, zip(*table.numbering, strict=True))
    starts = starts.astype(bool)
    starts[0] = True
    starts[1:] |= sections[1:] != sections[:-1]
    if table.single_number and _counts_provinces(sequence, starts):
        rows["sequence"] = pd.array([pd.NA] * len(rows), dtype="Int64")
        numbers, sequence = sequence, np.full_like(sequence, -1)
    elif (sequence >= 0).any():
        table.issues += [
            issue(line, "sequence", "missing_cell", None, MISSING["sequence"])
            for line in rows["line"].iloc[np.flatnonzero(sequence == -1)].tolist()
        ]
    provinces = np.flatnonzero(starts & (numbers >= 0))
    _check_runs(table, rows, numbers[provinces], sections[provinces], provinces, "verbatim_place")
    numbered = np.flatnonzero(sequence >= 0)
    blocks = np.cumsum(starts)
    _check_runs(table, rows, sequence[numbered], blocks[numbered], numbered, "verbatim_partner")


def _counts_provinces(sequence: Numbers, starts: npt.NDArray[np.bool_]) -> bool:
    """Whether the only number is the province's: blank, or repeated, in its further rows."""
    further = np.flatnonzero(~starts)
    same = (sequence[further] < 0) | (sequence[further] == sequence[further - 1])
    return len(further) > 0 and bool(same.all())


def _check_runs(
    table: Table, rows: pd.DataFrame, numbers: Numbers, groups: Numbers, at: Numbers, named: str
) -> None:
    """Report what is irregular in each group of numbers; `at` are their rows.

    A group begins with 1, or goes on where the one before it ended.
    """
    if not len(numbers):
        return
    before = np.r_[0, numbers[:-1]]
    opens = np.r_[True, groups[1:] != groups[:-1]]
    amiss = np.unique(groups[(numbers != before + 1) & ~(opens & (numbers == 1))])
    for low, high in np.searchsorted(groups, [amiss, amiss + 1]).T:
        goes_on = numbers[low] == before[low] + 1
        lines = rows["line"].iloc[at[low:high]].tolist()
        names = rows[named].iloc[at[low:high]].fillna("").tolist()
        run = numbers[low:high].tolist()
        for found in irregular(run, names, run[0] if goes_on else 1):
            table.issues.append(
                issue(
                    lines[found.index],
                    "verbatim_place" if named == "verbatim_place" else "sequence",
                    "number_out_of_order",
                    str(run[found.index]),
                    found.message,
                )
            )
