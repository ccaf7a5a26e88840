"""How the names of the sets are asked, and the candidates made ready to be searched.

Learning and measuring do both alike.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from sisterdata.places.parse_toponym import Unit, read_toponym
from sisterdata.places.phonetics.search_by_sound import Sounds
from sisterdata.places.phonetics.sound_costs import Costs
from tools.gazetteer.name_sounds import EXONYMS_FROM, sound_columns, sounds
from tools.likeness.labelled_names import Candidate, Query

_LETTERS = "กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวศสหอฮะัาิีึืุูเแโใไ"
_TONES = "่้๊๋"


def unit(query: Query) -> Unit:
    """The name that is asked, and its type word."""
    units = read_toponym(query.text)
    return units[0] if units else Unit(query.text, query.text)


def bare(query: Query) -> str:
    """The name without its type word."""
    return unit(query).name


def noisy(text: str, edits: int, seed: str) -> str:
    """Tones stripped, then letters left out, put in, exchanged or swapped at random.

    >>> noisy("ปักกิ่ง", 0, "")
    'ปักกิง'
    """
    dice = random.Random(seed)  # noqa: S311
    text = "".join(letter for letter in text if letter not in _TONES)
    for _ in range(edits):
        kind, at = dice.randrange(4), dice.randrange(len(text))
        if kind == 0 and len(text) > 2:
            text = text[:at] + text[at + 1 :]
        elif kind == 1:
            text = text[:at] + dice.choice(_LETTERS) + text[at:]
        elif kind == 2:
            text = text[:at] + dice.choice(_LETTERS) + text[at + 1 :]
        else:
            text = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
    return text


def searchable(
    pool: str, candidates: Sequence[Candidate], learned: Costs, *, primary_only: bool = False
) -> Sounds:
    """The sounds of the candidates of a pool, at these costs."""
    country, subdivisions = pool.removeprefix("ISO:"), pool.startswith("ISO:")
    spoken = [
        sounds(
            candidate.names[:1] if primary_only else candidate.names,
            country,
            large=subdivisions or candidate.population >= EXONYMS_FROM,
        )
        for candidate in candidates
    ]
    columns = sound_columns(spoken, learned)
    return Sounds.from_columns(columns, [candidate.population for candidate in candidates])
