"""The pages on the library in a browser: every name has its place, and the tables of docstrings fit a phone."""

import re

import pytest
from playwright.sync_api import BrowserContext

import gvc
from tests.browser import built, parsed

API = "chapters/methods/api.html"
PAGES = [API, "chapters/methods/tasks.html", "chapters/methods/coming_from.html"]

#: What reaches beyond the screen and does not scroll by itself.
BEYOND = """() => [...document.querySelectorAll("article *")].filter((one) => {
  const { width, right } = one.getBoundingClientRect();
  return width && right > innerWidth + 1
    && !one.closest("pre, .pst-scrollable-table-container, .math, .cell_output");
}).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_every_name_has_its_place_and_each_overview_leads_there(folder: str) -> None:
    soup = parsed(folder + API)
    places = {str(one["id"]) for one in soup.select("dt.sig[id]")}
    assert {f"gvc.{name}" for name in {*gvc.__all__} - {"holes", "panel"}} <= places
    assert {str(link["href"]).removeprefix("#") for link in soup.select("table.autosummary a")} <= places
    assert len(soup.select(".gvc-docstring table")) == 2, "dimensions, and indicators of the literature"
    calls = [one.get_text() for one in soup.select(".gvc-docstring code")]
    assert sum(call.startswith("content(") for call in calls) == 22
    signature = soup.select_one('dt[id="gvc.read_icio"]')
    assert signature
    assert "source=None, year=None" in signature.get_text()


def test_docstrings_are_english_on_the_chinese_page_and_their_headings_chinese() -> None:
    soup = parsed(f"zh/{API}")
    said = soup.select("dl.py > dd > p, .gvc-docstring > p, table.autosummary td:last-child p")
    assert len(said) > 60
    assert all(one.get("lang") == "en" for one in said if not one.get("class") or "rubric" not in one["class"])
    heads = {one.get_text() for one in soup.select("dl.field-list > dt, p.rubric")}
    assert heads
    assert not [head for head in heads if head.isascii() and head != "Type:"], "for which Sphinx has no Chinese"


@pytest.mark.parametrize("folder", ["", "zh/"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_reaches_beyond_a_phone(browser: BrowserContext, name: str, folder: str) -> None:
    with built(browser, folder + name, {"width": 390, "height": 900}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.evaluate(BEYOND) == []


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_the_bilingual_glossary_has_each_language_in_its_column(folder: str) -> None:
    rows = parsed(f"{folder}chapters/methods/glossary.html").select("#glossary-bilingual tbody tr")
    assert len(rows) > 60
    english, chinese = ([row.find_all(["th", "td"])[column].get_text() for row in rows] for column in (0, 1))
    assert [one for one in english if re.search(r"[\u4e00-\u9fff]", one)] == []
    assert [one for one in chinese if not re.search(r"[\u4e00-\u9fff]", one)] == []


def test_no_formula_shows_what_lays_it_out() -> None:
    assert [one.get_text() for one in parsed(API).select("math") if "&" in one.get_text()] == []


def test_what_can_be_taken_is_told_in_chinese() -> None:
    cells = parsed("zh/chapters/methods/data.html").select(".gvc-take th, .gvc-take td")
    assert len(cells) > 300
    assert [one for cell in cells if re.search(r"[a-z]+ [a-z]+ [a-z]+", one := cell.get_text())] == []
