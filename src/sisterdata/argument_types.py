"""Check what callers pass: paths, texts, choices, frames. The errors say what to give instead."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sisterdata.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

LONGEST_NAME = 255  # bytes of a file's name, on the file systems in use


def as_path(value: object, name: str) -> Path:
    """The path that an argument gives; `name` is that of the argument, for messages.

    >>> as_path("lists/pairs.csv", "file").name
    'pairs.csv'
    >>> as_path(3, "file")
    Traceback (most recent call last):
    sisterdata.errors.DataError: file= is 3, not a path; give the path as text or as a pathlib.Path
    """
    text = os.fspath(value) if isinstance(value, str | os.PathLike) else None
    if not isinstance(text, str) or not text:
        raise DataError(
            f"{name}= is {shown(value)}, not a path",
            todo="give the path as text or as a pathlib.Path",
        )
    try:
        fits = all(len(os.fsencode(part)) <= LONGEST_NAME for part in Path(text).parts)
    except UnicodeEncodeError:
        fits = False
    if "\0" in text or not fits:
        raise DataError(
            f"{name}= is {shown(value)}, which no file can be named", todo="give another path"
        )
    return Path(text)


def refuse_other_than_text(**arguments: object) -> None:
    """Raise `DataError` for an argument that is neither text nor None.

    >>> refuse_other_than_text(place=None, country=["KR"])
    Traceback (most recent call last):
    sisterdata.errors.DataError: country= is ['KR'], not text; give one text, or leave it out
    """
    for name, value in arguments.items():
        if value is not None and not isinstance(value, str):
            raise DataError(
                f"{name}= is {shown(value)}, not text", todo="give one text, or leave it out"
            )
        try:
            (value or "").encode()
        except UnicodeEncodeError as error:
            raise DataError(
                f"{name}= is {shown(value)}, which cannot be written as UTF-8",
                todo="read the text again in its own encoding",
            ) from error


def refuse_other_than_bool(**arguments: object) -> None:
    """Raise `DataError` for an argument that is neither True nor False."""
    for name, value in arguments.items():
        if not isinstance(value, bool):
            raise DataError(f"{name}= is {shown(value)}", todo="give True or False")


def refuse_other_than(choices: Collection[str], value: object, what: str) -> None:
    """Raise `DataError` for a value that is not one of the choices.

    >>> refuse_other_than(("iso", "un"), "ISO", "scheme")
    Traceback (most recent call last):
    sisterdata.errors.DataError: there is no scheme 'ISO'; use one of iso, un
    """
    if not isinstance(value, str) or value not in choices:
        raise DataError(
            f"there is no {what} {shown(value)}", todo=f"use one of {', '.join(choices)}"
        )


def refuse_other_than_frame(df: Any, function: str, todo: str = "") -> pd.DataFrame:
    """The DataFrame itself; raises `DataError` for anything else.

    `function` is the public function that was called.
    """
    import pandas as pd

    if isinstance(df, pd.DataFrame):
        return df
    raise DataError(
        f"{function} needs a DataFrame of pandas, and this is a {type(df).__name__}",
        todo="convert it (polars: .to_pandas())" + f"; {todo}" * bool(todo),
    )


def shown(value: object) -> str:
    """A value in an error message: short, on one line."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else f"{text[:60]}..."
