"""Views that charts of chapters open as: the charts exist, the views are of what databases hold, and each is linked."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes

from book.pages import explorer, views
from exhibits.render import Exhibit, chart
from industrial_chains.sources import SOURCES

ROOT = Path(__file__).parents[3]


def test_the_charts_are_in_the_book() -> None:
    pages = [ROOT / "index.md", *(ROOT / "chapters").rglob("*.md")]
    named = {
        name for page in pages for name in re.findall(r'^    name="([^"]+)"', page.read_text("utf-8"), re.MULTILINE)
    }
    assert len(views.VIEWS) >= 8
    assert set(views.VIEWS) - named == set()


@pytest.mark.parametrize("name", views.VIEWS)
def test_a_view_is_of_what_databases_hold(name: str) -> None:
    view = views.VIEWS[name]
    economies = {code for source in SOURCES for code in source.economies} | set(explorer.GROUPS)
    more = [code for pair in view.get("also", []) for code in pair.split(".")]  # type: ignore[attr-defined]
    assert {str(view["origin"]), str(view["partner"]), *more} <= economies
    assert view["database"] in {"all", *(source.about.key for source in SOURCES)}
    assert 1965 <= int(str(view["from"])) <= int(str(view["to"])) <= 2022


def _page(name: str) -> nodes.document:
    below = '<p class="exhibit-source">Source. <span class="exhibit-downloads">Download: CSV</span></p>'
    page = nodes.document(None, None)  # type: ignore[arg-type]
    page += chart("", nodes.raw("", "<svg></svg>", format="html"), nodes.raw("", below, format="html"), names=[name])
    return page


def test_a_chart_leads_to_its_view() -> None:
    builder = SimpleNamespace(name="html", get_relative_uri=lambda page, other: f"../{other}.html")
    known = {name: Exhibit({"csv": b"", "view.js": b""}) for name in ("closeness", "ladder")}
    known["bare"] = Exhibit({"csv": b""})
    env = SimpleNamespace(gvc_explorer="explorer", exhibits_exhibits={"chapters/some": known})
    app = SimpleNamespace(env=env, builder=builder, config=SimpleNamespace(language="en"))
    page = _page("closeness")
    views.link(app, page, "chapters/some")  # type: ignore[arg-type]
    found = [raw.astext() for raw in page.findall(nodes.raw)]
    assert found[0] == "<svg></svg>"
    assert 'href="../explorer.html#measure=intensity&amp;origin=CHN&amp;partner=JPN' in found[1]
    assert found[1].endswith("Open as a view</a></p>")
    own = _page("ladder")
    views.link(app, own, "chapters/some")  # type: ignore[arg-type]
    assert 'href="../explorer.html#chart=ladder"' in own.astext(), "its own numbers"
    other = _page("bare")
    views.link(app, other, "chapters/some")  # type: ignore[arg-type]
    assert "explorer" not in other.astext(), "nobody knows what its columns are"
