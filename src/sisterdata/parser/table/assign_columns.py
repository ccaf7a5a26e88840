"""The role of each column of a table: home side, partner, year, remarks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from sisterdata.parser.table.column_positions import Columns
from sisterdata.parser.table.column_roles import (
    Kind,
    is_thai_province,
    share_of_thai_provinces,
    value_kind,
)
from sisterdata.text.dates import Era
from sisterdata.text.repair import is_blank, repair

_ORDER = ("place", "tie", "name", "region", "country")  # in which a place is printed
_OF_SIGNING = re.compile("ลงนาม|สถาปนา|sign")


@dataclass
class _Sides:
    """The columns on either side, by their positions."""

    home: list[int] = field(default_factory=list)
    partner: list[int] = field(default_factory=list)
    english: list[int] = field(default_factory=list)


def assign(bare: Columns, kinds: Sequence[Kind], rows: Sequence[Sequence[str]]) -> Columns | None:
    """Set the role of each column; None if no column can be the partner."""
    headers = bare.headers
    columns = [[row[at] for row in rows] for at in range(len(headers))]
    settled = [_settle(kind, headers[at], columns[at]) for at, kind in enumerate(kinds)]
    at = {
        name: [n for n, kind in enumerate(settled) if kind.kind == name]
        for name in ("number", "year", "note", "end", "continent")
    }
    sides = _sides(settled, headers, columns)
    if not sides.partner:
        return None
    place = min(sides.home) if sides.home else None
    # The column before the home may have no header: it holds the province's number.
    numbers = at["number"]
    if place is not None and not any(n < place for n in numbers):
        numbers = [n for n in range(place) if is_blank(headers[n])][-1:] + numbers
    years = sorted(at["year"], key=lambda n: not _OF_SIGNING.search(wording(headers[n])))
    used = {
        *numbers[:2], *sides.home, *years, *sides.partner, *sides.english, *at["note"],
        *at["continent"],
    }  # fmt: skip
    return replace(
        bare,
        number=numbers[0] if len(numbers) > 1 else None,
        place=place,
        sequence=numbers[1] if len(numbers) > 1 else (numbers[0] if numbers else None),
        partner=tuple(sides.partner),
        years=tuple(years),
        note=tuple(at["note"]),
        eras=tuple(_era(headers[n]) for n in years),
        unknown=tuple(
            header for n, header in enumerate(headers) if n not in used and not is_blank(header)
        ),
        home=tuple(sides.home),
        english=tuple(sides.english),
        home_header=_home_header(headers, sides.home, columns),
    )


def assign_by_values(bare: Columns, rows: Sequence[Sequence[str]]) -> Columns | None:
    """The roles of the columns of a table without a header, from their values."""
    kinds = [Kind(value_kind([row[at] for row in rows])) for at in range(len(bare.headers))]
    if not any(kind.kind in ("country", "year") for kind in kinds):
        return None
    texts = [
        at
        for at, kind in enumerate(kinds)
        if kind.kind is None and _holds_names([row[at] for row in rows])
    ]
    if not texts:
        return None
    columns = [[row[at] for row in rows] for at in range(len(bare.headers))]
    thai = [at for at in texts if share_of_thai_provinces(columns[at]) > 0.6]
    for at in texts:
        if at in thai and len(texts) > 1:
            kinds[at] = Kind("region", "home")
        elif at == next(n for n in texts if n not in thai or len(texts) == 1):
            kinds[at] = Kind("tie", "partner")
    return assign(bare, kinds, rows)


def _holds_names(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if not is_blank(cell)]
    return 2 * len(filled) > len(cells) and all(
        len(cell) < 80 and any(map(str.isalpha, cell)) for cell in filled
    )


def _settle(kind: Kind, header: str, cells: Sequence[str]) -> Kind:
    if not cells:
        return kind
    if kind.kind in (None, "region", "name"):
        held = value_kind(cells)
        if held == "country" or (held == "continent" and kind.kind != "name"):
            return Kind(held, kind.side)
        if held == "year" and kind.kind is None and is_blank(header) is False:
            return Kind("year")
    names = kind.side is None and kind.kind in ("region", "place", "name")
    return Kind(kind.kind, "home") if names and share_of_thai_provinces(cells) > 0.6 else kind


def _sides(
    kinds: Sequence[Kind], headers: Sequence[str], columns: Sequence[Sequence[str]]
) -> _Sides:
    """Give each column of a name to the home or to the partner."""
    sides = _Sides()
    named = [n for n, kind in enumerate(kinds) if kind.kind in _ORDER]
    ties = [n for n in named if kinds[n].kind == "tie"]
    home = [n for n in named if kinds[n].side == "home" and n not in ties]
    partner = [n for n in named if kinds[n].side == "partner"]
    firm = [n for n in partner if kinds[n].kind != "country"]
    places = [n for n in named if kinds[n] == Kind("place")]
    if any(kinds[n].kind == "place" for n in home):
        places = []
    for n in named:
        if n in home or n in partner:
            continue
        kind = kinds[n].kind
        if kind == "country":
            partner.append(n)
        elif kind in ("place", "name"):
            # "City | Sister City": the city without a word for the tie is the home.
            first = n < min(ties) if ties else len(places) > 1 and n == places[0]
            (home if first and kind == "place" else partner).append(n)
        elif _is_home_region(n, kinds, headers, columns, ties, home, named):
            home.append(n)
        else:
            partner.append(n)
    # "จังหวัด | ประเทศ" may list provinces elsewhere: the only place is the partner's.
    alone = not firm and not [n for n in partner if kinds[n].kind != "country"]
    if alone and all(share_of_thai_provinces(columns[n]) == 0 for n in home):
        partner, home = partner + home, []
    partner, home = _countries_by_place(kinds, partner, home)
    sides.home = sorted(home, key=lambda n: (_rank(kinds[n]), n))
    sides.partner = sorted(partner, key=lambda n: (_rank(kinds[n]), n))
    english = [n for n, kind in enumerate(kinds) if kind.kind == "english" and kind.side != "home"]
    if [n for n in sides.partner if kinds[n].kind != "country"]:
        sides.english = english
    else:
        sides.partner = sorted(english + sides.partner, key=lambda n: kinds[n].kind == "country")
    return sides


def _rank(kind: Kind) -> int:
    return {"english": 1, "region": 2, "country": 3}.get(kind.kind or "", 0)


def _is_home_region(
    n: int,
    kinds: Sequence[Kind],
    headers: Sequence[str],
    columns: Sequence[Sequence[str]],
    ties: list[int],
    home: list[int],
    named: list[int],
) -> bool:
    """Whether a column of provinces or states belongs to the home side."""
    if share_of_thai_provinces(columns[n]) > 0.6:
        return True
    province = re.search(r"จังหวัด|province", headers[n], re.I) is not None
    if not province and not (home and ties and n < min(ties)):
        return False
    if home and all(kinds[k].kind == "region" for k in home) and not (ties and n < min(ties)):
        return False
    before = [k for k in named if k < n]
    if ties:
        return n < min(ties)
    # "City | Province | Country": the region of the city before it.
    return not before


def _countries_by_place(
    kinds: Sequence[Kind], partner: list[int], home: list[int]
) -> tuple[list[int], list[int]]:
    """Give each of several columns of countries to the place beside it."""
    countries = sorted(n for n in partner + home if kinds[n].kind == "country")
    if len(countries) < 2 or not home:
        return partner, home
    places = sorted(n for n in partner + home if kinds[n].kind != "country")
    first = countries[0] < places[0]
    for n in countries:
        beside = [k for k in places if (k > n if first else k < n)] or places
        owner = min(beside, key=lambda k: abs(k - n))
        partner = [k for k in partner if k != n]
        home = [k for k in home if k != n]
        (home if owner in home else partner).append(n)
    return partner, home


def _home_header(
    headers: Sequence[str], home: Sequence[int], columns: Sequence[Sequence[str]]
) -> str | None:
    """The header of the home column, marked if its cells are Thai provinces."""
    if not home:
        return None
    header = headers[min(home)]
    cells = columns[min(home)]
    if cells and not re.search(r"ไทย|thai|จังหวัด", header, re.I):
        filled = [cell for cell in cells if not is_blank(cell)]
        if filled and sum(map(is_thai_province, filled)) > 0.6 * len(filled):
            return f"{header} (Thai province)"
    return header


@lru_cache(maxsize=4096)
def wording(header: str) -> str:
    return _UNHEARD.sub("", repair(header).text).casefold()


_UNHEARD = re.compile(r"[\s.:*\u200b]+")


def _era(header: str) -> Era | None:
    said = wording(header)
    buddhist, common = "พศ" in said, "คศ" in said
    return None if buddhist == common else "BE" if buddhist else "CE"
