"""Read wikitext: tables, lists and headings, without the markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from sisterdata.readers.flags import flag_country, with_country
from sisterdata.readers.line_builder import LineBuilder
from sisterdata.readers.lines_with_origin import SourceText
from sisterdata.readers.merged_cells import Cell, expand_spans, merge_headers

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_REFERENCE = re.compile(r"<ref\b[^<>]*?/>|<ref\b[^<>]*>.*?(?:</ref\s*>|\Z)", re.DOTALL | re.I)
_FILE = re.compile(r"\[\[(?:File|Image|ไฟล์|ภาพ):[^\[\]]*(?:\[\[[^\[\]]*\]\][^\[\]]*)*\]\]", re.I)
_CATEGORY = re.compile(r"\[\[(?:Category|หมวดหมู่):[^\[\]\n]*\]\]", re.IGNORECASE)
_LINK = re.compile(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]\n]*)\]\]")
_EXTERNAL = re.compile(r"\[(?:https?:)?//[^\s\]]+\s*([^\]\n]*)\]")
_TEMPLATE = re.compile(r"\{\{([^{}]*)\}\}")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_ATTRIBUTES = re.compile(r"""^(?:\s*[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s|"']+))+\s*\|(?!\|)""")
_SPAN = re.compile(r"""\b(row|col)span\s*=\s*["']?\s*(\d{1,6})""", re.IGNORECASE)
_HEADING = re.compile(r"\s*(={1,6})\s*(.+?)\s*\1\s*$")
_ITEM = re.compile(r"\s*([*#:;]+)\s*(.*)")
_ROUNDS = 8  # templates inside templates

_FLAGS = {
    "flagicon",
    "flag icon",
    "flagdeco",
    "flagu",
    "flag",
    "flagcountry",
    "ธง",
    "ธงชาติ",
    "flaglink",
}
_NAMED = {
    "flag",
    "flagcountry",
    "flagu",
    "ธงชาติ",
}  # these show the name of the country next to the flag
_DATES = {"start date", "start date and age", "date", "dts", "birth date", "วันที่"}
_EMPTY = {
    *("div col", "div col end", "end div col", "col-begin", "col-end", "columns-list", "end"),
    *("reflist", "citation needed", "cn", "efn", "sfn", "refn", "clear", "toc"),
}


def read_wikitext(found: SourceText) -> SourceText:
    r"""Read the wikitext of a MediaWiki page.

    >>> page = "== Sister cities ==\n* {{flagicon|CHN}} [[Kunming]]<ref>A</ref>\n* [[Osaka|Ōsaka]]"
    >>> read_wikitext(SourceText("page", "page.wiki", page)).text
    'Sister cities\n\n• Kunming, China\n• Ōsaka'
    """
    lines = LineBuilder(issues=list(found.issues))
    text = _REFERENCE.sub(_keep_lines, _COMMENT.sub(_keep_lines, found.text))
    printed = text.split("\n")
    tables = numbers = 0
    at = 0
    while at < len(printed):
        line, origin = printed[at], f"line {at + 1}"
        if line.lstrip(" :").startswith("{|"):
            tables += 1
            end = _table_end(printed, at)
            _read_table(lines, printed[at:end], at + 1, f"{found.where}: table {tables}")
            at = end
            continue
        at += 1
        heading, item = _HEADING.match(line), _ITEM.match(line)
        numbers = numbers + 1 if item is not None and item[1].endswith("#") else 0
        if not line.strip():
            lines.add_break()
        elif heading is not None:
            lines.add_break()
            lines.add(plain(heading[2]), origin)
            lines.add_break()
        elif item is not None:
            last = item[1][-1]
            bullet = "• " if last == "*" else f"{numbers}. " if last == "#" else ""
            words = plain(item[2])
            if words:
                lines.add(bullet + words, origin)
        else:
            lines.add(plain(line), origin)
    return lines.build_from(found)


def _keep_lines(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


def _table_end(lines: list[str], start: int) -> int:
    depth = 0
    for at in range(start, len(lines)):
        line = lines[at].lstrip(" :")
        depth += line.startswith("{|")
        depth -= line.startswith("|}")
        if depth == 0:
            return at + 1
    return len(lines)


def _read_table(lines: LineBuilder, printed: list[str], first: int, where: str) -> None:
    rows: list[list[Cell]] = []
    numbers: list[int] = []
    pending: list[str] = []

    def close() -> None:
        if pending and rows:
            rows[-1].append(_cell(pending))
        pending.clear()

    lines.add_break()
    for offset, line in enumerate(printed[1:], start=1):
        mark = line.lstrip()
        if mark.startswith(("|}", "|-", "|+")):
            close()
            if mark.startswith("|+"):
                lines.add(plain(_ATTRIBUTES.sub("", mark[2:])), f"line {first + offset}")
            elif mark.startswith("|-"):
                rows.append([])
                numbers.append(first + offset + 1)
        elif mark.startswith(("|", "!")):
            close()
            if not rows:
                rows.append([])
                numbers.append(first + offset)
            *before, last = _cells(mark)
            rows[-1].extend(_cell([cell]) for cell in before)
            pending.append(last)
        elif pending:
            pending.append(" " + line.lstrip("*# "))
    close()
    held = [(row, number) for row, number in zip(rows, numbers, strict=True) if row]
    expanded = expand_spans([row for row, _ in held], where)
    for number, cells in merge_headers(expanded):
        lines.add_row(cells, f"line {held[number - 1][1]}")
    lines.add_break()


def _cells(line: str) -> Iterator[str]:
    """The cells of a line, each with the sign before it, such as ! for a header."""
    sign = line[0]
    for cell in re.split(r"\|\|" if sign == "|" else r"!!|\|\|", line[1:]):
        yield sign + cell


def _cell(pieces: list[str]) -> Cell:
    text = "".join(pieces)
    sign, text = text[0], text[1:]
    attributes = _ATTRIBUTES.match(text)
    spans = dict(_SPAN.findall(attributes[0].lower())) if attributes else {}
    text = text[attributes.end() :] if attributes else text
    return Cell(plain(text), int(spans.get("row", 1)), int(spans.get("col", 1)), sign == "!")


def plain(text: str) -> str:
    """Remove the markup from wikitext; the country of a flag is added after the name.

    >>> plain("'''[[Busan]]''', {{flag|South Korea}} ({{start date|1990|5|1}})")
    'Busan, South Korea (1990-05-01)'
    """
    flags: list[str] = []
    text = _FILE.sub("", text)
    text = _CATEGORY.sub("", text)
    for _ in range(_ROUNDS):
        expanded = _TEMPLATE.sub(lambda found: _expand(found[1], flags), text)
        if expanded == text:
            break
        text = expanded
    text = _EXTERNAL.sub(r"\1", _LINK.sub(r"\1", text))
    text = re.sub(r"'{2,5}", "", text)
    text = re.sub(r"<br\s*/?>", " ", text, flags=re.IGNORECASE)
    text = html.unescape(_TAG.sub("", text)).replace("\xa0", " ")
    text = re.sub(r"[ \t]+", " ", text).strip()
    return with_country(text, flags[0]) if len(flags) == 1 else text


def _expand(inner: str, flags: list[str]) -> str:
    """The text that a template shows, for dates, flags and the like."""
    name, *parameters = (part.strip() for part in inner.split("|"))
    name = name.lower().replace("_", " ")
    values = [value for value in parameters if not re.match(r"[\w\s-]+=", value)]
    if name in _FLAGS:
        country = flag_country(values[0]) if values else None
        if country is not None and name not in _NAMED:
            flags.append(country)
        return values[0] if values and name in _NAMED else " "
    if name in _EMPTY:
        return ""
    if name in _DATES and values and all(re.fullmatch(r"\d{1,4}", value) for value in values[:3]):
        year, *rest = values[:3]
        return "-".join([year, *(part.zfill(2) for part in rest)])
    if not values:
        country = flag_country(name.upper()) if re.fullmatch(r"[a-z]{3}", name) else None
        return country or ""
    return values[-1]
