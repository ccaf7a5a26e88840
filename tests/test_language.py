"""Phrases that are hard to read must not come back, in the docs and in the code."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [
    "README.md", "CONTRIBUTING.md", "Makefile", ".ci/run", "docs/reliability.md",
    "tests/cases/README.md", "src/sisterdata/curated/README.md", "CHANGELOG.md", "docs/scale.md",
    "docs/clean_your_own.md", "docs/validate_your_own.md", "docs/what_can_be_read.md",
]  # fmt: skip
PACKAGES = (
    "text", "gazetteer", "schemas", "tabular", "readers", "normalizer", "lists", "dataset",
    "reporting", "serve", "cli",
)  # fmt: skip
AVOID = (
    "is told by", "are told by", "made anew", "measured anew", "by which", "stands in",
    "of one's own", "whose they are", "what is no ", "was taken for", "the usual ways",
    "in silence", " nats", "for sure", "takes one way",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_hard_phrases_do_not_come_back(page: str) -> None:
    text = " ".join((ROOT / page).read_text(encoding="utf-8").split()).casefold()
    assert [phrase for phrase in AVOID if phrase in text] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_hard_phrases_do_not_come_back_in_the_code(package: str) -> None:
    for path in (ROOT / "src/sisterdata" / package).rglob("*.py"):
        text = " ".join(path.read_text(encoding="utf-8").split()).casefold()
        assert [phrase for phrase in AVOID if phrase in text] == [], path
