"""Write out the automatic numbers of Word: 1., a), iv., ๑., ก., and bullets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How a level of a list is numbered: ECMA-376's `numFmt`, `lvlText` and `start`."""

    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and the last number of each."""

    lists: Mapping[str, Mapping[int, Level]]
    styles: Mapping[str, tuple[str, int]]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, paragraph: Any) -> str:
        """The number or bullet of a paragraph and a space; "" if it has none."""
        found = self._list_of(paragraph)
        if found is None or found[0] in (None, "0"):
            return ""
        number, depth = found
        levels = self.lists.get(number, {})
        level = levels.get(depth)
        if level is None or level.form == "none":
            return ""
        counts = self.counts.setdefault(number, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        if level.form == "bullet":
            return "• "

        def counted(part: re.Match[str]) -> str:
            at = int(part[1]) - 1
            inner = levels.get(at)
            count = counts.get(at, 1 if inner is None else inner.start)
            return written(count, "decimal" if inner is None else inner.form)

        label = re.sub(r"%([1-9])", counted, level.text)
        return f"{label} " if label else ""

    def _list_of(self, paragraph: Any) -> tuple[str, int] | None:
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        of_style = None if style is None else self.styles.get(style.get(f"{_W}val") or "")
        if properties is None:
            return of_style
        number, level = properties.find(f"{_W}numId"), properties.find(f"{_W}ilvl")
        depth = 0 if level is None else int(level.get(f"{_W}val") or 0)
        if number is None:
            return None if of_style is None else (of_style[0], depth)
        return number.get(f"{_W}val"), depth


def written(number: int, form: str) -> str:
    """A number in one of Word's formats; in digits if the format is unknown.

    >>> [written(4, form) for form in ("decimal", "lowerRoman", "upperLetter", "thaiNumbers")]
    ['4', 'iv', 'D', '๔']
    >>> written(4, "thaiLetters"), written(28, "lowerLetter"), written(4, "decimalZero")
    ('ง', 'bb', '04')
    """
    if number < 1 or number > 100_000:
        return str(number)
    if form in ("thaiNumbers", "thaiCounting"):
        return str(number).translate({ord("0") + n: 0x0E50 + n for n in range(10)})
    if form == "decimalZero":
        return f"{number:02}"
    if form == "thaiLetters":
        return _letters(number, _THAI_LETTERS)
    text = str(number)
    if form.endswith("Letter"):
        text = _letters(number, "abcdefghijklmnopqrstuvwxyz")
    elif form.endswith("Roman") and number < 4000:
        text = ""
        for value, sign in _ROMAN:
            text += sign * (number // value)
            number %= value
    return text.upper() if form.startswith("upper") else text


def _letters(number: int, letters: str) -> str:
    rounds, at = divmod(number - 1, len(letters))
    return letters[at] * min(rounds + 1, 20)
