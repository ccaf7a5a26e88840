"""Shared fixtures: the raw documents, and one build of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, settings

import sisterdata

# The same examples on every run, with no limit on their time: a slow machine fails no property.
settings.register_profile(
    "sisterdata",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("sisterdata")

ROOT = Path(__file__).parents[1]
Figure = Callable[[str], None]


@pytest.fixture(scope="session")
def raw_dir() -> Path:
    return ROOT / "raw"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, raw_dir: Path) -> Path:
    """A folder with a fresh build of the raw documents."""
    folder = tmp_path_factory.mktemp("built") / "tables"
    sisterdata.build(raw_dir, folder)
    return folder


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """A copy of that build, to be damaged."""
    return shutil.copytree(built, tmp_path / "tables")


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    """Call with what a test of reliability measured, in words."""
    return lambda said: record_property("figure", said)


@pytest.fixture(scope="session")
def tables(built: Path) -> dict[str, pd.DataFrame]:
    from sisterdata import schemas
    from sisterdata.dataset.data_package import read_table

    return {table: read_table(built, table) for table in schemas.TABLES}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures that tests of reliability recorded (docs/reliability.md has them)."""
    figures = [
        value
        for report in terminalreporter.getreports("passed")
        for name, value in report.user_properties
        if name == "figure"
    ]
    if figures:
        terminalreporter.section("figures")
    for figure in figures:
        terminalreporter.line(str(figure))
