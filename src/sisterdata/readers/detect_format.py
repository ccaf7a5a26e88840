"""Detect the format of a file, from its suffix or its content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath

from sisterdata.tabular import formats

SUFFIXES: Mapping[str, str] = {
    ".txt": "text",
    ".pdf": "pdf",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".wiki": "wikitext",
    ".wikitext": "wikitext",
    ".mediawiki": "wikitext",
    **formats.SUFFIXES,
}
TABLES = frozenset(formats.SUFFIXES.values())
FORMATS = tuple(dict.fromkeys(SUFFIXES.values()))

_HEAD = 20_000  # characters that are looked at
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I
)
_HTML_PART = re.compile(
    r"\s*<(?:table|ul|ol|div|section|article|main|h[1-6]|p)\b[^<>]{0,500}>", re.I
)
# Spaces without line breaks: with them, searching many empty lines would take quadratic time.
_S = r"[^\S\n]{0,100}"
_WIKI_TABLE = re.compile(rf"^{_S}\{{\|.*(?:\n.*){{0,40}}?\n{_S}\|-", re.MULTILINE)
_WIKI_LINK = re.compile(
    rf"^{_S}(?:[*#:|!]|\{{\{{).{{0,200}}\[\[[^\[\]\n]{{1,200}}\]\]", re.MULTILINE
)
_MARKDOWN_RULE = re.compile(
    rf"^{_S}\|?{_S}:?-{{3,}}:?{_S}(?:\|{_S}:?-{{3,}}:?{_S})+\|?{_S}$", re.MULTILINE
)
_MARKDOWN_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
# A table with vertical bars only can be read as plain text.
_MARKDOWN_INLINE = re.compile(r"\[[^\]\n]+\]\([^()\s]+\)|\*\*\S[^*\n]*\*\*")


def format_of_suffix(name: str) -> str | None:
    """The format of a file by its suffix; None if unknown.

    >>> format_of_suffix("list.PDF"), format_of_suffix("list") is None
    ('pdf', True)
    """
    return SUFFIXES.get(PurePath(name).suffix.lower())


def format_of_bytes(data: bytes) -> str | None:
    """The format of a binary file by its first bytes; None if unknown.

    >>> format_of_bytes(b"%PDF-1.7 ..."), format_of_bytes(b"1. Osaka") is None
    ('pdf', True)
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PAR1"):
        return "parquet"
    if data.startswith(b"PK\x03\x04"):
        return "docx" if b"word/" in data else "excel" if b"xl/" in data else None
    return None


def format_of_text(text: str) -> str:
    r"""The format of a text, by its markup.

    >>> format_of_text("<!DOCTYPE html><p>Osaka"), format_of_text("* [[Osaka]]\n* [[Busan]]")
    ('html', 'wikitext')
    >>> format_of_text("# Cities\n- **Osaka**, Japan"), format_of_text("1. Osaka")
    ('markdown', 'text')
    """
    head = text[:_HEAD]
    if _HTML.match(head) or (_HTML_PART.match(head) and "</" in head):
        return "html"
    if _WIKI_TABLE.search(head) or len(_WIKI_LINK.findall(head)) >= 2:
        return "wikitext"
    structured = _MARKDOWN_RULE.search(head) or _MARKDOWN_HEADING.search(head)
    if structured and _MARKDOWN_INLINE.search(head):
        return "markdown"
    return "text"
