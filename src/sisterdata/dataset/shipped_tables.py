"""Load the tables that are shipped with the package, without importing pandera."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sisterdata.argument_types import shown
from sisterdata.errors import DataError
from sisterdata.lookup.country_display_names import country_name, country_name_th

if TYPE_CHECKING:
    import pandas as pd

DESCRIPTOR = "datapackage.json"
PAIRS = "pairs"
_REINSTALL = "install sisterdata again"
# What each side of a pair shows, and the column of `places` it comes from.
_SIDE = {
    "name": "name",
    "name_th": "name_th",
    "country_code": "country_code",
    "country": "country",
    "country_th": "country_th",
    "latitude": "latitude",
    "longitude": "longitude",
}


def load(table: str = "relations") -> pd.DataFrame:
    """Load a table that is shipped with the package.

    Parameters
    ----------
    table : str
        One of the nine tables (``relations``, ``attestations``, ``places``, ``organizations``,
        ``memberships``, ``events``, ``claims``, ``issues``, ``sources``), or ``pairs``: the
        relations with the names, countries and coordinates of both sides, ready to plot.

    Returns
    -------
    DataFrame
        A new copy, with the types that `validate` gives. The tables were validated when they were
        built, and their checksums are compared here.

    Raises
    ------
    DataError
        There is no such table, or its file is missing or changed.

    Examples
    --------
    >>> import sisterdata
    >>> sisterdata.load("relations")["country_code"].value_counts().index[0]
    'CN'
    >>> pairs = sisterdata.load("pairs")
    >>> pairs.loc[2, ["place_name", "partner_name_th", "partner_country", "year"]].tolist()
    ['Bangkok', 'กว่างโจว', 'China', <NA>]

    """
    if not isinstance(table, str):
        raise _no_table(table)
    return (_pairs() if table == PAIRS else _shipped(table)).copy()


def shipped_folder() -> Path:
    """The folder of the tables that are shipped with the package."""
    return Path(str(files("sisterdata"))) / "data" / "tables"


def _names(resources: dict[str, Any]) -> list[str]:
    return [name for name in resources if not name.endswith("-parquet")]


def _no_table(table: object) -> DataError:
    names = ", ".join((*_names(_resources(shipped_folder())), PAIRS))
    return DataError(f"there is no table {shown(table)}", todo=f"choose one of {names}")


@cache
def _shipped(table: str) -> pd.DataFrame:
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = shipped_folder()
    resources = _resources(folder)
    if table not in _names(resources):
        raise _no_table(table)
    path = folder / f"{table}.parquet"
    try:
        content = path.read_bytes()
        recorded = resources[f"{table}-parquet"]["hash"]
        if f"sha256:{hashlib.sha256(content).hexdigest()}" != recorded:
            raise DataError(
                "checksum differs from datapackage.json", where=str(path), todo=_REINSTALL
            )
        frame: pd.DataFrame = pq.read_table(pa.BufferReader(content)).to_pandas()
        described = resources[table]["schema"]["fields"]
        dtypes = {"string": _text(), "integer": "Int64", "number": "Float64"}
        return frame.astype({field["name"]: dtypes[field["type"]] for field in described})
    except (OSError, KeyError, pa.ArrowException) as error:
        raise DataError(f"not readable: {error}", where=str(path), todo=_REINSTALL) from error


def _text() -> Any:
    """The type of text that the models give: `str` with pandas 3, `string` with pandas 2."""
    from sisterdata.dataframes import TEXT

    return "string" if TEXT.name == "object" else TEXT


def _resources(folder: Path) -> dict[str, Any]:
    path = folder / DESCRIPTOR
    try:
        described = json.loads(path.read_bytes())
        return {resource["name"]: resource for resource in described["resources"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"not readable: {error}", where=str(path), todo=_REINSTALL) from error


@cache
def _pairs() -> pd.DataFrame:
    """The relations with names, countries and coordinates of both sides."""
    relations, places = _shipped("relations"), _shipped("places").set_index("place_id")
    codes = places["country_code"]
    places = places.assign(
        country=codes.map({code: country_name(code) for code in codes.unique()}).astype(_text()),
        country_th=codes.map({code: country_name_th(code) for code in codes.unique()}).astype(
            _text()
        ),
    )
    pairs = relations[["relation_id"]].copy()
    for side in ("place", "partner"):
        ids = relations[f"{side}_id"]
        pairs[f"{side}_id"] = ids
        for name, column in _SIDE.items():
            pairs[f"{side}_{name}"] = places[column].reindex(ids).array
    pairs["year"] = relations["first_year"]
    more = ["date", "stage", "instrument", "attestations", "sources"]
    return pairs.join(relations[more])
