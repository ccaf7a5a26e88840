"""The documentation: examples run, every public name has its entry, and the site builds offline."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import sisterdata

DOCS = Path(__file__).parents[1] / "docs"
RUN_ELSEWHERE = {"twelve_tasks", "validate_your_own", "what_can_be_read"}


def test_every_public_name_is_in_the_reference() -> None:
    listed = re.findall(r"^\.\. auto\w+:: sisterdata\.(\w+)$", (DOCS / "api.md").read_text(), re.M)
    assert sorted(listed) == sorted(set(sisterdata.__all__) - {"__version__"})


@pytest.mark.parametrize(
    "page",
    sorted(
        p
        for p in DOCS.glob("*.md")
        if ">>> " in p.read_text("utf-8") and p.stem not in RUN_ELSEWHERE
    ),
    ids=lambda page: page.stem,
)
def test_the_examples_of_a_page_run(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    done = doctest.testfile(str(page), module_relative=False, encoding="utf-8", optionflags=flags)
    assert done.attempted
    assert not done.failed


def test_every_page_is_in_the_contents() -> None:
    contents = (DOCS / "index.md").read_text(encoding="utf-8").splitlines()
    assert {page.stem for page in DOCS.glob("*.md")} - {"index"} <= set(contents)


@pytest.mark.skipif(
    not all(map(find_spec, ("sphinx", "myst_parser", "pydata_sphinx_theme"))),
    reason="the tools of the group `site` are not installed",
)
def test_the_site_builds_without_warnings_and_finds_every_name(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-W", "--keep-going", "-E", "-q"]
    ran = subprocess.run(
        [*command, str(DOCS), str(tmp_path)], check=False, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    reference = (tmp_path / "api.html").read_text(encoding="utf-8")
    index = (tmp_path / "searchindex.js").read_text(encoding="utf-8")
    for name in set(sisterdata.__all__) - {"__version__"}:
        assert f'id="sisterdata.{name}"' in reference, name
        assert f'"{name}"' in index, name
    for page in tmp_path.glob("*.html"):
        loaded = re.findall(
            r'(?:src|href)="(https?://[^"]+\.(?:js|css|woff2?|png))"', page.read_text()
        )
        assert loaded == [], page.name
