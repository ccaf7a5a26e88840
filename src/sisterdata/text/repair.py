"""Repair how a text was typed or stored, before it is compared.

`repair` never changes what a text says, and it names each step that changed something.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from sisterdata.text.thai_marks import order_marks, repair_pdf_damage


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text and the names of the steps that changed something, in order."""

    text: str
    changes: tuple[str, ...] = ()


def repair(text: str) -> Repaired:
    r"""Repair how a text was typed or stored, without changing what it says.

    Each step is named in `changes` only if it changed something:

    - ``control characters`` and ``invisible characters`` (byte order mark, zero-width and direction
      marks, soft hyphen) are removed;
    - ``odd spaces`` (no-break, ideographic, tab, line break ...) become plain spaces, and
      ``repeated spaces`` one, with none at the ends;
    - ``NFC`` composes letters and marks (never NFKC, which would split U+0E33); - the damage that
    PDFs do to Thai text is undone (see `sisterdata.text.thai_marks.repair_pdf_damage`); - the marks
    of Thai syllables are put in order (see `sisterdata.text.thai_marks.order_marks`).

    Repairing twice gives the same as repairing once. The time grows linearly with the text.

    >>> repair("น\u0e4d\u0e49าตก")
    Repaired(text='น้ำตก', changes=('decomposed sara am',))
    >>> repair("ล าดับ").text
    'ลำดับ'
    >>> repair("เมืองซ็องนัม").changes
    ()
    """
    if text.isascii() and text.isprintable() and "  " not in text and text.strip() == text:
        return Repaired(text)
    # The same line is asked about several times.
    return _repair_short(text) if len(text) <= _SHORT else _repair(text)


_SHORT = 500


def _repair(text: str) -> Repaired:
    changes: dict[str, None] = {}
    for name, step in _STEPS:
        mended = step(text)
        if mended != text:
            changes[name] = None
            text = mended
    if _THAI.search(text) is None:
        return Repaired(text, tuple(changes))
    for _ in range(_ROUNDS):
        text, pdf = repair_pdf_damage(text)
        text, thai = order_marks(_compose(text))
        changes.update(dict.fromkeys((*pdf, *thai)))
        if not pdf and not thai:
            break
    return Repaired(text, tuple(changes))


_repair_short = lru_cache(maxsize=4096)(_repair)


def is_blank(text: str) -> bool:
    r"""Whether a text has only white space and invisible characters.

    >>> is_blank(" \u00a0\u200b"), is_blank("-")
    (True, False)
    """
    text = text.strip()
    if not text:
        return True
    if "!" <= text[0] <= "~" or "\u0e01" <= text[0] <= "\u0e5b":  # the commonest by far
        return False
    return not _INVISIBLE.sub("", text).strip()


# One repair may reveal damage for another step; no real text needs more rounds.
_ROUNDS = 5
_THAI = re.compile("[\u0e01-\u0e5b\uf700-\uf71a\uf884-\uf89e]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
# Zero-width joiners and non-joiners have a meaning in Arabic and Indic scripts.
_INVISIBLE = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    r"|[\u200c\u200d](?![\u0600-\u0dff\u0e80-\u109f\u1780-\u17ff])"
)
_ODD_SPACE = re.compile(
    r"[\t\n\x0b\x0c\r\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
)
_WORD = re.compile(r"[^ ]+")
# Longer words are not composed: NFC takes quadratic time for a long run of combining marks, and no
# name is as long.
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
)
