"""The list of all works in a browser: it can be narrowed by what it says, and searched in letters and in characters."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page

from industrial_chains import literature
from tests.browser import DESK, PHONE, SITE, built

LISTED = literature.listed()
PLACES = "all => all.map((one) => { const { x, y, width } = one.getBoundingClientRect(); return [x, y, width]; })"


@pytest.fixture(scope="module")
def page(browser: BrowserContext) -> Iterator[Page]:
    with built(browser, "chapters/methods/bibliography.html") as page:
        page.set_default_timeout(5_000)
        yield page


def shown(page: Page) -> list[list[str]]:
    """Cells of the rows that are seen."""
    return page.locator("#works-all tbody tr:not([hidden])").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim().replace(/\\s+/g, ' ')))"
    )


def choice(page: Page, name: str) -> Locator:
    return page.locator(".exhibit-search-filter").filter(has_text=re.compile(f"^{name}")).locator("select")


def clear(page: Page) -> None:
    page.locator(".exhibit-search-bar input").fill("")
    for name in ("Theme", "Method", "Language"):
        choice(page, name).select_option("")


@pytest.mark.parametrize(
    ("name", "value"), [("Theme", "Tariffs"), ("Method", "Model"), ("Language", "Swedish"), ("Language", "Chinese")]
)
def test_a_filter_leaves_the_rows_of_its_value(page: Page, name: str, value: str) -> None:
    clear(page)
    choice(page, name).select_option(value)
    column = 1 + list(LISTED.columns).index(name)
    rows, due = shown(page), int((LISTED[name] == value).sum())
    assert {row[column] for row in rows} == {value}
    assert len(rows) == due > 0
    assert page.locator(".exhibit-search-count").inner_text() == f"{due} of {len(LISTED)} works"


def test_filters_offer_what_the_column_has_and_join(page: Page) -> None:
    clear(page)
    for name in ("Theme", "Method", "Language"):
        offered = choice(page, name).locator("option").all_inner_texts()
        assert sorted(offered) == sorted(["All", *LISTED[name].unique()])
    choice(page, "Theme").select_option("Resilience")
    choice(page, "Language").select_option("English")
    both = LISTED[(LISTED["Theme"] == "Resilience") & (LISTED["Language"] == "English")]
    assert len(shown(page)) == len(both)


@pytest.mark.parametrize("words", ["Lu Yue", "Lü Yue", "lu yue", "吕越"])
def test_an_author_is_found_in_letters_and_in_characters(page: Page, words: str) -> None:
    clear(page)
    page.locator(".exhibit-search-bar input").fill(words)
    rows = shown(page)
    assert sum("吕越" in row[0] for row in rows) == 3
    assert len(rows) <= 4  # parts of words are found, too


@pytest.mark.parametrize("words", ["国际贸易", "Intertrade"])
def test_a_journal_is_found_by_characters_and_in_translation(page: Page, words: str) -> None:
    clear(page)
    page.locator(".exhibit-search-bar input").fill(words)
    found = [row for row in shown(page) if "国际贸易 (Intertrade)" in " ".join(row)]
    assert len(found) == 7


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("name", ["methods/bibliography", "northeast_asia/claims", "theory/waves"])
def test_nothing_moves_when_the_script_of_tables_comes(page: Page, name: str, size: Any) -> None:
    fresh = page.context.new_page()
    fresh.set_viewport_size(size)
    places = []
    for pattern in ("**/no.such", "**/exhibits-tables.js*"):
        fresh.route(pattern, lambda route: route.abort())
        fresh.goto((SITE / f"chapters/{name}.html").as_uri())
        places.append(fresh.locator("table.exhibit-grid :is(th, td)").evaluate_all(PLACES))
    asleep = fresh.locator(".exhibit-search-bar :is(input, select):not(.gvc-find-statement *)").evaluate_all(
        "all => all.every(one => one.disabled)"
    )
    fresh.close()
    assert asleep
    assert places[0] == places[1]
