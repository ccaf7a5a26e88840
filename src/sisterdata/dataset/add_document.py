"""A dataset of your own: lay out its folder, and file documents with their `source.yml`."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

from sisterdata.dataset.build import source_table
from sisterdata.errors import DataError, SourceError
from sisterdata.parser import Document, parse
from sisterdata.source_yml import DESCRIPTION, Source, read_source
from sisterdata.text.thai_letters import has_thai
from sisterdata.vocabulary import SLUG

WORKFLOW = """\
name: check
on: [push, pull_request]
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      # Where your project installs sisterdata from: a version, or the address of its repository.
      - run: python -m pip install "${SISTERDATA:-sisterdata}"
      - run: sisterdata check data --raw raw --format github
"""


def init(folder: str | os.PathLike[str]) -> list[Path]:
    """Lay out the folder of a dataset: ``raw/``, and a CI workflow that checks it.

    Files that are there already stay as they are. Returns the paths that were made.
    """
    root, made = Path(folder), []
    workflow = root / ".github" / "workflows" / "check.yml"
    for path in (root / "raw", workflow.parent):
        if not path.is_dir():
            path.mkdir(parents=True)
            made.append(path)
    if not workflow.exists():
        workflow.write_text(WORKFLOW, encoding="utf-8")
        made.append(workflow)
    return made


def add(
    file: str | os.PathLike[str],
    into: str | os.PathLike[str],
    *,
    publisher: str,
    licence: str = "not stated",
    source_id: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> tuple[Source, Document]:
    """File a document in a folder of sources: copy it unchanged, and describe it.

    file
        A document that `parse` can read.
    into
        The folder of sources, such as ``raw``.
    publisher, licence, url
        Who published it, under which licence, and where.
    source_id, title
        The name of its folder, made from the file's name if omitted; and its title, as printed if
        omitted.

    Layout, language, date and claims are read from the document. Returns the source and what was
    read. Raises `DataError` if there is a source of this name, and `ParseError` or `SourceError`
    for a document that cannot be built from; nothing is written then.
    """
    path, raw = Path(file), Path(into)
    name = source_id or re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    if not re.fullmatch(SLUG, name):
        raise DataError(
            f"{name!r} is not the name of a source",
            where=str(path),
            todo="give --id with small letters, digits and hyphens, such as moi-pairs-2023",
        )
    if (raw / name).exists():
        raise DataError("there is a source of this name", where=str(raw / name), todo="give --id")
    document = parse(path)
    raw.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=raw, prefix=".adding-") as scratch:
        folder = Path(scratch) / name
        folder.mkdir()
        shutil.copyfile(path, folder / path.name)
        given = {"publisher": publisher, "licence": licence, "url": url, "title": title}
        _describe(folder, path, document, given)
        source = read_source(folder)
        read = parse(source)
        if source_table([source], [read]).empty:
            raise SourceError("nothing was read", where=str(path), todo="see sisterdata parse")
        folder.rename(raw / name)
    return read_source(raw / name), document


def _describe(folder: Path, path: Path, document: Document, given: dict[str, Any]) -> None:
    import yaml

    data = path.read_bytes()
    title = given["title"] or document.title or path.stem
    described = {
        "title": title,
        "publisher": given["publisher"],
        "language": "th" if has_thai(title) or _is_thai(document) else "en",
        "layout": document.layout,
        "status_date": document.date,
        "file": path.name,
        "sha256": hashlib.sha256(data).hexdigest(),
        "claims": list(dict.fromkeys(document.claims["verbatim"].dropna())),
        "licence": given["licence"],
        "url": given["url"],
    }
    if described["layout"] == "article":
        described["publication_date"] = described.pop("status_date")
    text = yaml.safe_dump(described, allow_unicode=True, sort_keys=False)
    (folder / DESCRIPTION).write_text(text, encoding="utf-8")


def _is_thai(document: Document) -> bool:
    printed = document.rows["verbatim_partner"].dropna()
    return bool(len(printed)) and printed.map(has_thai).mean() > 0.5
