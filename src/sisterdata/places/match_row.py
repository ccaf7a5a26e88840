"""Match a name with the region and the country in the cells beside it, as tables have them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sisterdata import gazetteer
from sisterdata.match_result import Match
from sisterdata.places.check_arguments import Options, country_codes, country_part
from sisterdata.places.column_context import NO_CONTEXT, Context, Row, read_context
from sisterdata.places.match import is_name, match_read
from sisterdata.places.parsed_query import read_question
from sisterdata.places.unreadable_country import unread_country
from sisterdata.vocabulary import ADMIN1


@dataclass(frozen=True, slots=True)
class RowMatch:
    """The match of a row, and what was asked: the text, and the codes beside it."""

    text: str
    country_code: str | None
    admin1_code: str | None
    match: Match


def match_row(
    name: str | None,
    country: str | None = None,
    region: str | None = None,
    *,
    options: Options | None = None,
    context: Context = NO_CONTEXT,
    limit: int = 5,
) -> RowMatch:
    """Match a name with its country and its region, each a code or a name.

    A country that is certain and the code of a region narrow the search. Other names are put behind
    the name, as lists print a place with its region and country. A name whose country cannot be
    read is ``unmatched``, with the doubt ``country_unread``; places in the countries that it may
    be are its candidates.

    >>> match_row("Busan", "เกาหลีใต้").match.id
    'iso3166-2:KR-26'
    >>> match_row("Suzhou", "China", "Jiangsu").text
    'Suzhou, Jiangsu, China'
    >>> match_row("Busan", "Atlantis").match.doubts[0].code
    'country_unread'
    """
    asked, options = _read(name, country, region), options or Options()
    text, code = asked.text, asked.codes[0] if len(asked.codes) == 1 else None
    if asked.unread:
        found = unread_country(text, name or "", asked.unread, options, limit)
        return RowMatch(text, None, asked.admin1, found)
    given = (code,) if code else ()
    found = match_read(text, given, asked.admin1, options, limit, context)
    return RowMatch(text, code, asked.admin1, found)


def context_of_rows(
    rows: Iterable[tuple[str | None, str | None, str | None]], options: Options
) -> Context:
    """What the distinct rows of a table, each as `match_row` takes it, say about each other.

    >>> rows = [("Nara", None, None), ("Kobe", None, None), ("Kyoto", None, None)]
    >>> context_of_rows(rows, Options()).country
    'JP'
    """
    read = []
    for row in rows:
        asked = _read(*row)
        if is_name(asked.text) and not asked.unread:
            given = asked.codes if len(asked.codes) == 1 else ()
            question = read_question(asked.text, given, asked.admin1, options)
            read.append(Row(question.place, question.countries, question.anywhere))
    return read_context(read, levels=not options.levels)


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str  # the name, with what is not given as a code behind it
    codes: tuple[str, ...]
    admin1: str | None
    unread: str = ""


def _read(name: str | None, country: str | None, region: str | None) -> _Asked:
    name, country, region = name or "", (country or "").strip(), (region or "").strip()
    if not name.strip():
        return _Asked(name, (), None)
    codes = country_codes(country) if country else ()
    admin1 = admin1_of(region) or (country_part(country) if not region else None)
    in_words = [name]
    if admin1 is None:
        in_words.append(region)
    if len(codes) != 1 or (region and admin1 is None and country != codes[0]):
        in_words.append(country)
    text = ", ".join(filter(None, in_words))
    return _Asked(text, codes, admin1, country if country and not codes else "")


def admin1_of(text: str) -> str | None:
    """The ISO 3166-2 code that a text gives, as a code or a place id, if the gazetteer has it.

    >>> admin1_of("CN-JS"), admin1_of("iso3166-2:CN-JS"), admin1_of("Jiangsu")
    ('CN-JS', 'CN-JS', None)
    """
    code = re.fullmatch(rf"(?:iso3166-2:)?({ADMIN1})", text)
    if code is None or gazetteer.place(f"iso3166-2:{code[1]}") is None:
        return None
    return code[1]
