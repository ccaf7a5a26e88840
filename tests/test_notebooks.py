"""Every notebook runs from top to bottom, and is committed with the outputs that it has."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tools.run_notebooks import executed

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def texts(notebook: Any) -> list[list[object]]:
    """The outputs of each cell, images left out: they differ between versions of matplotlib."""
    return [
        [
            output.get("text") or output.get("data", {}).get("text/plain")
            for output in cell.outputs
            if "image/png" not in output.get("data", {})
        ]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_and_has_the_committed_outputs(path: Path) -> None:
    committed = nbformat.read(path, as_version=4)
    nbformat.validate(committed)
    fresh = executed(path)
    plots = sum(
        "image/png" in out.get("data", {})
        for cell in fresh.cells
        for out in cell.get("outputs", [])
    )
    assert plots == 1
    assert texts(fresh) == texts(committed), "run make notebooks"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_asks_a_question(path: Path) -> None:
    first, *_ = nbformat.read(path, as_version=4).cells
    assert re.match(r"# .*\?$", first.source, re.M)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_says_what_it_needs(path: Path) -> None:
    first, *cells = nbformat.read(path, as_version=4).cells
    told = re.search(r"`pip install \. ([\w -]+)`", first.source)
    assert told is not None
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    imported = set(re.findall(r"^(?:import|from) (\w+)", code, re.MULTILINE))
    # What `pip install .` brings, and the language itself.
    there = {"sisterdata", "pandas", "numpy"} | sys.stdlib_module_names
    needed = set(told[1].replace("-", "_").split()) - {"jupyterlab"}
    assert imported - there <= needed
    assert needed - imported <= {"networkx"}  # which to_networkx imports
    assert f"jupyter lab notebooks/{path.name}" in first.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_uses_public_names_alone(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    code = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert not re.findall(r"(?:from|import) sisterdata\.", code)
