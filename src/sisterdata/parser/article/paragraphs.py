"""The paragraphs of an article, and their kinds: title, byline, heading, prose, boilerplate."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sisterdata.parser.line_kinds import (
    LONGEST_SENTENCE,
    is_boilerplate,
    is_byline,
    is_sentence,
)
from sisterdata.text.dates import find_dates, reduced_date, without_dates
from sisterdata.text.repair import is_blank
from sisterdata.text.thai_letters import has_thai


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that make one text, each with its number."""

    lines: tuple[tuple[int, str], ...]

    @property
    def number(self) -> int:
        return self.lines[0][0]

    @property
    def printed(self) -> str:
        return self.lines[0][1]

    @property
    def text(self) -> str:
        if len(self.lines) == 1:
            return self.lines[0][1].strip()
        return " ".join(line.strip() for _, line in self.lines)

    def line_at(self, place: int) -> int:
        """The number of the line that has the character at this position of the text."""
        for number, line in self.lines:
            place -= len(line.strip()) + 1
            if place < 0:
                return number
        return self.lines[-1][0]


def paragraphs_of(text: str) -> Iterator[Paragraph]:
    """The lines of a text; those of prose that a narrow page broke are joined."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not is_blank(line):
            block.append((number, line))
        if block and (is_blank(line) or len(block) == _MOST_LINES):
            yield from _unwrapped(block)
            block = []
    yield from _unwrapped(block)


def kinds_of(paragraphs: list[Paragraph]) -> dict[int, str]:
    kinds: dict[int, str] = {}
    for paragraph in paragraphs:
        kinds.update((number, "prose") for number, _ in paragraph.lines[1:])
        kinds[paragraph.number] = _kind(paragraph.text)
    _name_statements(paragraphs, kinds)
    _name_title(paragraphs, kinds)
    _name_footer(paragraphs, kinds)
    return kinds


def is_prose(words: str) -> bool:
    # Thai prose has few spaces and no full stops, but a date among words is a sign of it.
    words = words[:LONGEST_SENTENCE]
    return len(words) > _SHORTEST_PROSE and (
        is_sentence(words)
        or _is_statement(words)
        or (len(words) > 40 and has_thai(words) and find_dates(words, years=True) != [])
    )


_SHORTEST_PROSE = 3
_MOST_LINES = 200  # of a paragraph


def _unwrapped(block: list[tuple[int, str]]) -> Iterator[Paragraph]:
    run: list[tuple[int, str]] = []
    width = _width([line.strip() for _, line in block])
    for number, line in block:
        if run and not _goes_on(run[-1][1].strip(), line.strip(), width):
            yield from _joined(run)
            run = []
        run.append((number, line))
    yield from _joined(run)


def _width(lines: list[str]) -> int | None:
    """How many characters fit on a line, if the lines are about equally long."""
    width = max(map(len, lines), default=0)
    full = [line for line in lines[:-1] if not _SENTENCE_ENDS.search(line)]
    even = sum(len(line) >= 0.6 * width for line in full) >= 0.8 * len(full)
    broken = any(line[0].islower() for line in lines[1:])
    return width if len(lines) > 2 and even and broken else None


def _goes_on(above: str, line: str, width: int | None) -> bool:
    """Whether a sentence continues on the next line because its next word did not fit.

    Thai has no spaces between words, so it does not show where a line was broken.
    """
    if _SENTENCE_ENDS.search(above) or any(map(_is_furniture, (above, line))):
        return False
    first = line.split(maxsplit=1)[0]
    if has_thai(first):
        return False
    return first[0].islower() or (width is not None and len(above) + 1 + len(first) > width)


def _joined(run: list[tuple[int, str]]) -> Iterator[Paragraph]:
    if run and is_prose(Paragraph(tuple(run)).text):
        yield Paragraph(tuple(run))
    else:
        yield from (Paragraph((line,)) for line in run)


def _is_furniture(words: str) -> bool:
    return is_boilerplate(words) or is_byline(words) or _CAPTION.search(words) is not None


_SENTENCE_ENDS = re.compile(r"[.!?:;]['\"”’)\]]*$")


def _kind(words: str) -> str:
    if not re.search(r"[^\W\d_]", words):
        return "boilerplate" if is_boilerplate(words) else "unknown"
    dated = len(words) <= 50 and reduced_date(words) is not None
    if (dated or is_byline(words)) and not _is_statement(words):
        return "byline"
    if is_boilerplate(words):
        return "boilerplate"
    if _CAPTION.search(words):
        return "caption"
    return "prose" if is_prose(words) else "heading"


def _is_statement(words: str) -> bool:
    """Whether a short line says what happened on a date, and not only when it was written."""
    rest = without_dates(words, years=True)
    if rest == words:
        return False
    if has_thai(rest):
        return len(_THAI_VERB.findall(rest)) > 0
    told = [word for word in _LATIN_WORD.findall(rest) if not _OF_A_BYLINE.fullmatch(word)]
    return len(told) >= 2 and (
        re.search(r"\w[.!?]$", rest.strip()) is not None or PAST.search(" ".join(told)) is not None
    )


_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_OF_A_BYLINE = re.compile(
    r"by|on|at|in|of|the|published|posted|updated|modified|created|written|edited|reported"
    r"|last|news|pm|am",
    re.I,
)
PAST = re.compile(r"\b(?:[a-z]{2,}ed|became|was|were|held|met|took|won|led|sent|gave|made|began)\b")
_THAI_TIE = re.compile("ลงนาม|สถาปนา|(?:เป็น|มี)(?:เมือง|บ้าน|คู่)(?:พี่|คู่|มิตร)")
_THAI_VERB = re.compile("ลงนาม|สถาปนา|เดินทาง|พบ(?:กับ|ปะ|กัน)|จัดงาน|เข้าร่วม|เยือน|หารือ")


def _name_statements(paragraphs: list[Paragraph], kinds: dict[int, str]) -> None:
    """A Thai line that states a tie is prose, unless it is the title."""
    for at, paragraph in enumerate(paragraphs):
        below = kinds[paragraphs[at + 1].number] if at + 1 < len(paragraphs) else ""
        title = at == 0 or below == "byline"
        if kinds[paragraph.number] == "heading" and not title and states_a_tie(paragraph.text):
            kinds[paragraph.number] = "prose"


def states_a_tie(words: str) -> bool:
    """Whether a long Thai line states a tie; a shorter one is a heading."""
    return len(words) > 40 and has_thai(words) and _THAI_TIE.search(words) is not None


def _name_title(paragraphs: list[Paragraph], kinds: dict[int, str]) -> None:
    """The title is the last heading above the byline, or else above the first paragraph."""
    above: list[int] = []
    for paragraph in paragraphs:
        if kinds[paragraph.number] in ("byline", "prose") and above:
            break
        if kinds[paragraph.number] == "heading":
            above.append(paragraph.number)
    if above:
        kinds[above[-1]] = "title"
        # Headings above the title belong to the site, not to the article.
        kinds.update(dict.fromkeys(above[:-1], "boilerplate"))


def _name_footer(paragraphs: list[Paragraph], kinds: dict[int, str]) -> None:
    """Headings below the last paragraph belong to the site: no text follows them."""
    for paragraph in reversed(paragraphs):
        if kinds[paragraph.number] in ("prose", "title", "caption"):
            return
        if kinds[paragraph.number] == "heading":
            kinds[paragraph.number] = "boilerplate"


_CAPTION = re.compile(
    r"\((?:photo|image|picture|file photo|ภาพ)\b.{0,150}\)\s*$|^(?:photo|ภาพ)\s?:", re.I
)
