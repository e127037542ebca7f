"""What a first visit loads, what paper shows of it, and what a phone shows of what is wider."""

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Request

from tests.browser import built

HEAVY = [
    *("index", "chapters/explorer", "chapters/theory/modes", "chapters/methods/api"),
    *("chapters/northeast_asia/interregional", "chapters/northeast_asia/claims", "zh/index"),
]
#: What reaches beyond the window and cannot be scrolled to, and what scrolls without a shade at its edge, but for code.
BEYOND = """() => {
  const scrolls = (one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
  const within = (one) => one && one !== document.body && (scrolls(one) || within(one.parentElement));
  const all = [...document.querySelectorAll("article *:not(svg *)")].filter((one) => one.checkVisibility());
  const named = (one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 40)}`;
  return {
    lost: all.filter((one) =>
      one.getBoundingClientRect().right > innerWidth + 1 && !within(one.parentElement)).map(named),
    bare: all.filter((one) => scrolls(one) && one.tagName !== "PRE" && one.scrollWidth > one.clientWidth + 2
      && !one.matches("span.math") && !getComputedStyle(one).backgroundImage.includes("gradient")).map(named),
  };
}"""


@pytest.mark.parametrize("name", HEAVY)
def test_a_first_view_is_under_200_kb(browser: BrowserContext, name: str) -> None:
    asked: list[str] = []

    def ask(request: Request) -> None:
        asked.append(request.url)

    browser.on("request", ask)
    with built(browser, f"{name}.html") as page:
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
    browser.remove_listener("request", ask)
    loaded = {Path(unquote(urlsplit(url).path)).read_bytes() for url in asked if url.startswith("file:")}
    assert len(loaded) > 15
    assert sum(len(gzip.compress(content, 6)) for content in loaded) < 200_000


def test_paper_shows_what_has_just_been_opened_and_no_control(browser: BrowserContext) -> None:
    with built(browser, "chapters/frontier/american_market.html") as page:
        page.wait_for_timeout(300)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        opened = page.locator("details.above-output > .cell_output")
        assert opened.count() > 3
        assert set(opened.evaluate_all("all => all.map(one => getComputedStyle(one).opacity)")) == {"1"}
        for control in (".gvc-cite", ".gvc-code", ".gvc-all-code", "details.above-output > summary"):
            assert page.locator(control).count()
            assert page.locator(f"{control}:visible").count() == 0, control
        boxes = page.locator(".pst-scrollable-table-container")
        assert set(boxes.evaluate_all("all => all.map(one => getComputedStyle(one).overflow)")) == {"visible"}


def test_cards_have_their_pictures_on_paper(browser: BrowserContext) -> None:
    with built(browser, "index.html") as page:
        page.emulate_media(media="print")
        assert page.locator(".gvc-cards img:visible").count() == page.locator(".gvc-cards img").count() > 10


@pytest.mark.parametrize("folder", ["", "zh/"])
@pytest.mark.parametrize(
    "name", ["methods/api", "methods/decompositions", "methods/measurement", "theory/newer", "frontier/american_market"]
)
def test_what_is_wider_than_a_phone_scrolls_and_shows_that_it_does(
    browser: BrowserContext, name: str, folder: str
) -> None:
    with built(browser, f"{folder}chapters/{name}.html", {"width": 320, "height": 700}) as page:
        for width in (320, 390):
            page.set_viewport_size({"width": width, "height": 700})
            page.wait_for_timeout(300)
            assert page.evaluate(BEYOND) == {"lost": [], "bare": []}, width
