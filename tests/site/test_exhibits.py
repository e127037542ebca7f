"""The map from exhibit to code: what it says of a chapter, and that the built page has every exhibit in it."""

import inspect
import pkgutil
import re
from pathlib import Path

import nbformat
import pytest

from book import chapters
from book.building import references
from book.pages.exhibit_map import made_by, plain
from exhibits import charts, tables
from tests.browser import SITE, parsed

ROOT = Path(__file__).parents[2]

PAGE = """---
file_format: mystnb
kernelspec:
  name: python3
---

# A page

```{code-cell} python
import gvc
import pandas as pd
from industrial_chains import hosts
from exhibits import charts, tables
shares = hosts.pace().round(1)
first, last = gvc.link_index(x), 2
```

```{code-cell} python
charts.lines(shares.rename(columns=str), "year", name="by-variable", title=hosts.title())
tables.table(pd.DataFrame(hosts.agreement(1)), name="direct", caption="C")
charts.heatmap(first, name="unpacked")
charts.bars(pd.DataFrame({"a": [1]}), name="by-hand")
```
"""


def test_what_makes_an_exhibit_is_found_in_its_cell_or_behind_its_variable(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(PAGE, "utf-8")
    assert made_by(tmp_path, "page") == {
        "by-variable": "hosts.pace",
        "direct": "hosts.agreement",
        "unpacked": "gvc.link_index",
        "by-hand": "charts.bars",
    }


@pytest.fixture(scope="module")
def rows() -> dict[str, list[str]]:
    """Read the map on the built first page: exhibit, page, function, source, by the address it links to."""
    if not SITE.exists():
        pytest.skip("no site yet: run make book")
    page = parsed("index.html")
    found = {}
    for row in page.select("table.gvc-map tbody tr"):
        link = row.select_one("a")
        assert link
        found[str(link["href"])] = [cell.get_text().strip() for cell in row.select("td")]
    return found


@pytest.mark.parametrize("name", chapters.chapters(ROOT))
def test_the_map_has_every_numbered_exhibit_of_a_page(name: str, rows: dict[str, list[str]]) -> None:
    page = parsed(f"{name}.html")
    shown = [
        exhibit
        for exhibit in page.select("figure.exhibit-chart, table.exhibit-grid")
        if exhibit.select(".caption-number")
    ]
    for exhibit in shown:
        number, title, function, source = rows[f"{'' if name == 'index' else name + '.html'}#{exhibit['id']}"]
        caption = exhibit.select_one(".caption-number")
        assert caption and caption.get_text().strip() == number
        assert page.select_one("h1") and title in page.select_one("h1").get_text()
        assert re.fullmatch(r"\w+\.\w+", function)
        assert source.lower().count("works cited") < 2
        assert source
        assert not re.search("[{`]", source)
    here = [href for href in rows if href.startswith(f"{name}.html#") or (name == "index" and href[0] == "#")]
    numberless = [one for one in page.select("table.exhibit-grid[id]") if not one.select(".caption-number")]
    assert len(here) == len(shown) + len([one for one in numberless if one.caption])


@pytest.mark.parametrize("name", chapters.chapters(ROOT))
def test_a_page_shows_each_exhibit_that_its_reference_has(name: str, rows: dict[str, list[str]]) -> None:
    reference = nbformat.read(references.reference(ROOT, name), as_version=4)
    outputs = [output for cell in reference.cells for output in cell.outputs]
    for kind, shown in {charts.KIND: "div.exhibit-picture", tables.KIND: "div.exhibit-table"}.items():
        due = sum(kind in output.get("metadata", {}).values() for output in outputs)
        assert len(parsed(f"{name}.html").select(shown)) >= due, shown


def test_the_readme_names_what_there_is() -> None:
    names = re.findall(r"`((?:gvc|industrial_chains)\.[\w.]+)`", (ROOT / "README.md").read_text("utf-8"))
    assert len(names) > 5
    for name in names:
        found = pkgutil.resolve_name(name)
        assert inspect.ismodule(found) or callable(found), name


def test_the_map_says_a_source_without_roles_in_each_language() -> None:
    assert plain("{cite:t}`a`、{cite:t}`b`和{cite:t}`c`；本书。", "所引文献") == "所引文献；本书。"
    assert plain("the book's own", "works cited") == "the book's own"
