"""Read Unicode CLDR: ISO 3166-2 units with names, and the languages and scripts of countries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

_RANGE = re.compile(r"^(\w*)(\w)~(\w)$")
_FOOTNOTE = str.maketrans("", "", "¹²³⁴⁵⁶⁷⁸⁹")  # CLDR adds them to names that are not unique


@dataclass
class Unit:
    """One ISO 3166-2 code: ``CN-JS``."""

    code: str
    parent: str | None  # ISO 3166-2 code of the unit above; None at the first level
    deprecated: bool
    names: dict[str, str] = field(default_factory=dict)  # CLDR locale -> name

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2."""
        return self.code[:2]


def units(common: Path) -> dict[str, Unit]:
    """All units in CLDR, current and deprecated, by code."""
    parents: dict[str, str] = {}
    for group in _tree(common / "supplemental/subdivisions.xml").iter("subgroup"):
        for child in group.attrib["contains"].split():
            parents[child] = group.attrib["type"]
    found = {}
    for status in _tree(common / "validity/subdivision.xml").iter("id"):
        if status.attrib["idStatus"] == "unknown":
            continue
        for code in _ids(status.text or ""):
            parent = parents.get(code, "")
            found[code] = Unit(
                iso(code),
                iso(parent.lower()) if len(parent) > 2 else None,
                status.attrib["idStatus"] == "deprecated",
            )
    for path in sorted((common / "subdivisions").glob("*.xml")):
        for name in _tree(path).iter("subdivision"):
            if name.attrib["type"] in found and name.text:
                found[name.attrib["type"]].names[path.stem] = name.text.translate(_FOOTNOTE).strip()
    return {unit.code: unit for unit in found.values()}


def overlong(common: Path) -> set[str]:
    """Codes of units that also have a country code (``FR-NC``, ``US-PR``)."""
    aliases = _tree(common / "supplemental/supplementalMetadata.xml")
    return {
        iso(alias.attrib["type"])
        for alias in aliases.iter("subdivisionAlias")
        if alias.attrib["reason"] == "overlong"
    }


def languages(common: Path) -> dict[str, list[str]]:
    """Country -> the locales of its official languages, the most spoken first."""
    data = _tree(common / "supplemental/supplementalData.xml")
    spoken = {}
    for territory in data.iter("territory"):
        rows = [row.attrib for row in territory if _official(row.attrib)]
        rows.sort(key=lambda row: (-float(row["populationPercent"]), row["type"]))
        if rows:
            spoken[territory.attrib["type"]] = [row["type"] for row in rows]
    return spoken


def scripts(common: Path) -> dict[str, set[str]]:
    """Country -> the scripts (ISO 15924) of its official languages; Han and kana count as one."""
    likely = {
        row.attrib["from"]: row.attrib["to"].split("_")[1]
        for row in _tree(common / "supplemental/likelySubtags.xml").iter("likelySubtag")
        if row.attrib["to"].count("_") == 2
    }
    merged = {
        "Hans": {"Hani"}, "Hant": {"Hani"}, "Jpan": {"Hani", "Kana"}, "Kore": {"Hang", "Hani"},
    }  # fmt: skip
    written: dict[str, set[str]] = {}
    for country, spoken in languages(common).items():
        own = written.setdefault(country, set())
        for language in spoken:
            script = language.split("_")[1] if "_" in language else likely.get(language, "Latn")
            own |= merged.get(script, {script})
    return written


def iso(code: str) -> str:
    """Convert a code from CLDR's spelling to that of ISO 3166-2.

    >>> iso("cnjs")
    'CN-JS'
    """
    return f"{code[:2]}-{code[2:]}".upper()


def _official(language: Mapping[str, str]) -> bool:
    """Whether a language is official in the country, or in a part with 1 % of its people."""
    regional = language.get("officialStatus") == "official_regional"
    return "officialStatus" in language and not (
        regional and float(language["populationPercent"]) < 1
    )


def _tree(path: Path) -> Any:
    return ElementTree.parse(path)  # noqa: S314 - a pinned file, checked against its sha256


def _ids(text: str) -> list[str]:
    """Expand ranges: CLDR writes ``ba01~9`` for ba01 to ba09."""
    found = []
    for token in text.split():
        match = _RANGE.match(token)
        if match:
            stem, first, last = match.groups()
            found += [stem + chr(letter) for letter in range(ord(first), ord(last) + 1)]
        else:
            found.append(token)
    return found
