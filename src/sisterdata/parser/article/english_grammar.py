"""English statements: their chunks, their forms, and who stands in a list of names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from sisterdata.countries.match import may_be_country
from sisterdata.parser.article.news_words import (
    any_of,
    chunk_pattern,
    forms,
    pattern,
    words,
)
from sisterdata.parser.article.statements import Agreement, Chunk, Parties, read_statement


def read_english(statement: str) -> Agreement | None:
    """The tie that an English statement tells of, its dates replaced by `DATE`.

    >>> found = read_english("Busan signed sister city agreements with Osaka, Japan and Milan.")
    >>> [(pair.first, pair.second) for pair in found.pairs]
    [('Busan', 'Osaka, Japan'), ('Busan', 'Milan')]
    >>> read_english("Oxford and Bonn signed the cancellation of their twin city pact.").doubt
    'it tells of a tie that ended, or never was'
    >>> read_english("The delegation visited Fukuoka.") is None
    True
    """
    return read_statement(
        list(_placed(_chunks(statement))), forms("english"), statement, read_parties
    )


def read_parties(chunks: list[Chunk], listed: bool) -> Parties:
    """The parties of a list of names; `listed` says that any number may be in it.

    A country or region behind a comma is part of its place already; other names behind commas
    are parties of their own, or lie in what is behind them.
    """
    items: list[tuple[str, Chunk, int | None]] = []
    link = ""
    for chunk in chunks:
        if chunk.kind in "POK":
            items.append((link, chunk, chunk.end))
            link = ""
        elif chunk.kind in ",;&":
            link += chunk.kind
    apart = any(chunk.kind == "D" for chunk in chunks[:-1])
    runs: list[list[tuple[Chunk, int | None]]] = []
    signs = [link for link, _, _ in items[1:]]
    heavy = ";" if any(";" in link for link in signs) else "&"
    for link, chunk, end in items:
        if not runs or heavy in link or (heavy == ";" and "&" in link) or apart:
            runs.append([])
        runs[-1].append((chunk, end))
    if heavy == ";" or len(runs) == 1 or (not listed and len(runs) == 2):
        return _joined(runs)
    if len(runs[-1]) > 1:
        whole = _joined(runs[-1:])
        runs = [*([item] for item in runs[0]), runs[-1]] if whole[1] is None else runs
    places = [_one(run) for run in runs] if len(runs[-1]) > 1 else []
    if len(runs[-1]) > 1 and len(runs) > 1 and all(len(run) == 1 for run in runs[:-1]):
        return places, None
    each = [item for run in runs for item in _one_by_one(run)]
    placed = [("," in name) for name, _, _ in each]
    doubtful = len(runs[-1]) > 1 or (len(each) > 2 and any(placed) and not all(placed))
    regions = words("english")["region_or_city"]
    doubtful |= any(chunk.text in regions for run in runs for chunk, _ in run[1:])
    return each, (_IN_OR_BESIDE if doubtful and not apart else None)


def _one(run: list[tuple[Chunk, int | None]]) -> tuple[str, bool, int | None]:
    name = ", ".join(chunk.text for chunk, _ in run)
    return name, len(run) > 1 or run[0][0].sure, run[-1][1]


def _one_by_one(run: list[tuple[Chunk, int | None]]) -> Iterator[tuple[str, bool, int | None]]:
    """The items of a run, those joined that surely lie in the next one."""
    at = 0
    while at < len(run):
        size = 2 if at + 1 < len(run) and _lies_in(run[at][0].text, run[at + 1][0].text) else 1
        yield _one(run[at : at + size])
        at += size


def _joined(runs: list[list[tuple[Chunk, int | None]]]) -> Parties:
    """Each run as one party: a place, and what it lies in."""
    doubt = None
    for run in runs:
        names = [chunk.text for chunk, _ in run]
        if len(names) > 2 or (len(names) == 2 and len(runs) > 1):
            inside = len(names) == 2 and (
                _one_of("region", r"\b").search(names[1]) or _lies_in(*names)
            )
            doubt = doubt or (None if inside else _IN_OR_BESIDE)
    if doubt is not None and len(runs) == 2:
        each = [_one([item]) for run in runs for item in run]
        return each, doubt if any("," in name for name, _, _ in each) else None
    return [_one(run) for run in runs], doubt


@cache
def _lies_in(name: str, region: str) -> bool:
    """Whether the gazetteer has the place `name` in the region `region`."""
    if "," in name or "," not in region:
        return False
    from sisterdata.places.match import match_place

    found = match_place(f"{name}, {region}")
    return found.id is not None and _CONFLICTS.isdisjoint(doubt.code for doubt in found.doubts)


_OFFICER = re.compile(r"\b(?:mayor|governor|premier|prefect|minister) ", re.I)
_PERSON = re.compile("P,P,(?!K)")
_TWO_SENTENCES = re.compile(r"\b(?:[A-Z]\.){2,} \w")
_CONFLICTS = frozenset(("admin1_conflict", "country_conflict"))
_IN_OR_BESIDE = "a name before a comma may be a party, or lie in the place behind it"


def _chunks(statement: str) -> Iterator[Chunk]:
    """The words of a statement, those that say nothing of a tie left out."""
    for found in chunk_pattern("english").finditer(statement):
        kind = found.lastgroup or "x"
        if kind == "N":
            yield from _name_chunks(found[0], found.start())
        elif kind != "_":
            letter = {"and": "&", "comma": ",", "semicolon": ";", "nobody": "x"}.get(kind, kind)
            yield Chunk(letter, found[0], found.start(), found.end())


def _name_chunks(name: str, start: int) -> Iterator[Chunk]:
    """A run of capitalised words: a place, a person, a body, a country, or a place's officer."""
    end = start + len(name)
    owned = re.match(r"(.+?['’]s) (?=\w)", name)
    if owned is not None:  # "Thailand's Phuket"
        yield from _name_chunks(owned[1], start)
        yield from _name_chunks(name[owned.end() :], start + owned.end())
        return
    bare, owner = (
        re.subn(r"['’]s?$", "", name) if re.search(r"(?:['’]s|s['’])$", name) else (name, 0)
    )
    office = pattern("english", "office").search(bare)
    if office is not None:
        before = bare[: office.start()].strip()
        if before:
            yield Chunk("P", before, start, start + len(before), sure=True)
        else:
            yield Chunk("H", bare, start, end)
            behind = re.search(r" of (.+)$", bare[office.end() :])
            if behind is not None:
                yield Chunk("F", " of ", start, start)
                yield from _name_chunks(behind[1], end - len(behind[1]))
        return
    if _TWO_SENTENCES.search(bare):  # "Washington D.C. Busan"
        yield Chunk("U", bare, start, start)
    if _one_of("body", r"(?:$| (?:of|for)\b)").search(bare):
        yield Chunk("O", bare, start, end)
    elif bare not in words("english")["city_state"] and may_be_country(bare):
        yield Chunk("K", bare, start, end)
    else:
        yield Chunk("P", bare, start, end, sure=_one_of("kind", r"\b|,").search(bare) is not None)
    if owner:
        yield Chunk("Q", "'s", end, end)


def _placed(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """The chunks, each place with its region and country, and without where things happened."""
    row = list(chunks)
    at = 0
    while at < len(row):
        chunk = row[at]
        if chunk.kind == "F":  # "the mayor of": what is behind is a place
            if at + 1 < len(row):
                row[at + 1] = replace(row[at + 1], sure=True)
            if _names_the_officer(row, at):
                del row[at + 2 : at + 4]
        elif chunk.text in words("english")["of_country"] and [
            one.kind for one in row[at + 1 : at + 3]
        ] == ["F", "P"]:
            place = row[at + 2]
            country = words("english")["of_country"][chunk.text]
            row[at + 2] = replace(place, text=f"{place.text}, {country}", sure=True)
        elif chunk.kind == "H":
            if not (at + 1 < len(row) and row[at + 1].kind == "F"):
                yield Chunk("O", chunk.text, chunk.start, chunk.end)
        elif (
            chunk.kind == "K"
            and at + 2 < len(row)
            and row[at + 1].kind == "Q"
            and row[at + 2].kind == "P"
        ):
            place = row[at + 2]
            row[at + 2] = replace(place, text=f"{place.text}, {chunk.text}", sure=True)
            at += 1
        elif chunk.kind == "V":
            if chunk.text in ("of", "to") and row[at - 1].kind in "TZ":
                yield replace(chunk, kind="W")  # "a sister city of Busan"
            elif at + 1 < len(row) and row[at + 1].kind in "POK":
                at = _place_end(row, at + 1)[1]  # where it happened
        elif chunk.kind == "P":
            chunk, at = _place_end(row, at)
            yield chunk
        else:
            yield chunk
        at += 1


def _names_the_officer(row: list[Chunk], at: int) -> bool:
    """Whether an office and its place are followed by a name: "the mayor of Busan, Kim Minsu,"."""
    behind = "".join(chunk.kind for chunk in row[at + 1 : at + 6])
    officer = _OFFICER.search(row[at].text) is not None and _PERSON.match(behind) is not None
    return officer and not _is_state(row[at + 3].text)


def _place_end(row: list[Chunk], at: int) -> tuple[Chunk, int]:
    """A place with what it lies in, and the number of its last chunk."""
    chunk = row[at]
    while at + 2 < len(row) and row[at + 2].kind in "PK":
        link, behind = row[at + 1], row[at + 2]
        inside = behind.kind == "K" or _is_state(behind.text)
        within = link.kind == "V" and link.text in ("in", "of")
        region = within and (inside or _one_of("region", r"\b").search(behind.text))
        if not (link.kind == "," and inside) and not region:
            break
        text = f"{chunk.text}, {behind.text}"
        chunk = replace(chunk, text=text, end=behind.end, sure=True)
        at += 2
        if behind.kind == "K":
            break
    return chunk, at


def _is_state(name: str) -> bool:
    return name in _states() and name not in words("english")["region_or_city"]


@cache
def _states() -> frozenset[str]:
    """What English usage prints behind a city's name: the states and provinces of federations."""
    import pycountry

    codes = words("english")["states_of"]
    get = pycountry.subdivisions.get
    found = (get(country_code=code) or () for code in codes)  # type: ignore[no-untyped-call]
    return frozenset(one.name for country in found for one in country)


@cache
def _one_of(name: str, end: str = "") -> re.Pattern[str]:
    """Capitalised words as they are printed."""
    return re.compile(rf"\b{any_of('english', name)}{end}")
