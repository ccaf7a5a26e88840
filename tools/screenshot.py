"""Take the picture of the report that the READMEs show: ``make screenshot``.

It is the report of the shipped dataset, in English, 1400 pixels wide: its head, map and counts.
Needs chromium.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from sisterdata.dataset.shipped_tables import shipped_folder
from sisterdata.reporting import report

OUT = Path(__file__).parents[1] / "docs" / "images" / "report.png"
WIDTH = 1400
COLOURS = 256  # a third of the bytes


def screenshot(page: Path) -> bytes:
    """The page from its head to the end of its counts, as PNG."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": WIDTH, "height": 900})
        tab.goto(f"{page.as_uri()}#lang=en")
        tab.wait_for_selector("html[data-ready]")
        height = tab.evaluate("document.querySelector('#rows').getBoundingClientRect().top")
        whole = tab.screenshot(
            full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": int(height)}
        )
        browser.close()
    picture = io.BytesIO()
    Image.open(io.BytesIO(whole)).convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(
        picture, "PNG", optimize=True
    )
    return picture.getvalue()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        page = report(shipped_folder(), Path(folder) / "report.html")
        OUT.parent.mkdir(exist_ok=True)
        OUT.write_bytes(screenshot(page))
