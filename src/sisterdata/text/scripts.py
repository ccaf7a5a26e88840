"""Thai script told from others, and what follows from it for print."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Letters and marks, for a class in a pattern; the sign of the baht and digits are not among them.
THAI_LETTERS = "\u0e01-\u0e3a\u0e40-\u0e4e"
_THAI = re.compile(f"[{THAI_LETTERS}]")


def has_thai(text: str) -> bool:
    """Is there a Thai letter or mark in a text?

    >>> has_thai("Bangkok (กทม.)"), has_thai("฿ 500")
    (True, False)
    """
    return _THAI.search(text) is not None


def name_separator(text: str) -> str:
    """What parts the names in a text: a comma in Latin script, a blank in Thai.

    >>> name_separator("Osaka"), name_separator("โอซากา")
    (', ', ' ')
    """
    return " " if has_thai(text) else ", "


@dataclass(frozen=True, slots=True)
class ForeignLetter:
    """A letter or mark of another script inside a Thai word, and where it stands."""

    letter: str
    position: int
    script: str


def foreign_letters(text: str) -> tuple[ForeignLetter, ...]:
    """The letters of another script that stand inside a Thai word; `position` counts from 0.

    Words of their own are no concern: a Latin name in brackets, "LOI", "Smart City", also where
    they are set against Thai without a space, as Thai may be.

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


# Letters and marks of any script; Python's \\w leaves marks out, so what is not a letter is named.
_LETTERS = re.compile(
    r"[^\x00-@\[-`{-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    r"\u0e3f\u0e4f-\u0e5b\u2000-\u206f\u2190-\u2bff\u3000-\u3004\u3008-\u3020\ufeff]+"
)
_NOT_THAI = re.compile(f"[^{THAI_LETTERS}]+")


def _is_own_word(run: str, enclosed: bool) -> bool:
    # Latin: an acronym or a word of some length; a letter or two among Thai ones is a slip.
    # Chinese, Japanese and Korean are no slips: a name in its own script may be set against Thai.
    if run.isascii():
        return len(run) >= 4 or (len(run) >= 2 and run[0].isupper())
    return not enclosed and _FAR_EASTERN.fullmatch(run) is not None


_FAR_EASTERN = re.compile("[\u1100-\u11ff\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")


def _script(letter: str) -> str:
    return unicodedata.name(letter, "unknown").split()[0].capitalize()
