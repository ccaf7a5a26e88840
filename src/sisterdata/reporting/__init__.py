"""A dataset, or rows of one's own with their matches, as one page to look at."""

from __future__ import annotations

from sisterdata.reporting.page import report

__all__ = ["report"]
