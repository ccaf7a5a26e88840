"""Repair Thai vowels and tone marks: how PDFs damage them, and how they are mistyped."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

_DATA = Path(__file__).parents[1] / "data" / "thai_private_use.csv"

_CONSONANT = "\u0e01-\u0e2e"
_TONE = "\u0e48-\u0e4b"
_MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"  # above or below a consonant
_FOLLOWING = "\u0e30\u0e32\u0e33\u0e45"  # vowels written behind it
_LEADING = "\u0e40-\u0e44"  # vowels written before it

_IS_MARK = re.compile(f"[{_MARK}]")
_PRIVATE_USE = re.compile("[\uf700-\uf71a\uf884-\uf89e]")

# No Thai word begins with sara aa, so the nikhahit before it became a space. But if single letters
# follow, the text is only spaced out ("ก า ร"), and nothing is lost.
_SPLIT_SARA_AM = re.compile(
    f"([{_CONSONANT}][\u0e38\u0e39]?[{_TONE}]?) ([{_TONE}]?)[\u0e32\u0e33]"
    f"(?! [{_CONSONANT}](?: |$))"
)
# U+FFFD after a consonant was sara am if a letter follows that can follow it. At the end of a word
# it may have been anything, unless the word has nothing else.
_LOST_SARA_AM = re.compile(
    f"([{_CONSONANT}][{_TONE}]?)\ufffd(?:\u0e32|(?=[{_CONSONANT}{_LEADING}]))"
    f"|(?<![{_CONSONANT}{_MARK}{_FOLLOWING}{_LEADING}\ufffd])"
    f"([{_CONSONANT}][{_TONE}]?)\ufffd(?![^\\W\\d_]|[{_MARK}\ufffd])"
)
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_MARK_FIRST = re.compile(
    f"(?<![{_CONSONANT}{_MARK}{_FOLLOWING}{_INVISIBLE}\ufffd])(?<![{_CONSONANT}{_MARK}] )"
    f"([{_MARK}]{{1,3}})([{_CONSONANT}])(?![{_MARK}]{{3}})"
)
_SPACE_BEFORE_MARK = re.compile(f"[{_CONSONANT}] [{_MARK}]")
_DAMAGED = re.compile(
    f"[\uf700-\uf71a\uf884-\uf89e\ufffd]| [{_TONE}\u0e32\u0e33]|{_MARK_FIRST.pattern}"
)


def repair_pdf_damage(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Undo the damage that PDFs do to Thai text, and name the steps that changed something.

    - ``private-use characters``: glyphs of marks that are shifted or lowered (U+F700 to U+F71A,
      and the Macintosh set U+F884 to U+F89E) become the marks;
    - ``lost sara am``: U+FFFD between a consonant and a letter becomes sara am;
    - ``split sara am``: a space and sara aa behind a consonant become sara am;
    - ``marks before their consonant``: they are put behind it.

    >>> repair_pdf_damage("ก าแพงเพชร")
    ('กำแพงเพชร', ('split sara am',))
    >>> repair_pdf_damage("\u0e40\u0e37มอง \u0e1b\u0e31\uf70a\u0e19")
    ('เมือง ปั่น', ('private-use characters', 'marks before their consonant'))
    """
    if not has_pdf_damage(text):
        return text, ()
    changes = []
    for name, step in _PDF_STEPS:
        mended = step(text)
        if mended != text:
            changes.append(name)
            text = mended
    return text, tuple(changes)


def has_pdf_damage(text: str) -> bool:
    """Whether a text may have damage for `repair_pdf_damage`.

    >>> has_pdf_damage("ล าดับ"), has_pdf_damage("ลำดับ")
    (True, False)
    """
    return not text.isascii() and _DAMAGED.search(text) is not None


def is_thai_mark(letter: str) -> bool:
    """Whether a letter is a mark above or below a consonant, or a private-use glyph of one.

    >>> is_thai_mark("่"), is_thai_mark(""), is_thai_mark("ก")
    (True, True, False)
    """
    if _PRIVATE_USE.match(letter):
        letter = _private_use()[ord(letter)]
    return _IS_MARK.match(letter) is not None


def _map_private_use(text: str) -> str:
    return text.translate(_private_use()) if _PRIVATE_USE.search(text) else text


@cache
def _private_use() -> dict[int, str]:
    with _DATA.open(encoding="utf-8", newline="") as file:
        return {int(row["code"][2:], 16): row["character"] for row in csv.DictReader(file)}


def _restore_sara_am(text: str) -> str:
    if "\ufffd" not in text:
        return text
    return _LOST_SARA_AM.sub(lambda found: f"{found[1] or found[2]}\u0e33", text)


_PDF_STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("private-use characters", _map_private_use),
    ("lost sara am", _restore_sara_am),
    ("split sara am", lambda text: _SPLIT_SARA_AM.sub("\\1\\2\u0e33", text)),
    ("marks before their consonant", lambda text: _MARK_FIRST.sub("\\2\\1", text)),
)


# --- typing --------------------------------------------------------------------------------------

# A syllable whose marks are doubled or out of order, or that has lakkhangyao for sara aa.
_SYLLABLE = re.compile(
    f"[{_CONSONANT}][{_MARK}{_FOLLOWING}]{{2,}}|([{_LEADING}])\\1+|[^\u0e24\u0e26\\s]\u0e45"
)
_SUSPECT = re.compile(
    f"[{_TONE}\u0e4c][\u0e31\u0e34-\u0e39\u0e47]|[{_FOLLOWING}][{_TONE}]"
    f"|\u0e4d[{_TONE}]*\u0e32|[{_TONE}]\u0e4d\u0e32|[{_TONE}]{{2}}"
    f"|([{_LEADING}{_FOLLOWING}{_MARK}])\\1|[^\u0e24\u0e26\\s]\u0e45"
)
_LONGEST_SYLLABLE = 32  # a longer run of marks is not a syllable and stays as it is
_LONGEST_WORD = 256


def order_marks(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Order the marks of each Thai syllable, and remove doubled ones.

    PyThaiNLP does the work, and is imported only if there is something to do. The changes are
    ``sara e twice``, ``decomposed sara am``, ``doubled marks``, ``lakkhangyao``, ``space before a
    mark`` and ``misordered marks``.

    >>> order_marks("ก\u0e48\u0e35")
    ('กี่', ('misordered marks',))
    """
    changes: dict[str, None] = {}

    def normalized(found: re.Match[str]) -> str:
        printed = found[0]
        if len(printed) > _LONGEST_SYLLABLE or _SUSPECT.search(printed) is None:
            return printed
        mended, what = _normalize_syllable(printed)
        changes.update(dict.fromkeys(what))
        return mended

    if _SPACE_BEFORE_MARK.search(text):
        joined = _join_marks(text)
        if joined != text:
            changes["space before a mark"] = None
            text = joined
    if _SUSPECT.search(text):
        text = _SYLLABLE.sub(normalized, text)
    return text, tuple(changes)


@lru_cache(4096)
def _normalize_syllable(printed: str) -> tuple[str, tuple[str, ...]]:
    normalize = _pythainlp("normalize")
    mended, before = normalize(printed), printed
    while mended != before:  # one rule may make an earlier one apply again
        before, mended = mended, normalize(mended)
    if mended == printed:
        return mended, ()
    changes = []
    if "\u0e40\u0e40" in printed:
        changes.append("sara e twice")
    if "\u0e45" in printed and "\u0e45" not in mended:
        changes.append("lakkhangyao")
    sara_am = "\u0e4d" in printed and mended.count("\u0e33") > printed.count("\u0e33")
    if sara_am:
        changes.append("decomposed sara am")
    if len(mended) + len(changes) - ("lakkhangyao" in changes) < len(printed):
        changes.append("doubled marks")
    return mended, tuple(changes) or ("misordered marks",)


def _join_marks(text: str) -> str:
    return " ".join(
        _join_piece(piece) if len(piece) <= _LONGEST_WORD and " " in piece else piece
        for piece in re.split(f" (?![{_MARK}])", text)
    )


@lru_cache(4096)
def _join_piece(piece: str) -> str:
    return _pythainlp("remove_spaces_before_marks")(piece)


@cache
def _pythainlp(name: str) -> Callable[[str], str]:
    """A function of PyThaiNLP, imported so that it creates no folder in the home directory."""
    variable = "PYTHAINLP_READ_ONLY"
    before = os.environ.get(variable)
    os.environ[variable] = "1"
    try:
        from pythainlp import util
    finally:
        if before is None:
            del os.environ[variable]
        else:
            os.environ[variable] = before
    function: Callable[[str], str] = getattr(util, name)
    return function
