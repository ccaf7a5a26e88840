"""Build a self-contained HTML file from a template, a style, data and scripts."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Mapping
from importlib.resources import files
from string import Template
from typing import Any

from sisterdata._version import __version__


def assemble(
    template: str,
    title: str,
    style: str,
    scripts: list[str],
    data: Mapping[str, Any],
    *,
    connects: bool = False,
) -> str:
    """The HTML of a page.

    template
        Its name in ``template/``.
    style, scripts
        The style and the scripts of the page; nothing else may run.
    data
        Values for the scripts, each in an element ``data-NAME``.
    connects
        Whether the page may send requests to its server.
    """
    return Template(part("template", template)).substitute(
        policy=_policy(style, scripts, connects=connects),
        version=html.escape(__version__),
        title=html.escape(title),
        style=style,
        data="\n".join(
            f'<script type="application/json" id="data-{name}">{embedded(value)}</script>'
            for name, value in data.items()
        ),
        scripts="\n".join(f"<script>{script}</script>" for script in scripts),
    )


def _policy(style: str, scripts: list[str], *, connects: bool) -> str:
    """A Content-Security-Policy that allows exactly these scripts and this style."""
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join(map(_digest, scripts)),
            f"style-src {_digest(style)}",
            "font-src data:",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            *(["connect-src 'self'"] if connects else []),
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def embedded(value: object) -> str:
    """JSON that is safe inside a script element: no text in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPES)


_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def part(folder: str, name: str) -> str:
    """The text of a file in ``template/`` or ``assets/``."""
    return (files("sisterdata.reporting") / folder / name).read_text(encoding="utf-8")
