"""Build the tables from the raw documents, load what is shipped, check what is on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd
from pandera.errors import SchemaErrors

from sisterdata import schemas
from sisterdata.errors import DataError, SourceError
from sisterdata.normalizer import gazetteer
from sisterdata.normalizer.claims import claim_table
from sisterdata.normalizer.normalized import normalize
from sisterdata.normalizer.relations import place_table, relation_table
from sisterdata.package import changed_files, read_table, write_package
from sisterdata.parser import Document, parse
from sisterdata.sources import Source, read_sources

Tables = dict[str, pd.DataFrame]


def load(table: str = "relations") -> pd.DataFrame:
    """The shipped, validated `table`, as a fresh frame.

    >>> from sisterdata import load
    >>> load("relations")["country_code"].value_counts().index[0]
    'CN'
    """
    schemas.model(table)
    return _shipped(table).copy()


@cache
def _shipped(table: str) -> pd.DataFrame:
    return schemas.validate(read_table(shipped_folder(), table), table)


def shipped_folder() -> Path:
    """The folder of the tables that are shipped with the package."""
    return Path(str(files("sisterdata"))) / "data" / "tables"


def read(data_dir: str | os.PathLike[str]) -> Tables:
    """Every table of the dataset in `data_dir`; `DataError` names what breaks the rules."""
    tables, findings = _validated({t: read_table(Path(data_dir), t) for t in schemas.TABLES})
    if findings:
        first = findings[0]
        raise DataError(
            f"{first.table}: {first.row}: {first.message}",
            where=str(data_dir),
            todo=f"run sisterdata check on it; {len(findings)} findings",
        )
    return tables


def build(raw_dir: str | os.PathLike[str], out_dir: str | os.PathLike[str]) -> Tables:
    """Make every table from the sources in `raw_dir` and write them to `out_dir`, all or nothing.

    `out_dir` gets CSV and Parquet of each table and a `datapackage.json`, the same bytes
    whenever the input is the same. Raises `SourceError`, `ParseError` or `CuratedError` for
    what cannot be used and `DataError` for tables that break their rules; `out_dir` is then as
    it was before.
    """
    raw, out = Path(raw_dir).resolve(), Path(out_dir).resolve()
    if out == raw or raw in out.parents:
        raise DataError("stands in the folder of sources", where=str(out), todo="write elsewhere")
    tables = make_tables(raw_dir)
    write_package(tables, out)
    return tables


def make_tables(raw_dir: str | os.PathLike[str]) -> Tables:
    """Every table from the sources in `raw_dir`, validated; nothing is written."""
    sources = read_sources(Path(raw_dir))
    parsed = [parse(source) for source in sources]
    described = source_table(sources, parsed)
    documents = [normalize(document) for document in parsed]

    def joined(table: str) -> pd.DataFrame:
        frames: list[pd.DataFrame] = [getattr(document, table) for document in documents]
        return pd.concat([f for f in frames if len(f)] or frames[:1], ignore_index=True)

    attestations = joined("attestations")
    memberships = joined("memberships")
    places = place_table(joined("places")["place_id"])
    tables = {
        "sources": described,
        "attestations": attestations,
        "relations": relation_table(attestations, places),
        "places": places,
        "organizations": _one_each(joined("organizations")),
        "memberships": memberships,
        "events": joined("events"),
        "claims": joined("claims"),
        "issues": joined("issues"),
    }
    valid, findings = _validated(tables)
    if findings:
        raise DataError(
            "; ".join(f"{f.table}: {f.row}: {f.message}" for f in findings[:5]),
            where=str(raw_dir),
            todo=f"{len(findings)} findings: correct the source, the curated line or the rule",
        )
    return valid


def _one_each(organizations: pd.DataFrame) -> pd.DataFrame:
    """Organizations of several sources, each once; two names under one id are refused."""
    for organization_id, named in organizations.groupby("organization_id"):
        if named["name"].nunique() > 1:
            raise DataError(
                f"two bodies have the id {organization_id!r}: {', '.join(named['name'])}",
                todo="print an acronym for one of them in the source's curated names",
            )
    return organizations.drop_duplicates("organization_id")


def source_table(sources: list[Source], documents: list[Document]) -> pd.DataFrame:
    """The `sources` table; `documents` are what each was parsed to.

    Raises `SourceError` where a document prints another date than its `source.yml` states, and
    where nothing was found in it.
    """
    return schemas.typed(
        pd.DataFrame(_described(*pair) for pair in zip(sources, documents, strict=True)), "sources"
    )


def _described(source: Source, document: Document) -> dict[str, object]:
    stated = source.status_date or source.publication_date
    if stated is not None and document.date is not None and stated != document.date:
        raise SourceError(
            f"source.yml states {stated}, the document prints {document.date}",
            where=str(source.file),
            todo="correct source.yml",
        )
    if not (len(document.rows) or len(document.organizations) or len(document.events)):
        raise SourceError(
            f"nothing is found in it as {document.layout}",
            where=str(source.file),
            todo="see what sisterdata parse makes of it, and correct the layout in source.yml",
        )
    return {
        "source_id": source.source_id,
        "title": source.title,
        "publisher": source.publisher,
        "language": source.language,
        "layout": source.layout,
        "date": stated,
        "file": f"{source.source_id}/{source.file.name}",
        "sha256": source.sha256,
        "lines": document.lines["line"].max(),
        "licence": source.licence,
        "url": source.url,
    }


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a dataset: in which table and row, of what kind, and what."""

    table: str
    row: str
    code: str
    message: str


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
    tables, broken = _validated(read)
    findings += broken
    if raw_dir is not None:
        findings += _drift(tables, make_tables(raw_dir))
    return Report(
        tuple(findings), tables.get("claims", schemas.empty("claims")), raw_dir is not None
    )


def _validated(tables: Tables) -> tuple[Tables, list[Finding]]:
    """The tables that keep their rules, and what breaks them; all must be there to be compared."""
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
        said = f"{failure['column']}: {failure['value']!r} fails {failure['check']}"
        yield Finding(table, row, "schema", said)


def _cross_findings(tables: Tables) -> Iterator[Finding]:
    """What no table can know alone."""
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
            yield Finding(table, key, "line", f"its source has no line {line}")

    yield from _drift(tables, _derived(tables))

    attestations = tables["attestations"]
    dates = attestations["source_id"].map(sources["date"]).astype("string")
    stated = pd.to_numeric(dates.str[:4])
    late = attestations[(attestations["year"] > stated).fillna(value=False).astype(bool)]
    for key, value in zip(late["attestation_id"], late["year"], strict=True):
        yield Finding("attestations", key, "year", f"{value} is later than its source")

    places = tables["places"].set_index("place_id")
    for table, columns in _OF_PARTNERS.items():
        df = tables[table][tables[table]["partner_id"].notna()]
        for column in columns:
            theirs = df["partner_id"].map(places[column]).astype("string").fillna("")
            wrong = df[df[column].astype("string").fillna("") != theirs]
            for key in wrong[schemas.KEYS[table]]:
                yield Finding(table, key, column, "is not that of its partner in places")


_OF_PARTNERS = {
    "attestations": ("country_code", "admin1_code", "level"),
    "relations": ("country_code",),
}


def _derived(tables: Tables) -> Tables:
    """The tables that follow from others, made again from those."""
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


def _drift(committed: Tables, rebuilt: Tables) -> Iterator[Finding]:
    """Rows that differ from a rebuild, by their key."""
    for table, new in rebuilt.items():
        if table not in committed:
            continue
        key = schemas.KEYS[table]
        before, after = committed[table].set_index(key), new.set_index(key)
        for row in before.index.difference(after.index):
            yield Finding(table, row, "drift", "made again, there is no such row")
        for row in after.index.difference(before.index):
            if table == "issues" and after.at[row, "severity"] == "error":
                said = f"made again, there is an error more: {after.at[row, 'message']!s}"
                yield Finding(table, row, "new_error", said)
            else:
                yield Finding(table, row, "drift", "made again, this row is added")
        shared = after.index.intersection(before.index)
        for column in after.columns:
            old, now = (df.loc[shared, column].astype(object) for df in (before, after))
            differs = (old != now) & (old.notna() | now.notna())
            for row in shared[differs]:
                change = f"{column} is {old[row]!r}, made again it is {now[row]!r}"
                yield Finding(table, row, "drift", change)
