"""The schemas find values that break their rules, and name the row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from cases import read_cases
from pandera.errors import SchemaErrors

import sisterdata
from sisterdata import schemas


@pytest.mark.parametrize("table", schemas.TABLES)
def test_shipped_table_is_valid_and_typed(table: str) -> None:
    df = sisterdata.load(table)
    assert list(df) == list(schemas.model(table).to_schema().columns)
    pd.testing.assert_frame_equal(df, sisterdata.validate(df, table))


@pytest.mark.parametrize("table", schemas.TABLES)
def test_every_column_is_described(table: str) -> None:
    columns = schemas.model(table).to_schema().columns
    assert all(column.description for column in columns.values())


def test_a_table_read_back_from_its_csv_is_the_same(
    built: Path, tables: dict[str, pd.DataFrame]
) -> None:
    for table, df in tables.items():
        read = pd.read_csv(built / f"{table}.csv", dtype=str, keep_default_na=False, na_values=[""])
        pd.testing.assert_frame_equal(sisterdata.validate(read, table), df)


@pytest.mark.parametrize(
    "case",
    read_cases("broken_tables.csv"),
    ids=lambda c: f"{c['table']}.{c['column']}={c['value']}",
)
def test_a_broken_cell_is_found(case: dict[str, str]) -> None:
    df = sisterdata.load(case["table"]).astype(object)
    value: Any = case["value"] or None
    if value is not None and value.lstrip("-").isdecimal():
        value = int(value)
    # A row whose partner's id names its country, where the table has partners.
    partner = df.get("partner_id", df.iloc[:, 0]).fillna("")
    row = df.index[partner.str.startswith("iso3166-2:") | ("partner_id" not in df)][-1]
    df.loc[row, case["column"]] = df.loc[df.index[0], case["column"]] if value == "SAME" else value
    with pytest.raises(SchemaErrors) as caught:
        sisterdata.validate(df, case["table"])
    assert case["says"] in str(schemas.failures(caught.value).to_dict())


def test_every_failure_is_listed_with_its_row() -> None:
    df = sisterdata.load("relations")
    df.loc[3, "country_code"] = "china"
    df.loc[5, "stage"] = "done"
    with pytest.raises(SchemaErrors) as caught:
        sisterdata.validate(df, "relations")
    found = schemas.failures(caught.value)
    assert {"country_code", "stage"} <= set(found["column"])
    assert {"3", "5"} <= set(found["index"].dropna())


def test_extra_and_missing_columns_are_refused() -> None:
    df = sisterdata.load("relations")
    with pytest.raises(SchemaErrors, match="colour"):
        sisterdata.validate(df.assign(colour="red"), "relations")
    with pytest.raises(SchemaErrors, match="stage"):
        sisterdata.validate(df.drop(columns="stage"), "relations")


def test_an_unknown_table_is_named() -> None:
    with pytest.raises(sisterdata.SisterdataError, match=r"'couples'.*attestations.*pairs"):
        sisterdata.load("couples")


def test_the_pair_is_the_same_whichever_side_is_named_first() -> None:
    one = pd.Series(["iso3166-2:TH-10", None])
    other = pd.Series(["geonames:1", "geonames:1"])
    assert list(schemas.relation_ids(one, other).fillna("-")) == ["geonames:1~iso3166-2:TH-10", "-"]
    assert schemas.relation_ids(other, one).equals(schemas.relation_ids(one, other))
