"""Every package that is imported is declared as a dependency."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "sisterdata"
# Where the packages of an extra may be imported.
EXTRAS = {
    "dask": ("dask.py",),
    "docx": ("readers/docx",),
    "excel": ("tabular/excel.py", "tabular/open_workbook.py"),
    "geo": ("dataset/networks_and_maps.py",),
    "pdf": ("readers/pdf",),
    "serve": ("serve/",),
}


def declared(extra: str | None) -> set[str]:
    """The distributions that the package needs, or an extra of it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in needed}


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_every_import_is_declared() -> None:
    distributions = packages_distributions()
    undeclared = []
    for module in PACKAGE.rglob("*.py"):
        where = module.relative_to(PACKAGE).as_posix()
        allowed = declared(None)
        for extra, places in EXTRAS.items():
            allowed |= declared(extra) if where.startswith(places) else set()
        undeclared += [
            (where, name)
            for name in set(imported(module)) - {"sisterdata", *sys.stdlib_module_names}
            if not allowed & {d.lower() for d in distributions.get(name, [])}
        ]
    assert undeclared == []
