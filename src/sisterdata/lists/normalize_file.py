"""Files of one's own: their rows kept as they are, their names matched and the doubts reviewed."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sisterdata import gazetteer
from sisterdata.countries.match import match_country, split_country
from sisterdata.errors import DataError
from sisterdata.lists.arguments import country_code, date_in_force
from sisterdata.lists.documents import attested, is_only_document, parse_table
from sisterdata.lists.review import (
    Decision,
    Question,
    StaleDecision,
    decide,
    doubtful,
    read_decisions,
    refuse_losing,
    write_review,
)
from sisterdata.match import Doubt, Match
from sisterdata.parser import Document, parse
from sisterdata.parser.marks import without_marks
from sisterdata.parser.table.column_roles import Roles, choose_columns
from sisterdata.places.match import match_place
from sisterdata.plain_values import counted
from sisterdata.tabular.formats import form_of, known_form, open_table, write_beside, write_rows
from sisterdata.tabular.table import Chunk, Fields, Row, Table
from sisterdata.vocabulary import ADMIN1

# The columns of `match_places`, and what the answer leaves open.
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
# Distinct names whose answers are remembered: beyond, one that comes again is matched again, so
# that memory stays bounded.
_REMEMBERED = 200_000


def _nobody_listens(*_: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file.

    layout
        The parser's layout that it was read in; None where it is a table.
    columns
        The headers of the columns that were matched, by `place`, `country`, `admin1`.
    statuses
        How many rows have each status, of those that occur.
    no_place
        How many of the ``unmatched`` rows hold what a person decided is no place.
    to_review
        How many distinct names were written for review.
    findings
        Decisions that do not apply any more.
    notices
        What else a careful reader should know.
    """

    layout: str | None
    columns: dict[str, str]
    statuses: dict[str, int]
    no_place: int
    to_review: int
    findings: tuple[StaleDecision, ...]
    notices: tuple[str, ...]


def normalize_file(
    file: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    place_column: str | None = None,
    country_column: str | None = None,
    admin1_column: str | None = None,
    country: str | None = None,
    date: str | None = None,
    sheet: str | None = None,
    layout: str | None = None,
    prefix: str = "match_",
    review: str | os.PathLike[str] | None = None,
    decisions: str | os.PathLike[str] | None = None,
    escape_formulas: bool = False,
    announce: Callable[[str], None] = _nobody_listens,
    advance: Callable[[int, int], None] = _nobody_listens,
) -> Outcome:
    """Match the places that a file lists, and write its rows with the answers to `out`.

    `file` is a table (CSV, TSV, Excel, Parquet or JSON lines, by its suffix): its rows are
    written as they are, in their order, with MATCH_COLUMNS behind, each with `prefix` before its
    name. Its columns are told by their headers where they are not named ("" for none); `country`
    (a code or a name) holds for all rows where no column does, and `date` is when the units must be
    in force. Or `file` is a document in one of the parser's layouts, and its rows are written as
    attestations, with their issues: a text, what `layout` says is one, and a table of pairs that
    cannot be kept row by row (titles above its headers, sections, provinces carried down).

    `review` is written with the doubtful names, each once; `decisions` is such a file with a
    person's answers, which are applied (see `sisterdata.lists.review`). `escape_formulas` sets an
    apostrophe before what a spreadsheet would run; in Excel files texts are never run.
    `announce` is told what was guessed, before the work begins, and `advance` how much of it is
    done. Raises `DataError`, `ParseError` or `CuratedError` for what cannot be used; `out` and
    `review` are then as they were.
    """
    source, target = Path(file), Path(out)
    review_path = None if review is None else Path(review)
    _check_written(source, target, review_path)
    country = None if country is None else country_code(country)
    date = None if date is None else date_in_force(date)
    decided = () if decisions is None else read_decisions(Path(decisions))
    if review_path is not None:
        refuse_losing(review_path, decided)
    asked = _Asked({d.question: d for d in decided}, keep_doubts=review is not None)
    as_table = any(x is not None for x in (place_column, country_column, admin1_column, country))
    with nullcontext() if form_of(source) is None else open_table(source, sheet=sheet) as table:
        if table is None or layout is not None or (not as_table and is_only_document(table)):
            _check_document(source, date, as_table=as_table)
            parsed = parse(source, layout=layout) if table is None else parse_table(table, layout)
            told = "" if table is None or layout is None else ", as --layout says"
            other = (
                "; as a table, row by row: name it .csv or .tsv"
                if table is None
                else "; as a table, row by row: --place-column, its headers on the first line"
            )
            announce(f"read as a document in the layout {parsed.layout}{told}{other}")
            said = _write_document(asked, parsed, target, escape_formulas=escape_formulas)
            return _finish(asked, parsed.layout, {}, said, source, review_path)
        roles = choose_columns(
            table.columns,
            table.head[1:],
            place=place_column,
            country=country_column,
            admin1=admin1_column,
            where=str(source),
        )
        _check_countries(table, roles, country)
        columns = _headers(table, roles)
        other = "" if table.grid is None else ", row by row (as a document: --layout)"
        named = ", ".join(f"{role} {name!r}" for role, name in columns.items())
        announce(f"read as a table{other}; columns: {named}")
        fields = {prefix + name: kind for name, kind in MATCH_COLUMNS.items()}
        match = lru_cache(_REMEMBERED)(_matcher(asked, country, date))
        with write_beside(target, table, fields, escape_formulas=escape_formulas) as add:
            for chunk in table.chunks:
                add(chunk, _answers(asked, match, chunk, roles))
                advance(chunk.done, table.size)
        notices = [*table.notices]
        if country is None and roles.country is None and asked.not_run:
            nowhere = f"{counted(asked.not_run, 'row')} without a country to look in"
            notices.append(f"{nowhere}: give --country-column, or --country")
        return _finish(asked, None, columns, notices, source, review_path)


@dataclass(slots=True)
class _Asked:
    """What has been asked so far, and answered."""

    decisions: dict[Question, Decision]
    keep_doubts: bool
    statuses: Counter[str] = field(default_factory=Counter)
    no_place: int = 0
    not_run: int = 0  # though there is a name
    doubts: dict[Question, tuple[Match, int]] = field(default_factory=dict)
    met: set[Question] = field(default_factory=set)
    findings: dict[Question, StaleDecision] = field(default_factory=dict)

    @property
    def rejected(self) -> frozenset[Question]:
        """What a person decided is no place."""
        return frozenset(q for q, decision in self.decisions.items() if not decision.place_ids)


def _check_written(source: Path, target: Path, review: Path | None) -> None:
    """Every file that is written has a known form, and none is another that is used."""
    paths = [os.path.realpath(path) for path in (source, target, review) if path is not None]
    if len(set(paths)) < len(paths):
        raise DataError(
            "the same file is to be read and written, or written twice",
            where=str(target),
            todo="name another output: the input stays as it is",
        )
    for written in (target, review):
        if written is not None:
            known_form(written)


def _check_document(source: Path, date: str | None, *, as_table: bool) -> None:
    """Of a document, nothing is told that it says itself."""
    if as_table:
        raise DataError(
            "a document's columns are told by its layout",
            where=str(source),
            todo="leave out the options on columns and countries, or give a table",
        )
    if date is not None:
        raise DataError(
            "a document says of itself when it held", where=str(source), todo="leave out --date"
        )


def _check_countries(table: Table, roles: Roles, country: str | None) -> None:
    """The countries stand in a column, or one holds for all rows."""
    if country is not None and roles.country is not None:
        raise DataError(
            f"the countries are in the column {table.columns[roles.country]!r}",
            where=str(table.path),
            todo='give --country or --country-column, not both (--country-column "" for none)',
        )


def _write_document(
    asked: _Asked, document: Document, target: Path, *, escape_formulas: bool
) -> tuple[str, ...]:
    """Write the attestations of a document, each distinct name decided; what concerns no row."""
    found = attested(document, lambda question, match: _decided(asked, question, match))
    with write_rows(target, found.fields, escape=escape_formulas) as put:
        put(found.rows)
    asked.statuses = found.statuses
    asked.no_place = sum(found.partners[question] for question in asked.rejected)
    if asked.keep_doubts:
        undecided = found.doubts.keys() - asked.decisions.keys()
        asked.doubts = {question: found.doubts[question] for question in undecided}
    return found.notices


def _headers(table: Table, roles: Roles) -> dict[str, str]:
    at = {"place": roles.place, "country": roles.country, "admin1": roles.admin1}
    return {role: table.columns[column] for role, column in at.items() if column is not None}


def _answers(
    asked: _Asked, match: Callable[..., tuple[Question, Match, Row]], chunk: Chunk, roles: Roles
) -> list[Row]:
    """The cells that answer each row; each distinct name is matched once."""
    nothing = [None] * chunk.rows
    beside = [nothing if at is None else chunk.texts(at) for at in (roles.country, roles.admin1)]
    printed = list(zip(chunk.texts(roles.place), *beside, strict=True))
    rejected = asked.rejected
    cells = {}
    for key, rows in Counter(printed).items():
        question, answer, cells[key] = match(*key)
        asked.statuses[answer.status] += rows
        asked.no_place += rows if question in rejected else 0
        asked.not_run += rows if answer.status == "not_run" and question.verbatim.strip() else 0
        if asked.keep_doubts and question not in asked.decisions and doubtful(answer):
            before = asked.doubts.get(question, (answer, 0))[1]
            asked.doubts[question] = (answer, before + rows)
    return [cells[key] for key in printed]


def _matcher(
    asked: _Asked, country: str | None, date: str | None
) -> Callable[[str | None, str | None, str | None], tuple[Question, Match, Row]]:
    def match(
        place: str | None, printed_country: str | None, region: str | None
    ) -> tuple[Question, Match, Row]:
        question, answer = _ask(place, printed_country, region, country, date)
        answer = _decided(asked, question, answer)
        return question, answer, _cells(question, answer)

    return match


def _ask(
    place: str | None,
    printed_country: str | None,
    region: str | None,
    country: str | None,
    date: str | None,
) -> tuple[Question, Match]:
    """Ask for a place with what stands beside it.

    Codes go beside the name; what is printed as a name is put behind it, as lists print a place
    with its region and country.
    """
    text, region = place or "", (region or "").strip()
    text = without_marks(text) or text
    printed_country = (printed_country or "").strip()
    if not text.strip():
        return Question(text), match_place(text)
    code = re.fullmatch(ADMIN1, region)
    found = match_country(printed_country) if printed_country else None
    if found is not None:
        country = found.id
    behind = [] if code else [region]
    if country is None or (region and not code):
        behind.append(printed_country)
    text = ", ".join([text, *filter(None, behind)])
    question = Question(text, country, region if code else None)
    if found is not None and found.id is None and not found.candidates:
        said = f"{printed_country!r} is no country that is known"
        doubt = Doubt("unmatched_name", said)
        return question, Match(text, None, "not_run", None, said, (), (doubt,))
    return question, match_place(text, country=country, admin1=question.admin1_code, date=date)


def _decided(asked: _Asked, question: Question, match: Match) -> Match:
    """The answer with what a person decided of it."""
    decision = asked.decisions.get(question)
    if decision is None:
        return match
    asked.met.add(question)
    decided = decide(match, decision)
    if isinstance(decided, Match):
        return decided
    asked.findings[question] = decided
    return match


def _cells(question: Question, match: Match) -> Row:
    place = None if match.id is None else gazetteer.place(match.id)
    if place is None:
        # The country holds where the place does not.
        printed = split_country(match.verbatim)[2]
        country = question.country_code or (printed.id if printed else None)
    else:
        country = place.country_code
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


def _finish(
    asked: _Asked,
    layout: str | None,
    columns: dict[str, str],
    notices: Iterable[str],
    source: Path,
    review: Path | None,
) -> Outcome:
    for question, decision in asked.decisions.items():
        if question not in asked.met:
            said = f"{question.verbatim!r} is not asked in {source}; delete the decision"
            asked.findings[question] = StaleDecision(decision.where, said)
    if review is not None:
        write_review(review, asked.doubts, tuple(asked.decisions.values()))
    return Outcome(
        layout,
        columns,
        dict(asked.statuses.most_common()),
        asked.no_place,
        len(asked.doubts),
        tuple(asked.findings.values()),
        tuple(notices),
    )
