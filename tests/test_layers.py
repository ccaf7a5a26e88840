"""The packages of the library import one way, and no module or function grows too long."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

SRC = Path(__file__).parents[1] / "src"
# Each package and top-level module may import what stands above it, and nothing else.
LAYERS = """
errors vocabulary _version
argument_types
source_yml atomic_write dataframes serializable_values curated_csv
text
gazetteer
match_result iso3166
countries human_decisions
places schemas
lookup
messages
tabular dask
readers
parser
normalizer
lists
dataset
reporting
sisterdata
serve
cli
__main__
"""
RANKS = {name: rank for rank, line in enumerate(LAYERS.split("\n")) for name in line.split()}
LONGEST_MODULE, LONGEST_FUNCTION = 350, 60  # lines
MODULES = {
    ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__"): path
    for path in (SRC / "sisterdata").rglob("*.py")
}


def imports(module: str) -> Iterator[str]:
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            names = [f"{source}.{alias.name}" for alias in node.names]
            yield from (name if name in MODULES else source for name in names)


EDGES = {name: {other for other in imports(name) if other in MODULES} - {name} for name in MODULES}


def package(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def test_no_package_imports_one_above_it() -> None:
    """Imports inside functions count too."""
    upward = [
        f"{module} imports {other}"
        for module, others in EDGES.items()
        for other in others
        if package(module) != package(other) and RANKS[package(other)] >= RANKS[package(module)]
    ]
    assert upward == []


def test_no_modules_import_each_other() -> None:
    TopologicalSorter(EDGES).prepare()  # raises CycleError, which names them


def test_no_module_or_function_is_too_long() -> None:
    long = set()
    for module, path in MODULES.items():
        text, name = path.read_text(encoding="utf-8"), module.removeprefix("sisterdata.")
        if text.count("\n") > LONGEST_MODULE:
            long.add(name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                long |= {f"{name}:{node.name}"} if lines > LONGEST_FUNCTION else set()
    assert long == set()
