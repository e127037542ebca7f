"""Panels of a reader's in the explorer: each by itself, in its unit, as it is now, whatever its name."""

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import BrowserContext, Page

from book.pages import explorer
from book.translation import Words
from gvc import panel
from gvc.sources import plain
from industrial_chains import manifest, sources
from industrial_chains.sources import ARTICLE, Source
from tests import synthetic
from tests.browser import SITE

ROOT = Path(__file__).parents[2]
EVIL = "a\"b'<img src=x onerror=alert(1)>\x07\n=1+1,=2+2"
LONG = "x" * 230
#: Panels by name: unit, source and year of the table, and how often the smallest of all it is.
PANELS: dict[str, tuple[str, str, int, float]] = {
    "book": ("million USD", "The book's", 2016, 1),
    "mine[2021]": ("million USD", "My scenario", 2017, 10),
    "adb#2": ("million USD", "My scenario", 2019, 300),
    LONG: ("thousand EUR", "My scenario", 2018, 5000),
    EVIL: ("million USD, constant 2010 prices", '=HYPERLINK("x")', 2015, 70),
    "print": ("", "My scenario;=3+3", 2014, 60),
}


def build(folder: Path, name: str, size: float | None = None) -> None:
    """Build a panel from a plain table, as `gvc build` does."""
    unit, source, year, times = PANELS[name]
    file = folder / "table.csv"
    plain.write(synthetic.toy(), file)
    head, *rows = [line.split(",") for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    grown = [[row[0], *(cell and str(float(cell) * (size or times)) for cell in row[1:])] for row in rows]
    lines = [f"# source: {source}", f"# year: {year}", f"# unit: {unit or 'unsaid'}", *map(",".join, [head, *grown])]
    file.write_text("\n".join(lines), "utf-8")
    flows, _ = panel.build([file], folder / "made.parquet", workers=1)
    target = folder / "data" / "panel" / f"{name}.parquet"
    if unit:
        flows.rename(target)
    else:  # as a build of long ago, or another program, leaves it
        frame = panel.load_panel(flows)
        frame.attrs.clear()
        frame.to_parquet(target)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Write the explorer over one database of the book and the panels of a reader's, on the built page."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "data" / "panel").mkdir(parents=True)
    for name in ("terms.csv", "definitions.csv"):
        shutil.copy(ROOT / "data" / name, folder / "data")
    shutil.copytree(ROOT / "data" / "article", folder / "data" / "article")
    (folder / "data" / "manifest.yml").write_text("- path: panel/book.parquet\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(panel, "DATA", folder / "data")
        patch.setattr(sources, "SOURCES", (ARTICLE, Source("Book", "The book's", "Own computation.", flows="book")))
        patch.setenv("GVC_CACHE", str(folder / "cache"))
        for name in PANELS:
            build(folder, name)
        (folder / "data" / "panel" / "._mac.parquet").write_bytes(b"\x00\x05\x16\x07")
        site = folder / "site"
        (site / "chapters").mkdir(parents=True)
        if not (SITE / "chapters/explorer.html").is_file():
            pytest.fail("There is no explorer in _build/html; build the book first: make book", pytrace=False)
        shutil.copy(SITE / "chapters/explorer.html", site / "chapters")
        shutil.copytree(SITE / "_static", site / "_static", ignore=lambda *_: ["explorer"])
        shutil.copytree(ROOT / "book/static", site / "_static", dirs_exist_ok=True)
        explorer.write(site / "_static", Words("en"), folder)
        yield folder


@pytest.fixture
def page(browser: BrowserContext, folder: Path) -> Iterator[Page]:
    page = browser.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto((folder / "site/chapters/explorer.html").as_uri())
    page.wait_for_selector("#gvc-explorer[data-shown]")
    yield page
    page.close()


def show(page: Page, **view: object) -> None:
    asked = {"measure": "vax", "origin": "CHN", "partner": "MEX", "database": "all", "from": 2007, "to": 2021, **view}
    page.evaluate("document.getElementById('gvc-explorer').removeAttribute('data-shown')")
    page.evaluate("hash => { location.hash = hash }", urlencode(asked))
    page.wait_for_selector("#gvc-explorer[data-shown]")


def label(name: str) -> str:
    """Name a panel as the explorer does, on one line."""
    return "panel " + name.replace("\x07", "\ufffd").replace("\n", " ")


def choose(page: Page, name: str) -> None:
    """Choose a panel as a reader does, by its label."""
    key = page.locator("#gvc-explorer-database option").evaluate_all(
        "(all, said) => all.find(one => one.textContent === said).value", label(name)
    )
    show(page, database=key)


def said(page: Page) -> list[str]:
    return page.locator(".gvc-explorer-said li").all_inner_texts()


def unit(page: Page) -> str:
    return page.locator("#gvc-explorer .exhibit-subtitle").inner_text()


def head(page: Page) -> list[str]:
    return page.locator(".gvc-explorer-table thead th").all_text_contents()


def taken(page: Page) -> list[str]:
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    return download.value.path().read_text("utf-8").splitlines()


def test_panels_of_one_source_are_two_series_and_unlike_units_stay_out(page: Page) -> None:
    show(page)
    assert head(page) == ["Year", "The book's", "panel adb#2", "panel mine[2021]"]
    assert unit(page) == "Unit: million US dollars, current prices"
    # Of 46 and two thirds that the toy's China adds to what its Mexico absorbs.
    assert said(page) == [
        "Mexico absorbed value added of China worth 47 million US dollars in 2016 (The book's).",
        "Mexico absorbed value added of China worth 14,000 million US dollars in 2019 (panel adb#2).",
        "Mexico absorbed value added of China worth 467 million US dollars in 2017 (panel mine[2021]).",
        "Left out, because no view mixes units or prices: "
        f"{label(EVIL)} (million US dollars, constant 2010 prices), panel print (unknown units), "
        f"panel {LONG} (thousand euros, current prices).",
    ]
    lines = page.locator("#gvc-explorer .gvc-line")
    assert lines.evaluate_all("all => all.map(one => one.dataset.label)") == [
        "The book's",
        "panel adb#2",
        "panel mine[2021]",
    ]
    sizes = lines.locator("circle").evaluate_all("all => all.map(one => one.getAttribute('r'))")
    assert len(set(sizes)) == 3


@pytest.mark.parametrize(
    ("name", "says", "told"),
    [
        (LONG, "thousand euros, current prices", "233,300 thousand euros in 2018"),
        (
            EVIL,
            "million US dollars, constant 2010 prices",
            "3,267 million US dollars at constant 2010 prices in 2015",
        ),
        ("print", "unknown units", "2,800 unknown units in 2014"),
    ],
)
def test_a_panel_in_another_unit_is_shown_alone_and_says_it(page: Page, name: str, says: str, told: str) -> None:
    show(page)
    choose(page, name)
    assert unit(page) == f"Unit: {says}"
    assert said(page) == [f"Mexico absorbed value added of China worth {told} ({label(name)})."]
    assert head(page) == ["Year", label(name)]
    assert taken(page)[1] == f"# {says}"


def test_shares_are_compared_across_units_but_not_across_prices(page: Page) -> None:
    show(page, measure="fva_share", origin="CHN", partner="MEX")
    every = {"Article, ADB 2022", "The book's", "panel adb#2", "panel mine[2021]", "panel print", label(LONG)}
    assert {*head(page)[1:]} == every
    assert unit(page) == "Unit: percent of the foreign value added in the exporter's exports"
    assert said(page)[-1].endswith(", constant 2010 prices).")


def test_the_numbers_name_their_panel_and_no_cell_is_a_formula(page: Page, folder: Path) -> None:
    show(page)
    lines = taken(page)
    assert lines[1] == "# million US dollars, current prices"
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#")))))
    assert [(row["database"], row["year"], float(row["value"])) for row in rows] == [
        ("The book's", "2016", 46.67), ("panel adb#2", "2019", 14000), ("panel mine[2021]", "2017", 466.7),
    ]  # fmt: skip
    assert rows[0]["panel"] == "book"
    assert len({row["panel"] for row in rows}) == 3
    assert all(re.fullmatch("own-[a-z0-9-]+", row["panel"]) for row in rows[1:])
    choose(page, EVIL)
    *_, source, columns, line = taken(page)
    guarded = label(EVIL).replace(",=", ",'=")
    assert source == f'# Source: Own computation from =HYPERLINK("x") ({guarded}).'
    assert columns == "panel,database,origin,partner,year,value,low,high"
    (cells,) = csv.reader([line])
    assert cells[1] == guarded
    choose(page, "print")
    assert "My scenario;'=3+3" in taken(page)[2]


def test_a_name_that_macos_leaves_is_no_panel(page: Page) -> None:
    assert not [name for name in manifest.own() if name.startswith(".")]
    options = page.locator("#gvc-explorer-database option").all_text_contents()
    assert [name for name in options if name.startswith("panel")] == sorted(label(name) for name in manifest.own())


def test_long_names_fit_a_phone(page: Page) -> None:
    for width in (390, 320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        show(page, measure="fva_share")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        choose(page, LONG)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        show(page)


def test_a_panel_that_is_replaced_is_shown_as_it_is_now(page: Page, folder: Path) -> None:
    for name, due in (("mine[2021]", "93"), ("adb#2", "140"), (LONG, "187"), (EVIL, "233")):
        build(folder, name, size=float(due) / (140 / 3))
        explorer.write(folder / "site/_static", Words("en"), folder)
        page.reload()
        page.wait_for_selector("#gvc-explorer[data-shown]")
        show(page)
        choose(page, name)
        assert f"worth {due} " in said(page)[0]
    assert len(list((folder / "site/_static/explorer").glob("*mine*va_final*"))) == 1, "of what was there nothing stays"
