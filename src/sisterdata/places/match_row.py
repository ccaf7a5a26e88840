"""Match a name with the region and the country in the cells beside it, as tables have them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sisterdata import gazetteer
from sisterdata.match import Doubt, Match
from sisterdata.places.arguments import Options, country_codes
from sisterdata.places.match import match_read
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
    limit: int = 5,
) -> RowMatch:
    """Match a name with its country and its region, each a code or a name.

    A country that is certain and the code of a region narrow the search. Other names are put behind
    the name, as lists print a place with its region and country. A name whose country cannot be
    read is ``unmatched``, with the doubt ``country_unread``.

    >>> match_row("Busan", "เกาหลีใต้").match.id
    'iso3166-2:KR-26'
    >>> match_row("Suzhou", "China", "Jiangsu").text
    'Suzhou, Jiangsu, China'
    >>> match_row("Busan", "Atlantis").match.doubts[0].code
    'country_unread'
    """
    name, country, region = name or "", (country or "").strip(), (region or "").strip()
    options = options or Options()
    if not name.strip():
        return RowMatch(name, None, None, match_read(name, (), None, options, limit))
    codes = country_codes(country) if country else ()
    admin1 = admin1_of(region)
    in_words = [name]
    if admin1 is None:
        in_words.append(region)
    if len(codes) != 1 or (region and admin1 is None and country != codes[0]):
        in_words.append(country)
    text = ", ".join(filter(None, in_words))
    code = codes[0] if len(codes) == 1 else None
    if country and not codes:
        rule = f"cannot read the country {country!r}"
        doubt = Doubt("country_unread", rule)
        return RowMatch(
            text, None, admin1, Match(text, None, "unmatched", None, rule, (), (doubt,))
        )
    match = match_read(text, (code,) if code else (), admin1, options, limit)
    return RowMatch(text, code, admin1, match)


def admin1_of(text: str) -> str | None:
    """The ISO 3166-2 code that a text gives, as a code or a place id, if the gazetteer has it.

    >>> admin1_of("CN-JS"), admin1_of("iso3166-2:CN-JS"), admin1_of("Jiangsu")
    ('CN-JS', 'CN-JS', None)
    """
    code = re.fullmatch(rf"(?:iso3166-2:)?({ADMIN1})", text)
    if code is None or gazetteer.place(f"iso3166-2:{code[1]}") is None:
        return None
    return code[1]
