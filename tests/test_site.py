"""The built site in a browser: it asks no network, draws every chart, and can be read by everyone."""

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from tests.browser import DESK, PHONE, chromium, draw_all

SITE = Path(__file__).parents[1] / "_build" / "html"
PAGES = sorted(
    path.relative_to(SITE).as_posix()
    for path in SITE.rglob("*.html")
    if not path.relative_to(SITE).parts[0].startswith("_")
)
NO_SITE = "no site"
CHART = "figure.gvc-chart"
#: What foot, button and reference say in English, and in Chinese.
CITED = {
    False: (
        r"Version [\d.]+, (commit [0-9a-f]+\+?, )?built on ",
        r"Cite (Figure|Table) \d+|Cite this table",
        r"The gvc authors \(\d{4}\)\. .+ In Where Industrial Chains Go",
    ),
    True: (
        r"[\d.]+版，(提交[0-9a-f]+\+?，)?\d+年",
        r"引用[图表]\d+|引用本表",
        r"gvc作者（\d{4}）：.+《产业链何去何从》",
    ),
}


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[BrowserContext]:
    with chromium(playwright) as context:
        yield context


@pytest.fixture(scope="module")
def browser_without_scripts(playwright: Playwright) -> Iterator[BrowserContext]:
    with chromium(playwright, scripts=False) as context:
        yield context


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Silent, directory=str(SITE))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module", params=PAGES or [NO_SITE])
def name(request: pytest.FixtureRequest) -> str:
    if request.param == NO_SITE:
        pytest.fail("There is no _build/html to look at; build the book first: make book", pytrace=False)
    return str(request.param)


@pytest.fixture(scope="module")
def complaints() -> list[str]:
    """Errors of the page that is open, and what it asked of other hosts."""
    return []


@pytest.fixture(scope="module")
def page(browser: BrowserContext, address: str, name: str, complaints: list[str]) -> Iterator[Page]:
    """Open each page once; all tests of a page follow one another."""
    complaints.clear()
    page = browser.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    page.on(
        "request",
        lambda request: complaints.append(request.url) if not request.url.startswith((address, "data:")) else None,
    )
    page.goto(address + name)
    draw_all(page)
    yield page
    page.close()


def test_a_page_is_quiet_and_asks_nobody(page: Page, complaints: list[str]) -> None:
    assert page.title()
    assert page.locator(f"html[lang={'zh-CN' if '/zh/' in page.url else 'en'}]").count()
    assert complaints == []


def test_every_chart_draws_and_says_what_it_shows(page: Page) -> None:
    charts = page.locator(CHART).count()
    assert page.locator(f"{CHART} .gvc-live svg").count() == charts
    assert page.locator(f"{CHART}[data-live]").count() == charts
    assert page.locator("script[type='application/json']").count() == charts
    texts = page.eval_on_selector_all(f"{CHART} [role=img]", "all => all.map(one => one.ariaLabel)")
    assert len(texts) == charts
    assert all(texts)


def test_a_phone_scrolls_in_one_direction(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.wait_for_timeout(300)  # charts follow the width
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    cut_off = page.eval_on_selector_all(
        f"{CHART} .gvc-live svg", "all => all.filter(one => one.getBoundingClientRect().right > innerWidth).length"
    )
    clipped = page.eval_on_selector_all(
        f"{CHART} .gvc-live svg",
        "all => all.flatMap(one => [...one.querySelectorAll('text')].filter(text =>"
        " text.getBoundingClientRect().right > one.getBoundingClientRect().right + 1 ||"
        " text.getBoundingClientRect().left < one.getBoundingClientRect().left - 1).map(text => text.textContent))",
    )
    page.set_viewport_size(DESK)
    assert wide <= 0
    assert cut_off == 0
    assert clipped == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everyone_can_read_it(page: Page, theme: str) -> None:
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    page.wait_for_timeout(300)  # colours fade over
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    grave = [
        (violation["id"], [node["html"][:200] for node in violation["nodes"][:3]])
        for violation in found
        if violation["impact"] in ("serious", "critical")
    ]
    assert grave == []


def test_paper_is_white_and_shows_each_chart_once(page: Page) -> None:
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    white = page.evaluate("getComputedStyle(document.body).backgroundColor")
    shown = page.eval_on_selector_all(
        CHART,
        "all => all.map(one => [...one.querySelectorAll('.gvc-picture svg')].filter(svg =>"
        " svg.closest('.gvc-static, .gvc-live').checkVisibility() && svg.getBoundingClientRect().height).length)",
    )
    page.emulate_media(media="screen")
    assert white == "rgb(255, 255, 255)"
    assert set(shown) <= {1}


def test_every_link_arrives(name: str) -> None:
    soup = BeautifulSoup((SITE / name).read_text("utf-8"), "html.parser")
    lost = []
    for element, attribute in ((e, a) for a in ("href", "src") for e in soup.select(f"[{a}]")):
        target = urlsplit(str(element[attribute]))
        if target.scheme or target.netloc:
            continue
        path = (SITE / name).parent / unquote(target.path) if target.path else SITE / name
        anchor = unquote(target.fragment)
        if not path.is_file() or (anchor and path.suffix == ".html" and anchor not in _anchors(path.resolve())):
            lost.append(target.geturl())
    assert lost == []


def test_a_page_loads_no_more_than_it_uses(name: str) -> None:
    soup = BeautifulSoup((SITE / name).read_text("utf-8"), "html.parser")
    scripts = " ".join(str(script.get("src", "")) for script in soup.select("script"))
    assert "fontawesome" not in scripts, "the fonts draw the same icons"
    assert ("tex-svg" in scripts) == bool(soup.select(".math"))
    assert "/vega-" not in scripts, "it comes with the first chart that is near"
    assert ("gvc.js" in scripts) == bool(soup.select(f"{CHART}, #gvc-explorer"))


def test_each_exhibit_can_be_cited_and_the_page_says_what_it_is_built_from(page: Page) -> None:
    numbered = page.locator("figure.gvc-chart, .gvc-table").count()
    foot, label, text = CITED["/zh/" in page.url]
    assert page.locator(".gvc-cite:not(.gvc-cite-book *)").count() == numbered
    assert re.match(foot, page.locator(".gvc-build").first.inner_text())
    if numbered:
        box = page.locator(".gvc-cite:not(.gvc-cite-book *)").first
        assert re.match(label, box.locator("summary").get_attribute("aria-label") or "")
        box.locator("summary").click()
        assert re.match(text, box.locator("p").inner_text())
        assert "@incollection{gvc-" in box.locator("pre").inner_text()
        box.locator("summary").click()


@functools.cache
def _anchors(path: Path) -> set[str]:
    soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    return {str(element["id"]) for element in soup.select("[id]")} | {"top"}


def test_without_scripts_the_pictures_are_there(
    browser_without_scripts: BrowserContext, address: str, name: str
) -> None:
    page = browser_without_scripts.new_page()
    page.goto(address + name)
    pictures = page.locator(f"{CHART} .gvc-static svg")
    assert pictures.count() == page.locator(CHART).count()
    assert all(picture.is_visible() for picture in pictures.all())
    page.close()


def test_the_book_has_charts_and_draws_them_from_a_folder(browser: BrowserContext) -> None:
    drawn = [name for name in PAGES if "gvc-chart" in (SITE / name).read_text("utf-8")]
    assert drawn, "no page of _build/html has a chart; was the book built?"
    page = browser.new_page()
    page.goto((SITE / drawn[0]).as_uri())
    draw_all(page)
    assert page.locator(f"{CHART} .gvc-live svg").count() == page.locator(CHART).count()
    page.close()


def _words(texts: list[str]) -> list[list[str]]:
    """Return the labels of each drawing in an order of their own: ticks are drawn in any."""
    return [sorted(text.split("\n")) for text in texts]


def test_a_slider_stays_where_it_was_when_a_phone_is_turned(browser: BrowserContext) -> None:
    page = browser.new_page()
    page.goto((SITE / "chapters/theory/modes.html").as_uri())
    draw_all(page)
    sliders = page.locator(f"{CHART} input[type=range]")
    most = sliders.evaluate_all(
        "all => all.map(one => { one.value = one.max; one.dispatchEvent(new Event('input')); return one.value })"
    )
    drawings = page.locator(f"{CHART}:has(input) .gvc-live")
    before = _words(drawings.all_inner_texts())
    page.set_viewport_size(PHONE)
    page.wait_for_timeout(1000)  # charts follow the width
    assert drawings.first.evaluate("one => one.clientWidth") < PHONE["width"]
    assert len(most) == sliders.count() > 1
    assert sliders.evaluate_all("all => all.map(one => one.value)") == most
    page.set_viewport_size(DESK)
    page.wait_for_timeout(1000)
    assert _words(drawings.all_inner_texts()) == before
    page.close()
