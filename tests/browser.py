"""The pages of the built site: read once, or opened in Chromium, headless, with an empty profile and quiet."""

import functools
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml.html import HtmlElement, document_fromstring
from playwright.sync_api import BrowserContext, Page, Playwright, ViewportSize

from book.publishing import browser
from exhibits import fonts

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"

CHART = "figure.exhibit-chart"
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 430, "height": 900}


def _undrawn(name: str) -> str:
    """Read a page of the site without the inside of its drawings, which is most of it and links to nothing."""
    return re.sub(r"(<svg\b[^>]*>).*?(?=</svg>)", r"\1", (SITE / name).read_text("utf-8"), flags=re.DOTALL)


@functools.lru_cache(maxsize=45)  # of one language all
def parsed(name: str) -> BeautifulSoup:
    """Parse a page of the site, but for the inside of its drawings."""
    return BeautifulSoup(_undrawn(name), "lxml")


@functools.lru_cache(maxsize=45)
def tree(name: str) -> HtmlElement:
    """Do the same fifteen times as fast, for what looks at every page: to be asked by XPath alone."""
    return document_fromstring(_undrawn(name))


@contextmanager
def chromium(playwright: Playwright, *, scripts: bool = True, touch: bool = False) -> Iterator[BrowserContext]:
    with tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=browser.executable(playwright),
            args=["--headless", *browser.ARGUMENTS],
            env=browser.environment(ROOT / fonts.PLACE),
            viewport=DESK,
            java_script_enabled=scripts,
            has_touch=touch,
        )
        yield context
        context.close()


@contextmanager
def built(context: BrowserContext, name: str, size: ViewportSize = DESK) -> Iterator[Page]:
    """Open a page of the built site from its folder, as if for the first time; an error on it fails who uses it."""
    if not (SITE / name).is_file():
        pytest.fail(f"There is no {name} in _build/html; build the book first: make book", pytrace=False)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    if size != DESK:
        page.set_viewport_size(size)  # at once: to lay a long page out for another width takes as long again
    page.goto((SITE / name).as_uri())
    yield page
    page.evaluate("localStorage.clear()")
    page.close()


class StalledError(Exception):
    """Chromium draws no frames any more, so that nothing tells the page what is in view."""


def opened(
    context: BrowserContext,
    address: str,
    prepare: Callable[[Page], object] = lambda page: None,
    charts: str = CHART,
    tab: Page | None = None,
) -> Page:
    """Open a page, in a tab or a new one, and draw its charts, or those of a selector, once more if Chromium stalls.

    It does so in one of some hundred loads of the page on modes, busy or not. Timers go on, and nothing is said.
    """
    for again in (True, False):
        page = tab if tab and again else context.new_page()
        prepare(page)
        page.goto(address)
        try:
            draw_all(page, charts)
        except StalledError:
            page.close()
            if not again:
                raise
        else:
            break
    return page


def draw_all(page: Page, charts: str = CHART) -> None:
    """Bring every chart of a page, or those of a selector, into view, so that it is drawn, and go back to the top.

    One that is folded is unfolded first, as its reader does.

    A chart that is not drawn fails with what the page said, whether its numbers came, and whether the browser still
    draws frames.
    """
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(f"failed: {request.url}"))
    page.mouse.move(1, 1)  # charts wait for a sign of a reader
    lost = page.evaluate(
        """async (charts) => {
          for (const figure of document.querySelectorAll(charts)) {
            for (let one = figure; (one = one.parentElement); ) if (one.tagName === "DETAILS") one.open = true;
            figure.scrollIntoView({ behavior: "instant" });
            for (const end = Date.now() + 30_000; !("live" in figure.dataset); ) {
              if (Date.now() > end) {
                const frames = await new Promise((done) => {
                  requestAnimationFrame(() => done(true));
                  setTimeout(done, 2000, false);
                });
                return { chart: figure.id, frames, numbers: specs.has(figure.id) };
              }
              await new Promise((done) => setTimeout(done, 20));
            }
          }
          scrollTo({ top: 0, behavior: "instant" });
        }""",
        charts,
    )
    if lost and not lost["frames"]:
        raise StalledError(f"{page.url}: {lost}")
    if lost:
        pytest.fail(f"{page.url}: not drawn: {lost}; the page said {said}", pytrace=False)
