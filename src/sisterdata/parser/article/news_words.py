"""The words of news about twinning, from `data/news.json`, as compiled patterns."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from sisterdata.text.thai_letters import THAI_LETTERS

CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĆČĎĐĘĚĞİĽŁŃŇŐŘŚŞŠŤŮŰŹŻŽ"
# (?>...) and not *+, which Python before 3.11.5 gets wrong where the group has branches.
_WORD = rf"(?:(?:St|Mt|Ft)\.|[{CAPITAL}](?>(?:[\w'’-]|\.(?=\w))*)(?:(?<=\.[A-Z])\.)?)"
_JOINED = r"(?: (?:of the|of|upon|am|sur|del|de la|de|da|do|la))?"
# A name in Latin letters: "Nakhon Si Thammarat", "St. Petersburg", "Rio de Janeiro".
NAME = rf"{_WORD}(?>(?:{_JOINED} {_WORD})*)"
DATE = "\ue000"  # replaces a date in a statement; the text itself never contains it


_SIGNS = {"DATE": DATE, "NAME": NAME, "CAPITAL": CAPITAL, "LETTERS": THAI_LETTERS}
_NAMED = re.compile("@([A-Za-z_]+)@")


@cache
def words(language: str) -> dict[str, Any]:
    """What `data/news.json` holds of a language, ``english`` or ``thai``."""
    text = (files("sisterdata") / "data" / "news.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)[language]
    return found


@cache
def any_of(language: str, name: str) -> str:
    """The pattern for any word of a list; ``@other@`` in it stands for the list `other`.

    >>> any_of("thai", "between")
    '(?:ระหว่าง)'
    """
    found = words(language)[name]
    if isinstance(found, dict):  # kinds of places, with their ranks
        found = [re.escape(one) for one in sorted(found, key=len, reverse=True)]
    every = [found] if isinstance(found, str) else found
    return f"(?:{'|'.join(_filled(language, one) for one in every)})"


def _filled(language: str, text: str) -> str:
    return _NAMED.sub(lambda one: _SIGNS.get(one[1]) or any_of(language, one[1]), text)


@cache
def pattern(language: str, *lists: str) -> re.Pattern[str]:
    """Any word of some lists: a whole word in English, whatever its case."""
    found = "|".join(any_of(language, name) for name in lists)
    return re.compile(rf"\b(?:{found})\b", re.I) if language == "english" else re.compile(found)


@cache
def chunk_pattern(language: str) -> re.Pattern[str]:
    """One pattern for every kind of chunk, in the order in which they are tried."""
    kinds = words(language)["chunks"].items()
    named = "|".join(f"(?P<{kind}>{_filled(language, form)})" for kind, form in kinds)
    return re.compile(named, re.I if language == "english" else 0)


@cache
def forms(language: str) -> tuple[re.Pattern[str], ...]:
    """The forms of a statement: patterns over the kinds of its chunks."""
    return tuple(re.compile(_filled(language, form)) for form in words(language)["forms"])


def speaks_of_a_tie(text: str) -> bool:
    """Whether a text has a word for a tie or for signing, so that it is worth reading.

    >>> speaks_of_a_tie("They signed a pact."), speaks_of_a_tie("They met in Bonn.")
    (True, False)
    """
    low = text.lower()  # parts of the words are looked for first: that is several times faster
    if not any(stem in low for stem in words("english")["stems"]) and not any(
        stem in text for stem in words("thai")["stems"]
    ):
        return False
    return pattern("english", "twin", "tie", "sign", "instrument").search(text) is not None or (
        pattern("thai", "tie", "instrument", "sign", "establish").search(text) is not None
    )


@cache
def name_pattern() -> re.Pattern[str]:
    """`NAME`, compiled."""
    return re.compile(NAME)
