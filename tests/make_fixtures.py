"""Make the PDF, Word and HTML files that tests read: python tests/make_fixtures.py FOLDER.

They are made of tables in text, so that what is read from each can be held against the text. The
PDFs have what real ones of Thai offices have: no rules, glyphs of private use, split sara am,
marks drawn before their consonant, names broken over lines, repeated headers and page numbers.
"""

from __future__ import annotations

import html
import io
import re
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

Rows = Sequence[Sequence[str]]
MINISTRY = Path(__file__).parents[1] / "raw" / "moi-pairs-2022"
WIDTHS = (22, 78, 34, 190, 52, 120)  # points
FONT = "Sarabun"
SIZE = 10

_PRIVATE = {
    **dict(zip("่้๊๋์", "\uf70a\uf70b\uf70c\uf70d\uf70e", strict=True)),
    **dict(zip("ิีึื", "\uf701\uf702\uf703\uf704", strict=True)),
    **dict(zip("ุู", "\uf718\uf719", strict=True)),
}


def ministry() -> tuple[list[str], list[list[str]]]:
    """The Ministry's document: the lines above its table, and the rows with their header."""
    (path,) = MINISTRY.glob("*.txt")
    lines = path.read_text(encoding="utf-8").split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("\tจังหวัด"))
    rows = [line.split("\t") for line in lines[start:] if line.strip()]
    return [line for line in lines[:start] if line.strip()], rows


# --- damage --------------------------------------------------------------------------------------


def damaged(text: str) -> str:
    """A text as a PDF of an old Thai font gives it."""
    text = re.sub("([ก-ฮ][่-๋]?)ำ", "\\1 า", text)
    text = re.sub("([เแโ])([ก-ฮ])([ิ-ู])", "\\1\\3\\2", text)
    every_second = iter(range(len(text)))
    return "".join(
        _PRIVATE.get(sign, sign) if sign not in _PRIVATE or next(every_second) % 2 else sign
        for sign in text
    )


# --- PDF -----------------------------------------------------------------------------------------


@cache
def _font() -> str:
    """A Thai font with the glyphs of private use."""
    from fontpkg_sarabun import __file__ as package
    from fontTools.ttLib import TTFont as Font
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    font = Font(Path(package).parent / "files" / "Sarabun-Regular.ttf")
    for table in font["cmap"].tables:
        for plain, private in _PRIVATE.items():
            if ord(plain) in table.cmap and table.format != 0:
                table.cmap[ord(private)] = table.cmap[ord(plain)]
        table.cmap.pop(0xFFFD, None)
    file = io.BytesIO()
    font.save(file)
    file.seek(0)
    pdfmetrics.registerFont(TTFont(FONT, file))
    return FONT


def _width(text: str) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, _font(), SIZE))


def wrapped(text: str, width: float) -> list[str]:
    """The lines of a cell; a name may be broken, but never between a letter and its marks."""
    lines, rest = [], text
    while rest:
        end = len(rest)
        while _width(rest[:end]) > width and end > 1:
            end -= 1
        if end < len(rest):
            space = rest.rfind(" ", 0, end + 1)
            if space > end // 2:
                lines.append(rest[:space])
                rest = rest[space + 1 :]
                continue
            while end > 1 and re.match(
                "[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\uf700-\uf71a ]", rest[end]
            ):
                end -= 1
            while end > 1 and re.match("[เ-ไ]", rest[end - 1]):
                end -= 1
        lines.append(rest[:end])
        rest = rest[end:]
    return lines or [""]


def table_pdf(
    path: Path,
    titles: Sequence[str],
    rows: Rows,
    *,
    ruled: bool,
    centred: bool = False,
    damage: Callable[[str], str] = str,
    widths: Sequence[float] = WIDTHS,
) -> None:
    """A table over as many pages as it needs, its header on each."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    top, left, leading = A4[1] - 60, 40.0, SIZE * 1.5
    y, page = top, 1
    for title in titles:
        canvas.setFont(_font(), SIZE + 2)
        canvas.drawCentredString(A4[0] / 2, y, damage(title))
        y -= leading * 1.5

    def draw(row: Sequence[str], y: float) -> float:
        canvas.setFont(_font(), SIZE)
        cells = [
            wrapped(damage(cell), width - 10.8) for cell, width in zip(row, widths, strict=True)
        ]
        height = max(map(len, cells)) * leading + 4
        x = left
        for lines, width in zip(cells, widths, strict=True):
            down = (height - 4 - len(lines) * leading) / 2 if centred else 0
            for n, line in enumerate(lines):
                canvas.drawString(x + 5.4, y - down - n * leading, line)
            if ruled:
                canvas.rect(x, y + SIZE - height + 2, width, height)
            x += width
        return y - height

    header, *body = rows
    y = draw(header, y)
    for row in body:
        if y < 90:
            canvas.drawCentredString(A4[0] / 2, 40, f"- {page} -")
            canvas.showPage()
            page += 1
            y = draw(header, top)
        y = draw(row, y)
    canvas.drawCentredString(A4[0] / 2, 40, f"- {page} -")
    canvas.save()


def text_pdf(path: Path, lines: Sequence[str], damage: Callable[[str], str] = str) -> None:
    """Prose and lists, a line each."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), invariant=1)
    y = 780.0
    for line in lines:
        if y < 80:
            canvas.showPage()
            y = 780.0
        canvas.setFont(_font(), SIZE)
        canvas.drawString(60, y, damage(line))
        y -= SIZE * 1.6
    canvas.save()


def scanned_pdf(path: Path, pages: Sequence[bool]) -> None:
    """Pages that hold text, or an image of some."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), invariant=1)
    for scanned in pages:
        if scanned:
            canvas.drawImage(ImageReader(Image.new("L", (60, 80), 240)), 20, 20, 550, 780)
        else:
            canvas.drawString(60, 700, "1. Osaka, Japan (1987)")
        canvas.showPage()
    canvas.save()


# --- Word and HTML -------------------------------------------------------------------------------


def table_docx(path: Path, titles: Sequence[str], rows: Rows) -> None:
    """The table with the cells of the first two columns merged down, where they are empty."""
    import docx

    document = docx.Document()
    for title in titles:
        document.add_paragraph(title)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for cells, row in zip(rows, table.rows, strict=True):
        for text, cell in zip(cells, row.cells, strict=True):
            cell.text = text
    for column in (0, 1):
        start = 1
        for at in range(2, len(rows) + 1):
            if at == len(rows) or rows[at][1]:
                if at - start > 1:
                    table.cell(start, column).merge(table.cell(at - 1, column))
                start = at
    document.save(str(path))


def list_docx(path: Path, heading: str, items: Sequence[str], style: str = "List Number") -> None:
    """A heading and a list whose numbers Word counts."""
    import docx

    document = docx.Document()
    document.add_heading(heading, 1)
    for item in items:
        document.add_paragraph(item, style=style)
    document.save(str(path))


def table_html(path: Path, titles: Sequence[str], rows: Rows) -> None:
    """A saved page: the table with rowspans, within navigation, scripts and a footer."""
    spans = [1 if row[1] else 0 for row in rows]
    for at in range(len(rows) - 1, 0, -1):
        if not spans[at]:
            continue
        end = at + 1
        while end < len(rows) and not rows[end][1]:
            end += 1
        spans[at] = end - at
    lines = []
    for n, (row, span) in enumerate(zip(rows, spans, strict=True)):
        tag = "td" if n else "th"
        cells = []
        for column, cell in enumerate(row):
            if column < 2 and n:
                if span:
                    cells.append(f'<td rowspan="{span}">{html.escape(cell)}</td>')
            else:
                cells.append(f"<{tag}>{html.escape(cell)}</{tag}>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    first, *others = map(html.escape, titles)
    above = f"<h1>{first}</h1>" + "".join(f"<p>{title}</p>" for title in others)
    path.write_text(
        "<!DOCTYPE html><html><head><title>กระทรวงมหาดไทย</title>"
        "<script>var x = '<table>';</script></head><body>"
        "<nav><ul><li><a href='/'>หน้าแรก</a></li><li>ติดต่อเรา</li></ul></nav><main>"
        f"{above}<table>{''.join(lines)}</table></main>"
        "<footer>สงวนลิขสิทธิ์ 2565</footer></body></html>",
        encoding="utf-8",
    )


def make_ministry(folder: Path) -> dict[str, Path]:
    """The Ministry's table in every format."""
    titles, rows = ministry()
    made: dict[str, Any] = {
        "docx": lambda path: table_docx(path, titles, rows),
        "html": lambda path: table_html(path, titles, rows),
        "ruled.pdf": lambda path: table_pdf(path, titles, rows, ruled=True),
        "unruled.pdf": lambda path: table_pdf(path, titles, rows, ruled=False),
        "damaged.pdf": lambda path: table_pdf(path, titles, rows, ruled=False, damage=damaged),
        "centred.pdf": lambda path: table_pdf(path, titles, rows, ruled=False, centred=True),
    }
    paths = {}
    for name, make in made.items():
        paths[name] = folder / f"ministry.{name}"
        make(paths[name])
    return paths


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for made_path in make_ministry(target).values():
        print(made_path)
