"""Read a Word document: headings, text, numbered lists and tables."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sisterdata.errors import ParseError
from sisterdata.readers.line_builder import LineBuilder
from sisterdata.readers.lines_with_origin import SourceText
from sisterdata.readers.merged_cells import Cell, expand_spans, merge_headers
from sisterdata.readers.word_numbering import Level, Numbering

LARGEST_DOCUMENT = 64 << 20  # bytes of XML, unpacked

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError)


def read_docx(data: bytes, source_id: str, where: str) -> SourceText:
    """Read the body of a document, from top to bottom.

    Merged cells are repeated in each row. Automatic numbers and bullets are written out. Deleted
    text (tracked changes), headers and footers are left out.

    Raises `ParseError` for a file that is damaged, protected by a password, or larger than
    LARGEST_DOCUMENT when unpacked, and if python-docx is not installed.
    """
    document = _open(data, where)
    reader = _Reader(LineBuilder(), where, _numbering(document))
    reader.read(document.element.body)
    return reader.lines.build(source_id, where)


def _open(data: bytes, where: str) -> Any:
    try:
        import docx
    except ImportError as error:
        raise ParseError(
            "Word files need python-docx", where=where, todo="pip install 'sisterdata[docx]'"
        ) from error
    _refuse_bombs(data, where)
    try:
        return docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx raises errors of lxml, zipfile and its own
        raise _damaged(error, where) from error


def _refuse_bombs(data: bytes, where: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(
                entry.file_size
                for entry in archive.infolist()
                if entry.filename.endswith((".xml", ".rels"))
            )
    except _ZIP_ERRORS as error:
        raise _damaged(error, where) from error
    if unpacked > LARGEST_DOCUMENT:
        raise ParseError(
            f"unpacks to {unpacked >> 20} MB of text, more than {LARGEST_DOCUMENT >> 20}",
            where=where,
            todo="save only the part with the list",
        )


def _damaged(error: Exception, where: str) -> ParseError:
    said = str(error).splitlines()[0] if str(error) else repr(error)
    return ParseError(
        f"not a readable Word file: {said}",
        where=where,
        todo="open it in a word processor and save it as .docx, without a password",
    )


class _Reader:
    """Reads a document part by part, and collects its lines."""

    def __init__(self, lines: LineBuilder, where: str, numbering: Numbering) -> None:
        self.lines = lines
        self.where = where
        self.numbering = numbering
        self.tables = 0
        self.paragraphs = 0

    def read(self, body: Any) -> None:
        """Read the paragraphs and tables of a body, or of an element inside it."""
        for element in body:
            if element.tag == f"{_W}p":
                self._read_paragraph(element)
            elif element.tag == f"{_W}tbl":
                self._read_table(element)
            elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
                self.read(element)

    def _read_paragraph(self, paragraph: Any) -> None:
        self.paragraphs += 1
        heading = _style(paragraph).startswith(("heading", "title"))
        if heading:
            self.lines.add_break()
        for line in _text(paragraph).split("\n"):
            label = self.numbering.label(paragraph) if line.strip() else ""
            self.lines.add(label + line, f"paragraph {self.paragraphs}")
        if heading:
            self.lines.add_break()

    def _read_table(self, table: Any) -> None:
        self.tables += 1
        origin = f"table {self.tables}"
        self.lines.add_break()
        rows = [
            list(self._cells(row)) for row in table.iter(f"{_W}tr") if _parent_table(row) is table
        ]
        merged = _merge_down(rows)
        for number, cells in merge_headers(expand_spans(merged, f"{self.where}: {origin}")):
            self.lines.add_row(cells, f"{origin} row {number}")
        self.lines.add_break()

    def _cells(self, row: Any) -> Iterator[tuple[Cell, str]]:
        """The cells of a row, each with its role in a vertical merge, or ""."""
        is_header = row.find(f"{_W}trPr/{_W}tblHeader") is not None
        before = row.find(f"{_W}trPr/{_W}gridBefore")
        for _ in range(min(_value(before, 0), 1000)):
            yield Cell(""), ""
        for cell in row.iter(f"{_W}tc"):
            if _parent_row(cell) is not row:
                continue
            properties = cell.find(f"{_W}tcPr")
            span = None if properties is None else properties.find(f"{_W}gridSpan")
            merge = None if properties is None else properties.find(f"{_W}vMerge")
            part = "" if merge is None else merge.get(f"{_W}val") or "continue"
            text = " ".join(filter(None, (self._cell_text(p) for p in cell.iter(f"{_W}p"))))
            yield Cell(text, 1, _value(span, 1), is_header), part

    def _cell_text(self, paragraph: Any) -> str:
        text = _text(paragraph).replace("\n", " ").strip()
        return (
            (self.numbering.label(paragraph) + text).strip()
            if text or _is_numbered(paragraph)
            else ""
        )


def _merge_down(rows: list[list[tuple[Cell, str]]]) -> list[list[Cell]]:
    """Repeat the text of the first cell of a vertical merge in the others."""
    above: dict[int, str] = {}
    merged = []
    for row in rows:
        at, cells = 0, []
        for printed, part in row:
            text = above.get(at, "") if part == "continue" else printed.text
            cell = Cell(text, 1, printed.columns, printed.header)
            above[at] = cell.text
            cells.append(cell)
            at += max(cell.columns, 1)
        merged.append(cells)
    return merged


def _parent_table(row: Any) -> Any:
    return next(row.iterancestors(f"{_W}tbl"))


def _parent_row(cell: Any) -> Any:
    return next(cell.iterancestors(f"{_W}tr"))


def _value(element: Any, default: int) -> int:
    value = None if element is None else element.get(f"{_W}val")
    return int(value) if value is not None and re.fullmatch(r"\d{1,6}", value) else default


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else (style.get(f"{_W}val") or "").lower()


def _is_numbered(paragraph: Any) -> bool:
    return paragraph.find(f"{_W}pPr/{_W}numPr") is not None


_TEXTS = {f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"}


def _text(paragraph: Any) -> str:
    """The text of a paragraph, with line feeds for line breaks."""
    pieces = []
    for part in paragraph.iter(*_TEXTS):
        if any(above.tag in (f"{_W}del", f"{_W}moveFrom") for above in part.iterancestors()):
            continue
        name = part.tag.removeprefix(_W)
        pieces.append(
            (part.text or "") if name == "t" else {"tab": " ", "noBreakHyphen": "-"}.get(name, "\n")
        )
    return "".join(pieces)


def _numbering(document: Any) -> Numbering:
    """The numbering of a document: the levels of each list."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError, AttributeError):
        return Numbering({}, _style_lists(document))
    levels = {
        abstract.get(f"{_W}abstractNumId"): dict(_levels(abstract))
        for abstract in root.iter(f"{_W}abstractNum")
    }
    lists: dict[str, dict[int, Level]] = defaultdict(dict)
    for number in root.iter(f"{_W}num"):
        target = number.find(f"{_W}abstractNumId")
        if target is not None:
            lists[number.get(f"{_W}numId")] = levels.get(target.get(f"{_W}val"), {})
    return Numbering(dict(lists), _style_lists(document))


def _levels(abstract: Any) -> Iterator[tuple[int, Level]]:
    for level in abstract.iter(f"{_W}lvl"):
        text = level.find(f"{_W}lvlText")
        form = level.find(f"{_W}numFmt")
        yield (
            int(level.get(f"{_W}ilvl", "0")),
            Level(
                "decimal" if form is None else form.get(f"{_W}val", "decimal"),
                "" if text is None else text.get(f"{_W}val", ""),
                _value(level.find(f"{_W}start"), 1),
            ),
        )


def _style_lists(document: Any) -> dict[str, tuple[str, int]]:
    """The list and level of each paragraph style."""
    found = {}
    for style in document.styles.element.iter(f"{_W}style"):
        properties = style.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            continue
        number = properties.find(f"{_W}numId")
        if number is not None:
            level = _value(properties.find(f"{_W}ilvl"), 0)
            found[style.get(f"{_W}styleId")] = (number.get(f"{_W}val"), level)
    return found
