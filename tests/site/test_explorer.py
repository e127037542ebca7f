"""The explorer of the built site: what it shows is what the panels give, and an address brings a view back."""

import csv
import html
import re
import shutil
from collections.abc import Iterator
from urllib.parse import urlencode

import pandas as pd
import pytest
from playwright.sync_api import BrowserContext, Page

from book.pages import explorer, views
from book.translation import Words
from gvc import panel
from industrial_chains import economies as eco
from industrial_chains import manifest, sources
from industrial_chains.sources import ADB, ARTICLE, LRWIOD, OECD, WIOD, Source
from industrial_chains.uncertainty import error_sizes
from tests.browser import DESK, PHONE, built


@pytest.fixture(scope="module")
def page(browser: BrowserContext) -> Iterator[Page]:
    with built(browser, "chapters/explorer.html") as page:
        page.wait_for_selector("#gvc-explorer[data-shown]")
        yield page


def open_view(page: Page, **view: object) -> None:
    """Go to the address of a view, and wait until it is shown."""
    go(page, urlencode(view, doseq=True))


def go(page: Page, address: str) -> None:
    page.evaluate("document.querySelector('#gvc-explorer, #gvc-view').removeAttribute('data-shown')")
    # An address that is there already is no change.
    page.evaluate(
        "hash => { location.hash === `#${hash}` ? dispatchEvent(new Event('hashchange')) : (location.hash = hash) }",
        address,
    )
    page.wait_for_selector(":is(#gvc-explorer, #gvc-view)[data-shown]")


def taken(page: Page) -> list[dict[str, str]]:
    """Read the CSV of a view as it is offered."""
    text = page.locator("#gvc-explorer a[download$=csv]").evaluate("one => fetch(one.href).then(found => found.text())")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def shown(page: Page, what: str) -> list[str]:
    return page.locator(f"#gvc-explorer {what}").evaluate_all("all => all.map(one => one.dataset.label)")


def labels(page: Page) -> list[str]:
    return page.locator("#gvc-explorer .gvc-end").all_text_contents()


def wrong(page: Page) -> str:
    return page.locator(".gvc-explorer-wrong").inner_text()


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
    assert not page.locator("script[src*='vega']").count()


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
        (
            {"measure": "intensity", "origin": "CHN", "partner": "JPN"},
            "WIOD, 2013 release",
            lambda: WIOD.link("CHN", "JPN", "intensity"),
            2,
        ),
        (
            {"measure": "passing", "origin": "KOR", "partner": "VNM"},
            "OECD, estimates",
            lambda: OECD.passing("KOR", "VNM"),
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
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="oecd", **{"from": 2015, "to": 2011})
    assert sorted(numbers(page, "OECD, estimates")) == [*range(2011, 2016)]


def test_pairs_are_compared(page: Page) -> None:
    more = ["CHN.VNM", "JPN.MEX"]
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", also=more, database="oecd", **{"from": 2011})
    for label, pair in (("China → Mexico", "CHN MEX"), ("China → Viet Nam", "CHN VNM"), ("Japan → Mexico", "JPN MEX")):
        told = OECD.share(*pair.split())
        for database, years in (("OECD, estimates", range(2011, 2022)), ("OECD", [2022])):
            found = numbers(page, f"{label}, {database}")
            assert {int(year) for year in found} == set(years)
            assert all(float(found[year]) == pytest.approx(told[year], abs=0.0501) for year in years)
    assert sorted(labels(page)) == ["China → Mexico", "China → Viet Nam", "Japan → Mexico"], "once each, at the end"
    colours = page.locator("#gvc-explorer .gvc-line").evaluate_all("all => all.map(one => one.getAttribute('stroke'))")
    assert len(set(colours)) == 3, "a colour a pair, not a database"
    dashes = page.locator(".gvc-line polyline").evaluate_all(
        "all => all.map(one => one.getAttribute('stroke-dasharray'))"
    )
    assert dashes == ["4 3"] * 3, "what is estimated is dashed, and the year that stands alone is a dot"
    assert page.locator(".gvc-line circle").count() == 3
    marks = page.locator(".gvc-event").evaluate_all("all => all.map(one => one.dataset.year)")
    assert marks == ["2018", "2022"], "of the events those that the years hold"

    page.get_by_role("button", name="Swap China and Viet Nam").click()
    page.wait_for_function("location.hash.includes('also=VNM.CHN')")
    page.get_by_role("button", name="Remove Japan → Mexico").click()
    page.wait_for_function("!location.hash.includes('JPN')")
    page.get_by_role("button", name="Add a pair").click()
    page.wait_for_function("document.getElementById('gvc-explorer').dataset.shown.split('also').length === 3")
    assert page.locator(".gvc-explorer-pair").count() == 3


def test_a_year_is_pointed_at(page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="all", **{"from": 2015})
    chart = page.locator(".gvc-explorer-chart")
    chart.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    said = page.locator(".gvc-explorer-tip").inner_text()
    value = OECD.share("CHN", "MEX")[2021]
    assert said.startswith("2021")
    assert f"{value:.1f} ± {error_sizes.size(OECD, 'fva_share', 2021, value, 'MEX'):.1f}" in said
    assert f"{ADB.share('CHN', 'MEX')[2021]:.1f}" in said
    page.keyboard.press("Escape")
    assert page.locator(".gvc-explorer-tip").is_hidden()


@pytest.mark.parametrize(
    ("measure", "origin", "partner"),
    [("fva_share", "KOR", "VNM"), ("imint_share", "NEA", "ASEAN"), ("link", "CHN", "JPN")],
)
def test_the_band_is_that_of_the_errors(page: Page, measure: str, origin: str, partner: str) -> None:
    open_view(page, measure=measure, origin=origin, partner=partner, database="oecd", **{"from": 2011})
    told = OECD.link(origin, partner) if measure == "link" else OECD.share(origin, partner, measure)
    for row in taken(page):
        year, value = int(row["year"]), told[int(row["year"])]
        half = error_sizes.size(OECD, measure, year, value, partner)
        assert float(row["low"]) == pytest.approx(value - half, rel=0.005, abs=0.02)
        assert float(row["high"]) == pytest.approx(value + half, rel=0.005, abs=0.02)
    open_view(page, measure=measure, origin="BRA", partner="CHN", database="oecd", **{"from": 2011})
    assert {row["low"] for row in taken(page)} == {""}, "nobody has measured the errors of others"
    assert page.locator(".gvc-band").count() == 0


def test_a_ranking_has_all_origins(page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="all", to=2022, view="ranking")
    given = OECD.matrix("va_exports", 2022)["MEX"].drop("MEX")
    due = (100 * given / given.sum()).sort_values(ascending=False, kind="stable")
    rows = taken(page)
    assert [row["origin"] for row in rows[:10]] == list(due.index[:10])
    assert {row["origin"]: float(row["value"]) for row in rows} == pytest.approx(due.to_dict(), rel=1e-3, abs=1e-6)
    assert len(shown(page, ".gvc-row")) == 20
    assert "China" in shown(page, ".gvc-row")
    assert page.locator(".gvc-row [stroke-dasharray]").count() == 0
    assert f"worth {due.iloc[0]:.1f}" in page.locator(".gvc-explorer-said").inner_text().replace("supplied", "worth")


def test_bars_of_estimates_are_dashed(page: Page) -> None:
    open_view(page, measure="link", origin="CHN", partner="JPN", database="oecd", to=2018, view="ranking")
    assert page.locator(".gvc-row [stroke-dasharray]").count() == len(shown(page, ".gvc-row"))
    assert "Dashed: estimated." in page.locator(".gvc-explorer-notes").inner_text()


def test_a_change_has_two_years_of_one_database(page: Page) -> None:
    asked = {"measure": "link", "origin": "CHN", "partner": "JPN", "view": "change"}
    open_view(page, **asked, database="wiod2013", **{"from": 1995, "to": 2011})
    rows = {(row["origin"], int(row["year"])): float(row["value"]) for row in taken(page)}
    for origin in ("CHN", "KOR", "USA"):
        told = WIOD.link(origin, "JPN")
        assert [rows[origin, 1995], rows[origin, 2011]] == pytest.approx([told[1995], told[2011]], rel=1e-3)
    assert page.locator(".gvc-row circle").count() == 2 * len(shown(page, ".gvc-row"))
    open_view(page, **asked, database="oecd", **{"from": 2015, "to": 2015})
    assert wrong(page) == "A change needs two years: it shows 2011 and 2022."
    assert page.locator(".gvc-row").count() == 20


def test_a_matrix_has_the_books_economies(page: Page) -> None:
    open_view(page, measure="link", origin="CHN", partner="JPN", database="oecd", to=2022, view="matrix")
    rows = {(row["origin"], row["partner"]): float(row["value"]) for row in taken(page)}
    ties = OECD.ties("index", 2022)
    assert {"CHN", "JPN", "KOR", "RUS", "IND", "MEX", "VNM", "USA"} <= {origin for origin, _ in rows}
    assert all(value == pytest.approx(ties.loc[pair], rel=1e-3) for pair, value in rows.items())
    assert page.locator(".gvc-cell").count() == len(rows) + len({origin for origin, _ in rows})
    open_view(page, measure="upstreamness", origin="CHN", database="oecd", to=2022, view="matrix")
    assert "has no matrix" in page.locator(".gvc-explorer-said").inner_text()


def tiles(page: Page) -> dict[str, str | None]:
    """Give what each square of the map holds, by its code; None for one without a number."""
    return dict(page.locator(".gvc-tile").evaluate_all("all => all.map(one => [one.dataset.code, one.dataset.value])"))


def raw_exports(year: int) -> pd.DataFrame:
    """Read value added in exports of the OECD's panel from its file, origin by exporter."""
    rows = pd.read_parquet(panel.DATA / "panel" / "oecd.parquet")
    rows = rows[rows["flow"].eq("va_exports") & rows["year"].eq(year)].astype({"origin": str, "destination": str})
    return rows.pivot_table("value", "origin", "destination", aggfunc="sum")


def test_a_map_colours_all_partners_of_an_origin(page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="oecd", to=2022, view="map")
    found, raw = tiles(page), raw_exports(2022)
    assert len(found) == 81
    for exporter in ("VNM", "MEX", "SGP", "DEU"):
        foreign = raw[exporter].drop(exporter)
        due = 100 * foreign["CHN"] / foreign.sum()
        assert float(str(found[exporter])) == pytest.approx(due, rel=1e-3)
        drawn = page.locator(f".gvc-tile[data-code={exporter}] text").all_text_contents()
        assert drawn == [exporter, f"{due:.1f}"], "at this width the number fits"
    assert [code for code, value in found.items() if value is None] == ["CHN", "MNG"]
    assert "No number in this database: Mongolia." in page.locator(".gvc-explorer-said").inner_text()
    missing = page.locator(".gvc-tile[data-code=MNG]")
    assert missing.locator("rect").get_attribute("fill") == "none"
    assert missing.locator("path").count() == 1, "it is struck out"
    own = page.locator(".gvc-tile[data-code=CHN]")
    assert own.locator("path").count() == 0
    assert own.locator("rect").count() == 2, "whose partners are shown is marked"
    assert page.locator(".gvc-map-legend text").all_text_contents()[-2:] == ["no data", "China (Origin)"]
    deepest = page.locator(".gvc-tile [fill-opacity='1']").count()
    assert 0 < deepest < 20
    rows = {row["partner"]: row for row in taken(page)}
    assert set(rows) == set(found) - {"CHN", "MNG"}
    assert {row["origin"] for row in rows.values()} == {"CHN"}


def test_a_map_colours_all_origins_of_a_partner(page: Page) -> None:
    open_view(
        page, measure="fva_share", origin="CHN", partner="MEX", database="oecd", to=2022, view="map", fixed="partner"
    )
    foreign = raw_exports(2022)["MEX"].drop("MEX")
    due = (100 * foreign / foreign.sum()).drop("ROW")
    found = {code: float(value) for code, value in tiles(page).items() if value is not None}
    assert found == pytest.approx(due.to_dict(), rel=1e-3, abs=1e-6)
    assert page.locator("#gvc-explorer-partner").is_visible()
    assert page.locator("#gvc-explorer-origin").is_hidden()
    page.locator("#gvc-explorer-fixed").select_option("origin")
    page.wait_for_function("document.getElementById('gvc-explorer').dataset.shown.includes('origin=MEX&partner=CHN')")
    assert page.locator(".gvc-explorer-title").inner_text().endswith("Mexico → all, 2022 (OECD, 2025 edition)"), (
        "who is fixed stays so"
    )


def test_a_map_of_a_group_and_of_single_economies(page: Page) -> None:
    open_view(page, measure="fva_share", origin="NEA", partner="MEX", database="oecd", to=2022, view="map")
    raw, found = raw_exports(2022), tiles(page)
    foreign = raw["JPN"].drop("JPN")
    due = 100 * foreign[["CHN", "KOR", "RUS"]].sum() / foreign.sum()
    assert float(str(found["JPN"])) == pytest.approx(due, rel=1e-3), "of a member what the others supply"
    open_view(page, measure="upstreamness", origin="MNG", database="oecd", to=2022, view="map", fixed="partner")
    assert page.locator("#gvc-explorer-fixed").is_hidden()
    assert len([value for value in tiles(page).values() if value]) == 80
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="print", to=2021, view="map")
    assert {code: value for code, value in tiles(page).items() if value} == {"IND": "10.7", "MEX": "19.2"}


def test_a_square_is_named_under_pointer_and_keys(page: Page) -> None:
    open_view(page, measure="link", origin="CHN", partner="JPN", database="oecd", to=2022, view="map")
    tip = page.locator(".gvc-explorer-tip")
    page.locator(".gvc-tile[data-code=VNM]").hover()
    assert tip.inner_text() == f"Viet Nam: {OECD.link('CHN', 'VNM')[2022]:.2f}"
    chart = page.locator(".gvc-explorer-chart")
    chart.focus()
    page.keyboard.press("Escape")
    assert tip.is_hidden()
    page.locator(".gvc-tile[data-code=CHN]").hover()
    page.keyboard.press("ArrowRight")
    assert tip.inner_text() == f"Korea: {OECD.link('CHN', 'KOR')[2022]:.2f}"
    page.keyboard.press("ArrowRight")
    assert chart.get_attribute("aria-label") == f"Japan: {OECD.link('CHN', 'JPN')[2022]:.2f}"
    page.keyboard.press("ArrowUp")
    assert tip.inner_text() == "Mongolia: no data"
    page.locator("#gvc-explorer-measure").focus()
    assert str(chart.get_attribute("aria-label")).startswith("Map. ")


def test_a_map_is_taken_away_and_stands_in_a_frame(browser: BrowserContext, page: Page) -> None:
    asked = {"measure": "fva_share", "origin": "CHN", "partner": "MEX", "database": "lrwiod", "to": 1995, "view": "map"}
    open_view(page, **asked)
    with page.expect_download() as svg:
        page.get_by_role("button", name="SVG").click()
    drawn = svg.value.path().read_text("utf-8")
    assert svg.value.suggested_filename == "fva_share-CHN-map.svg"
    assert "var(" not in drawn
    assert "A square is an economy" in drawn
    assert "<title>Viet Nam: no data</title>" in drawn
    code = page.locator(".gvc-embed pre").text_content()
    address = html.unescape(re.search('src="([^"]+)"', str(code)).group(1))  # type: ignore[union-attr]
    alone = browser.new_page()
    alone.on("pageerror", lambda error: pytest.fail(str(error)))
    alone.set_viewport_size(PHONE)  # type: ignore[arg-type]
    alone.goto(address)
    alone.wait_for_selector("#gvc-view[data-shown]")
    assert tiles(alone) == tiles(page)
    assert alone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    alone.close()


def test_squares_on_a_phone_can_be_read_and_touched(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_view(page, measure="vax", origin="CHN", partner="MEX", database="oecd", to=2022, view="map")
    boxes = page.locator(".gvc-tile > rect:first-child").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(({ width, left, right }) => [width, left, right])"
    )
    assert all(width >= 24 and left >= 0 and right <= 390 for width, left, right in boxes)
    written = page.locator("#gvc-explorer .gvc-explorer-chart text").evaluate_all(
        "all => all.map(one => [parseFloat(getComputedStyle(one).fontSize), one.getBoundingClientRect().right])"
    )
    assert all(size >= 11 and right <= 391 for size, right in written)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_letters_stand_out_from_their_squares(page: Page, theme: str) -> None:
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    open_view(page, measure="fva_share", origin="NEA", partner="MEX", database="oecd", to=2022, view="map")
    found = page.evaluate(
        """() => {
          const colour = (text) => text.match(/[0-9.]+/g).slice(0, 3).map(Number);
          const paper = colour(getComputedStyle(document.body).backgroundColor);
          const light = (rgb) => rgb.map((one) => one / 255)
            .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
            .reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0);
          return [...document.querySelectorAll(".gvc-tile")].map((tile) => {
            const [square, letters] = ["rect", "text"].map((what) => getComputedStyle(tile.querySelector(what)));
            const isEmpty = square.fill === "none";
            const [fill, deep] = isEmpty ? [paper, 0] : [colour(square.fill), Number(square.fillOpacity)];
            const under = paper.map((one, i) => one + deep * (fill[i] - one));
            const [dark, bright] = [light(under), light(colour(letters.fill))].sort((one, other) => one - other);
            return [deep, (bright + 0.05) / (dark + 0.05)];
          });
        }"""
    )
    page.evaluate("document.documentElement.dataset.theme = 'light'")
    assert len({shade for shade, _ in found}) >= 5
    assert min(contrast for _, contrast in found) >= 4.5


def test_industries_are_those_of_the_panel(page: Page) -> None:
    open_view(page, origin="KOR", database="oecd", view="industries", **{"from": 2011, "to": 2022})
    rows = {(row["industry"], int(row["year"])): float(row["value"]) for row in taken(page)}
    raw = OECD.accounts("vax")
    for year in (2011, 2022):
        of_year = raw[raw["year"].eq(year) & raw["sector"].isin(["C26", "C27"])]
        due = 100 * of_year.loc[of_year["origin"].eq("KOR"), "value"].sum() / of_year["value"].sum()
        assert rows["Electrical and optical", year] == pytest.approx(due, rel=2e-3)
    assert len(rows) == 24
    assert len(shown(page, ".gvc-row")) == 12
    open_view(page, origin="KOR", database="lrwiod", view="industries", **{"from": 1980, "to": 1990})
    assert (
        "Long-run WIOD, release 1.1 has no industries of Korea in 1990"
        in page.locator(".gvc-explorer-said").inner_text()
    )


@pytest.mark.parametrize("name", views.VIEWS)
def test_a_chart_of_a_chapter_is_a_view(page: Page, name: str) -> None:
    go(page, views.address(views.VIEWS[name]))
    assert wrong(page) == ""
    drawn = shown(page, ":is(.gvc-line, .gvc-row)")
    assert len(drawn) >= 2
    assert "No database can" not in page.locator(".gvc-explorer-said").inner_text()


def test_a_view_stands_by_itself_in_a_frame(browser: BrowserContext, page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", also="CHN.VNM", database="oecd", **{"from": 2011})
    code = page.locator(".gvc-embed pre").text_content()
    address = html.unescape(re.search('src="([^"]+)"', str(code)).group(1))  # type: ignore[union-attr]
    alone = browser.new_page()
    alone.on("pageerror", lambda error: pytest.fail(str(error)))
    alone.goto(address)
    alone.wait_for_selector("#gvc-view[data-shown]")
    assert alone.locator("h1").inner_text() == page.locator(".gvc-explorer-title").inner_text()
    assert alone.locator(".gvc-line").count() == page.locator(".gvc-line").count() == 4
    assert alone.locator("form, nav, select").count() == 0
    home = alone.locator("a").get_attribute("href")
    assert str(home).endswith("chapters/explorer.html#" + address.split("#")[1])
    alone.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert alone.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    alone.close()


def test_a_picture_can_be_taken_away(page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="oecd", **{"from": 2011})
    with page.expect_download() as svg:
        page.get_by_role("button", name="SVG").click()
    drawn = svg.value.path().read_text("utf-8")
    assert "var(" not in drawn, "it has no style sheet"
    assert "Share in foreign value added of exports: China → Mexico" in drawn
    assert "Source: Own computation" in drawn
    with page.expect_download() as png:
        page.get_by_role("button", name="PNG").click()
    content = png.value.path().read_bytes()
    assert content[:4] == b"\x89PNG"
    assert int.from_bytes(content[16:20]) == 1600
    assert len(content) > 20_000, "something is drawn"
    page.locator(".gvc-explorer-take .gvc-cite summary").first.click()
    assert "China → Mexico" in page.locator(".gvc-explorer-take .gvc-cite pre").first.inner_text()


def test_the_first_pages_chart_can_be_read_on_a_phone(browser: BrowserContext) -> None:
    with built(browser, "index.html") as page:
        sizes = """all => all.filter(one => one.getClientRects().length)
          .map(one => parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a)"""
        letters = page.locator(".gvc-share-of [data-chart] text")
        wide = [text for text in letters.all() if text.is_visible()]
        page.set_viewport_size({"width": 390, "height": 844})
        narrow = letters.evaluate_all(sizes)
        assert len(narrow) >= 12
        assert min(narrow) >= 11
        assert wide, "and another picture stands where there is room"
        told = OECD.share("CHN", "MEX")[2022]
        assert f"OECD, 2025 edition · {told:.1f} (2022)" in letters.all_text_contents()
        place = page.locator(".gvc-share-of")
        place.get_by_label("Exporter").select_option("VNM")
        page.wait_for_function("document.querySelector('.gvc-share-of').dataset.shown?.includes('VNM')")
        assert min(letters.evaluate_all(sizes)) >= 11
        page.set_viewport_size(DESK)  # type: ignore[arg-type]


def test_an_economy_is_found_by_its_first_letters(page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="oecd", to=2022)
    page.locator("#gvc-explorer-partner").focus()
    page.keyboard.type("viet")
    page.wait_for_function("document.getElementById('gvc-explorer').dataset.shown.includes('partner=VNM')")
    assert len(page.locator("#gvc-explorer-partner option").all()) > 80


def test_the_years_that_readers_look_for_are_marked(page: Page) -> None:
    open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="all", **{"from": 1995, "to": 2022})
    marks = page.locator(".gvc-event").evaluate_all("all => all.map(one => [one.dataset.year, one.textContent])")
    assert [year for year, _ in marks] == ["2001", "2008", "2018", "2022"]
    assert "World Trade Organization" in marks[0][1]
    assert "2001" in page.locator(".gvc-explorer-notes").inner_text()


def test_a_share_is_answered_on_the_first_page(browser: BrowserContext) -> None:
    with built(browser, "index.html") as page:
        place = page.locator(".gvc-share-of")
        assert f"China supplied {OECD.share('CHN', 'MEX')[2022]:.1f} per cent" in place.inner_text(), (
            "before any script"
        )
        place.get_by_label("Exporter").select_option("VNM")
        place.get_by_label("Year").select_option("2018")
        page.wait_for_function("document.querySelector('.gvc-share-of').dataset.shown?.includes('VNM')")
        page.wait_for_function("document.querySelector('[data-answer]').textContent.includes('2018')")
        answer = place.locator("[data-answer]").inner_text()
        assert f"{OECD.share('CHN', 'VNM')[2018]:.1f} per cent" in answer
        assert f"Other databases: {ADB.share('CHN', 'VNM')[2018]:.1f} (ADB, 72 economies)." in answer
        assert "vega" not in " ".join(page.locator("script").evaluate_all("all => all.map(one => one.src)"))
        place.get_by_role("link").click()
        page.wait_for_selector("#gvc-explorer[data-shown]")
        assert page.locator("#gvc-explorer-partner").input_value() == "VNM"


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
    page.locator("#gvc-explorer-from").fill("2014")
    page.locator("#gvc-explorer-from").focus()
    page.keyboard.press("ArrowRight")
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
        page.get_by_role("link", name="CSV").click()
    lines = taken.value.path().read_text("utf-8").splitlines()
    assert lines[0] == "# Share in foreign value added of exports: China → Mexico (WIOD, 2013 release)"
    assert re.match("# Source: Own computation, .* WIOD", lines[2])
    assert lines[1] == "# percent of the foreign value added in the exporter's exports"
    assert lines[3] == "panel,database,origin,partner,year,value,low,high"
    assert lines[-1].startswith('wiod2013,"WIOD, 2013 release",CHN,MEX,2011,')
    assert float(lines[-1].split(",")[-3]) == pytest.approx(WIOD.share("CHN", "MEX")[2011], rel=2e-4)


def test_it_fits_a_phone(page: Page) -> None:
    for size in (PHONE, {"width": 320, "height": 640}):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        open_view(page, measure="fva_share", origin="NEA", partner="MEX", database="all", to=2022)
        open_view(page, measure="fva_share", origin="CHN", partner="MEX", database="all", to=2022)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        named = page.locator("#gvc-explorer .gvc-end")
        assert named.count() > 4
        box = """all => all.map((one) => one.getBoundingClientRect())
                           .every(({ left, right }) => left >= 0 && right <= innerWidth)"""
        assert named.evaluate_all(box)
        for kind in ("ranking", "change", "map", "matrix"):
            open_view(page, measure="fva_share", origin="CHN", partner="MEX", view=kind, **{"from": 2011, "to": 2022})
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


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
