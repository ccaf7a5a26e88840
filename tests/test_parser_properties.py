"""Tables and lists made of records, damaged as received ones are, say the same records again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from cases import CASES
from hypothesis import example, given, settings
from hypothesis import strategies as st
from parsed import assert_every_line_or_an_error, assert_whole, values

from sisterdata.errors import SisterdataError
from sisterdata.parser import LAYOUTS, Document, parse
from sisterdata.parser.document import COLUMNS
from sisterdata.readers import read
from sisterdata.text.dates import western_digits, year
from sisterdata.text.repair import repair

ROOT = Path(__file__).parents[1]

PROVINCES = ("กระบี่", "ลำปาง", "กำแพงเพชร", "เชียงใหม่", "น่าน", "อำนาจเจริญ", "พระนครศรีอยุธยา", "ตาก")
PLACES = ("แขวงคำม่วน", "เมืองซ็องนัม", "นครซีอาน มณฑลส่านซี", "เมืองจิงหนิง (เซียงรุ่ง)", "รัฐอัสสัม")
COUNTRIES = ("สปป.ลาว", "สาธารณรัฐเกาหลี", "สาธารณรัฐประชาชนจีน", "ประเทศญี่ปุ่น", "สาธารณรัฐอินเดีย")
NOTES = ("", "ลงนาม LOI แล้ว", "อยู่ระหว่างร่าง MOU", "นำเสนอคณะรัฐมนตรี ครั้งที่ 2")
HEADINGS = ("อยู่ระหว่างดำเนินการ (On process: OP)", "ลงนามแล้ว", "สิ้นสุดแล้ว")
HEADERS = {
    "number": ("", "ที่", "ลำดับที่"),
    "place": ("จังหวัด", "จังหวัดของไทย", " จังหวัด "),
    "sequence": ("ลำดับ", "ลําดับ", "ที่", "No."),
    "partner": ("คู่ความสัมพันธ์", "เมืองคู่มิตร", "เมืองพี่เมืองน้อง", "หน่วยงานต่างประเทศ"),
    "year": ("ปีที่ริเริ่ม", "ปีที่ลงนาม", "ปี", "พ.ศ.", "ปี\u00a0พ.ศ."),
    "note": ("หมายเหตุ", "สถานะ", "หมายเหตุ/ความคืบหน้า"),
}


@dataclass(frozen=True)
class Record:
    section: str
    place: str
    sequence: int
    partner: str
    year: int | None
    note: str


@st.composite
def sections(draw: st.DrawFn) -> list[list[list[Record]]]:
    """Sections of provinces of records."""
    found = []
    for heading in draw(st.permutations(HEADINGS))[: draw(st.integers(1, 3))]:
        provinces = draw(st.permutations(PROVINCES))[: draw(st.integers(1, 4))]
        found.append(
            [
                [
                    Record(
                        heading,
                        province,
                        sequence,
                        f"{draw(st.sampled_from(PLACES))} {draw(st.sampled_from(COUNTRIES))}",
                        draw(st.none() | st.integers(2500, 2565)),
                        draw(st.sampled_from(NOTES)),
                    )
                    for sequence in range(1, draw(st.integers(1, 4)) + 1)
                ]
                for province in provinces
            ]
        )
    return found


def thai_digits(text: str) -> str:
    return text.translate({48 + digit: 0x0E50 + digit for digit in range(10)})


def decomposed(text: str) -> str:
    return text.replace("\u0e33", "\u0e4d\u0e32")


DAMAGE: dict[str, Callable[[str], str]] = {
    "none": lambda cell: cell,
    "padded": lambda cell: f"  {cell} ",
    "no-break spaces": lambda cell: f"\u00a0{cell}\u00a0".replace(" ", "\u00a0"),
    "Thai digits": thai_digits,
    "decomposed sara am": decomposed,
    "zero-width space": lambda cell: cell and f"{cell[:1]}{cell[1:2]}\u200b{cell[2:]}",
    "doubled tone": lambda cell: cell.replace("\u0e48", "\u0e48\u0e48"),
}


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Record], str]:
    """Records, and a text that prints them in one of the ways such tables are printed."""
    wanted = draw(sections())
    order = [
        "number",
        *draw(
            st.sampled_from([["place", "sequence", "partner"], ["place", "partner", "sequence"]])
        ),
        *draw(st.permutations(["year", "note"])),
    ]
    header = [draw(st.sampled_from(HEADERS[name])) for name in order]
    separator = draw(st.sampled_from(["\t", "|", "| |"]))
    bordered, separator = separator == "| |", separator[0]
    damage = DAMAGE[draw(st.sampled_from(sorted(DAMAGE)))]
    repeats = draw(st.sampled_from(["nothing", "place", "place and number"]))
    cut_blanks = draw(st.booleans())
    page_every = draw(st.sampled_from([0, 1, 3]))
    blank_lines = draw(st.booleans())

    def line(cells: list[str]) -> str:
        if cut_blanks and not bordered:
            while cells and not cells[-1]:
                cells = cells[:-1]
        joined = separator.join(cells)
        return f"|{joined}|" if bordered else joined

    lines = ["คู่ความสัมพันธ์ของจังหวัด (ตัวอย่าง)", "สถานะ ณ วันที่ 10 มีนาคม 2565", ""]
    printed = 0
    for provinces in wanted:
        pairs = sum(map(len, provinces))
        heading = f"{provinces[0][0].section} {pairs} คู่ {len(provinces)} จังหวัด"
        lines += [damage(heading), line(header)]
        for number, rows in enumerate(provinces, 1):
            for row in rows:
                first = row.sequence == 1
                cells = {
                    "number": str(number) if first or repeats == "place and number" else "",
                    "place": row.place if first or repeats != "nothing" else "",
                    "sequence": str(row.sequence),
                    "partner": row.partner,
                    "year": "" if row.year is None else str(row.year),
                    "note": row.note,
                }
                lines.append(line([damage(cells[name]) if cells[name] else "" for name in order]))
                printed += 1
                if page_every and printed % page_every == 0:
                    lines += [f"- {printed} -", f"\f{damage(heading)}", line(header)]
        if blank_lines:
            lines += ["", "\u00a0"]
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    return [row for rows in wanted for rows in rows for row in rows], end.join(lines) + end


def mended(cell: Any) -> str:
    return "" if not isinstance(cell, str) else western_digits(repair(cell).text)


@settings(max_examples=120)
@given(tables(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp874"]))
def test_a_damaged_table_says_its_records_again(
    table: tuple[list[Record], str], encoding: str
) -> None:
    wanted, text = table
    if encoding == "cp874" and "\u200b" in text:
        encoding = "utf-8"  # Thai's own encodings have no zero-width space
    document = parse(BytesIO(text.encode(encoding)), strict=True)
    found = [
        Record(
            mended(row.section),
            mended(row.verbatim_place),
            row.sequence,
            mended(row.verbatim_partner),
            year(mended(row.verbatim_year), era="BE").value,
            mended(row.verbatim_note),
        )
        for row in document.rows.itertuples()
    ]
    common = [
        Record(
            row.section, row.place, row.sequence, row.partner, row.year and row.year - 543, row.note
        )
        for row in wanted
    ]
    assert found == common
    assert document.date == "2022-03-10"
    assert document.issues.empty
    counted = document.claims.groupby("subject")["claimed"].sum().to_dict()
    assert counted["pairs"] == len(wanted)
    assert counted["provinces"] == len({(row.section, row.place) for row in wanted})
    assert_whole(document, text)


CITIES = (
    "Kaohsiung, Taiwan",
    "Los Angeles, California, U.S.A.",
    "St. Petersburg, Russian Federation",
    "Washington D.C , The United States of America",
    "George Town, Penang Island, Malaysia",
    "Guangzhou, the Republic of china",
    "Aichi, Japan",
)
DATES = ("", "Jun.30.1966", "June 30, 1966", "30 June 1966", "1966", "June 1966", "30/06/1966")
HOMES = {
    "{n} Sister Cities of {home}": 0,
    "Sister Cities of {home} ({n} cities)": 0,
    "{home}'s Sister Cities: {n} cities": 0,
    "Cities twinned with {home}": 1,
}


@st.composite
def lists(draw: st.DrawFn) -> tuple[list[tuple[str, int, str, str]], str]:
    """Pairs (home, number, city, date), and a page that lists them."""
    wanted = []
    lines = ["Jump to Navigation", "International Affairs", ""]
    for home in draw(st.permutations(["Bangkok", "Nur-Sultan", "New York City"]))[
        : draw(st.integers(1, 3))
    ]:
        cities = draw(st.lists(st.sampled_from(CITIES), min_size=1, max_size=8))
        form = draw(st.sampled_from(sorted(HOMES)))
        number_form = draw(st.sampled_from(["{}. ", "{}) ", "({}) ", "  {}.  "]))
        digits = draw(st.sampled_from([str, lambda number: thai_digits(str(number))]))
        date_form = draw(st.sampled_from([" {}", ", {}", " ({})", " – {}", " [{}]", " (since {})"]))
        apart = draw(st.booleans())
        lines += [form.format(home=home, n=len(cities)), ""]
        for number, city in enumerate(cities, 1):
            date = draw(st.sampled_from(DATES))
            shown = city + (date_form.format(date) if date else "")
            lines += [number_form.format(digits(number)) + shown] + [""] * apart
            wanted.append((home, number, city, date))
        lines += ["", "The city welcomes delegations from all over the world every year.", ""]
    return wanted, draw(st.sampled_from(["\n", "\r\n"])).join(lines)


@settings(max_examples=100)
@given(lists())
def test_a_printed_list_says_its_pairs_again(
    page: tuple[list[tuple[str, int, str, str]], str],
) -> None:
    wanted, text = page
    document = parse(BytesIO(text.encode()), strict=True)
    columns = ["verbatim_place", "sequence", "verbatim_partner", "verbatim_year"]
    assert [tuple(cell or "" for cell in row) for row in values(document.rows[columns])] == wanted
    assert document.issues.empty
    assert_whole(document, text)


RECEIVED = [path.read_bytes() for path in sorted(ROOT.glob("raw/*/*.txt"))]
OURS = [path.read_bytes() for path in sorted(ROOT.glob("tests/cases/documents/*.txt"))]


@st.composite
def mutilated(draw: st.DrawFn) -> bytes:
    """A document with pieces cut out, doubled, moved, or overwritten by anything."""
    data = draw(st.sampled_from(RECEIVED + OURS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.integers(0, 200))
        piece = draw(
            st.binary(max_size=8)
            | st.sampled_from([b"\n", b"\t", b"\t\t", b"\x00", b"1. ", b"\r", data[start:end] * 2])
            | st.text(max_size=4).map(lambda text: text.encode("utf-8", "surrogatepass"))
        )
        data = data[:start] + piece + data[end:]
    return data


@settings(max_examples=120)
@given(st.binary(max_size=400) | mutilated(), st.sampled_from([None, *LAYOUTS]))
@example(b"\xff\xfe\x00\xd8", None)
@example(b"\xef\xbb\xbf", "table")
def test_any_bytes_give_every_line_or_an_error_with_its_place(
    data: bytes, layout: str | None
) -> None:
    assert_every_line_or_an_error(data, layout)


@pytest.mark.parametrize("layout", [None, *LAYOUTS])
@pytest.mark.parametrize("path", sorted((CASES / "bytes").iterdir()), ids=lambda path: path.stem)
def test_bytes_that_once_broke_a_parser_no_longer_do(path: Path, layout: str | None) -> None:
    assert_every_line_or_an_error(path.read_bytes(), layout)


@settings(max_examples=100)
@given(st.text(max_size=300), st.sampled_from([None, *LAYOUTS]))
@example("0\x00", "table")
def test_any_text_gives_every_line_or_an_error(text: str, layout: str | None) -> None:
    # Bytes with NULs may be UTF-16 without its mark, and another text then.
    source = StringIO(text) if "\x00" in text else BytesIO(text.encode())
    again = StringIO(text) if "\x00" in text else BytesIO(text.encode())
    try:
        document = parse(source, layout=layout)
    except SisterdataError:
        return
    assert_whole(document, read(again).text)


@pytest.mark.parametrize("layout", [None, *LAYOUTS])
@pytest.mark.parametrize(
    "unit",
    [
        "ก",
        "\x00",
        "\u0e48\u0e38",
        "a\t",
        "1. ",
        "จังหวัด\tเมืองคู่มิตร\t",
        "In May 2018, it was. ",
        "12 คู่ ",
        "A b, ",
        "| ",
        "Sister Cities of ",
        "(",
        "  ",
        "Bangkok and ",
    ],
)
def test_a_very_long_line_is_one_line(unit: str, layout: str | None) -> None:
    # A step that is quadratic in the line would not come back in any useful time.
    text = unit * 20_000
    try:
        document = parse(BytesIO(text.encode()), layout=layout)
    except SisterdataError:
        assert layout is None
        return
    assert len(document.lines) == bool(text.strip())
    assert size(document) < 300 * len(text)


LONG = "ก" * 50_000


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ([f"{LONG} 12 คู่", "จังหวัด\tคู่ความสัมพันธ์"], "ตาก\tเมืองเมียวดี"),
        (["จังหวัด\tลำดับ\tคู่ความสัมพันธ์", f"{LONG}\t1\tเมืองเมียวดี"], "\t2\tเมืองพะอัน"),
        (["จังหวัด\tลำดับ\tคู่ความสัมพันธ์", f"ตาก\t1\t{LONG}"], "\t1\tเมืองพะอัน"),
        (["จังหวัด\tคู่ความสัมพันธ์" + "\tก" * 20_000], "ตาก\tเมืองเมียวดี"),
        ([f"Sister Cities of {'Bangkok ' * 9000}"], "1. Aichi, Japan"),
        ([f"By X, {LONG}", "Sister Cities of Bangkok"], "1. Aichi, Japan"),
        (["Sister Cities of Bangkok", f"1. {LONG}"], "1. Aichi, Japan"),
        (["3 networks Bangkok joins", f"1. {LONG}"], "1. Aichi (A)"),
        (
            ["Sister Cities of Bangkok", f"1. Aichi {'(MOU)' * 10_000}"],
            "2. Aichi, Japan (MOU)(MOU)",
        ),
        (
            ["Busan and Fukuoka, " * 50 + "signed it."],
            "Bangkok and Busan, " * 50 + "signed an MOU.",
        ),
    ],
    ids=[
        "heading",
        "place",
        "partner",
        "columns",
        "home",
        "byline",
        "item",
        "body",
        "remarks",
        "parties",
    ],
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_long_is_not_repeated(lines: list[str], line: str, layout: str) -> None:
    text = "\n".join([*lines, *[line] * 500])
    document = parse(BytesIO(text.encode()), layout=layout)
    assert_whole(document, text)
    assert size(document) < 60 * len(text.encode())


def size(document: Document) -> int:
    return sum(int(getattr(document, name).memory_usage(deep=True).sum()) for name in COLUMNS)


PLACED = ("Busan, Korea", "Osaka, Japan", "Austin, Texas", "Bonn, Germany", "Perm, Russia")
BARE = ("Oxford", "Leiden", "Chiang Mai", "St. Petersburg", "Ulan-Ude")
# How an article says that one place is tied with others, and that two are with one another.
WITH = (
    "{one} signed sister city agreements with {others}{when}.",
    "{when}{one} established sister-city relations with {others}.",
    "{one} has been twinned with {others}{when}.",
    "{one} formally entered into friendship city ties with {others}{when}, as all had hoped.",
)
TOGETHER = (
    "{one} and {other} signed a sister city agreement{when}.",
    "{when}the cities of {one} and {other} became sister cities.",
    "A twinning agreement was signed between {one} and {other}{when}.",
    "The sister-city relationship between {one} and {other} was established{when}.",
)
UNREAL = (
    "{one} and {other} did not sign a sister city agreement{when}.",
    "{one} plans to become a sister city of {other}{when}.",
    "{one} and {other} cancelled their sister city agreement{when}.",
    "{one} and {other} signed the termination of their twin town pact{when}.",
    "{one}, {other} and Genoa signed a sister city agreement{when}.",
    "If {one} and {other} signed a sister city agreement{when}, all would be well.",
)


@st.composite
def statements(draw: st.DrawFn) -> tuple[list[tuple[str, str]], str]:
    """The pairs that a sentence states, and the sentence."""
    # In one list all names have their country, or none has.
    names = draw(st.permutations(draw(st.sampled_from([PLACED, BARE]))))
    one, other = names[:2]
    form = draw(st.sampled_from(WITH + TOGETHER + UNREAL))
    date = draw(st.sampled_from(["", "on 5 May 1999", "in June 2004", "in 2011"]))
    when = f"{date.capitalize()}, " if form.startswith("{when}") else f" {date}"
    when = "" if not date else when
    partners = names[1 : draw(st.integers(2, 4))]
    listed = ", ".join(partners[:-1]) + " and " + partners[-1] if partners[1:] else partners[0]
    sentence = form.format(one=one, other=other, others=listed, when=when)
    pairs = {WITH: [(one, partner) for partner in partners], TOGETHER: [(one, other)]}
    stated = next((said for forms, said in pairs.items() if form in forms), [])
    return stated, sentence[0].upper() + sentence[1:]


@settings(max_examples=100)
@given(st.lists(statements(), min_size=1, max_size=4), st.sampled_from([" ", "\n\n"]))
def test_an_article_says_its_pairs_again(
    told: list[tuple[list[tuple[str, str]], str]], between: str
) -> None:
    text = "News\n\n" + between.join(sentence for _, sentence in told)
    document = parse(StringIO(text), layout="article", strict=False)
    found = [tuple(row) for row in values(document.rows[["verbatim_place", "verbatim_partner"]])]
    assert found == [pair for pairs, _ in told for pair in pairs]
    doubted = document.issues.query("code == 'pair_not_certain'")
    assert len(doubted) == sum(not pairs for pairs, _ in told)
    assert_whole(document, text)
