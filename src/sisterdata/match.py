"""What every matcher answers with."""

from __future__ import annotations

from dataclasses import dataclass

from sisterdata.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry that a name may mean.

    `score` is in [0, 1]; `description` places the entry for a person
    ("prefecture in Hunan, China").
    """

    id: str
    name: str
    score: float
    description: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing a careful reader should know of a match: an issue code and its message."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Match:
    """The answer to one printed name; truthy only where an id is set.

    verbatim
        The name as it was asked.
    id
        A country code or a place id; None where nothing is certain enough.
    status
        ``exact`` (a name of the standard or the gazetteer), ``alias`` (a curated name),
        ``corrected`` (a curated correction of this source), ``inferred`` (accepted on
        likeness), ``ambiguous`` (several are as likely), ``unmatched`` (none is likely
        enough), ``not_run`` (there was nothing to match).
    score
        How sure the answer is, in [0, 1]; None where nothing was scored.
    rule
        Why, in words.
    candidates
        The likeliest entries, best first.
    doubts
        What the answer leaves open, by issue code.

    >>> bool(Match("Perugia", None, "unmatched", None, "no country has a name like this"))
    False
    """

    verbatim: str
    id: str | None
    status: Status
    score: float | None
    rule: str
    candidates: tuple[Candidate, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def __bool__(self) -> bool:
        return self.id is not None
