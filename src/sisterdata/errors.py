"""The one family of errors: each says what was wrong, where, and what to do next."""

from __future__ import annotations


class SisterdataError(Exception):
    """Anything this library refuses.

    `where` names the file and, as far as they are known, the 1-based line and column
    (``pairs.txt:12:3``); `what` says what is wrong there and `todo` what to do about it.

    >>> print(SisterdataError("not UTF-8", where="pairs.txt:12:3", todo="save it as UTF-8"))
    pairs.txt:12:3: not UTF-8; save it as UTF-8
    """

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        self.what = what
        self.where = where
        self.todo = todo
        super().__init__(f"{where}: " * bool(where) + what + f"; {todo}" * bool(todo))


class SourceError(SisterdataError):
    """A source cannot be read, or is not the bytes its `source.yml` describes."""


class ParseError(SisterdataError):
    """A document is in no known layout or, under ``strict=True``, has a line that fits nothing."""


class CuratedError(SisterdataError):
    """A curated line is malformed, contradicts another, or no longer applies."""


class DataError(SisterdataError):
    """A shipped or built table, or the gazetteer, is missing, damaged or inconsistent."""
