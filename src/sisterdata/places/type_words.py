"""The words that say what kind of unit a place is: `curated/type_words.csv`.

A word comes `before` the name (Thai), `behind` it or before it with "of" (English), as a `prefix`
word (tỉnh), a hyphened `suffix` (-ken), `glued` to it (市) or set off by a `hyphen` or a blank
(Japanese words in Thai script). `levels` are those it is used for, the usual one first. A line
with countries applies only if one of them is printed or given.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

PATH = Path(__file__).resolve().parent.parent / "curated" / "type_words.csv"


@dataclass(frozen=True, slots=True)
class TypeWord:
    """One line of the file."""

    word: str
    position: str
    levels: tuple[str, ...]
    countries: tuple[str, ...]
    means: tuple[str, ...]


@lru_cache(maxsize=1)
def type_words() -> tuple[TypeWord, ...]:
    """All lines of the file, the longest words first."""
    with PATH.open(encoding="utf-8", newline="") as lines:
        rows = [
            TypeWord(
                row["word"],
                row["position"],
                tuple(row["levels"].split()),
                tuple(row["countries"].split()),
                tuple(row["means"].split()),
            )
            for row in csv.DictReader(lines)
        ]
    return tuple(sorted(rows, key=lambda line: (-len(line.word), line.word)))


@lru_cache(maxsize=256)
def levels_of(word: str, countries: tuple[str, ...]) -> tuple[str, ...]:
    """The levels that a word is used for, in these countries or anywhere.

    >>> levels_of("แขวง", ("LA",)), levels_of("แขวง", ("TH",)), levels_of("county", ())
    (('admin1',), ('subdistrict',), ('district', 'admin1'))
    """
    lines = [line for line in type_words() if line.word == word]
    here = [line for line in lines if len(countries) == 1 and countries[0] in line.countries]
    anywhere = [line for line in lines if not line.countries]
    return next((line.levels for line in (*here, *anywhere)), ())


@lru_cache(maxsize=64)
def meanings(word: str) -> frozenset[str]:
    """The English words for a Thai type word; empty if the file gives none."""
    return frozenset(means for line in type_words() if line.word == word for means in line.means)


@lru_cache(maxsize=1)
def thai_before() -> re.Pattern[str]:
    """The Thai type words that come before a name, the longest first."""
    words = dict.fromkeys(line.word for line in type_words() if line.position == "before")
    return re.compile("|".join(map(re.escape, words)))


@lru_cache(maxsize=1)
def english() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """English words before a name ("City of X") and behind it ("X City")."""
    words = "|".join(re.escape(line.word) for line in type_words() if "behind" in line.position)
    before = re.compile(rf"^(?:the )?(?P<word>{words}) of (?:the )?(?P<name>.+)$", re.I)
    behind = re.compile(rf"^(?P<name>.+?)[ -]+(?P<word>{words})$", re.I)
    return before, behind


@lru_cache(maxsize=256)
def local_words(countries: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """The type words in the countries' own languages, in each of their positions."""
    shapes = {
        "prefix": "^(?P<word>{})[ .]*(?P<name>[^ .].+)$",
        "suffix": "^(?P<name>.+?)-(?P<word>{})$",
        "hyphen": "^(?P<name>.+?)[- ](?P<word>{})$",
        "glued": "^(?P<name>..+?)(?P<word>{})$",
    }
    patterns = []
    for position, shape in shapes.items():
        words = [
            re.escape(line.word) + (r"(?![a-zà-ỹ])" if line.word[-1].isalpha() else "")
            if position == "prefix" and line.word[0] < "\u0e00"
            else re.escape(line.word)
            for line in type_words()
            if line.position == position
            and (not line.countries or set(line.countries) & set(countries))
        ]
        if words:
            patterns.append(re.compile(shape.format("|".join(words)), re.I))
    return tuple(patterns)
