"""What the columns of a table hold, from their headers and from their values.

One guesser for pasted tables and for files: `header_kind` reads a header, `value_kind` looks at
what a column holds, and `choose_columns` picks the columns of a table that is matched row by row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from sisterdata.countries.match import may_be_country
from sisterdata.errors import DataError
from sisterdata.text.dates import reduced_date
from sisterdata.text.repair import is_blank, repair
from sisterdata.text.thai_letters import has_thai

LONGEST_HEADER = 60
SAMPLE = 40  # rows that are looked at to tell what a column holds


class Kind(NamedTuple):
    """What a header says: the kind of its column, and whose side it is on (home, partner)."""

    kind: str | None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """The positions of the columns that hold a place, its country and its first-level region."""

    place: int
    country: int | None
    admin1: int | None


@lru_cache(maxsize=4096)
def header_kind(header: str) -> Kind:
    """What a header says of its column.

    The kinds are number, year, end, note, continent, english, country, region, place, name, and
    tie, for a column that holds the partners whole; None for a header that says nothing known.

    >>> header_kind("PartnerCityCountry"), header_kind("Sisterhood Date").kind
    (Kind(kind='country', side='partner'), 'year')
    >>> header_kind("เมืองคู่มิตร"), header_kind("จังหวัดของไทย")
    (Kind(kind='tie', side='partner'), Kind(kind='region', side='home'))
    >>> header_kind("Population").kind is None
    True
    """
    if len(header) > LONGEST_HEADER or is_blank(header):
        return Kind(None)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", repair(header).text)
    if has_thai(words):
        return _thai_kind(re.sub(r"[\s.:*\u200b]+", "", words).casefold())
    spaced = re.sub(r"[\s_.:*()/\-]+", " ", words).strip().casefold()
    return _english_kind(spaced, several=bool(re.search(r"[/,&]|\band\b", words)))


def _thai_kind(words: str) -> Kind:
    for name, wording in _words()["thai"].items():
        if wording.fullmatch(words):
            side, _, kind = name.rpartition(" ")
            if kind == "partner":
                return Kind("tie", "partner")
            return Kind(kind, side or None)
    return Kind(None)


def _english_kind(words: str, *, several: bool) -> Kind:
    vocabulary: dict[str, frozenset[str]] = _words()["english"]
    tokens = words.split()
    of = {name for name in ("partner", "home") if vocabulary[name] & set(tokens)}
    side = "partner" if "partner" in of else "home" if of else None
    kinds = [
        kind
        for token in tokens
        for kind in ("country", "region", "place", "english", "name")
        if token in vocabulary[kind]
    ]
    known = all(any(token in group for group in vocabulary.values()) for token in tokens)
    places = [kind for kind in kinds if kind in ("country", "region", "place")]
    if known and "english" in kinds and (places or side or "name" in kinds or len(tokens) == 1):
        return Kind("english", side)
    if known and places:
        kind = places[0] if several or " of " in words else places[-1]
        if several and "country" in places and "place" in places:
            kind = "place"  # "City, Country": one column with both
        tie = side == "partner" and kind in ("place", "region")
        return Kind("tie" if tie and kind == "place" else kind, side)
    for kind, wording in _words()["english_wordings"].items():
        if wording.fullmatch(words):
            return Kind(kind)
    if known and side == "partner":
        return Kind("tie", side)
    if known and side == "home" and len(tokens) <= 2:
        return Kind("place", side)
    return Kind("name") if known and "name" in kinds else Kind(None)


def choose_columns(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]] = (),
    *,
    place: str | None = None,
    country: str | None = None,
    admin1: str | None = None,
    where: str = "",
) -> Roles:
    """Choose the columns that hold the places, their countries and their first-level regions.

    headers, rows
        The headers of a table, and its first rows, which decide where the headers do not.
    place, country, admin1
        The headers of the columns, where they are known; "" for none.

    Raises `DataError`, with the option that helps, where a column that is named is not there, and
    where headers and values leave it open which is meant.

    >>> choose_columns(["ลำดับ", "เมือง", "มณฑล", "ประเทศ"])
    Roles(place=1, country=3, admin1=2)
    >>> choose_columns(["USCity", "USState", "PartnerCity", "PartnerCityCountry"])
    Roles(place=2, country=3, admin1=None)
    >>> choose_columns(["year", "note"])
    Traceback (most recent call last):
    sisterdata.errors.DataError: no column is clearly the column of places: 'year', 'note'; ...
    """
    columns = [[row[at] for row in rows if at < len(row)] for at in range(len(headers))]
    kinds = [
        _settled(header_kind(header), cells) for header, cells in zip(headers, columns, strict=True)
    ]
    taken = {name for name in (place, country, admin1) if name}
    kinds = [
        Kind(None) if header in taken else kind for header, kind in zip(headers, kinds, strict=True)
    ]
    at_place, is_tie = _choose_place(headers, place, kinds, where)
    return Roles(
        at_place,
        _choose_country(headers, country, at_place, kinds, where),
        _choose_region(headers, admin1, at_place, is_tie, kinds, columns, where),
    )


def _settled(kind: Kind, cells: Sequence[str]) -> Kind:
    """What a column holds once its values are looked at."""
    if kind.kind in (None, "region", "name"):
        held = value_kind(cells)
        if held in ("country", "continent") and not (kind.kind == "name" and held == "continent"):
            return Kind(held, kind.side)
    return kind


def _choose_place(
    headers: Sequence[str], named: str | None, kinds: list[Kind], where: str
) -> tuple[int, bool]:
    """The column of places, and whether it is one of partners."""
    if named is not None:
        at = _named(headers, named, "--place-column", where)
        return at, header_kind(headers[at]).kind == "tie"
    foreign = [Kind(None) if kind.side == "home" else kind for kind in kinds]
    for name in ("tie", "place", "region", "name"):
        found = [at for at, kind in enumerate(foreign) if kind.kind == name]
        if name == "region" and len(found) > 1:  # a state is listed within a province
            provinces = [at for at in found if _is_province(headers[at])]
            found = [at for at in found if at not in provinces] or found
        if len(found) > 1:
            raise _unsure(headers, found, "hold the places", "--place-column", where)
        if found:
            return found[0], name == "tie"
    listed = ", ".join(map(repr, headers))
    raise DataError(
        f"no column is clearly the column of places: {listed}",
        where=where,
        todo="give --place-column",
    )


def _choose_country(
    headers: Sequence[str], named: str | None, place: int, kinds: list[Kind], where: str
) -> int | None:
    if named is not None:
        return _named(headers, named, "--country-column", where) if named else None
    found = [at for at, kind in enumerate(kinds) if kind.kind == "country" and kind.side != "home"]
    sided = [at for at in found if kinds[at].side == "partner"]
    if len(found) > 1 and len(sided) == 1:
        return sided[0]
    if len(found) > 1 and any(_is_home(kinds, at, place) for at in found):
        found = [at for at in found if not _is_home(kinds, at, place)]
    if len(found) > 1:
        raise _unsure(headers, found, "hold the countries", "--country-column", where)
    return found[0] if found else None


def _is_home(kinds: list[Kind], at: int, place: int) -> bool:
    """Whether the place just before a column is not the partner."""
    before = [n for n in range(at) if kinds[n].kind in ("place", "tie", "region")]
    return kinds[place].kind == "tie" and bool(before) and before[-1] != place


def _choose_region(
    headers: Sequence[str],
    named: str | None,
    place: int,
    is_tie: bool,
    kinds: list[Kind],
    columns: list[list[str]],
    where: str,
) -> int | None:
    if named is not None:
        return _named(headers, named, "--admin1-column", where) if named else None
    found = [
        at
        for at, kind in enumerate(kinds)
        if kind.kind == "region" and kind.side != "home" and at != place
    ]
    # Beside sister cities stands the province whose list it is.
    if is_tie:
        found = [at for at in found if not _is_province(headers[at])]
        if any(kind.kind == "place" for kind in kinds):  # the home has columns of its own
            found = [at for at in found if at > place or kinds[at].side == "partner"]
    home = [at for at in found if "จังหวัด" in headers[at]]
    foreign = [at for at in home if columns[at] and share_of_thai_provinces(columns[at]) == 0]
    if len(found) > 1 or (home and not foreign):
        what = f"hold the region of {headers[place]!r}, or whose list it is"
        raise _unsure(headers, found, what, "--admin1-column", where)
    return found[0] if found else None


def _is_province(header: str) -> bool:
    words = header.casefold()
    return ("province" in words and "state" not in words) or words.strip() in (
        "จังหวัด",
        "ชื่อจังหวัด",
    )


def _named(headers: Sequence[str], name: str, option: str, where: str) -> int:
    found = [at for at, header in enumerate(headers) if header == name]
    found = found or [at for at, header in enumerate(headers) if header.strip() == name.strip()]
    if len(found) == 1:
        return found[0]
    listed = ", ".join(map(repr, headers))
    raise DataError(
        f"{len(found)} columns are called {name!r}; there are {listed}"
        if found
        else f"no column is called {name!r}; there are {listed}",
        where=where,
        todo=f"give {option} one of them",
    )


def _unsure(
    headers: Sequence[str], found: list[int], what: str, option: str, where: str
) -> DataError:
    listed = " or ".join(repr(headers[at]) for at in found)
    return DataError(
        f"{listed} may {what}",
        where=where,
        todo=f"tell with {option}" + (' ("" for none)' if option != "--place-column" else ""),
    )


def value_kind(cells: Sequence[str]) -> str | None:
    """What a column holds, where nine of ten of its cells agree: country, continent, year, number.

    >>> value_kind(["Japan", "China", "", "Philippines"]), value_kind(["Asia", "Europe"])
    ('country', 'continent')
    >>> value_kind(["1982. 3. 5", "1994.11. 1"]), value_kind(["Osaka", "Kunming"]) is None
    ('year', True)
    """
    filled = [cell.strip() for cell in cells if not is_blank(cell)][:SAMPLE]
    if not filled:
        return None
    if _share(filled, lambda cell: _CONTINENT.fullmatch(cell) is not None) >= _MOST:
        return "continent"
    if _share(filled, lambda cell: cell.strip(".()").isdecimal() and len(cell) < 4) >= _MOST:
        return "number"
    if _share(filled, lambda cell: len(cell) < 60 and may_be_country(cell)) >= _MOST:
        return "country"
    if _share(filled, _is_date) >= _MOST:
        return "year"
    return None


def is_thai_province(cell: str) -> bool:
    """Whether a cell is the name of a Thai province, in Thai or English.

    >>> is_thai_province("เชียงใหม่"), is_thai_province("Phuket Province"), is_thai_province("Osaka")
    (True, True, False)
    """
    name = re.sub(r"^(?:จังหวัด|จ\.)\s*|\s+province$", "", repair(cell).text.strip(), flags=re.I)
    return name.casefold().replace(" ", "") in _thai_provinces()


def share_of_thai_provinces(cells: Sequence[str]) -> float:
    filled = [cell for cell in cells if not is_blank(cell)][:SAMPLE]
    return _share(filled, is_thai_province) if filled else 0.0


def _share(cells: Sequence[str], holds: Callable[[str], bool]) -> float:
    return sum(1 for cell in cells if holds(cell)) / len(cells)


def _is_date(cell: str) -> bool:
    return any(sign.isdigit() for sign in cell) and reduced_date(cell) is not None


_MOST = 0.9
_CONTINENT = re.compile(
    r"(?:the )?(?:(?:north|south|east|west|central|middle|latin|southeast|northeast)(?:ern)?[ -]?)*"
    r"(?:africa|asia|europe|americas?|oceania|australasia|pacific|east|caribbean|antarctica)"
    r"(?:(?: and | ?[&/-] ?)(?:the )?(?:pacific|oceania|caribbean|africa|asia|middle east))?"
    r"|(?:ทวีป)?(?:เอเชีย|ยุโรป|แอฟริกา|อเมริกา|โอเชียเนีย|ออสเตรเลีย)(?:เหนือ|ใต้|กลาง|ตะวันออก|ตะวันตก|เฉียง)*"
    r"|ตะวันออกกลาง",
    re.I,
)


@lru_cache(maxsize=1)
def _thai_provinces() -> frozenset[str]:
    from sisterdata import gazetteer

    thailand = gazetteer.country("TH")
    names: set[str] = set()
    for number, place_id in enumerate(thailand.ids):
        if place_id.startswith("iso3166-2:"):
            names |= {thailand.names[number], thailand.names_th[number].removeprefix("จังหวัด")}
            names |= {thailand.name_text[row] for row in thailand.name_rows(number)}
    return frozenset(name.casefold().replace(" ", "") for name in names if name)


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    path = Path(__file__).parents[1] / "words" / "headers.json"
    read = json.loads(path.read_text(encoding="utf-8"))
    return {
        "english": {name: frozenset(words) for name, words in read["english"].items()},
        "english_wordings": {
            kind: re.compile(wording) for kind, wording in read["english_wordings"].items()
        },
        "thai": {kind: re.compile(wording) for kind, wording in read["thai"].items()},
    }
