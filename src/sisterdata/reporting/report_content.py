"""Collect what the report shows, as plain values for JSON."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from sisterdata import gazetteer
from sisterdata.argument_types import shown
from sisterdata.errors import DataError
from sisterdata.iso3166 import iso_country
from sisterdata.messages import translate
from sisterdata.parser.table.column_roles import choose_columns
from sisterdata.reporting.year_and_stage_columns import (
    OwnColumns,
    choose_own_columns,
    read_own_columns,
)
from sisterdata.serializable_values import Record, records
from sisterdata.vocabulary import CODES, INSTRUMENTS, STAGES

if TYPE_CHECKING:
    from sisterdata.normalizer.normalize_document import Normalized


# Names on the page of columns of `attestations`, if they differ.
_OF_ATTESTATION = {
    "source": "source_id",
    "home_text": "verbatim_place",
    "home": "place_id",
    "text": "verbatim_partner",
    "place": "partner_id",
    "country": "country_code",
    "status": "match_status",
    "score": "match_score",
    "rule": "match_rule",
    "year_text": "verbatim_year",
    "note": "verbatim_note",
}
ROW = (
    *("source", "line", "section", "home_text", "home", "text", "place", "country", "level"),
    *("status", "score", "rule", "rule_th", "year", "date", "year_text", "note"),
    *("instrument", "stage", "topic", "next_step"),
)
MATCH = (
    *("place_id", "name", "country_code", "admin1_code", "level", "status", "score", "rule"),
    "doubts",
)
HOME = "home_"
_ISSUE = (
    *("row", "source_id", "line", "field", "code", "severity", "message", "message_th"),
    "candidates",
)
_PLACE = (
    *("name", "name_th", "name_local", "level", "country_code", "admin1_code"),
    *("latitude", "longitude"),
)
_BESIDE = ("sources", "claims", "events", "organizations", "memberships")


def content(
    data: Mapping[str, pd.DataFrame] | Normalized | pd.DataFrame,
    *,
    place_column: str | None = None,
    where: str = "",
) -> Record:
    """Everything the report shows about `data`.

    data
        Tables by name, with at least ``attestations``; the result of `normalize`; or a DataFrame
        of ``attestations``, or rows with match columns, as `match_places` and ``sisterdata
        normalize`` write them, with or without a prefix.
    place_column
        The column that was matched; detected from the headers if omitted. Match columns with the
        prefix ``home_`` are the other side of a pair; without them, a column of home places is
        read. Year and stage come from the columns whose headers name them.
    where
        The file that `data` comes from, for messages.

    Raises `DataError` if `data` has no matches.
    """
    if isinstance(data, pd.DataFrame):
        if {"attestation_id", "match_status"} <= set(data):
            return _content_of_tables({"attestations": data})
        return _content_of_frame(_with_distinct_columns(data), place_column, where)
    if is_dataclass(data) and not isinstance(data, type):
        data = {field.name: getattr(data, field.name) for field in fields(data)}
    if not isinstance(data, Mapping):
        raise DataError(
            f"a report needs a DataFrame of pandas, tables, or a path, and this is {shown(data)}",
            todo="convert it (polars: .to_pandas())",
        )
    if "attestations" not in data:
        raise DataError(
            "there are no attestations", where=where, todo="give a dataset that build wrote"
        )
    return _content_of_tables(data)


def _content_of_tables(tables: Mapping[str, pd.DataFrame]) -> Record:
    attestations = _records(tables["attestations"])
    rows = [_row(record, _OF_ATTESTATION) for record in attestations]
    row_at = {(row["source"], row["line"]): n for n, row in reversed(list(enumerate(rows)))}
    issues = [
        {**issue, "row": row_at.get((issue["source_id"], issue["line"]))}
        for issue in (_records(tables["issues"]) if "issues" in tables else ())
    ]
    issues += _issues_in(record.get("issues") for record in attestations)
    for issue in issues:
        # Other candidates only matter if no place was chosen.
        row = issue["row"]
        if row is not None and rows[row]["home"] and rows[row]["place"]:
            issue["candidates"] = None
    places = {
        place["place_id"]: place
        for place in (_records(tables["places"]) if "places" in tables else ())
    }
    return {
        "kind": "pairs",
        "rows": _packed(_with_thai(rows, "rule"), ROW),
        "other": _packed([], ()),
        "issues": _packed(_with_thai(issues, "message"), _ISSUE),
        **_places_and_countries(rows, issues, places),
        **{table: _records(tables[table]) if table in tables else [] for table in _BESIDE},
    }


def _content_of_frame(frame: pd.DataFrame, place_column: str | None, where: str) -> Record:
    columns = [str(column) for column in frame.columns]
    prefix = _prefix(columns, where)
    matched = {name: prefix + name for name in MATCH if prefix + name in frame}
    home = {name: f"{HOME}{name}" for name in MATCH if prefix != HOME and f"{HOME}{name}" in frame}
    own = [column for column in columns if column not in {*matched.values(), *home.values()}]
    printed = _printed_column(own, place_column, where)
    names = {
        **{name: matched.get(name, "") for name in ("level", "status", "score", "rule")},
        **{"text": printed, "place": matched["place_id"], "home": home.get("place_id", "")},
        "country": matched.get("country_code", ""),
    }
    listed = _records(frame)
    about = choose_own_columns({name: [r[name] for r in listed] for name in own}, printed)
    if _mostly_thai(record.get(names["country"]) for record in listed):
        about = replace(about, home=None)  # provinces beside Thai places say where those lie
    rows = [_own_row(record, names, about) for record in listed]
    for number, row in enumerate(rows, start=1):
        row.update(source=None, line=number)
    issues = [
        *_issues_in(record.get(matched.get("doubts", "")) for record in listed),
        *_issues_in(record.get(home.get("doubts", "")) for record in listed),
    ]
    shown = {printed, about.home, about.year}
    return {
        "kind": "pairs" if any(row["home"] for row in rows) else "places",
        "rows": _packed(_with_thai(rows, "rule"), ROW),
        "other": _packed(listed, [column for column in own if column not in shown]),
        "issues": _packed(_with_thai(issues, "message"), _ISSUE),
        **_places_and_countries(rows, issues, {}),
        **{table: [] for table in _BESIDE},
    }


def _mostly_thai(countries: Iterable[str | None]) -> bool:
    known = [country for country in countries if country]
    return 2 * known.count("TH") > len(known)


def _own_row(record: Record, names: Mapping[str, str], about: OwnColumns) -> Record:
    """A row of a list, with what its other columns say of the pair."""
    row = _row(record, names)
    row["stage"] = row["stage"] if row["stage"] in STAGES else None
    row["instrument"] = row["instrument"] if row["instrument"] in INSTRUMENTS else None
    read = read_own_columns(record, about)
    return row | {name: value for name, value in read.items() if row[name] is None}


def _with_distinct_columns(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with text as column names, and a number after repeated names."""
    names: list[str] = []
    for column in map(str, frame.columns):
        again = sum(name == column or name.startswith(f"{column} (") for name in names)
        names.append(f"{column} ({again + 1})" if column in names else column)
    return frame.set_axis(names, axis="columns")


def _prefix(columns: list[str], where: str) -> str:
    """The prefix of the match columns that were added last."""
    for column in reversed(columns):
        prefix = column.removesuffix("place_id")
        needed = {prefix + name for name in ("place_id", "status", "rule")}
        if needed <= set(columns) and prefix != HOME:
            return prefix
    raise DataError(
        "the rows have no match columns",
        where=where,
        todo="run sisterdata normalize on them, and report on its output",
    )


def _printed_column(columns: list[str], named: str | None, where: str) -> str:
    if named is None and "verbatim" in columns:
        return "verbatim"
    return columns[choose_columns(columns, place=named, country="", admin1="", where=where).place]


def _issues_in(texts: Iterable[str | None]) -> list[Record]:
    """The issues in a column that ``sisterdata normalize`` wrote: ``code: message; ...``."""
    issues = []
    for row, text in enumerate(texts):
        for part in re.split(r"; (?=[a-z0-9_]+: )", text or ""):
            code, colon, message = part.partition(": ")
            if colon:
                severity = CODES[code].severity if code in CODES else "info"
                issues.append({"row": row, "code": code, "severity": severity, "message": message})
    return issues


def _row(record: Record, names: Mapping[str, str]) -> Record:
    row = {name: record.get(names.get(name, name)) for name in ROW}
    return row | {name: _number(row[name]) for name in ("line", "year", "score")}


def _number(value: Any) -> float | int | None:
    """A number, also from text; None for anything else."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return int(number) if number.is_integer() else number if math.isfinite(number) else None


def _places_and_countries(
    rows: list[Record], issues: list[Record], known: Mapping[str, Record]
) -> dict[str, Record]:
    """The places and countries in rows and issues, by id and code."""
    ids = dict.fromkeys(row[side] for row in rows for side in ("home", "place") if row[side])
    ids |= dict.fromkeys(i for issue in issues for i in (issue.get("candidates") or "").split())
    places = {place_id: _place(place_id, known) for place_id in ids}
    regions = {p["admin1_code"] for p in places.values() if p} - {None}
    for place_id in sorted(f"iso3166-2:{code}" for code in regions):
        if place_id not in places:
            places[place_id] = _place(place_id, known)
    codes = {row["country"] for row in rows} | {p["country_code"] for p in places.values() if p}
    return {
        "places": {place_id: place for place_id, place in places.items() if place},
        "countries": {code: _numeric_code(code) for code in sorted(codes - {None})},
    }


def _place(place_id: str, known: Mapping[str, Record]) -> Record | None:
    found = known.get(place_id) or gazetteer.place(place_id)
    if found is None:
        return None
    record = found if isinstance(found, dict) else asdict(found)
    return {name: record[name] for name in _PLACE}


def _numeric_code(code: str) -> str | None:
    """The numeric code (ISO 3166-1) of a country, which is its id on the map."""
    found = iso_country(code)
    return found.numeric if found else None


def _with_thai(records: Iterable[Record], name: str) -> list[Record]:
    """Records with the Thai of a message beside it, None where there is none."""
    listed = []
    for record in records:
        english = record.get(name)
        thai = translate(english, "th") if english else None
        listed.append({**record, f"{name}_th": None if thai == english else thai})
    return listed


def _packed(records: list[Record], columns: Iterable[str]) -> Record:
    """Records as columns: the distinct values of each, and the position of each row's value."""
    packed = {}
    for column in columns:
        codes: dict[Any, int] = {}
        at = [codes.setdefault(record.get(column), len(codes)) for record in records]
        packed[column] = [list(codes), at]
    return {"count": len(records), "columns": packed}


def _records(df: pd.DataFrame) -> list[Record]:
    """Rows as plain values, with None for empty text."""
    return [
        {name: None if value == "" else value for name, value in record.items()}
        for record in records(df)
    ]
