"""Write docs/tables.md, the data dictionary, from the schemas: ``make docs``."""

from __future__ import annotations

from typing import Any

from sisterdata import schemas
from sisterdata.dataset.data_package import table_schema
from sisterdata.vocabulary import CODES


def data_dictionary() -> str:
    """The page, in Markdown."""
    parts = [
        "# The tables",
        "Made by `make docs` from `src/sisterdata/schemas/`; do not edit. A column is required "
        "unless it says *may be null*. Types are those of Frictionless; null is an empty cell in "
        "CSV.",
        *(_table(table) for table in (*schemas.TABLES, *schemas.DERIVED)),
        "## Codes of issues",
        _rows(
            ["code", "severity", "what it says"],
            [[f"`{code}`", kind.severity, kind.meaning] for code, kind in CODES.items()],
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _table(table: str) -> str:
    described = table_schema(table)
    points_to = {
        key["fields"][0]: f"{key['reference']['resource']}.{key['reference']['fields'][0]}"
        for key in described["foreignKeys"]
    }
    rows = [
        [f"`{field['name']}`", field["type"], field["description"] + _rules(field, points_to)]
        for field in described["fields"]
    ]
    return "\n\n".join(
        [
            f"## {table}",
            f"{schemas.title(table)} Key: `{schemas.KEYS[table]}`.",
            _rows(["column", "type", "what it holds"], rows),
        ]
    )


def _rules(field: dict[str, Any], points_to: dict[str, str]) -> str:
    constraints = field.get("constraints", {})
    rules = []
    if not constraints.get("required"):
        rules.append("*may be null*")
    if "enum" in constraints:
        rules.append("one of " + ", ".join(f"`{word}`" for word in constraints["enum"]))
    if field["name"] in points_to:
        rules.append(f"points to `{points_to[field['name']]}`")
    return f" ({'; '.join(rules)})" if rules else ""


def _rows(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines
    )


if __name__ == "__main__":
    print(data_dictionary(), end="")
