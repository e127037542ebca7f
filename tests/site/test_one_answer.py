"""The explorer answers a question once: one database in all views, which the reader alone changes, and clean frames."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Frame, Page

from industrial_chains.sources import OECD
from tests.browser import DESK, SITE, built
from tests.site.test_explorer import go, numbers, open_view, taken, wrong

#: Of two colours how much lighter one is than the other, as WCAG counts it; over the page's own background.
CONTRAST = """(all) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (colour) => rgb(colour).map((one) => one / 255)
    .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);
  const paper = light(getComputedStyle(document.body).backgroundColor);
  return all.map((one) => {
    const [dark, bright] = [paper, light(getComputedStyle(one).fill)].sort((a, b) => a - b);
    return [one.textContent, (bright + 0.05) / (dark + 0.05)];
  });
}"""


@pytest.fixture(scope="module")
def page(browser: BrowserContext) -> Iterator[Page]:
    with built(browser, "chapters/explorer.html") as page:
        page.wait_for_selector("#gvc-explorer[data-shown]")
        yield page


def title(page: Page) -> str:
    return page.locator(".gvc-explorer-title").inner_text()


def settled(page: Page) -> None:
    page.wait_for_function(
        "document.getElementById('gvc-explorer').dataset.shown === location.hash"
        " && document.getElementById('gvc-explorer').ariaBusy === 'false'"
    )


def test_all_views_say_the_same_of_a_share(page: Page) -> None:
    due = OECD.share("USA", "MEX")
    asked = {"measure": "fva_share", "origin": "USA", "partner": "MEX"}
    for year in (2016, 2017, 2022):
        for kind in ("lines", "ranking", "map", "matrix"):
            open_view(page, **asked, view=kind, to=year)
            assert "OECD, 2025 edition" in title(page), kind
            assert wrong(page) == ""
            (found,) = [
                float(row["value"])
                for row in taken(page)
                if (row["origin"], row["partner"], row["year"]) == ("USA", "MEX", str(year))
            ] or [None]
            if kind == "map":  # of whom the United States supply
                assert found == pytest.approx(due[year], abs=0.06)
            assert found == pytest.approx(due[year], abs=0.06), (kind, year)
            assert {row["panel"] for row in taken(page)} == {"oecd"}


def test_every_database_is_asked_for_and_named(page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="all")
    assert title(page).endswith("(every database)")
    assert len({row["panel"] for row in taken(page)}) == 5
    for more in ({"view": "ranking"}, {"also": ["CHN.VNM", "CHN.IND"]}):
        open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="all", **more)
        assert wrong(page) == "This view shows one database: OECD, 2025 edition."
        assert page.locator("#gvc-explorer-database").input_value() == "oecd"
        assert page.locator("#gvc-explorer-database option[value=all]").is_disabled()
        assert {row["panel"] for row in taken(page)} == {"oecd"}


def test_change_works_at_the_first_click(browser: BrowserContext) -> None:
    with built(browser, "chapters/explorer.html") as page:
        page.wait_for_selector("#gvc-explorer[data-shown]")
        page.get_by_role("radio", name="Change").check()
        page.wait_for_function("location.hash.includes('view=change')")
        settled(page)
        assert "2011 and 2022" in title(page)
        assert page.locator(".gvc-row").count() > 10
        page.locator("#gvc-explorer-database").select_option("lrwiod")
        page.wait_for_function("location.hash.includes('lrwiod')")
        settled(page)
        assert "1965 and 2000" in title(page), "a whole span stays whole"
        assert wrong(page) == ""
        assert page.locator("#gvc-explorer-to").get_attribute("max") == "2000"


def test_years_end_where_the_database_does(page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="lrwiod", **{"from": 1990, "to": 2022})
    assert "from=1990&to=2000" in page.url
    assert wrong(page) == "Long-run WIOD, release 1.1 covers 1965 to 2000: other years are left out."
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="oecd", **{"from": 1990, "to": 1999})
    assert "from=2011&to=2022" in page.url, "of what it has not at all it shows all"


def test_the_year_of_a_ranking_is_the_one_that_is_asked_for(page: Page) -> None:
    asked = {"measure": "fva_share", "origin": "CHN", "partner": "MEX", "database": "oecd", "from": 2020, "to": 2012}
    for kind in ("ranking", "map", "matrix"):
        open_view(page, **asked, view=kind)
        assert {row["year"] for row in taken(page)} == {"2012"}


def test_shares_do_not_go_below_zero(page: Page) -> None:
    for more in ({}, {"also": [f"{code}.MEX" for code in ("RUS", "JPN", "KOR", "MNG", "USA")]}):
        open_view(page, measure="fva_share", origin="RUS", partner="MEX", database="oecd", **more)
        written = page.locator(".gvc-explorer-chart svg > text").all_text_contents()
        assert not [text for text in written if text.startswith(("-", "−"))]
        zero = page.locator(".gvc-explorer-chart svg > line[stroke-width='1.5']").get_attribute("y1")
        low = page.locator(".gvc-band").evaluate_all(
            "all => all.flatMap(one => (one.getAttribute('points') ?? `0,${one.getAttribute('y1')}`).split(' '))"
            ".map(point => Number(point.split(',')[1]))"
        )
        assert low
        assert max(low) <= float(str(zero)) + 0.01


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_chart_is_on_the_first_screen(browser: BrowserContext, size: tuple[int, int]) -> None:
    with built(browser, "chapters/explorer.html", {"width": size[0], "height": size[1]}) as page:
        page.wait_for_selector("#gvc-explorer[data-shown]")
        box = page.locator(".gvc-explorer-chart svg").bounding_box()
        assert box
        assert box["y"] + box["height"] <= size[1]
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_letters_stand_out_from_the_page(page: Page, theme: str) -> None:
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    views = [{"origin": "JPN", "also": [f"{one}.MEX" for one in ("KOR", "RUS", "USA", "NEA", "VNM")]}]
    views += [{"origin": "CHN", "database": "all"}, {"origin": "CHN", "view": "ranking"}, {"view": "change"}]
    for view in views:
        open_view(page, **{"measure": "fva_share", "partner": "MEX", **view})
        found = page.locator(".gvc-explorer-chart text").evaluate_all(CONTRAST)
        assert len(found) > 8
        assert [one for one in found if one[1] < 4.5] == []
    page.evaluate("document.documentElement.dataset.theme = 'light'")


def test_letters_of_a_picture_stand_out_from_paper(page: Page) -> None:
    open_view(page, measure="fva_share", origin="KOR", partner="MEX", also=["USA.MEX", "RUS.MEX"])
    with page.expect_download() as svg:
        page.get_by_role("button", name="SVG").click()
    drawn = svg.value.path().read_text("utf-8")
    assert "color-mix" not in drawn
    fills = set(re.findall(r'class="gvc-end"[^>]* fill="#([0-9a-f]{6})"', drawn))
    assert len(fills) == 3

    def light(code: str) -> float:
        parts = [int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert min(1.05 / (light(fill) + 0.05) for fill in fills) >= 4.5


def test_back_goes_back_one_choice(browser: BrowserContext) -> None:
    with built(browser, "chapters/explorer.html") as page:
        page.wait_for_selector("#gvc-explorer[data-shown]")
        first = page.url
        page.locator("#gvc-explorer-partner").select_option("VNM")
        page.wait_for_function("location.hash.includes('partner=VNM')")
        page.get_by_role("radio", name="Ranking").check()
        page.wait_for_function("location.hash.includes('view=ranking')")
        settled(page)
        page.go_back()
        settled(page)
        assert "view=" not in page.url
        assert page.locator("#gvc-explorer-partner").input_value() == "VNM"
        page.go_back()
        settled(page)
        assert page.url == first
        assert page.locator("#gvc-explorer-partner").input_value() == "MEX"
        page.go_forward()
        settled(page)
        assert "partner=VNM" in page.url


def test_a_slider_that_moves_is_one_step(browser: BrowserContext) -> None:
    with built(browser, "chapters/explorer.html") as page:
        page.wait_for_selector("#gvc-explorer[data-shown]")
        before = page.evaluate("history.length")
        page.locator("#gvc-explorer-from").focus()
        for year in (2012, 2013, 2014):
            page.keyboard.press("ArrowRight")
            page.wait_for_function(f"location.hash.includes('from={year}')")
        assert page.evaluate("history.length") == before + 1


@contextmanager
def embedded(browser: BrowserContext, page: Page, style: str) -> Iterator[tuple[Page, Frame]]:
    """Put what a reader copies from a view into another page, and give that page and the frame in it."""
    code = page.locator(".gvc-embed pre").text_content()
    host = browser.new_page()
    host.on("pageerror", lambda error: pytest.fail(str(error)))
    place = SITE / f"_static/embed-test-{os.getpid()}.html"  # tests run beside each other
    place.write_text(f'<body style="{style}">{code}</body>', "utf-8")
    try:
        host.emulate_media(color_scheme="dark")
        host.goto(place.as_uri())
        frame = host.frames[1]
        frame.wait_for_selector("#gvc-view[data-shown]")
        yield host, frame
    finally:
        place.unlink()
        host.close()


@pytest.mark.parametrize("width", [760, 600, 360])
@pytest.mark.parametrize("view", [{}, {"view": "ranking"}, {"view": "map"}, {"view": "matrix"}], ids=str)
def test_a_frame_is_as_high_as_what_it_holds(browser: BrowserContext, page: Page, view: dict, width: int) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", **view)
    with embedded(browser, page, f"background: #fdf6e3; width: {width}px") as (host, frame):
        host.wait_for_function("document.querySelector('iframe').style.height")
        host.wait_for_timeout(100)
        inner = frame.evaluate("[document.body.getBoundingClientRect().height, innerHeight]")
        assert 0 <= inner[1] - inner[0] <= 2, "neither cut nor empty"
        frame.wait_for_function("getComputedStyle(document.body).backgroundColor === 'rgb(253, 246, 227)'")
        host.evaluate("document.querySelector('iframe').style.width = '340px'")
        frame.wait_for_function(
            "innerWidth < 341 && Math.abs(document.body.getBoundingClientRect().height - innerHeight) <= 2"
        )


@pytest.mark.parametrize(("paper", "theme"), [("#111", "dark"), ("#fff", "light"), ("", "light")])
def test_a_frame_is_as_dark_as_its_page(browser: BrowserContext, page: Page, paper: str, theme: str) -> None:
    open_view(page, measure="fva_share", origin="JPN", partner="MEX", also="KOR.MEX")
    with embedded(browser, page, f"background: {paper}") as (_, frame):
        frame.wait_for_function("theme => document.documentElement.dataset.theme === theme", arg=theme)
        found = frame.locator("text").evaluate_all(CONTRAST)
        assert [one for one in found if one[1] < 4.5] == []


def test_what_cannot_be_copied_is_said(browser: BrowserContext) -> None:
    with built(browser, "chapters/explorer.html") as page:
        page.wait_for_selector("#gvc-explorer[data-shown]")
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        button = page.get_by_role("button", name="Copy link")
        button.click()
        assert page.locator(".gvc-explorer-take > .gvc-copy").first.inner_text() == "Not copied: the browser refuses"
        page.locator(".gvc-explorer-take .gvc-cite summary").first.click()
        page.get_by_role("button", name="Copy BibTeX").first.click()
        assert page.get_by_role("button", name="Not copied").count() == 2


def test_every_view_has_the_address_of_its_numbers(browser: BrowserContext, page: Page) -> None:
    for address in ("measure=fva_share&origin=CHN&partner=MEX&to=2022", "chart=headline"):
        go(page, address)
        due = taken(page)
        for form in ("CSV", "JSON"):
            with browser.expect_page() as opened:
                page.get_by_role("button", name=f"{form} by address").click()
            alone = opened.value
            alone.wait_for_selector("#gvc-view[data-shown]")
            assert f"as={form.lower()}" in alone.url
            text = alone.locator("pre").inner_text()
            if form == "JSON":
                told = json.loads(text)
                assert told["title"] == title(page)
                assert len(told["rows"]) == len(due)
                assert {"source", "unit"} <= set(told)
            else:
                assert len([line for line in text.splitlines() if line and not line.startswith("#")]) == len(due) + 1
            alone.close()


def test_a_measure_is_explained_in_a_sentence(page: Page) -> None:
    for measure in page.evaluate("Object.keys(gvcExplorer.MEASURES)"):
        open_view(page, measure=measure, origin="CHN", partner="MEX")
        said = page.locator(".gvc-explorer-means").inner_text()
        assert re.fullmatch(r".{40,240}\. .*", said), measure
        assert page.locator(".gvc-explorer-means a").get_attribute("href") == "methods/measurement.html"
    page.set_viewport_size(DESK)
    assert numbers(page, "OECD, 2025 edition")


def test_years_play_until_the_last(page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", view="map", to=2020)
    before = page.evaluate("history.length")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("location.hash.includes('to=2022')", timeout=8000)
    page.get_by_role("button", name="Play").wait_for()
    assert title(page).startswith("Share in foreign value added of exports: China → all, 2022")
    assert page.evaluate("history.length") <= before + 1
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("location.hash.includes('to=2011')")
    page.get_by_role("button", name="Pause").click()
    open_view(page, measure="fva_share", origin="CHN", partner="MEX")
    assert page.locator(".gvc-explorer-play").is_hidden(), "lines show all years at once"


def test_economies_are_added_by_their_names(page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX")
    field = page.get_by_label("Economies to add")
    field.fill("viet nam, IND; Mexico")
    field.press("Enter")
    page.wait_for_function("location.hash.includes('also=CHN.VNM&also=CHN.IND')")
    settled(page)
    assert len(numbers(page, "→ India, OECD")) == 1
    assert page.locator(".gvc-explorer-pair").count() == 3, "who is there is not added again"
    field.fill("Atlantis")
    field.press("Enter")
    assert wrong(page) == "No database knows Atlantis."
    field.fill("Japan, Korea, Brunei, France")
    field.press("Enter")
    assert wrong(page) == "A view has 6 pairs at most."
    open_view(page, measure="backward", origin="CHN", also="JPN.MEX")
    field.fill("Korea")
    field.press("Enter")
    page.wait_for_function("location.hash.includes('also=KOR')")
