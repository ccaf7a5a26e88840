"""The review page: each open name with its rows, candidates and a map, to decide by keyboard."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from sisterdata import gazetteer
from sisterdata._version import __version__
from sisterdata.argument_types import as_path
from sisterdata.atomic_write import whole_file
from sisterdata.countries.suggest import suggest_countries
from sisterdata.errors import DataError
from sisterdata.iso3166 import iso_country
from sisterdata.lists.review_file import COLUMNS
from sisterdata.messages import translate
from sisterdata.reporting.self_contained_html import assemble, part
from sisterdata.reporting.undecided_names import described, largest_places, open_names
from sisterdata.serializable_values import Record

SCRIPTS = ("review_content", "text", "review_map", "review_file", "review")
SEARCHABLE = 6_000  # places that a page without a server can search in


def review_page(
    file: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    decisions: str | os.PathLike[str] | None = None,
    **options: Any,
) -> Path:
    """Write the review page of a list as one HTML file, and return its path.

    file
        A table or a document, as for `normalize_file`; or a review file.
    out
        The page to write. It needs no network, and gives back ``review.csv`` as a download.
    decisions
        A review file with decisions that are already made.
    options
        Those of `normalize_file`, such as `country` or `place_column`.

    Raises `DataError` if `out` is not named ``.html``, and what `normalize_file` raises.
    """
    file, target = as_path(file, "file"), as_path(out, "out")
    if target.suffix.lower() not in (".html", ".htm"):
        raise DataError(
            f"the review page is not written as {target.suffix or 'this'}",
            where=str(target),
            todo="name it .html; for a table, use sisterdata normalize --review",
        )
    content = review_content(file, decisions=decisions, **options)
    with whole_file(target) as stream:
        stream.write(review_html(content).encode(errors="backslashreplace"))
    return target


def review_content(
    file: str | os.PathLike[str],
    *,
    decisions: str | os.PathLike[str] | None = None,
    save: str = "",
    **options: Any,
) -> Record:
    """Everything the page shows; `save` is where a server saves the review file."""
    names = open_names(file, decisions, **options)
    ids = dict.fromkeys(c["id"] for name in names for c in name["candidates"])
    ids |= dict.fromkeys(
        word.strip() for name in names for word in _decided(name["review"]) if word.strip()
    )
    places = {i: described(place) for i in ids if (place := gazetteer.place(i)) is not None}
    asked = {place["country_code"] for place in places.values()}
    asked |= {name["review"]["country_code"] for name in names} & set(gazetteer.countries())
    most = SEARCHABLE // max(len(asked), 1)
    found = [] if save else largest_places(sorted(asked), min(most, 1500))
    codes = {*asked, *(place["country_code"] for place in found)}
    for name in names:
        name["why_th"] = translate(name["review"]["why"], "th")
        name["countries"] = [c.id for c in _suggested(name["review"])]
    codes |= {code for name in names for code in name["countries"]}
    return {
        "title": Path(file).name,
        "version": __version__,
        "columns": list(dict.fromkeys([*COLUMNS, *(c for n in names for c in n["review"])])),
        "names": names,
        "places": places,
        "search": found,
        "countries": {code: _numeric(code) for code in sorted(gazetteer.countries())},
        "suggested": sorted(codes),
        "save": save,
    }


def _decided(row: Record) -> list[str]:
    return [choice.split(maxsplit=1)[0] for choice in row["decision"].split("|") if choice.strip()]


def _suggested(row: Record) -> tuple[Any, ...]:
    """The countries that an unreadable one may be."""
    if "country_unread" not in row["doubts"].split():
        return ()
    return suggest_countries(row["verbatim"].rpartition(",")[2].strip())


def _numeric(code: str) -> str | None:
    found = iso_country(code)
    return found.numeric if found else None


def review_html(content: Record) -> str:
    """The HTML of the page."""
    libraries = [part("assets", name) for name in ("d3.min.js", "topojson-client.min.js")]
    own = "\n".join(part("template", f"{name}.js") for name in SCRIPTS)
    style = part("assets", "fonts.css") + part("template", "page.css")
    style += part("template", "review.css")
    data = {
        "content": content,
        "words": json.loads(part("template", "words.json"))
        | json.loads(part("template", "review_words.json")),
        "world": json.loads(part("assets", "countries-50m.json")),
    }
    scripts = [*libraries, f'"use strict";\n{{\n{own}\n}}\n']
    title = f"{content['title']}: review"
    return assemble("review.html", title, style, scripts, data, connects=bool(content["save"]))
