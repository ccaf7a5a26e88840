"""Numbered lists under headings: sister cities ("1. City, Country") and organizations.

A page is cut into lists, each with the heading above it. What a list is of follows from its
heading's words and its items' shape; only a list of pairs gives rows. A list of sentences is
prose, and any other is left unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from sisterdata.parser.claims import claims_of, find_claims, without_claims
from sisterdata.parser.document import Document, frame_of, issue, unparsed_line
from sisterdata.parser.groups import Group, read_group
from sisterdata.parser.home import home_place, is_of_organizations, is_of_pairs
from sisterdata.parser.numbering import irregular
from sisterdata.parser.reading import Text
from sisterdata.parser.shapes import (
    LONGEST_HEADING,
    Item,
    is_boilerplate,
    is_byline,
    is_sentence,
    is_status,
    read_item,
    read_odd_item,
    status_date,
)
from sisterdata.text import find_dates, is_blank, repair, western_digits, year

ListKind = Literal["pairs", "organizations", "prose", "unknown"]


def parse_numbered_list(text: Text) -> Document:
    """Read a page of numbered lists; see Document for what comes out."""
    page = _outline(text.text)
    rows: list[dict[str, Any]] = []
    organizations: list[dict[str, Any]] = []
    issues: list[dict[str, Any]] = []
    goes_on_with = 1
    for listed in page.lists:
        if listed.kind == "pairs":
            rows += [_row(listed, entry) for entry in listed.entries if entry.kind == "row"]
        elif listed.kind == "organizations":
            organizations += [_organization(listed, entry) for entry in listed.entries]
        issues += _issues(listed, goes_on_with)
        goes_on_with = listed.entries[-1].number + 1
    claims = [
        claim
        for line, words in page.lines
        if page.kinds[line] in ("heading", "prose")
        for claim in claims_of(line, page.sections[line], words)
    ]
    issues += [
        unparsed_line(line, words, "it is no item of a list of pairs or organizations")
        for line, words in page.lines
        if page.kinds[line] == "unknown"
    ]
    return Document(
        source_id=text.source_id,
        layout="numbered_list",
        title=page.title,
        date=page.date,
        lines=frame_of(
            "lines",
            [{"line": line, "kind": page.kinds[line], "text": words} for line, words in page.lines],
        ),
        rows=frame_of("rows", rows),
        organizations=frame_of("organizations", organizations),
        claims=frame_of("claims", claims),
        events=frame_of("events", []),
        issues=frame_of("issues", issues),
    )


def is_numbered_list(text: str) -> bool:
    """Has a page a list of pairs or of organizations?"""
    return any(listed.kind in ("pairs", "organizations") for listed in _outline(text).lists)


@dataclass
class _Entry:
    """A numbered line, and the lines under it."""

    line: int
    number: int
    text: str
    under: list[tuple[int, str]] = field(default_factory=list)
    kind: str = "unknown"


@dataclass
class _List:
    """Numbered lines that follow one another under a heading.

    `section` is the heading without its counts; `topic` the last heading, this one or one above,
    that speaks of sister cities or organizations; `home` the place whose list it is, as far as a
    heading names it; `group` the part of the world that the heading right above it names.
    """

    heading: str | None
    section: str | None
    topic: str | None
    home: str | None
    group: Group | None
    entries: list[_Entry] = field(default_factory=list)
    kind: ListKind = "unknown"


@dataclass
class _Page:
    lines: list[tuple[int, str]]
    kinds: dict[int, str] = field(default_factory=dict)
    sections: dict[int, str | None] = field(default_factory=dict)
    lists: list[_List] = field(default_factory=list)
    title: str | None = None
    date: str | None = None


def _outline(text: str) -> _Page:
    """Cut a page into headings, lists and prose, and tell what each list is of."""
    page = _Page(
        [(number, line) for number, line in enumerate(text.split("\n"), 1) if not is_blank(line)]
    )
    opening: list[str] = []  # the headings right above what is said first
    heading = section = topic = home = None
    group: Group | None = None
    group_number = 0  # of a heading that is itself numbered: its items may be "2.1", "2.2"
    listed: _List | None = None
    following = _following_items([line for _, line in page.lines])
    above = 0
    for (number, line), (below, next_item) in zip(page.lines, following, strict=True):
        words = repair(line).text
        next_number = next_item.number if next_item is not None else None
        item = (
            read_item(line)
            or _item_of_group(line, listed, group_number)
            or _odd_item(line, listed, heading)
        )
        set_off, above = number > above + 1, number
        within: Group | None = None
        if item is None:
            within = _group_heading(words, topic, listed, next_number)
        elif is_of_pairs(topic or ""):
            within = _numbered_group(item, line, below)
        if within is not None:
            page.kinds[number] = "heading"
            heading, section, listed = words, within.name, None
            group, group_number = within, item.number if item is not None else 0
        elif item is not None and not (next_number == 1 and _is_list_heading(item.text)):
            if listed is None or item.number == 1:
                listed = _List(heading, section, topic, home, group)
                page.lists.append(listed)
            listed.entries.append(_Entry(number, item.number, item.text))
        elif listed is not None and is_of_pairs(listed.topic or "") and _is_date(words):
            listed.entries[-1].under.append((number, line.strip()))
        elif is_boilerplate(words):
            page.kinds[number] = "boilerplate"
        elif is_byline(words):
            page.kinds[number] = "byline"
        elif page.date is None and is_status(words):
            page.kinds[number], page.date = "status_date", status_date(words)
        elif listed is not None and (
            is_sentence(words) or _is_within(words, listed, next_item, set_off)
        ):
            listed.entries[-1].under.append((number, line.strip()))
        elif is_sentence(words):
            page.kinds[number] = "prose"
        elif topic is not None and _is_astray(words, line, topic, listed, next_number):
            page.kinds[number] = "unknown"
        else:
            page.kinds[number] = "heading"
            heading, section, listed = words, without_claims(words) or None, None
            group, group_number = None, 0
            if is_of_pairs(words) or is_of_organizations(words):
                topic, home = words, home_place(words) or home
            if page.title is None:
                opening.append(words)
        page.sections[number] = section
        if page.title is None and opening and page.kinds.get(number) in (None, "prose"):
            # The heading of a list is the page's title only where there is no other.
            page.title = next(
                (words for words in reversed(opening) if not _is_list_heading(words)), opening[0]
            )
    for listed in page.lists:
        _classify(page, listed)
    return page


def _group_heading(
    words: str, topic: str | None, listed: _List | None, next_number: int | None
) -> Group | None:
    """The part of the world that a line names, if items follow that begin or go on there."""
    due = listed.entries[-1].number + 1 if listed is not None else 1
    if not is_of_pairs(topic or "") or next_number not in (1, due):
        return None
    return read_group(words)


def _numbered_group(item: Item, line: str, below: str | None) -> Group | None:
    """The part of a list that an item heads, if the items under it are numbered anew."""
    if below is None or "," in item.text or is_sentence(item.text):
        return None
    nested = _item_of_group(below, None, item.number) or read_item(below)
    if nested is None or nested.number != 1:
        return None
    known = read_group(item.text)
    deeper = _indent(below) > _indent(line) or read_item(below) is None
    if known is None and deeper and _names_a_place(nested.text):
        return Group(without_claims(item.text))
    return known


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _item_of_group(line: str, listed: _List | None, group_number: int) -> Item | None:
    """An item numbered within its group ("2.1"), if it is the one that comes next."""
    found = _STEPS.match(line) if group_number else None
    if found is None:
        return None
    steps = [int(step) for step in western_digits(found["steps"]).split(".")]
    due = listed.entries[-1].number + 1 if listed is not None else 1
    return Item(due, found["text"].strip()) if steps == [group_number, due] else None


_STEPS = re.compile(r"[\s\u200b]*[(]?(?P<steps>\d{1,3}\.\d{1,3})[.)]?\s+(?P<text>[^\W\d_].*)")


def _odd_item(line: str, listed: _List | None, heading: str | None) -> Item | None:
    """A place whose number is written in an odd way, if it is the number that comes next."""
    odd = read_odd_item(line)
    above = listed.heading if listed is not None else heading
    due = listed.entries[-1].number + 1 if listed is not None else 1
    fits = odd is not None and odd.number == due and _names_a_place(odd.text)
    return odd if fits and is_of_pairs(above or "") else None


def _is_astray(
    words: str, line: str, topic: str, listed: _List | None, next_number: int | None
) -> bool:
    """Is a line below a list's heading more likely a damaged item, or a remark, than a heading?"""
    if _is_list_heading(words) or any(find_claims(words)):
        return False
    if read_odd_item(line) is not None:
        return True
    # An item without its number; or nothing follows that the line could be the heading of.
    return is_of_pairs(topic) and (
        _names_a_place(words) or (listed is not None and next_number is None)
    )


def _is_within(words: str, listed: _List, next_item: Item | None, set_off: bool) -> bool:
    """Does a short line stand between two items, and is it no heading of the later ones?"""
    of_organizations = is_of_organizations(listed.heading or "")
    if next_item is None or next_item.number != listed.entries[-1].number + 1:
        return of_organizations and words.endswith(".") and " " in words
    if of_organizations and is_of_pairs(words) and _names_a_place(next_item.text):
        return False
    if is_of_pairs(listed.topic or "") and is_of_organizations(words) and words[:1].isupper():
        return False
    return not set_off or of_organizations


def _following_items(lines: list[str]) -> list[tuple[str | None, Item | None]]:
    """For each line, the line below it and the next item below it."""
    following: list[tuple[str | None, Item | None]] = []
    below: str | None = None
    item: Item | None = None
    for line in reversed(lines):
        following.append((below, item))
        below, item = line, read_item(line) or item
    return following[::-1]


def _is_list_heading(words: str) -> bool:
    return (is_of_pairs(words) or is_of_organizations(words)) and not is_sentence(words)


def _classify(page: _Page, listed: _List) -> None:
    texts = [entry.text for entry in listed.entries]
    heading = listed.heading or ""
    if 2 * sum(map(is_sentence, texts)) > len(texts):
        listed.kind = "prose"
    elif is_of_pairs(heading) and 2 * sum(map(_is_name, texts)) >= len(texts):
        listed.kind = "pairs"
    elif is_of_organizations(heading):
        listed.kind = "organizations"
    elif is_of_pairs(listed.topic or "") and all(map(_names_a_place, filter(None, texts))):
        listed.kind = "pairs"  # under a heading that says no more
    elif listed.group is not None and all(map(_is_name, texts)):
        listed.kind = "pairs"
    entry_kind, under_kind = _KINDS[listed.kind]
    for entry in listed.entries:
        astray = listed.kind == "pairs" and is_sentence(entry.text)
        entry.kind = page.kinds[entry.line] = "unknown" if astray else entry_kind
        for line, words in entry.under:
            astray = listed.kind == "pairs" and not (is_sentence(words) or _is_date(words))
            page.kinds[line] = "unknown" if astray else under_kind


# What the entries of a list are, and the lines under them.
_KINDS = {
    "pairs": ("row", "prose"),
    "organizations": ("organization", "description"),
    "prose": ("prose", "prose"),
    "unknown": ("unknown", "unknown"),
}


def _is_name(text: str) -> bool:
    """Are the longer words before a comma capitalised, as in a name; or is it not in Latin?"""
    words = text.split(",", maxsplit=1)[0].split()
    return not any(word[0].islower() for word in words if len(word) > 3)


def _names_a_place(text: str) -> bool:
    return "," in text and text[:1].isalpha() and not text[:1].islower() and not is_sentence(text)


def _row(listed: _List, entry: _Entry) -> dict[str, Any]:
    partner, date, note = split_date(entry.text)
    if date is None:  # it may stand on a line of its own
        date = next((words for _, words in entry.under if _is_date(words)), None)
    if partner is not None and listed.group is not None:
        partner = _in_country(partner, listed.group)
    return {
        "line": entry.line,
        "section": listed.section,
        "sequence": entry.number,
        "verbatim_place": listed.home,
        "verbatim_partner": partner,
        "verbatim_year": date,
        "verbatim_note": note,
    }


def _in_country(partner: str, group: Group) -> str:
    """The partner as one would print it in one line with the country it is listed under."""
    if group.country is None or "," in partner or group.country in partner:
        return partner
    return f"{partner}{' ' if _THAI.search(partner) else ', '}{group.country}"


def split_date(text: str) -> tuple[str | None, str | None, str | None]:
    """A place, the date printed behind it, and what else is said of the date.

    >>> split_date("Busan, Korea Jun.30.1966")
    ('Busan, Korea', 'Jun.30.1966', None)
    >>> split_date("Aichi, Japan (MOU signed on 5 May 2012)")
    ('Aichi, Japan', '5 May 2012', 'MOU signed')
    >>> split_date("Aichi, Japan, 2012 (MOU)")
    ('Aichi, Japan', '2012', 'MOU')
    """
    place, said = text, ""
    bracket = _BRACKET_BEHIND.search(text)
    if bracket is not None:
        words, before = bracket["words"], text[: bracket.start()].rstrip(_EDGES) or None
        dates = _dates(words)
        if dates:
            start, end = dates[0]
            return before, words[start:end], _note(words[:start], words[end:])
        if before is not None and _REMARK.search(words):
            place, said = before, words
    dates = _dates(place)
    if not dates or place[dates[-1][1] :].strip(_CLOSING):
        return place.strip() or None, None, _note(said)
    start, end = dates[0]
    link = _SAID_OF_DATE.search(place, 0, start)
    cut = link.start() if link is not None else start
    note = _note(place[cut:start], place[end:], said)
    return place[:cut].rstrip(_EDGES) or None, place[start:end], note


def _is_date(words: str) -> bool:
    """Is a date, or a year of four digits, all that a line says?"""
    words = words.strip("() .")
    return len(words) <= 40 and (0, len(words)) in _dates(words)


def _dates(text: str) -> list[tuple[int, int]]:
    found = [(date.start, date.end) for date in find_dates(text)]
    for printed in _YEAR.finditer(western_digits(text)):
        start, end = printed.span()
        alone = not any(low < end and start < high for low, high in found)
        if alone and year(text[start:end]).value is not None:
            found.append((start, end))
    return sorted(found)


def _note(*parts: str) -> str | None:
    words = (_LINK.sub("", part).strip(_EDGES + ".)]") for part in parts)
    return " ".join(filter(None, words)) or None


_THAI = re.compile("[\u0e01-\u0e4e]")
_BRACKET_BEHIND = re.compile(r"\s*[(\[](?P<words>[^()\[\]]*)[)\]]\s*$")
_REMARK = re.compile(
    r"\b(?:mou|loi|loa|agreements?|memorandum|letter|signed|sister|friendship)\b", re.I
)
_CLOSING = " \t\u00a0.)]"
_EDGES = " \t\u00a0,;:-–—(["
_YEAR = re.compile(r"(?<![\w.,/-])(?:[พค]\.?\s?ศ\.?\s?)?\d{4}(?![\w/-])")
_SAID_OF_DATE = re.compile(
    r"[\s,;:–-]+(?:(?:signed|established|concluded|since|from|dated|on|in|เมื่อ|ลงนาม|วันที่|ปี)\s*)+$",
    re.I,
)
_LINK = re.compile(r"(?:\b(?:since|from|dated|on|in)\b|เมื่อ|วันที่|ปี|[\s,])+$", re.I)


def _organization(listed: _List, entry: _Entry) -> dict[str, Any]:
    description = "\n".join(words for _, words in entry.under) or None
    name, acronym = name_and_acronym(entry.text, description or "")
    return {
        "line": entry.line,
        "section": listed.section,
        "sequence": entry.number,
        "verbatim_name": entry.text or None,
        "name": name,
        "acronym": acronym,
        "description": description,
        "verbatim_member": listed.home,
    }


def name_and_acronym(text: str, description: str = "") -> tuple[str | None, str | None]:
    """An organization's name and its acronym, from its entry and the text under it.

    >>> name_and_acronym("CITYNET ( The Regional Network )")
    ('The Regional Network', 'CITYNET')
    >>> name_and_acronym("Asia Summit (Asia 11+1) is the international summit of cities")
    ('Asia Summit', 'Asia 11+1')
    >>> name_and_acronym("Global Design Organization", "The Global Design Organization (GDO) is")
    ('Global Design Organization', 'GDO')
    """
    named = _CLAUSE.split(repair(text).text, maxsplit=1)[0].strip(_EDGES + ".")
    bracket = _BRACKET.fullmatch(named)
    if len(named) > LONGEST_HEADING:
        return named, None
    if bracket is None:
        known = re.search(rf"{re.escape(named)}\s*\(\s*({_ACRONYM})\s*\)", description)
        return named or None, known[1] if named and known is not None else None
    outer, inner = bracket["outer"].strip(), bracket["inner"].strip()
    if re.fullmatch(_ACRONYM, outer) and len(inner) > len(outer):
        return inner, outer
    return outer, inner if len(inner.split()) <= 3 and len(inner) < len(outer) else None


# "Asia Metropolis Summit is the summit of ...", "City Summit , of which the members are ..."
_CLAUSE = re.compile(r"\s*,\s*(?:of which|which|whose|where|an?|the)\b|\s(?:is|are|was|were)\s")
_BRACKET = re.compile(r"(?P<outer>[^()]+)\((?P<inner>[^()]+)\)")
_ACRONYM = r"[A-Z][A-Z0-9&.+-]{1,14}(?: \d{1,3})?"


def _issues(listed: _List, goes_on_with: int) -> list[dict[str, Any]]:
    """What is amiss in a list, which may go on with the number after the last one's."""
    if listed.kind not in ("pairs", "organizations"):
        return []
    entries = listed.entries
    numbers = [entry.number for entry in entries]
    first = numbers[0] if numbers[0] == goes_on_with else 1
    found = [
        issue(
            entries[amiss.index].line,
            "sequence",
            "number_out_of_order",
            str(entries[amiss.index].number),
            amiss.message,
        )
        for amiss in irregular(numbers, [entry.text for entry in entries], first)
    ]
    name = "verbatim_partner" if listed.kind == "pairs" else "verbatim_name"
    found += [
        issue(entry.line, name, "missing_cell", None, "nothing is printed by the number")
        for entry in entries
        if not entry.text
    ]
    if listed.home is None:
        what = "verbatim_place" if listed.kind == "pairs" else "verbatim_member"
        message = "no heading says whose list it is"
        found.append(issue(entries[0].line, what, "missing_cell", None, message))
    return found
