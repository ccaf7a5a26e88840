"""Latin names of the shipped index, misspelt or hidden, beside rapidfuzz on the same names."""

from __future__ import annotations

import hashlib
import random
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from unittest.mock import patch

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.random_edits import one_edit
from sisterdata.gazetteer.index import NameKind, countries, country
from sisterdata.gazetteer.name_lookup import Names, names_of
from sisterdata.places import find_candidates as letters
from sisterdata.places.match import match_place
from sisterdata.text.fold_names import fold
from sisterdata.vocabulary import LEVELS

LATIN_LETTERS = "abcdefghijklmnopqrstuvwxyz"
LATIN_NAMES = 1_000
LATIN_FROM = 15_000  # inhabitants


@dataclass(frozen=True)
class Spelling:
    """A Latin name of an entry as it is asked, and the row of the names that is hidden for it."""

    country: str
    entry: int
    text: str
    hidden: int | None


PRIMARY, ONE_EDIT, TWO_EDITS, HIDDEN = (
    "primary name, as it is",
    "primary name, 1 random edit",
    "primary name, 2 random edits",
    "an alternate name that is hidden",
)


def latin_sets(skip: int = 0) -> dict[str, list[Spelling]]:
    """Names of LATIN_NAMES cities, with their edits, and alternates; `skip` takes other cities."""
    chosen = list(latin_names(skip))
    return {
        PRIMARY: [Spelling(s.country, s.entry, s.text, None) for s, _ in chosen],
        ONE_EDIT: [edited(s, 1) for s, _ in chosen],
        TWO_EDITS: [edited(s, 2) for s, _ in chosen],
        HIDDEN: [s for _, s in chosen if s is not None],
    }


def latin_shares(answers: list[tuple[str, bool]]) -> tuple[float, float]:
    """The shares of right and of wrong answers."""
    return tuple(statistics.mean(a == kind for a, _ in answers) for kind in ("right", "wrong"))


def latin(
    sets: dict[str, list[Spelling]], answered: dict[str, list[tuple[str, bool]]]
) -> Iterator[str]:
    """The section of the page."""
    yield "## Latin script"
    yield ""
    yield (
        f"{len(sets[PRIMARY])} cities of {LATIN_FROM:,} people or more, chosen by a hash of their "
        "id, the country known; an alternate name is hidden in its own entry. rapidfuzz's ratio "
        "takes the nearest of all Latin names of the country, ties to the more populous. Namesakes "
        "of the same name count as right for both."
    )
    yield ""
    yield (
        "| set | names | right % | wrong % | no answer % | first candidate right % "
        "| rapidfuzz right % | its wrong % |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    for name, spellings in sets.items():
        answers = answered[name]
        fuzzy = [latin_baseline(spelling) for spelling in spellings]
        right = [a == "right" for a, _ in answers]
        wrong = [a == "wrong" for a, _ in answers]
        none = [a == "none" for a, _ in answers]
        yield (
            f"| {name} | {len(spellings)} | {percent(right)} | {percent(wrong)} | {percent(none)} "
            f"| {percent([first for _, first in answers])} | {percent(fuzzy)} "
            f"| {percent([not hit for hit in fuzzy])} |"
        )


def latin_names(skip: int) -> Iterator[tuple[Spelling, Spelling | None]]:
    """Cities, each with its primary name and one alternate Latin name, the other one None."""
    listed = []
    for code in countries():
        found = country(code)
        for entry in np.flatnonzero(found.population >= LATIN_FROM).tolist():
            if LEVELS[found.levels[entry]] == "city" and found.names[entry].isascii():
                order = hashlib.sha256(found.ids[entry].encode()).hexdigest()
                listed.append((order, code, entry))
    for order, code, entry in sorted(listed)[skip:][:LATIN_NAMES]:
        found, names = country(code), names_of(code)
        own = fold(found.names[entry])
        alternates = [
            row
            for row in found.name_rows(entry)
            if found.name_kind[row] == NameKind.ALTERNATE
            and names.folded[row].isascii()
            and names.folded[row] != own
            and sum(names.folded[other] == names.folded[row] for other in found.name_rows(entry))
            == 1
        ]
        row = alternates[int(order, 16) % len(alternates)] if alternates else None
        yield (
            Spelling(code, entry, found.names[entry], None),
            Spelling(code, entry, found.name_text[row], row) if row is not None else None,
        )


def percent(hits: list[bool]) -> str:
    return f"{100 * statistics.mean(map(float, hits)):.1f}"


def edited(spelling: Spelling, edits: int) -> Spelling:
    """Letters left out, put in, exchanged or swapped at random."""
    dice = random.Random(f"{spelling.country}{spelling.entry}{edits}")
    text = spelling.text
    for _ in range(edits):
        text = one_edit(text, LATIN_LETTERS, dice)
    return replace(spelling, text=text)


def masked(spelling: Spelling) -> Names:
    names = names_of(spelling.country)
    if spelling.hidden is None:
        return names
    kept = np.arange(len(names.folded)) != spelling.hidden
    return Names(
        [name for row, name in enumerate(names.folded) if row != spelling.hidden],
        names.entry[kept],
        names.kind[kept],
    )


def latin_answer(spelling: Spelling) -> tuple[str, bool]:
    """Whether the answer is right, wrong or none, and whether the first candidate is right."""
    found, hidden = country(spelling.country), masked(spelling)
    known = names_of

    def names(code: str) -> Names:
        return hidden if code == spelling.country else known(code)

    with patch.object(letters, "names_of", names):
        match = match_place(spelling.text, country=spelling.country)
    wanted = same_name(spelling)
    first = bool(match.candidates) and match.candidates[0].id in wanted
    if match.id is None:
        return "none", first
    return "right" if found.ids[
        spelling.entry
    ] == match.id or match.id in wanted else "wrong", first


def same_name(spelling: Spelling) -> set[str]:
    """The ids that go by the entry's primary name: which of them was meant nobody can tell."""
    found, names = country(spelling.country), names_of(spelling.country)
    own = fold(found.names[spelling.entry])
    rows = [row for row, name in enumerate(names.folded) if name == own]
    return {found.ids[spelling.entry], *(found.ids[int(names.entry[row])] for row in rows)}


def latin_baseline(spelling: Spelling) -> bool:
    found, names = country(spelling.country), masked(spelling)
    rows = [row for row, name in enumerate(names.folded) if name[:1].isascii()]
    listed = [names.folded[row] for row in rows]
    near = process.cdist([fold(spelling.text)], listed, scorer=fuzz.ratio)[0]
    tied = {int(names.entry[rows[i]]) for i in np.flatnonzero(near >= near.max() - 1e-6)}
    best = max(tied, key=lambda entry: int(found.population[entry]))
    return found.ids[best] in same_name(spelling)
