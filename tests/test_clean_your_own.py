"""The commands in docs/clean_your_own.md work in the order of the page."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from shell import Done, sisterdata

from sisterdata import human_decisions
from sisterdata.dataset.diff import KINDS
from sisterdata.lists.normalize_file import MATCH_COLUMNS
from sisterdata.lists.review_file import COLUMNS

PAGE = (Path(__file__).parents[1] / "docs" / "clean_your_own.md").read_text(encoding="utf-8")


def test_the_commands_do_what_the_page_says(tmp_path: Path) -> None:
    blocks = re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL)
    table = re.search(r"\$ cat cities\.csv\n(.*?)\n\$ ", blocks[0], re.DOTALL)
    assert table is not None
    (tmp_path / "cities.csv").write_text(table[1] + "\n", encoding="utf-8")
    folder = Path(sys.executable).parent
    said = []
    for command in re.findall(r"^\$ (.*)$", "".join(blocks), re.MULTILINE):
        done: Done | subprocess.CompletedProcess[str]
        if command.startswith("sisterdata "):
            done = sisterdata(*shlex.split(command)[1:], folder=tmp_path)
        else:
            done = subprocess.run(
                ["bash", "-c", command],
                cwd=tmp_path,
                env=os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"},
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
        assert (done.returncode, command) == (0, command), done.stderr + done.stdout
        said.append(done.stdout)
    matched = (tmp_path / "matched.csv").read_text(encoding="utf-8")
    assert "008,Zzyzxq,ญี่ปุ่น,,iso3166-2:JP-26," in matched
    assert "corrected" in matched
    curated = (tmp_path / "places.csv").read_text(encoding="utf-8")
    assert "Zzyzxq,JP,iso3166-2:JP-26,spelling,a made-up name,docs#L1\n" in curated
    assert "Zzyzxq" not in (tmp_path / "review.csv").read_text(encoding="utf-8")
    assert "1 advanced" in said[-2]
    assert "| advanced | Krabi | Busan |" in said[-1]


def test_every_column_and_kind_is_on_the_page() -> None:
    names = [*COLUMNS, *KINDS, *human_decisions.KINDS]
    names = [name for name in names if not re.fullmatch("candidate_[234]", name)]
    names += [f"match_{name}" for name in MATCH_COLUMNS]
    assert [name for name in names if name not in PAGE] == []
