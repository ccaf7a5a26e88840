"""`parse` and `normalize` as users call them: with a path, an open file, a text or a Document."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from typing import IO, Any

from sisterdata.argument_types import as_path, refuse_other_than_text
from sisterdata.errors import DataError
from sisterdata.human_decisions import Decision
from sisterdata.lists.document_rows import parse_file
from sisterdata.lists.review_file import decisions_of
from sisterdata.normalizer.normalize_document import Normalized
from sisterdata.normalizer.normalize_document import normalize as normalize_document
from sisterdata.parser import Document
from sisterdata.parser import parse as parse_document
from sisterdata.source_yml import Source

Readable = str | os.PathLike[str] | IO[Any] | Source | Document


def parse(
    document: Readable,
    *,
    layout: str | None = None,
    home: str | None = None,
    format: str | None = None,  # noqa: A002
    sheet: str | None = None,
    strict: bool = False,
) -> Document:
    r"""Read a document into rows as printed, claims and events; every line is accounted for.

    document
        What to read: the path of a file in any format that can be read (text, PDF, Word, HTML,
        Markdown, wikitext, CSV, Excel, JSON lines), an open file, or a text of several lines. A
        `Document` is returned as it is.
    layout
        ``table``, ``list`` or ``article``. If omitted, the layout that explains most is taken.
    home
        Whose list it is, where the document does not say.
    format, sheet
        The file's format, detected if omitted, and the sheet of a workbook.
    strict
        Raise at the first line that cannot be classified, instead of recording an issue.

    Raises `ParseError` for what cannot be read or fits no layout, with file, line, and what to
    change; `SourceError` where the file of a Source is not the one it describes; and `DataError`
    for another kind of input, such as a DataFrame.

    >>> import sisterdata
    >>> document = sisterdata.parse("3 Sister Cities of Busan\n1. Shanghai, China Aug.24.1993\n")
    >>> document.rows[["line", "verbatim_place", "verbatim_partner", "verbatim_year"]]
       line verbatim_place verbatim_partner verbatim_year
    0     2          Busan  Shanghai, China   Aug.24.1993
    """
    refuse_other_than_text(layout=layout, home=home, format=format, sheet=sheet)
    if isinstance(document, Document):
        if layout is not None or home is not None or format is not None or sheet is not None:
            raise DataError(
                "a Document is read already", todo="give the file, or leave out the options"
            )
        return document
    _refuse_other_kinds(document, "parse")
    if isinstance(document, str) and "\n" in document:
        document = io.StringIO(document)
    if isinstance(document, str | os.PathLike):
        path = as_path(document, "document")
        return parse_file(path, layout=layout, home=home, format=format, sheet=sheet, strict=strict)
    return parse_document(
        document, layout=layout, home=home, format=format, sheet=sheet, strict=strict
    )


def normalize(
    document: Readable,
    decisions: str | os.PathLike[str] | Sequence[Decision] = (),
    *,
    layout: str | None = None,
    home: str | None = None,
    format: str | None = None,  # noqa: A002
    sheet: str | None = None,
) -> Normalized:
    r"""Match the names of a document to ids; every doubt becomes an issue.

    document, layout, home, format, sheet
        As in `parse`.
    decisions
        A review file with decisions, or what `read_decisions` read from one. They are applied after
        the corrections that the package has for its own sources.

    Returns the tables that the document fills. A row without a match keeps its attestation, with
    null ids and an issue. Raises what `parse` raises, and `CuratedError` for a decision that cannot
    be read or a correction of this source that no longer applies.

    >>> import sisterdata
    >>> found = sisterdata.normalize("3 Sister Cities of Busan\n1. Shanghai, China Aug.24.1993\n")
    >>> found.relations[["place_id", "partner_id", "first_year"]]
              place_id       partner_id  first_year
    0  iso3166-2:CN-SH  iso3166-2:KR-26        1993
    """
    _refuse_other_kinds(document, "normalize")
    read = parse(document, layout=layout, home=home, format=format, sheet=sheet)
    return normalize_document(read, decisions_of(decisions))


def _refuse_other_kinds(document: object, function: str) -> None:
    """Raise `DataError` that names the function for what is not a document."""
    if isinstance(document, str | os.PathLike | Source | Document) or hasattr(document, "read"):
        return
    kind = type(document).__name__
    if kind in ("DataFrame", "LazyFrame", "Table"):
        raise DataError(
            f"{function} reads documents, and this is a {kind}",
            todo="use normalize_frame for a frame with a column of places",
        )
    if kind in ("Series", "Index", "list", "tuple", "ndarray", "ChunkedArray", "StringArray"):
        raise DataError(
            f"{function} reads documents, and this is a {kind}",
            todo="use match_places for a column of names",
        )
    if isinstance(document, bytes | bytearray):
        raise DataError(f"{function} reads documents, and these are bytes", todo="use io.BytesIO")
    raise DataError(
        f"{function} reads documents, and this is a {kind}",
        todo="give a path, an open file, a text of several lines, a Source or a Document",
    )
