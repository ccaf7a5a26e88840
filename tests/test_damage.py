"""One flipped bit in any stored file is found, and the file is named."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from conftest import Figure

import sisterdata
from sisterdata import schemas
from sisterdata.dataset import data_package
from sisterdata.dataset import shipped_tables as dataset
from sisterdata.dataset.data_package import DESCRIPTOR, FILES
from sisterdata.errors import DataError, SisterdataError, SourceError

FLIPS = 10


def flipped(content: bytes, draw: random.Random) -> bytes:
    """The bytes with one bit of one of them turned over."""
    damaged = bytearray(content)
    damaged[draw.randrange(len(damaged))] ^= 1 << draw.randrange(8)
    return bytes(damaged)


def is_named_by_check(folder: Path, name: str) -> bool:
    """Whether `check` finds the file amiss.

    Where the descriptor's digest of a file and the file differ, either may be the damaged one: both
    are named.
    """
    try:
        found = sisterdata.check(folder).findings
    except SisterdataError as error:
        return name in error.where
    return any(name == finding.row for finding in found) or (
        name == DESCRIPTOR and any(name in finding.message for finding in found)
    )


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_flipped_bit_in_a_built_file_is_found_and_named(copy: Path, name: str) -> None:
    content = (copy / name).read_bytes()
    (copy / name).write_bytes(flipped(content, random.Random(name)))
    assert is_named_by_check(copy, name)


@pytest.mark.slow
def test_flipped_bits_in_built_files_are_found_and_named(copy: Path, figure: Figure) -> None:
    draw = random.Random(31)
    for name in sorted(FILES):
        content = (copy / name).read_bytes()
        for _ in range(FLIPS):
            (copy / name).write_bytes(flipped(content, draw))
            assert is_named_by_check(copy, name)
        (copy / name).write_bytes(content)
    assert sisterdata.check(copy).ok
    tried = FLIPS * len(FILES)
    figure(f"tables: {tried} of {tried} flipped bits found by check, and named")


@pytest.mark.parametrize("table", sorted(schemas.TABLES))
def test_a_flipped_bit_in_a_shipped_table_is_named_when_it_is_loaded(
    table: str, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy / f"{table}.parquet"
    content, draw = path.read_bytes(), random.Random(table)
    monkeypatch.setattr(dataset, "shipped_folder", lambda: copy)
    for _ in range(FLIPS):
        path.write_bytes(flipped(content, draw))
        dataset._shipped.cache_clear()
        with pytest.raises(DataError, match=path.name):
            sisterdata.load(table)
    dataset._shipped.cache_clear()


def test_a_flipped_bit_in_a_received_document_stops_the_build(
    raw_dir: Path, tmp_path: Path
) -> None:
    raw, draw = shutil.copytree(raw_dir, tmp_path / "raw"), random.Random(32)
    for path in sorted(raw.glob("*/*.txt")):
        content = path.read_bytes()
        for _ in range(FLIPS):
            path.write_bytes(flipped(content, draw))
            with pytest.raises(SourceError, match=path.name):
                sisterdata.build(raw, tmp_path / "out")
        path.write_bytes(content)
    assert not (tmp_path / "out").exists()


def test_a_flipped_bit_in_curated_or_learned_files_is_found(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A copy of the library, so that what is damaged is not what other tests read.
    library = tmp_path / "library" / "sisterdata"
    shutil.copytree(Path(sisterdata.__file__).parent, library)
    deciding = sorted([*library.glob("curated/*.csv"), *library.glob("data/*.*")])
    assert {path.name for path in deciding} >= {"places.csv", "corrections.csv", "countries.tsv"}
    monkeypatch.setattr(data_package, "__file__", str(library / "dataset" / "data_package.py"))
    draw = random.Random(33)
    for path in deciding:
        content = path.read_bytes()
        path.write_bytes(flipped(content, draw))
        found = data_package.changed_files(built, {})
        assert set(found) == {path.relative_to(library).as_posix()}
        path.write_bytes(content)
