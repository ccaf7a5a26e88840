"""The page: content, template and drawing libraries as one HTML file that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import pandas as pd

import sisterdata
from sisterdata.atomic import whole_file
from sisterdata.dataset.open_input import read_input
from sisterdata.errors import DataError
from sisterdata.reporting.content import content

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
    libraries = [_part("assets", name) for name in LIBRARIES]
    own = "\n".join(_part("template", f"{name}.js") for name in SCRIPTS)
    scripts = [*libraries, f'"use strict";\n{{\n{own}\n}}\n']
    style = _part("assets", "fonts.css") + _part("template", "page.css")
    data = {
        "content": {**content, "title": title, "version": sisterdata.__version__},
        "words": json.loads(_part("template", "words.json")),
        "world": json.loads(_part("assets", "countries-50m.json")),
        "provinces": json.loads(_part("assets", "provinces.json")),
        "licences": json.loads(_part("assets", "licences.json")),
    }
    return Template(_part("template", "page.html")).substitute(
        policy=_policy(style, scripts),
        version=html.escape(sisterdata.__version__),
        title=html.escape(title or "sisterdata"),
        style=style,
        data="\n".join(
            f'<script type="application/json" id="data-{name}">{_embedded(value)}</script>'
            for name, value in data.items()
        ),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def _policy(style: str, scripts: list[str]) -> str:
    """A Content-Security-Policy under which only these very scripts and this style apply."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(map(_digest, scripts)),
            f"style-src {_digest(style)}",
            "font-src data:",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _embedded(value: object) -> str:
    """JSON that ends no script element and breaks no line, whatever texts it holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPES)


_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def _part(folder: str, name: str) -> str:
    return (files("sisterdata.reporting") / folder / name).read_text(encoding="utf-8")
