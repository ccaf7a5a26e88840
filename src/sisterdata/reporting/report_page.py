"""Write the report as one self-contained HTML file."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sisterdata._version import __version__
from sisterdata.argument_types import as_path, refuse_other_than_text
from sisterdata.atomic_write import whole_file
from sisterdata.dataset.read_any_input import read_input
from sisterdata.errors import DataError
from sisterdata.reporting.report_content import content
from sisterdata.reporting.self_contained_html import assemble, part

if TYPE_CHECKING:
    from sisterdata.normalizer.normalize_document import Normalized

# The scripts of the page, each after those it uses.
SCRIPTS = (
    *("content", "text", "state", "filters", "figures", "tip", "world", "thailand", "table"),
    *("download", "documents", "page"),
)
LIBRARIES = ("d3.min.js", "topojson-client.min.js")
MOST_BYTES = 6_000_000


def report(
    data: Mapping[str, pd.DataFrame] | Normalized | pd.DataFrame | str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    title: str | None = None,
    place_column: str | None = None,
) -> Path:
    """Write a report on `data` as one HTML file, and return its path.

    data
        A dataset's tables by name, the result of `normalize`, or a DataFrame with match columns; or
        the path of a dataset, of a document, or of a file that ``sisterdata normalize`` wrote.
    out
        The HTML file to write. It needs no network, and runs no script from the data.
    title
        The title of the page; the name of the file if `data` is a path of rows.
    place_column
        The column that was matched; detected from the headers if omitted.

    Raises `DataError` if `data` has no matches, if `out` cannot be written, and if the page would
    be larger than 6 MB (more than ten thousand rows).

    >>> import tempfile
    >>> import sisterdata
    >>> rows = sisterdata.match_places(["ฉางชุน", "Bussan"], country=["CN", "KR"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     report(rows, f"{folder}/page.html").name
    'page.html'
    """
    out = as_path(out, "out")
    # A title that is not UTF-8 is escaped.
    refuse_other_than_text(place_column=place_column, title="" if isinstance(title, str) else title)
    if out.suffix.lower() not in (".html", ".htm"):
        raise DataError(
            f"a report is a web page, and is not written as {out.suffix or 'a file'!s}",
            where=os.fspath(out),
            todo="name it .html; for a PDF, open the page in a browser and print it",
        )
    where = ""
    if isinstance(data, str | os.PathLike):
        where = os.fspath(data)
        data = read_input(as_path(data, "data"))
        if title is None and isinstance(data, pd.DataFrame):
            title = Path(where).name
    text = page(content(data, place_column=place_column, where=where), title=title)
    # Half of a surrogate pair cannot be written as UTF-8, so it is escaped.
    encoded = text.encode(errors="backslashreplace")
    size = len(encoded)
    if size > MOST_BYTES:
        raise DataError(
            f"the page would be {size / 1e6:.1f} MB, more than {MOST_BYTES / 1e6:.0f}",
            where=os.fspath(out),
            todo="report on fewer rows at a time",
        )
    with whole_file(out) as file:
        file.write(encoded)
    return out


def page(content: Mapping[str, Any], *, title: str | None = None) -> str:
    """The HTML of a page that shows `content`."""
    libraries = [part("assets", name) for name in LIBRARIES]
    own = "\n".join(part("template", f"{name}.js") for name in SCRIPTS)
    scripts = [*libraries, f'"use strict";\n{{\n{own}\n}}\n']
    style = part("assets", "fonts.css") + part("template", "page.css")
    data = {
        "content": {**content, "title": title, "version": __version__},
        "words": json.loads(part("template", "words.json")),
        "world": json.loads(part("assets", "countries-50m.json")),
        "provinces": json.loads(part("assets", "provinces.json")),
        "licences": json.loads(part("assets", "licences.json")),
    }
    return assemble("page.html", title or "sisterdata", style, scripts, data)
