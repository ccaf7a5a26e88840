"""The rules of a dataset: schemas, keys between tables, and derived tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from pandera.errors import SchemaErrors

from sisterdata import schemas
from sisterdata.normalizer.check_stated_counts import claim_table
from sisterdata.normalizer.relations_table import relation_table

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Finding:
    """One error in a dataset: its table and row, its kind, and what is wrong."""

    table: str
    row: str
    code: str
    message: str


def validated(tables: Tables) -> tuple[Tables, list[Finding]]:
    """The valid tables, and the findings. Keys are only checked if all tables are valid."""
    valid: Tables = {}
    findings: list[Finding] = []
    for table, df in tables.items():
        try:
            valid[table] = schemas.validate(df.reset_index(drop=True), table)
        except SchemaErrors as error:
            findings += _schema_findings(table, error)
    if len(valid) == len(schemas.TABLES):
        findings += _cross_findings(valid)
    return valid, findings


def _schema_findings(table: str, error: SchemaErrors) -> Iterator[Finding]:
    for failure in schemas.failures(error).to_dict("records"):
        row = "the table" if pd.isna(failure["index"]) else f"row {failure['index']}"
        said = f"{failure['column']}: {failure['value']!r} is not allowed: {failure['check']}"
        yield Finding(table, row, "schema", said)


def _cross_findings(tables: Tables) -> Iterator[Finding]:
    """Findings about several tables: keys, line numbers, years and countries that disagree."""
    for (table, column), (other, other_column) in schemas.FOREIGN_KEYS.items():
        df = tables[table]
        lost = df[df[column].notna() & ~df[column].isin(tables[other][other_column])]
        for key, value in zip(lost[schemas.KEYS[table]], lost[column], strict=True):
            yield Finding(table, key, "foreign_key", f"{column} {value!r} is not in {other}")

    sources = tables["sources"].set_index("source_id")
    for table in ("attestations", "memberships", "events", "claims", "issues"):
        df = tables[table]
        beyond = df[df["line"] > df["source_id"].map(sources["lines"])]
        for key, line in zip(beyond[schemas.KEYS[table]], beyond["line"], strict=True):
            yield Finding(table, key, "line", f"the source has no line {line}")

    yield from drift(tables, _derived(tables))

    attestations = tables["attestations"]
    dates = attestations["source_id"].map(sources["date"]).astype("string")
    stated = pd.to_numeric(dates.str[:4])
    late = attestations[(attestations["year"] > stated).fillna(value=False).astype(bool)]
    for key, value in zip(late["attestation_id"], late["year"], strict=True):
        yield Finding("attestations", key, "year", f"{value} is later than the source")

    places = tables["places"].set_index("place_id")
    for table, columns in _OF_PARTNERS.items():
        df = tables[table][tables[table]["partner_id"].notna()]
        for column in columns:
            theirs = df["partner_id"].map(places[column]).astype("string").fillna("")
            wrong = df[df[column].astype("string").fillna("") != theirs]
            for key in wrong[schemas.KEYS[table]]:
                yield Finding(table, key, column, "differs from the partner in places")


_OF_PARTNERS = {
    "attestations": ("country_code", "admin1_code", "level"),
    "relations": ("country_code",),
}


def _derived(tables: Tables) -> Tables:
    """Compute again the tables that are derived from others."""
    claims = [
        claim_table(
            claimed,
            *(
                df[df["source_id"] == source]
                for df in (tables["attestations"], tables["memberships"])
            ),
        )
        for source, claimed in tables["claims"].groupby("source_id", sort=False)
    ]
    return {
        "relations": relation_table(tables["attestations"], tables["places"]),
        "claims": pd.concat([schemas.empty("claims"), *claims], ignore_index=True),
    }


def drift(committed: Tables, rebuilt: Tables) -> Iterator[Finding]:
    """Rows that differ from a rebuild."""
    for table, new in rebuilt.items():
        if table not in committed:
            continue
        key = schemas.KEYS[table]
        before, after = committed[table].set_index(key), new.set_index(key)
        for row in before.index.difference(after.index):
            yield Finding(table, row, "drift", "row missing from the rebuild")
        for row in after.index.difference(before.index):
            if table == "issues" and after.at[row, "severity"] == "error":
                said = f"new error in the rebuild: {after.at[row, 'message']!s}"
                yield Finding(table, row, "new_error", said)
            else:
                yield Finding(table, row, "drift", "row added by the rebuild")
        shared = after.index.intersection(before.index)
        for column in after.columns:
            old, now = (df.loc[shared, column].astype(object) for df in (before, after))
            differs = (old != now) & (old.notna() | now.notna())
            for row in shared[differs]:
                change = f"{column} is {old[row]!r}, in the rebuild {now[row]!r}"
                yield Finding(table, row, "drift", change)
