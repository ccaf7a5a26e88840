"""Read a PDF with a text layer: text and lists in reading order, tables row by row."""

from __future__ import annotations

import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sisterdata.errors import ParseError
from sisterdata.readers.line_builder import LineBuilder
from sisterdata.readers.lines_with_origin import SourceText
from sisterdata.readers.pdf_columns import Table, find_tables
from sisterdata.readers.pdf_lines import Line, join_lines, lines_of

LARGEST_FILE = 128 << 20  # bytes
LARGEST_STREAM = 64 << 20  # bytes, unpacked
LARGEST_TOTAL = 512 << 20
MOST_PAGES = 2000
MOST_CHARACTERS = 200_000  # on a page
MOST_EDGES = 4000  # on a page that is searched for ruled tables

_PAGE_NUMBER = re.compile(
    r"[-–—\s(]*(?:หน้า(?:ที่)?|page|p\.)?\s*[0-9๐-๙]{1,4}(?:\s*(?:/|of|จาก|ของ)\s*[0-9๐-๙]{1,4})?[-–—\s)]*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Page:
    """A page: its ruled tables and the lines outside them, with the position of each."""

    number: int
    lines: list[Line]
    tables: list[tuple[float, list[list[str]]]] = field(default_factory=list)


def read_pdf(data: bytes, source_id: str, where: str) -> SourceText:
    """Read a PDF.

    Tables are detected from ruled lines or from the position of their columns, and may continue
    over pages. Repeated headers, page headers and page numbers are left out. A cell with several
    lines stays one cell. Damaged Thai text is repaired and reported.

    Raises `ParseError` for a file that is damaged, protected by a password or too large, for pages
    that are scanned images without text, and if pdfplumber is not installed.
    """
    pages = _load(data, where)
    _remove_headers_and_footers(pages)
    lines = LineBuilder()
    header: list[str] | None = None
    columns: Table | None = None
    tables = 0
    for page in pages:
        rows = 0
        for kind, block in _blocks(page, columns):
            if kind == "line":
                if rows:
                    lines.add_break()
                    rows = 0
                lines.add(block[0], f"page {page.number}")
                continue
            columns = block if isinstance(block, Table) else columns
            found = block.rows if isinstance(block, Table) else block
            if not found:
                continue
            if header is None or len(header) != len(found[0]):
                tables += 1
                header = found[0]
                lines.add_break()
            elif _same(found[0], header):
                found = found[1:]
            for row in found:
                rows += 1
                lines.add_row(row, f"page {page.number}, table {tables}, row {rows}")
    return lines.build(source_id, where)


def _same(row: list[str], header: list[str]) -> bool:
    return [re.sub(r"\s", "", cell) for cell in row] == [re.sub(r"\s", "", cell) for cell in header]


def _blocks(page: Page, columns: Table | None) -> Iterator[tuple[str, Any]]:
    """The lines and tables of a page, from top to bottom."""
    ruled = sorted(page.tables, key=lambda table: table[0])
    start = 0
    for top, rows in [*ruled, (float("inf"), [])]:
        end = start
        while end < len(page.lines) and page.lines[end].y < top:
            end += 1
        for block in find_tables(page.lines[start:end], columns):
            if isinstance(block, Table):
                columns = block
                yield "table", block
            else:
                yield "line", [block.text]
        start = end
        if rows:
            yield "table", rows


# --- pages ---------------------------------------------------------------------------------------


def _load(data: bytes, where: str) -> list[Page]:
    try:
        import pdfplumber
    except ImportError as error:
        raise ParseError(
            "PDF files need pdfplumber", where=where, todo="pip install 'sisterdata[pdf]'"
        ) from error
    _refuse_bombs(data, where)
    pages: list[Page] = []
    scanned: list[int] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            _refuse_many_pages(len(pdf.pages), where)
            for page in pdf.pages:
                pages.append(_read_page(page, where))
                if not page.chars and _is_scanned(page):
                    scanned.append(page.page_number)
                page.close()
    except ParseError:
        raise
    except RecursionError as error:
        raise _damaged("its objects are nested too deep", where) from error
    except Exception as error:  # pdfminer raises many kinds of errors
        raise _damaged(_said(error), where) from error
    if scanned:
        shown = ", ".join(map(str, scanned[:20])) + (" ..." if len(scanned) > 20 else "")
        raise ParseError(
            f"{'page' if len(scanned) == 1 else 'pages'} {shown}: a scanned image without text",
            where=f"{where}: page {scanned[0]}",
            todo="recognize the text first (OCR), for example with: ocrmypdf -l tha+eng",
        )
    if not pages:
        raise _damaged("it has no pages", where)
    return pages


def _read_page(page: Any, where: str) -> Page:
    characters = page.chars
    if len(characters) > MOST_CHARACTERS:
        raise _too_large(
            f"has {len(characters)} characters on a page, more than {MOST_CHARACTERS}",
            f"{where}: page {page.page_number}",
        )
    tables: list[tuple[float, list[list[str]]]] = []
    edges = len(page.lines) + len(page.rects) + len(page.curves)
    if 4 <= edges <= MOST_EDGES:
        for table in page.find_tables():
            if len(table.cells) < 4 or len(table.rows) < 2 or len(table.columns) < 2:
                continue
            left, top, right, bottom = table.bbox
            inside: list[Any] = []
            outside: list[Any] = []
            for character in characters:
                x = (character["x0"] + character["x1"]) / 2
                y = (character["top"] + character["bottom"]) / 2
                held = left <= x <= right and top <= y <= bottom
                (inside if held else outside).append(character)
            characters = outside
            tables.append((top, _ruled_rows(table, inside)))
    return Page(page.page_number, lines_of(characters), tables)


def _ruled_rows(table: Any, characters: list[Any]) -> list[list[str]]:
    """The rows of a ruled table; merged cells are repeated in each row."""
    texts: dict[tuple[float, ...], list[Any]] = {cell: [] for cell in table.cells}
    cells = sorted(table.cells, key=lambda cell: (cell[1], cell[0]))
    for character in characters:
        x = (character["x0"] + character["x1"]) / 2
        y = (character["top"] + character["bottom"]) / 2
        for cell in cells:
            if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]:
                texts[cell].append(character)
                break
    written = {cell: join_lines(lines_of(inside)) for cell, inside in texts.items()}
    lefts = sorted({cell[0] for cell in cells})
    tops = sorted({cell[1] for cell in cells})
    rows = []
    for top in tops:
        row = []
        for left in lefts:
            held = next((c for c in cells if c[0] <= left < c[2] and c[1] <= top < c[3]), None)
            row.append(written[held] if held is not None and held[0] == left else "")
        rows.append(row)
    return rows


def _is_scanned(page: Any) -> bool:
    area = float(page.width * page.height) or 1.0
    return any(
        abs(float((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]))) > 0.3 * area
        for image in page.images
    )


def _remove_headers_and_footers(pages: list[Page]) -> None:
    """Remove page numbers, and headers and footers that are repeated at the same height."""
    for at in (0, -1):
        for _ in range(2):  # the page header may be above or below the page number
            ends = [page for page in pages if page.lines and _is_outermost(page, at)]
            repeated = Counter(_place(page.lines[at]) for page in ends)
            seen: set[tuple[str, int]] = set()
            for page in ends:
                line = page.lines[at]
                place = _place(line)
                running = (
                    repeated[place] > max(1, 0.5 * len(pages))
                    and not line.has_gap(1.0)
                    and _stands_apart(page, at)
                )
                if _PAGE_NUMBER.fullmatch(line.text) or (running and place in seen):
                    page.lines.pop(at)
                seen.add(place)


def _place(line: Line) -> tuple[str, int]:
    return re.sub(r"[0-9๐-๙]+", "#", line.text), round(line.y / 4)


def _stands_apart(page: Page, at: int) -> bool:
    if len(page.lines) < 2:
        return True
    line, other = page.lines[at], page.lines[1 if at == 0 else -2]
    return abs(line.y - other.y) > 2 * max(line.size, other.size)


def _is_outermost(page: Page, at: int) -> bool:
    if at == 0:
        return all(top > page.lines[0].y for top, _ in page.tables)
    return all(top < page.lines[-1].y for top, _ in page.tables)


# --- damaged and malicious files -----------------------------------------------------


def _refuse_bombs(data: bytes, where: str) -> None:
    """Refuse streams that are far too large when unpacked, before pdfminer unpacks them."""
    if len(data) > LARGEST_FILE:
        raise _too_large(f"has {len(data) >> 20} MB, more than {LARGEST_FILE >> 20}", where)
    total = 0
    for found in re.finditer(rb"stream\r?\n", data):
        if data[found.start() - 3 : found.start()] == b"end":
            continue
        size = _unpacked(data, found.end(), LARGEST_STREAM)
        total += size
        if size > LARGEST_STREAM or total > LARGEST_TOTAL:
            raise _too_large(
                f"a stream at byte {found.start()} unpacks to more than {LARGEST_STREAM >> 20} MB",
                where,
            )


def _unpacked(data: bytes, start: int, most: int) -> int:
    """The size of a stream when unpacked, also if packed twice; counting stops at `most`."""
    size, once = 0, b""
    unpacker = zlib.decompressobj()
    piece = 1 << 16
    try:
        while not unpacker.eof and start < len(data) and size <= most:
            out = unpacker.decompress(data[start : start + piece], most)
            once = once or out[: 1 << 20]
            size += len(out)
            while unpacker.unconsumed_tail and size <= most:
                size += len(unpacker.decompress(unpacker.unconsumed_tail, most))
            start += piece
    except zlib.error:
        pass
    if once[:1] == b"\x78" and size <= most:
        return max(size, _unpacked(once, 0, most))
    return size


def _refuse_many_pages(pages: int, where: str) -> None:
    if pages > MOST_PAGES:
        raise _too_large(f"has {pages} pages, more than {MOST_PAGES}", where)


def _said(error: Exception) -> str:
    cause = error.args[0] if error.args else error
    if "Password" in type(cause).__name__ or "Password" in type(error).__name__:
        return "it is protected by a password"
    return str(error).splitlines()[0] if str(error) else type(cause).__name__


def _damaged(what: str, where: str) -> ParseError:
    return ParseError(
        f"not a readable PDF: {what}",
        where=where,
        todo="open it in a viewer and print it to a new PDF, without a password",
    )


def _too_large(what: str, where: str) -> ParseError:
    return ParseError(what, where=where, todo="save only the pages with the list")
