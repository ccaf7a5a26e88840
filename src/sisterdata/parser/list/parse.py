"""Numbered lists under headings: sister cities ("1. City, Country") and organizations.

Only a list of pairs gives rows, and one of organizations entries; a list of sentences is prose,
and any other is left unknown (see `list_outline`).
"""

from __future__ import annotations

from typing import Any

from sisterdata.parser.claims import claims_of
from sisterdata.parser.document import Document, frame_of, issue, unparsed_line
from sisterdata.parser.headings import Group
from sisterdata.parser.list.items import is_date, name_and_acronym, split_date
from sisterdata.parser.list.outline import Entry, List, outline
from sisterdata.parser.numbering import irregular
from sisterdata.readers.source_text import SourceText
from sisterdata.text.scripts import name_separator


def parse_list(text: SourceText) -> Document:
    """Read a page of numbered lists; see Document for what comes out."""
    page = outline(text.text)
    rows: list[dict[str, Any]] = []
    organizations: list[dict[str, Any]] = []
    issues: list[dict[str, Any]] = []
    goes_on_with = 1
    for listed in page.lists:
        if listed.kind == "pairs":
            printed = [entry for entry in listed.entries if page.kinds[entry.line] == "row"]
            rows += [_row(listed, entry) for entry in printed]
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
        layout="list",
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


def is_list(text: str) -> bool:
    """Has a page a list of pairs or of organizations?"""
    return any(listed.kind in ("pairs", "organizations") for listed in outline(text).lists)


def _row(listed: List, entry: Entry) -> dict[str, Any]:
    partner, date, note = split_date(entry.text)
    if date is None:  # it may stand on a line of its own
        date = next((words for _, words in entry.under if is_date(words)), None)
    if partner is not None and listed.above.group is not None:
        partner = _in_country(partner, listed.above.group)
    return {
        "line": entry.line,
        "section": listed.above.section,
        "sequence": entry.number,
        "verbatim_place": listed.above.home,
        "verbatim_partner": partner,
        "verbatim_year": date,
        "verbatim_note": note,
    }


def _in_country(partner: str, group: Group) -> str:
    """The partner as one would print it in one line with the country it is listed under."""
    if group.country is None or "," in partner or group.country in partner:
        return partner
    return f"{partner}{name_separator(partner)}{group.country}"


def _organization(listed: List, entry: Entry) -> dict[str, Any]:
    description = "\n".join(words for _, words in entry.under) or None
    name, acronym = name_and_acronym(entry.text, description or "")
    return {
        "line": entry.line,
        "section": listed.above.section,
        "sequence": entry.number,
        "verbatim_name": entry.text or None,
        "name": name,
        "acronym": acronym,
        "description": description,
        "verbatim_member": listed.above.home,
    }


def _issues(listed: List, goes_on_with: int) -> list[dict[str, Any]]:
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
    if listed.above.home is None:
        what = "verbatim_place" if listed.kind == "pairs" else "verbatim_member"
        message = "no heading says whose list it is"
        found.append(issue(entries[0].line, what, "missing_cell", None, message))
    return found
