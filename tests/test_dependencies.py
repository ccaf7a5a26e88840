"""What the package imports, it declares: an environment without the tests' packages is enough."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions, requires
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "sisterdata"
# Where the packages of an extra may be imported.
EXTRAS = {"excel": "files/excel.py", "serve": "serve/"}


def declared(extra: str | None) -> set[str]:
    """The distributions that the package needs, or an extra of it."""
    marker = re.compile(r"extra == ['\"](\w+)['\"]")
    found = set()
    for requirement in requires("sisterdata") or []:
        named = marker.search(requirement)
        if (named[1] if named else None) == extra:
            found.add(re.split(r"[^\w.-]", requirement)[0].lower())
    return found


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
        for extra, place in EXTRAS.items():
            allowed |= declared(extra) if where.startswith(place) else set()
        undeclared += [
            (where, name)
            for name in set(imported(module)) - {"sisterdata", *sys.stdlib_module_names}
            if not allowed & {d.lower() for d in distributions.get(name, [])}
        ]
    assert undeclared == []
