"""The Sphinx extension: numbers of exhibits, files to download, scripts of pages, messages to translate."""

import re
import shutil
from collections.abc import Iterator
from copy import deepcopy
from importlib.metadata import version
from pathlib import Path
from textwrap import shorten
from typing import Any

import vl_convert
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from exhibits import cited_numbers, file_cache, fonts, render
from exhibits.render import CARDS, FOLDER, Exhibit, by_page, exhibits
from exhibits.translation import Lexicon, messages

_STATIC = Path(__file__).parent / "static"
VEGA = f"vega-{version('vl-convert-python')}.js"
#: Width of the lines of a catalogue: with a limit, one more word would move all that follow it.
WIDE = 1_000_000


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the extension.

    Its settings: `exhibits_lexicon`, a :class:`~exhibits.translation.Lexicon`, else one of the folder ``locale``;
    `exhibits_shared`, the way from ``_static`` to that of another build, which has the library that draws; and
    `exhibits_png`, whether charts can be taken as PNG, too, which takes as long as drawing them.
    """
    app.add_config_value("exhibits_lexicon", None, "")
    app.add_config_value("exhibits_digest", "", "env")  # of the lexicon, set below: pages are read again if it changes
    app.add_config_value("exhibits_shared", "", "html")
    app.add_config_value("exhibits_png", True, "env")
    app.connect("config-inited", _configure, priority=900)  # after a book's own extension
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-before-read-docs", _restore_counts)
    app.connect("env-get-updated", _number, priority=900)  # after Sphinx has counted
    app.connect("doctree-resolved", _signed, priority=400)  # before a book translates what is glued
    app.connect("html-page-context", _add_scripts)
    app.connect("build-finished", _write)
    app.connect("build-finished", _write_messages)
    app.add_css_file("exhibits.css")
    render.register(app)
    cited_numbers.register(app)
    return {"version": "1", "env_version": 7, "parallel_read_safe": True, "parallel_write_safe": True}


def _configure(app: Sphinx, config: Config) -> None:
    config.html_static_path.append(str(_STATIC))
    if config.exhibits_lexicon is None:
        config.exhibits_lexicon = Lexicon(Path(app.srcdir) / "locale")
    config.exhibits_digest = config.exhibits_lexicon.digest(config.language)
    fonts.made(Path(app.srcdir) / fonts.PLACE)  # now, or each of several processes would


def _outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Name the pages whose exhibits have other translations now."""
    known = messages(app.config.exhibits_lexicon.locale, app.config.language, "exhibits")
    asked = by_page(env, "asked")
    stale = [page for page, of in asked.items() if any(known.get(m, "") != found for m, (_, found) in of.items())]
    return [page for page in stale if page not in removed]


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    for what in render.REMEMBERED:
        by_page(env, what).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    for what in render.REMEMBERED:
        by_page(env, what).update({page: of for page, of in by_page(other, what).items() if page in docnames})


def _restore_counts(app: Sphinx, env: Any, docnames: list[str]) -> None:
    # Sphinx rewrites the pages whose count has changed; it must find its own count, not ours.
    env.toc_fignumbers = getattr(env, "exhibits_counted", env.toc_fignumbers)


def _number(app: Sphinx, env: Any) -> list[str]:
    """Give the charts and the tables of each page numbers from one, but those that have none."""
    env.exhibits_counted = deepcopy(env.toc_fignumbers)
    before = getattr(env, "exhibits_printed", {})
    known = exhibits(env)
    printed: dict[str, dict[str, dict[str, tuple[int]]]] = {}
    for document, kinds in env.toc_fignumbers.items():
        unnumbered = {nodes.make_id(name) for name, exhibit in known.get(document, {}).items() if not exhibit.numbered}
        printed[document] = {
            kind: {
                one: (number,)
                for number, one in enumerate((one for one in sorted(of, key=of.get) if one not in unnumbered), 1)
            }
            for kind, of in kinds.items()
        }
    env.toc_fignumbers.update(deepcopy(printed))
    env.exhibits_printed = printed
    return [document for document, numbers in printed.items() if numbers != before.get(document)]


def _signed(app: Sphinx, page: nodes.document, name: str) -> None:
    """Give glued numbers the sign of charts and tables, which a format of Python does not write."""
    for node in page.findall(lambda node: isinstance(node, nodes.inline) and "pasted-text" in node["classes"]):
        if re.match(r"-[\d.]", node.astext()):
            node.replace(node.children[0], nodes.Text(f"−{node.astext()[1:]}"))


def _add_scripts(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Add the scripts of charts to pages with charts, and the script of tables to pages with tables."""
    of_page = exhibits(app.env).get(page, {}).values()
    if any(exhibit.drawn for exhibit in of_page):
        draws(app)
    if not all(exhibit.drawn for exhibit in of_page):
        app.add_js_file("exhibits-tables.js", loading_method="defer")
    if of_page or by_page(app.env, "addresses").get(page):
        app.add_js_file("exhibits-cells.js", loading_method="defer")


def draws(app: Sphinx) -> None:
    """Add the script that draws charts to the page that is being written."""
    library: dict[str, Any] = {"data-vega": f"{app.config.exhibits_shared}{VEGA}"}
    app.add_js_file("exhibits.js", loading_method="defer", **library)


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for folder in (FOLDER, CARDS):
        shutil.rmtree(out / folder, ignore_errors=True)
    for name, exhibit in _every(app.env):
        for ending, content in exhibit.files.items():
            path = out / FOLDER / f"{name}.{ending}"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        if exhibit.card:
            path = out / CARDS / f"{name}.svg"
            path.parent.mkdir(exist_ok=True)
            path.write_text(exhibit.card, "utf-8")
    # Sphinx copies these only when it writes a page.
    shutil.copytree(_STATIC, out / "_static", dirs_exist_ok=True)
    if app.config.exhibits_shared:
        return
    file_cache.truncate(Path(app.srcdir) / file_cache.PLACE)
    if any(exhibit.drawn for _, exhibit in _every(app.env)):
        write_library(out)


def _every(env: BuildEnvironment) -> Iterator[tuple[str, Exhibit]]:
    return (pair for of_page in exhibits(env).values() for pair in of_page.items())


def write_library(out: Path) -> None:
    """Write the library that draws charts into a site, unless it has it: it is large and the same for all pages."""
    vega = out / "_static" / VEGA
    if not vega.exists():
        # Wrapped: a global `_` of the bundle would shadow the one Sphinx's own script uses.
        bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
        vega.write_text(f"(() => {{\n{bundle}\n}})();\n", "utf-8")


def _write_messages(app: Sphinx, failure: Exception | None) -> None:
    """Write the messages of exhibits beside those that Sphinx extracts, each with its page and an example."""
    if failure or app.builder.name != "gettext":
        return
    catalog = Catalog(charset="utf-8")
    asked = by_page(app.env, "asked")
    # In the order of the book, where its contents are a file.
    for page in getattr(app.config, "external_site_map", sorted(asked)):
        for message, (example, _) in asked.get(page, {}).items():
            if message not in catalog:
                catalog.add(message, auto_comments=[page if message == example else f"{page}: {shorten(example, 200)}"])
    with (Path(app.outdir) / "exhibits.pot").open("wb") as file:
        write_po(file, catalog, width=WIDE)
