"""The help of the commands in Thai: `messages/help_th.csv` has the Thai of each paragraph."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

# What click itself prints around the texts; too short for a line to break inside.
_HEADINGS = {
    "Usage:": "วิธีใช้:",
    "Options:": "ตัวเลือก:",
    "Arguments:": "ข้อมูลเข้า:",
    "Commands:": "คำสั่ง:",
    "[required]": "[ต้องระบุ]",
    "[default:": "[ค่าเริ่มต้น:",
    "Show this message and exit.": "แสดงข้อความนี้",
}


def asked_language(arguments: Sequence[str]) -> str | None:
    """The language that ``--lang`` names, wherever it stands: help is printed before it is read.

    >>> asked_language(["--lang", "th", "match", "--help"]), asked_language(["--lang=en"])
    ('th', 'en')
    """
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if argument == "--lang":
            return following
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    return None


def texts(command: Any) -> Iterator[str]:
    """Every paragraph that the help of a command and of those under it may print."""
    for text in (command.help, *(getattr(option, "help", None) for option in command.params)):
        yield from _paragraphs(text or "")
    for under in getattr(command, "commands", {}).values():
        yield from texts(under)


def help_in_thai(command: Any) -> None:
    """Put the help of a command, and of those under it, into Thai."""
    command.help = _thai(command.help)
    command.short_help = command.help.partition("\n\n")[0]
    for option in command.params:
        if getattr(option, "help", None):
            option.help = _thai(option.help)
    printed = command.get_help

    def get_help(context: Any) -> str:
        text: str = printed(context)
        for english, thai in _HEADINGS.items():
            text = text.replace(english, thai)
        return text

    command.get_help = get_help
    for under in getattr(command, "commands", {}).values():
        help_in_thai(under)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def _thai(text: str) -> str:
    return "\n\n".join(catalogue().get(part, part) for part in _paragraphs(text))


@cache
def catalogue() -> dict[str, str]:
    """The Thai of each English paragraph."""
    path = files("sisterdata") / "messages" / "help_th.csv"
    return {
        row["english"]: row["thai"]
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    }
