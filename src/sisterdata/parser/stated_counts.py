"""The counts that a document states about itself: "65 คู่ 30 จังหวัด", "22 cities in 15 countries"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sisterdata.parser.document import Document
from sisterdata.text.dates import western_digits
from sisterdata.text.repair import repair

# What is counted -> how it is written (English and Thai), singular and plural.
SUBJECTS = {
    "pairs": "pairs?|คู่",
    "provinces": "provinces?|จังหวัด",
    "cities": "(?:sister[- ]?)?cit(?:y|ies)|เมือง",
    "towns": "towns?",
    "countries": "countr(?:y|ies)|nations|ประเทศ",
    "states": "states",
    "prefectures": "prefectures?",
    "municipalities": "municipalit(?:y|ies)|เทศบาล",
    "organizations": "organi[sz]ations?|องค์กร|องค์การ",
    "networks": "networks?|เครือข่าย",
    "embassies": "embass(?:y|ies)|สถานเอกอัครราชทูต|สถานทูต",
    "consulates": "consulates?|สถานกงสุล",
    "agreements": "agreements?|ฉบับ",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """One count: what is counted, how many, and in which words."""

    subject: str
    claimed: int
    verbatim: str


def find_claims(text: str) -> Iterator[Claim]:
    """Every count in a text, after repair; counts joined in one phrase share its words.

    >>> [(c.subject, c.claimed, c.verbatim) for c in find_claims("with 21 cities in 15 countries.")]
    [('cities', 21, '21 cities in 15 countries'), ('countries', 15, '21 cities in 15 countries')]
    >>> [(c.subject, c.claimed) for c in find_claims("ลงนามแล้ว ๖๕ คู่ ๓๐ จังหวัด")]
    [('pairs', 65), ('provinces', 30)]
    """
    if not _DIGIT.search(text):
        return
    text = repair(text).text
    plain = western_digits(text)
    for phrase in _PHRASE.finditer(plain):
        for count in _COUNT.finditer(phrase[0]):
            subject = next(name for name in SUBJECTS if count[name])
            yield Claim(
                subject,
                int(count["number"].replace(",", "")),
                text[phrase.start() : phrase.end()],
            )


def claims_of(line: int, section: str | None, text: str) -> list[dict[str, Any]]:
    """A line's counts as records of the frame `claims`."""
    return [
        {
            "line": line,
            "section": section,
            "subject": claim.subject,
            "claimed": claim.claimed,
            "verbatim": claim.verbatim,
        }
        for claim in find_claims(text)
    ]


def unprinted_claims(described: Iterable[str], document: Document) -> list[str]:
    """The claims of a description that are not in the document itself.

    A claim with counts is compared by its counts alone; any other must be printed word for word.
    """
    counted = set(document.claims[["subject", "claimed"]].itertuples(index=False, name=None))
    absent = []
    for claim in described:
        counts = {(found.subject, found.claimed) for found in find_claims(claim)}
        if not (counts <= counted if counts else _prints(document, claim)):
            absent.append(claim)
    return absent


def _prints(document: Document, words: str) -> bool:
    printed = " ".join(repair(line).text for line in document.lines["text"])
    return repair(words).text in printed


def without_claims(heading: str) -> str:
    """A heading after repair, without its counts and without brackets that had only a count.

    >>> without_claims("อยู่ระหว่างดำเนินการ (On process: OP) 65 คู่ 30 จังหวัด")
    'อยู่ระหว่างดำเนินการ (On process: OP)'
    >>> without_claims("22 Sister Cities of Bangkok"), without_claims("Sister Cities (22 cities)")
    ('Sister Cities of Bangkok', 'Sister Cities')
    """
    heading = repair(heading).text
    if not _DIGIT.search(heading):
        return _tidy(heading)
    plain = western_digits(heading)
    kept, end = "", 0
    for phrase in _PHRASE.finditer(plain):
        kept += heading[end : phrase.start()]
        # "22 Sister Cities of Bangkok": only the number is a count, the noun is kept.
        first = _COUNT.match(plain, phrase.start())
        if first is not None and not kept.strip() and first[0].isascii():
            kept += heading[first.end("number") : first.end()]
        end = phrase.end()
    return _tidy(kept + heading[end:])


def _tidy(heading: str) -> str:
    return _SPACES.sub(" ", _EMPTY_BRACKETS.sub("", heading)).strip(_EDGE)


_DIGIT = re.compile(r"\d")
_SPACES = re.compile(r"\s{2,}")

_EMPTY_BRACKETS = re.compile(r"[(\[]\s*[)\]]")
_EDGE = " \t\u00a0\u200b:-–;,#"


def _count(subjects: str) -> str:
    # A number, at most three words ("22 Sister Cities", "7 international organizations"), and
    # what is counted. An ordinal, a year or a part of a longer number is not a count.
    return (
        r"(?<![\d.,/:+-])(?!(?:19|20|25)\d\d(?!\d))(?P<number>\d{1,3}(?:,?\d{3})?)(?!\d|[.,:/+-]\d|(?:st|nd|rd|th)\b)\s{0,3}"
        rf"(?:[A-Za-z][A-Za-z-]{{0,20}}\s{{1,3}}){{0,3}}?(?:{subjects})(?![A-Za-z])"
    )


_COUNT = re.compile(
    _count("|".join(f"(?P<{name}>{form})" for name, form in SUBJECTS.items())), re.I
)
_ANY_COUNT = _count("|".join(SUBJECTS.values())).replace("?P<number>", "?:")
_JOINED = r"(?:\s{0,3}(?:in|of|from|and|,|/|ใน|จาก)?\s{0,3}"
_PHRASE = re.compile(f"{_ANY_COUNT}{_JOINED}{_ANY_COUNT}){{0,3}}", re.I)
