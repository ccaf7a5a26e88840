"""The documentation agrees with the code."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import yaml
from typer.main import get_command

import sisterdata
from sisterdata import schemas
from sisterdata.cli.main import app

ROOT = Path(__file__).parents[1]


def test_the_data_dictionary_is_current() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "tools.data_dictionary"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout
    assert (ROOT / "docs" / "tables.md").read_bytes() == made


def test_the_examples_of_what_can_be_read_are_right() -> None:
    page = ROOT / "docs" / "what_can_be_read.md"
    done = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert done.attempted
    assert not done.failed


def test_both_readmes_have_the_same_examples() -> None:
    pages = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.th.md")]
    for pattern in (r"```python\n.*?```", r"^    sisterdata .*$", r"^    pip install .*$"):
        english, thai = (
            re.findall(pattern, page, re.M | re.S * ("```" in pattern)) for page in pages
        )
        assert english == thai
        assert english


def test_every_command_is_documented() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"sisterdata {command}" in readme, command


def test_every_option_says_what_it_does() -> None:
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        assert command.help, name
        for parameter in command.params:
            assert parameter.help, (name, parameter.name)


def test_every_documented_option_exists() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    for page in pages:
        for line in page.read_text(encoding="utf-8").splitlines():
            for name, options in re.findall(r"sisterdata (\w+)((?: [^`|#]*)?)", line):
                if name in commands:
                    known = {o for p in commands[name].params for o in p.opts}
                    used = set(re.findall(r"(?<!\S)--?[a-z][\w-]*", options))
                    assert used <= known, (page.name, line)


def test_an_unreleased_version_has_no_date_and_no_tag() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    (said,) = re.findall(rf"^## {re.escape(citation['version'])} \((.*)\)$", changes, re.MULTILINE)
    released = None if said == "unreleased" else said
    assert citation["version"] == sisterdata.__version__
    assert (str(citation["date-released"]) if "date-released" in citation else None) == released
    if released is None:
        pages = [ROOT / "README.md", ROOT / ".pre-commit-hooks.yaml", *(ROOT / "docs").glob("*.md")]
        tagged = [
            page.name for page in pages if f"v{citation['version']}" in page.read_text("utf-8")
        ]
        assert tagged == []


def test_every_table_is_described_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for table in schemas.TABLES:
        assert f"`{table}`" in readme, table


def test_the_rows_of_relations_in_the_readme_are_real() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("| relation_id |"))
    shown = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[start : start + 7]]
    relations = sisterdata.load().astype("string").fillna("")
    assert shown[0] == list(relations)
    real = {tuple(row) for row in relations.itertuples(index=False)}
    assert len(shown[2:]) == 5
    assert {tuple(row) for row in shown[2:]} <= real
