"""The shipped index of country names: what `make countries` wrote, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sisterdata.errors import DataError


@dataclass(frozen=True, slots=True)
class Entry:
    """What one key means: `codes` are ISO 3166-1 alpha-2, likeliest first."""

    codes: tuple[str, ...]
    kind: str
    note: str


def lookup(key: str) -> Entry | None:
    """The entry of a `country_key`, or None."""
    line = _lines().get(key)
    if line is None:
        return None
    codes, kind, note = line.split("\t")
    return Entry(tuple(codes.split("|")), kind, note)


@cache
def english_names() -> dict[str, str]:
    """The English name of each country, by code."""
    names = {}
    for line in _lines().values():
        codes, kind, note = line.split("\t")
        if kind == "name" and note.isascii() | (codes not in names):
            names[codes] = note
    return names


@cache
def _lines() -> dict[str, str]:
    path = files("sisterdata") / "data" / "countries.tsv"
    try:
        text = path.read_text(encoding="utf-8")
        return dict(line.split("\t", 1) for line in text.splitlines())  # type: ignore[misc]
    except (OSError, ValueError) as error:
        raise DataError(
            "the index of country names cannot be read", where=str(path), todo="run `make countries`"
        ) from error
