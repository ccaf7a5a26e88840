"""Read Markdown: tables, lists and headings, without the markup."""

from __future__ import annotations

import html
import re

from sisterdata.readers.flags import flag_country, with_country
from sisterdata.readers.line_builder import LineBuilder
from sisterdata.readers.lines_with_origin import SourceText

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")
_IMAGE = re.compile(r"!\[([^\]\n]*)\](?:\([^()\n]*\)|\[[^\]\n]*\])")
_LINK = re.compile(r"\[([^\]\n]+)\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\[[^\]\n]*\])")
_FOOTNOTE = re.compile(r"\[\^[^\]\n]+\]")
_EMPHASIS = re.compile(
    r"(\*\*\*|\*\*|__|~~|`)(?=\S)(.+?)(?<=\S)\1|(?<![\w*])([*_])(?=[^\s*_])([^*_\n]+)\3(?!\w)"
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_ITEM = re.compile(r"(\s*)([-*+]|\d{1,9}[.)])\s+(.*)")


def read_markdown(found: SourceText) -> SourceText:
    r"""Read Markdown (CommonMark with GitHub's tables).

    >>> page = "# Sister cities\n\n| City | Country |\n|---|---|\n| **[Osaka](x)** | Japan |"
    >>> read_markdown(SourceText("page", "page.md", page)).text
    'Sister cities\n\nCity\tCountry\nOsaka\tJapan'
    """
    lines = LineBuilder(issues=list(found.issues))
    in_table = False
    printed = found.text.split("\n")
    for number, line in enumerate(printed, start=1):
        origin = f"line {number}"
        following = printed[number] if number < len(printed) else ""
        if not line.strip():
            in_table = False
            lines.add_break()
        elif in_table or ("|" in line and "|" in following and _RULE.match(following)):
            if not (in_table and _RULE.match(line)):
                lines.add_row([plain(cell) for cell in _cells(line)], origin)
            in_table = "|" in line
        elif line.lstrip().startswith("#"):
            lines.add_break()
            lines.add(plain(line.strip().strip("#")), origin)
            lines.add_break()
        else:
            item = _ITEM.match(line)
            bullet = "" if item is None else "• " if item[2] in "-*+" else f"{item[2]} "
            lines.add(bullet + plain(line if item is None else item[3]), origin)
    return lines.build_from(found)


def _cells(line: str) -> list[str]:
    inner = line.strip()
    inner = inner.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.replace("\\|", "|") for cell in _CELL_END.split(inner)]


def plain(text: str) -> str:
    """Remove the markup from a piece of Markdown.

    >>> plain("![Japan](jp.svg) [Osaka](https://example.org) _since_ **1987**[^1]")
    'Osaka, Japan since 1987'
    """
    flags = [flag_country(image[1]) for image in _IMAGE.finditer(text)]
    text = _FOOTNOTE.sub("", _IMAGE.sub("", text))
    text = _LINK.sub(r"\1", text)
    text = _EMPHASIS.sub(lambda found: found[2] or found[4], text)
    text = html.unescape(_TAG.sub("", _BREAK.sub(" ", text)))
    text = re.sub(r"\\([\\`*_{}\[\]()#+.!|>~-])", r"\1", text)
    text = re.sub(r"[ \t]+", " ", text).strip()
    known = [flag for flag in flags if flag]
    return _with_flag(text, known[0]) if len(known) == 1 else text


def _with_flag(text: str, country: str) -> str:
    found = re.search(r" (?=since |ตั้งแต่|เมื่อ)", text)
    if found is None:
        return with_country(text, country)
    return with_country(text[: found.start()], country) + text[found.start() :]
