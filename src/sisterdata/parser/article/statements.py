"""What a sentence says of a tie: who is tied with whom, when, and in which words.

A sentence becomes a row of chunks, each with a kind of one letter, and the forms of a statement
are patterns over these letters: "A and B signed an agreement" is ``P&PAI``.

====  ==========================================================================================
P     a place, with the region and country printed behind it
O, K  a body or a person; a country: parties that are no places
A     signed, established: what was done
S, M  became, is; has
T, I  the tie: "sister city"; the instrument: "memorandum"
W, B  with, between;  Y: by;  Q: a possessive;  C: "namely", a colon or "include"
D     a date
U, E  what makes a tie uncertain (plans, denials) or ended;  R: a renewal;  L: a deal
&,;   and, comma, semicolon
x     any other word
====  ==========================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a sentence: its kind, its text and where it stands.

    `sure` says that the words mark it as a place ("Busan City", "the mayor of Busan").
    """

    kind: str
    text: str
    start: int
    end: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties as printed, and the number of the date of their tie among the sentence's."""

    first: str
    second: str
    date: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a sentence says of a tie: its pairs and what was signed; or why no pair is certain.

    `unsure` are parties of which nothing says that they are places. `vague` says that the doubt
    is in the words, which may speak of a pair that another sentence states. `dated` says that
    something was done, so that the report's date is that of the tie.
    """

    pairs: tuple[Pair, ...] = ()
    said: str = ""
    unsure: tuple[str, ...] = ()
    doubt: str | None = None
    vague: bool = False
    dated: bool = False


Parties = tuple[list[tuple[str, bool, int | None]], str | None]
ReadParties = Callable[[list[Chunk], bool], Parties]


def read_statement(
    chunks: list[Chunk], forms: tuple[re.Pattern[str], ...], statement: str, parties: ReadParties
) -> Agreement | None:
    """The tie that the chunks of a statement tell of; None where they tell of none.

    `parties` reads a list of names: each name, whether it is surely a place, the number of its
    date; and why they are not certain, if so.
    """
    kinds = "".join(chunk.kind for chunk in chunks)
    if not _OF_A_TIE.search(kinds):
        return None
    found = next(filter(None, (form.search(kinds) for form in forms)), None)
    doubt = _doubt(kinds, len(kinds) if found is None else found.end())
    if found is None:
        told = re.search("[POK].*[POK]|[AE]|S+T|[TZ].*W[POK]", kinds)
        if not told:
            return None
        why = doubt or "it does not say certainly who is tied"
        return Agreement(doubt=why, vague=doubt is None)
    if doubt is not None:
        return Agreement(doubt=doubt)
    return _paired(found, chunks, statement, parties)


# The words of a tie, an instrument that was signed, or one with a place that is planned.
_OF_A_TIE = re.compile("[TZ]|I.*A|A.*I|U.*I.*WP|I.*WP.*U")


def _doubt(kinds: str, end: int) -> str | None:
    """Why a tie is none, or none any more; what is behind the statement does not count."""
    if "E" in kinds:
        return "it tells of a tie that ended, or never was"
    if "U" in kinds[:end]:
        return (
            "it does not say certainly that there is a tie: "
            "it may be planned, denied or on a condition"
        )
    if "R" in kinds[:end]:
        return "it tells of a tie that was there before; it does not say certainly since when"
    if "L" in kinds[:end] and "T" not in kinds:
        return "what was signed is no tie of places"
    return None


def _paired(
    found: re.Match[str], chunks: list[Chunk], statement: str, read: ReadParties
) -> Agreement:
    groups = found.groupdict()
    second = groups.get("b") is not None
    ours, doubt = read(chunks[slice(*found.span("a"))], second)
    theirs, other = read(chunks[slice(*found.span("b"))], True) if second else ([], None)
    doubt = doubt or other or _not_a_place(chunks[found.start() : found.end()])
    if doubt is None and _GOES_ON.match(found.string, found.end()):
        doubt = "it goes on with a further party"
    if doubt is not None:
        return Agreement(doubt=doubt)
    return _with_pairs(found, chunks, statement, ours, theirs)


def _with_pairs(
    found: re.Match[str],
    chunks: list[Chunk],
    statement: str,
    ours: list[tuple[str, bool, int | None]],
    theirs: list[tuple[str, bool, int | None]],
) -> Agreement:
    if theirs and (len(ours) == 1 or len(theirs) == 1):
        tied = [(one, other) for one in ours for other in theirs]
    elif theirs and len(ours) == len(theirs) and re.search(r"\brespectively\b|ตามลำดับ", statement):
        tied = list(zip(ours, theirs, strict=True))
    elif theirs:
        return Agreement(doubt="it does not say which party is tied with which")
    elif len(ours) == 2:
        tied = [(ours[0], ours[1])]
    elif len(ours) > 2 and _all_together(statement, len(ours)):
        tied = [(one, other) for at, one in enumerate(ours) for other in ours[at + 1 :]]
    elif len(ours) > 2:
        return Agreement(
            doubt=f"it names several parties: {len(ours)} parties, and not which is tied with which"
        )
    else:
        return Agreement(doubt=f"it names {ours[0][0]}, and nobody else as a party")
    dates = _dates(chunks, found)
    pairs = tuple(
        Pair(one[0], other[0], dates.get(other[2], dates.get(None))) for one, other in tied
    )
    kinds = found.string
    sure = "T" in kinds or "Z" in kinds
    unsure = () if sure else tuple(name for name, known, _ in (*ours, *theirs) if not known)
    done = "A" in kinds or any(chunk.text.startswith("bec") for chunk in chunks)
    return Agreement(pairs, _said(found, chunks, statement), unsure, dated=done)


def _dates(chunks: list[Chunk], found: re.Match[str]) -> dict[int | None, int]:
    """The date of each place that has one of its own, by where the place ends; None: the rest's."""
    dates = [chunk for chunk in chunks if chunk.kind == "D"]
    own: dict[int | None, int] = {}
    for before, chunk in pairwise(chunks):
        if chunk.kind == "D" and before.kind == "P":
            own[before.end] = dates.index(chunk)
    if len(own) < 2:
        own = {}
    if dates:
        last = chunks[found.end() - 1].end
        near = [n for n, date in enumerate(dates) if date.start <= last]
        own[None] = near[-1] if len(near) == 1 or own else 0
    return own


def _all_together(statement: str, count: int) -> bool:
    words = {
        3: r"trilateral|three[- ]way|tripartite|(?:all|the) three|ทั้งสาม|สามฝ่าย|ไตรภาคี",
        4: r"four-way|(?:all|the) four|ทั้งสี่|สี่ฝ่าย",
    }
    return count in words and re.search(words[count], statement, re.I) is not None


def _not_a_place(chunks: list[Chunk]) -> str | None:
    for chunk in chunks:
        if chunk.kind == "O":
            return f"{chunk.text} is a body or a company, or a person"
        if chunk.kind == "K":
            return f"{chunk.text} is a country"
    return None


def _said(found: re.Match[str], chunks: list[Chunk], statement: str) -> str:
    """The words that say what was done: they give the stage and the instrument."""
    inside = [chunks[at] for at in range(*found.span()) if chunks[at].kind in "AITZ"]
    behind = found.end()
    while inside and behind < len(chunks) and chunks[behind].kind in "IT":
        inside.append(chunks[behind])
        behind += 1
    if not inside or "B" in found[0]:  # "the signing of ... between": said before or behind
        inside = [chunk for chunk in chunks if chunk.kind in "AIT"]
    if not inside:
        return ""
    acts = [chunk for chunk in inside if chunk.kind == "A"]
    start = min(chunk.start for chunk in acts[:1] + inside[:1])
    end = max(chunk.end for chunk in inside)
    if statement.startswith(")", end) and "(" in statement[start:end]:
        end += 1
    topic = _TOPIC.match(statement, end)
    if topic is not None:
        end = topic.end()
    parts = found.groupdict().keys()
    text = statement[start:end]
    for group in parts:
        low, high = found.span(group)
        if low < 0 or not chunks[low].start < end or not chunks[high - 1].end > start:
            continue
        text = statement[start : chunks[low].start] + " " + statement[chunks[high - 1].end : end]
    return " ".join(_EDGES.sub(" ", text).split()).strip(" ,.;:(")[:_LONGEST_SAID]


# "on Port Security", where "with" comes behind it.
_TOPIC = re.compile(r" (?:on|for) (?!)[^,.;]{3,80}?(?= with\b)")
_LONGEST_SAID = 200
_EDGES = re.compile(
    "(?:,? ?(?:on|in|since|from|เมื่อ|วันที่|เมื่อวันที่|ใน)?\\s?\\(?\ue000\\)?)"
    r"|\b(?:with|between|by|of|to)\s*$|(?:ระหว่าง|ร่วมกับ|กับ)\s*$"
)
_GOES_ON = re.compile(r"[Dx]{0,3},?(?:&|,&|(?<=x),)W?[POK](?![^;]*[ASZ])")
