"""Match the rows of a table, and count doubtful, decided and open names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sisterdata import gazetteer
from sisterdata.countries.match import split_country
from sisterdata.human_decisions import (
    AskedName,
    Decision,
    StaleDecision,
    apply_decision,
    needs_review,
    unneeded,
)
from sisterdata.match_result import Match
from sisterdata.parser.strip_marks import without_marks
from sisterdata.parser.table.column_roles import Roles
from sisterdata.places.check_arguments import Options
from sisterdata.places.column_context import NO_CONTEXT, Context, add_to_sample
from sisterdata.places.match_row import context_of_rows, match_row
from sisterdata.tabular.table import Chunk, Fields, Row

# The columns that are added: those of `match_places`.
MATCH_COLUMNS: Fields = {
    "place_id": str,
    "name": str,
    "country_code": str,
    "admin1_code": str,
    "level": str,
    "status": str,
    "score": float,
    "rule": str,
    "doubts": str,
}
# The number of distinct names whose matches are kept, so that memory stays bounded; others are
# matched again.
_REMEMBERED = 200_000

# Matches a cell, given the country and the region of its row.
MatchCells = Callable[[str | None, str | None, str | None], tuple[AskedName, Match, Row]]


@dataclass(slots=True)
class Tally:
    """What has been matched so far.

    statuses
        The number of rows with each status.
    no_place, no_country, open_rows
        The number of rows that a person decided are not a place; that were not matched because they
        have no country; and that have a name but no id.
    doubts
        The doubtful names, each with its match and its number of rows.
    met, findings
        The names with a decision, and the decisions that change nothing.
    """

    decisions: Mapping[AskedName, Decision]
    keep_doubts: bool
    statuses: Counter[str] = field(default_factory=Counter)
    no_place: int = 0
    no_country: int = 0
    open_rows: int = 0
    doubts: dict[AskedName, tuple[Match, int]] = field(default_factory=dict)
    met: set[AskedName] = field(default_factory=set)
    findings: dict[AskedName, StaleDecision] = field(default_factory=dict)

    def count(self, name: AskedName, match: Match, rows: int) -> None:
        """Count `rows` rows with the same name."""
        decision = self.decisions.get(name)
        rejected = decision is not None and not decision.place_ids
        named = bool(name.verbatim.strip())
        self.statuses[match.status] += rows
        self.no_place += rows if rejected else 0
        self.no_country += rows if match.status == "not_run" and named else 0
        self.open_rows += rows if match.id is None and named and not rejected else 0
        if self.keep_doubts and decision is None and needs_review(match):
            self.doubts[name] = (match, self.doubts.get(name, (match, 0))[1] + rows)

    def finish(self, source: str) -> None:
        """Report decisions on names that are not in `source`."""
        for name, decision in self.decisions.items():
            if name not in self.met:
                message = f"{name.verbatim!r} is not asked in {source}; delete the decision"
                self.findings[name] = StaleDecision(decision.where, message)


def cell_matcher(
    tally: Tally, country: str | None, options: Options, context: Context = NO_CONTEXT
) -> MatchCells:
    """Make a function that matches the cells of a row.

    country
        The country of rows that have none.
    context
        What the other names of the table say about its country and level.
    """

    @lru_cache(_REMEMBERED)
    def match_cells(
        place: str | None, printed_country: str | None, region: str | None
    ) -> tuple[AskedName, Match, Row]:
        place = without_marks(place or "") or place  # flags and footnote signs
        beside = printed_country or country, region
        found = match_row(place, *beside, options=options, context=context)
        name = AskedName(found.text, found.country_code, found.admin1_code)
        match = _decided(tally, name, found.match)
        return name, match, match_cells_of(match, found.country_code)

    return match_cells


def read_table_context(
    chunks: Iterable[Chunk], roles: Roles, country: str | None, options: Options
) -> Context:
    """The country and level that the names of a table have in common.

    Only a sample of the distinct rows is kept, so memory stays bounded.
    """
    sample: dict[tuple[int, str], Any] = {}
    for chunk in chunks:
        rows = _printed(chunk, roles)
        add_to_sample(sample, dict.fromkeys((p, c or country, r) for p, c, r in rows))
    return context_of_rows(((without_marks(p or ""), c, r) for p, c, r in sample.values()), options)


def _printed(chunk: Chunk, roles: Roles) -> list[tuple[str | None, ...]]:
    """The place, country and region of each row, as printed."""
    nothing = [None] * chunk.rows
    beside = [nothing if at is None else chunk.texts(at) for at in (roles.country, roles.admin1)]
    return list(zip(chunk.texts(roles.place), *beside, strict=True))


def match_chunk(tally: Tally, match_cells: MatchCells, chunk: Chunk, roles: Roles) -> list[Row]:
    """The match columns for the rows of a chunk."""
    printed = _printed(chunk, roles)
    cells: dict[tuple[str | None, ...], Row] = {}
    for key, rows in Counter(printed).items():
        name, match, cells[key] = match_cells(*key)
        tally.count(name, match, rows)
    return [cells[key] for key in printed]


def _decided(tally: Tally, name: AskedName, match: Match) -> Match:
    """The match after a decision on the name is applied."""
    decision = tally.decisions.get(name)
    if decision is None:
        return match
    tally.met.add(name)
    message = unneeded(match, decision)
    if message is not None:
        tally.findings[name] = StaleDecision(decision.where, message)
        return match
    return apply_decision(match, decision)


def match_cells_of(match: Match, country: str | None = None) -> Row:
    """The cells of MATCH_COLUMNS; `country` is the one that was asked."""
    place = None if match.id is None else gazetteer.place(match.id)
    country = place.country_code if place else country
    if country is None:  # no place was found, but the text may have a country
        printed = split_country(match.verbatim)[2]
        country = printed.id if printed else None
    return (
        match.id,
        place.name if place else None,
        country,
        place.admin1_code if place else None,
        place.level if place else None,
        match.status,
        match.score,
        match.rule,
        "; ".join(f"{doubt.code}: {doubt.message}" for doubt in match.doubts) or None,
    )
