"""Match a column: each distinct text once, then apply decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sisterdata.errors import CuratedError
from sisterdata.human_decisions import AskedName, Decision, apply_decision, correct, unneeded
from sisterdata.match_result import Doubt, Match
from sisterdata.vocabulary import CODES


@dataclass(frozen=True, slots=True)
class ColumnMatches:
    """The matches of the column `field`: ``matches[codes[row]]`` is the match of a row.

    `met` are the names in the column that have a decision. `unneeded` has those whose decision
    changes nothing, and why.
    """

    field: str
    codes: np.ndarray
    matches: list[Match]
    met: frozenset[AskedName]
    unneeded: Mapping[AskedName, str]

    def column(self, of: Callable[[Match], object]) -> pd.Series:
        """One value of each row's match, such as its id, as a column."""
        values = np.array([of(match) for match in self.matches], dtype=object)
        return pd.Series(values[self.codes] if len(values) else values).convert_dtypes()

    def counted(self) -> Iterator[tuple[Match, int]]:
        """Each match with its number of rows."""
        rows = np.bincount(self.codes, minlength=len(self.matches))
        yield from ((match, int(n)) for match, n in zip(self.matches, rows, strict=True) if n)

    def issues(self, rows: pd.DataFrame) -> pd.DataFrame:
        """An issue for each doubt of each row. A row without an id has at least one."""
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


def match_column(
    rows: pd.DataFrame,
    field: str,
    match: Callable[[str | None], Match],
    decisions: Sequence[Decision] = (),
) -> ColumnMatches:
    """Match each distinct text of a column once, and apply the decisions.

    A decision on a line changes that line only, a decision on a name every row with that name.
    Raises `CuratedError` if a decision on a line does not fit the text of that line.
    """
    codes, distinct = pd.factorize(rows[field], use_na_sentinel=False)
    texts = [text if isinstance(text, str) else None for text in distinct]
    matches = [replace(match(text), verbatim=text or "") for text in texts]
    found = {match.verbatim: match for match in matches}
    for correction in decisions:
        if correction.line is None or correction.field != field:
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
    by_name = {d.name.verbatim: d for d in decisions if d.line is None and _has_no_codes(d.name)}
    decided = {text: by_name[text] for text in found if text in by_name}
    said = {d.name: unneeded(found[text], d) for text, d in decided.items()}
    return ColumnMatches(
        field,
        codes,
        [_with_decision(match, decided.get(match.verbatim)) for match in matches],
        met=frozenset(said),
        unneeded={name: why for name, why in said.items() if why is not None},
    )


def _has_no_codes(name: AskedName) -> bool:
    """Names in documents come without codes, so only such decisions apply."""
    return name.country_code is None and name.admin1_code is None


def _with_decision(match: Match, decision: Decision | None) -> Match:
    if decision is None or unneeded(match, decision) is not None:
        return match
    return apply_decision(match, decision)
