"""The tables: a strict pandera model for each, and the keys between them.

Import a model to validate a table of your own::

    from sisterdata.schemas import Relations
    Relations.validate(frame, lazy=True)
"""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from sisterdata.argument_types import refuse_other_than_frame
from sisterdata.errors import DataError
from sisterdata.schemas.pairs_model import Pairs
from sisterdata.schemas.table_checks import relation_ids, verdicts
from sisterdata.schemas.table_models import (
    Attestations,
    Claims,
    Events,
    Issues,
    Memberships,
    Organizations,
    Places,
    Relations,
    Sources,
)

__all__ = [
    "DERIVED",
    "FOREIGN_KEYS",
    "KEYS",
    "TABLES",
    "Attestations",
    "Claims",
    "Events",
    "Issues",
    "Memberships",
    "Organizations",
    "Pairs",
    "Places",
    "Relations",
    "Sources",
    "empty",
    "failures",
    "model",
    "relation_ids",
    "title",
    "typed",
    "validate",
    "verdicts",
]

TABLES: dict[str, type[pa.DataFrameModel]] = {
    "sources": Sources,
    "attestations": Attestations,
    "relations": Relations,
    "places": Places,
    "organizations": Organizations,
    "memberships": Memberships,
    "events": Events,
    "claims": Claims,
    "issues": Issues,
}

# What `load` makes of them.
DERIVED: dict[str, type[pa.DataFrameModel]] = {"pairs": Pairs}

# The first column of each table is its key.
KEYS: dict[str, str] = {
    table: next(iter(model.to_schema().columns)) for table, model in (TABLES | DERIVED).items()
}

# (table, column) -> the (table, column) that it refers to.
FOREIGN_KEYS: dict[tuple[str, str], tuple[str, str]] = {
    ("attestations", "source_id"): ("sources", "source_id"),
    ("attestations", "place_id"): ("places", "place_id"),
    ("attestations", "partner_id"): ("places", "place_id"),
    ("attestations", "relation_id"): ("relations", "relation_id"),
    ("relations", "place_id"): ("places", "place_id"),
    ("relations", "partner_id"): ("places", "place_id"),
    ("memberships", "organization_id"): ("organizations", "organization_id"),
    ("memberships", "place_id"): ("places", "place_id"),
    ("memberships", "source_id"): ("sources", "source_id"),
    ("events", "source_id"): ("sources", "source_id"),
    ("events", "relation_id"): ("relations", "relation_id"),
    ("claims", "source_id"): ("sources", "source_id"),
    ("issues", "source_id"): ("sources", "source_id"),
}


def validate(df: pd.DataFrame, table: str) -> pd.DataFrame:
    """Validate `df` as `table` and return it with the table's column types.

    df
        Any DataFrame, with all columns of the table in order.
    table
        One of the nine tables, such as ``relations``, or ``pairs``.

    Raises pandera's ``SchemaErrors`` with every failure and its row, and `DataError` for an unknown
    table.

    >>> from sisterdata import load
    >>> len(validate(load("relations"), "relations")) == len(load("relations"))
    True
    """
    checked = model(table)
    return checked.validate(refuse_other_than_frame(df, "validate"), lazy=True)


def model(table: str) -> type[pa.DataFrameModel]:
    """The pandera model of `table`: one of the nine tables, or ``pairs``."""
    models = TABLES | DERIVED
    if not isinstance(table, str) or table not in models:
        raise DataError(f"there is no table {table!r}", todo=f"choose one of {', '.join(models)}")
    return models[table]


def title(table: str) -> str:
    """What a row of `table` is.

    >>> title("relations")
    'One pair of places, whoever attests it.'
    """
    return str(model(table).__doc__)


def failures(error: SchemaErrors) -> pd.DataFrame:
    """The failures of a validation, one row for each.

    The columns are ``column, check, index, value``, all text. A check of several columns is listed
    once for each row.
    """
    cases = error.failure_cases
    between = (cases["schema_context"] == "DataFrameSchema") & cases["index"].notna()
    cases = cases[~(between & cases.duplicated(["schema_context", "check", "index"]))]
    return pd.DataFrame(
        {
            "column": cases["column"].astype("string"),
            "check": cases["check"].astype("string"),
            "index": cases["index"].astype("string"),
            "value": cases["failure_case"].astype("string"),
        }
    )


def empty(table: str) -> pd.DataFrame:
    """An empty table, with its columns and types."""
    return model(table).empty()


def typed(df: pd.DataFrame, table: str) -> pd.DataFrame:
    """`df` with the columns of `table`, in order and with their types; missing ones are null."""
    columns = model(table).to_schema().columns
    return pd.DataFrame(
        {
            name: df[name].astype(column.dtype.type)
            if name in df
            else pd.Series(pd.NA, index=df.index, dtype=column.dtype.type)
            for name, column in columns.items()
        },
        index=df.index,
    )
