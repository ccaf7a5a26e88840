"""What a path holds: a dataset, a document, or rows with their matches."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from sisterdata import schemas
from sisterdata.dataset.package import DESCRIPTOR, read_table
from sisterdata.errors import DataError
from sisterdata.lists.documents import document_in, parse_table
from sisterdata.normalizer.document import Normalized, normalize
from sisterdata.parser import parse
from sisterdata.tabular.formats import form_of, open_table
from sisterdata.tabular.table import Table


def read(path: Path) -> Mapping[str, pd.DataFrame] | Normalized | pd.DataFrame:
    """A dataset's tables, a document once it is normalized, or the rows of a table as texts.

    Raises `DataError` or `ParseError` for what is none of these.
    """
    if path.is_dir():
        if not (path / DESCRIPTOR).is_file():
            raise DataError(
                f"no {DESCRIPTOR} in this folder", where=str(path), todo="name a dataset or a file"
            )
        return {table: read_table(path, table) for table in schemas.TABLES}
    if form_of(path) is None:
        return normalize(parse(path))
    with open_table(path) as table:
        if not any(column.endswith("place_id") for column in table.columns) and document_in(table):
            return normalize(parse_table(table))
        return _rows(table)


def _rows(table: Table) -> pd.DataFrame:
    cells: list[list[str | None]] = [[] for _ in table.columns]
    for chunk in table.chunks:
        for at, texts in enumerate(cells):
            texts.extend(chunk.texts(at))
    frame = pd.DataFrame(dict(enumerate(cells)), dtype=object)
    return frame.set_axis(list(table.columns), axis="columns")
