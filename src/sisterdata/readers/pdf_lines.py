"""Put the characters of a PDF page together into lines, by position."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from sisterdata.places.type_words import type_words
from sisterdata.text.thai_marks import is_thai_mark

_WORD_GAP = 0.22  # times the font size: a wider gap is a space
# How pdfminer writes a glyph without a known character.
_UNKNOWN = re.compile(r"\(cid:\d+\)|[\x00-\x08\x0e-\x1f]")

_THAI_END = re.compile(r"[\u0e01-\u0e5b\uf700-\uf71a]$")
_THAI_START = re.compile(r"[\u0e01-\u0e5b\uf700-\uf71a]")


@dataclass(frozen=True, slots=True)
class Segment:
    """One or more words of a line: the left and right edge, and whether a space follows."""

    left: float
    right: float
    text: str
    space_behind: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: the position of its baseline, its font size, and its words."""

    y: float
    size: float
    words: tuple[Segment, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    def has_gap(self, size: float) -> bool:
        """Whether there is a gap between words wider than `size` times the font size."""
        least = size * self.size
        return any(b.left - a.right > least for a, b in pairwise(self.words))


def lines_of(characters: Sequence[dict[str, Any]]) -> list[Line]:
    """Put characters together into lines, from top to bottom.

    A mark stays with the letter that was drawn before it.
    """
    glyphs = _glyphs(characters)
    glyphs.sort(key=lambda glyph: glyph[0])
    lines: list[Line] = []
    start = 0
    for at in range(1, len(glyphs) + 1):
        if at == len(glyphs) or glyphs[at][0] - glyphs[start][0] > 0.45 * glyphs[start][3]:
            line = _line(sorted(glyphs[start:at], key=lambda glyph: glyph[1]))
            if line is not None:
                lines.append(line)
            start = at
    return lines


def join_lines(lines: Sequence[Line]) -> str:
    """The lines of a cell as one text."""
    text, space = "", False
    for line in lines:
        text = join_pieces(text, line.text, space=space)
        space = line.words[-1].space_behind
    return text


def join_pieces(before: str, after: str, *, space: bool = False) -> str:
    """Join two lines of a cell; a Thai word that was broken over them becomes whole.

    >>> join_pieces("เมืองคุน", "หมิง"), join_pieces("เมืองคุนหมิง", "มณฑลยูนนาน")
    ('เมืองคุนหมิง', 'เมืองคุนหมิง มณฑลยูนนาน')
    >>> join_pieces("Saint-", "Étienne"), join_pieces("New", "York")
    ('Saint-Étienne', 'New York')
    """
    if not before or not after:
        return before or after
    if before.endswith("-") and len(before) > 1 and before[-2].isalpha():
        return before + after
    broken = _THAI_END.search(before) and _THAI_START.match(after)
    if broken and not space and not _unit_words().match(after):
        return before + after
    return f"{before} {after}"


@cache
def _unit_words() -> re.Pattern[str]:
    """Type words, which begin a new unit instead of continuing a name: mueang, changwat ..."""
    words = {line.word for line in type_words() if line.position == "before"}
    words |= {"จังหวัด", "ประเทศ", "ราชอาณาจักร", "สหพันธ", "สหภาพ", "สหรัฐ"}
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


_Glyph = tuple[float, float, float, float, str]  # baseline, left, right, size, text


def _glyphs(characters: Sequence[dict[str, Any]]) -> list[_Glyph]:
    glyphs: list[_Glyph] = []
    for character in characters:
        text = _UNKNOWN.sub("\ufffd", character["text"])
        if not text or not character.get("upright", True):
            continue
        size = float(character["size"]) or 1.0
        baseline = float(character["bottom"])
        left, right = float(character["x0"]), float(character["x1"])
        if glyphs and all(map(is_thai_mark, text)):
            base = glyphs[-1]
            if abs(base[0] - baseline) < 0.6 * size and -size < left - base[2] < 0.6 * size:
                glyphs[-1] = (*base[:2], max(base[2], right), base[3], base[4] + text)
                continue
        glyphs.append((baseline, left, right, size, text))
    return glyphs


def _line(glyphs: list[_Glyph]) -> Line | None:
    """One line from its glyphs, from left to right."""
    size = max((glyph[3] for glyph in glyphs if not glyph[4].isspace()), default=0.0)
    words: list[Segment] = []
    text, left, right = "", 0.0, 0.0
    for _, x0, x1, _, letters in glyphs:
        is_space = letters.isspace()
        if text and (is_space or x0 - right > _WORD_GAP * size):
            words.append(Segment(left, right, text, is_space))
            text = ""
        if is_space:
            continue
        left = left if text else x0
        text += letters
        right = max(x1, x0)
    if text:
        words.append(Segment(left, right, text))
    return Line(glyphs[0][0], size, tuple(words)) if words else None
