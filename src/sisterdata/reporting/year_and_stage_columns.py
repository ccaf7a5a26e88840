"""What the other columns of a list say of its pairs: the home place, the year, the stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sisterdata.normalizer.remarks import read_note
from sisterdata.parser.table.column_roles import header_kind, is_thai_province
from sisterdata.places.match import match_place
from sisterdata.text.dates import reduced_date, year

SAMPLE = 50  # distinct cells that show whether a column holds Thai provinces
LEAST_KNOWN = 0.8  # of them
Cells = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class OwnColumns:
    """The headers of the columns that are about the pair, None or empty where there are none."""

    home: str | None
    year: str | None
    notes: tuple[str, ...]


def choose_own_columns(columns: dict[str, Cells], printed: str) -> OwnColumns:
    """Choose them by their headers; a column of Thai provinces is the home side.

    columns
        The cells of each column by its header, without the match columns.
    printed
        The header of the column that was matched.

    >>> table = {"จังหวัด": ["ตรัง"], "เมืองคู่มิตร": ["ปูซาน"], "ปี พ.ศ.": ["2560"], "สถานะ": [""]}
    >>> choose_own_columns(table, "เมืองคู่มิตร")
    OwnColumns(home='จังหวัด', year='ปี พ.ศ.', notes=('สถานะ',))
    """
    kinds = {header: header_kind(header) for header in columns if header != printed}
    homes = [
        header
        for header, kind in kinds.items()
        if kind.kind in ("place", "region", "name")
        and (kind.side == "home" or _holds_provinces(columns[header]))
    ]
    years = [header for header, kind in kinds.items() if kind.kind == "year"]
    notes = tuple(header for header, kind in kinds.items() if kind.kind == "note")
    return OwnColumns(next(iter(homes), None), next(iter(years), None), notes)


def _holds_provinces(cells: Cells) -> bool:
    distinct = list(dict.fromkeys(cell.strip() for cell in cells if cell and cell.strip()))[:SAMPLE]
    return bool(distinct) and sum(map(is_thai_province, distinct)) >= LEAST_KNOWN * len(distinct)


def read_own_columns(record: dict[str, Any], chosen: OwnColumns) -> dict[str, Any]:
    """The values of a row by their names on the page, those that are known only.

    >>> chosen = OwnColumns("จังหวัด", "ปี พ.ศ.", ("สถานะ",))
    >>> read_own_columns({"จังหวัด": "ตรัง", "ปี พ.ศ.": "2560", "สถานะ": "ลงนาม MOU แล้ว"}, chosen)
    {'home_text': 'ตรัง', 'home': 'iso3166-2:TH-92', 'year_text': '2560', 'year': 2017,
     'date': '2017', 'instrument': 'MOU', 'stage': 'signed'}
    """
    found: dict[str, Any] = {}
    home, printed_year = record.get(chosen.home or ""), record.get(chosen.year or "")
    if home:
        found |= {"home_text": home, "home": _home(home)}
    if printed_year:
        found |= {"year_text": printed_year, **_year(str(printed_year))}
    for header in chosen.notes:
        for name, value in _note(str(record.get(header) or "")).items():
            found.setdefault(name, value)
    return {name: value for name, value in found.items() if value is not None}


@lru_cache(4096)
def _home(text: str) -> str | None:
    """The id of a home place that is certain: a Thai province, or any place named in full."""
    if is_thai_province(text.strip()):
        bare = text.strip().removeprefix("จังหวัด")
        named = f"{bare} Province" if bare.isascii() else f"จังหวัด{bare}"
        return match_place(named, country="TH").id
    found = match_place(text)
    return found.id if found.status in ("exact", "alias") else None


@lru_cache(4096)
def _year(text: str) -> dict[str, Any]:
    date = reduced_date(text)
    value = int(date[:4]) if date else year(text).value
    return {"year": value, "date": date or (str(value) if value else None)}


@lru_cache(4096)
def _note(text: str) -> dict[str, Any]:
    note = read_note(text)
    stage = None if note.stage == "not_stated" else note.stage
    values = {"instrument": note.instrument, "stage": stage, "topic": note.topic}
    values["next_step"] = note.next_step
    return {name: value for name, value in values.items() if value is not None}
