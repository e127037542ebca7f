"""The built site in a browser: it asks no network, draws every chart, and can be read by everyone."""

import csv
import functools
import http.server
import json
import os
import posixpath
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect

from chapters.theory import drivers, modes, newer, stages
from exhibits import sliders
from tests.browser import CHART, DESK, PHONE, ROOT, SITE, built, chromium, draw_all, opened, parsed, tree

#: Pages that went, and where what they had stands now.
MOVED = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))["sphinx"]["config"]["gvc_moved"]
PAGES = sorted(
    path.relative_to(SITE).as_posix()
    for path in SITE.rglob("*.html")
    if not any(part.startswith("_") for part in path.relative_to(SITE).parts)
    and path.relative_to(SITE).as_posix().removeprefix("zh/").removesuffix(".html") not in MOVED
)
NO_SITE = "no site"
#: A page of each kind. What hangs on the template and on the form of exhibits is looked at on these, and on all pages
#: by `make exhaustive`: what axe looks for but colours, the frame, the width of a desk, what opens under a chart.
KINDS = {
    *("index.html", "search.html", "genindex.html", "404.html", "chapters/explorer.html"),
    *(f"chapters/theory/{page}.html" for page in ("waves", "modes")),
    *(f"chapters/frontier/{page}.html" for page in ("relocation", "what_if")),
    *(f"chapters/northeast_asia/{page}.html" for page in ("interregional", "claims")),
    *(f"chapters/methods/{page}.html" for page in ("api", "bibliography", "glossary", "tasks", "data")),
}
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
def browser_without_scripts(playwright: Playwright) -> Iterator[BrowserContext]:
    with chromium(playwright, scripts=False) as context:
        yield context


@pytest.fixture(scope="module")
def touched(playwright: Playwright) -> Iterator[BrowserContext]:
    with chromium(playwright, touch=True) as context:
        yield context


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 100  # a page asks for more files at once than the five that may wait by default


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with _Server(("127.0.0.1", 0), functools.partial(_Silent, directory=str(SITE))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module", params=PAGES or [NO_SITE])
def name(request: pytest.FixtureRequest) -> str:
    if request.param == NO_SITE:
        pytest.fail("There is no _build/html to look at; build the book first: make book", pytrace=False)
    return str(request.param)


@pytest.fixture
def once(name: str) -> None:
    """Of the form of a page, which both languages share: looked at in one of them."""
    if name.startswith("zh/"):
        pytest.skip("of the English page's form")


def _of_a_kind(name: str) -> bool:
    return name.removeprefix("zh/") in KINDS or "GVC_EXHAUSTIVE" in os.environ


def _begins_wide(name: str) -> bool:
    """Whether a page is opened on a desk: each other width costs a drawing of all its charts."""
    return _of_a_kind(name) and not name.startswith("zh/")


@pytest.fixture(scope="module")
def complaints(browser: BrowserContext, address: str) -> list[str]:
    """Errors of the page that was opened last, and what it asked of other hosts."""
    found: list[str] = []
    browser.on("weberror", lambda raised: found.append(str(raised.error)))
    browser.on("console", lambda said: found.append(said.text) if said.type in ("error", "warning") else None)
    browser.on("requestfailed", lambda request: found.append(f"failed: {request.url}"))
    browser.on(
        "request",
        lambda request: found.append(request.url) if not request.url.startswith((address, "data:")) else None,
    )
    return found


@pytest.fixture(scope="module")
def tabs() -> list[Page]:
    """Keep the tab in which pages follow one another; a new one for each would take half as long again."""
    return []


@pytest.fixture(scope="module")
def page(browser: BrowserContext, address: str, name: str, complaints: list[str], tabs: list[Page]) -> Iterator[Page]:
    """Open each page once, most of them on a phone at once; all tests of a page follow one another.

    They go from what needs its charts to what does not, and each width is come to once.
    """

    def prepare(tab: Page) -> None:
        tab.emulate_media(media="null", reduced_motion="null")
        tab.set_viewport_size(DESK if _begins_wide(name) else PHONE)
        complaints.clear()

    page = opened(browser, address + name, prepare, tab=tabs.pop() if tabs else None)
    yield page
    page.goto("about:blank")  # what is still on its way fails before the next page is listened to
    tabs.append(page)


def test_a_page_is_quiet_and_asks_nobody(page: Page, complaints: list[str]) -> None:
    assert page.title()
    assert page.locator(f"html[lang={'zh-CN' if '/zh/' in page.url else 'en'}]").count()
    assert complaints == []


def test_every_chart_draws_and_says_what_it_shows(page: Page) -> None:
    charts = page.locator(CHART).count()
    assert page.locator(f"{CHART} .exhibit-live svg").count() == charts
    assert page.locator(f"{CHART}[data-live]").count() == charts
    texts = page.eval_on_selector_all(f"{CHART} [role=img]", "all => all.map(one => one.ariaLabel)")
    assert len(texts) == charts
    assert all(texts)
    assert page.locator(".exhibit-picture :is(a, button, input, [tabindex])").count() == 0, (
        "hidden from those who listen"
    )


@pytest.mark.usefixtures("once")
def test_the_frame_says_what_is_open_and_what_comes_first(page: Page, name: str) -> None:
    if not _begins_wide(name):
        pytest.skip("of the frame of its kind")
    toggles = page.locator("button.sidebar-toggle")
    expect(toggles.first).to_have_attribute("aria-expanded", re.compile("true|false"))  # when the page is at rest
    said = toggles.evaluate_all("all => all.map(one => one.ariaExpanded)")
    assert set(said) <= {"true", "false"}
    contents = page.locator(".bd-sidebar-secondary")
    if contents.count() and contents.is_visible():  # on the first page only a phone shows them
        after = "one => one.compareDocumentPosition(document.querySelector('article')) & 4"
        assert contents.evaluate(after), "in the order of reading"
        assert contents.evaluate("one => one.getBoundingClientRect().left > innerWidth / 2"), "and beside it to the eye"


CITE = ".gvc-cite:not(.gvc-cite-book *, #gvc-explorer *)"
#: What the foot says, how many exhibits have a number, and of the box of each its name, its reference and its entry.
CITING = f"""() => ({{
  foot: document.querySelector(".gvc-build").innerText,
  numbered: document.querySelectorAll("figure.exhibit-chart, .exhibit-table").length,
  boxes: [...document.querySelectorAll("{CITE}")].map((one) =>
    [one.querySelector("summary").ariaLabel, one.querySelector("p").textContent, one.querySelector("pre").textContent]),
}})"""


def test_each_exhibit_can_be_cited_and_the_page_says_what_it_is_built_from(page: Page, name: str) -> None:
    foot, label, text = CITED["/zh/" in page.url]
    said = page.evaluate(CITING)
    assert re.match(foot, said["foot"])
    assert len(said["boxes"]) == said["numbered"]
    for named, told, entry in said["boxes"]:
        assert re.match(label, named)
        assert re.match(text, told)
        assert "@incollection{gvc-" in entry
    if said["boxes"] and _of_a_kind(name):
        box = page.locator(CITE).first
        box.locator("summary").press("Enter")
        assert re.match(text, box.locator("p").inner_text())
        assert "@incollection{gvc-" in box.locator("pre").inner_text()
        box.locator("summary").press("Enter")


def test_a_reference_to_copy_says_whether_it_is_to_a_part(browser: BrowserContext, address: str) -> None:
    page = browser.new_page()
    for name, place, kind in (
        ("chapters/theory/waves.html", ".exhibit-source + .gvc-cite >> nth=0", "CHAP"),
        ("index.html", ".gvc-cite-book .gvc-cite", "ELEC"),
    ):
        page.goto(f"{address}{name}")
        page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
        page.locator(place).evaluate("one => { one.open = true; }")
        page.locator(place).get_by_role("button", name="Copy RIS").click()
        assert page.evaluate("window.copied").startswith(f"TY  - {kind}\n")
    page.close()


def test_of_many_values_the_page_says_how_many_it_shows(browser: BrowserContext) -> None:
    with built(browser, "chapters/theory/waves.html") as page:
        values = page.locator("#half-a-century details.exhibit-values")
        every = len(_written(SITE / "chapters/theory" / str(values.get_attribute("data-values")))) - 1
        assert every > 500
        values.locator("summary").click()
        assert re.findall(r"\d+", values.locator("p").inner_text().replace(",", ""))[:2] == ["500", str(every)]


@pytest.mark.usefixtures("once")
def test_values_stand_under_a_chart(page: Page, name: str) -> None:
    if not _of_a_kind(name):
        pytest.skip("of the form of its kind")
    for values in page.locator("details.exhibit-values").all()[:2]:
        values.locator("summary").press("Enter")
        values.locator("table").wait_for()
        rows = _written((SITE / name).parent / str(values.get_attribute("data-values")))
        assert values.locator("th").all_inner_texts() == rows[0]
        assert values.locator("tbody tr").count() == min(len(rows) - 1, 500)
        assert values.locator("tbody tr").first.locator("td").all_inner_texts() == rows[1]
        values.locator("summary").press("Enter")


def _written(script: Path) -> list[list[str]]:
    """Read the rows of the file to download that has the values of a script."""
    lines = script.with_suffix(".csv").read_text("utf-8").splitlines()
    return list(csv.reader(line for line in lines if line[0] != "#"))


def test_values_under_a_chart_are_those_that_can_be_downloaded(name: str) -> None:
    for chart in tree(name).iterfind(".//figure[@id]"):
        for values in chart.iterfind(".//details[@data-values]"):
            script = (SITE / name).parent / values.attrib["data-values"]
            called = re.fullmatch(r'exhibitValues\("([^"]+)", (.*)\);\n', script.read_text("utf-8"))
            assert called, script
            assert called[1] == chart.attrib["id"], "by which they find their place"
            assert json.loads(called[2]) == _written(script), script


#: Marks that begin a line, away from the formula or the word of the glossary before them.
TORN = r"""() => [...document.querySelectorAll("article .math, article .gvc-word")].flatMap((one) => {
  const next = one.nextSibling;
  if (!/^[^\s\w(“‘（《\u4e00-\u9fff]/.test(next?.data ?? "") || !one.checkVisibility()) return [];
  const range = document.createRange();
  range.setStart(next, 0);
  range.setEnd(next, 1);
  const [mark, word] = [range.getBoundingClientRect(), [...(one.querySelector("a") ?? one).getClientRects()].at(-1)];
  return mark.top > word.bottom - 4 ? [`${one.textContent.slice(0, 30)} / ${next.data.slice(0, 5)}`] : [];
})"""


#: Words of charts that reach beyond their drawing, but for its foot.
CLIPPED = """() => [...document.querySelectorAll("figure.exhibit-chart .exhibit-live svg")].flatMap((svg) => {
  const edge = svg.getBoundingClientRect();
  return [...svg.querySelectorAll("text")].filter((text) => {
    const { left, right, top } = text.getBoundingClientRect();
    return left < edge.left - 1 || right > edge.right + 1 || top < edge.top - 4;
  }).map((text) => text.textContent);
})"""


def test_a_phone_scrolls_in_one_direction(page: Page) -> None:
    if page.viewport_size != PHONE:
        page.set_viewport_size(PHONE)
        page.wait_for_timeout(300)  # charts follow the width
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    cut_off = page.eval_on_selector_all(
        f"{CHART} .exhibit-live svg", "all => all.filter(one => one.getBoundingClientRect().right > innerWidth).length"
    )
    for _ in range(10):  # one that has just been drawn is laid out anew
        if not (clipped := page.evaluate(CLIPPED)):
            break
        page.wait_for_timeout(300)
    assert wide <= 0
    assert cut_off == 0
    assert clipped == []
    assert page.evaluate(TORN) == []
    assert page.locator(".exhibit-picture :is(a, button, input, [tabindex])").count() == 0


#: When two frames have been drawn: widths that hang on their container's can be those of before until then.
AT_REST = "new Promise(done => { requestAnimationFrame(() => requestAnimationFrame(done)); setTimeout(done, 1000) })"
WIDTHS = "all => all.map(one => one.getBoundingClientRect().width)"
#: On paper: the colour of the page, how many drawings each chart shows, and what is cut off at the right.
PAPER = """() => ({
  ground: getComputedStyle(document.body).backgroundColor,
  shown: [...document.querySelectorAll("figure.exhibit-chart")].map((one) =>
    [...one.querySelectorAll(".exhibit-picture svg")].filter((svg) =>
      svg.closest(".exhibit-static, .exhibit-phone, .exhibit-live").checkVisibility()
      && svg.getBoundingClientRect().height).length),
  cut: [...document.querySelectorAll(".bd-article table, .pst-scrollable-table-container")].filter((one) =>
    one.scrollWidth > one.clientWidth + 1
    || one.getBoundingClientRect().right > one.closest("article").getBoundingClientRect().right + 1)
    .map((one) => `${one.localName} ${one.scrollWidth} in ${one.clientWidth} of ${innerWidth}: `
      + one.textContent.trim().slice(0, 40)),
})"""
#: Takes the drawings out, with what draws them anew for each width. What they hold is hidden from assistive technology.
OUT = """() => document.querySelectorAll(".exhibit-picture > *").forEach((one) => {
  const bare = one.cloneNode(true);
  bare.querySelectorAll("svg").forEach((svg) => svg.remove());
  one.replaceWith(bare);
})"""


def test_paper_is_white_shows_each_chart_once_and_cuts_no_column(page: Page, name: str) -> None:
    size = page.viewport_size
    drawn = page.eval_on_selector_all(f"{CHART} .exhibit-live svg", WIDTHS)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    # A4 between the margins of the PDF, which are the widest; as in print, where no chart is drawn for a new width.
    page.set_viewport_size({"width": 673, "height": 900})
    # A browser may say that a width is set before it is; and it need not draw frames for it meanwhile.
    page.wait_for_function("innerWidth === 673", polling=20)
    page.evaluate(AT_REST)
    paper = page.evaluate(PAPER)
    if _of_a_kind(name):
        page.set_viewport_size(size or DESK)
        page.emulate_media(media="screen")
        assert page.eval_on_selector_all(f"{CHART} .exhibit-live svg", WIDTHS) == drawn, "and on the screen as before"
    page.evaluate(OUT)  # nothing below looks at them
    page.emulate_media(media="screen")
    assert paper["ground"] == "rgb(255, 255, 255)"
    assert set(paper["shown"]) <= {1}
    assert paper["cut"] == []


#: Columns that are narrower than four Chinese signs, or three beside numbers, where a cell has more.
NARROW = r"""() => [...document.querySelectorAll("article table:not(.exhibit-cards)")].flatMap((table) => {
  const [columns, pen] = [[], document.createElement("canvas").getContext("2d")];
  for (const cell of [...table.rows].flatMap((row) => [...row.cells]).filter((cell) => cell.colSpan === 1)) {
    const [text, look] = [cell.textContent.trim(), getComputedStyle(cell)];
    const room = cell.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
    const signs = text.length > 12 ? text.length : (text.match(/[\u4e00-\u9fff]/g) ?? []).length;
    const needed = Math.min(cell.matches(".number") ? 3 : 4, signs);
    pen.font = `${look.fontSize} ${look.fontFamily}`;
    if (cell.checkVisibility() && room < (needed - 0.1) * pen.measureText("字").width) {
      columns[cell.cellIndex] = `${table.id} ${cell.cellIndex}: ${text.slice(0, 20)}`;
    }
  }
  return columns.filter(Boolean);
})"""


#: Hides what stands beside tables, which hangs on no table and no table on it, and is most of what is laid out anew.
BESIDE = """() => {
  window.beside = [...document.querySelectorAll("article section > :not([hidden], section, table, :has(table))")];
  beside.forEach((one) => { one.hidden = true });
}"""
SHOWN = "beside.forEach(one => { one.hidden = false })"
TABLES = "article table:not(.exhibit-cards)"


def test_no_column_of_a_chinese_table_is_a_sign_wide(page: Page, name: str) -> None:
    if not name.startswith("zh/"):
        pytest.skip("of Chinese pages")
    narrow = {}
    page.evaluate(BESIDE)
    for width in (800, 1280, 1920) if page.locator(TABLES).count() else ():
        page.set_viewport_size({"width": width, "height": 900})
        narrow[width] = page.evaluate(NARROW)
    page.evaluate(SHOWN)
    assert {width: columns for width, columns in narrow.items() if columns} == {}


@pytest.mark.parametrize("page", ["theory/drivers", "frontier/resilience"])
def test_a_formula_with_words_stands_in_each_language(page: str) -> None:
    texts = [(SITE / folder / f"chapters/{page}.html").read_text("utf-8") for folder in ("", "zh/")]
    english, chinese = (re.findall(r'<div class="math [^>]*>(.*?)</div>', text, re.DOTALL) for text in texts)
    assert len(english) == len(chinese)
    words = [[re.findall("<mtext>(.*?)</mtext>", one) for one in of] for of in (english, chinese)]
    assert list(map(len, words[0])) == list(map(len, words[1]))
    assert any(re.search("[\u4e00-\u9fff]", said) for one in words[1] for said in one)


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_no_chart_of_a_page_is_clipped_as_another_is(folder: str) -> None:
    clipped = 0
    for name in PAGES:
        file = SITE / name
        if name.startswith("zh/") != bool(folder):
            continue
        for figure in file.read_text("utf-8").split("<figure")[1:]:
            chart = figure.partition(' id="')[2].partition('"')[0]
            clips = re.findall(r'(?:clipPath id="|url\(#)([^")]+)', figure)
            assert {clip.rpartition("-clip")[0] for clip in clips} <= {chart, f"{chart}-phone"}, file.name
            clipped += bool(clips)
    assert clipped


def test_no_markup_shows(name: str) -> None:
    left_out = " or ".join(f"ancestor::{tag}" for tag in ("pre", "code", "script", "style", "math"))
    said = tree(name).xpath(f"//article//text()[not({left_out})]")
    raw = [one.strip() for one in said if re.search(r"\*\*|\]\(|\{[\w:-]+\}|`", one)]
    assert not raw


@pytest.mark.parametrize("folder", ["", "zh/"])
@pytest.mark.parametrize("old", MOVED)
def test_an_old_address_leads_on(browser: BrowserContext, address: str, folder: str, old: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}{folder}{old}.html?width=1#a-place")
    page.wait_for_url(f"{address}{folder}{MOVED[old]}.html?width=1#a-place")
    assert page.locator("article h1").count() == 1
    page.close()


def test_printing_draws_no_chart_again(browser: BrowserContext) -> None:
    page = opened(browser, (SITE / "chapters/theory/effects.html").as_uri())
    drawn = page.locator(f"{CHART} .exhibit-live svg")
    drawn.evaluate_all("all => all.forEach(one => { one.dataset.before = '' })")
    for media in ("print", "screen"):
        page.emulate_media(media=media)  # type: ignore[arg-type]
        page.wait_for_timeout(500)
    assert drawn.count() == page.locator(f"{CHART} .exhibit-live svg[data-before]").count() > 0
    page.close()


#: Words of a drawing by itself that leave it, and lines of its title and source that are not each below the one before,
#: or not clear of what is drawn between them.
CROWDED = """() => {
  const whole = document.querySelector("svg").getBoundingClientRect();
  const [drawing, words] = [...document.querySelectorAll("svg > g")];
  const lines = [...words.children].map((one) => [one, one.getBoundingClientRect()]);
  const out = [...document.querySelectorAll("text")].filter((one) => {
    const { left, right, bottom, width } = one.getBoundingClientRect();
    return width && (left < whole.left - 1 || right > whole.right + 1 || bottom > whole.bottom + 1);
  });
  const shapes = [...drawing.querySelectorAll("path, text, line, rect")].map((one) => one.getBoundingClientRect())
    .filter(({ width, height }) => width && height);
  const [top, end] = [Math.min(...shapes.map((one) => one.top)), Math.max(...shapes.map((one) => one.bottom))];
  const over = lines.filter(([, box], i) => i && box.top < lines[i - 1][1].top + 12);
  const inside = lines.filter(([, box]) => box.bottom > top + 1 && box.top < end - 1);
  return [...out, ...over.map(([one]) => one), ...inside.map(([one]) => one)].map((one) => one.textContent);
}"""


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_a_chart_to_download_holds_its_words(browser: BrowserContext, folder: str) -> None:
    page, crowded = browser.new_page(), {}
    files = sorted((SITE / folder / "_exhibits").glob("*.svg"))
    assert files
    for file in files:
        svg = file.read_text("utf-8")
        svg = svg if not folder else svg.replace("'Helvetica Neue'", "'Noto Sans CJK SC'")
        crowded[file.stem] = page.evaluate(f"svg => {{ document.body.innerHTML = svg; return ({CROWDED})() }}", svg)
    page.close()
    assert {name: words for name, words in crowded.items() if words} == {}


def test_every_link_arrives(name: str) -> None:
    lost = []
    for address in map(str, tree(name).xpath("//@href | //@src")):
        target = urlsplit(address)
        if target.scheme or target.netloc:
            continue
        # The page for what is not there is shown at any address, so it leads from the root.
        base = SITE if target.path.startswith("/") else (SITE / name).parent
        path = base / unquote(target.path).removeprefix("/") if target.path else SITE / name
        is_view = target.fragment.startswith(("measure=", "chart="))  # of the explorer
        anchor = "" if is_view else unquote(target.fragment)
        if not path.is_file() or (anchor and path.suffix == ".html" and anchor not in _anchors(path.resolve())):
            lost.append(target.geturl())
    assert lost == []


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_each_reference_leads_back_to_what_cites_it(folder: str) -> None:
    page = f"{folder}chapters/methods/bibliography.html"
    entries = parsed(page).select(".citation")
    assert entries
    for entry in entries:
        links = entry.select(".gvc-backlinks a")
        assert links, entry.get_text()
        for link in links:
            path, _, place = str(link["href"]).partition("#")
            citing = posixpath.normpath(f"{page}/../{path}") if path else page
            assert f"#{entry['id']}" in _leads(citing).get(place, ()), link


def test_works_that_a_page_cites_stand_on_its_paper_alone(browser: BrowserContext, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}chapters/theory/waves.html")
    works = page.locator(".gvc-works-cited p", has_text="Kojima, Kiyoshi. 1973. A Macroeconomic Approach")
    back = page.locator(".bibtex-citation a")
    assert not works.is_visible()
    page.emulate_media(media="print")
    assert works.is_visible()
    cited = back.evaluate_all("all => new Set(all.map(one => one.href)).size")
    assert page.locator(".gvc-works-cited p:visible").count() == cited + 1, "and their title"
    assert page.locator(".gvc-works-cited .gvc-word").count() == 0, "a title of a work uses no word of the book"
    page.close()


def test_what_folds_code_away_is_called_what_it_says(name: str) -> None:
    assert tree(name).xpath("//summary/@aria-label") == []


def test_a_page_says_in_a_sentence_what_it_is_about(name: str) -> None:
    said = tree(name).xpath("//meta[@name='description']/@content")
    if name.rpartition("/")[2] in ("404.html", "genindex.html", "search.html"):
        assert said == []
        return
    (description,) = said
    assert 20 <= len(description) <= 160
    assert re.search(r"[.。?？!！…]$", description)


@pytest.mark.usefixtures("once")
def test_a_page_loads_no_more_than_it_uses(name: str) -> None:
    page = tree(name)
    scripts = " ".join(page.xpath("//script/@src"))
    assert "fontawesome" not in scripts, "the fonts draw the same icons"
    assert "mathjax" not in scripts.lower() and "tex-" not in scripts
    assert all(formula.find("math") is not None for formula in page.find_class("math")), "formulas stand in the page"
    assert page.find(".//merror") is None, "each of them is understood"
    assert "/vega-" not in scripts, "it comes with the first chart that a reader is near"
    waiting = page.xpath("//script[not(@defer) and not(@async)]/@src")
    if name not in ("search.html", "genindex.html", "404.html"):
        assert [src.split("/")[-1].split("?")[0] for src in waiting] == ["documentation_options.js"]
    assert not any("document.write" in script.text_content() for script in page.iter("script"))
    icons = {part for classes in page.xpath("(//i | //span)/@class") for part in classes.split() if part[:3] == "fa-"}
    style = (SITE / "_static/web_fonts.css").read_text("utf-8")
    assert all(f".{icon}" in style for icon in icons)
    folded = [*page.find_class("toggle"), *page.find_class("sd-tab-set"), *page.find_class("dropdown")]
    assert not [one for one in folded if "dropdown" not in one.classes or "admonition" in one.classes], (
        "the scripts for these are left out"
    )
    assert (SITE / name).stat().st_size < 450_000
    needed = page.find_class("exhibit-chart") or page.xpath("//*[@id='gvc-what-if']")
    assert ("exhibits.js" in scripts) == bool(needed)


def test_every_picture_and_control_has_a_name(name: str) -> None:
    """On every page, as it is written; axe looks at pages of each kind, as scripts leave them."""
    page = tree(name)
    assert [dict(one.attrib) for one in page.iter("img") if "alt" not in one.attrib] == []
    named = "@aria-label or @title or .//img[@alt] or .//*[@aria-label]"
    found = page.xpath(f"(//a[@href] | //button | //summary)[not({named}) and not(normalize-space())]")
    assert [dict(one.attrib) for one in found] == []


def test_chinese_pages_have_tables_whose_columns_are_looked_at() -> None:
    assert sum(len(tree(name).xpath("//article//table")) for name in PAGES if name.startswith("zh/")) > 50


def test_each_part_of_a_card_but_its_name_says_what_it_is(name: str) -> None:
    tables = [
        one for one in tree(name).find_class("exhibit-worded") if "exhibit-cards" not in one.attrib["class"].split()
    ]
    cells = [cell for table in tables for cell in table.xpath("./tbody/tr/*[self::th or self::td][position() > 1]")]
    said = [cell.text_content() for cell in cells if not cell.get("data-label")]
    assert [text for text in said if text.strip()] == []


@pytest.mark.parametrize("by", ["mouse", "touch", "keyboard"])
def test_a_chart_is_drawn_when_a_reader_is_there(browser: BrowserContext, address: str, by: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "index.html")
    chart = page.locator(CHART).first
    page.set_viewport_size({"width": 1280, "height": 3000})  # which brings the chart into view, with nobody there
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    assert chart.locator(".exhibit-static svg").is_visible()
    assert not [url for url in asked if "/vega-" in url or url.endswith(".live.js")]
    if by == "mouse":
        page.mouse.move(300, 300)
    elif by == "touch":
        point = {"type": "touchStart", "touchPoints": [{"x": 300, "y": 300}]}
        page.context.new_cdp_session(page).send("Input.dispatchTouchEvent", point)
    else:
        page.keyboard.press("Tab")
    chart.locator(".exhibit-live svg").wait_for()
    assert not chart.locator(".exhibit-static").is_visible()
    page.close()


#: Marks two of each look of text that no page before has had: what has the same colour, size and weight, and stands
#: below the same tags and classes, has the same contrast, and axe takes most of its time for that.
LOOKS = """(before) => {
  const seen = Object.fromEntries(before.map((look) => [look, 2]));
  for (const one of document.querySelectorAll("body *")) {
    if (![...one.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim())) continue;
    if (!one.checkVisibility()) continue;
    const { color, fontSize, fontWeight } = getComputedStyle(one);
    const look = [color, fontSize, fontWeight];
    for (let part = one; part !== document.body; part = part.parentElement) {
      look.push(part.localName, part.className, part.getAttribute("style"));
    }
    seen[look] = (seen[look] ?? 0) + 1;
    one.toggleAttribute("data-look", seen[look] <= 2);
  }
  return Object.keys(seen);
}"""
COLOURS: dict[str, Any] = {
    "context": {"include": [["[data-look]"]]},
    "options": {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]},
}
REST: dict[str, Any] = {
    "options": {
        "rules": {rule: {"enabled": False} for rule in COLOURS["options"]["runOnly"]},
        "resultTypes": ["violations"],
    },
}
#: Keeps the first of what is all alike: rows of a table, formulas, cells of code.
FEWER = """() => {
  document.querySelectorAll("table tr:nth-child(n + 11)").forEach((one) => one.remove());
  for (const kind of ["math", "pre"])
    [...document.querySelectorAll(kind)].slice(5).forEach((one) => one.replaceChildren());
}"""
#: Empties what holds none of the marked text, and can be seen, for axe goes through all of a page; and fills it again.
EMPTIED = """() => {
  const kept = new Set();
  for (const one of document.querySelectorAll("[data-look]")) {
    // A link is compared to the words around it.
    const around = one.matches("a") ? one.closest("p, li, td, th, dt, dd, caption, figcaption") : null;
    (around ?? one).querySelectorAll("*").forEach((part) => kept.add(part));
    for (let part = one; part; part = part.parentElement) kept.add(part);
  }
  window.emptied = [...document.body.querySelectorAll("*")]
    .filter((one) => !kept.has(one) && kept.has(one.parentElement) && one.childNodes.length && one.checkVisibility())
    .map((one) => [one, [...one.childNodes]]);
  emptied.forEach(([one]) => one.replaceChildren());
}"""
FILLED = "emptied.forEach(([one, parts]) => one.replaceChildren(...parts))"


@pytest.fixture(scope="module")
def looks() -> dict[str, set[str]]:
    """By theme the looks of text that have been looked at."""
    return {"light": set(), "dark": set()}


def _violations(page: Page, part: dict[str, Any]) -> list[tuple[str, list[str]]]:
    page.mouse.move(1, 1)  # away from what shows a link to itself
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)  # half a megabyte, which its own method runs anew each time
    found = page.evaluate("({ context = document, options }) => axe.run(context, options)", part)["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found]


def _unreadable(page: Page, theme: str, looks: dict[str, set[str]]) -> list[tuple[str, list[str]]]:
    looks[theme].update(page.evaluate(LOOKS, sorted(looks[theme])))
    if not page.locator("[data-look]").count():
        return []
    page.evaluate(EMPTIED)
    found = _violations(page, COLOURS)
    page.evaluate(FILLED)
    return found


def _read_by(page: Page, theme: str) -> None:
    page.emulate_media(reduced_motion="reduce")  # else colours fade over
    page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
    page.evaluate(FEWER)


# Both languages have the same form and the same colours: colours are looked at once in each theme, on the English page,
# and what else the width changes on the Chinese one. These are the last to look at a page, which they leave spoiled.


@pytest.mark.usefixtures("once")
def test_everyone_can_read_it_by_day(page: Page, name: str, looks: dict[str, set[str]]) -> None:
    page.set_viewport_size(DESK)
    _read_by(page, "light")
    rest = _violations(page, REST) if _of_a_kind(name) else []
    assert rest + _unreadable(page, "light", looks) == []


def test_everyone_can_read_it_by_night(page: Page, name: str, looks: dict[str, set[str]]) -> None:
    if name.startswith("zh/") and not _of_a_kind(name):
        pytest.skip("of the form of its kind")
    page.set_viewport_size({"width": 320, "height": 900})
    _read_by(page, "dark")
    if "/zh/" in page.url:
        page.wait_for_timeout(600)  # what scrolls at this width can then be reached by keyboard
        assert _violations(page, REST) == []
    else:
        assert _unreadable(page, "dark", looks) == []


def _found(page: Page, words: str) -> list[tuple[str, str]]:
    """Say what the field finds, titles and places. It is emptied first, which closes what was found before."""
    field = page.locator("form.gvc-search input")
    if page.locator(".gvc-found:visible").count():
        field.fill("")
        page.locator(".gvc-found:visible").wait_for(state="hidden")
    field.fill(words)
    page.locator(".gvc-found:visible").wait_for()
    links = page.locator(".gvc-found:visible a")
    found = links.evaluate_all(
        "all => all.map(one => [one.querySelector('strong').innerText, one.getAttribute('href')])"
    )
    return [(title, place) for title, place in found]


def test_the_search_field_finds_what_readers_call_things(browser: BrowserContext, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}chapters/theory/waves.html")
    title, place = _found(page, "link index")[0]
    assert "link index" in title.lower()
    assert "/chapters/methods/glossary.html#glossary-" in place
    assert _found(page, "Vietnam")[0][0] == "Viet Nam (VNM)"
    assert any("flying geese" in title for title, _ in _found(page, "雁行"))
    assert any("modes.html" in place for _, place in _found(page, "雁行")), "prose, not only titles"
    assert "Lü" in page.request.get(f"{address}chapters/methods/bibliography.html").text()
    assert _found(page, "Lu Yue"), "without marks on letters"
    assert _found(page, "keep(") == _found(page, "keep"), "code is not searched"
    assert _found(page, "exporter's"), "and an ending more does no harm"
    assert _found(page, "qqqzzz") == []
    assert not any("/zh/" in place for _, place in _found(page, "Krugman")), "after Chinese words, too"
    page.close()


def test_the_search_field_finds_names_that_the_index_parts_elsewhere(browser: BrowserContext, address: str) -> None:
    page = browser.new_page()
    for name in ("zh/chapters/theory/waves.html", "chapters/theory/waves.html"):
        page.goto(f"{address}{name}")
        found = _found(page, "克鲁格曼")
        assert any("克鲁格曼的新经济地理研究" in title for title, _ in found)
        found = _found(page, "雁行")
        assert len(set(found)) == len(found) > 1, "each once"
        works = ["/bibliography" in place for _, place in found]
        assert works == sorted(works), "works come last"
    page.close()


@pytest.mark.parametrize("folder", ["", "zh/"], ids=["English", "Chinese"])
@pytest.mark.parametrize(
    "case",
    [
        ("tarrif", "tariff", ""),
        ("value aded", "value added", "glossary"),
        ("relocaton", "relocation", ""),
        ("Leontif", "leontief", "glossary"),
        ("Vietnm", "vietnam", "glossary"),
        ("TiVA", "", "tasks|api"),
        ("附加值", "", ""),
        ("里昂惕夫", "", "glossary"),
        ("雁行", "", "theory/modes"),
    ],
)
def test_the_search_field_forgives_a_letter_and_stays_in_its_language(
    browser: BrowserContext, address: str, folder: str, case: tuple[str, str, str]
) -> None:
    typed, read, place = case
    page = browser.new_page()
    page.goto(f"{address}{folder}chapters/theory/waves.html")
    found = _found(page, typed)
    assert found
    assert re.search(place, found[0][1])
    assert (f"“{read}”" in page.locator(".gvc-found:visible .gvc-found-count").inner_text()) == bool(read)
    assert {"/zh/" in one for _, one in found} == {bool(folder)}
    said = page.locator(".gvc-found:visible").inner_text()
    assert "¶" not in said
    assert "import gvc" not in said, "no code"
    page.close()


def test_no_pair_that_is_found_leads_to_a_refused_view(browser: BrowserContext, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}chapters/explorer.html")
    page.wait_for_selector("#gvc-explorer[data-shown]")
    refused = page.evaluate(
        "Object.values(gvcBook.economies).filter((code) => !gvcExplorer.index.address.origin.one.includes(code))"
    )
    assert refused == []
    for words in ("China Mexico 1950", "China Mexico 2022", "ASEAN India 2099 2016"):
        _title, place = _found(page, words)[0]
        assert ("from=" in place) == ("1950" not in words)
        page.goto(place)
        page.reload()
        page.wait_for_selector("#gvc-explorer[data-shown]")
        assert page.locator(".gvc-explorer-wrong").is_hidden()
        assert page.locator("#gvc-explorer svg").count() == 1
    page.close()


@pytest.mark.parametrize(("folder", "words"), [("", "Leontief"), ("zh/", "增加值")])
def test_the_page_of_results_shows_no_code_and_no_foreign_word(
    browser: BrowserContext, address: str, folder: str, words: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}{folder}search.html?q={words}")
    page.locator("#search-results li a").first.wait_for()
    expect(page.locator("#search-results .search-summary")).to_be_visible()
    said = page.locator("#search-results").inner_text()
    assert "¶" not in said
    assert "import gvc" not in said, "no code"
    page.locator("#search-results li a").first.click()
    page.wait_for_load_state()
    page.wait_for_timeout(300)
    assert "Hide Search Matches" not in page.locator("body").inner_text()
    page.close()


def test_the_search_field_works_by_keyboard(browser: BrowserContext, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}index.html")
    _found(page, "Akamatsu")
    page.keyboard.press("ArrowDown")
    page.locator(".gvc-found:visible li:first-child a:focus").wait_for()
    page.keyboard.press("Escape")
    page.locator(".gvc-found").first.wait_for(state="hidden")
    page.locator("form.gvc-search input:focus").wait_for()
    page.locator("form.gvc-search input").fill("Vietnam")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary.html*")
    page.close()


def test_all_that_is_found_can_be_reached(browser: BrowserContext, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}index.html")
    assert len(_found(page, "tariff")) == 8
    more = page.locator(".gvc-found:visible > button")
    left = int(re.sub(r"\D", "", more.inner_text()))
    more.click()
    page.wait_for_timeout(300)  # what closes the list does so after the focus has moved
    titles = page.locator(".gvc-found:visible strong").all_inner_texts()
    assert len(titles) == 8 + left > 16
    assert page.locator(".gvc-found li:nth-child(9) a:focus").count() == 1
    places = page.locator(".gvc-found:visible a").evaluate_all("all => all.map(one => one.href)")
    works = [number for number, place in enumerate(places) if "/bibliography" in place]
    assert works == list(range(len(places) - len(works), len(places))), "works come last"
    terms = [title for title, place in zip(titles, places, strict=True) if "/glossary.html#" in place]
    assert len(set(terms)) == len(terms), "a term once"
    # What is read from the network at once is limited, what can be reached is not.
    page.locator("form.gvc-search input").fill("China")
    page.locator(".gvc-found:visible > button").filter(has_text="Show all").click()
    page.wait_for_function("document.querySelectorAll('.gvc-found:not([hidden]) li').length > 60")
    page.close()


def test_what_is_found_is_told_in_prose(browser: BrowserContext, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}index.html")
    for words in ("Viet Nam", "explorer", "Leontief"):
        _found(page, words)
        said = " ".join(page.locator(".gvc-found:visible span").all_inner_texts())
        assert not re.search(r"Show all code|Open in the explorer|Own computation|\bCode [A-Z]|Values Source", said)
    page.close()


def test_a_first_screen_sells_the_book(browser: BrowserContext) -> None:
    with built(browser, "index.html") as page:
        for part in (
            ".bd-article h1",
            ".gvc-byline",
            ".bd-article p:has(> strong)",
            ".gvc-doors",
            ".gvc-share-of [data-chart]",
        ):
            box = page.locator(part).first.bounding_box()
            assert box and box["height"] > 10, part
            assert box["y"] + box["height"] <= 900, part
        assert page.locator(".gvc-doors a").count() == 3
        assert page.locator('.gvc-byline a[href="#cite"]').count() == page.locator("#cite").count() == 1


def test_code_is_copied_without_a_pointer_over_it(touched: BrowserContext) -> None:
    with built(touched, "chapters/northeast_asia/interregional.html") as page:
        code = page.locator("details.gvc-code").first
        code.locator("summary").click()
        button = code.get_by_role("button")
        expect(button).to_have_css("opacity", "1")
        assert button.get_attribute("data-clipboard-target")


def test_cards_keep_their_text_off_their_edge(browser: BrowserContext) -> None:
    with built(browser, "chapters/northeast_asia/claims.html") as page:
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            card = page.locator("table.exhibit-cards tbody tr").first
            outer, inner = card.bounding_box(), card.locator("th p").bounding_box()
            assert outer and inner
            assert inner["x"] - outer["x"] >= 10, width
        page.set_viewport_size(DESK)


def test_a_statement_is_found_among_all_tables(browser: BrowserContext) -> None:
    with built(browser, "chapters/northeast_asia/claims.html") as page:
        place = page.locator(".gvc-find-statement")
        soup = parsed("chapters/northeast_asia/claims.html")
        rows = [row for table in soup.select("table.exhibit-cards") for row in table.select("tbody > tr")]
        count = place.get_by_role("status")
        assert count.inner_text() == f"{len(rows)} of {len(rows)} statements"
        assert place.locator("li").count() == len(rows)
        assert not place.locator("ol").is_visible(), "before anything is asked"
        part, verdict = place.locator("select").all()
        assert part.locator("option").count() == 1 + len(soup.select("table.exhibit-cards"))
        close = [row for row in rows if "the size is uncertain" in row.select_one(".exhibit-chip").text]
        verdict.select_option("supported; the size is uncertain")
        assert count.inner_text() == f"{len(close)} of {len(rows)} statements"
        part.select_option("Statements on ties within Northeast Asia")
        within = [row for row in close if row.find_parent("table")["id"] == "claims-within"]
        assert count.inner_text() == f"{len(within)} of {len(rows)} statements"
        assert 0 < len(within) < len(close)
        part.select_option("")
        verdict.select_option("")
        place.get_by_label("Find a statement").fill("mongolia")
        named = [row for row in rows if "mongolia" in row.text.lower()]
        assert count.inner_text() == f"{len(named)} of {len(rows)} statements"
        assert len({row.find_parent("table")["id"] for row in named}) > 1, "in more than one table"
        # Its own table hides the card that the list leads to, until the list does.
        page.locator(".exhibit-table .exhibit-search-bar input").first.fill("qqq")
        first = place.locator("li a").first
        identity = str(first.get_attribute("href")).removeprefix("#")
        first.click()
        expect(page.locator(f'[id="{identity}"]')).to_be_in_viewport()


@pytest.mark.parametrize("asked", ["%", "%E4%A", "%~1~2", "constructor~0~0"])
def test_no_address_of_a_chapter_stops_its_scripts(browser: BrowserContext, address: str, asked: str) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}chapters/frontier/relocation.html")
    for _ in range(2):
        page.evaluate("asked => { location.hash = asked }", asked)
        page.wait_for_timeout(100)
        page.reload()
    assert errors == []
    page.close()


def test_from_a_folder_the_search_field_leads_to_the_page_of_results(browser: BrowserContext) -> None:
    page = browser.new_page()
    page.goto((SITE / "chapters" / "in_brief.html").as_uri())
    page.locator("form.gvc-search input").fill("Mexico")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=Mexico")
    page.locator("ul.search li a").first.wait_for()
    page.close()


@pytest.mark.parametrize("folder", ["", "zh/"])
@pytest.mark.parametrize("word", ["constructor", "__proto__", "toString", "hasOwnProperty", "Krugman"])
def test_the_page_of_results_answers_any_word(browser: BrowserContext, address: str, folder: str, word: str) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}{folder}search.html?q={word}")
    expect(page.locator("#search-results .search-summary")).not_to_be_empty()
    assert errors == []
    assert bool(page.locator("#search-results li a").count()) == (word == "Krugman")
    page.close()


def test_what_is_said_of_a_chart_follows_its_slider(browser: BrowserContext) -> None:
    page = browser.new_page()
    page.goto((SITE / "chapters/theory/modes.html").as_uri())
    draw_all(page, "#tomahawk")
    chart = page.locator("#tomahawk")
    picture, slider = chart.locator("[role=img]"), chart.locator("input[type=range]").first
    base = str(picture.get_attribute("aria-label"))
    turn = "(one, to) => { one.value = to; one.dispatchEvent(new Event('input')) }"
    start = slider.input_value()
    other = next(str(slider.get_attribute(end)) for end in ("min", "max") if slider.get_attribute(end) != start)
    slider.evaluate(turn, other)
    page.wait_for_timeout(500)
    turned = str(picture.get_attribute("aria-label"))
    assert turned.startswith(base)
    assert other in turned.removeprefix(base)
    slider.evaluate(turn, start)
    page.wait_for_timeout(500)
    assert picture.get_attribute("aria-label") == base
    page.close()


#: Charts with sliders by page.
TURNED = {
    "chapters/theory/drivers.html": {
        "dfs-border": drivers.border,
        "product-cycle": drivers.generation,
        "kojima-trade": drivers.transfer_and_trade,
    },
    "chapters/theory/newer.html": {
        "where-firms-buy": newer.where_firms_buy,
        "where-stages-go": newer.where_stages_go,
        "temporary-shock": newer.temporary,
        "care": newer.care,
        "duties-along-chains": newer.duties_along_chains,
    },
    "chapters/theory/modes.html": {
        "stages": stages.turned,
        "rings": modes.land,
        "tomahawk": modes.one_country,
        "corners": modes.corners,
        "between-countries": modes.two_countries,
        "leaving": modes.leaving,
        "spreading": modes.spreading,
        "serving": modes.serving,
    },
}


def _to_the_end(page: Page, slider: Locator, means: str, *, right: bool) -> None:
    """Turn a slider to one of its ends by mouse, keyboard or touch."""
    slider.scroll_into_view_if_needed()
    if means == "keyboard":
        slider.press("End" if right else "Home")
        return
    box = slider.bounding_box()
    assert box
    y, middle, end = (
        box["y"] + box["height"] / 2,
        box["x"] + box["width"] / 2,
        box["x"] + (box["width"] if right else 0),
    )
    if means == "mouse":
        page.mouse.move(middle, y)
        page.mouse.down()
        page.mouse.move(end, y)
        page.mouse.up()
        return
    finger = page.context.new_cdp_session(page)
    for kind, places in (("touchStart", [middle]), ("touchMove", [end]), ("touchEnd", [])):
        touched = {"type": kind, "touchPoints": [{"x": x, "y": y} for x in places]}
        finger.send("Input.dispatchTouchEvent", touched)
    finger.detach()


# All sliders are the browser's own: that they can be dragged is seen on the first chart of one page.
@pytest.mark.parametrize(
    ("means", "path"),
    [
        *(("keyboard", path) for path in TURNED),
        *((means, "chapters/theory/drivers.html") for means in ("mouse", "touch")),
    ],
)
def test_a_slider_reaches_its_ends_and_the_sentence_follows(touched: BrowserContext, path: str, means: str) -> None:
    charts = TURNED[path] if means == "keyboard" else dict([next(iter(TURNED[path].items()))])
    page = opened(touched, (SITE / path).as_uri(), charts=CHART if means == "keyboard" else f"#{next(iter(charts))}")
    if means == "keyboard":
        assert page.locator(f"{CHART}:has(input[type=range])").count() == len(charts)
    for name, turned in charts.items():
        made = turned()
        beside, now = page.locator(f"#{name} .exhibit-sentence").all()
        assert beside.inner_text() == sliders.saying(made)
        for slider, (knob, places) in zip(page.locator(f"#{name} input").all(), made["knobs"].items(), strict=True):
            base = slider.input_value()
            for end in (places.low, places.high):
                _to_the_end(page, slider, means, right=end == places.high)
                assert float(slider.input_value()) == pytest.approx(end)
                if end != places.base:
                    expect(now).to_have_text(sliders.saying(made, **{knob: end}))
                    expect(beside).to_be_hidden()
            slider.evaluate("(one, to) => { one.value = to; one.dispatchEvent(new Event('input')) }", base)
            expect(now).to_have_text(sliders.saying(made))
    page.close()


def test_on_paper_and_without_scripts_the_sentence_is_that_of_the_base_case(
    browser: BrowserContext, browser_without_scripts: BrowserContext
) -> None:
    base = (
        "At a trade cost of 1.70 an even spread and a core in either region are stable; a region draws in the rest "
        "once it has 83 per cent of industry."
    )
    page = browser.new_page()
    page.goto((SITE / "chapters/theory/modes.html").as_uri())
    draw_all(page, "#tomahawk")
    page.locator("#tomahawk input").first.press("Home")
    beside, now = page.locator("#tomahawk .exhibit-sentence").all()
    expect(now).to_have_text(
        "At a trade cost of 1.10 only a core in either region is stable, since an even spread breaks at 1.63."
    )
    page.emulate_media(media="print")
    assert (beside.inner_text(), now.is_visible()) == (base, False)
    page.close()
    page = browser_without_scripts.new_page()
    page.goto((SITE / "chapters/theory/modes.html").as_uri())
    assert page.locator("#tomahawk .exhibit-sentence:visible").all_inner_texts()[0] == base
    page.close()


def test_the_sentence_follows_in_chinese(browser: BrowserContext) -> None:
    page = browser.new_page()
    page.goto((SITE / "zh/chapters/theory/modes.html").as_uri())
    draw_all(page, "#tomahawk")
    page.locator("#tomahawk input").first.press("End")
    now = page.locator("#tomahawk [aria-live]")
    expect(now).not_to_be_empty()
    assert sorted(re.findall(r"\d+\.\d+", now.inner_text())) == ["1.81", "2.50"]
    page.close()


@functools.cache
def _leads(name: str) -> dict[str, set[str]]:
    """Say for each element of a page with an id where the links in it lead on their page."""
    found: dict[str, set[str]] = {}
    for link in tree(name).xpath("//a[contains(@href, '#')]"):
        place = "#" + link.attrib["href"].partition("#")[2]
        for around in link.xpath("ancestor-or-self::*/@id"):
            found.setdefault(str(around), set()).add(place)
    return found


@functools.cache
def _anchors(path: Path) -> set[str]:
    return {*map(str, tree(path.relative_to(SITE.resolve()).as_posix()).xpath("//@id")), "top"}


def test_each_chart_comes_as_a_picture(name: str) -> None:
    for chart in tree(name).xpath("//figure[@id]"):
        if "exhibit-chart" in chart.get("class", "").split():
            assert len([svg for place in chart.find_class("exhibit-static") for svg in place.iter("svg")]) == 1


@pytest.mark.parametrize("path", ["index.html", "chapters/theory/modes.html", "zh/chapters/theory/waves.html"])
def test_without_scripts_the_pictures_are_seen(browser_without_scripts: BrowserContext, path: str) -> None:
    page = browser_without_scripts.new_page()
    page.goto((SITE / path).as_uri())
    pictures = page.locator(f"{CHART} .exhibit-static svg").all()
    assert len(pictures) == page.locator(CHART).count() > 0
    assert all(picture.is_visible() for picture in pictures)
    page.close()


def test_the_book_has_charts_and_draws_them_from_a_folder(browser: BrowserContext) -> None:
    drawn = [name for name in PAGES if "exhibit-chart" in (SITE / name).read_text("utf-8")]
    assert drawn, "no page of _build/html has a chart; was the book built?"
    page = opened(browser, (SITE / drawn[0]).as_uri())
    assert page.locator(f"{CHART} .exhibit-live svg").count() == page.locator(CHART).count()
    page.close()


def _words(texts: list[str]) -> list[list[str]]:
    """Return the labels of each drawing in an order of their own: ticks are drawn in any."""
    return [sorted(text.split("\n")) for text in texts]


def test_a_slider_stays_where_it_was_when_a_phone_is_turned(browser: BrowserContext) -> None:
    page = opened(browser, (SITE / "chapters/theory/modes.html").as_uri())
    sliders = page.locator(f"{CHART} input[type=range]")
    most = sliders.evaluate_all(
        "all => all.map(one => { one.value = one.max; one.dispatchEvent(new Event('input')); return one.value })"
    )
    drawings = page.locator(f"{CHART}:has(input) .exhibit-live")
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
