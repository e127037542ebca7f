"""The explorer of the built site: what it shows is what the panels give, and an address brings a view back."""

import re
import shutil
from collections.abc import Iterator
from urllib.parse import urlencode

import pandas as pd
import pytest
from playwright.sync_api import BrowserContext, Page

from gvc import economies as eco
from gvc import panel
from industrial_chains import manifest, sources
from industrial_chains.book.pages import explorer
from industrial_chains.book.translation import Words
from industrial_chains.sources import ADB, ARTICLE, LRWIOD, OECD, WIOD, Source
from tests.browser import PHONE, built


@pytest.fixture(scope="module")
def page(browser: BrowserContext) -> Iterator[Page]:
    with built(browser, "chapters/explorer.html") as page:
        page.wait_for_selector("#gvc-explorer[data-shown]")
        yield page


def open_view(page: Page, **view: object) -> None:
    """Go to the address of a view, and wait until it is shown."""
    page.evaluate("document.getElementById('gvc-explorer').removeAttribute('data-shown')")
    page.evaluate("hash => { location.hash = hash }", urlencode(view))
    page.wait_for_selector("#gvc-explorer[data-shown]")


def numbers(page: Page, label: str) -> dict[int, str]:
    """Read one database's column of the table below the chart."""
    rows = page.locator(".gvc-explorer-table tr").evaluate_all(
        "all => all.map(row => [...row.cells].map(c => c.textContent))"
    )
    column = rows[0].index(label)
    return {int(row[0]): row[column] for row in rows[1:] if row[column]}


def test_it_fetches_what_a_view_needs(page: Page) -> None:
    def fetched() -> set[str]:
        files = page.locator("script[src*='/explorer/']").evaluate_all("all => all.map(one => one.src)")
        return {re.sub("-[0-9a-f]+[.]js", "", file.rsplit("/", 1)[1]) for file in files}

    assert fetched() == {"index.js"}, "the first view comes with the form"
    open_view(page, measure="backward", origin="MEX", database="oecd")
    assert fetched() == {"index.js", "oecd-economies"}
    open_view(page, measure="link", origin="JPN", partner="CHN", database="print")
    assert fetched() == {"index.js", "oecd-economies", "print-link"}


@pytest.mark.parametrize(
    ("view", "label", "values", "digits"),
    [
        (
            {"measure": "fva_share", "origin": "NEA", "partner": "MEX"},
            "WIOD, 2013 release",
            lambda: WIOD.share("NEA", "MEX"),
            1,
        ),
        (
            {"measure": "fva_share", "origin": "NEA", "partner": "ASEAN"},
            "OECD, estimates",
            lambda: OECD.share("NEA", "ASEAN"),
            1,
        ),
        (
            {"measure": "fva_share", "origin": "CHN", "partner": "ASEAN10"},
            "OECD, 2025 edition",
            lambda: OECD.share("CHN", "ASEAN10"),
            1,
        ),
        (
            {"measure": "fva_share", "origin": "EU27", "partner": "VNM"},
            "ADB, 72 economies",
            lambda: ADB.share("EU27", "VNM"),
            1,
        ),
        (
            {"measure": "fva_share", "origin": "NEA", "partner": "IND"},
            "Article, ADB 2022",
            lambda: ARTICLE.share("NEA", "IND"),
            1,
        ),
        (
            {"measure": "imint_share", "origin": "CHN", "partner": "IND"},
            "OECD, estimates",
            lambda: OECD.share("CHN", "IND", "imint_share"),
            1,
        ),
        (
            {"measure": "link", "origin": "JPN", "partner": "CHN"},
            "Long-run WIOD, release 1.1",
            lambda: LRWIOD.link("JPN", "CHN"),
            2,
        ),
        (
            {"measure": "link", "origin": "MNG", "partner": "RUS"},
            "Article, ADB 2022",
            lambda: ARTICLE.link("MNG", "RUS"),
            2,
        ),
        (
            {"measure": "exports", "origin": "KOR", "partner": "CHN"},
            "OECD, 2025 edition",
            lambda: OECD.link("KOR", "CHN", "exports"),
            1,
        ),
        (
            {"measure": "imports", "origin": "USA", "partner": "CHN"},
            "Long-run WIOD, release 1.1",
            lambda: LRWIOD.link("USA", "CHN", "imports"),
            1,
        ),
    ],
)
def test_a_view_shows_what_the_panel_gives(page, view, label, values, digits) -> None:
    open_view(page, **view, database="all")
    told, found = values(), numbers(page, label)
    of_label = [
        year for year in told if any(source.label_in(year) == label for source in (ADB, ARTICLE, LRWIOD, OECD, WIOD))
    ]
    assert of_label
    for year in of_label:
        assert float(found[year].replace(",", "")) == pytest.approx(
            told[year], abs=0.51 * 10**-digits + 2e-4 * told[year]
        )
    assert page.locator("#gvc-explorer .exhibit-picture svg").count() == 1


def of_flow(source: Source, flow: str, economy: str) -> pd.Series:
    """Sum a flow of the panel over destinations, by year."""
    rows = source.rows(flow)
    return rows[rows["origin"] == economy].groupby("year")["value"].sum()


@pytest.mark.parametrize("measure", ["backward", "forward"])
def test_participation_is_that_of_the_panel(page: Page, measure: str) -> None:
    open_view(page, measure=measure, origin="MEX", database="wiod2013")
    part = {term: of_flow(WIOD, term, "MEX") for term in ("FVA", "FDC", "DDC", "DVA", "DAVAX")}
    due = part["FVA"] + part["FDC"] + part["DDC"] if measure == "backward" else part["DVA"] - part["DAVAX"]
    due = 100 * due / of_flow(WIOD, "gross_exports", "MEX")
    found = numbers(page, "WIOD, 2013 release")
    assert {year: float(value) for year, value in found.items()} == pytest.approx(due.to_dict(), abs=0.06)


def test_upstreamness_weighs_by_output(page: Page) -> None:
    open_view(page, measure="upstreamness", origin="CHN", database="oecd", **{"from": 2022, "to": 2022})
    rows = OECD.accounts("upstreamness").query("origin == 'CHN' and year == 2022").set_index("sector")["value"]
    output = OECD.accounts("output").query("origin == 'CHN' and year == 2022").set_index("sector")["value"]
    due = (rows * output).sum() / output.sum()
    assert float(numbers(page, "OECD, 2025 edition")[2022]) == pytest.approx(due, abs=0.006)


@pytest.mark.parametrize(("origin", "absorber"), [("CHN", "USA"), ("NEA", "ASEAN"), ("ASEAN", "ASEAN")])
def test_value_added_absorbed_is_added_up(page: Page, origin: str, absorber: str) -> None:
    open_view(page, measure="vax", origin=origin, partner=absorber, database="oecd", **{"from": 2022, "to": 2022})
    given = OECD.matrix("va_final_demand", 2022)
    shown = [code for code in eco.members(origin) if code in given.index]  # Mongolia is not
    due = sum(given.loc[o, d] for o in shown for d in eco.members(absorber) if o != d)
    assert float(numbers(page, "OECD, 2025 edition")[2022].replace(",", "")) == pytest.approx(due, rel=2e-4)


def test_a_gap_is_said(page: Page) -> None:
    open_view(page, measure="link", origin="JPN", partner="CHN", database="lrwiod")
    found = numbers(page, "Long-run WIOD, release 1.1")
    assert [year for year, value in sorted(found.items()) if value == "gap"] == [1984, 1985, 1986]


def test_a_year_that_is_not_printed_is_no_gap(page: Page) -> None:
    open_view(page, measure="link", origin="JPN", partner="CHN", database="print")
    assert numbers(page, "Article, ADB 2022") == {2017: "11.11", 2021: "13.43"}


def test_it_says_in_a_sentence_what_it_shows(page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="oecd", **{"from": 2022, "to": 2022})
    said = page.locator(".gvc-explorer-said").inner_text()
    expected = f"{OECD.share('CHN', 'MEX')[2022]:.1f}"
    assert said == (
        f"China supplied {expected} per cent of the foreign value added in the exports of Mexico in 2022"
        " (OECD, 2025 edition)."
    )


@pytest.mark.parametrize(
    ("origin", "partner", "left_out"),
    [
        ("ASEAN", "ASEAN", True),
        ("VNM", "ASEAN", True),
        ("NEA", "CHN", True),
        ("NEA", "ASEAN", False),
        ("CHN", "MEX", False),
    ],
)
@pytest.mark.parametrize("measure", ["fva_share", "vax"])
def test_it_says_that_own_use_is_left_out(page: Page, measure: str, origin: str, partner: str, left_out: bool) -> None:
    open_view(page, measure=measure, origin=origin, partner=partner, database="oecd")
    said = page.locator(".gvc-explorer-said").inner_text()
    assert said.endswith("What a member takes from itself is left out.") == left_out
    assert "in 2022 and" in said or "in 2022 (" in said


def test_what_no_database_has_is_said(page: Page) -> None:
    open_view(page, measure="link", origin="MNG", partner="MEX", database="all")
    assert page.locator(".gvc-explorer-said").inner_text().startswith("No database can give this view")
    assert page.locator("#gvc-explorer svg").count() == 0


def test_an_economy_absorbs_nothing_of_its_own_from_abroad(page: Page) -> None:
    open_view(page, measure="vax", origin="CHN", partner="CHN", database="all")
    assert page.locator(".gvc-explorer-said").inner_text().startswith("No database can give this view")


def test_a_measure_of_two_economies_takes_one_of_a_group(page: Page) -> None:
    open_view(page, measure="fva_share", origin="NEA", partner="MEX", database="oecd", **{"from": 2022, "to": 2022})
    page.locator("#gvc-explorer-measure").select_option("link")
    page.wait_for_function(
        "location.hash.includes('measure=link')"
        " && document.getElementById('gvc-explorer').dataset.shown === location.hash"
    )
    assert page.locator("#gvc-explorer-origin").input_value() == "CHN"
    due = f"{OECD.link('CHN', 'MEX')[2022]:.2f}"
    assert (
        page.locator(".gvc-explorer-said").inner_text().startswith(f"The link index from China to Mexico was {due} in")
    )


def test_years_the_wrong_way_round_are_a_span(page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="oecd", **{"from": 2015.4, "to": 2011})
    assert sorted(numbers(page, "OECD, estimates")) == [*range(2011, 2016)]


def test_years_that_no_database_has_give_way_to_those_there_are(page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="oecd", **{"from": 1800, "to": 3000})
    assert [page.locator(f"#gvc-explorer-{name}").input_value() for name in ("from", "to")] == ["1965", "2022"]
    assert "from=1965&to=2022" in page.url
    assert page.locator(".gvc-explorer-said").inner_text().endswith("The databases have the years 1965 to 2022.")
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="oecd", **{"from": 1966, "to": 2022})
    assert "The databases have" not in page.locator(".gvc-explorer-said").inner_text()


def test_a_view_with_no_year_alone_is_drawn_without_a_complaint(page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    open_view(page, measure="link", origin="MNG", partner="CHN", database="all")
    assert page.locator("#gvc-explorer .exhibit-picture svg").count() == 1
    assert said == []


def test_mouse_and_keyboard_change_the_view_and_its_address(page: Page) -> None:
    open_view(page, measure="fva_share", origin="NEA", partner="MEX", database="oecd")
    page.locator("#gvc-explorer-partner").select_option("IND")
    page.wait_for_function(
        "location.hash.includes('partner=IND')"
        " && document.getElementById('gvc-explorer').dataset.shown === location.hash"
    )
    assert "India" in page.locator(".gvc-explorer-title").inner_text()
    page.locator("#gvc-explorer-from").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("2015")
    page.keyboard.press("Tab")
    page.wait_for_function(
        "location.hash.includes('from=2015') && document.getElementById('gvc-explorer').dataset.shown === location.hash"
    )
    assert min(numbers(page, "OECD, estimates")) == 2015
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("#gvc-explorer[data-shown]")
    assert page.locator("#gvc-explorer-partner").input_value() == "IND"
    assert min(numbers(page, "OECD, estimates")) == 2015


def test_its_numbers_can_be_taken_away(page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="wiod2013")
    with page.expect_download() as taken:
        page.locator("#gvc-explorer .exhibit-downloads a").click()
    lines = taken.value.path().read_text("utf-8").splitlines()
    assert lines[0] == "# Share in foreign value added of exports: China → Mexico"
    assert re.match("# Source: Own computation, .* WIOD", lines[2])
    assert lines[1] == "# percent of the foreign value added in the exporter's exports"
    assert lines[3] == "panel,database,year,value"
    assert lines[-1].startswith('wiod2013,"WIOD, 2013 release",2011,')
    assert float(lines[-1].rsplit(",", 1)[1]) == pytest.approx(WIOD.share("CHN", "MEX")[2011], rel=2e-4)


def test_it_fits_a_phone(page: Page) -> None:
    for size in (PHONE, {"width": 320, "height": 640}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        open_view(page, measure="fva_share", origin="NEA", partner="MEX", database="all", to=2022)
        open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="all", to=2022)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        legend = page.locator("#gvc-explorer .role-legend-label text")
        assert legend.count() > 4
        assert legend.evaluate_all("all => all.every(one => one.getBoundingClientRect().right <= innerWidth)")


def test_a_database_is_looked_into_again_when_code_or_panel_change(tmp_path, monkeypatch) -> None:
    looked, about = [], explorer.about
    monkeypatch.setattr(explorer, "about", lambda source: looked.append(source.name) or about(source))
    monkeypatch.setattr(manifest, "own", list)
    (tmp_path / "panel").mkdir()
    for name in ("terms.csv", "definitions.csv"):
        shutil.copy(panel.DATA / name, tmp_path)
    shares = {year: ADB.frame.query("year == @year") for year in (2017, 2018)}
    monkeypatch.setattr(panel, "DATA", tmp_path)
    for code, year in (("a", 2017), ("a", 2017), ("b", 2017), ("b", 2018)):
        panel.write(shares[year], tmp_path / "panel" / "some.parquet")
        monkeypatch.setattr(sources, "SOURCES", (Source("Some", "Some", "Some.", flows="some"),))
        monkeypatch.setattr(explorer, "digest", lambda *_, code=code: code)
        explorer.write(tmp_path / "static", Words("en"), tmp_path)
    assert looked == ["Some"] * 3
