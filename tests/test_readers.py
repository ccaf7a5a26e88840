"""Every format gives the same rows as plain text, or is refused with the position."""

from __future__ import annotations

import io
import re
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import cases
from hypothesis import example, given, settings
from hypothesis import strategies as st
from make_fixtures import (
    damaged,
    list_docx,
    make_ministry,
    ministry,
    scanned_pdf,
    table_pdf,
    text_pdf,
)
from parsed import assert_lines_or_an_error

from sisterdata.errors import ParseError, SisterdataError
from sisterdata.parser import parse
from sisterdata.readers import FORMATS, read
from sisterdata.text.mojibake import find_misreading

# The font of the fixtures lacks these; the names of one row have them by mistake of the source.
DEVANAGARI = re.compile("[\u0900-\u097f\ufffd]+")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return make_ministry(tmp_path_factory.mktemp("ministry"))


def plain(cell: str) -> str:
    """A cell without spaces: a line that ends in a cell does not say whether there was one."""
    return re.sub(r"\s", "", DEVANAGARI.sub("", cell))


@pytest.mark.parametrize(
    "name", ["docx", "html", "ruled.pdf", "unruled.pdf", "damaged.pdf", "centred.pdf"]
)
def test_each_format_of_the_ministrys_table_gives_its_rows(
    name: str, made: dict[str, Path]
) -> None:
    _, rows = ministry()
    found = read(made[name])
    read_rows = [line.split("\t") for line in found.text.split("\n") if line.count("\t") == 5]
    filled = ["", ""]
    for row, want in zip(read_rows, rows, strict=True):
        filled = row[:2] if row[1] else filled
        got = filled if not want[1] and name in ("docx", "html") and row[0] else row[:2]
        want_place = want[:2] if want[1] or got == ["", ""] else filled
        assert [plain(cell) for cell in (*got, *row[2:])] == [
            plain(cell) for cell in (*want_place, *want[2:])
        ]
    assert len(found.origins) == len(found.text.split("\n"))
    assert bool(found.issues) == (name == "damaged.pdf")
    assert {issue["code"] for issue in found.issues} <= {"repaired_text"}


@pytest.mark.parametrize("name", ["docx", "html", "damaged.pdf", "centred.pdf"])
def test_each_format_gives_the_same_pairs(name: str, made: dict[str, Path]) -> None:
    import sisterdata

    (source,) = (Path(__file__).parents[1] / "raw" / "moi-pairs-2022").glob("*.txt")
    want = sisterdata.normalize(parse(source)).attestations
    got = sisterdata.normalize(parse(made[name])).attestations
    columns = ["place_id", "partner_id", "country_code", "year", "stage"]
    kept = ~want["verbatim_partner"].str.contains(DEVANAGARI)
    assert len(got) == len(want) == 65
    assert got[kept][columns].equals(want[kept][columns])


@pytest.mark.parametrize("case", cases("readers.csv"))
def test_markup_is_read(case: dict[str, str]) -> None:
    text = case["text"].replace("\\n", "\n").replace("\\t", "\t")
    found = read(io.StringIO(text), format=case["format"] or None)
    assert found.text.replace("\n\n", "\n") == case["lines"].replace("\\n", "\n").replace(
        "\\t", "\t"
    )


@pytest.mark.parametrize("case", cases("text_misread.csv"))
def test_text_that_was_decoded_wrongly_is_restored(case: dict[str, str]) -> None:
    text = case["text"]
    if case["written"]:
        seen = "".join(_decoded(byte, case["read"]) for byte in text.encode(case["written"]))
        misreading = find_misreading(seen)
        assert misreading is not None
        assert misreading.restore(seen) == text
    else:
        assert find_misreading(text) is None


def _decoded(byte: int, encoding: str) -> str:
    try:
        return bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return chr(byte)


def test_restored_text_is_reported_with_the_original() -> None:
    seen = "1. ¨Ñ§ËÇÑ´ÀÙà¡çµ - àÁ×Í§´Ò¹Ñ§"
    found = read(io.StringIO(seen))
    assert found.text == "1. จังหวัดภูเก็ต - เมืองดานัง"
    (issue,) = found.issues
    assert (issue["line"], issue["verbatim"]) == (1, seen)
    assert "TIS-620 read as Latin-1" in issue["message"]


def test_text_with_lost_bytes_is_refused_with_the_cause() -> None:
    with pytest.raises(ParseError, match="UTF-8 read as Windows-1252"):
        read(io.StringIO("à¸?à¸£à¸°à¸?à¸µà¹?, à¸?à¸¹à¹?à¸?à¸±à¸?"))


def test_the_damage_of_a_pdf_is_repaired_in_pasted_text() -> None:
    found = read(io.StringIO("ล าดับ\tจังหวัด\n1\tก าแพงเพชร"))
    assert found.text == "ลำดับ\tจังหวัด\n1\tกำแพงเพชร"
    assert [issue["verbatim"] for issue in found.issues] == ["ล าดับ\tจังหวัด", "1\tก าแพงเพชร"]


# --- Word and PDF --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "lines"),
    [
        ("List Number", ["1. Osaka, Japan", "2. Busan, Korea"]),
        ("List Bullet", ["• Osaka, Japan", "• Busan, Korea"]),
    ],
)
def test_automatic_numbers_of_word_are_written_out(
    style: str, lines: list[str], tmp_path: Path
) -> None:
    list_docx(
        tmp_path / "a.docx", "Sister cities of Perth", ["Osaka, Japan", "Busan, Korea"], style
    )
    read_lines = read(tmp_path / "a.docx").text.split("\n")
    assert [line for line in read_lines if line] == ["Sister cities of Perth", *lines]


def test_prose_and_lists_of_a_pdf_are_read_in_order(tmp_path: Path) -> None:
    lines = ["Sister cities of Perth", "1. Osaka, Japan (1987)", "2. เมืองกำแพง ประเทศจีน"]
    text_pdf(tmp_path / "a.pdf", lines, damaged)
    assert read(tmp_path / "a.pdf").text.split("\n") == lines


def test_an_english_table_without_rules(tmp_path: Path) -> None:
    rows = [
        ["No.", "City", "Country", "Since"],
        ["1", "Saint-Étienne", "France", "1978"],
        ["2", "Newcastle upon Tyne and the whole of Tyneside", "United Kingdom", "1983"],
        ["3", "Minsk", "Belarus", "1993"],
        ["4", "San Luis Potosí", "Mexico", "2001"],
    ]
    table_pdf(tmp_path / "a.pdf", ["Twin towns"], rows, ruled=False, widths=(30, 130, 100, 60))
    table = [line.split("\t") for line in read(tmp_path / "a.pdf").text.split("\n") if "\t" in line]
    assert table == rows


def test_scanned_pages_are_named(tmp_path: Path) -> None:
    scanned_pdf(tmp_path / "a.pdf", [False, True, False, True])
    with pytest.raises(ParseError, match="pages 2, 4: a scanned image") as error:
        read(tmp_path / "a.pdf")
    assert "OCR" in error.value.todo


def assert_grows_with_the_size(work: Callable[[int], object], small: int, large: int) -> None:
    """Work on the large input takes at most three times its share; the machine does not matter."""
    took = []
    for size in (small, large):
        started = time.process_time()
        work(size)
        took.append(time.process_time() - started)
    assert took[1] < 3 * large / small * took[0]


@pytest.mark.slow
def test_the_time_for_a_hundred_pages_grows_with_their_number(tmp_path: Path) -> None:
    titles, (header, *rows) = ministry()
    for times in (4, 36):
        table_pdf(tmp_path / f"{times}.pdf", titles, [header, *rows * times], ruled=True)
    assert_grows_with_the_size(lambda times: read(tmp_path / f"{times}.pdf"), 4, 36)
    found = read(tmp_path / "36.pdf")
    assert found.origins[-1].startswith("page 1")
    assert int(found.origins[-1].split()[1].strip(",")) >= 100
    assert sum(line.count("\t") == 5 for line in found.text.split("\n")) == 1 + 36 * len(rows)


# --- files that are damaged, or made to harm -----------------------------------------------------


def pdf_bomb() -> bytes:
    packed = zlib.compress(zlib.compress(b"0" * (200 << 20)))
    head = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]>>endobj\n"
        f"4 0 obj<</Filter[/FlateDecode/FlateDecode]/Length {len(packed)}>>stream\n"
    )
    return head.encode() + packed + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def docx_of(document: bytes) -> bytes:
    from docx import Document

    plain_file, changed = io.BytesIO(), io.BytesIO()
    Document().save(plain_file)
    with zipfile.ZipFile(plain_file) as parts, zipfile.ZipFile(changed, "w", 8) as out:
        for name in parts.namelist():
            out.writestr(name, document if name == "word/document.xml" else parts.read(name))
    return changed.getvalue()


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a PDF that unpacks to 200 MB": ("pdf", pdf_bomb),
    "a PDF of nothing": ("pdf", lambda: b"%PDF-1.7\n%%EOF"),
    "a PDF that is cut off": ("pdf", lambda: b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>"),
    "a PDF whose pages go round": (
        "pdf",
        lambda: (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
        ),
    ),
    "a Word file that is none": ("docx", lambda: b"PK\x03\x04word/document.xml"),
    "a Word file that unpacks to 80 MB": ("docx", lambda: docx_of(b" " * (80 << 20))),
    "a Word file of damaged XML": ("docx", lambda: docx_of(b"<w:document><w:body>")),
    "a page of 100 MB": ("html", lambda: b"<p>" + b"x" * (100 << 20)),
    "cells without end": (
        "html",
        lambda: b"<table>" + b"<tr><td colspan=1000 rowspan=60000>x<td>y</tr>" * 5000 + b"</table>",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_position(name: str) -> None:
    format_, make = HOSTILE[name]
    with pytest.raises(SisterdataError) as error:
        read(io.BytesIO(make()), format=format_)
    assert error.value.where.startswith("document")
    assert error.value.todo


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Secret City")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret.txt">]>'
    page = f"{entity}<html><body><ul><li>&e; Osaka<li>Busan</ul></body></html>"
    assert "Secret" not in read(io.StringIO(page), format="html").text
    xml = f'<?xml version="1.0"?>{entity}<w:document xmlns:w="http://schemas.openxmlformats.org/'
    xml += 'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e; Osaka</w:t></w:r></w:p></w:body>'
    try:
        text = read(io.BytesIO(docx_of(f"{xml}</w:document>".encode())), format="docx").text
    except SisterdataError as error:
        text = str(error)
    assert "Secret" not in text


def test_entities_that_multiply_are_harmless() -> None:
    entities = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefghi", "bcdefghij", strict=True)
    )
    page = f"<!DOCTYPE x [{entities}]><html><body><p>&j;<li>Osaka</body></html>"
    assert len(read(io.StringIO(page), format="html").text) < 10_000


@pytest.mark.parametrize("unit", ["<div>", "<ul><li>", "<table><tr><td>", "<b>", "<li>x", "<br>"])
def test_the_time_for_deep_or_endless_markup_grows_with_its_size(unit: str) -> None:
    def page(characters: int) -> None:
        read(io.StringIO(unit * (characters // len(unit)) + "Osaka"), format="html")

    assert_grows_with_the_size(page, 20_000, 200_000)


def test_the_time_for_a_page_grows_with_its_size() -> None:
    def page(items: int) -> None:
        text = "<ul>" + "<li>Osaka, <b>Japan</b> (1987)</li>" * items + "</ul>"
        assert read(io.StringIO(text), format="html").text.count("\n") == items - 1

    assert_grows_with_the_size(page, 6_000, 60_000)


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300)
    | st.text("<>/tablerdiu{}|[]=*#-!' \n\"\\กำ1,:", max_size=200).map(str.encode),
    st.sampled_from(FORMATS),
)
@example(b"{|\n|-\n|rowspan=9|a\n|}", "wikitext")
@example(b"%PDF-1.4", "pdf")
@example(b"[[]]", "json")
def test_any_bytes_in_any_format_give_lines_or_an_error(data: bytes, format_: str) -> None:
    assert_lines_or_an_error(data, format_)
