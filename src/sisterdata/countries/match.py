"""Printed country names to ISO 3166-1 alpha-2: one name, a column of names, the end of a place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from sisterdata.countries.answers import NOT_RUN, Decision
from sisterdata.countries.index import english_name
from sisterdata.countries.key import country_key
from sisterdata.countries.rules import decide
from sisterdata.match import Candidate, Match
from sisterdata.text.scripts import has_thai

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.integer[Any]]

Scheme = Literal["iso", "ioc", "fips"]


def match_country(name: str | int | None, *, scheme: Scheme = "iso") -> Match:
    """The country that a printed name means, in any of the ways that people write it.

    name
        A name, long or short, in Thai, English or any language of CLDR; or a code. Whole
        numbers are numeric codes; what is no text, or missing, is ``not_run``.
    scheme
        Whose codes two or three capitals are: ``iso`` (ISO 3166-1 alpha-2, alpha-3, numeric),
        ``ioc`` (International Olympic Committee) or ``fips`` (FIPS 10-4). FIPS's CH is China
        and ISO's is Switzerland, so the caller has to say.

    Names and codes are those of ISO 3166-1, CLDR, the UN's terminology and the Royal Society of
    Thailand; every other name is a line of ``curated/countries.csv`` with its evidence. Kosovo,
    which ISO 3166-1 has no code for, is XK, as in CLDR.

    >>> match_country("the Republic of Korea").id, match_country("สปป.ลาว").id
    ('KR', 'LA')
    >>> match_country("Korea")
    Match(verbatim='Korea', id=None, status='ambiguous', score=None,
          rule='both Korean states are called so',
          candidates=(Candidate(id='KR', name='South Korea', score=0.5, description=''),
                      Candidate(id='KP', name='North Korea', score=0.5, description='')), doubts=())
    >>> match_country("Perugia").id is None
    True
    """
    if isinstance(name, (str, int)):
        return _match(str(name), decide_value(name, scheme))
    return _match("" if name is None else str(name), NOT_RUN)


def may_be_country(name: str) -> bool:
    """Whether a name is a country's, or may be that of one of several.

    >>> may_be_country("Japan"), may_be_country("Korea"), may_be_country("Busan")
    (True, True, False)
    """
    return _is_or_may_be(_decide(name))


# Where a country may begin behind a place; Thai has no commas, and its blanks part phrases.
_CUT = re.compile(r"^\s*|\s*[,;(\[/\n]\s*|\s+[-–—]\s+")
_THAI_CUT = re.compile(_CUT.pattern + r"|\s+")


def split_country(text: str) -> tuple[str, str, Match | None]:
    """Cut the country off the end of a printed place: what is before it, its text, its match.

    The longest ending that is a country is taken, and only at a comma, bracket, stroke or, in
    Thai, a blank, so that no name is cut in two ("New Mexico", "Gulf of Thailand"). The match
    may be ambiguous: its candidates are then what the place has to decide between. Where no
    country stands at the end the match is None and all of the text is before it.

    >>> split_country("นครฉางชุน มณฑลจี๋หลิน สาธารณรัฐประชาชนจีน")[:2]
    ('นครฉางชุน มณฑลจี๋หลิน', 'สาธารณรัฐประชาชนจีน')
    >>> rest, country, match = split_country("Busan, Korea")
    >>> rest, country, [candidate.id for candidate in match.candidates]
    ('Busan', 'Korea', ['KR', 'KP'])
    >>> split_country("Santa Fe, New Mexico")
    ('Santa Fe, New Mexico', '', None)
    """
    for cut in (_THAI_CUT if has_thai(text) else _CUT).finditer(text):
        country = text[cut.end() :].rstrip(" \t\n).,;]")
        decision = _decide(country)
        if _is_or_may_be(decision) and not _city_and_country(country, decision):
            return text[: cut.start()], country, _match(country, decision)
    return text, "", None


def _is_or_may_be(decision: Decision) -> bool:
    return decision.id is not None or decision.status == "ambiguous"


def _city_and_country(text: str, decision: Decision) -> bool:
    """Whether a place stands before the country: "Luxembourg, Luxembourg", "Georgia, USA"."""
    before, comma, behind = text.partition(",")
    return bool(comma) and (decision.basis == "parts" or country_key(before) == country_key(behind))


def _match(name: str, decision: Decision) -> Match:
    candidates = tuple(
        Candidate(code, english_name(code), round(1 / len(decision.candidates), 3))
        for code in decision.candidates
    )
    return Match(name, *decision[:4], candidates, decision.doubts)


# Names come back: in the next row, the next file, the next call.
DECIDED: dict[str, Decision] = {}
_DECIDED_MOST = 1 << 16


def _decide(name: str) -> Decision:
    decision = DECIDED.get(name)
    if decision is None:
        if len(DECIDED) >= _DECIDED_MOST:
            DECIDED.clear()
        decision = DECIDED[name] = decide(name)
    return decision


def decide_value(name: object, scheme: str) -> Decision:
    if isinstance(name, float) and name.is_integer():
        name = int(name)  # numeric codes in a column that has missing ones
    text = f"{name:03}" if isinstance(name, int) and not isinstance(name, bool) else str(name)
    return _decide(text) if scheme == "iso" else decide(text, scheme)
