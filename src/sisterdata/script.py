"""Thai script told from others, and what follows from it for print."""

from __future__ import annotations

import re

# Letters and marks, for a class in a pattern; the sign of the baht and digits are not among them.
THAI_LETTERS = "\u0e01-\u0e3a\u0e40-\u0e4e"
_THAI = re.compile(f"[{THAI_LETTERS}]")


def has_thai(text: str) -> bool:
    """Is there a Thai letter or mark in a text?

    >>> has_thai("Bangkok (กทม.)"), has_thai("฿ 500")
    (True, False)
    """
    return _THAI.search(text) is not None


def name_separator(text: str) -> str:
    """What parts the names in a text: a comma in Latin script, a blank in Thai.

    >>> name_separator("Osaka"), name_separator("โอซากา")
    (', ', ' ')
    """
    return " " if has_thai(text) else ", "
