"""A dataset of one's own: documents are filed, built and compared outside the repository."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sisterdata.cli.main import app
from sisterdata.dataset.add_document import add, init
from sisterdata.dataset.build import make_tables
from sisterdata.errors import DataError, SisterdataError
from sisterdata.source_yml import read_source

LATER = """\
รายชื่อคู่ความสัมพันธ์เมืองพี่เมืองน้อง
อยู่ระหว่างดำเนินการ 2 คู่ 2 จังหวัด
\tจังหวัด\tลำดับ\tคู่ความสัมพันธ์\tปีที่ริเริ่ม\tหมายเหตุ
1\tกระบี่\t1\tมณฑลเจียงซู สาธารณรัฐประชาชนจีน\t2560\tลงนาม MOU แล้ว
2\tตรัง\t1\tเมืองปูซาน สาธารณรัฐเกาหลี\t2565\t
"""


@pytest.fixture
def later(tmp_path: Path) -> Path:
    path = tmp_path / "MOI pairs 2023.txt"
    path.write_text(LATER, encoding="utf-8")
    return path


def test_a_document_is_filed_unchanged_and_described(later: Path, tmp_path: Path) -> None:
    init(tmp_path / "mine")
    assert (tmp_path / "mine/.github/workflows/check.yml").is_file()
    raw = tmp_path / "mine" / "raw"
    words = ["add", str(later), "--into", str(raw), "--publisher", "Ministry of Interior"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.exception
    assert "row 2" in done.stdout
    source = read_source(raw / "moi-pairs-2023")
    assert source.file.read_bytes() == later.read_bytes()
    assert (source.layout, source.language) == ("table", "th")
    assert source.publisher == "Ministry of Interior"
    assert init(tmp_path / "mine") == []


def test_a_list_of_another_year_joins_the_relations(
    later: Path, raw_dir: Path, tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    shutil.copytree(raw_dir / "moi-pairs-2022", raw / "moi-pairs-2022")
    add(later, raw, publisher="Ministry of Interior")
    relations = make_tables(raw)["relations"].set_index("relation_id")
    both = relations.loc["iso3166-2:CN-JS~iso3166-2:TH-81"]
    assert both["attestations"] == 2
    assert set(both["sources"].split()) == {"moi-pairs-2022", "moi-pairs-2023"}
    assert "iso3166-2:KR-26~iso3166-2:TH-92" in relations.index


def test_what_cannot_be_filed_leaves_nothing(later: Path, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    (tmp_path / "prose.txt").write_text("nothing to read\n")
    with pytest.raises(SisterdataError):
        add(tmp_path / "prose.txt", raw, publisher="x")
    assert not list(raw.glob("*")) if raw.exists() else True
    with pytest.raises(DataError, match="not the name of a source"):
        add(later, raw, publisher="x", source_id="A b")
    add(later, raw, publisher="x")
    with pytest.raises(DataError, match="there is a source"):
        add(later, raw, publisher="x")
