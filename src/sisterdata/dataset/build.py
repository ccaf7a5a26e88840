"""Build the tables from the raw documents, and read what is on disk."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from sisterdata import schemas
from sisterdata.argument_types import as_path
from sisterdata.atomic_write import resolve_links
from sisterdata.dataset.check_keys_and_schemas import Tables, validated
from sisterdata.dataset.data_package import read_table, write_package
from sisterdata.errors import DataError, SourceError
from sisterdata.normalizer.normalize_document import normalize, with_first_names
from sisterdata.normalizer.relations_table import place_table, relation_table
from sisterdata.parser import Document, parse
from sisterdata.parser.stated_counts import unprinted_claims
from sisterdata.source_yml import Source, read_sources


def read(data_dir: str | os.PathLike[str]) -> Tables:
    """Read and validate every table of a dataset. Raises `DataError` with the first finding."""
    tables, findings = validated({t: read_table(Path(data_dir), t) for t in schemas.TABLES})
    if findings:
        first = findings[0]
        raise DataError(
            f"{first.table}: {first.row}: {first.message}",
            where=str(data_dir),
            todo=f"run sisterdata check on it; {len(findings)} findings",
        )
    return tables


def build(raw_dir: str | os.PathLike[str], out_dir: str | os.PathLike[str]) -> Tables:
    """Build every table from the sources in `raw_dir`, and write them to `out_dir`.

    `out_dir` gets each table as CSV and Parquet, and a `datapackage.json`. The same input gives the
    same bytes. Raises `SourceError`, `ParseError` or `CuratedError` for input that cannot be used,
    and `DataError` for tables that break their rules; `out_dir` is then unchanged.
    """
    raw_dir = as_path(raw_dir, "raw_dir")
    raw, out = Path(os.path.realpath(raw_dir)), resolve_links(as_path(out_dir, "out_dir"))
    if out == raw or raw in out.parents:
        raise DataError("is inside the folder of sources", where=str(out), todo="write elsewhere")
    tables = make_tables(raw_dir)
    write_package(tables, out)
    return tables


def make_tables(raw_dir: str | os.PathLike[str]) -> Tables:
    """Build every table from the sources in `raw_dir` and validate it; nothing is written."""
    sources = read_sources(Path(raw_dir))
    parsed = [parse(source) for source in sources]
    described = source_table(sources, parsed)
    documents = list(with_first_names(map(normalize, parsed)))

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
        "organizations": joined("organizations").drop_duplicates("organization_id"),
        "memberships": memberships,
        "events": joined("events"),
        "claims": joined("claims"),
        "issues": joined("issues"),
    }
    valid, findings = validated(tables)
    if findings:
        raise DataError(
            "; ".join(f"{f.table}: {f.row}: {f.message}" for f in findings[:5]),
            where=str(raw_dir),
            todo=f"{len(findings)} findings: correct the source, the curated line or the rule",
        )
    return valid


def source_table(sources: list[Source], documents: list[Document]) -> pd.DataFrame:
    """The `sources` table, given the sources and the documents parsed from them.

    Raises `SourceError` if nothing was found in a document, or if its `source.yml` states a date or
    a claim that differs from the document.
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
    for claim in unprinted_claims(source.claims, document):
        raise SourceError(
            f"source.yml has the claim {claim!r}, which is not in the document",
            where=str(source.file),
            todo="copy the claims from the document: sisterdata parse shows them",
        )
    if not (len(document.rows) or len(document.organizations) or len(document.events)):
        raise SourceError(
            f"nothing is found in it with the layout {document.layout}",
            where=str(source.file),
            todo="look at it with sisterdata parse, and correct the layout in source.yml",
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
