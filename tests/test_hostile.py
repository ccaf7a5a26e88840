"""Hostile datasets: nothing outside their folder is read or written.

Formulas, bombs and links in single files are in test_files.py, links in the sources in
test_sources.py, HTML in test_report_page.py and test_serve.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import sisterdata
from sisterdata import schemas
from sisterdata.dataset.data_package import DESCRIPTOR, read_table
from sisterdata.errors import DataError, SisterdataError


@pytest.mark.parametrize("path", ["../{}", "{folder}/{}", "file://{folder}/{}"])
@pytest.mark.parametrize("name", ["sources.csv", "sources.parquet"])
def test_a_path_outside_the_data_package_is_not_followed(copy: Path, name: str, path: str) -> None:
    # Who followed the path would find the very bytes that are described.
    (copy / name).rename(copy.parent / name)
    descriptor = json.loads((copy / DESCRIPTOR).read_text(encoding="utf-8"))
    (described,) = (one for one in descriptor["resources"] if one["path"] == name)
    described["path"] = path.format(name, folder=copy.parent)
    (copy / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    assert name in {finding.row for finding in sisterdata.check(copy).findings}


def test_a_file_described_elsewhere_does_not_count_as_described(copy: Path) -> None:
    descriptor = json.loads((copy / DESCRIPTOR).read_text(encoding="utf-8"))
    descriptor["resources"][0]["path"] = "../sources.csv"
    (copy / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    (found,) = sisterdata.check(copy).findings
    assert found.row == "sources.csv"


def test_nothing_is_written_through_a_link_in_the_folder(
    copy: Path, raw_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "theirs.csv").write_text("years of work")
    (copy / "places.csv").unlink()
    (copy / "places.csv").symlink_to(tmp_path / "theirs.csv")
    sisterdata.build(raw_dir, copy)
    assert (tmp_path / "theirs.csv").read_text() == "years of work"
    assert not (copy / "places.csv").is_symlink()


def test_a_link_to_a_folder_with_other_files_is_refused(raw_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "thesis.docx").write_text("years of work")
    (tmp_path / "tables").symlink_to(tmp_path / "theirs")
    with pytest.raises(DataError, match=r"thesis\.docx"):
        sisterdata.build(raw_dir, tmp_path / "tables")
    assert (tmp_path / "theirs" / "thesis.docx").read_text() == "years of work"


def test_a_table_that_is_too_large_unpacked_is_refused(copy: Path) -> None:
    # 4 kB that say one text of 100 kB a hundred thousand times, in each column.
    once = pa.array(["x" * 100_000])
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int8()), once)
    names = schemas.model("claims").to_schema().columns
    bomb = pa.table(dict.fromkeys(names, column))
    pq.write_table(bomb, copy / "claims.parquet", compression="zstd", store_schema=False)
    assert (copy / "claims.parquet").stat().st_size < 10_000
    program = (
        "import resource, sys; from sisterdata.cli.main import main\n"
        "resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))\n"
        "sys.argv[:1] = ['sisterdata', 'check']; main()\n"
    )
    if sys.platform == "linux":
        done = subprocess.run(
            [sys.executable, "-c", program, copy], capture_output=True, text=True, check=False
        )
        assert "claims.parquet: unreadable: unpacks to more than" in done.stdout, done.stderr
    with pytest.raises(SisterdataError, match="unpacks to more than"):
        read_table(copy, "claims")
