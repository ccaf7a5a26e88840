"""The ties that the statements of an article tell of, as rows, and an issue for every doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sisterdata.parser.article.dated_statements import opening_date
from sisterdata.parser.article.english_grammar import read_english
from sisterdata.parser.article.news_words import (
    DATE,
    NAME,
    any_of,
    name_pattern,
    pattern,
    speaks_of_a_tie,
)
from sisterdata.parser.article.statements import Agreement
from sisterdata.parser.article.thai_grammar import clauses, read_thai
from sisterdata.parser.document import issue
from sisterdata.parser.line_kinds import LONGEST_SENTENCE
from sisterdata.text.dates import PrintedDate, find_dates, reduced_date
from sisterdata.text.thai_letters import has_thai


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence tells of a tie, and whether its paragraph speaks of two places."""

    line: int
    section: str | None
    sentence: str
    dates: tuple[PrintedDate, ...]
    carried: PrintedDate | None
    agreement: Agreement
    of_two: bool


def read_ties(statements: list[tuple[int, str]], section: str | None, text: str) -> Iterator[Told]:
    """What each statement of a paragraph tells of a tie."""
    if not speaks_of_a_tie(text):
        return
    of_two = _TWO_PLACES.search(text) is not None
    opening: PrintedDate | None = None
    for line, sentence in statements:
        thai = has_thai(sentence)
        for clause in [part for _, part in clauses(sentence)] if thai else _parts(sentence):
            dates = _dates(clause[:LONGEST_SENTENCE])
            carried = opening if not dates else None
            opening = (opening_date(dates) or opening) if dates else opening
            if not speaks_of_a_tie(clause):
                continue
            if len(clause) > _LONGEST_STATEMENT:
                agreement: Agreement | None = Agreement(doubt="the sentence is too long to be read")
            else:
                marked = _marked(clause, dates)
                agreement = read_thai(marked) if thai else read_english(marked)
            if agreement is not None:
                yield Told(line, section, clause, tuple(dates), carried, agreement, of_two)


def _dates(clause: str) -> list[PrintedDate]:
    """The dates of a clause, and years that stand in brackets or behind "dates from"."""
    dates = find_dates(clause, years=True)
    for found in _MORE_YEARS.finditer(clause):
        start, end = found.span(found.lastindex or 0)
        if not any(date.start < end and start < date.end for date in dates):
            dates.append(
                PrintedDate(start, end, clause[start:end], reduced_date(clause[start:end]))
            )
    return sorted(dates, key=lambda date: date.start)


_MORE_YEARS = re.compile(r"\((\d{4})\)|\b(?:dat|go)\w+ (?:back )?(?:from|to) (\d{4})\b")


def _parts(sentence: str) -> list[str]:
    """A sentence's parts between semicolons, where each has a verb of its own; else the sentence.

    >>> _parts("Oxford and Bonn were twinned in 1947; Perm and Leiden signed a pact in 1950.")
    ['Oxford and Bonn were twinned in 1947', 'Perm and Leiden signed a pact in 1950.']
    """
    parts = sentence.split("; ")
    acts = pattern("english", "sign", "be", "tie")
    return parts if len(parts) > 1 and all(map(acts.search, parts)) else [sentence]


def _marked(clause: str, dates: list[PrintedDate]) -> str:
    """A clause with one sign in place of each date."""
    clause = clause.replace(DATE, " ")
    for date in reversed(dates):
        clause = clause[: date.start] + DATE + clause[date.end :]
    return clause


def rows_and_doubts(
    told: list[Told], text: str, published: PrintedDate | None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows that sentences state, and an issue on each that states a tie but no certain pair.

    What any two bodies may sign is a pair's only where the text treats both as places.
    """
    places = _places_named(text) if any(one.agreement.unsure for one in told) else frozenset()
    sure = [one.agreement for one in told if not one.agreement.unsure]
    places |= {
        _bare(name) for one in sure for pair in one.pairs for name in (pair.first, pair.second)
    }
    rows: list[dict[str, Any]] = []
    issues: list[dict[str, Any]] = []
    doubts: list[tuple[Told, str]] = []
    for one in told:
        unsure = [name for name in one.agreement.unsure if _bare(name) not in places]
        if one.agreement.doubt is not None:
            doubts.append((one, one.agreement.doubt))
        elif unsure and not one.of_two:
            why = "nothing says that its parties are places: each may be a person or a body"
            doubts.append((one, why))
        else:
            for row, said in _rows(one, published):
                rows.append(row)
                issues += said
    known = {frozenset(map(_bare, (r["verbatim_place"], r["verbatim_partner"]))) for r in rows}
    for one, why in doubts:
        named = frozenset(map(_bare, name_pattern().findall(one.sentence)))
        if not (one.agreement.vague and any(pair <= named for pair in known)):
            message = f"no pair is taken: {why}"
            issues.append(issue(one.line, "line", "pair_not_certain", one.sentence, message))
    return rows, issues


def _bare(name: str) -> str:
    """A name without the word for its kind and without where it lies."""
    kinds = any_of("english", "kind")
    own = re.sub(rf"^(?:The )?(?:{kinds} of )?", "", name.partition(",")[0])
    return re.sub(rf"(?: {kinds}\b.*|['’]s)$", "", own).strip()


def _places_named(text: str) -> frozenset[str]:
    """The names that a text treats as places: "in Busan", "the mayor of Busan"."""
    named = re.compile(rf"\b(?i:{any_of('english', 'named')})(?: the)? ({NAME}(?:,? and {NAME})?)")
    phrases = (found[1] for found in named.finditer(text))
    return frozenset(_bare(name) for phrase in phrases for name in name_pattern().findall(phrase))


_LONGEST_STATEMENT = 1000


def _rows(
    told: Told, published: PrintedDate | None
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    for pair in told.agreement.pairs:
        printed, said = None, []
        if pair.date is not None:
            printed = told.dates[pair.date].verbatim
        elif told.agreement.dated:
            printed, where = _carried(told, published)
            if printed is not None:
                message = f"the sentence has no date; {where}"
                said = [issue(told.line, "verbatim_year", "date_carried", printed, message)]
        yield (
            {
                "line": told.line,
                "section": told.section,
                "verbatim_place": pair.first,
                "verbatim_partner": pair.second,
                "verbatim_year": printed,
                "verbatim_note": told.agreement.said or None,
            },
            said,
        )


def _carried(told: Told, published: PrintedDate | None) -> tuple[str | None, str]:
    """The date of a tie whose sentence prints none: that of its paragraph, else the report's."""
    if told.carried is not None:
        return told.carried.verbatim, "it is that of the sentence before"
    if published is None or published.date is None or told.dates:
        return None, ""
    if any(pattern(*words).search(told.sentence) for words in _LONG_AGO):
        return None, ""
    if any(
        pattern(*words).search(told.sentence) for words in _NEAR
    ):  # "on March 5", "on Monday": the year is the report's
        in_january = published.date[5:7] == "01"
        return (None, "") if in_january else (published.date[:4], "its year is the report's")
    return published.verbatim, "it is the report's"


_LONG_AGO = (("english", "long_ago"), ("thai", "long_ago"))
_NEAR = (("english", "near"), ("thai", "near"))
_TWO_PLACES = re.compile(
    r"\b(?:the|these|both|two)(?: two)? (?:cities|towns|provinces|municipalities|prefectures|mayors"
    r"|governors)\b|ทั้งสอง(?:เมือง|จังหวัด|นคร)",
    re.I,
)
