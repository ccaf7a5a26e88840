"""The received documents: `raw/<source_id>/source.yml` and the file it describes."""

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
    """One received document, as its `source.yml` describes it.

    `status_date` (the day whose state a list shows) and `publication_date` are reduced ISO 8601
    or None where the document does not have them; `claims` are the document's own words on what
    it counts; `licence` is ``not stated`` where the publisher is silent; `file` is the path of
    the document, whose bytes have the digest `sha256`.
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
        """The document's bytes.

        Raises SourceError where they cannot be read or are not the ones described.
        """
        try:
            data = self.file.read_bytes()
        except OSError as error:
            raise SourceError(
                f"cannot be read: {error.strerror or error}",
                where=str(self.file),
                todo=f"put the file beside its {DESCRIPTION}, or name it there",
            ) from error
        digest = hashlib.sha256(data).hexdigest()
        if digest != self.sha256:
            raise SourceError(
                f"the bytes have the sha256 {digest}, but {DESCRIPTION} says {self.sha256}",
                where=str(self.file),
                todo="restore the received file; a new version is a new source with its own folder",
            )
        return data


def read_source(folder: str | PathLike[str]) -> Source:
    """Read `folder/source.yml` and check the file it names against its sha256.

    Raises SourceError where the description is missing, malformed or incomplete, has a key that
    is not known, names a file outside its folder, or the file's bytes are not those described.
    """
    folder = Path(folder)
    path = folder / DESCRIPTION
    source = _source(folder, _read_yaml(path), str(path))
    source.read_bytes()
    return source


def read_sources(raw_dir: str | PathLike[str]) -> list[Source]:
    """Read every source of a folder of sources, sorted by `source_id`.

    Raises SourceError where one cannot be read, where there is none, and for a file that no
    description names: it would be left out in silence. (A README, a LICENSE and hidden files
    are no documents.)
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
            todo="give the folder that holds one folder a source",
        ) from error
    if not folders:
        raise SourceError(
            "holds no source",
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
        beside = any(part[0] == "." for part in name.parts) or _NO_DOCUMENT.fullmatch(path.name)
        if path.is_file() and not known and not beside and path.resolve() not in described:
            raise SourceError(
                f"no {DESCRIPTION} names it",
                where=str(path),
                todo=f"give it a folder and a {DESCRIPTION} of its own, or move it elsewhere",
            )


_NO_DOCUMENT = re.compile(r"(?:README|LICEN[CS]E|NOTICE)(?:\.(?:md|txt|rst))?", re.I)


_TEXT_KEYS = ("title", "publisher", "language", "layout", "file", "sha256", "licence")
_DATE_KEYS = ("status_date", "publication_date")
_KEYS = (*_TEXT_KEYS, *_DATE_KEYS, "claims", "url")
_REDUCED_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
# A later year is one of the Buddhist Era.
_LAST_YEAR = 2200
_SOURCE_ID = re.compile(r"[^\s#]+")


def _read_yaml(path: Path) -> Mapping[str, Any]:
    import yaml

    try:
        described = yaml.safe_load(path.read_bytes())
    except OSError as error:
        raise SourceError(
            f"cannot be read: {error.strerror or error}",
            where=str(path),
            todo="every folder of raw/ needs one; see CONTRIBUTING.md, 'add a document'",
        ) from error
    # RecursionError and ValueError: nesting and numbers beyond what the reader can hold.
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f":{mark.line + 1}:{mark.column + 1}" if mark is not None else ""
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise SourceError(
            f"not YAML: {problem}", where=f"{path}{place}", todo="mend the file"
        ) from error
    _refuse_repeated_keys(yaml.compose(path.read_bytes(), yaml.SafeLoader), path)
    if not isinstance(described, dict):
        raise SourceError(
            "not a mapping of keys to values", where=str(path), todo=f"give {', '.join(_KEYS)}"
        )
    return described


def _refuse_repeated_keys(node: Any, path: Path) -> None:
    """YAML's reader would keep the last of them in silence."""
    seen: set[str] = set()
    for key, _ in node.value if node is not None and node.id == "mapping" else ():
        if str(key.value) in seen:
            mark = key.start_mark
            raise SourceError(
                f"key {key.value} is given twice",
                where=f"{path}:{mark.line + 1}:{mark.column + 1}",
                todo="keep one of them",
            )
        seen.add(str(key.value))


def _source(folder: Path, described: Mapping[str, Any], where: str) -> Source:
    unknown = sorted(str(key) for key in described if key not in _KEYS)
    if unknown:
        raise SourceError(
            f"unknown key {', '.join(unknown)}", where=where, todo=f"known are {', '.join(_KEYS)}"
        )
    absent = [key for key in _TEXT_KEYS if not str(described.get(key) or "").strip()]
    if absent:
        raise SourceError(
            f"no value for {', '.join(absent)}", where=where, todo="write 'not stated' if so"
        )
    source_id = folder.resolve().name
    if not _SOURCE_ID.fullmatch(source_id):
        raise SourceError(
            f"the folder's name {source_id!r} cannot be an id",
            where=where,
            todo="rename the folder, without white space and without #",
        )
    texts = {key: _text(described[key], key, where) for key in _TEXT_KEYS}
    if not re.fullmatch("[0-9a-f]{64}", texts["sha256"]):
        raise SourceError(
            f"sha256 {texts['sha256']!r} is not 64 hexadecimal digits in lower case",
            where=where,
            todo="take the output of sha256sum",
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
        raise SourceError(f"{key} is not a text: {value!r}", where=where, todo="put it in quotes")
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
    """Is it a year, month or day of the calendar, and not of the Buddhist Era or the future?"""
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
            "claims is not a list of texts", where=where, todo="give the document's own words"
        )
    return tuple(value)


def _inside(folder: Path, name: str, where: str) -> Path:
    path = folder / name
    if "\x00" in name or not path.resolve().is_relative_to(folder.resolve()):
        raise SourceError(
            f"file {name!r} lies outside its folder", where=where, todo="put the file beside it"
        )
    return path
