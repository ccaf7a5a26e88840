"""Countries shown as a flag: an image with alternative text, or a template."""

from __future__ import annotations

import re

from sisterdata.countries.index import english_name
from sisterdata.countries.match import match_country
from sisterdata.text.thai_letters import has_thai

_FLAG_WORDS = re.compile(
    r"^(?:(?:the )?(?:national )?flag of(?: the)?|ธงชาติ(?:ของ)?|ธงประจำชาติ|ธงของ|ธง)\s*"
    r"|\s*(?:national )?flag$|\s*\.(?:svg|png|gif)$",
    re.IGNORECASE,
)
# What may follow a name: brackets, a date, a dash.
_BEHIND_NAME = re.compile(r"\s*(?:[(\[–—:|;]|\s-\s|(?<![^\W\d_])\d|$)")


def flag_country(text: str) -> str | None:
    """The country in the alternative text of a flag; None for another image.

    >>> flag_country("Flag of Japan"), flag_country("ธงชาติญี่ปุ่น"), flag_country("Our mayor")
    ('Japan', 'ญี่ปุ่น', None)
    """
    name = _FLAG_WORDS.sub("", text.strip()).strip()
    if not 1 < len(name) <= 60:
        return None
    code = match_country(name).id
    if code is None:
        return None
    return english_name(code) if name.isupper() and len(name) <= 3 else name


def with_country(text: str, country: str) -> str:
    """Add the country of a flag to a text, unless the text has it already.

    >>> with_country("Osaka (1987)", "Japan"), with_country("Bukhara, Uzbekistan", "Uzbekistan")
    ('Osaka, Japan (1987)', 'Bukhara, Uzbekistan')
    >>> with_country("โอซากา", "ญี่ปุ่น"), with_country("", "Japan")
    ('โอซากา ประเทศญี่ปุ่น', 'Japan')
    """
    text = text.strip()
    if not text:
        return country
    if country.casefold() in text.casefold() or match_country(text).id:
        return text
    found = _BEHIND_NAME.search(text, 1)
    end = found.start() if found else len(text)
    behind = f" ประเทศ{country}" if has_thai(country) else f", {country}"
    return f"{text[:end].rstrip(' ,')}{behind}{text[end:]}"
