"""Writes a romanised word in Thai, syllable by syllable, from a table of letters.

The tables are in `letters.csv` and `words.csv` next to this file.

A line of `words.csv` gives a whole word; one without a Thai form is a word of another language, and
the name that holds it is not spelt.

A line of `letters.csv` gives the Thai form of one part of a syllable:

- `onset`: the consonants before the vowel. Of one with ``+``, only the part behind it takes a vowel
  that Thai writes in front: ``ช+ว`` and ``เ-`` give ``ชเว``.
- `open`, `closed`: a vowel without and with a consonant after it; ``-`` is where the onset goes.
- `inner`: a vowel without a consonant after it, before the last syllable.
- `coda`: the consonant after the vowel.
- `rime`: a vowel and its coda, where the two parts do not give the right spelling.

`variant` names the reading that a line belongs to; a line without one belongs to all.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
_LONGEST = 4  # letters of an onset, a vowel or a coda


@dataclass(frozen=True)
class Letters:
    """One language's table, in one reading."""

    onset: dict[str, str]
    open: dict[str, str]
    inner: dict[str, str]
    closed: dict[str, str]
    coda: dict[str, str]
    rime: dict[str, str]
    words: dict[str, str]


def variants(language: str) -> tuple[Letters, ...]:
    """The tables of a language, the usual reading first."""
    return tuple(table(language, variant) for variant in _variants(language))


def spell(word: str, letters: Letters) -> str | None:
    """One romanised word in Thai letters; None where the table cannot read all of it.

    >>> spell("palembang", table("ms", "taling"))
    'ปาเล็มบัง'
    >>> spell("springfield", table("ms", "taling")) is None
    True
    """
    word = plain(word)
    if word in letters.words:
        return letters.words[word] or None
    syllables = next(_syllables(word, letters), None)
    if syllables is None:
        return None
    last = len(syllables) - 1
    return "".join(_write(*s, letters, inner=i < last) for i, s in enumerate(syllables))


def plain(word: str) -> str:
    """Lower case, without accents and apostrophes.

    >>> plain("Thakhèk"), plain("Yogyakarta’s")
    ('thakhek', 'yogyakartas')
    """
    split = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in split if letter.isalpha() and letter.isascii())


def _syllables(rest: str, letters: Letters) -> Iterator[list[tuple[str, str, str]]]:
    """Ways to cut a word into (onset, vowel, coda), the best first.

    The longest onset and vowel come first, and the shortest coda: a consonant between two vowels
    belongs to the second.
    """
    if not rest:
        yield []
        return
    for onset in _starts(rest, letters.onset):
        after = rest[len(onset) :]
        for vowel in _starts(after, letters.open):
            tail = after[len(vowel) :]
            if vowel[-1:] in ("w", "y") and tail[:1] in tuple("aeiou"):
                continue  # w and y before a vowel begin the next syllable
            for coda in ("", *reversed(_starts(tail, letters.coda))):
                if coda and vowel not in letters.closed and vowel + coda not in letters.rime:
                    continue
                for syllables in _syllables(tail[len(coda) :], letters):
                    yield [(onset, vowel, coda), *syllables]


def _starts(text: str, known: dict[str, str]) -> list[str]:
    """The entries of a table that `text` starts with, the longest first."""
    lengths = range(min(_LONGEST, len(text)), -1, -1)
    return [text[:length] for length in lengths if text[:length] in known]


def _write(onset: str, vowel: str, coda: str, letters: Letters, *, inner: bool) -> str:
    before, _, first = letters.onset[onset].rpartition("+")
    if vowel + coda in letters.rime:
        form, end = letters.rime[vowel + coda], ""
    elif coda:
        form, end = letters.closed[vowel], letters.coda[coda]
    else:
        form, end = letters.open[vowel], ""
        form = letters.inner.get(vowel, form) if inner else form
    return before + form.replace("-", first) + end


@cache
def table(language: str, variant: str) -> Letters:
    """One reading of a language's table."""
    parts: dict[str, dict[str, str]] = {
        part: {} for part in ("onset", "open", "inner", "closed", "coda", "rime")
    }
    for line in _lines("letters.csv"):
        if line["language"] == language and line["variant"] in ("", variant):
            for latin in line["latin"].split("|"):
                parts[line["part"]][latin] = line["thai"]
    words = {
        latin: line["thai"]
        for line in _lines("words.csv")
        if line["language"] == language
        for latin in line["latin"].split("|")
    }
    return Letters(**parts, words=words)


@cache
def _variants(language: str) -> tuple[str, ...]:
    found = (line["variant"] for line in _lines("letters.csv") if line["language"] == language)
    return tuple(dict.fromkeys(variant for variant in found if variant)) or ("",)


@cache
def _lines(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
