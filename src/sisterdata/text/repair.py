"""What is done to printed text before anything is compared: Unicode repair, digits, years, dates.

Nothing here changes what a document says: `repair` mends how it was typed and names each step,
`foreign_letters` only points at what it cannot mend, and `year` and `reduced_date` answer None
rather than guess.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repaired:
    """A mended text and the names of the steps that changed something, in order."""

    text: str
    changes: tuple[str, ...] = ()


def repair(text: str) -> Repaired:
    r"""Mend how a text was typed, without changing what it says.

    The steps, each named in `changes` only where it did something: ``control characters`` and
    ``invisible characters`` (byte order mark, zero-width and direction marks, soft hyphen) are
    taken out; ``odd spaces`` (no-break, ideographic, tab, line break ...) become plain ones and
    ``repeated spaces`` one, with none at the ends; ``NFC`` composes (never NFKC, which would
    split U+0E33); ``sara e twice`` becomes sara ae; ``misordered marks``, ``doubled marks`` and
    ``decomposed sara am`` put the vowels and tones of a Thai syllable into the order of
    WTT 2.0 (the Thai API Consortium's input rules: vowel, then tone, then sara am).

    Repairing twice is repairing once, and the time is linear in the text.

    >>> repair("น\u0e4d\u0e49าตก")
    Repaired(text='น้ำตก', changes=('decomposed sara am',))
    >>> repair("เมืองซ็องนัม").changes
    ()
    """
    if text.isascii() and text.isprintable() and "  " not in text and text.strip() == text:
        return Repaired(text)
    changes: list[str] = []
    for name, step in _STEPS:
        mended = step(text)
        if mended != text:
            changes.append(name)
            text = mended
    text, thai = _order_marks(text)
    return Repaired(text, (*changes, *thai))


def is_blank(text: str) -> bool:
    r"""Is there nothing to see: only white space and invisible characters?

    >>> is_blank(" \u00a0\u200b"), is_blank("-")
    (True, False)
    """
    return not text.strip() or not _INVISIBLE.sub("", text).strip()


_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
# Zero-width (non-)joiners carry meaning between letters of the joining and Indic scripts.
_INVISIBLE = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    r"|[\u200c\u200d](?![\u0600-\u0dff\u0e80-\u109f\u1780-\u17ff])"
)
_ODD_SPACE = re.compile(
    r"[\t\n\x0b\x0c\r\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_WORD = re.compile(r"[^ ]+")
# A longer word is left as it is: composing sorts runs of combining marks by insertion, so a
# hostile run would take quadratic time. No name is as long.
_LONGEST_WORD = 256


def _compose(text: str) -> str:
    if unicodedata.is_normalized("NFC", text):
        return text
    return _WORD.sub(
        lambda word: (
            unicodedata.normalize("NFC", word[0]) if len(word[0]) <= _LONGEST_WORD else word[0]
        ),
        text,
    )


def _single_spaces(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ")


_SPACES = re.compile(" {2,}")
_STEPS = (
    ("control characters", lambda text: _CONTROL.sub("", text)),
    ("invisible characters", lambda text: _INVISIBLE.sub("", text)),
    ("odd spaces", lambda text: _ODD_SPACE.sub(" ", text)),
    ("repeated spaces", _single_spaces),
    ("NFC", _compose),
    ("sara e twice", lambda text: text.replace("เเ", "แ")),
)

_SARA_AA, _SARA_AM, _NIKHAHIT = "\u0e32", "\u0e33", "\u0e4d"
# The order of marks within a syllable: below, above, tone, the rest.
_MARK_ORDER = {
    mark: place
    for place, marks in enumerate(
        (
            "\u0e3a",
            "\u0e38\u0e39",
            "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47",
            "\u0e48\u0e49\u0e4a\u0e4b",
            "\u0e4c\u0e4d\u0e4e",
        )
    )
    for mark in marks
}
_NO_MARKS = dict.fromkeys(map(ord, _MARK_ORDER))
_SYLLABLE_END = re.compile(f"[{''.join(_MARK_ORDER)}{_SARA_AA}{_SARA_AM}]{{2,}}")


def _order_marks(text: str) -> tuple[str, list[str]]:
    changes = set()

    def ordered(run: re.Match[str]) -> str:
        printed = run[0]
        once = [sign for sign in dict.fromkeys(printed) if sign in _MARK_ORDER]
        if not once:
            return printed
        tail = printed.translate(_NO_MARKS)
        marks = len(printed) - len(tail)
        if len(once) < marks:
            changes.add("doubled marks")
        if _NIKHAHIT in once and _SARA_AA in tail:
            changes.add("decomposed sara am")
            once.remove(_NIKHAHIT)
            tail = tail.replace(_SARA_AA, _SARA_AM, 1)
        kept = sorted(once, key=lambda mark: (_MARK_ORDER[mark], mark))
        if kept != once or printed[:marks].translate(_NO_MARKS):
            changes.add("misordered marks")
        return "".join(kept) + tail

    mended = _SYLLABLE_END.sub(ordered, text)
    return mended, sorted(changes)
