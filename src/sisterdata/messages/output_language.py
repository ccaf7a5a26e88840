"""The language that is shown on screen: chosen, or that of the environment."""

from __future__ import annotations

import os
from contextvars import ContextVar

from sisterdata.errors import DataError

LANGUAGES = ("en", "th")
_VARIABLES = ("SISTERDATA_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
_chosen: ContextVar[str | None] = ContextVar("sisterdata_language", default=None)


def choose_language(language: str | None) -> None:
    """Show messages in this language; None goes back to that of the environment.

    Raises `DataError` for a language that is not there.
    """
    if language is not None and language not in LANGUAGES:
        raise DataError(f"unknown language {language!r}", todo=f"use {' or '.join(LANGUAGES)}")
    _chosen.set(language)


def current_language() -> str:
    """The language that is chosen, or that of SISTERDATA_LANG or the locale; else English.

    The first variable that is set decides: a German locale gives English.
    """
    chosen = _chosen.get()
    if chosen is not None:
        return chosen
    named = next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), "")
    code = named.lower().replace("-", "_").partition("_")[0].partition(".")[0]
    return code if code in LANGUAGES else "en"
