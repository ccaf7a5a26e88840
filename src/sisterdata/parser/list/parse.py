"""Lists under headings: sister cities ("1. City, Country") and organizations.

Only a list of pairs gives rows, and one of organizations entries; a list of sentences is prose,
and any other is left unknown (see `outline`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from sisterdata.countries.match import match_country, split_country
from sisterdata.parser.document import (
    COLUMNS,
    KINDS,
    TEXT,
    Document,
    batch,
    frame,
    frame_of,
    issue,
    unparsed_line,
)
from sisterdata.parser.headings import Group
from sisterdata.parser.line_kinds import LONGEST_SENTENCE
from sisterdata.parser.list.enumerations import read_enumeration
from sisterdata.parser.list.item_text import (
    MONTH,
    date_alone,
    is_remark,
    is_year,
    name_and_acronym,
    split_date,
    without_stage,
)
from sisterdata.parser.list.page_outline import outline
from sisterdata.parser.list.pair_lines import both_sides, read_pair
from sisterdata.parser.list.parse_state import List, Page
from sisterdata.parser.printed_numbers import irregular
from sisterdata.parser.stated_counts import claims_of
from sisterdata.parser.strip_marks import read_marks, with_country, without_flag_name
from sisterdata.readers.lines_with_origin import SourceText
from sisterdata.text.thai_letters import THAI_LETTERS, name_separator


def parse_list(
    text: SourceText, home: str | None = None, *, untitled_pairs: bool = False
) -> Document:
    """Read a page of lists; see Document for what comes out.

    `home` is whose lists they are, where no heading says it. With `untitled_pairs`, lines that
    print two places are pairs, though no heading speaks of sister cities.
    """
    page = outline(text.text, home, untitled_pairs=untitled_pairs)
    rows: dict[str, list[Any]] = {name: [] for name in COLUMNS["rows"]}
    organizations: list[dict[str, Any]] = []
    issues: list[dict[str, Any]] = []
    goes_on_with = 1
    for listed in page.lists:
        if listed.kind == "pairs":
            columns = _rows(page, listed)
            for name, values in columns.items():
                rows[name] += values
            issues += _missing_cells(columns)
        elif listed.kind == "organizations":
            organizations += [_organization(listed, at) for at in range(len(listed.lines))]
        issues += _issues(listed, goes_on_with)
        goes_on_with = listed.numbers[-1] + 1
    for name, values in _enumerated(page, home).items():
        rows[name] += values
    claims = [
        claim
        for line, words in page.lines
        if page.kinds[line] in ("heading", "prose")
        for claim in claims_of(line, page.sections.get(line), words[:LONGEST_SENTENCE])
    ]
    issues += _assumed(page, rows["line"], untitled_pairs)
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
        lines=_lines(page),
        rows=frame("rows", [batch("rows", rows)]).sort_values(
            "line", kind="stable", ignore_index=True
        ),
        organizations=frame_of("organizations", organizations),
        claims=frame_of("claims", claims),
        events=frame_of("events", []),
        issues=frame_of("issues", issues),
    )


def _assumed(page: Page, lines: list[int], untitled_pairs: bool) -> list[dict[str, Any]]:
    """What is taken for granted of the lines that print two places."""
    found = []
    if page.sides_assumed:
        line = min(page.sides_assumed)
        found.append(issue(line, "verbatim_place", "side_assumed", None, _SIDE_ASSUMED))
    if untitled_pairs and lines:
        found.append(issue(min(lines), "line", "tie_assumed", None, _TIE_ASSUMED))
    return found


_SIDE_ASSUMED = "neither side of the pairs is Thai or repeats; the left one is taken as the home"
_TIE_ASSUMED = "no heading says that these pairs of places are sister cities"


def _lines(page: Page) -> Any:
    kinds = pa.DictionaryArray.from_arrays(
        pa.array([_CODES[page.kinds[line]] for line, _ in page.lines], pa.int8()),
        pa.array(KINDS, TEXT),
    ).cast(TEXT)
    numbers = [line for line, _ in page.lines]
    return frame(
        "lines",
        [
            batch(
                "lines", {"line": numbers, "kind": kinds, "text": [text for _, text in page.lines]}
            )
        ],
    )


_CODES = {kind: code for code, kind in enumerate(KINDS)}


def _rows(page: Page, listed: List) -> dict[str, Sequence[Any]]:
    """The rows of a list of pairs, as columns."""
    at = [n for n, line in enumerate(listed.lines) if page.kinds[line] == "row"]
    read = [_item(listed.texts[n]) for n in at]
    partners = [partner for partner, _, _, _ in read]
    dates = [date for _, date, _, _ in read]
    notes = [note for _, _, note, _ in read]
    place_of = {n: place for place, n in enumerate(at)}
    for n, under in listed.under.items():  # a date or remark may stand on a line of its own
        if n in place_of:
            place, words = place_of[n], [words for _, words in under]
            dates[place] = dates[place] or next(filter(None, map(date_alone, words)), None)
            notes[place] = notes[place] or next(
                (one for one in words if is_remark(one) and date_alone(one) is None), None
            )
    homes: list[str | None] = [listed.above.home] * len(at)
    if listed.above.home is None or _names_country(listed.above.home):
        partners, homes, assumed = both_sides(partners, homes)
        page.sides_assumed += [listed.lines[at[n]] for n in assumed]
    else:
        partners = _without_home(partners, listed.above.home)
    group = listed.above.group
    if group is not None and group.country is not None:
        partners = [partner and _in_country(partner, group) for partner in partners]
    numbered = listed.mark == "1"
    section = listed.above.section
    return {
        "line": [listed.lines[n] for n in at],
        "section": [section] * len(at),
        "sequence": [listed.numbers[n] if numbered else None for n in at],
        "verbatim_place": homes,
        "verbatim_partner": [
            partner and with_country(partner, flag)
            for partner, (_, _, _, flag) in zip(partners, read, strict=True)
        ],
        "verbatim_year": dates,
        "verbatim_note": notes,
        "era": [None] * len(at),
    }


def _enumerated(page: Page, home: str | None) -> dict[str, Sequence[Any]]:
    """The rows of sentences that list sister cities, as columns."""
    found: dict[str, list[Any]] = {name: [] for name in COLUMNS["rows"]}
    for line, words in page.lines:
        if page.kinds[line] not in ("prose", "heading"):
            continue
        read = read_enumeration(words.strip())
        if read is None:
            continue
        said_of, partners = read
        if page.kinds[line] == "heading" and len(partners) < 2:
            continue  # "Cities twinned with Bangkok" heads a list
        section = page.sections.get(line) if page.kinds[line] == "prose" else None
        page.kinds[line] = "row"
        for partner in partners:
            name, date, note, flag = _item(partner)
            record = {
                "line": line,
                "section": section,
                "verbatim_place": said_of or home,
                "verbatim_partner": name and with_country(name, flag),
                "verbatim_year": date,
                "verbatim_note": note,
            }
            for column, values in found.items():
                values.append(record.get(column))
    return dict(found)


def _item(text: str) -> tuple[str | None, str | None, str | None, str | None]:
    """The partner of an item, its date, a remark, and the country of its flag."""
    common = _PLAIN_ITEM.fullmatch(text)
    if common is not None:
        name = common["name"]
        first, _, behind = name.partition(" ")
        if first not in behind and (common["year"] is None or is_year(common["year"])):
            return name, common["date"], None, None
    plain, flag = read_marks(text)
    plain, stage = without_stage(plain)
    partner, date, note = split_date(plain)
    return partner and without_flag_name(partner), date, stage or note, flag


# Most items: "Uozu, Japan", perhaps with a date in brackets, and no marks, flags or remarks.
_LETTERS = f"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f{THAI_LETTERS}"
_PLAIN_ITEM = re.compile(
    rf"(?P<name>[{_LETTERS}][{_LETTERS} .,'’-]*(?<=[{_LETTERS}.]))"
    rf"(?: \((?P<date>(?:\d{{1,2}} (?:{MONTH}) )?(?P<year>\d{{4}}))\))?"
)


def _without_home(partners: list[str | None], home: str) -> list[str | None]:
    """The partners of lines that print the home too: "Chiang Mai - Kunming"."""
    if not any(partner and home in partner for partner in partners):
        return partners
    found: list[str | None] = []
    for partner in partners:
        pair = read_pair(partner) if partner and home in partner else None
        if pair is not None and home in (pair[0], pair[1]):
            found.append(pair[1] if pair[0] == home else pair[0])
        else:
            found.append(partner)
    return found


def _names_country(home: str) -> bool:
    return home in ("Thailand", "ไทย", "ประเทศไทย")


def _missing_cells(columns: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    lines, homes = columns["line"], columns["verbatim_place"]
    found = [
        issue(line, "verbatim_partner", "missing_cell", None, "nothing is printed by the number")
        for line, partner in zip(lines, columns["verbatim_partner"], strict=True)
        if partner is None
    ]
    at = next((n for n, home in enumerate(homes) if home is None), None)
    if at is not None:
        found.append(issue(lines[at], "verbatim_place", "missing_cell", None, _NO_HOME))
    return found


_NO_HOME = "no heading says whose list it is; give it with home"


def _in_country(partner: str, group: Group) -> str:
    """The partner as one would print it in one line with the country it is listed under."""
    if group.country is None or group.country in partner:
        return partner
    printed = split_country(partner)[2]
    if printed is not None and printed.id in (None, match_country(group.country).id):
        return partner
    return f"{partner}{name_separator(partner)}{group.country}"


def _organization(listed: List, at: int) -> dict[str, Any]:
    text = listed.texts[at]
    description = "\n".join(words for _, words in listed.under.get(at, ())) or None
    name, acronym = name_and_acronym(text, description or "")
    return {
        "line": listed.lines[at],
        "section": listed.above.section,
        "sequence": listed.numbers[at] if listed.mark == "1" else None,
        "verbatim_name": text or None,
        "name": name,
        "acronym": acronym,
        "description": description,
        "verbatim_member": listed.above.home,
    }


def _issues(listed: List, goes_on_with: int) -> list[dict[str, Any]]:
    """What is amiss in a list, which may go on with the number after the last one's."""
    if listed.kind not in ("pairs", "organizations"):
        return []
    found: list[dict[str, Any]] = []
    if listed.mark == "1":
        first = listed.numbers[0] if listed.numbers[0] == goes_on_with else 1
        found = [
            issue(
                listed.lines[amiss.index],
                "sequence",
                "number_out_of_order",
                str(listed.numbers[amiss.index]),
                amiss.message,
            )
            for amiss in irregular(listed.numbers, listed.texts, first)
        ]
    if listed.kind == "organizations":
        found += [
            issue(line, "verbatim_name", "missing_cell", None, "nothing is printed by the number")
            for line, text in zip(listed.lines, listed.texts, strict=True)
            if not text
        ]
        if listed.above.home is None:
            found.append(issue(listed.lines[0], "verbatim_member", "missing_cell", None, _NO_HOME))
    return found
