"""Read a dataset, a document, or rows with matches from a path."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sisterdata import schemas
from sisterdata.dataset.data_package import read_table
from sisterdata.dataset.shipped_tables import DESCRIPTOR
from sisterdata.errors import DataError
from sisterdata.lists.document_rows import document_in
from sisterdata.normalizer.normalize_document import Normalized, normalize
from sisterdata.parser import parse
from sisterdata.tabular.formats import open_table, table_format
from sisterdata.tabular.table import Table

Tables = dict[str, pd.DataFrame]


def read_input(path: Path) -> Tables | Normalized | pd.DataFrame:
    """The tables of a dataset, the normalized tables of a document, or the rows of a table.

    The cells of a table stay text, as in the file. Raises `DataError` or `ParseError` if `path` is
    none of these.
    """
    if path.is_dir():
        return read_dataset(path)
    if table_format(path) is None:
        return normalize(parse(path))
    with open_table(path) as table:
        if not any(column.endswith("place_id") for column in table.columns) and document_in(table):
            return normalize(parse(path))
        return _rows(table)


def read_dataset(folder: Path) -> Tables:
    """All tables of a folder that ``sisterdata build`` wrote; raises `DataError` for another."""
    if not (folder / DESCRIPTOR).is_file():
        raise DataError(
            f"no {DESCRIPTOR} in this folder", where=str(folder), todo="give a dataset or a file"
        )
    return {table: read_table(folder, table) for table in schemas.TABLES}


def attestations_of(path: Path) -> pd.DataFrame:
    """The attestations of a dataset, a document, or a file that ``sisterdata normalize`` wrote.

    Raises `DataError` or `ParseError` for anything else.
    """
    found = read_input(path)
    if isinstance(found, Normalized):
        return found.attestations
    if isinstance(found, dict):
        return found["attestations"]
    if not set(_NEEDED) <= set(found.columns):
        raise DataError(
            "not a list of pairs",
            where=str(path),
            todo="give a document, or what sisterdata normalize wrote for a document",
        )
    try:
        return schemas.typed(found.replace("", None).astype("string"), "attestations")
    except (TypeError, ValueError) as error:
        raise DataError(
            f"not the columns of attestations: {error}",
            where=str(path),
            todo="write the file again with sisterdata normalize",
        ) from error


_NEEDED = ("verbatim_place", "verbatim_partner", "place_id", "partner_id", "relation_id")


def _rows(table: Table) -> pd.DataFrame:
    cells: list[list[str | None]] = [[] for _ in table.columns]
    for chunk in table.chunks:
        for at, texts in enumerate(cells):
            texts.extend(chunk.texts(at))
    frame = pd.DataFrame(dict(enumerate(cells)), dtype=object)
    return frame.set_axis(list(table.columns), axis="columns")
