"""Every chart of the built site is a view: its numbers are those of its CSV, and a reader can alter it."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml.html import tostring
from playwright.sync_api import BrowserContext, Page

from book.pages import views
from industrial_chains.charting import names
from tests.browser import PHONE, SITE, built, tree
from tests.site.test_explorer import go, shown, taken, wrong

LANGUAGES = {"English": "", "Chinese": "zh/"}
#: Charts without a view, by name, and why.
WITHOUT: dict[str, str] = {}


def _charts(folder: str) -> list[str]:
    """List the charts of a language: what has a drawing."""
    if not (SITE / folder / "_exhibits").exists():
        pytest.skip("no site yet: run make book")
    return sorted(path.stem for path in (SITE / folder / "_exhibits").glob("*.svg"))


def _table(path: Path) -> list[dict[str, str]]:
    lines = path.read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("# ")))


def _long(rows: list[dict[str, str]], view: dict[str, Any]) -> list[dict[str, str]]:
    """Lay a table with two columns of numbers out as a view has it: a number a row, and which it is."""
    cases = next((dim["codes"] for dim in view["dims"] if dim["role"] == "when"), None)
    if not cases:
        return rows
    rest = [name for name in rows[0] if name not in cases]
    return [{**{name: row[name] for name in rest}, "case": case, "value": row[case]} for case in cases for row in rows]


def _view(folder: str, name: str) -> dict[str, Any]:
    text = (SITE / folder / "_exhibits" / f"{name}.view.js").read_text("utf-8")
    found = re.fullmatch(r'exhibitView\("([^"]+)", (.*)\);\n', text)
    assert found
    assert found[1] == name
    view: dict[str, Any] = json.loads(found[2])
    return view


def _same(given: str | float | None, due: str) -> bool:
    if given in (None, "") or due == "":
        return given in (None, "") and due == ""
    try:
        return float(str(given)) == float(due)
    except ValueError:
        return given == due


@pytest.mark.parametrize("folder", LANGUAGES.values(), ids=LANGUAGES)
def test_every_chart_has_a_view_with_the_numbers_of_its_csv(folder: str) -> None:
    names = _charts(folder)
    assert len(names) > 100
    missing = {name for name in names if not (SITE / folder / "_exhibits" / f"{name}.view.js").exists()}
    assert missing == set(WITHOUT)
    for name in set(names) - missing:
        view = _view(folder, name)
        due = _long(_table(SITE / folder / "_exhibits" / f"{name}.csv"), view)
        columns: dict[str, list[Any]] = {dim["name"]: [dim["codes"][at] for at in dim["rows"]] for dim in view["dims"]}
        if "x" in view:
            columns[view["x"]["name"]] = view["x"]["rows"]
        columns |= {bound["name"]: bound["rows"] for bound in view.get("band", [])}
        if view["kind"] == "timeline":
            columns |= dict(zip(view["heads"], (view["values"], view["ends"]), strict=True))
        else:
            columns[view["head"]] = view["values"]
        assert {len(column) for column in columns.values()} == {len(due)}, name
        for column, given in columns.items():
            wrong = [(one, row[column]) for one, row in zip(given, due, strict=True) if not _same(one, row[column])]
            assert not wrong, (name, column, wrong[:3])


@pytest.mark.parametrize("folder", LANGUAGES.values(), ids=LANGUAGES)
def test_every_chart_leads_to_its_view(folder: str) -> None:
    for name in _charts(folder):
        if name in WITHOUT:
            continue
        view = _view(folder, name)
        figures = tree(f"{folder}{view['page']}.html").xpath("//*[@id=$id]", id=view["id"])
        assert figures, f"{name}: the way back leads to it"
        links = [link for link in figures[0].iter("a") if "gvc-open" in link.get("class", "").split()]
        assert len(links) == 1, name
        due = views.address(views.VIEWS.get(name, {"chart": name}))
        assert links[0].attrib["href"].endswith(f"chapters/explorer.html#{due}".rpartition("/")[2]), name
        assert len(tostring(links[0], encoding="unicode", with_tail=False)) < 100 or name in views.VIEWS, (
            "pages stay small"
        )


#: Goes to the view of a chart and reads it, in one turn: there are some hundred in each language.
SHOWN = """async (name) => {
  const explorer = document.querySelector("#gvc-explorer");
  explorer.removeAttribute("data-shown");
  location.hash = `chart=${name}`;
  for (const end = Date.now() + 30_000; !("shown" in explorer.dataset); ) {
    if (Date.now() > end) throw new Error(`${name} is not shown`);
    await new Promise((done) => setTimeout(done, 5));
  }
  return {
    wrong: document.querySelector(".gvc-explorer-wrong").checkVisibility(),
    marks: explorer.querySelectorAll(".gvc-line, .gvc-row, .gvc-cell").length,
    drawing: explorer.querySelector("svg").outerHTML,
    title: document.querySelector(".gvc-explorer-title").innerText,
    csv: await (await fetch(explorer.querySelector("a[download$=csv]").href)).text(),
  };
}"""


@pytest.mark.parametrize("folder", LANGUAGES.values(), ids=LANGUAGES)
def test_each_is_drawn_with_the_numbers_of_its_csv(browser: BrowserContext, folder: str) -> None:
    with built(browser, f"{folder}chapters/explorer.html") as page:
        page.wait_for_selector("#gvc-explorer[data-shown]")
        for name in _charts(folder):
            if name in WITHOUT:
                continue
            view, found = _view(folder, name), page.evaluate(SHOWN, name)
            assert not found["wrong"], name
            assert found["marks"], name
            assert not re.search("NaN|undefined", found["drawing"]), name
            assert found["title"] == view["title"]
            due = _long(_table(SITE / folder / "_exhibits" / f"{name}.csv"), view)
            rows = list(csv.DictReader(line for line in found["csv"].splitlines() if not line.startswith("#")))
            assert len(rows) == len(due), name
            for row, of_csv in zip(rows, due, strict=True):
                assert all(_same(row[column], of_csv[column]) for column in row), (name, row, of_csv)


@pytest.fixture
def page(browser: BrowserContext) -> Iterator[Page]:
    with built(browser, "chapters/explorer.html") as page:
        page.wait_for_selector("#gvc-explorer[data-shown]")
        yield page


def _tick(page: Page, name: str) -> None:
    page.locator(".gvc-chart-chip", has_text=re.compile(f"^{re.escape(name)}$")).locator("input").click()


def _pick(page: Page, kind: str) -> None:
    page.evaluate("document.querySelector('#gvc-explorer').removeAttribute('data-shown')")
    page.locator(f"#gvc-chart-view-{kind}").check(force=True)
    page.wait_for_selector("#gvc-explorer[data-shown]")


def test_lines_are_altered(page: Page) -> None:
    raw = _table(SITE / "_exhibits" / "customs-duty.csv")
    go(page, "chart=customs-duty")
    assert set(shown(page, ".gvc-line")) == {"China", "Viet Nam", "Mexico", "India", "Taiwan", "Thailand"}
    _tick(page, "Mexico")
    assert "Mexico" not in shown(page, ".gvc-line")
    assert "hide=partner%3AMEX" in page.evaluate("location.hash")
    assert "whose title this keeps" in page.locator(".gvc-explorer-notes").inner_text()
    page.locator("#gvc-chart-from").fill("2018")
    page.wait_for_function("location.hash.includes('from=2018')")
    kept = [row for row in raw if row["partner"] != "MEX" and int(row["year"]) >= 2018]
    assert [float(row["value"]) for row in taken(page)] == [float(row["value"]) for row in kept]
    # What is pointed at is told.
    page.locator(".gvc-explorer-chart svg").scroll_into_view_if_needed()
    box = page.locator(".gvc-explorer-chart svg").bounding_box()
    assert box
    page.mouse.move(box["x"] + 30, box["y"] + 150)
    told = page.locator(".gvc-explorer-tip").inner_text().split("\n")
    of_2018 = {row["partner"]: float(row["value"]) for row in kept if row["year"] == "2018"}
    assert told[0] == "2018"
    assert f"{of_2018['CHN']:.1f}" in told
    _pick(page, "bars")
    first = page.locator(".gvc-row").first.text_content() or ""
    last = {row["partner"]: float(row["value"]) for row in kept if row["year"] == "2025"}
    assert f"{max(last.values()):.1f}" in first
    assert len(shown(page, ".gvc-row")) == 5
    # The address brings it back.
    again = page.evaluate("location.hash.slice(1)")
    go(page, "chart=customs-instead")
    go(page, again)
    assert len(shown(page, ".gvc-row")) == 5
    home = page.get_by_role("link", name="The chart in its chapter").get_attribute("href")
    assert str(home).endswith("chapters/frontier/american_market.html#customs-duty")


def test_a_matrix_is_turned(page: Page) -> None:
    raw = _table(SITE / "_exhibits" / "customs-instead.csv")
    go(page, "chart=customs-instead")
    assert page.locator(".gvc-cell").count() == len(raw)
    _tick(page, "Electronics")
    assert page.locator(".gvc-cell").count() == sum(row["industry"] != "Electronics" for row in raw)
    page.locator("#gvc-chart-rows").select_option("partner")
    page.wait_for_function("location.hash.includes('rows=partner')")
    page.wait_for_selector("#gvc-explorer[aria-busy=false]")
    heads = page.locator(".gvc-explorer-notes").inner_text()
    assert "Rows: Partner. Columns: Industry." in heads
    titles = page.locator(".gvc-cell title").evaluate_all("all => all.map(one => one.textContent)")
    china = next(float(row["value"]) for row in raw if row["partner"] == "China" and row["industry"] == "Machinery")
    assert f"China → Machinery: {china:.0f}".replace("-", "−") in titles


def test_a_change_is_altered_and_stands_in_a_frame(browser: BrowserContext, page: Page) -> None:
    raw = _table(SITE / "_exhibits" / "connectors.csv")
    go(page, "chart=connectors")
    assert len(shown(page, ".gvc-row")) == len(raw)
    _tick(page, "India")
    assert set(shown(page, ".gvc-row")) == {names.economy(row["supplier"]) for row in raw} - {"India"}
    page.locator(".gvc-embed summary").click()
    code = str(page.locator(".gvc-embed pre").text_content())
    address = re.search('src="([^"]+)"', code)
    assert address
    alone = browser.new_page()
    alone.on("pageerror", lambda error: pytest.fail(str(error)))
    alone.goto(address[1].replace("&#38;", "&"))
    alone.wait_for_selector("#gvc-view[data-shown]")
    assert alone.locator(".gvc-row").count() == len(raw) - 1
    assert alone.locator("h1").inner_text() == page.locator(".gvc-explorer-title").inner_text()
    alone.close()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_nothing_chosen_and_a_wrong_name_are_said(page: Page) -> None:
    go(page, "chart=no-such-chart")
    assert "chart=no-such-chart" in wrong(page)
    assert shown(page, ".gvc-line") == [], "and no chart in its place"
    go(page, "chart=customs-duty&hide=partner:XYZ&view=pie")
    assert "partner:XYZ" in wrong(page)
    assert "pie" in wrong(page)
    go(page, "chart=customs-duty&show=partner:")
    assert "Nothing is chosen" in page.locator(".gvc-explorer-said").inner_text()


def test_what_draws_charts_comes_when_asked_for(page: Page) -> None:
    files = "() => performance.getEntriesByType('resource').map(one => one.name)"
    assert not [name for name in page.evaluate(files) if "charts" in name or ".view.js" in name]
