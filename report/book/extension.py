"""The Sphinx extension of the book: exhibits, their numbers, and pages that ask no network for anything."""

# mypy: disable-error-code="import-untyped"
# (docutils has no types)

import hashlib
import os
import re
import shutil
from copy import deepcopy
from dataclasses import dataclass, field
from html import escape
from importlib.metadata import distribution, version
from itertools import count
from pathlib import Path
from textwrap import shorten
from typing import Any

import vl_convert
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

import gvc
from gvc.panel import DATA
from report.book.render import FOLDER, depart_heading, exhibits, heading, visit_heading

_PACKAGES = Path(gvc.__file__).parent, Path(__file__).parents[1]
_STATIC = Path(__file__).parent / "static"
_MATHJAX = "tex-svg-full.js"
_VEGA = f"vega-{version('vl-convert-python')}.js"

#: Follow the reader's system until they choose; the theme alone reports an error on a first visit.
_MODE = """
{
  const page = document.documentElement.dataset;
  page.mode ||= "auto";
  page.theme ||= matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
"""

#: The article's own tables keep the article's own numbers.
_ARTICLE = {"table-1": 1, "table-2": 2, "table-3": 3}


def _round() -> BracketStyle:
    return BracketStyle(left="(", right=")")


@dataclass
class _AuthorYear(AuthorYearReferenceStyle):
    """Citations as economists write them: Koopman et al. (2014)."""

    bracket_textual: BracketStyle = field(default_factory=_round)
    bracket_parenthetical: BracketStyle = field(default_factory=_round)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the extension."""
    app.add_node(
        heading,
        html=(visit_heading, depart_heading),
        latex=(lambda self, node: self.visit_entry(node), lambda self, node: self.depart_entry(node)),
    )
    app.connect("config-inited", _configure)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-before-read-docs", _restore_counts)
    app.connect("env-get-updated", _number_tables, priority=900)  # after Sphinx has counted
    app.connect("html-page-context", _finish_page, priority=900)
    app.connect("build-finished", _write)
    app.add_css_file("gvc.css")
    app.add_css_file("literature.css")
    app.add_js_file(None, body=_MODE)
    register_plugin("sphinxcontrib.bibtex.style.referencing", "author_year_round", _AuthorYear)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}


def _configure(app: Sphinx, config: Config) -> None:
    config.html_static_path.append(str(_STATIC))
    config.mathjax_path = _MATHJAX
    config.nb_execution_cache_path = str(_execution_cache(Path(app.srcdir), DATA))


def _execution_cache(root: Path, folder: Path) -> Path:
    """Name the cache by what the chapters' results depend on, so that no result outlives its code or data.

    Sphinx reads every page again, too, when this value changes.
    """
    code = [path for package in _PACKAGES for path in package.rglob("*.py") if path.parent != Path(__file__).parent]
    data = [path for path in folder.rglob("*") if path.is_file()]
    digest = hashlib.sha256()
    for path in [*sorted(code), *sorted(data), root / "requirements.lock"]:
        if path.exists():
            digest.update(f"{path.name}\0{path.stat().st_size}\0".encode() + path.read_bytes())
    caches = root / ".cache" / "execution"
    current = caches / digest.hexdigest()[:16]
    current.mkdir(parents=True, exist_ok=True)
    os.utime(current)
    for old in sorted(caches.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)[2:]:
        shutil.rmtree(old)
    return current


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    exhibits(env).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    exhibits(env).update({name: found for name, found in exhibits(other).items() if name in docnames})


def _restore_counts(app: Sphinx, env: Any, docnames: list[str]) -> None:
    # Sphinx rewrites the pages whose count has changed; it must find its own count, not ours.
    env.toc_fignumbers = getattr(env, "gvc_counted", env.toc_fignumbers)


def _number_tables(app: Sphinx, env: Any) -> list[str]:
    """Give the article's tables their numbers, and the others those that follow, in the order of the book."""
    env.gvc_counted = deepcopy(env.toc_fignumbers)
    before = getattr(env, "gvc_printed", {})
    unnumbered = {
        nodes.make_id(name)
        for found in exhibits(env).values()
        for name, exhibit in found.items()
        if not exhibit.numbered
    }
    counted = sorted(
        (number, document, table)
        for document, kinds in env.toc_fignumbers.items()
        for table, number in kinds.get("table", {}).items()
    )
    following = count(len(_ARTICLE) + 1)
    printed: dict[str, dict[str, tuple[int]]] = {}
    for _, document, table in counted:
        numbers = printed.setdefault(document, {})
        if table not in unnumbered:
            numbers[table] = (_ARTICLE[table] if table in _ARTICLE else next(following),)
    for document, numbers in printed.items():
        env.toc_fignumbers[document]["table"] = numbers
    env.gvc_printed = printed
    return [document for document, numbers in printed.items() if numbers != before.get(document)]


def _finish_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Add what draws the charts, drop what is about to ask the network, mend what stops some readers."""
    if any(exhibit.drawn for exhibit in exhibits(app.env).get(page, {}).values()):
        app.add_js_file(_VEGA, loading_method="defer")
        app.add_js_file("gvc.js", loading_method="defer")
    if not all(exhibit.drawn for exhibit in exhibits(app.env).get(page, {}).values()):
        app.add_js_file("literature.js", loading_method="defer")
    for kind in ("script_files", "css_files"):
        context[kind] = [asset for asset in context[kind] if not _REMOTE.search(_text(asset))]
    if doctree and 'name="description"' not in context["metatags"]:
        opening = next((paragraph.astext() for paragraph in doctree.findall(nodes.paragraph)), "")
        context["metatags"] += f'<meta name="description" content="{escape(shorten(opening, 160, placeholder="…"))}">'
    for found, mended in _MENDED.items() if "body" in context else ():
        context["body"] = context["body"].replace(found, mended)


_MENDED = {
    # The deprecated role of docutils is none of a list's.
    'role="doc-biblioentry"': 'role="listitem"',
    # The theme's wide tables scroll, but not from the keyboard.
    '<div class="pst-scrollable-table-container">': '<div class="pst-scrollable-table-container" tabindex="0">',
}
_REMOTE = re.compile(r"://|thebe", re.IGNORECASE)


def _text(asset: Any) -> str:
    return f"{asset.filename} {asset.attributes.get('body', '')}"


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    out = Path(app.outdir)
    shutil.rmtree(out / FOLDER, ignore_errors=True)
    found = [pair for of_page in exhibits(app.env).values() for pair in of_page.items()]
    for name, exhibit in found:
        for ending, content in exhibit.files.items():
            path = out / FOLDER / f"{name}.{ending}"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
    # Sphinx copies these only when it writes a page.
    shutil.copytree(_STATIC, out / "_static", dirs_exist_ok=True)
    vega = out / "_static" / _VEGA
    if any(exhibit.drawn for _, exhibit in found) and not vega.exists():
        # Wrapped: a global `_` of the bundle would shadow the one Sphinx's own script uses.
        bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
        vega.write_text(f"(() => {{\n{bundle}\n}})();\n", "utf-8")
    if app.env.get_domain("math").has_equations():  # type: ignore[attr-defined]
        package = distribution("sphinx-mathjax-offline")
        source = package.locate_file(f"sphinx-mathjax-offline/static/mathjax/{_MATHJAX}")
        shutil.copyfile(str(source), out / "_static" / _MATHJAX)
