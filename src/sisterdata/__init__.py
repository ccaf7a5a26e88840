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
    from sisterdata.dataset.networks_and_maps import to_geodataframe, to_networkx
    from sisterdata.dataset.shipped_tables import load
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
    from sisterdata.lookup.subdivision_lists import list_provinces, list_subdivisions
    from sisterdata.match_result import Candidate, Doubt, Match
    from sisterdata.normalizer.normalize_document import Normalized
    from sisterdata.parser import Document
    from sisterdata.places.match import match_place
    from sisterdata.places.match_column import match_places
    from sisterdata.reporting.report_page import report
    from sisterdata.reporting.review_page import review_page
    from sisterdata.schemas import validate
    from sisterdata.source_yml import Source

_HOME = {
    "Candidate": "match_result",
    "Country": "lookup.country_info",
    "Document": "parser",
    "Doubt": "match_result",
    "Match": "match_result",
    "Normalized": "normalizer.normalize_document",
    "Place": "gazetteer.place",
    "SisterdataError": "errors",
    "Source": "source_yml",
    "build": "dataset.build",
    "check": "dataset.check",
    "curate": "lists.curate",
    "diff": "dataset.diff",
    "distance": "lookup.place_info",
    "export": "dataset.export",
    "get_children": "lookup.place_info",
    "get_country": "lookup.country_info",
    "get_parent": "lookup.place_info",
    "get_place": "lookup.place_info",
    "get_places": "lookup.place_info",
    "list_countries": "lookup.country_info",
    "list_provinces": "lookup.subdivision_lists",
    "list_subdivisions": "lookup.subdivision_lists",
    "load": "dataset.shipped_tables",
    "match_countries": "countries.match",
    "match_country": "countries.match",
    "match_place": "places.match",
    "match_places": "places.match_column",
    "normalize": "lists.parse_and_normalize",
    "normalize_file": "lists.normalize_file",
    "normalize_frame": "lists.normalize_frame",
    "parse": "lists.parse_and_normalize",
    "read_decisions": "lists.review_file",
    "report": "reporting.report_page",
    "review": "lists.write_review",
    "review_page": "reporting.review_page",
    "to_geodataframe": "dataset.networks_and_maps",
    "to_networkx": "dataset.networks_and_maps",
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
