"""The pages people read first stay in plain English: phrases that must not come back."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [
    "README.md", "CONTRIBUTING.md", "Makefile", ".ci/run", "docs/reliability.md",
    "tests/cases/README.md", "src/sisterdata/curated/README.md",
]  # fmt: skip
AVOID = (
    "is told by", "are told by", "made anew", "measured anew", "by which", "stands in",
    "of one's own", "whose they are", "what is no ", "was taken for", "the usual ways",
    "in silence", " nats", "for sure", "takes one way",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_page_avoids_the_phrases_that_were_hard_to_read(page: str) -> None:
    text = " ".join((ROOT / page).read_text(encoding="utf-8").split()).casefold()
    assert [phrase for phrase in AVOID if phrase in text] == []
