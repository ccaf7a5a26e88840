"""Documents with their expected frames: the received ones, and ours in cases/documents/.

A case is a text and, beside it, a .yml of what it says; `issues` gives line, field and code.
"""

from __future__ import annotations

import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from parsed import assert_whole, values

from sisterdata.errors import ParseError, SourceError
from sisterdata.parser import LAYOUTS, Document, parse
from sisterdata.source_yml import read_source
from sisterdata.text.repair import repair

DOCUMENTS = sorted((Path(__file__).parent / "cases" / "documents").glob("*.txt"))
FRAMES = ("rows", "organizations", "claims", "events", "issues")
UNREAD = {"issues": ["severity", "verbatim", "message"]}  # columns no case spells out


def said(document: Document) -> dict[str, Any]:
    """A document in the form of a case's .yml."""
    kinds: dict[str, list[int]] = {}
    for line, kind in document.lines[["line", "kind"]].itertuples(index=False):
        kinds.setdefault(kind, []).append(line)
    frames = {
        name: values(getattr(document, name).drop(columns=UNREAD.get(name, []))) for name in FRAMES
    }
    return {
        "layout": document.layout,
        "title": document.title,
        "date": document.date,
        "kinds": kinds,
        **{name: rows for name, rows in frames.items() if rows},
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_document_is_read_as_its_case_says(path: Path) -> None:
    document = parse(path)
    assert said(document) == yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))
    assert document.source_id == path.stem
    assert_whole(document, path.read_bytes().decode())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_encoding_line_ends_and_naming_the_layout_make_no_difference(path: Path) -> None:
    text = path.read_bytes().decode()
    expected = said(parse(path))
    unix = text.replace("\r\n", "\n")
    for data in (
        text.encode("utf-8-sig"),
        text.encode("utf-16"),
        b"\xfe\xff" + text.encode("utf-16-be"),
        unix.encode(),
        unix.replace("\n", "\r\n").encode(),
        unix.replace("\n", "\r").encode(),
    ):
        assert said(parse(BytesIO(data))) == expected
    assert said(parse(StringIO("\ufeff" + unix))) == expected
    assert said(parse(BytesIO(text.encode()), layout=expected["layout"])) == expected
    if re.search("[\u0e01-\u0e4e]", text) and "〃" not in text:  # cp874 has no such sign
        assert said(parse(BytesIO(text.encode("cp874")))) == expected


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_strict_refuses_the_first_line_that_fits_nothing(path: Path) -> None:
    unknown = parse(path).lines.query("kind == 'unknown'")
    if unknown.empty:
        assert said(parse(path, strict=True)) == said(parse(path))
        return
    with pytest.raises(ParseError, match="fits nothing") as error:
        parse(path, strict=True)
    assert error.value.where == f"{path}:{unknown['line'].iloc[0]}"
    assert unknown["text"].iloc[0].strip()[:20].split("\t")[0] in str(error.value)


def test_ministry_list(raw_dir: Path) -> None:
    document = parse(read_source(raw_dir / "moi-pairs-2022"), strict=True)
    rows = document.rows
    assert (document.source_id, document.layout) == ("moi-pairs-2022", "table")
    assert (document.date, len(rows), rows["verbatim_place"].nunique()) == ("2022-03-10", 65, 30)
    assert set(rows["section"]) == {"อยู่ระหว่างดำเนินการ (On process: OP)"}
    assert rows[["verbatim_partner", "verbatim_year", "sequence"]].notna().all().all()
    assert values(document.claims[["line", "subject", "claimed"]]) == [
        [7, "pairs", 65],
        [7, "provinces", 30],
    ]
    assert values(document.issues[["line", "code", "message"]]) == [
        [58, "number_out_of_order", "23 ระยอง is printed before 22 ลำปาง"]
    ]
    ubon = rows.set_index("line").loc[76]
    assert ubon["verbatim_place"] == "อุบลราชธานี"
    assert ubon["verbatim_partner"] == "จังหวัดบ่न्हเพือก สาธารณรัฐสังคมนิยมเวียดนาม"
    assert ubon["verbatim_note"] is pd.NA
    assert_whole(document, read_source(raw_dir / "moi-pairs-2022").read_bytes().decode())


def test_bangkok_page(raw_dir: Path) -> None:
    document = parse(read_source(raw_dir / "bangkok-iad"), strict=True)
    rows, bodies = document.rows, document.organizations
    assert (document.layout, document.title) == ("list", "Bangkok Diplomatic Missions")
    assert list(rows["sequence"]) == list(range(1, 23))
    assert set(rows["verbatim_place"]) == {"Bangkok"}
    assert set(rows["section"]) == {"Sister Cities of Bangkok"}
    assert rows["verbatim_partner"].iloc[[0, 20]].tolist() == [
        "Washington D.C , The United States of America",
        "George Town, Penang Island, Malaysia",
    ]
    assert rows["verbatim_year"].isna().all()
    assert list(bodies["sequence"]) == list(range(1, 12))
    assert bodies["description"].notna().all()
    assert dict(zip(bodies["sequence"], bodies["acronym"], strict=True))[5] == "CITYNET"
    assert {(subject, int(claimed)) for subject, claimed in
            document.claims[["subject", "claimed"]].itertuples(index=False)} == {
        ("cities", 21), ("cities", 22), ("countries", 15), ("organizations", 7),
        ("organizations", 11), ("embassies", 74),
    }  # fmt: skip
    assert document.issues.empty
    assert_whole(document, read_source(raw_dir / "bangkok-iad").read_bytes().decode())


def test_chongqing_article(raw_dir: Path) -> None:
    document = parse(read_source(raw_dir / "ichongqing-2024"), strict=True)
    assert (document.layout, document.date) == ("article", "2024-04-19")
    assert document.title is not None
    assert document.title.startswith("Chongqing's First Foreign Capital Sister City")
    columns = ["line", "verbatim_place", "verbatim_partner", "verbatim_year", "verbatim_note"]
    assert values(document.rows[columns]) == [
        [
            11,
            "Chongqing Municipality",
            "Bangkok City of Thailand",
            "September 26, 2011",
            "signed the Establishment of Friendly Exchange Relations Agreement",
        ]
    ]
    assert list(document.events["date"].drop_duplicates()) == [
        "2011-09-26",
        "2014-11",
        "2018-05",
        "2019-08",
        "2021-10",
        "2022-07-01",
        "2023-12-15",
        "2023-12-29",
    ]
    # Two more statements stand under the date that opens their paragraph, and are flagged so.
    assert len(document.events) == 10
    assert list(document.issues["code"]) == ["date_carried", "date_carried"]
    assert_whole(document, read_source(raw_dir / "ichongqing-2024").read_bytes().decode())


def test_received_files_are_told_apart_without_their_description(raw_dir: Path) -> None:
    for folder in raw_dir.iterdir():
        source = read_source(folder)
        assert parse(source.file).layout == source.layout


@pytest.mark.parametrize(
    ("source", "what"),
    [
        (b"", "no known layout"),
        (b"hello\n", "no known layout"),
        (b"\xff\xfe\x00\xd8", "not UTF-16-LE"),
        ("กระบี่".encode()[:-1], "offset 15 is not UTF-8"),
        ("ตาก\nกระบี่".encode() + b"\xe0\xb8", "not UTF-8"),
        ("กระบี่ ภูเก็ต\n".encode() + "ตาก".encode("cp874"), "not UTF-8"),
        ("Málaga, Córdoba".encode("latin-1"), "not UTF-8"),
        (b"\x81\x82\x83", "not UTF-8"),
    ],
)
def test_bytes_that_cannot_be_read_are_refused_with_their_place(source: bytes, what: str) -> None:
    with pytest.raises(ParseError, match=what) as error:
        parse(BytesIO(source))
    assert error.value.where
    assert error.value.todo


def test_the_place_of_a_bad_byte_is_its_line_and_column() -> None:
    data = "ตาก\r\nกระบี่ ".encode() + b"\xff" + "\r\nน่าน".encode()
    with pytest.raises(ParseError, match="byte 0xff at offset 30") as error:
        parse(BytesIO(data))
    assert error.value.where == "document:2:8"


def test_half_a_surrogate_pair_in_an_open_file_is_refused() -> None:
    with pytest.raises(ParseError, match="U\\+D800") as error:
        parse(StringIO("ตาก\nน\ud800"))
    assert error.value.where == "document:2:2"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.txt", "a\x00b"):
        with pytest.raises(ParseError, match="cannot be read"):
            parse(path)
    closed = StringIO("x")
    closed.close()
    with pytest.raises(ParseError, match="cannot be read"):
        parse(closed)


@pytest.mark.parametrize("thing", [None, b"1. Osaka", 5, "", " "])
def test_what_is_no_path_and_no_file_is_refused_with_what_to_give(thing: Any) -> None:
    with pytest.raises(ParseError, match=r"not a document|path is empty") as error:
        parse(thing)
    assert "StringIO" in error.value.todo


def test_a_layout_that_is_no_name_is_refused() -> None:
    with pytest.raises(ParseError, match="unknown layout"):
        parse(StringIO("x"), layout=["article"])  # type: ignore[arg-type]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_told(encoding: str) -> None:
    text = (DOCUMENTS[0].parent / "table_one_home.txt").read_bytes().decode()
    assert said(parse(BytesIO(text.encode(encoding)))) == said(parse(StringIO(text)))


def test_an_id_made_of_a_file_name_has_no_white_space_and_no_hash(tmp_path: Path) -> None:
    path = tmp_path / "x#y z.txt"
    path.write_text("Sister Cities of Busan\n1. Osaka, Japan\n", encoding="utf-8")
    assert parse(path).source_id == "x-y-z"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_document_in_which_nothing_is_found_has_an_error(layout: str) -> None:
    document = parse(StringIO("\nhello\n"), layout=layout)
    assert values(document.issues[["line", "code", "severity"]])[0] == [
        2,
        "nothing_found",
        "error",
    ]
    with pytest.raises(ParseError) as error:
        parse(StringIO("\nhello\n"), layout=layout, strict=True)
    assert error.value.where == "document:2"


def test_a_blank_document_is_refused_when_strict() -> None:
    with pytest.raises(ParseError, match="nothing is printed"):
        parse(StringIO("\n \n"), layout="article", strict=True)


def test_an_unknown_layout_names_the_known_ones() -> None:
    with pytest.raises(ParseError, match="unknown layout 'grid'") as error:
        parse(StringIO("x"), layout="grid")
    assert all(layout in error.value.todo for layout in LAYOUTS)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_named_layout_reads_anything(layout: str) -> None:
    text = "\x00\n\u200b\n1. a\t2. b\n*** \n(1)\tx\n"
    document = parse(StringIO(text), layout=layout)
    assert document.layout == layout
    assert_whole(document, text)


def test_a_changed_source_is_refused(tmp_path: Path, raw_dir: Path) -> None:
    source = read_source(raw_dir / "moi-pairs-2022")
    folder = tmp_path / "moi-pairs-2022"
    folder.mkdir()
    (folder / source.file.name).write_bytes(source.read_bytes() + b"\n")
    (folder / "source.yml").write_bytes((raw_dir / "moi-pairs-2022/source.yml").read_bytes())
    with pytest.raises(SourceError, match="sha256"):
        read_source(folder)


def test_cells_are_printed_as_they_stand_but_for_white_space_around_them() -> None:
    text = "จังหวัด\tเมืองคู่มิตร\n\u00a0ตาก \t เมือง\u200bเมียวดี\u00a0 พม่า \n"
    row = parse(StringIO(text)).rows.iloc[0]
    assert row["verbatim_place"] == "ตาก"
    assert row["verbatim_partner"] == "เมือง\u200bเมียวดี\u00a0 พม่า"
    assert repair(row["verbatim_partner"]).text == "เมืองเมียวดี พม่า"
