"""What axe cannot see of WCAG 2.2 AA: focus, targets, spacing, what pointing opens; `docs/access.md` has the list."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import built, draw_all

#: One of each kind: the first page, sliders, two forms, a long table that can be searched.
PAGES = [
    "index",
    "chapters/theory/modes",
    "chapters/explorer",
    "chapters/frontier/what_if",
    "chapters/northeast_asia/claims",
]

#: What has the focus, whether any of it is on top, and whether it shows.
FOCUSED = """() => {
  const one = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return {
    what: one.outerHTML.slice(0, 120),
    body: one === document.body,
    seen: [...one.getClientRects()].some(({ left, top, width, bottom }) =>
      one.contains(document.elementFromPoint(left + width / 2, (Math.max(top, 64) + Math.min(bottom, innerHeight)) / 2))
      || one.contains(document.elementFromPoint(left + width / 2, (top + bottom) / 2))),
    ring: outlineStyle === "solid" && outlineWidth === "2px",
  };
}"""

#: Controls smaller than 24 by 24 pixels, with others within 12 pixels of their middle; but for links in a line of text.
SMALL = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select, summary")].filter(
    (one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width);
  const near = (one, other) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    const [x, y, box] = [left + width / 2, top + height / 2, other.getBoundingClientRect()];
    return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom)) < 12;
  };
  return all.filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    const line = one.closest("p, li, td, th, caption, figcaption, h1, h2, h3, h4");
    const inline = one.matches("a") && line && line.textContent.trim() !== one.textContent.trim();
    return (width < 24 || height < 24) && !inline && all.some((other) => other !== one && near(one, other));
  }).map((one) => one.outerHTML.slice(0, 120));
}"""

#: Of each field that hints at what may be sought, the colours of that and of its ground; axe looks at neither.
HINTS = """() => [...document.querySelectorAll("input[placeholder]")].map((one) =>
  [getComputedStyle(one, "::placeholder").color, getComputedStyle(one).backgroundColor].map((colour) =>
    colour.match(/[\\d.]+/g).map(Number)))"""

SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"


def test_escape_puts_away_what_pointing_has_opened_and_no_letter_is_a_command(browser: BrowserContext) -> None:
    with built(browser, "chapters/theory/effects.html") as page:
        draw_all(page)
        page.locator(".exhibit-live .mark-rect path, .exhibit-live .mark-symbol path").first.hover(force=True)
        page.locator("#vg-tooltip-element.visible").wait_for()
        page.keyboard.press("Escape")
        assert page.locator("#vg-tooltip-element.visible").count() == 0
        page.locator("button.btn-fullscreen-button").first.hover()
        page.locator(".tooltip").first.wait_for()
        page.keyboard.press("Escape")
        assert page.locator(".tooltip").count() == 0
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement === document.body")


def test_what_is_open_is_said_though_no_idle_time_comes(browser: BrowserContext) -> None:
    with built(browser, "chapters/theory/effects.html") as page:
        page.add_init_script("window.requestIdleCallback = () => {}")
        page.reload()
        expect(page.locator("button.primary-toggle").first).to_have_attribute("aria-expanded", "true")
        assert page.locator(".bd-sidebar-secondary").evaluate("one => one === one.parentElement.firstElementChild")


@pytest.mark.parametrize("width", [430, 1280])
def test_a_link_to_a_section_arrives_there_though_charts_come_on_the_way(browser: BrowserContext, width: int) -> None:
    with built(browser, "chapters/theory/waves.html") as page:
        page.set_viewport_size({"width": width, "height": 900})
        section = page.locator("#china-has-been-the-largest-exporter-of-goods-since-2009")
        page.goto(f"{page.url}#{section.get_attribute('id')}")
        page.mouse.move(5, 5)
        page.wait_for_timeout(2500)
        assert 0 <= section.evaluate("one => one.getBoundingClientRect().top") < 150


def test_on_a_phone_the_contents_give_way_to_the_section_that_is_chosen(browser: BrowserContext) -> None:
    with built(browser, "chapters/theory/waves.html") as page:
        page.set_viewport_size({"width": 430, "height": 900})
        button, column = page.locator("button.secondary-toggle").first, page.locator(".bd-sidebar-secondary")
        expect(button).to_have_attribute("aria-expanded", "false")
        button.click()
        expect(button).to_have_attribute("aria-expanded", "true")
        column.locator("a.nav-link").nth(2).click()
        expect(column).to_be_hidden()
        expect(button).to_have_attribute("aria-expanded", "false")
        button.click()
        expect(button).to_have_attribute("aria-expanded", "true")
        column.locator(":focus").wait_for()  # the theme moves it there
        page.keyboard.press("Escape")
        expect(button).to_have_attribute("aria-expanded", "false")


def test_a_small_phone_shows_all_of_a_legend_and_scrolls_in_one_direction(browser: BrowserContext) -> None:
    for name, chart in (("chapters/theory/modes.html", "#chains"), ("chapters/methods/data.html", "")):
        with built(browser, name) as page:
            page.set_viewport_size({"width": 320, "height": 640})
            page.wait_for_timeout(300)
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
            if chart:
                draw_all(page, chart)
                words = page.locator(f"{chart} .exhibit-live svg text")
                assert words.evaluate_all("all => all.every(one => one.getBoundingClientRect().right <= innerWidth)")


#: Edges of what stands level in a chart: numbers of cells, names of rows; names of columns are aslant.
LEVEL = """all => all.filter((one) => !one.getAttribute("transform").includes("rotate"))
  .map((one) => one.getBoundingClientRect()).map(({ top, bottom, left, right }) => [top, bottom, left, right])"""


@pytest.mark.parametrize("font", ["sans-serif", "serif", "monospace"])
def test_numbers_of_a_matrix_stay_apart_on_a_small_phone(browser: BrowserContext, font: str) -> None:
    with built(browser, "chapters/methods/measurement.html") as page:
        page.set_viewport_size({"width": 320, "height": 640})
        draw_all(page, "#link-sample")
        page.add_style_tag(content=f"#link-sample text {{ font-family: {font} !important }}")
        boxes = page.locator("#link-sample .exhibit-live .mark-text text").evaluate_all(LEVEL)
        assert len(boxes) == 11 * 12, "eleven rows, a name and eleven numbers in each"
        for one, other in itertools.combinations(boxes, 2):
            apart = [one[1] <= other[0], other[1] <= one[0], one[3] < other[2], other[3] < one[2]]
            assert any(apart), (one, other)


def test_an_apostrophe_is_no_wider_than_a_letter(browser: BrowserContext) -> None:
    with built(browser, "chapters/theory/drivers.html") as page:
        wide = page.evaluate("""() => {
          const one = document.querySelector("article p").appendChild(document.createElement("span"));
          one.textContent = "’“”";
          return one.getBoundingClientRect().width / parseFloat(getComputedStyle(one).fontSize);
        }""")
        assert 0.3 < wide < 1.5


#: From the left edge of each formula's box to where it begins, and from where it ends to the right edge.
FORMULAS = """() => [...document.querySelectorAll("div.math > math")].map((one) => {
  const parts = [...one.querySelectorAll("mi, mn, mo, mtext")].map((part) => part.getBoundingClientRect());
  const box = one.parentElement.getBoundingClientRect();
  const [left, right] = [Math.min(...parts.map((part) => part.left)), Math.max(...parts.map((part) => part.right))];
  return [left - box.left, box.right - right];
})"""


def test_formulas_stand_in_the_middle_and_one_that_is_too_wide_can_be_scrolled_to_both_ends(
    browser: BrowserContext,
) -> None:
    with built(browser, "chapters/theory/drivers.html") as page:
        wide = page.evaluate(FORMULAS)
        page.set_viewport_size({"width": 320, "height": 640})
        page.wait_for_timeout(300)
        starts = page.evaluate(FORMULAS)
        page.evaluate("document.querySelectorAll('div.math').forEach(one => { one.scrollLeft = one.scrollWidth })")
        ends = page.evaluate(FORMULAS)
    assert len(wide) > 3
    assert all(abs(left - right) < 8 for left, right in wide), wide
    assert min(left for left, _ in starts) >= -1, "from the start"
    assert any(right < 0 for _, right in starts), "one is too wide"
    assert min(right for _, right in ends) >= -1, "to the end"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_a_search_field_hints_at_can_be_read(browser: BrowserContext, theme: str) -> None:
    with built(browser, "chapters/methods/bibliography.html") as page:
        page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        page.wait_for_timeout(300)
        hints = page.evaluate(HINTS)
    assert len(hints) > 2
    assert all(_contrast(hint[:3], ground[:3]) >= 4.5 and hint[3:] in ([], [1]) for hint, ground in hints), hints


def test_what_is_sought_stands_clear_of_the_magnifier(browser: BrowserContext) -> None:
    with built(browser, "search.html") as page:
        form = page.locator("form.bd-search:visible").first
        icon = form.locator("i, svg").first.bounding_box()
        field = form.locator("input[type=search]")
        box = field.bounding_box()
        assert icon
        assert box
        inset = field.evaluate("one => parseFloat(getComputedStyle(one).paddingInlineStart)")
        assert icon["x"] + icon["width"] <= box["x"] + inset


def _contrast(one: list[float], other: list[float]) -> float:
    """Compute the contrast of WCAG 2.2 between two colours in sRGB, 0 to 255."""

    def luminance(colour: list[float]) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(scope="module", params=PAGES)
def page(browser: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    with built(browser, f"{request.param}.html") as page:
        page.emulate_media(reduced_motion="reduce")
        draw_all(page)
        yield page


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, {"width": 320, "height": 640}])
def test_what_has_the_focus_shows_it_and_is_not_covered(page: Page, size: Any) -> None:
    page.set_viewport_size(size)
    page.wait_for_timeout(400)  # until the contents have slid out
    page.evaluate("document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex')")
    found = []
    for key in ["Tab"] * 50 + ["Shift+Tab"] * 20:
        page.keyboard.press(key)
        found.append(page.evaluate(FOCUSED))
    assert "Skip to main content" in found[0]["what"]
    assert len({one["what"] for one in found}) > 15
    assert [one for one in found if not one["body"] and not (one["seen"] and one["ring"])] == []


def test_targets_are_large_enough_and_text_may_be_spaced(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(SMALL) == []
    page.add_style_tag(content=SPACED)
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
