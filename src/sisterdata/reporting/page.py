"""The page: content, template and drawing libraries as one HTML file that needs nothing else."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sisterdata._version import __version__
from sisterdata.atomic import whole_file
from sisterdata.dataset.open_input import read_input
from sisterdata.errors import DataError
from sisterdata.reporting.content import content
from sisterdata.reporting.html_file import assemble, part

if TYPE_CHECKING:
    from sisterdata.normalizer.document import Normalized

# The page's own scripts, in the order in which they build on each other.
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
    """Write `data` to `out` as one HTML file to look at, and return its path.

    `data` is a dataset's tables by name, what `normalize` returns, or rows of one's own with
    their match columns, `place_column` being the one that was matched; or the path of a dataset,
    of a document, or of what ``sisterdata normalize`` wrote, whose name is the page's title if none
    is given. The file asks nothing of the
    network, and runs no script but its own whatever the data holds. Raises `DataError` where
    `data` has no matches, `out` cannot be written, or the page would be larger than 6 MB, which
    ten thousand rows do not reach.

    >>> import tempfile
    >>> import sisterdata
    >>> rows = sisterdata.match_places(["ฉางชุน", "Bussan"], country=["CN", "KR"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     report(rows, f"{folder}/page.html").name
    'page.html'
    """
    if Path(out).suffix.lower() not in (".html", ".htm"):
        raise DataError(
            f"a report is a web page, and is not written as {Path(out).suffix or 'a file'!s}",
            where=os.fspath(out),
            todo="name it .html; for a PDF, open the page in a browser and print it",
        )
    where = ""
    if isinstance(data, str | os.PathLike):
        where = os.fspath(data)
        data = read_input(Path(data))
        # A list of one's own has no title but its name.
        if title is None and isinstance(data, pd.DataFrame):
            title = Path(where).name
    text = page(content(data, place_column=place_column, where=where), title=title)
    # A lone half of a surrogate pair has no UTF-8; escaped, it is a letter like any other.
    encoded = text.encode(errors="backslashreplace")
    size = len(encoded)
    if size > MOST_BYTES:
        raise DataError(
            f"the page would have {size / 1e6:.1f} MB, more than {MOST_BYTES / 1e6:.0f}",
            where=os.fspath(out),
            todo="report on a part of the rows at a time",
        )
    with whole_file(Path(out)) as file:
        file.write(encoded)
    return Path(out)


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
