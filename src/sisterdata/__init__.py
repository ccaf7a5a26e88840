"""Sister-city lists, in Thai and English, as tidy, validated, linked data.

The public names load on first use, so that ``import sisterdata`` stays quick.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # typing's own name, without the time that importing typing takes
if TYPE_CHECKING:
    from sisterdata.checking import check
    from sisterdata.dataset import build, load
    from sisterdata.errors import SisterdataError
    from sisterdata.normalizer.countries import match_countries, match_country
    from sisterdata.normalizer.match import Candidate, Doubt, Match
    from sisterdata.normalizer.normalized import Normalized, normalize
    from sisterdata.normalizer.place_columns import match_places
    from sisterdata.normalizer.places import match_place
    from sisterdata.parser import Document, parse
    from sisterdata.schemas import validate
    from sisterdata.sources import Source

__version__ = "0.1.0"

_HOME = {
    "Candidate": "normalizer.match",
    "Document": "parser",
    "Doubt": "normalizer.match",
    "Match": "normalizer.match",
    "Normalized": "normalizer.normalized",
    "SisterdataError": "errors",
    "Source": "sources",
    "build": "dataset",
    "check": "checking",
    "load": "dataset",
    "match_countries": "normalizer.countries",
    "match_country": "normalizer.countries",
    "match_place": "normalizer.places",
    "match_places": "normalizer.place_columns",
    "normalize": "normalizer.normalized",
    "parse": "parser",
    "validate": "schemas",
}

__all__ = [
    "Candidate",
    "Document",
    "Doubt",
    "Match",
    "Normalized",
    "SisterdataError",
    "Source",
    "__version__",
    "build",
    "check",
    "load",
    "match_countries",
    "match_country",
    "match_place",
    "match_places",
    "normalize",
    "parse",
    "validate",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'sisterdata' has no attribute {name!r}")
    value = getattr(import_module(f"sisterdata.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
