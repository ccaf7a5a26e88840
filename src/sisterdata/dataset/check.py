"""Check a dataset on disk: its bytes, its rules, and drift against a rebuild."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sisterdata import gazetteer, schemas
from sisterdata.dataset.build import make_tables
from sisterdata.dataset.integrity import Finding, Tables, drift, validated
from sisterdata.dataset.package import changed_files, read_table
from sisterdata.errors import DataError


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` found; `claims` are the sources' own counts beside ours.

    `rebuilt` says whether the tables were compared with a rebuild from the raw documents.
    """

    findings: tuple[Finding, ...]
    claims: pd.DataFrame
    rebuilt: bool

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check(
    data_dir: str | os.PathLike[str], raw_dir: str | os.PathLike[str] | None = None
) -> Report:
    """Check the dataset in `data_dir`: bytes, schemas, keys, and drift against a rebuild.

    With `raw_dir`, the tables are made again from the raw documents and every row that was
    added, removed or changed is a finding; issues of severity ``error`` beyond those in
    `data_dir` are findings of their own. Raises `DataError` where `data_dir` holds no
    dataset of ours.
    """
    folder = Path(data_dir)
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
    findings += [
        Finding("gazetteer", name, "damaged", "its bytes are not those of gazetteer.json")
        for name in gazetteer.damaged()
    ]
    tables, broken = validated(read)
    findings += broken
    if raw_dir is not None:
        drifted = list(drift(tables, make_tables(raw_dir)))
        again = {(f.table, f.row, f.code) for f in drifted}
        # What does not follow from the tables beside it does not come from the sources either.
        findings = [f for f in findings if (f.table, f.row, f.code) not in again] + drifted
    return Report(
        tuple(findings), tables.get("claims", schemas.empty("claims")), raw_dir is not None
    )
