"""The page that `report` writes, in a browser.

The browser is Debian's chromium, driven by Playwright; where either is missing the tests are
skipped and say so. The views of addresses are in cases/report/views.csv, texts that would do
harm in hostile.csv.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from browsing import english_sentences, open_browser
from cases import read_cases
from reporting import HOSTILE, Tables, pairs

import sisterdata
from sisterdata.lists.normalize_file import normalize_file
from sisterdata.reporting import report


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    yield from open_browser()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report(pairs(), tmp_path_factory.mktemp("report") / "page.html")


(MINISTRY,) = (Path(__file__).parents[1] / "raw/moi-pairs-2022").glob("*.txt")


@dataclass
class Visit:
    """A page that is open, and what happened on it that should not."""

    page: Any
    file: Path
    amiss: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Open the page in a new tab, like a link from another site."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.file.as_uri()}#{address}")
        self.page.wait_for_selector("html[data-ready]")

    def go(self, address: str) -> None:
        """Follow a link on the page."""
        self.page.evaluate("(hash) => { location.hash = hash }", address)
        self.settle()

    def settle(self) -> None:
        """Wait until what is drawn is what the address says."""
        self.page.evaluate(
            """() => new Promise((done) => {
                const {dataset} = document.documentElement;
                const look = () =>
                    dataset.ready === (location.hash || "#") ? done() : setTimeout(look, 10);
                look();
            })"""
        )

    def rows(self) -> list[int]:
        """The lines of the rows that are shown."""
        self.settle()
        return [int(n) for n in self.page.locator("#table td.line > a").all_inner_texts()]

    def address(self) -> dict[str, str]:
        self.settle()
        return dict(self.page.evaluate("[...new URLSearchParams(location.hash.slice(1))]"))

    def focused(self) -> str:
        self.settle()
        return str(
            self.page.evaluate("document.activeElement.id || document.activeElement.dataset.focus")
        )


Open = Callable[..., Visit]


@pytest.fixture
def visit(browser: Any, written: Path) -> Iterator[Open]:
    """Open a page; the test fails for any request and for anything the console has to say."""
    visits: list[Visit] = []

    def opened(
        address: str = "lang=en", file: Path = written, width: int = 1280, **more: Any
    ) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        context.set_default_timeout(60_000)
        made = Visit(context.new_page(), file)
        visits.append(made)
        made.page.on("console", lambda message: made.amiss.append(message.text))
        made.page.on("pageerror", lambda error: made.amiss.append(str(error)))
        made.page.on("dialog", lambda dialog: made.amiss.append(dialog.message))
        made.page.on("request", lambda asked: made.amiss.append(asked.url))
        made.open(address)
        return made

    yield opened
    for made in visits:
        own = ("data:", made.file.as_uri())
        assert [said for said in made.amiss if not said.startswith(own)] == []
        made.page.context.close()


def test_a_link_opens_its_view(visit: Open) -> None:
    made = visit()
    failed = []
    for case in read_cases("report/views.csv"):
        made.open(case["address"])
        shown = " ".join(map(str, made.rows()))
        if shown != case["lines"]:
            failed.append(f"{case['address']} ({case['why']}): {shown}")
    assert failed == []


def test_search_filters_while_typing_and_is_in_the_address(visit: Open) -> None:
    made = visit()
    made.page.fill("#q", "yangzhou")
    made.page.wait_for_selector("text=1 of 8 rows")
    assert made.rows() == [11]
    assert made.address()["q"] == "yangzhou"
    made.page.fill("#q", "")
    made.page.wait_for_selector("text=8 of 8 rows")
    assert "q" not in made.address()


def test_filters_combine_and_can_be_removed(visit: Open) -> None:
    made = visit()
    made.page.select_option("#choose-country", "CN")
    assert made.address()["country"] == "CN"
    stages = made.page.locator("#choose-stage option").all_inner_texts()
    assert stages == ["All", "signed (1)", "not stated (3)"]
    made.page.select_option("#choose-stage", "signed")
    assert made.rows() == [10]
    made.page.click("text=Clear all")
    assert len(made.rows()) == 8
    made.page.go_back()
    assert made.rows() == [10]


def test_a_click_on_a_bar_selects_and_deselects(visit: Open) -> None:
    made = visit()
    made.page.click("#by-country >> text=Japan")
    assert made.rows() == [12]
    assert made.page.get_attribute("#by-country [aria-current]", "data-focus") == "by-country-JP"
    made.page.click("#by-country >> text=Japan")
    assert len(made.rows()) == 8
    made.page.click("#by-year [aria-label^='2017']")
    assert made.rows() == [10, 12]
    made.page.click("#by-stage >> text=drafting")
    assert made.rows() == [12]


def test_map_selects_provinces_places_and_countries(visit: Open) -> None:
    made = visit()
    assert made.page.locator("#thailand path.some").count() == 5
    made.page.locator("#thailand path.some").first.click()
    province = made.address()["place"]
    assert province.startswith("iso3166-2:TH-")
    assert made.page.locator("#thailand path.chosen").count() == 1
    made.go("place=geonames:1787227")
    ends = made.page.locator("#world circle").count()
    assert ends == 2
    made.page.locator("#world circle.home").click()
    assert made.address()["place"] == "iso3166-2:TH-50"
    made.go("lang=en")
    assert "1 place lies outside this view: Washington" in made.page.inner_text("#world .outside")
    made.page.click("[data-zoom=all]")
    label = made.page.locator("#world .labels text", has_text="United States").bounding_box()
    made.page.mouse.click(label["x"] + label["width"] / 2, label["y"] + label["height"] / 2)
    assert made.address()["country"] == "US"
    assert made.page.get_attribute(".links.chosen", "d").count("M") == 1


def test_a_line_joins_each_pair_that_is_matched(visit: Open) -> None:
    made = visit()
    lines = made.page.get_attribute("#world path.links:not(.faded)", "d")
    matched = pairs()["attestations"]["relation_id"].notna()
    joined = pairs()["attestations"][["place_id", "partner_id"]].notna().all(axis=1)
    assert lines.count("M") == joined.sum() >= matched.sum()
    assert "2 rows are not on the map" in made.page.inner_text("#world .unplaced")


def test_map_zooms_and_fits(visit: Open) -> None:
    made = visit()
    before = made.page.get_attribute("#world svg > g", "transform")
    made.page.click("[data-zoom=in]")
    assert made.page.get_attribute("#world svg > g", "transform") != before
    made.page.click("[data-zoom=fit]")
    assert made.page.get_attribute("#world svg > g", "transform") == before


def test_labels_do_not_overlap(visit: Open) -> None:
    made = visit()
    for address in ("lang=th", "lang=th&country=CN", "lang=en&place=iso3166-2:TH-50", "lang=en"):
        made.go(address)
        boxes = made.page.evaluate(
            """[...document.querySelectorAll("#world .labels text")].map((text) => {
                const {left, right, top, bottom} = text.getBoundingClientRect();
                return [left, right, top + 3, bottom - 3];
            })"""
        )
        assert boxes
        for n, (left, right, top, bottom) in enumerate(boxes):
            for other in boxes[:n]:
                apart = (
                    left >= other[1] or right <= other[0] or top >= other[3] or bottom <= other[2]
                )
                assert apart, address


def test_each_row_shows_text_match_reason_score_and_issues(visit: Open) -> None:
    made = visit("row=list-th%23L11&lang=en")
    cells = {
        kind: made.page.inner_text(f"#table td.{kind}")
        for kind in ("home", "text", "match", "why", "issues", "year")
    }
    assert "เชียงใหม่" in cells["home"]
    assert "เมืองหยางโจว มณฑลเจียงซู" in cells["text"]
    assert all(
        part in cells["match"] for part in ("Yangzhou", "city", "Jiangsu", "China", "geonames")
    )
    assert all(part in cells["why"] for part in ("inferred", "0.91", "0.05 apart"))
    assert "misspelt" in cells["issues"]
    assert "2018" in cells["year"]
    made.go("row=list-th%23L13&lang=en")
    assert "No match" in made.page.inner_text("#table td.match")
    assert "It may be Qujing" in made.page.inner_text("#table td.match")


def test_claims_have_their_verdicts(visit: Open) -> None:
    made = visit()
    rows = made.page.locator("#claims tbody tr").all_inner_texts()
    assert [row.split()[-1] for row in rows] == ["differs", "holds", "counted"]
    assert "7 คู่ 4 จังหวัด" in rows[0]
    assert "claims 7 pairs, lists 6" in made.page.inner_text("#loose")


def test_only_addresses_of_the_web_are_links(visit: Open) -> None:
    made = visit()
    links = made.page.eval_on_selector_all("a", "all => all.map(a => a.href)")
    assert {link.split(":")[0] for link in links} == {"file", "https"}
    assert "https://example.org/list" in links


def test_both_languages(visit: Open) -> None:
    made = visit("lang=en&stage=signed")
    assert made.page.get_attribute("html", "lang") == "en"
    assert "Sister cities" in made.page.title()
    made.page.click("[data-lang=th]")
    made.settle()
    assert made.page.get_attribute("html", "lang") == "th"
    assert made.address() == {"lang": "th", "stage": "signed"}
    assert "เมืองพี่เมืองน้อง" in made.page.title()
    assert made.page.get_attribute("[data-lang=th]", "aria-pressed") == "true"
    assert made.page.get_attribute("#by-year a", "aria-label").startswith("2546")
    assert "จีน" in made.page.inner_text("#by-country")
    # What is printed keeps its own language, and reasons are in the reader's.
    assert made.page.get_attribute("#table td.text bdi", "lang") == "th"
    assert made.page.get_attribute("#table .rule bdi", "lang") == "th"
    english = re.compile(r"[A-Za-z]{3,}")
    for part in ("#figures", ".panels", "thead", "#choices label", "h2"):
        said = " ".join(made.page.locator(part).all_inner_texts())
        assert not english.search(said), said


def test_no_english_sentence_on_the_thai_page(visit: Open, tmp_path: Path) -> None:
    sisterdata.normalize_file(MINISTRY, tmp_path / "rows.csv")
    made = visit("lang=th", file=report(tmp_path / "rows.csv", tmp_path / "page.html"))
    made.page.evaluate("dispatchEvent(new Event('beforeprint'))")  # all rows
    assert english_sentences(made.page, "pre") == []


def test_the_browsers_language_is_the_default(visit: Open) -> None:
    assert visit("", locale="th-TH").page.get_attribute("html", "lang") == "th"
    assert visit("", locale="de-DE").page.get_attribute("html", "lang") == "en"


def test_keyboard_alone(visit: Open) -> None:
    made = visit()
    press = made.page.keyboard.press
    press("Tab")
    press("Enter")
    assert made.focused() == "rows"
    made.page.focus("#q")
    made.page.keyboard.type("china")
    made.page.wait_for_selector("text=4 of 8 rows")
    assert made.focused() == "q"
    press("Tab")
    assert made.focused() == "choose-place"
    made.page.focus("[data-focus=by-country-CN]")
    press("Enter")
    assert made.address()["country"] == "CN"
    # The page is drawn again, and the focus stays where it was.
    assert made.focused() == "by-country-CN"
    made.page.focus("[data-focus=sort-why]")
    press("Enter")
    assert made.address()["sort"] == "score_up"
    assert made.page.get_attribute("th.why", "aria-sort") == "ascending"
    press("Enter")
    assert made.address()["sort"] == "score_down"
    assert made.page.get_attribute("th.why", "aria-sort") == "descending"


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280])
def test_nothing_is_wider_than_the_screen(visit: Open, width: int) -> None:
    made = visit(width=width)
    for language in ("th", "en"):
        made.go(f"lang={language}")
        assert made.page.evaluate("document.documentElement.scrollWidth") == width, language


def test_axe_finds_no_accessibility_problem(visit: Open) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    for width in (360, 1280):
        made = visit(width=width, bypass_csp=True)
        for address in ("lang=th&country=CN", "lang=en&q=nothing", "lang=en"):
            made.go(address)
            found = axe.Axe().run(made.page).response
            assert len(found["passes"]) > 20
            assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []


def test_an_empty_result_says_so_and_offers_a_reset(visit: Open) -> None:
    made = visit("q=nothing+at+all&lang=en")
    assert "No row fits" in made.page.inner_text("#table")
    made.page.click("#table >> text=Clear all")
    assert len(made.rows()) == 8


def test_no_rows_at_all(visit: Open, tmp_path: Path) -> None:
    nothing = {name: table.iloc[:0] for name, table in pairs().items()}
    made = visit(file=report(nothing, tmp_path / "page.html"))
    assert "There are no rows" in made.page.inner_text("#table")


def test_rows_with_matches_show_all_their_columns(visit: Open, tmp_path: Path) -> None:
    frame = sisterdata.match_places(["Busan", "nowhere"], country="KR").assign(code=["007", "NA"])
    made = visit(file=report(frame, tmp_path / "page.html", title="Mine <b>"))
    assert made.page.inner_text("h1") == "Mine <b>"
    assert [text.split() for text in made.page.locator("td.other").all_inner_texts()] == [
        ["code", "007"],
        ["code", "NA"],
    ]
    assert not made.page.is_visible("#thailand")
    assert not made.page.is_visible("#claims")


def many(count: int) -> Tables:
    small = pairs()
    rows = pd.concat([small["attestations"]] * (count // 8), ignore_index=True)
    rows["line"] = range(1, len(rows) + 1)
    rows["source_id"] = "list-th"
    rows["attestation_id"] = "list-th#L" + rows["line"].astype("string")
    return {**small, "attestations": rows}


def test_thousands_of_rows_are_shown_some_at_a_time(visit: Open, tmp_path: Path) -> None:
    made = visit(file=report(many(4000), tmp_path / "page.html"))
    assert len(made.rows()) == 50
    made.page.click("text=Show 100 more")
    assert len(made.rows()) == 150
    made.page.click("#by-country >> text=Japan")
    made.settle()
    assert "500 of 4,000 rows" in made.page.inner_text("#count")


def test_paper_has_every_row(visit: Open, tmp_path: Path) -> None:
    made = visit(file=report(many(160), tmp_path / "page.html"))
    seen = made.page.evaluate(
        """() => {
            dispatchEvent(new Event("beforeprint"));
            const rows = document.querySelectorAll("#table tbody tr").length;
            dispatchEvent(new Event("afterprint"));
            return [rows, document.querySelectorAll("#table tbody tr").length];
        }"""
    )
    assert seen == [160, 50]
    made.page.emulate_media(media="print")
    assert not made.page.is_visible("#choices")
    assert not made.page.is_visible(".language")
    assert made.page.is_visible("thead")


def test_a_line_links_to_its_text_in_the_document(visit: Open) -> None:
    made = visit("row=list-en%23L28&lang=en")
    link = made.page.locator("#table a.to-source")
    assert link.get_attribute("href").startswith(
        "https://example.org/list#:~:text=Washington%20D.C"
    )
    assert link.get_attribute("aria-label") == "Open the document at this text: list-en#L28"
    made.go("row=list-th%23L11&lang=en")  # whose address is no page of the web
    assert link.count() == 0


def test_the_filtered_rows_are_downloaded_as_csv(visit: Open, tmp_path: Path) -> None:
    frame = sisterdata.match_places(["Busan", "=1+1", "Kyoto"], country=["KR", "KR", "JP"])
    made = visit(file=report(frame.assign(code=["007", "-2", 'a "b"']), tmp_path / "page.html"))
    for address, count in (("lang=en", 3), ("lang=en&country=KR", 1)):
        made.go(address)
        with made.page.expect_download() as download:
            made.page.click("#download")
        assert Path(download.value.path()).read_bytes().startswith("\ufeff".encode())
        rows = pd.read_csv(download.value.path(), dtype=str, keep_default_na=False)
        assert rows["text"].tolist() == ["Busan", "'=1+1", "Kyoto"][:count]
        assert rows["code"].tolist() == ["007", "'-2", 'a "b"'][:count]
        assert rows["place_id"][0] == "iso3166-2:KR-26"


def test_the_map_shows_the_many_and_names_the_few_outside(visit: Open) -> None:
    made = visit()
    outside = made.page.locator("#world .outside")
    assert "Washington" in outside.inner_text()
    near = scale(made)
    made.page.click("[data-zoom=all]")
    assert outside.inner_text() == ""
    assert scale(made) < 0.6 * near


def scale(made: Visit) -> float:
    transform = made.page.get_attribute("#world svg > g", "transform")
    return float(re.search(r"scale\(([\d.]+)", transform)[1])


def test_close_places_are_one_point_that_opens(visit: Open, tmp_path: Path) -> None:
    around = ["Osaka", "Sakai", "Kobe", "Amagasaki", "Sapporo", "Fukuoka", "Sendai", "Hiroshima"]
    frame = sisterdata.match_places(around, country="JP")
    made = visit("lang=en", file=report(frame, tmp_path / "page.html"))
    groups = made.page.locator("#world circle.together")
    assert groups.count() == 1
    assert made.page.locator("#world .numbers text").all_text_contents() == ["4"]
    before = scale(made)
    groups.click()
    assert scale(made) > before
    assert made.page.locator("#world circle").count() > 5


def test_every_colour_of_the_maps_has_a_legend(visit: Open) -> None:
    made = visit()
    legend = made.page.inner_text("#world .legend")
    for word in ("place in Thailand", "place abroad", "pair", "Thailand", "1 row"):
        assert word in legend
    assert "not in the selection" not in legend
    made.go("lang=en&country=CN")
    assert "not in the selection" in made.page.inner_text("#world .legend")
    assert made.page.locator("#thailand .legend .swatch").count() > 0
    made.go("lang=en")
    for word in ("row without a match", "warning", "note"):
        assert word in made.page.inner_text("#marks")


def test_dark_screens_and_paper(visit: Open) -> None:
    made = visit(color_scheme="dark")
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    assert made.page.evaluate(colour) == "rgb(18, 25, 29)"
    made.page.emulate_media(media="print", color_scheme="dark")
    assert made.page.evaluate(colour) == "rgb(255, 255, 255)"
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    made = visit(color_scheme="dark", bypass_csp=True)
    found = axe.Axe().run(made.page).response
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []


def test_a_phone_shows_rows_folded(visit: Open, tmp_path: Path) -> None:
    made = visit(file=report(many(160), tmp_path / "page.html"), width=390)
    assert len(made.rows()) == 20
    assert made.page.evaluate("document.documentElement.scrollHeight") < 8000
    first = made.page.locator("#table tbody tr").first
    assert not first.locator(".rule").is_visible()
    first.locator(".fold").click()
    assert first.locator(".rule").is_visible()
    assert first.locator(".fold").get_attribute("aria-expanded") == "true"


OWN_PAIRS = """\
จังหวัด,เมืองคู่มิตร,ประเทศ,ปี พ.ศ.,สถานะ
ภูเก็ต,เมืองปูซาน,เกาหลีใต้,2560,ลงนาม MOU แล้ว
ขอนแก่น,นครหนานหนิง,จีน,2545,
สงขลา,Zzyzxq,มาเลเซีย,,
"""


def test_a_list_of_pairs_stays_rich_after_a_review(visit: Open, tmp_path: Path) -> None:
    source, out, review = (tmp_path / name for name in ("list.csv", "out.csv", "review.csv"))
    source.write_text(OWN_PAIRS, encoding="utf-8")
    normalize_file(source, out, review=review)
    text = review.read_text(encoding="utf-8-sig").splitlines()
    decided = [text[0], *("none" + line for line in text[1:])]
    review.write_text("\n".join(decided) + "\n", encoding="utf-8")
    normalize_file(source, out, decisions=review)
    made = visit("lang=en", file=report(out, tmp_path / "page.html"))
    assert made.page.locator("#thailand path.some").count() == 3
    assert made.page.get_attribute("#world path.links:not(.faded)", "d").count("M") == 2
    assert made.page.locator("#by-year .columns a").count() == 2
    assert "signed" in made.page.inner_text("#by-stage")


def test_a_hostile_document_is_harmless(visit: Open, tmp_path: Path) -> None:
    made = visit(file=report(poisoned(HOSTILE), tmp_path / "page.html", title=HOSTILE[1]))
    page = made.page
    for address in ("lang=th", "lang=en&q=script", f"lang=en&q={HOSTILE[0]}"):
        made.go(address)
        assert page.evaluate("typeof hacked") == "undefined"
        assert page.locator("script, img, iframe, object, embed, form").count() == page.evaluate(
            "document.scripts.length"
        )
        assert (
            page.eval_on_selector_all(
                "*",
                "all => all.flatMap(e => e.getAttributeNames()).filter(name => /^on/.test(name))",
            )
            == []
        )
        links = page.eval_on_selector_all("a", "all => all.map(a => a.protocol)")
        assert set(links) <= {"file:", "https:"}
    made.go("lang=en")
    shown = page.locator("#table td.text .printed").all_text_contents()
    assert shown == [visible(text) for text in HOSTILE]
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    # What turns the direction of letters ends where the text ends.
    assert page.eval_on_selector_all(
        "#table .printed bdi",
        "all => all.every(b => getComputedStyle(b).unicodeBidi === 'isolate')",
    )


def visible(text: str) -> str:
    """A text with the names of letters that nobody sees."""
    unseen = "[\0-\b\v-\x1f\x7f-\x9f\xad\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
    return re.sub(unseen, lambda letter: f"U+{ord(letter[0]):04X}", text)


def poisoned(texts: list[str]) -> Tables:
    """A row for each text, with the text in every column of printed text."""
    small = pairs()

    def times(table: str, row: int) -> pd.DataFrame:
        return pd.concat([small[table].iloc[[row]]] * len(texts), ignore_index=True)

    said = pd.array(texts, dtype="string")
    lines = range(10, 10 + len(texts))
    rows = times("attestations", 3).assign(line=lines, match_rule=said, verbatim_year=said)
    rows["attestation_id"] = rows["source_id"] + "#L" + rows["line"].astype("string")
    rows["year"] = rows["date"] = pd.NA
    for column in ("section", "verbatim_place", "verbatim_partner", "verbatim_note", "topic"):
        rows[column] = said
    issues = times("issues", 0).assign(line=[3, *lines[1:]], message=said, code=said)
    claims = times("claims", 0).assign(verbatim=said, subject=said)
    sources = times("sources", 1)
    for column in ("title", "publisher", "licence", "url", "file"):
        sources[column] = said
    return {
        "attestations": rows,
        "issues": issues.assign(candidates=said),
        "claims": claims,
        "sources": sources,
    }
