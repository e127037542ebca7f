"""The extension: a small book with the real configuration."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag
from docutils import nodes
from docutils.utils import new_document
from myst_nb.core.render import MimeData
from playwright.sync_api import expect
from sphinx.errors import ExtensionError

from book import extension
from book.building import dependencies
from book.pages import bibliography
from exhibits import extension as own
from exhibits.render import Exhibit, ExhibitRenderer, by_page
from exhibits.translation import Lexicon
from industrial_chains.charting import charts, tables
from tests import hostile, small_books

ROOT = Path(__file__).parents[2]
DATA = pd.DataFrame({"economy": ["CHN"], "share": [1.0]})
DATA_SHOWN = pd.DataFrame({"economy": ["CHN", "JPN"], "share": [60.1235, 40.0]})

#: Elements of the pictures: none that runs, loads or links.
_DRAWN = {"svg", "rect", "g", "path", "text", "tspan", "line", "defs", "clipPath", "title"}
HEAD = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n---\n"
PAGES = {
    "index": """# A book

{numref}`table-2`, {numref}`first` and {cite:t}`li2025` in one sentence.

```{chapter-cards}
```
""",
    "chapters/one": HEAD
    + """# One

*China leads Japan*

```{code-cell} python
:tags: [hide-cell]
away = 1
"nobody reads this"
```

```{code-cell} python
:tags: [hide-input]
import pandas as pd
from industrial_chains.charting import charts
from exhibits.tables import table
data = pd.DataFrame({"economy": ["CHN", "JPN"], "share": [60.123456, 40.0]})
charts.bars(data, "economy", "share", name="first", title="China & Japan", subtitle="Per cent",
            source="Invented <here>.", alt='Two "bars".')
```

```{code-cell} python
table(data.set_index("economy"), name="early", caption="Before the article's", source="Invented.")
```

```{code-cell} python
:tags: [hide-input]
table(data, name="plain", caption="Not counted", source="Invented.", numbered=False)
```

```{code-cell} python
from exhibits.tables import Cards, Search
said = pd.DataFrame({"Statement": ["A rises."], "Verdict": ["holds"], "Evidence": ["1 of 1"], "Years": ["–"]})
table(said.set_index("Statement"), name="dealt", caption="Dealt", source="Invented.", numbered=False,
      search=Search("Search", "Word", "{0} of {1}", by=(1,)), cards=Cards(("said-a",), ("#0aa568",), folded=(2, 3)))
```
""",
    "chapters/two": HEAD
    + """# Two

Inline $x$. More in {doc}`one`; see {numref}`table-2`.

```{code-cell} python
import pandas as pd
from exhibits.tables import table
from exhibits.text import Myst
index = pd.Index([Myst("$r$")], name="Row")
data = pd.DataFrame({("A", "x"): [1.5], ("A", "y"): [2.5], ("B", "z"): [None]}, index=index)
table(data, name="table-2", caption=Myst("With $v$"), source=Myst("{cite:t}`li2025`."),
      notes=Myst("A [link](https://example.org/)."))
```

```{code-cell} python
:tags: [hide-input, hide-output]
shown = data
from industrial_chains import data
number = data.table("numbers")["a"][0]
table(shown, name="late", caption=f"After it, the number {number}", source="Invented.")
```
""",
    "chapters/three": HEAD
    + """# Three

Prose is no template: c{{6*7}}d.

```{code-cell} python
import json
import pandas as pd
from IPython.display import Markdown
from industrial_chains.charting import charts
from exhibits.tables import table
from exhibits.text import escape

words = json.load(open("words.json"))
every = " ".join(words)
rows = [(word, other, 1.0 + at) for at, word in enumerate(words) for other in words[:2]]
data = pd.DataFrame(rows, columns=["row", "column", "value"])
said = {"title": every, "subtitle": every, "source": every, "alt": every}
charts.bars(data[::2], "row", "value", name="bars", **said)
```

```{code-cell} python
charts.heatmap(data, "column", "row", "value", name="heat", **said)
```

```{code-cell} python
charts.stacked(data, "column", "value", "row", name="stack", **said)
```

```{code-cell} python
moments = pd.concat([data.assign(year=year) for year in (2017, 2021)])
charts.lines(moments, "year", "value", "row", facet="column", name="line", **said)
```

```{code-cell} python
wide = data.pivot(index="row", columns="column", values="value").assign(said=words)
wide.columns = pd.MultiIndex.from_tuples([(every, column) for column in wide.columns])
table(wide.rename_axis(index=every), name="grid", caption=every, source=every, notes=every)
```

```{code-cell} python
Markdown(escape(every))
```
""",
}


def _build(book: Path) -> str:
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(book), "-n", "-W", "--keep-going"]
    env = {**os.environ, "GVC_DATA": str(book / "data")}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    return f"{done.stdout}\n{done.stderr}\nexit code {done.returncode}"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = tmp_path_factory.mktemp("book")
    config = (ROOT / "_config.yml").read_text("utf-8")
    assert config.count('baseurl: ""') == 1
    (book / "_config.yml").write_text(config.replace('baseurl: ""', 'baseurl: "https://example.org/book/"'), "utf-8")
    (book / "book/static").mkdir(parents=True)
    shutil.copy(ROOT / "book/static/favicon.svg", book / "book/static")
    small_books.lend_fonts(book)
    (book / "data").mkdir()
    (book / "data/numbers.csv").write_text("a\n1\n", "utf-8")
    for name in ("terms.csv", "definitions.csv", "synonyms.csv"):
        shutil.copy(ROOT / "data" / name, book / "data")
    (book / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n- file: chapters/one\n- file: chapters/two\n- file: chapters/three\n",
        "utf-8",
    )
    (book / "references.bib").write_text(
        "@article{li2025, author={Li, Qingru}, title={On}, year={2025}, journal={J}}\n", "utf-8"
    )
    for name, text in PAGES.items():
        page = book / f"{name}.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text(text + ("\n```{bibliography}\n```\n" if name == "index" else ""), "utf-8")
    (book / "chapters/words.json").write_text(json.dumps([*hostile.words(book), hostile.lines(book)]), "utf-8")
    (book / "secret.txt").write_text(hostile.SECRET, "utf-8")
    log = _build(book)
    assert "exit code 0" in log, log
    return book


@pytest.fixture(scope="module")
def pages(book: Path) -> dict[str, BeautifulSoup]:
    site = book / "_build/html"
    return {name: BeautifulSoup((site / f"{name}.html").read_text("utf-8"), "html.parser") for name in PAGES}


def _one(within: BeautifulSoup | Tag, selector: str) -> Tag:
    (found,) = within.select(selector)
    return found


def test_a_chart_is_a_numbered_figure_with_a_picture_for_everyone(pages: dict[str, BeautifulSoup]) -> None:
    figure = _one(pages["chapters/one"], "figure#first")
    assert " ".join(_one(figure, "figcaption").get_text().split()).startswith("Figure 1 China & Japan Per cent")
    parts = [part.name for part in figure.find_all(recursive=False)]
    assert parts[0] == "figcaption"  # after the picture it would push that down
    assert "div" in parts
    assert _one(figure, "[role=img]")["aria-label"] == 'Two "bars". China: 60.1; Japan: 40.0.'
    static = str(_one(figure, ".exhibit-static svg"))
    assert "China &amp; Japan" not in static  # the caption says it
    assert "var(--pst-color-text-base)" in static
    assert "Source: Invented <here>." in _one(figure, ".exhibit-source").get_text()


def test_what_is_downloaded_stands_on_its_own(book: Path) -> None:
    folder = book / "_build/html/_exhibits"
    svg = (folder / "first.svg").read_text("utf-8")
    assert all(words in svg for words in ("China &amp; Japan", "Per cent", "Source: Invented &lt;here&gt;."))
    assert "var(" not in svg
    assert ElementTree.fromstring(svg).get("aria-label") == 'Two "bars". China: 60.1; Japan: 40.0.'
    assert (folder / "first.png").read_bytes().startswith(b"\x89PNG")
    numbers = "economy,share\nCHN,60.1235\nJPN,40\n"
    assert (folder / "first.csv").read_text("utf-8") == (
        f"# China & Japan\n# Per cent\n# Source: Invented <here>.\n{numbers}"
    )
    assert (folder / "early.csv").read_text("utf-8") == f"# Before the article's\n# Source: Invented.\n{numbers}"
    pd.testing.assert_frame_equal(pd.read_csv(folder / "first.csv", comment="#"), DATA_SHOWN)


def test_exhibits_are_numbered_page_by_page(pages: dict[str, BeautifulSoup]) -> None:
    numbers = {
        str(table["id"]): [number.get_text().strip() for number in table.select(".caption-number")]
        for name in ("chapters/one", "chapters/two")
        for table in pages[name].select("table.exhibit-grid")
    }
    assert numbers == {"early": ["Table 1"], "plain": [], "dealt": [], "table-2": ["Table 1"], "late": ["Table 2"]}
    assert "Table 1 of “Two”, Figure 1 of “One” and Li (2025) in" in pages["index"].get_text()


def test_a_tables_heads_say_what_they_head(pages: dict[str, BeautifulSoup]) -> None:
    table = _one(pages["chapters/two"], "table#table-2")
    spanners, labels = table.select("thead tr")
    assert [(cell.name, cell.get("scope"), cell.get("colspan")) for cell in spanners.select("th, td")] == [
        ("td", None, None),
        ("th", "colgroup", "2"),
        ("th", "colgroup", None),
    ]
    assert [cell["scope"] for cell in labels.select("th")] == ["col"] * 4
    row = _one(table, "tbody tr")
    assert _one(row, "th")["scope"] == "row"
    assert _one(row, "th .math")
    assert [cell.get_text().strip() for cell in row.select("td")] == ["1.5", "2.5", "–"]
    assert _one(table, "caption .math")
    around = table.find_parent(class_="exhibit-table")
    assert isinstance(around, Tag)
    assert _one(around, ".exhibit-notes a")["href"] == "https://example.org/"
    assert "Li (2025)" in _one(around, ".exhibit-source").get_text()


def test_code_stands_under_its_exhibit_and_what_shows_nothing_is_away(pages: dict[str, BeautifulSoup]) -> None:
    one = pages["chapters/one"]
    codes = one.select("details.gvc-code")
    assert [code.parent["id"] if code.parent.name == "figure" else code.parent.table["id"] for code in codes] == [
        "first",
        "plain",
    ]
    assert "charts.bars(data" in codes[0].get_text()
    assert [_one(code, "summary").get_text() for code in codes] == ["Code", "Code"]
    assert "away = 1" in _one(one, ".gvc-plumbing").get_text()
    assert _one(one, ".gvc-all-code button").get_text() == "Show all code"
    # Cells that no tag hides are there to be read.
    assert 'name="early"' in one.select("div.cell:not(.gvc-plumbing) > .cell_input")[0].get_text()
    assert not pages["chapters/three"].select(".gvc-all-code")


def test_a_statement_is_a_card_with_an_address_and_its_verdict_in_colour(pages: dict[str, BeautifulSoup]) -> None:
    card = _one(pages["chapters/one"], "table.exhibit-cards tr#said-a")
    assert _one(card, "th").get_text(" ") == "A rises. #"
    assert _one(card, "th a")["href"] == "#said-a"
    chip = _one(card, "td .exhibit-chip")
    assert (chip.get_text(), chip["style"]) == ("holds", "--chip: #0aa568")
    fold = _one(card, "details.exhibit-fold")  # what is nothing but a dash does not fold
    assert [_one(fold, "summary").get_text(), _one(fold, "p").get_text()] == ["Evidence", "1 of 1"]


def test_a_table_can_be_folded_with_its_code_under_it(pages: dict[str, BeautifulSoup]) -> None:
    fold = _one(pages["chapters/two"], "details.hide")
    assert [said.get_text() for said in fold.select(":scope > summary p")] == ["Show the table", "Hide the table"]
    assert _one(fold, "table")["id"] == "late"
    assert 'name="late"' in _one(fold, "details.gvc-code").get_text()


def test_a_finding_stands_below_the_name_of_its_page(pages: dict[str, BeautifulSoup]) -> None:
    assert _one(pages["chapters/one"], "h1 + p.gvc-finding").get_text() == "China leads Japan"
    assert not pages["chapters/two"].select(".gvc-finding")


def test_what_the_theme_and_docutils_write_can_be_used_by_everyone(pages: dict[str, BeautifulSoup]) -> None:
    wide = [one for page in pages.values() for one in page.select(".pst-scrollable-table-container")]
    assert wide
    assert {one.get("tabindex") for one in wide} == {"0"}
    works = [one for page in pages.values() for one in page.select(".citation-list > .citation")]
    assert works
    assert {one.get("role") for one in works} == {"listitem"}


def test_a_reference_leads_back_and_a_page_ends_with_what_it_cites(pages: dict[str, BeautifulSoup]) -> None:
    back = _one(pages["index"], ".citation").select(".gvc-backlinks a")
    assert [(link.get_text(), link["aria-label"]) for link in back] == [
        ("1", "1. Cited in: A book"),
        ("2", "2. Cited in: Two"),
    ]
    place = str(back[1]["href"]).removeprefix("chapters/two.html")
    assert "Li (2025)" in _one(pages["chapters/two"], place).get_text()
    ends = {name: [said.get_text() for said in page.select(".gvc-works-cited p")] for name, page in pages.items()}
    assert ends == {
        "index": [],  # it has the list of all
        "chapters/one": [],
        "chapters/two": ["Works that this page cites", "Li, Qingru. 2025. On. J."],
        "chapters/three": [],
    }


def test_a_card_shows_the_title_of_a_page_and_its_first_chart_without_words(
    book: Path, pages: dict[str, BeautifulSoup]
) -> None:
    cards = pages["index"].select("ul.gvc-cards a")
    assert [(card.get_text(), card["href"], [str(img["src"]) for img in card.select("img")]) for card in cards] == [
        ("OneChina leads Japan", "chapters/one.html", ["_cards/first.svg"]),
        ("Two", "chapters/two.html", []),
        ("Three", "chapters/three.html", ["_cards/bars.svg"]),
    ]
    image = _one(cards[0], "img")
    assert (image["alt"], image["loading"], image["width"], image["height"]) == ("", "lazy", "240", "120")
    drawn = {element.tag.split("}")[1] for element in ElementTree.parse(book / "_build/html/_cards/first.svg").iter()}
    assert "path" in drawn
    assert "text" not in drawn
    assert "var(" not in (book / "_build/html/_cards/first.svg").read_text("utf-8")


def test_a_page_describes_itself(pages: dict[str, BeautifulSoup]) -> None:
    assert str(_one(pages["chapters/two"], "meta[name=description]")["content"]).startswith("Inline")
    assert _one(pages["index"], "title").get_text().startswith("A book")


def test_a_page_loads_no_more_than_it_needs(pages: dict[str, BeautifulSoup]) -> None:
    scripts = {name: " ".join(str(s.get("src")) for s in page.select("script[src]")) for name, page in pages.items()}
    drawing = {name: page.select("script[data-vega]") for name, page in pages.items()}
    assert [name for name, found in drawing.items() if found] == ["chapters/one", "chapters/three"]
    assert not any("/vega-" in sources for sources in scripts.values()), "it is fetched when a chart comes into view"
    assert pages["chapters/two"].select("span.math > math")
    assert not any("mathjax" in sources.lower() for sources in scripts.values())
    assert not any(re.search(r"//|thebe", sources) for sources in scripts.values())


def test_a_book_that_knows_its_address_says_it(book: Path, pages: dict[str, BeautifulSoup]) -> None:
    assert _one(pages["chapters/two"], "link[rel=canonical]")["href"] == "https://example.org/book/chapters/two.html"
    assert _one(pages["chapters/one"], "meta[property='og:url']")["content"].endswith("/book/chapters/one.html")
    first = pages["chapters/one"].select("figure.exhibit-chart")[0]["id"]
    picture = str(_one(pages["chapters/one"], "meta[property='og:image']")["content"])
    assert picture == f"https://example.org/book/_exhibits/{first}.png"
    site = book / "_build" / "html"
    assert (site / picture.removeprefix("https://example.org/book/")).is_file()
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://example.org/book/chapters/two.html</loc>" in sitemap
    assert "404.html" not in sitemap
    assert "Sitemap: https://example.org/book/sitemap.xml" in (site / "robots.txt").read_text("utf-8")
    assert 'href="/book/_static/' in (site / "404.html").read_text("utf-8")


def test_what_data_say_is_text_in_every_chart_and_table(book: Path) -> None:
    words = hostile.words(book)
    with hostile.opened(book / "_build/html", "chapters/three") as (page, done):
        bars = page.locator(".exhibit-live").first.locator(".mark-rect path").all()
        for bar, word in zip(bars[:7], words[:7], strict=True):
            bar.hover(force=True)
            expect(page.locator("#vg-tooltip-element .value").first).to_have_text(word)
        found, text = hostile.live(page), hostile.text(page)
        inside = page.locator("#vg-tooltip-element :is(img, script, a)").count()
    assert (done, inside) == ([], 0)
    assert not any(found.values()), found
    assert not (book / "ran").exists()
    assert "a49b" not in text
    assert "c{{6*7}}d" in text
    assert hostile.SECRET not in text
    assert all(text.count(word) >= 10 for word in words), {word: text.count(word) for word in words}
    for file in (book / "_build/html/_exhibits").glob("*.svg"):
        drawn = ElementTree.parse(file)
        assert {element.tag.split("}")[1] for element in drawn.iter()} <= _DRAWN
        assert not re.search("[\x07\u202e]", "".join(drawn.getroot().itertext()))


def test_a_second_build_executes_nothing_and_restores_what_was_deleted(book: Path) -> None:
    for name in ("index", "chapters/one"):
        page = book / f"{name}.md"
        page.write_text(page.read_text("utf-8") + "\nOne more line.\n", "utf-8")
    shutil.rmtree(book / "_build/html")
    log = _build(book)
    assert "exit code 0" in log, log
    assert "Executed notebook" not in log
    assert (book / "_build/html/_exhibits/first.png").exists()
    assert "Table 2" in (book / "_build/html/chapters/two.html").read_text("utf-8")
    for name in ("one", "two"):
        notebook = nbformat.read(book / f"_build/html/_notebooks/chapters/{name}.ipynb", as_version=4)
        check, *code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert check.id == "check", name
        assert code, name
        assert all(cell.outputs for cell in code), name


def test_a_notebook_leads_to_the_pages_that_it_names(book: Path) -> None:
    prose = nbformat.read(book / "_build/html/_notebooks/chapters/two.ipynb", as_version=4).cells[2].source
    page = "https://example.org/book/chapters/one.html"
    assert prose == f"# Two\n\nInline $x$. More in [“One”]({page}); see Table 1."


def test_changed_data_make_the_chapters_run_again_that_read_them(book: Path) -> None:
    (book / "data/numbers.csv").write_text("a\n2\n", "utf-8")
    two = book / "chapters/two.md"
    two.write_text(two.read_text("utf-8").replace("# Two", "# Two, renamed"), "utf-8")
    log = _build(book)
    assert "exit code 0" in log, log
    assert sorted(re.findall(r"chapters/(\w+)\.md: Executed notebook", log)) == ["two"]
    assert "the number 2" in (book / "_build/html/chapters/two.html").read_text("utf-8")
    assert "Two, renamed" in (book / "_build/html/chapters/one.html").read_text("utf-8"), "each page lists all titles"
    notebook = nbformat.read(book / "_build/html/_notebooks/chapters/two.ipynb", as_version=4)
    assert "the number 2" in str([cell.get("outputs") for cell in notebook.cells]), "what is offered is made again, too"


def _page(taken: dict[str, dict[str, Exhibit]]) -> Any:
    app = SimpleNamespace(builder=SimpleNamespace(name="html"))
    config = SimpleNamespace(language="en", exhibits_lexicon=Lexicon(Path("locale")))
    environment = SimpleNamespace(docname="chapters/two", exhibits_exhibits=taken, app=app, config=config)
    return SimpleNamespace(source="chapters/two.md", renderer=SimpleNamespace(sphinx_env=environment))


def test_a_name_used_twice_is_an_error_that_names_both_pages() -> None:
    output = MimeData(
        tables.MIME, tables.table(DATA, name="first", caption="C", source="S")._repr_mimebundle_()[0][tables.MIME]
    )
    page = _page({"chapters/one": {"first": Exhibit({})}})
    with pytest.raises(ExtensionError, match=r"chapters/two: a second .* named 'first'; the first is in chapters/one"):
        ExhibitRenderer.handle_mime(page, output, inline=False)


def test_a_bare_chart_is_an_error_that_says_where() -> None:
    output = MimeData(charts.MIME, {"mark": "bar"}, line=7)
    with pytest.raises(ExtensionError, match=r"chapters/two.md:7: .*exhibits\.charts\.exhibit"):
        ExhibitRenderer.handle_mime(_page({}), output, inline=False)


def test_a_pages_title_is_quoted_in_a_sentence_and_other_words_of_a_link_are_not() -> None:
    page = new_document("")
    for said in ("Waves", "the waves"):
        page += nodes.paragraph("", "", nodes.inline("", "", nodes.Text(said), classes=["doc"]))
    titles = {"waves": nodes.title("", "Waves")}
    extension._quoted(SimpleNamespace(env=SimpleNamespace(titles=titles)), page, "")  # type: ignore[arg-type]
    assert [one.astext() for one in page.children] == ["“Waves”", "the waves"]


def test_what_is_remembered_of_a_page_is_merged_and_purged_whole() -> None:
    env, other = SimpleNamespace(), SimpleNamespace()
    for remembering, kinds in ((bibliography, ["cited"]), (dependencies, ["needs"]), (own, ["exhibits", "asked"])):
        for what in kinds:
            by_page(env, what)["old"] = by_page(other, what)["new"] = by_page(other, what)["foreign"] = {}
        remembering._merge(None, env, {"new"}, other)  # type: ignore[arg-type]
        assert [set(by_page(env, what)) for what in kinds] == [{"old", "new"}] * len(kinds)
        remembering._purge(None, env, "old")  # type: ignore[arg-type]
        assert [set(by_page(env, what)) for what in kinds] == [{"new"}] * len(kinds)
