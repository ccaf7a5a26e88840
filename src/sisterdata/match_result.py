"""What every matcher answers with."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sisterdata.argument_types import shown
from sisterdata.errors import DataError
from sisterdata.vocabulary import Status

if TYPE_CHECKING:
    from sisterdata.gazetteer.place import Place

_WORDS = Path(__file__).parent / "reporting" / "template" / "words.json"


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
    country
        The English name of the country that is the answer; None for places.

    What is known of the answer follows from its id: `name`, `level`, `country_code` and `place`.

    >>> from sisterdata import match_place
    >>> match = match_place("Bussan", country="KR")
    >>> match.name, match.level, match.country_code, match.place.name_th
    ('Busan', 'admin1', 'KR', 'ปูซาน')
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
    country: str | None = field(default=None, repr=False, compare=False)

    def __bool__(self) -> bool:
        return self.id is not None

    @property
    def place(self) -> Place | None:
        """What the gazetteer knows of the answer; None for a country, and where there is no id."""
        from sisterdata import gazetteer

        return gazetteer.place(self.id) if self.id is not None and ":" in self.id else None

    @property
    def name(self) -> str | None:
        """The English or romanised name of the place or country; None where there is no id."""
        return self.country if (place := self.place) is None else place.name

    @property
    def level(self) -> str | None:
        """The level of the place: ``admin1``, ``prefecture``, ``city``, ``district`` ..."""
        return None if (place := self.place) is None else place.level

    @property
    def country_code(self) -> str | None:
        """The ISO 3166-1 alpha-2 code of the place's country, or of the country itself."""
        return self.id if (place := self.place) is None else place.country_code

    def explain(self, lang: Literal["en", "th"] = "en") -> str:
        """The answer in a few sentences, in English or Thai.

        Raises `DataError` for another language.

        >>> from sisterdata import match_place
        >>> print(match_place("Bussan", country="KR").explain(lang="th"))
        "Bussan" คือ ปูซาน (Busan) รหัส iso3166-2:KR-26
        ผลการจับคู่: อนุมาน ความน่าจะเป็นที่ถูกต้อง 1.00
        ข้อควรตรวจสอบ: สะกดต่างไป
        """
        if not isinstance(lang, str) or lang not in _SENTENCES:
            raise DataError(f"cannot explain in {shown(lang)}", todo="use en or th")
        said = _SENTENCES[lang]
        lines = [said["means"].format(self.verbatim, self._called(lang), self.id)]
        if self.id is None:
            lines = [said["nothing"].format(self.verbatim)]
        score = "" if self.score is None else said["score"].format(self.score)
        lines.append(said["status"].format(_word(f"status_{self.status}", lang)) + score)
        if lang == "en":
            lines.append(f"Why: {self.rule}")
        for doubt in self.doubts:
            word = doubt.message if lang == "en" else _word(f"code_{doubt.code}", lang)
            lines.append(said["doubt"].format(word))
        if self.id is None and self.candidates:
            lines.append(said["candidates"])
            lines += [f"- {c.name} ({c.id}) {c.score:.2f}" for c in self.candidates]
        return "\n".join(lines)

    def _called(self, lang: str) -> str:
        place = self.place
        if lang == "th" and place is not None and place.name_th is not None:
            return f"{place.name_th} ({place.name})"
        return self.name or str(self.id)

    def _repr_html_(self) -> str:
        """The answer as a table, for notebooks."""
        rows = [
            ("name", self.verbatim),
            ("means", f"{self.name} ({self.id})" if self.id else "no match"),
            ("status", self.status if self.score is None else f"{self.status}, {self.score:.2f}"),
            ("why", self.rule),
            *(("doubt", doubt.message) for doubt in self.doubts),
            *(
                ("candidate", f"{c.name} ({c.id}), {c.description or '-'}, {c.score:.2f}")
                for c in self.candidates
                if self.id is None
            ),
        ]
        cells = "".join(
            f"<tr><th>{html.escape(head)}</th><td>{html.escape(text)}</td></tr>"
            for head, text in rows
        )
        return f"<table>{cells}</table>"


_SENTENCES = {
    "en": {
        "means": '"{}" is {} ({}).',
        "nothing": '"{}" has no certain match.',
        "status": "Status: {}",
        "score": ", {:.2f} likely to be right",
        "doubt": "Doubt: {}",
        "candidates": "It may be:",
    },
    "th": {
        "means": '"{}" คือ {} รหัส {}',
        "nothing": '"{}" ยังจับคู่ไม่ได้แน่ชัด',
        "status": "ผลการจับคู่: {}",
        "score": " ความน่าจะเป็นที่ถูกต้อง {:.2f}",
        "doubt": "ข้อควรตรวจสอบ: {}",
        "candidates": "อาจหมายถึง:",
    },
}


@cache
def _words() -> dict[str, dict[str, str]]:
    """The words of the report, in both languages."""
    words: dict[str, dict[str, str]] = json.loads(_WORDS.read_bytes())
    return words


def _word(key: str, lang: str) -> str:
    return _words().get(key, {}).get(lang, key.partition("_")[2])
