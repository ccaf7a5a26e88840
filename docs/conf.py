"""How `make site` builds the website: offline, with warnings as errors."""

from __future__ import annotations

import re
from typing import Any

from sisterdata import __version__

project = "sisterdata"
author = "The sisterdata maintainers"
copyright = "The sisterdata maintainers, CC BY 4.0"  # noqa: A001
version = release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["images/README.md"]
html_theme = "pydata_sphinx_theme"
html_title = f"sisterdata {__version__}"
html_theme_options = {
    "show_toc_level": 2,
    "navigation_with_keys": False,
    "use_edit_page_button": False,
}
html_show_sourcelink = False
html_copy_source = False
myst_heading_anchors = 3
myst_enable_extensions = ["colon_fence"]
autodoc_typehints = "description"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
default_role = "code"


def links_in_the_repository(_app: Any, _page: str, source: list[str]) -> None:
    """Links that leave docs/ work in the repository; the site shows the path, or its own page."""
    text = source[0].replace("](../CHANGELOG.md", "](changelog.md")
    source[0] = re.sub(r"\[([^\]]+)\]\(\.\./([^)]+)\)", r"\1 (`\2`)", text)


def setup(app: Any) -> None:
    """Called by Sphinx."""
    app.connect("source-read", links_in_the_repository)
