"""Countries whose names look like a text that no rule can read: suggestions for a person."""

from __future__ import annotations

from functools import lru_cache

from sisterdata.countries.comparison_key import country_key
from sisterdata.countries.index import english_name, home_keys, lookup_known, thai_keys
from sisterdata.countries.typos import extractor
from sisterdata.match_result import Candidate
from sisterdata.text.thai_letters import has_thai

LEAST = 0.7  # of 1, the similarity of a name that is worth suggesting


@lru_cache(4096)
def suggest_countries(text: str, limit: int = 3) -> tuple[Candidate, ...]:
    """The countries whose names are most similar to a text, best first.

    They are suggestions to choose from, never an answer: `match_country` has refused the text.
    Returns an empty tuple if no name is similar.

    >>> [country.name for country in suggest_countries("Hungry")]
    ['Hungary']
    >>> suggest_countries("Atlantis")
    ()
    """
    key = country_key(text)
    if not key:
        return ()
    search, distance = extractor()
    names = thai_keys() if has_thai(key) else home_keys()
    best: dict[str, float] = {}
    for name, apart, _ in search(key, names, scorer=distance, score_cutoff=4, limit=50):
        likeness = 1 - apart / max(len(key), len(name))
        for code in lookup_known(name).codes:
            if likeness >= LEAST:
                best[code] = max(best.get(code, 0.0), likeness)
    ranked = sorted(best, key=lambda code: (-best[code], code))[:limit]
    return tuple(Candidate(code, english_name(code), round(best[code], 3)) for code in ranked)
