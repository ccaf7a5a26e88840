"""The browser of the tests: Debian's chromium, driven by Playwright."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    *("--disable-component-update", "--disable-sync", "--disable-quic"),
]


# Three English words in a row that are no name; what is quoted keeps its language.
_SENTENCE = re.compile(r"[a-z]{2,}(?: [a-z]{2,}){2,}")
_QUOTED = re.compile("“[^”]*”")


def english_sentences(page: Any, *but: str) -> list[str]:
    """The English sentences that a page shows, and its tips, without the elements `but`."""
    texts = page.evaluate(
        """(but) => [...document.querySelectorAll("body *")]
            .filter((element) => !element.closest(["script", "noscript", ...but].join(",")))
            .flatMap((element) => [
                ...[...element.childNodes].filter((node) => node.nodeType === 3).map((n) => n.data),
                ...["title", "aria-label", "placeholder"].map((name) => element.getAttribute(name)),
            ])
            .filter(Boolean)""",
        list(but),
    )
    return [text for text in texts if _SENTENCE.search(_QUOTED.sub("", text))]


def open_browser() -> Iterator[Any]:
    """A browser, closed afterwards; the test is skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no chromium (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=180_000)
        yield chromium
        chromium.close()
