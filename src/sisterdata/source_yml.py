"""Read the documents in `raw/`: each folder has a `source.yml` and the file it describes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path
from typing import Any

from sisterdata.errors import SourceError

DESCRIPTION = "source.yml"


@dataclass(frozen=True, slots=True)
class Source:
    """A received document, as its `source.yml` describes it.

    source_id
        The name of its folder.
    layout
        ``table``, ``list`` or ``article``.
    file, sha256
        The path of the document, and the SHA-256 of its bytes.
    status_date
        The date for which a list is valid (reduced ISO 8601), or None.
    publication_date
        The date of publication (reduced ISO 8601), or None.
    claims
        What the document says about its own contents, in its own words: "65 pairs".
    licence
        ``not stated`` if the publisher does not state one.
    """

    source_id: str
    title: str
    publisher: str
    language: str
    layout: str
    file: Path
    sha256: str
    status_date: str | None = None
    publication_date: str | None = None
    claims: tuple[str, ...] = ()
    licence: str = "not stated"
    url: str | None = None

    def read_bytes(self) -> bytes:
        """Read the document's bytes.

        Raises `SourceError` if the file cannot be read or its checksum differs.
        """
        try:
            data = self.file.read_bytes()
        except OSError as error:
            raise SourceError(
                f"cannot be read: {error.strerror or error}",
                where=str(self.file),
                todo=f"put the file next to its {DESCRIPTION}, or correct the name there",
            ) from error
        digest = hashlib.sha256(data).hexdigest()
        if digest != self.sha256:
            raise SourceError(
                f"the sha256 of the file is {digest}, but {DESCRIPTION} says {self.sha256}",
                where=str(self.file),
                todo="restore the file as received; add a new version as a new source",
            )
        return data


def read_source(folder: str | PathLike[str]) -> Source:
    """Read the `source.yml` of a folder, and check the file it describes against its SHA-256.

    Raises `SourceError` if `source.yml` is missing, malformed or incomplete, has an unknown key, or
    names a file outside its folder, and if the checksum of the file differs.
    """
    folder = Path(folder)
    path = folder / DESCRIPTION
    source = _source(folder, _read_yaml(path), str(path))
    source.read_bytes()
    return source


def read_sources(raw_dir: str | PathLike[str]) -> list[Source]:
    """Read every source in `raw_dir`, sorted by `source_id`.

    Raises `SourceError` if there is none, if one cannot be read, and for a file that is in no
    `source.yml`, because it would be ignored unnoticed. README, LICENSE, NOTICE and hidden files
    are allowed.
    """
    raw_dir = Path(raw_dir)
    try:
        folders = sorted(
            (entry for entry in raw_dir.iterdir() if entry.is_dir() and entry.name[0] != "."),
            key=lambda entry: entry.name,
        )
    except OSError as error:
        raise SourceError(
            f"cannot be read: {error.strerror or error}",
            where=str(raw_dir),
            todo="name the folder that has one folder for each source",
        ) from error
    if not folders:
        raise SourceError(
            "has no source in it",
            where=str(raw_dir),
            todo=f"add a folder with a document and its {DESCRIPTION}",
        )
    sources = [read_source(folder) for folder in folders]
    _refuse_stray_files(raw_dir, {source.file.resolve() for source in sources})
    return sources


def _refuse_stray_files(raw_dir: Path, described: set[Path]) -> None:
    for path in sorted(raw_dir.rglob("*")):
        name = path.relative_to(raw_dir)
        known = path.name == DESCRIPTION and len(name.parts) == 2
        beside = any(part[0] == "." for part in name.parts) or _NOT_A_DOCUMENT.fullmatch(path.name)
        if path.is_file() and not known and not beside and path.resolve() not in described:
            raise SourceError(
                f"is in no {DESCRIPTION}",
                where=str(path),
                todo=f"give it its own folder with a {DESCRIPTION}, or move it elsewhere",
            )


_NOT_A_DOCUMENT = re.compile(r"(?:README|LICEN[CS]E|NOTICE)(?:\.(?:md|txt|rst))?", re.I)


_TEXT_KEYS = ("title", "publisher", "language", "layout", "file", "sha256", "licence")
_DATE_KEYS = ("status_date", "publication_date")
_KEYS = (*_TEXT_KEYS, *_DATE_KEYS, "claims", "url")
_REDUCED_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_LAST_YEAR = 2200  # a later year is in the Buddhist Era
_SOURCE_ID = re.compile(r"[^\s#]+")


def _read_yaml(path: Path) -> Mapping[str, Any]:
    import yaml

    try:
        described = yaml.safe_load(path.read_bytes())
    except OSError as error:
        raise SourceError(
            f"cannot be read: {error.strerror or error}",
            where=str(path),
            todo="each folder in raw/ needs one: see CONTRIBUTING.md, 'Add a document'",
        ) from error
    # RecursionError, ValueError: nested too deep, or a number with too many digits.
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f":{mark.line + 1}:{mark.column + 1}" if mark is not None else ""
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise SourceError(
            f"not YAML: {problem}", where=f"{path}{place}", todo="correct the file"
        ) from error
    _refuse_repeated_keys(yaml.compose(path.read_bytes(), yaml.SafeLoader), path)
    if not isinstance(described, dict):
        raise SourceError(
            "not a mapping of keys to values", where=str(path), todo=f"give {', '.join(_KEYS)}"
        )
    return described


def _refuse_repeated_keys(node: Any, path: Path) -> None:
    """Refuse a repeated key: PyYAML would keep the last one without a word."""
    seen: set[str] = set()
    for key, _ in node.value if node is not None and node.id == "mapping" else ():
        if str(key.value) in seen:
            mark = key.start_mark
            raise SourceError(
                f"the key {key.value} is there twice",
                where=f"{path}:{mark.line + 1}:{mark.column + 1}",
                todo="keep one of them",
            )
        seen.add(str(key.value))


def _source(folder: Path, described: Mapping[str, Any], where: str) -> Source:
    unknown = sorted(str(key) for key in described if key not in _KEYS)
    if unknown:
        raise SourceError(
            f"unknown key {', '.join(unknown)}", where=where, todo=f"known keys: {', '.join(_KEYS)}"
        )
    absent = [key for key in _TEXT_KEYS if not str(described.get(key) or "").strip()]
    if absent:
        raise SourceError(
            f"no value for {', '.join(absent)}",
            where=where,
            todo="fill it in, or write 'not stated'",
        )
    source_id = folder.resolve().name
    if not _SOURCE_ID.fullmatch(source_id):
        raise SourceError(
            f"the folder's name {source_id!r} cannot be an id",
            where=where,
            todo="rename the folder: no spaces, no #",
        )
    texts = {key: _text(described[key], key, where) for key in _TEXT_KEYS}
    if not re.fullmatch("[0-9a-f]{64}", texts["sha256"]):
        raise SourceError(
            f"sha256 {texts['sha256']!r} is not 64 lowercase hexadecimal digits",
            where=where,
            todo="copy the output of sha256sum",
        )
    return Source(
        source_id=source_id,
        title=texts["title"],
        publisher=texts["publisher"],
        language=texts["language"],
        layout=texts["layout"],
        file=_inside(folder, texts["file"], where),
        sha256=texts["sha256"],
        status_date=_date(described.get("status_date"), "status_date", where),
        publication_date=_date(described.get("publication_date"), "publication_date", where),
        claims=_claims(described.get("claims"), where),
        licence=texts["licence"],
        url=None if described.get("url") is None else _text(described["url"], "url", where),
    )


def _text(value: object, key: str, where: str) -> str:
    if not isinstance(value, str):
        raise SourceError(f"{key} is not text: {value!r}", where=where, todo="put it in quotes")
    return value.strip()


def _date(value: object, key: str, where: str) -> str | None:
    if value is None:
        return None
    text = value.isoformat() if isinstance(value, date) else str(value)
    if not _is_reduced_date(text):
        raise SourceError(
            f"{key} {text!r} is not a reduced ISO 8601 date",
            where=where,
            todo="write 2022-03-10, 2022-03 or 2022, in the Common Era",
        )
    return text


def _is_reduced_date(text: str) -> bool:
    """Whether it is a year, month or day that exists, in the Common Era."""
    if not _REDUCED_DATE.fullmatch(text) or not 1000 <= int(text[:4]) <= _LAST_YEAR:
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10] if len(text) < 10 else text)
    except ValueError:
        return False
    return True


def _claims(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(claim, str) for claim in value):
        raise SourceError(
            "claims is not a list of texts", where=where, todo="quote the document's own words"
        )
    return tuple(value)


def _inside(folder: Path, name: str, where: str) -> Path:
    path = folder / name
    if "\x00" in name or not path.resolve().is_relative_to(folder.resolve()):
        raise SourceError(
            f"file {name!r} is outside its folder",
            where=where,
            todo=f"put it next to {DESCRIPTION}",
        )
    return path
