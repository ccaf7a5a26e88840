"""Merge two readings of a document: the second layout reads the lines the first leaves."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from sisterdata.countries.match import may_be_country, split_country
from sisterdata.gazetteer import keyed
from sisterdata.parser.article.news_words import name_pattern, speaks_of_a_tie
from sisterdata.parser.article.paragraphs import paragraphs_of
from sisterdata.parser.document import Document, frame_of, issue, unparsed_line
from sisterdata.parser.line_kinds import THAI_PLACE, read_item, sentences
from sisterdata.parser.list.item_text import split_date
from sisterdata.parser.list.parse import parse_list
from sisterdata.parser.list.plain_lines import names_place
from sisterdata.readers import SourceText
from sisterdata.text.thai_letters import has_thai

_UNEXPLAINED = ("unknown", "prose")


def leaves_a_tie(document: Document) -> bool:
    """Whether a line that a layout could not explain mentions a tie or a visit."""
    left = document.lines[document.lines["kind"].isin(_UNEXPLAINED)]
    return any(speaks_of_a_tie(line) or _VISIT.search(line) for line in left["text"])


def unexplained(document: Document, text: SourceText, first_row: int = 0) -> SourceText:
    """The lines that a layout could not explain, each at its own number; the others are blank.

    Prose above the line `first_row` is left out, because it is the title of a table.
    """
    left = document.lines[document.lines["kind"].isin(_UNEXPLAINED)]
    left = left[(left["kind"] == "unknown") | (left["line"] > first_row)]
    lines = [""] * (int(left["line"].iloc[-1]) if len(left) else 0)
    for number, line in zip(left["line"], left["text"], strict=True):
        lines[number - 1] = line
    return replace(text, text="\n".join(lines))


def merged(document: Document, other: Document) -> Document:
    """Both documents in one: `other` gives the lines that it explains."""
    explained = _explained(other)
    lines = document.lines.assign(
        kind=[explained.get(n, kind) for n, kind in zip(
            document.lines["line"], document.lines["kind"], strict=True)],
    )  # fmt: skip
    lines["kind"] = lines["kind"].astype(document.lines["kind"].dtype)
    answered = document.issues["line"].isin(explained) & (
        document.issues["code"] == "unparsed_line"
    )
    added = other.issues[
        other.issues["line"].isin(explained) & (other.issues["code"] != "unparsed_line")
    ]
    return replace(
        document,
        lines=lines,
        rows=_together(document.rows, other.rows),
        organizations=_together(document.organizations, other.organizations),
        claims=_together(document.claims, other.claims[other.claims["line"].isin(explained)]),
        issues=_together(document.issues[~answered], added),
        date=document.date or other.date,
    )


def _explained(other: Document) -> dict[int, str]:
    """The kind of each line that a document explains.

    Of an article these are the lines with rows and doubts, with the rest of their paragraphs.
    """
    rows = dict.fromkeys(other.rows["line"], "row")
    if other.layout != "article":
        kinds = other.lines[~other.lines["kind"].isin((*_UNEXPLAINED, "title", "event"))]
        return dict(zip(kinds["line"], kinds["kind"], strict=True)) | rows
    doubts = other.issues.loc[other.issues["code"] == "pair_not_certain", "line"]
    told = dict.fromkeys(doubts, "prose") | rows
    numbers = dict(zip(other.lines["line"], other.lines["text"], strict=True))
    text = "\n".join(numbers.get(n, "") for n in range(1, max(numbers, default=0) + 1))
    for paragraph in paragraphs_of(text):
        lines = [number for number, _ in paragraph.lines]
        if any(number in told for number in lines):
            told = dict.fromkeys(lines, "prose") | told
    return told


def with_listed_places(article: Document, text: SourceText, home: str | None) -> Document:
    """The article, with the places that it lists outside its sentences.

    If the rows have only one home place, they become its partners, with a doubt. Otherwise each has
    an issue.
    """
    told = set(article.rows["line"]) | set(article.issues["line"])
    lines = article.lines[~article.lines["kind"].isin(("title", "byline", "unknown"))]
    lost = {
        number: line
        for number, line in zip(lines["line"], lines["text"], strict=True)
        if number not in told and _lists_a_place(line)
    }
    if not lost:
        return article
    article = _unparsed(article, lost)
    homes = article.rows["verbatim_place"].dropna().unique()
    only = home or (str(homes[0]) if len(homes) == 1 else None)
    if only is None:
        return article
    listed = parse_list(unexplained(article, text), only)
    first = issue(min(lost), "line", "tie_assumed", None, _TIE_ASSUMED)
    issues = pd.concat([listed.issues, frame_of("issues", [first])], ignore_index=True)
    return merged(article, replace(listed, issues=issues)) if len(listed.rows) else article


def _lists_a_place(line: str) -> bool:
    """Whether a line is an item with the name of a place, or a place with its country."""
    item = read_item(line)
    words = (line if item is None else item.text).strip()
    if not names_place(words):
        return False
    place = split_date(words)[0] or ""
    return item is not None or split_country(place)[2] is not None


def _unparsed(article: Document, lost: dict[int, str]) -> Document:
    kinds = ["unknown" if n in lost else kind for n, kind in zip(
        article.lines["line"], article.lines["kind"], strict=True)]  # fmt: skip
    lines = article.lines.assign(kind=pd.Series(kinds, dtype=article.lines["kind"].dtype))
    why = "it names a place, and no heading says of which list it is"
    found = frame_of("issues", [unparsed_line(n, line, why) for n, line in lost.items()])
    events = article.events[~article.events["line"].isin(lost)].reset_index(drop=True)
    issues = _together(article.issues, found)
    return replace(article, lines=lines, events=events, issues=issues)


_TIE_ASSUMED = "no heading says that these are sister cities of the place in the text"


def _together(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    if not len(second):
        return first.reset_index(drop=True)
    if not len(first):
        return second.reset_index(drop=True)
    both = pd.concat([first, second], ignore_index=True)
    both = both.drop_duplicates() if "claimed" in both else both
    return both.sort_values("line", kind="stable", ignore_index=True)


def with_visits(document: Document) -> Document:
    """The document, with an issue for each sentence outside its list that only reports a visit."""
    prose = document.lines[document.lines["kind"] == "prose"]
    prose = prose[~prose["line"].isin(document.issues["line"])]
    found = [
        issue(line, "line", "pair_not_certain", sentence, _ONLY_A_VISIT)
        for line, text in zip(prose["line"], prose["text"], strict=True)
        for _, sentence in sentences(text)
        if _VISIT.search(sentence) and _names_a_place(sentence)
    ]
    if not found:
        return document
    return replace(document, issues=_together(document.issues, frame_of("issues", found)))


def _names_a_place(sentence: str) -> bool:
    if has_thai(sentence):
        return len(THAI_PLACE.findall(sentence)) > 1
    names = name_pattern().findall(sentence)
    return sum(1 for name in names if may_be_country(name) or keyed(name)) > 1


_ONLY_A_VISIT = "no pair is taken: it tells of a visit or a meeting, not of a tie"
_VISIT = re.compile(
    r"\bvisit|\bdelegation|\bwelcom|\bhosted|\bmet with|\bmeeting|เยือน|ต้อนรับ|หารือ|พบปะ|เข้าพบ|ประชุม",
    re.I,
)
