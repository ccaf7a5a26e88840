"""Read a saved web page: headings, text, lists and tables, without navigation and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sisterdata.errors import ParseError
from sisterdata.readers.flags import flag_country, with_country
from sisterdata.readers.line_builder import LineBuilder
from sisterdata.readers.lines_with_origin import SourceText
from sisterdata.readers.merged_cells import Cell, expand_spans, merge_headers
from sisterdata.text.detect_encoding import decode

LARGEST_PAGE = 64 << 20  # bytes

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {
    *_HEADINGS,
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
    *("dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header"),
    *("hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody"),
    *("td", "tfoot", "th", "thead", "tr", "ul"),
}
_NOT_READ = {
    *("script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form"),
    *("button", "select", "svg", "iframe", "object", "audio", "video", "canvas", "textarea"),
}
# Elements that do not change their text, if they have no attributes other than these.
_SIMPLE = {"a", "b", "bdi", "em", "font", "i", "li", "small", "span", "strong", "td", "th", "u"}
_HARMLESS = {"href", "title", "rel", "target", "rowspan", "colspan", "lang"}
_FURNITURE_ROLES = {"navigation", "contentinfo", "banner", "search", "complementary", "menu"}
_FURNITURE = {
    *(
        "breadcrumb",
        "breadcrumbs",
        "catlinks",
        "cookie",
        "cookies",
        "footer",
        "menu",
        "mw-editsection",
    ),
    *("nav", "navbar", "navbox", "navigation", "noprint", "reference", "references", "reflist"),
    *("share", "sidebar", "site-footer", "site-header", "skip-link", "social", "toc"),
}
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_THAI_CHARSETS = {"tis-620", "tis620", "windows-874", "iso-8859-11", "cp874", "x-windows-874"}
_DEEPEST = 200
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")


def read_html(data: bytes | str, source_id: str, where: str) -> SourceText:
    r"""Read a page. No script runs, and nothing is downloaded.

    A cell that spans rows is repeated in each row. A list item becomes a line that begins with a
    bullet or its number; an item that contains another list becomes a heading. The country of a
    flag is added after the name.

    Raises `ParseError` for a page that is too large or cannot be decoded.

    >>> page = b"<h1>Sister cities</h1><nav>Home</nav><ol><li>Osaka, <b>Japan</b></ol>"
    >>> read_html(page, "page", "page.html").text
    'Sister cities\n\n1. Osaka, Japan'
    """
    if len(data) > LARGEST_PAGE:
        raise ParseError(
            f"the page has {len(data) >> 20} MB, more than {LARGEST_PAGE >> 20}",
            where=where,
            todo="save only the part with the list",
        )
    text = data if isinstance(data, str) else _decode(data, where)
    root = _parse(text, where)
    page = _Page(LineBuilder(), where)
    if root is not None:
        title = root.find(".//title")
        main = _main_part(root)
        if title is not None and title.text and main.find(".//h1") is None:
            page.lines.add(_SPACES.sub(" ", title.text), "title")
            page.lines.add_break()
        page.read_block(main, 0)
    return page.lines.build(source_id, where)


def _decode(data: bytes, where: str) -> str:
    named = _META_CHARSET.search(data[:4096])
    if named is not None:
        charset = named[1].decode("ascii", "replace").lower()
        charset = "cp874" if charset in _THAI_CHARSETS else charset
        charset = "cp1252" if charset in ("iso-8859-1", "latin1", "windows-1252") else charset
        if charset not in ("utf-8", "utf8", "cp1252"):
            try:
                return data.decode(charset)
            except (LookupError, UnicodeDecodeError):
                pass  # many pages declare a wrong charset
        if charset == "cp1252":
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError:
                return data.decode("cp1252", "replace") if not _is_thai(data) else decode(data)
    return decode(data, where)


def _is_thai(data: bytes) -> bool:
    try:
        return decode(data).isascii() is False
    except ParseError:
        return False


def _parse(text: str, where: str) -> Any:
    from lxml import etree, html

    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\0", "")
    if not text.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, recover=True)
    try:
        return html.document_fromstring(
            text.encode("utf-8", "replace"), parser=parser, ensure_head_body=True
        )
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ParseError(
            f"not a readable page: {str(error).splitlines()[0] if str(error) else error!r}",
            where=f"{where}:1",
            todo="save the page again, or copy its list into a text file",
        ) from error


def _main_part(root: Any) -> Any:
    """The element with the main content, if the page marks one."""
    body = root.find("body")
    body = root if body is None else body
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = body.findall(path)
        if len(found) == 1 and _holds_lists(found[0]) >= 0.5 * _holds_lists(body):
            return found[0]
    return body


def _holds_lists(element: Any) -> int:
    return sum(1 for part in element.iter("li", "tr", "p") if not _is_navigation(part))


def _is_navigation(element: Any) -> bool:
    return any(above.tag in _NOT_READ for above in element.iterancestors())


def _is_left_out(element: Any) -> bool:
    """Whether an element is navigation, a footer or the like, or hidden."""
    if not isinstance(element.tag, str) or element.tag in _NOT_READ:
        return True
    get = element.get
    if get("hidden") is not None or get("role") in _FURNITURE_ROLES:
        return True
    if "display:none" in (get("style") or "").replace(" ", "").lower():
        return True
    named = {*(get("class") or "").lower().split(), (get("id") or "").lower()}
    return bool(named & _FURNITURE) and all(
        element.find(f".//{tag}") is None for tag in ("table", "h1", "main")
    )


class _Page:
    """Reads a page element by element, and collects its lines."""

    def __init__(self, lines: LineBuilder, where: str) -> None:
        self.lines = lines
        self.where = where
        self.tables = 0
        self.blocks = 0

    def read_block(self, element: Any, depth: int) -> None:
        """Read an element with children; the text between them becomes separate lines."""
        pieces: list[str] = [element.text or ""]
        for child in element:
            if not _is_left_out(child):
                if child.tag in _BLOCKS and depth < _DEEPEST:
                    self._flush(pieces)
                    self._read_child(child, depth + 1)
                elif child.tag == "br":
                    self._flush(pieces)
                elif depth < _DEEPEST and any(part.tag in _BLOCKS for part in child.iter()):
                    self._flush(pieces)
                    self.read_block(child, depth + 1)
                else:
                    pieces.append(_inline(child))
            pieces.append(child.tail or "")
        self._flush(pieces)

    def _flush(self, pieces: list[str]) -> None:
        text = _text_of_pieces(pieces)
        pieces.clear()
        if text:
            self.blocks += 1
            self.lines.add(text, f"block {self.blocks}")

    def _read_child(self, child: Any, depth: int) -> None:
        if child.tag in ("ul", "ol", "dl"):
            self.lines.add_break()
            self._read_list(child, depth)
            self.lines.add_break()
        elif child.tag == "table":
            self.lines.add_break()
            self._read_table(child, depth)
            self.lines.add_break()
        else:
            if child.tag in _HEADINGS:
                self.lines.add_break()
            self.read_block(child, depth)
            if child.tag in _HEADINGS:
                self.lines.add_break()

    def _read_list(self, element: Any, depth: int) -> None:
        number = _whole(element.get("start"), 1) - 1
        for item in element:
            if _is_left_out(item):
                continue
            if item.tag not in ("li", "dt", "dd"):
                self.read_block(item, depth + 1)
                continue
            number = _whole(item.get("value"), number + 1)
            inner = [part for part in item if part.tag in ("ul", "ol", "dl", "table")]
            text = _text_of(item, without=inner)
            if text:
                bullet = f"{number}. " if element.tag == "ol" else "• "
                is_heading = bool(inner) or item.tag == "dt"
                self.blocks += 1
                self.lines.add(text if is_heading else bullet + text, f"list item {self.blocks}")
            for part in inner:
                if depth < _DEEPEST and not _is_left_out(part):
                    self._read_child(part, depth + 1)

    def _read_table(self, table: Any, depth: int) -> None:
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        if table.find(".//table") is not None or all(len(_cells_of(row)) <= 1 for row in rows):
            for row in rows:  # a table that is only used for layout
                for cell in _cells_of(row):
                    self.read_block(cell, depth + 1)
            return
        self.tables += 1
        origin = f"table {self.tables}"
        caption = table.find("caption")
        if caption is not None:
            self.lines.add(_text_of(caption), origin)
        cells = [list(_cells(row)) for row in rows if not _is_left_out(row)]
        for number, row in merge_headers(expand_spans(cells, f"{self.where}: {origin}")):
            self.lines.add_row(row, f"{origin} row {number}")


def _cells_of(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _cells(row: Any) -> Iterator[Cell]:
    for cell in _cells_of(row):
        yield Cell(
            _text_of(cell),
            _whole(cell.get("rowspan"), 1),
            _whole(cell.get("colspan"), 1),
            cell.tag == "th",
        )


def _whole(text: str | None, default: int) -> int:
    found = re.match(r"\s*(\d{1,6})", text or "")
    return int(found[1]) if found else default


def _text_of(element: Any, without: list[Any] | None = None) -> str:
    """The text of an element on one line, with the country of its flag."""
    flags: list[str] = []
    text = _text_of_pieces([_inline(element, flags, without or [], root=True)])
    for flag in flags[:1] if len(flags) == 1 else ():
        text = with_country(text, flag)
    return text


def _text_of_pieces(pieces: list[str]) -> str:
    return _SPACES.sub(" ", "".join(pieces)).strip(" ;")


def _inline(
    element: Any,
    flags: list[str] | None = None,
    without: list[Any] | None = None,
    *,
    root: bool = False,
) -> str:
    """The text of an element; countries of flags are added to `flags`."""
    if all(part.tag in _SIMPLE and set(part.attrib) <= _HARMLESS for part in element.iter()):
        return "".join(element.itertext())
    from lxml import etree

    pieces: list[str] = []
    skipped = 0
    for event, part in etree.iterwalk(element, events=("start", "end")):
        top = root and part is element
        if event == "start":
            left_out = not top and (_is_left_out(part) or part in (without or ()))
            skipped += left_out
            if skipped:
                continue
            pieces.append(_before(part, flags) if not top else "")
            pieces.append(part.text or "")
        else:
            if skipped:
                skipped -= not top and (_is_left_out(part) or part in (without or ()))
            elif part.tag in _BLOCKS:
                pieces.append("; " if part.tag == "li" else " ")
            if part is not element and not skipped:
                pieces.append(part.tail or "")
    return "".join(pieces)


def _before(part: Any, flags: list[str] | None) -> str:
    if part.tag == "br":
        return " "
    if part.tag != "img":
        return " " if part.tag in _BLOCKS else ""
    country = flag_country(part.get("alt") or "") or flag_country(part.get("title") or "")
    if country is not None and flags is not None:
        flags.append(country)
    return " "
