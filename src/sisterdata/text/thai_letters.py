"""Detect Thai letters, and letters of other scripts inside Thai words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Letters and marks, as a range for patterns; without the baht sign and the digits.
THAI_LETTERS = "\u0e01-\u0e3a\u0e40-\u0e4e"
_THAI = re.compile(f"[{THAI_LETTERS}]")


def has_thai(text: str) -> bool:
    """Whether a text has a Thai letter or mark.

    >>> has_thai("Bangkok (กทม.)"), has_thai("฿ 500")
    (True, False)
    """
    return _THAI.search(text) is not None


def name_separator(text: str) -> str:
    """What separates names in a text: a comma in Latin script, a space in Thai.

    >>> name_separator("Osaka"), name_separator("โอซากา")
    (', ', ' ')
    """
    return " " if has_thai(text) else ", "


@dataclass(frozen=True, slots=True)
class ForeignLetter:
    """A letter or mark of another script inside a Thai word, and its position."""

    letter: str
    position: int
    script: str


def foreign_letters(text: str) -> tuple[ForeignLetter, ...]:
    """The letters of another script inside Thai words; positions count from 0.

    Whole words in another script are fine, even if no space separates them from Thai: a Latin name
    in brackets, "LOI", "Smart City".

    >>> [(found.letter, found.position, found.script) for found in foreign_letters("กรуง")]
    [('у', 2, 'Cyrillic')]
    >>> foreign_letters("ลงนามLOIแล้ว ด้าน Smart City (เชียงรุ่ง Jinghong)")
    ()
    """
    if text.isascii():
        return ()
    found = []
    for word in _LETTERS.finditer(text):
        if not has_thai(word[0]):
            continue
        for run in _NOT_THAI.finditer(word[0]):
            enclosed = run.start() > 0 and run.end() < len(word[0])
            if not _is_own_word(run[0], enclosed):
                found += [
                    ForeignLetter(letter, word.start() + run.start() + place, _script(letter))
                    for place, letter in enumerate(run[0])
                ]
    return tuple(found)


# Letters and marks of any script. Python's \\w has no marks, so this lists what is not a letter.
_LETTERS = re.compile(
    r"[^\x00-@\[-`{-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    r"\u0e3f\u0e4f-\u0e5b\u2000-\u206f\u2190-\u2bff\u3000-\u3004\u3008-\u3020\ufeff]+"
)
_NOT_THAI = re.compile(f"[^{THAI_LETTERS}]+")


def _is_own_word(run: str, enclosed: bool) -> bool:
    # Latin: an acronym or a longer word; one or two letters among Thai ones are a typing error.
    # Chinese, Japanese and Korean letters are not: a name in its own script may follow Thai text.
    if run.isascii():
        return len(run) >= 4 or (len(run) >= 2 and run[0].isupper())
    return not enclosed and _FAR_EASTERN.fullmatch(run) is not None


_FAR_EASTERN = re.compile("[\u1100-\u11ff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")


def _script(letter: str) -> str:
    return unicodedata.name(letter, "unknown").split()[0].capitalize()
