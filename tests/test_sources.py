"""Reading `source.yml`: what is read, and what is refused with its position."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from sisterdata.dataset.build import build
from sisterdata.errors import SourceError
from sisterdata.parser import LAYOUTS
from sisterdata.source_yml import read_source, read_sources

DESCRIPTION = """\
title: Sister Cities
publisher: A City
language: en
layout: list
file: page.txt
sha256: {digest}
licence: not stated
"""
PAGE = b"1 Sister City of Busan\n1. Shanghai, China\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "raw" / "a-city"
    folder.mkdir(parents=True)
    (folder / "page.txt").write_bytes(PAGE)
    describe(folder)
    return folder


def describe(folder: Path, text: str = DESCRIPTION, **values: str) -> None:
    values = {"digest": hashlib.sha256(PAGE).hexdigest(), **values}
    (folder / "source.yml").write_text(text.format(**values), encoding="utf-8")


def test_every_received_document_matches_its_description(raw_dir: Path) -> None:
    sources = read_sources(raw_dir)
    assert [source.source_id for source in sources] == sorted(p.name for p in raw_dir.iterdir())
    for source in sources:
        assert source.layout in LAYOUTS
        assert source.licence == "not stated"
        words = " ".join(source.read_bytes().decode().split())
        assert all(claim in words for claim in source.claims)


def test_missing_keys_are_none(folder: Path) -> None:
    source = read_source(folder)
    assert source.source_id == "a-city"
    assert source.read_bytes() == PAGE
    assert (source.status_date, source.publication_date, source.url) == (None, None, None)
    assert source.claims == ()


def test_changed_bytes_are_refused_with_both_checksums(folder: Path) -> None:
    source = read_source(folder)
    (folder / "page.txt").write_bytes(PAGE.replace(b"Busan", b"Pusan"))
    found = hashlib.sha256((folder / "page.txt").read_bytes()).hexdigest()
    for read in (source.read_bytes, lambda: read_source(folder)):
        with pytest.raises(SourceError) as error:
            read()
        assert "page.txt" in error.value.where
        assert source.sha256 in str(error.value)
        assert found in str(error.value)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "not a mapping"),
        ("- a\n- b\n", "not a mapping"),
        ("title: [", "not YAML"),
        ("title: \x00", "not YAML"),
        ("[" * 5000, "not YAML"),
        (DESCRIPTION + "colour: red\n", "unknown key colour"),
        (DESCRIPTION.replace("publisher: A City\n", ""), "no value for publisher"),
        (DESCRIPTION.replace("A City", "''"), "no value for publisher"),
        (DESCRIPTION.replace("A City", "1966"), "publisher is not text"),
        (DESCRIPTION.replace("{digest}", "abc"), "not 64 lowercase hexadecimal digits"),
        (DESCRIPTION.replace("page.txt", "../a-city/../../page.txt"), "outside its folder"),
        (DESCRIPTION.replace("page.txt", "/etc/hostname"), "outside its folder"),
        (DESCRIPTION.replace("page.txt", "missing.txt"), "cannot be read"),
        (DESCRIPTION + "status_date: March 2022\n", "not a reduced ISO 8601 date"),
        (DESCRIPTION + "claims: 22 cities\n", "claims is not a list of texts"),
        (DESCRIPTION + "claims: [{{a: b}}]\n", "claims is not a list of texts"),
    ],
)
def test_a_bad_description_is_refused(folder: Path, text: str, what: str) -> None:
    describe(folder, text)
    with pytest.raises(SourceError, match=what) as error:
        read_source(folder)
    assert str(folder) in error.value.where
    assert error.value.todo


@pytest.mark.parametrize(
    ("printed", "date"),
    [("2022-03-10", "2022-03-10"), ("'2022-03'", "2022-03"), ("2022", "2022"), ("null", None)],
)
def test_dates_may_be_reduced(folder: Path, printed: str, date: str | None) -> None:
    describe(folder, DESCRIPTION + f"status_date: {printed}\n")
    assert read_source(folder).status_date == date


@pytest.mark.parametrize(
    "printed",
    ["'2022-13'", "'0000-99'", "'๒๐๒๒'", "'2565-03-10'", "'2022-02-31'", "'2022-2'", "'0999'"],
)
def test_an_impossible_date_is_refused(folder: Path, printed: str) -> None:
    describe(folder, DESCRIPTION + f"status_date: {printed}\n")
    with pytest.raises(SourceError, match="status_date"):
        read_source(folder)


def test_a_repeated_key_is_refused_with_its_position(folder: Path) -> None:
    describe(folder, DESCRIPTION + "title: Another\n")
    with pytest.raises(SourceError, match="title is there twice") as error:
        read_source(folder)
    assert error.value.where.endswith("source.yml:8:1")


def test_a_blank_title_is_refused(folder: Path) -> None:
    describe(folder, DESCRIPTION.replace("title: Sister Cities", "title: '  '"))
    with pytest.raises(SourceError, match="no value for title"):
        read_source(folder)


@pytest.mark.parametrize("name", ["a city", "a#city"])
def test_a_folder_whose_name_cannot_be_an_id_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(SourceError, match="cannot be an id"):
        read_source(folder.rename(folder.parent / name))


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_bytes(PAGE)
    (folder / "page.txt").unlink()
    (folder / "page.txt").symlink_to(tmp_path / "outside.txt")
    with pytest.raises(SourceError, match="outside its folder"):
        read_source(folder)


def test_a_folder_without_description_is_refused(folder: Path) -> None:
    (folder.parent / "empty").mkdir()
    with pytest.raises(SourceError, match=r"cannot be read") as error:
        read_sources(folder.parent)
    assert "source.yml" in error.value.where


def test_no_sources_at_all_is_refused(folder: Path, tmp_path: Path) -> None:
    shutil.rmtree(folder)
    with pytest.raises(SourceError, match="has no source"):
        read_sources(folder.parent)
    with pytest.raises(SourceError, match="cannot be read"):
        read_sources(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["a-city/second.txt", "stray.txt", "a-city/more/page.txt"])
def test_a_file_without_description_is_refused(folder: Path, name: str) -> None:
    stray = folder.parent / name
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("2 Sister Cities of Busan", encoding="utf-8")
    with pytest.raises(SourceError, match="is in no source") as error:
        read_sources(folder.parent)
    assert error.value.where == str(stray)


@pytest.mark.parametrize("name", ["README.md", "a-city/.DS_Store", ".git/HEAD", "a-city/LICENSE"])
def test_readme_and_hidden_files_need_no_description(folder: Path, name: str) -> None:
    (folder.parent / name).parent.mkdir(exist_ok=True)
    (folder.parent / name).write_text("x", encoding="utf-8")
    assert [source.source_id for source in read_sources(folder.parent)] == ["a-city"]


@pytest.mark.parametrize(
    ("claim", "borne"),
    [
        ("1 Sister City of Busan", True),
        ("1 city", True),
        ("Shanghai, China", True),
        ("2 Sister Cities of Busan", False),
        ("1 city in 1 country", False),
        ("the only sister city", False),
    ],
)
def test_the_build_compares_claims_with_the_document(
    folder: Path, tmp_path: Path, claim: str, borne: bool
) -> None:
    describe(folder, DESCRIPTION + f"claims: ['{claim}']\n")
    if borne:
        assert len(build(folder.parent, tmp_path / "out")["attestations"]) == 1
        return
    with pytest.raises(SourceError, match="which is not in the document") as error:
        build(folder.parent, tmp_path / "out")
    assert claim in str(error.value)
    assert "page.txt" in error.value.where
    assert not (tmp_path / "out").exists()
