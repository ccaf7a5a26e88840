"""The matches of one column: distinct texts are matched once each, then corrected line by line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sisterdata.errors import CuratedError
from sisterdata.match import Doubt, Match
from sisterdata.normalizer.corrections import Correction, correct
from sisterdata.vocabulary import CODES


@dataclass(frozen=True, slots=True)
class Answers:
    """The matches of the column `field`: ``matches[codes[row]]`` answers a row."""

    field: str
    codes: np.ndarray
    matches: list[Match]

    def column(self, of: Callable[[Match], object]) -> pd.Series:
        values = np.array([of(match) for match in self.matches], dtype=object)
        return pd.Series(values[self.codes] if len(values) else values).convert_dtypes()

    def issues(self, rows: pd.DataFrame) -> pd.DataFrame:
        """An issue for each doubt of each row; a null id has at least one."""
        doubts = pd.DataFrame(
            [
                (n, doubt.code, doubt.message, " ".join(c.id for c in match.candidates) or None)
                for n, match in enumerate(self.matches)
                for doubt in _doubts(match)
            ],
            columns=["n", "code", "message", "candidates"],
        )
        printed = pd.DataFrame(
            {"n": self.codes, "line": rows["line"], "verbatim": rows[self.field]}
        )
        return printed.merge(doubts, on="n").drop(columns="n").assign(field=self.field)


def _doubts(match: Match) -> tuple[Doubt, ...]:
    if match.id is not None or any(CODES[d.code].severity == "error" for d in match.doubts):
        return match.doubts
    return (*match.doubts, Doubt("unmatched_name", match.rule))


def answer_column(
    rows: pd.DataFrame,
    field: str,
    match: Callable[[str | None], Match],
    decided: list[Correction],
) -> Answers:
    """Match the distinct texts of a column once each, then apply the corrections of its lines."""
    codes, distinct = pd.factorize(rows[field], use_na_sentinel=False)
    matches = [match(text if isinstance(text, str) else None) for text in distinct]
    for correction in decided:
        if correction.field != field:
            continue
        row = np.flatnonzero(rows["line"] == correction.line)
        if len(row) != 1:
            raise CuratedError(
                f"{correction.source_id} has no row on line {correction.line}",
                where=correction.where,
                todo="correct the line or delete the correction",
            )
        matches.append(correct(matches[codes[row[0]]], correction))
        codes[row[0]] = len(matches) - 1
    return Answers(field, codes, matches)
