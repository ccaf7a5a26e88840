"""Write the report: a dataset, or rows with matches, as one HTML page."""

from __future__ import annotations

from sisterdata.reporting.report_page import report

__all__ = ["report"]
