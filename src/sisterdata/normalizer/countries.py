"""Printed country names to ISO 3166-1 alpha-2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sisterdata.normalizer.country_index import Entry, english_names, lookup
from sisterdata.normalizer.country_key import country_key
from sisterdata.normalizer.match import Candidate, Doubt, Match

if TYPE_CHECKING:
    import pandas as pd

_STATE_WORDS = re.compile(
    r"^(?:(?:socialist|federal|islamic|people s|peoples|democratic|arab|united) )*"
    r"(?:republic|kingdom|commonwealth|federation|confederation|union|principality|sultanate) "
    r"(?:of )?(?:the )?|"
    r" (?:republic|kingdom|commonwealth|federation|confederation)$"
)
_THAI_STATE_WORDS = re.compile(
    "^(?:สหพันธ์สาธารณรัฐประชาธิปไตย|สหพันธ์สาธารณรัฐ|สหพันธรัฐ|สาธารณรัฐประชาธิปไตย|สาธารณรัฐสังคมนิยม|"
    "สาธารณรัฐอิสลาม|สาธารณรัฐ|ราชอาณาจักร|สมาพันธรัฐ|เครือรัฐ|ราชรัฐ|สหภาพ|รัฐสุลต่าน|รัฐ)"
)
_REGION = re.compile(r"^(\w+) (?:states?|provinces?|regions?|territor(?:y|ies)) of (?:the )?(.+)$")


def match_country(name: str) -> Match:
    """The country that a printed name means.

    >>> match_country("the Republic of Korea").id, match_country("สปป.ลาว").id
    ('KR', 'LA')
    """
    key = country_key(name)
    if not key:
        return Match(name, None, "not_run", None, "there is no name")
    entry = lookup(key)
    if entry is not None and entry.kind != "adjective":
        return _answer(name, entry, ())
    core = _THAI_STATE_WORDS.sub("", key) if "ก" <= key[0] <= "๛" else _STATE_WORDS.sub("", key)
    entry = lookup(core) if core != key else None
    if entry is not None and entry.kind in {"name", "old", "alias"}:
        return _answer(name, entry, ())
    region = _REGION.match(key)
    entry = lookup(region.group(1)) if region else None
    if entry is not None and entry.kind == "adjective":
        doubt = Doubt("country_variant", f"{name} names a region beside the country")
        return _answer(name, Entry(entry.codes, "alias", entry.note), (doubt,))
    return Match(name, None, "unmatched", None, "no country is written like this")


def split_country(text: str) -> tuple[str, str, Match | None]:
    """Cut the country off the end of a printed place: what is before it, its text, its match.

    >>> split_country("นครฉางชุน มณฑลจี๋หลิน สาธารณรัฐประชาชนจีน")[:2]
    ('นครฉางชุน มณฑลจี๋หลิน', 'สาธารณรัฐประชาชนจีน')
    >>> rest, country, match = split_country("Busan, Korea")
    >>> rest, country, [candidate.id for candidate in match.candidates]
    ('Busan', 'Korea', ['KR', 'KP'])
    """
    thai = re.search("[ก-๛]", text) is not None
    for gap in re.finditer(r"^|\s*[,(]\s*" + (r"|\s+" if thai else ""), text):
        country = text[gap.end() :].rstrip(" \t\n).,")
        match = match_country(country)
        if match.id is not None or match.candidates:
            return text[: gap.start()], country, match
    return text, "", None


def match_countries(names: Any) -> pd.DataFrame:
    """`match_country` for a column: one row a name, same index."""
    import pandas as pd

    column = names if isinstance(names, pd.Series) else pd.Series(names, dtype=object)
    answers = [match_country(name) if isinstance(name, str) else _nothing(name) for name in column]
    return pd.DataFrame(
        {
            "verbatim": column,
            "country_code": [answer.id for answer in answers],
            "status": [answer.status for answer in answers],
            "score": [answer.score for answer in answers],
            "rule": [answer.rule for answer in answers],
        },
        index=column.index,
    )


def _nothing(name: object) -> Match:
    return Match(str(name), None, "not_run", None, "there is no name")


def _answer(name: str, entry: Entry, doubts: tuple[Doubt, ...]) -> Match:
    names = english_names()
    if len(entry.codes) > 1:
        candidates = tuple(Candidate(code, names[code], 0.5) for code in entry.codes)
        return Match(name, None, "ambiguous", None, entry.note, candidates)
    status = "exact" if entry.kind in {"name", "official"} else "alias"
    if entry.kind == "old":
        doubts += (Doubt("country_variant", f"{name}: {entry.note}"),)
    return Match(name, entry.codes[0], status, 1.0, entry.note, (), doubts)  # type: ignore[arg-type]
