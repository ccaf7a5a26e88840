"""Translate a message of the library by the template that it was made of."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_HERE = Path(__file__).parent
_PARAMETER = re.compile(r"\{(\w+)\}")
# What a parameter of a name is made of; all others are texts, kept as they are.
_PATTERNS = {
    "n": r"[\d.,]+",
    "s": r"[\d.]+",
    "date": r"[\d-]+",
    "country": r"[^:;,]+?",
    "changes": "[a-z0-9 ,-]+",
}
# What stands before a message in the shell.
_BEFORE = re.compile(r"(why|doubt)(: [a-z0-9_]+)?: (.*)", re.DOTALL)
_WORD = r"(?<!['\w])[a-z][a-z0-9_ -]*[a-z0-9](?!['\w])"  # not in quotes
_PARTS = re.compile(r"; (?=\S)")


@dataclass(frozen=True, slots=True)
class _Template:
    pattern: re.Pattern[str]
    thai: str
    literal: int  # letters outside the parameters: the more, the surer


@lru_cache(maxsize=20_000)
def translate(message: str, language: str = "th") -> str:
    """A message in a language; parts that no template fits stay in English.

    Messages are joined with semicolons; each part is translated on its own where the whole is not
    one template. Names, texts of documents and reasons that a person gave stay as they are.

    >>> translate("no name in MY is like Zzyzxq", "th")
    'ไม่มีชื่อใดใน MY ที่คล้าย Zzyzxq'
    >>> translate("no name in MY is like Zzyzxq", "en")
    'no name in MY is like Zzyzxq'
    """
    if language != "th" or not message:
        return message
    before = _BEFORE.fullmatch(message)
    if before is not None:
        word = _words()["before"][before[1]]
        return f"{word}{before[2] or ''}: {translate(before[3], language)}"
    return _whole(message) or _in_parts(message)


def is_translated(message: str) -> bool:
    """Whether templates fit every part of a message.

    >>> is_translated("there is no name"), is_translated("something quite new")
    (True, False)
    """
    if _whole(message) is not None:
        return True
    parts = _PARTS.split(message)
    return len(parts) > 1 and all(_whole(part) is not None for part in _joined(parts))


def _in_parts(message: str) -> str:
    parts = _joined(_PARTS.split(message))
    return "; ".join(_whole(part) or part for part in parts)


def _joined(parts: list[str]) -> list[str]:
    """The parts, those put together again that only make a template as one."""
    done: list[str] = []
    rest = parts
    while rest:
        size = next(
            (n for n in range(len(rest), 0, -1) if _whole("; ".join(rest[:n])) is not None), 1
        )
        done.append("; ".join(rest[:size]))
        rest = rest[size:]
    return done


def _whole(message: str) -> str | None:
    """The Thai of a message that one template fits, or whose words are known."""
    for template in _templates():
        found = template.pattern.fullmatch(message)
        if found is not None and not _cuts_apart(found):
            values = {name: _value(name, text) for name, text in found.groupdict().items()}
            return template.thai.format_map(values)
    return None


def _cuts_apart(found: re.Match[str]) -> bool:
    """Whether a short parameter swallowed the join of two messages."""
    return any(
        name[0] in "xyz" and "; " in text and not (text[0] in "'\"" and text[0] == text[-1])
        for name, text in found.groupdict().items()
    )


def _value(name: str, text: str) -> str:
    kind = name.rstrip("0123456789")
    if kind == "m" and not re.fullmatch(r"[\d.,]+", text):
        return translate(text)
    if kind == "country":
        return _country(text)
    if kind == "list":
        return text.replace(" or ", " หรือ ").replace(" and ", " และ ")
    if kind in ("changes", "columns", "states"):
        words = _words()[{"changes": "change", "columns": "column", "states": "status"}[kind]]
        return re.sub(_WORD, lambda word: words.get(word[0], word[0]), text)
    return _words().get(kind, {}).get(text, text)


def _country(text: str) -> str:
    from sisterdata import gazetteer
    from sisterdata.lookup.country_display_names import country_name, country_name_th

    codes = {country_name(code): code for code in gazetteer.countries()}
    return (country_name_th(codes[text]) if text in codes else None) or text


@cache
def _words() -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = json.loads(
        (_HERE / "th_words.json").read_text(encoding="utf-8")
    )
    return words


@cache
def _templates() -> tuple[_Template, ...]:
    """All templates, those with the most letters of their own first."""
    with (_HERE / "th.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    made = [_template(line["english"], line["thai"]) for line in lines]
    return tuple(sorted(made, key=lambda template: -template.literal))


def _template(english: str, thai: str) -> _Template:
    pattern, at = "", 0
    for parameter in _PARAMETER.finditer(english):
        pattern += re.escape(english[at : parameter.start()])
        pattern += f"(?P<{parameter[1]}>{_pattern(parameter[1])})"
        at = parameter.end()
    pattern += re.escape(english[at:])
    return _Template(re.compile(pattern, re.DOTALL), thai, len(_PARAMETER.sub("", english)))


def _pattern(name: str) -> str:
    kind = name.rstrip("0123456789")
    if kind in _PATTERNS:
        return _PATTERNS[kind]
    words = {"group": "group", "level": "level", "kind": "kind", "thing": "thing"}.get(kind)
    return "|".join(map(re.escape, _words()[words])) if words else ".+?"
