"""Match one country name or a column of them, and split the country off the end of a place."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args

from sisterdata.argument_types import refuse_other_than
from sisterdata.countries.comparison_key import country_key
from sisterdata.countries.exact_lookup import NOT_RUN, Answer
from sisterdata.countries.index import english_name, home_keys, known_words
from sisterdata.countries.matching_rules import decide
from sisterdata.countries.name_words import STATE, STATE_WORDS
from sisterdata.match_result import Candidate, Match
from sisterdata.text.thai_letters import has_thai

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Rows = NDArray[np.integer[Any]]

Scheme = Literal["iso", "ioc", "fips"]
_SCHEMES: tuple[str, ...] = get_args(Scheme)


def match_country(name: str | int | None, *, scheme: Scheme = "iso") -> Match:
    """Match one country name, however people write it.

    name
        A short or official name in Thai, English or any language of CLDR, or a code. Whole
        numbers are ISO numeric codes. A missing value, or one that is not text, is ``not_run``.
    scheme
        The code list of two or three capitals: ``iso`` (ISO 3166-1 alpha-2, alpha-3, numeric),
        ``ioc`` (International Olympic Committee) or ``fips`` (FIPS 10-4). CH is China in FIPS
        and Switzerland in ISO, so the caller must say which list is meant.

    Names and codes come from ISO 3166-1, CLDR, UN terminology and the Royal Society of Thailand.
    Every other name is a line of ``curated/countries.csv`` with its evidence. Kosovo has no code
    in ISO 3166-1; it is XK, as in CLDR.

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
    refuse_other_than(_SCHEMES, scheme, "scheme")
    if isinstance(name, (str, int)):
        return _match(str(name), decide_value(name, scheme))
    return _match("" if name is None else str(name), NOT_RUN)


def may_be_country(name: str) -> bool:
    """Whether a name is that of a country, or of several countries.

    >>> may_be_country("Japan"), may_be_country("Korea"), may_be_country("Busan")
    (True, True, False)
    """
    return _is_or_may_be(_decide(name))


# Where a country may begin after a place. Thai has no commas; its spaces separate phrases.
_CUT = re.compile(r"^\s*|\s*[,;(\[/\n]\s*|\s+[-–—]\s+")
_THAI_CUT = re.compile(_CUT.pattern + r"|\s+")


def split_country(text: str) -> tuple[str, str, Match | None]:
    """Split the country off the end of a place: the text before it, its text, its match.

    The longest ending that is a country is taken. It must follow a comma, bracket, slash or, in
    Thai, a space, so that no name is cut in two ("New Mexico", "Gulf of Thailand"). The match
    may be ambiguous; the place then decides between its candidates. If the text does not end
    with a country, the match is None and the first part is the whole text.

    >>> split_country("นครฉางชุน มณฑลจี๋หลิน สาธารณรัฐประชาชนจีน")[:2]
    ('นครฉางชุน มณฑลจี๋หลิน', 'สาธารณรัฐประชาชนจีน')
    >>> rest, country, match = split_country("Busan, Korea")
    >>> rest, country, [candidate.id for candidate in match.candidates]
    ('Busan', 'Korea', ['KR', 'KP'])
    >>> split_country("Santa Fe, New Mexico")
    ('Santa Fe, New Mexico', '', None)
    """
    return _split_short(text) if len(text) <= _SHORT else _split(text)


def _split(text: str) -> tuple[str, str, Match | None]:
    common = _split_plain(text)
    if common is not None:
        return common
    for cut in (_THAI_CUT if has_thai(text) else _CUT).finditer(text):
        country = text[cut.end() :].rstrip(" \t\n).,;]")
        decision = _decide(country)
        if _is_or_may_be(decision) and not _city_and_country(country, decision):
            return text[: cut.start()], country, _match(country, decision)
    return text, "", None


_SHORT = 200  # longer texts are no names, and are not kept
_split_short = lru_cache(maxsize=1 << 14)(_split)

_FORMS = STATE_WORDS | STATE | {"of", "the"}
_PLAIN = re.compile(
    r"(?P<before>(?:[A-Za-z .'-]+, )*?(?P<last>[A-Za-z .'-]+)), (?P<end>[A-Z][a-z]{3}[A-Za-z ]*)"
)


def _split_plain(text: str) -> tuple[str, str, Match] | None:
    """Split "City, Country", where no longer ending can be a country; None where one might be.

    It is the commonest form, and to ask whether the whole text is a country is slow.
    """
    found = _PLAIN.fullmatch(text)
    if found is None or " - " in text:
        return None
    country = found["end"].rstrip()
    before = country_key(found["before"]).split()
    unlike = any(len(word) > 3 for word in country_key(found["last"]).split())
    if not unlike or not known_words().isdisjoint(before) or country_key(country) in _endings():
        return None
    decision = _decide(country)
    if decision.status != "exact":
        return None
    return found["before"], country, _match(country, decision)


@cache
def _endings() -> frozenset[str]:
    """What names of countries end with, behind more than a form of state: "guinea", "korea"."""
    found = set()
    for key in home_keys():
        said = key.split()
        for at in range(1, len(said)):
            if not _FORMS.issuperset(said[:at]):
                found.add(" ".join(said[at:]))
    return frozenset(found)


def _is_or_may_be(decision: Answer) -> bool:
    return decision.id is not None or decision.status == "ambiguous"


def _city_and_country(text: str, decision: Answer) -> bool:
    """Whether a place comes before the country: "Luxembourg, Luxembourg", "Georgia, USA"."""
    before, comma, behind = text.partition(",")
    return bool(comma) and (decision.basis == "parts" or country_key(before) == country_key(behind))


def _match(name: str, decision: Answer) -> Match:
    candidates = tuple(
        Candidate(code, english_name(code), round(1 / len(decision.candidates), 3))
        for code in decision.candidates
    )
    country = None if decision.id is None else english_name(decision.id)
    return Match(name, *decision[:4], candidates, decision.doubts, country)


# The same names come again, in the next row, file or call.
DECIDED: dict[str, Answer] = {}
_DECIDED_MOST = 1 << 16


def _decide(name: str) -> Answer:
    decision = DECIDED.get(name)
    if decision is None:
        if len(DECIDED) >= _DECIDED_MOST:
            DECIDED.clear()
        decision = DECIDED[name] = decide(name)
    return decision


def decide_value(name: object, scheme: str) -> Answer:
    if isinstance(name, float) and name.is_integer():
        name = int(name)  # numeric codes in a column that has missing ones
    text = f"{name:03}" if isinstance(name, int) and not isinstance(name, bool) else str(name)
    return _decide(text) if scheme == "iso" else decide(text, scheme)


# --- Columns: each distinct text is matched once


def match_countries(names: Any, *, scheme: Scheme = "iso") -> pd.DataFrame:
    """Match a column of country names: one row per name, with the same index.

    names
        A list, Series, Index or array of strings, in any string type of pandas, or of
        categories; also of Arrow or polars. Whole numbers are ISO numeric codes. A missing value is
        ``not_run``.

    Each distinct name is matched once, so a long column costs one ``pandas.factorize``. The
    result has the columns ``verbatim`` (unchanged), ``country_code``, ``status`` and ``rule``
    (text) and ``score`` (float64). For a Dask column use
    `sisterdata.dask.match_countries`.

    >>> match_countries(["ญี่ปุ่น", "Busan", None])[["country_code", "status"]]
      country_code     status
    0           JP      exact
    1          NaN  unmatched
    2          NaN    not_run
    """
    import numpy as np
    import pandas as pd

    from sisterdata.dataframes import as_series, refuse_nested

    refuse_other_than(_SCHEMES, scheme, "scheme")
    column = as_series(names, "match_countries")
    refuse_nested(column, "the column of countries")
    rows, distinct = _factorize(column)
    # A missing name has row -1, which takes the last decision.
    decisions = _decide_all(distinct, scheme)
    decisions.append(NOT_RUN)
    score = np.array([np.nan if d.score is None else d.score for d in decisions])
    return pd.DataFrame(
        {
            "verbatim": column,
            "country_code": _texts([d.id for d in decisions], rows),
            "status": _texts([d.status for d in decisions], rows),
            "score": score.take(rows),
            "rule": _texts([d.rule for d in decisions], rows),
        },
        index=column.index,
        copy=False,
    )


def _decide_all(names: list[object], scheme: str) -> list[Answer]:
    if scheme != "iso":
        return [decide_value(name, scheme) for name in names]
    known = DECIDED.get
    return [known(name) or decide_value(name, scheme) for name in names]  # type: ignore[call-overload]


def _factorize(column: pd.Series) -> tuple[Rows, list[object]]:
    """For each row the number of its distinct value (-1 if missing), and the distinct values."""
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), column.cat.categories.tolist()
    rows, distinct = pd.factorize(column)
    return rows, distinct.tolist()


def _texts(values: list[str | None], rows: Rows) -> Any:
    """Spread one value per distinct name over all rows, as text."""
    import pandas as pd

    from sisterdata.dataframes import TEXT

    return pd.Series(values, dtype=TEXT).take(rows).array
