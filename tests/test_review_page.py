"""The review page in a browser: decide by keyboard, undo, search, download, save by a server."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import english_sentences, open_browser
from typer.testing import CliRunner

from sisterdata.cli.main import app
from sisterdata.errors import DataError
from sisterdata.lists.normalize_file import normalize_file
from sisterdata.lookup import prefix_search
from sisterdata.reporting.review_page import review_content, review_html, review_page
from sisterdata.reporting.review_server import review_server, search

ROWS = """\
id,city,country
1,Budapest,Hungry
2,กรุงเทพมหานคร,กัมพูชา
3,Zzyzxq Qwv,Japan
4,=Qwvx+Zzq,Japan
5,Busan,KR
"""
# A name that holds markup stays a text.
HOSTILE = '<img src=x onerror=alert(1)>,"</script><b>",Japan\n'


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    yield from open_browser()


Open = Callable[..., Any]


@pytest.fixture
def visit(browser: Any) -> Iterator[Open]:
    """Open a page; the test fails for an error, and for a request to another host."""
    contexts, amiss = [], []

    def opened(address: str, *, width: int = 1280, **more: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: amiss.append(message.text))
        page.on("pageerror", lambda error: amiss.append(str(error)))
        page.on("request", lambda asked: amiss.append(asked.url))
        page.goto(address)
        page.wait_for_selector("html[data-ready]")
        return page

    yield opened
    allowed = ("data:", "file:", "blob:", "http://127.0.0.1:")
    assert [said for said in amiss if not said.startswith(allowed)] == []
    for context in contexts:
        context.close()


@pytest.fixture
def page(visit: Open, listed: Path, tmp_path: Path) -> Any:
    return visit(review_page(listed, tmp_path / "page.html").as_uri() + "#lang=en")


def shown(page: Any) -> str:
    return str(page.inner_text("#case h2"))


def downloaded(page: Any) -> dict[str, dict[str, str]]:
    with page.expect_download() as download:
        page.keyboard.press("Control+s")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return {row["verbatim"]: row for row in csv.DictReader(io.StringIO(text))}


def test_each_name_has_its_rows_reason_candidates_and_map(page: Any) -> None:
    assert page.locator("#names li").count() == 4
    page.locator("#names button", has_text="Budapest").click()
    case = page.inner_text("#case")
    for part in ("Budapest, Hungry", "cannot read the country", "Hungary", "population 1,741,041"):
        assert part in case
    assert page.inner_text("#case .rows td >> nth=2") == "Budapest"
    assert page.locator("#case .candidates-map .mark").count() >= 1


def test_a_list_is_decided_by_keyboard_alone(page: Any, listed: Path, tmp_path: Path) -> None:
    press = page.keyboard.press
    names = [name.split("\n")[0] for name in page.locator("#names li").all_inner_texts()]
    for name in names:
        assert shown(page) == name
        if name.startswith("Budapest"):
            press("1")
        elif name.startswith("="):
            press("n")
        elif name.startswith("Zzyzxq"):
            press("/")
            page.keyboard.type("kyoto")
            page.wait_for_selector("[data-found=kyoto]")
            press("Enter")
        else:
            press("2")
    assert page.inner_text("#progress") == "4 of 4 decided"
    rows = downloaded(page)
    assert rows["Budapest, Hungry"]["decision"].startswith("iso3166-2:HU-BU Budapest")
    assert rows["'=Qwvx+Zzq"]["decision"] == "none"
    review, out = tmp_path / "review.csv", tmp_path / "out.csv"
    with page.expect_download() as download:
        page.click("#save")
    download.value.save_as(review)
    outcome = normalize_file(listed, out, decisions=review)
    assert (outcome.open_rows, outcome.findings) == (0, ())
    with out.open(encoding="utf-8") as file:
        found = {row["id"]: row for row in csv.DictReader(file)}
    assert found["1"]["match_place_id"] == "iso3166-2:HU-BU"
    assert found["3"]["match_country_code"] == "JP"
    assert found["4"]["match_place_id"] == ""


def test_a_decision_is_undone(page: Any) -> None:
    first = shown(page)
    page.keyboard.press("n")
    assert shown(page) != first
    assert page.inner_text("#progress") == "1 of 4 decided"
    page.keyboard.press("u")
    assert shown(page) == first
    assert page.inner_text("#progress") == "0 of 4 decided"
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert shown(page) == first


def test_the_country_is_corrected(page: Any, listed: Path, tmp_path: Path) -> None:
    page.locator("#names button", has_text="Budapest").click()
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.id") == "country"
    assert page.inner_text("#country optgroup option") == "Hungary (HU)"
    page.select_option("#country", "HU")
    page.keyboard.press("Escape")
    row = downloaded(page)["Budapest, Hungry"]
    assert (row["decision"], row["country"]) == ("", "HU")


def test_no_english_sentence_on_the_thai_page(visit: Open, listed: Path, tmp_path: Path) -> None:
    page = visit(review_page(listed, tmp_path / "page.html").as_uri() + "#lang=th")
    for _ in range(4):
        assert english_sentences(page) == []
        page.keyboard.press("n")


def test_keys_work_on_a_thai_keyboard(page: Any) -> None:
    page.evaluate("dispatchEvent(new KeyboardEvent('keydown', {key: 'ื', code: 'KeyN'}))")
    assert page.inner_text("#progress") == "1 of 4 decided"


def test_a_closed_window_loses_nothing(visit: Open, listed: Path, tmp_path: Path) -> None:
    page = visit(review_page(listed, tmp_path / "page.html").as_uri())
    page.keyboard.press("n")
    again = page.context.new_page()
    again.goto(page.url)
    again.wait_for_selector("html[data-ready]")
    assert again.locator("#names .decided").count() == 1


def test_hostile_names_stay_texts(visit: Open, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"city,note,country\n{HOSTILE}", encoding="utf-8")
    page = visit(review_page(path, tmp_path / "page.html").as_uri())
    assert shown(page).startswith("<img src=x")
    assert page.locator("#case img, #case b").count() == 0


def test_a_server_searches_and_saves(visit: Open, listed: Path, tmp_path: Path) -> None:
    prefix_search.prepare()
    saved = tmp_path / "review.csv"
    html = review_html(review_content(listed, save=str(saved)))
    with review_server(html, saved) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = visit(server.address + "#lang=th")
        page.keyboard.press("/")
        page.keyboard.type("เชียงให")
        page.wait_for_selector("[data-found=เชียงให]")
        assert "เชียงใหม่" in page.inner_text(".candidate-list")
        page.keyboard.press("Enter")
        page.keyboard.press("Escape")
        page.keyboard.press("Control+s")
        page.wait_for_selector("#saved:has-text('บันทึก')")
        server.shutdown()
    with saved.open(encoding="utf-8-sig") as file:
        decided = [row["decision"] for row in csv.DictReader(file) if row["decision"]]
    assert decided == ["iso3166-2:TH-50 Chiang Mai"]


def test_only_its_own_page_may_ask_the_server(listed: Path, tmp_path: Path) -> None:
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    saved = tmp_path / "review.csv"
    with review_server("<p>", saved) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        root = server.address.rsplit("/", 2)[0]
        for request in (
            Request(f"{root}/"),
            Request(f"{root}/search?q=a"),
            Request(f"{root}/review.csv", data=b"x", method="PUT"),
        ):
            with pytest.raises(HTTPError, match="404"):
                urlopen(request)
        assert urlopen(server.address).read() == b"<p>"
        server.shutdown()
    assert not saved.exists()


def test_the_search_finds_thai_latin_and_ids() -> None:
    assert search("เชียงใหม")[0]["id"] == "iso3166-2:TH-50"
    assert search("Busan")[0]["id"] == "iso3166-2:KR-26"
    assert search("geonames:1857910")[0]["name"] == "Kyoto"
    assert search(" ") == []


@pytest.mark.parametrize("width", [390, 800, 1400])
def test_no_barrier_and_nothing_wider_than_the_screen(
    width: int, visit: Open, listed: Path, tmp_path: Path
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    address = review_page(listed, tmp_path / "page.html").as_uri()
    for scheme, language in (("light", "en"), ("dark", "th")):
        page = visit(
            f"{address}#lang={language}", width=width, color_scheme=scheme, bypass_csp=True
        )
        assert page.evaluate("document.documentElement.scrollWidth") == width
        found = axe.Axe().run(page).response
        assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []


def test_a_review_file_is_a_list_of_names_too(listed: Path, tmp_path: Path) -> None:
    review = tmp_path / "review.csv"
    normalize_file(listed, tmp_path / "out.csv", review=review)
    content = review_content(review)
    assert "Budapest, Hungry" in {name["review"]["verbatim"] for name in content["names"]}
    assert len(review_html(content)) < 6_000_000


def test_the_command_writes_a_page_and_refuses_others(listed: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    done = CliRunner().invoke(app, ["review", str(listed), "-o", str(out)])
    assert (done.exit_code, done.stdout.strip()) == (0, f"written to {out}")
    done = CliRunner().invoke(app, ["review", str(listed), "-o", str(tmp_path / "page.pdf")])
    assert isinstance(done.exception, DataError)
    mine = tmp_path / "mine.csv"
    mine.write_text("a,b\n1,2\n")
    done = CliRunner().invoke(app, ["review", str(listed), "--save", str(mine), "--no-browser"])
    assert isinstance(done.exception, DataError)
    assert mine.read_text() == "a,b\n1,2\n"
