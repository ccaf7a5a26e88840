"""Check a dataset on disk: checksums, rules, and differences from a rebuild."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sisterdata import gazetteer, schemas
from sisterdata.argument_types import as_path
from sisterdata.dataset.build import make_tables
from sisterdata.dataset.changed_rows import changed_rows
from sisterdata.dataset.check_keys_and_schemas import Finding, Tables, drift, validated
from sisterdata.dataset.data_package import changed_files, read_table, table_csv
from sisterdata.errors import DataError


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` found.

    claims
        The `claims` table: what the sources say about their contents, next to what was counted.
    rebuilt
        Whether the tables were compared with a rebuild from the raw documents.
    """

    findings: tuple[Finding, ...]
    claims: pd.DataFrame
    rebuilt: bool

    @property
    def ok(self) -> bool:
        """Whether there are no findings."""
        return not self.findings


def check(
    data_dir: str | os.PathLike[str], raw_dir: str | os.PathLike[str] | None = None
) -> Report:
    """Check the dataset in `data_dir`: checksums, schemas and keys.

    With `raw_dir`, the tables are also rebuilt from the raw documents: each row that was added,
    removed or changed is a finding, and so is each new issue of severity ``error``. Raises
    `DataError` if `data_dir` is not a dataset that `build` wrote.
    """
    folder = as_path(data_dir, "data_dir")
    raw_dir = None if raw_dir is None else as_path(raw_dir, "raw_dir")
    findings: list[Finding] = []
    read: Tables = {}
    for table in schemas.TABLES:
        try:
            read[table] = read_table(folder, table)
        except DataError as error:
            findings.append(Finding(table, f"{table}.parquet", "unreadable", error.what))
    findings += [
        Finding(Path(name).stem, name, "damaged", said)
        for name, said in changed_files(folder, read).items()
    ]
    for table, df in read.items():
        file = folder / f"{table}.csv"
        if file.is_file():
            findings += changed_rows(table, file.read_bytes(), table_csv(df))
    findings += [
        Finding("gazetteer", name, "damaged", "checksum differs from gazetteer.json")
        for name in gazetteer.damaged()
    ]
    tables, broken = validated(read)
    findings += broken
    if raw_dir is not None:
        drifted = list(drift(tables, make_tables(raw_dir)))
        again = {(f.table, f.row, f.code) for f in drifted}
        # A row that contradicts another table also differs from the rebuild: report it once.
        findings = [f for f in findings if (f.table, f.row, f.code) not in again] + drifted
    return Report(
        tuple(findings), tables.get("claims", schemas.empty("claims")), raw_dir is not None
    )
