"""What a list is of: pairs, organizations, sentences, or nothing that is known."""

from __future__ import annotations

from itertools import islice

from sisterdata.countries.match import split_country
from sisterdata.parser.headings import is_of_organizations, is_of_pairs
from sisterdata.parser.line_kinds import is_prose
from sisterdata.parser.list.item_text import is_date, is_name, is_remark, names_a_place
from sisterdata.parser.list.pair_lines import prints_pairs
from sisterdata.parser.list.parse_state import List, Page
from sisterdata.text.thai_letters import has_thai

_SAMPLE = 200  # items of a list that tell what it is of


def classify(page: Page, listed: List) -> None:
    texts = list(islice(filter(None, listed.texts), _SAMPLE)) or [""]
    above = listed.above
    if any(texts) and 2 * sum(map(is_prose, texts)) > len(texts):
        listed.kind = "prose"
    elif is_of_pairs(above.heading) and 2 * sum(map(is_name, texts)) >= len(texts):
        listed.kind = "pairs"
    elif is_of_organizations(above.heading):
        listed.kind = "organizations"
    elif is_of_pairs(above.topic) and (
        all(map(_is_place, texts)) or prints_pairs("\n".join(texts))
    ):
        listed.kind = "pairs"  # under a heading that says no more
    elif above.group is not None and all(map(is_name, texts)):
        listed.kind = "pairs"
    entry_kind, under_kind = _KINDS[listed.kind]
    if entry_kind == "prose" or under_kind == "prose":
        below = [line for under in listed.under.values() for line, _ in under]
        page.sections.update(dict.fromkeys([*listed.lines, *below], above.section))
    page.kinds.update(dict.fromkeys(listed.lines, entry_kind))
    if listed.kind == "pairs":
        for line, text in zip(listed.lines, listed.texts, strict=True):
            ends = text[-1:] in _ENDS or (text[-1:] == ")" and text[-2:-1] in _ENDS)
            if (ends or len(text) > _MAY_BE_PROSE) and is_prose(text):
                page.kinds[line] = "unknown"
    for under in listed.under.values():
        for line, words in under:
            astray = listed.kind == "pairs" and not (
                is_prose(words) or is_date(words) or is_remark(words)
            )
            page.kinds[line] = "unknown" if astray else under_kind


def _is_place(text: str) -> bool:
    if names_a_place(text):
        return True
    if is_prose(text) or not is_name(text):
        return False
    before, _, country = split_country(text)
    return (country is not None and bool(before.strip())) or (has_thai(text) and " " not in text)


# Shorter texts that do not end like a sentence are none.
_MAY_BE_PROSE = 60


_ENDS = frozenset(".!?\"'”’")


# What the entries of a list are, and the lines under them.
_KINDS = {
    "pairs": ("row", "prose"),
    "organizations": ("organization", "description"),
    "prose": ("prose", "prose"),
    "unknown": ("unknown", "unknown"),
}
