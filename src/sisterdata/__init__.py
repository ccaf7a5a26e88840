"""Sister-city lists, in Thai and English, as tidy, validated, linked data.

The public names load on first use, so that ``import sisterdata`` stays quick.
"""

from __future__ import annotations

from importlib import import_module

from sisterdata._version import __version__

TYPE_CHECKING = False  # typing's own name, without the time that importing typing takes
if TYPE_CHECKING:
    from sisterdata.countries.columns import match_countries
    from sisterdata.countries.match import match_country
    from sisterdata.dataset.build import build, load
    from sisterdata.dataset.check import check
    from sisterdata.dataset.diff import diff
    from sisterdata.dataset.export import export
    from sisterdata.errors import SisterdataError
    from sisterdata.lists.curate import curate
    from sisterdata.lists.normalize_file import normalize_file
    from sisterdata.match import Candidate, Doubt, Match
    from sisterdata.normalizer.document import Normalized, normalize
    from sisterdata.parser import Document, parse
    from sisterdata.places.columns import match_places
    from sisterdata.places.match import match_place
    from sisterdata.schemas import validate
    from sisterdata.sources import Source

_HOME = {
    "Candidate": "match",
    "Document": "parser",
    "Doubt": "match",
    "Match": "match",
    "Normalized": "normalizer.document",
    "SisterdataError": "errors",
    "Source": "sources",
    "build": "dataset.build",
    "check": "dataset.check",
    "curate": "lists.curate",
    "diff": "dataset.diff",
    "export": "dataset.export",
    "load": "dataset.build",
    "match_countries": "countries.columns",
    "match_country": "countries.match",
    "match_place": "places.match",
    "match_places": "places.columns",
    "normalize": "normalizer.document",
    "normalize_file": "lists.normalize_file",
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
    "curate",
    "diff",
    "export",
    "load",
    "match_countries",
    "match_country",
    "match_place",
    "match_places",
    "normalize",
    "normalize_file",
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
