"""Sister-city lists, in Thai and English, as tidy, validated, linked data.

The public names load on first use, so that ``import sisterdata`` stays quick.
"""

from __future__ import annotations

from importlib import import_module

from sisterdata._version import __version__

TYPE_CHECKING = False  # typing's own name, without the time that importing typing takes
if TYPE_CHECKING:
    from sisterdata.countries.match import match_countries, match_country
    from sisterdata.dataset.build import build
    from sisterdata.dataset.check import check
    from sisterdata.dataset.diff import diff
    from sisterdata.dataset.export import export
    from sisterdata.dataset.graphs import to_geodataframe, to_networkx
    from sisterdata.dataset.shipped import load
    from sisterdata.errors import SisterdataError
    from sisterdata.gazetteer.place import Place
    from sisterdata.lists.curate import curate
    from sisterdata.lists.normalize_file import normalize_file
    from sisterdata.lists.normalize_frame import normalize_frame
    from sisterdata.lists.parse_and_normalize import normalize, parse
    from sisterdata.lists.review_file import read_decisions
    from sisterdata.lists.write_review import review
    from sisterdata.lookup.country_info import Country, get_country, list_countries
    from sisterdata.lookup.place_info import (
        distance,
        get_children,
        get_parent,
        get_place,
        get_places,
    )
    from sisterdata.lookup.unit_lists import list_provinces, list_subdivisions
    from sisterdata.match_result import Candidate, Doubt, Match
    from sisterdata.normalizer.normalize_document import Normalized
    from sisterdata.parser import Document
    from sisterdata.places.columns import match_places
    from sisterdata.places.match import match_place
    from sisterdata.reporting.report_page import report
    from sisterdata.reporting.review_page import review_page
    from sisterdata.schemas import validate
    from sisterdata.sources import Source

_HOME = {
    "Candidate": "match",
    "Country": "lookup.countries",
    "Document": "parser",
    "Doubt": "match",
    "Match": "match",
    "Normalized": "normalizer.document",
    "Place": "gazetteer.place",
    "SisterdataError": "errors",
    "Source": "sources",
    "build": "dataset.build",
    "check": "dataset.check",
    "curate": "lists.curate",
    "diff": "dataset.diff",
    "distance": "lookup.places",
    "export": "dataset.export",
    "get_children": "lookup.places",
    "get_country": "lookup.countries",
    "get_parent": "lookup.places",
    "get_place": "lookup.places",
    "get_places": "lookup.places",
    "list_countries": "lookup.countries",
    "list_provinces": "lookup.units",
    "list_subdivisions": "lookup.units",
    "load": "dataset.shipped",
    "match_countries": "countries.match",
    "match_country": "countries.match",
    "match_place": "places.match",
    "match_places": "places.columns",
    "normalize": "lists.read",
    "normalize_file": "lists.normalize_file",
    "normalize_frame": "lists.normalize_frame",
    "parse": "lists.read",
    "read_decisions": "lists.review",
    "report": "reporting.page",
    "review": "lists.review_list",
    "review_page": "reporting.review_page",
    "to_geodataframe": "dataset.graphs",
    "to_networkx": "dataset.graphs",
    "validate": "schemas",
}

__all__ = [
    "Candidate",
    "Country",
    "Document",
    "Doubt",
    "Match",
    "Normalized",
    "Place",
    "SisterdataError",
    "Source",
    "__version__",
    "build",
    "check",
    "curate",
    "diff",
    "distance",
    "export",
    "get_children",
    "get_country",
    "get_parent",
    "get_place",
    "get_places",
    "list_countries",
    "list_provinces",
    "list_subdivisions",
    "load",
    "match_countries",
    "match_country",
    "match_place",
    "match_places",
    "normalize",
    "normalize_file",
    "normalize_frame",
    "parse",
    "read_decisions",
    "report",
    "review",
    "review_page",
    "to_geodataframe",
    "to_networkx",
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
