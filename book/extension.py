"""The Sphinx extension of the book: it connects all parts, and keeps pages from asking the network for anything."""

import os
import posixpath
import re
import shutil
from html import escape
from itertools import islice
from pathlib import Path
from textwrap import shorten
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx_external_toc.parsing import parse_toc_yaml

from book import building, chapters, identity, pages
from book.building.references import UNCOMPARED_CELL
from book.languages import catalogues, language_links
from book.pages import chinese, explorer, search
from book.publishing import notebooks, take
from book.translation import Formulas, Words, folder, lexicon, messages
from exhibits.extension import draws
from exhibits.render import FOLDER, by_page, exhibits
from exhibits.translation import SOURCE
from industrial_chains import oecd_tables
from industrial_chains.sources import OECD

_STATIC = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"
#: Follow the reader's system until they choose; the theme alone reports an error on a first visit.
_MODE = """
{
  const page = document.documentElement.dataset;
  page.mode ||= "auto";
  page.theme ||= matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
"""


class Pages(StandaloneHTMLBuilder):
    """Reads two to five pages in parallel, too: Sphinx does so from six on, but a page takes seconds to run."""

    def _read_serial(self, docnames: list[str]) -> None:
        several = len(docnames) > 1 and self.app.parallel > 1 and self.app.is_parallel_allowed("read")
        if several:
            self._read_parallel(docnames, self.app.parallel)
        else:
            super()._read_serial(docnames)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the extension."""
    app.add_builder(Pages, override=True)
    # Pages that went, by name, and where what they had stands now.
    app.add_config_value("gvc_moved", {}, "", types=dict)
    app.add_css_file("gvc.css")
    app.setup_extension("exhibits")
    app.add_css_file("literature.css")
    app.connect("config-inited", _configure)
    app.connect("doctree-read", _leave_out, priority=100)  # before Sphinx lists the sections
    for change in (_captions, _at_home):
        app.connect("doctree-read", change)
    for change in (_glued, _quoted, _elsewhere):
        app.connect("doctree-resolved", change)
    app.connect("env-get-updated", _renamed)
    app.add_transform(Formulas)
    app.add_directive("cite-book", identity.CiteBook)
    app.add_directive("byline", identity.Byline)
    if len(parse_toc_yaml(Path(app.srcdir, app.config.external_toc_path))) > 1:  # of one page there is nothing to miss
        app.setup_extension("notfound.extension")
    if app.config.html_baseurl:  # all that needs an address
        app.setup_extension("sphinx_sitemap")
        app.setup_extension("sphinxext.opengraph")
    app.connect("html-page-context", _picture, priority=400)  # before the extension that announces it
    app.connect("html-page-context", _finish_page, priority=900)
    app.connect("build-finished", _write)
    app.add_js_file(None, body=_MODE)
    site: dict[str, Any] = {"data-site": ".." if app.config.language == SOURCE else "../.."}
    for script, more in {"build": {}, "cite": {}, "search": site, "page": {}, "language": {}}.items():
        app.add_js_file(f"{script}.js", loading_method="defer", **more)
    for part in (pages, language_links, building, take):
        part.register(app)
    return {"version": "1", "env_version": 18, "parallel_read_safe": True, "parallel_write_safe": True}


def _configure(app: Sphinx, config: Config) -> None:
    config.exhibits_lexicon = lexicon()
    config.exhibits_png = bool(config.html_baseurl or os.environ.get("GVC_PNG"))
    # A translation lies beside the English book, and uses its library.
    config.exhibits_shared = "" if config.language == SOURCE else "../../_static/"
    config.html_static_path.append(str(_STATIC))
    config.templates_path.append(str(_TEMPLATES))
    config.html_theme_options = identity.buttons(
        config.html_theme_options, config.html_theme_options.get("repository_url", "")
    )
    address = config.html_baseurl
    below = "" if config.language == SOURCE else f"{folder(config.language)}/"
    config.notfound_urls_prefix = f"{urlsplit(address).path or '/'}{below}"
    config.ogp_site_url = address
    config.ogp_site_name = identity.TITLE
    config.sitemap_url_scheme = "{link}"
    config.sitemap_excludes = ["search.html", "genindex.html", "404.html"]
    # They do not say so, and do nothing while pages are read.
    for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True
    if config.language != SOURCE:
        words = Words(config.language)
        for name in ("author", "html_title", "nb_code_prompt_show", "nb_code_prompt_hide"):
            config[name] = words.say(config[name])
        config.html_theme_options["search_bar_text"] = escape(words.say("Search this book..."))  # into an attribute
        config.notfound_context = {part: words.say(text) for part, text in catalogues.NOT_FOUND.items()}
        config.numfig_format = {kind: words.say(form) for kind, form in config.numfig_format.items()}
        footer = " ".join(config.html_theme_options["extra_footer"].split())
        config.html_theme_options["extra_footer"] = words.say(footer)
    if oecd_tables.official():
        config.html_theme_options["announcement"] = escape(Words(config.language).say(oecd_tables.NOTICE))
        config.exhibits_renamed = {oecd_tables.ESTIMATES: OECD.label}
    config.suppress_warnings = [*config.suppress_warnings, "mystnb.exec"]  # a cell that fails raises, too


def _captions(app: Sphinx, page: nodes.document) -> None:
    """Translate the names of the parts, which enter a page after Sphinx has translated it."""
    translated = messages(app.config.language, app.env.docname)
    for tree in page.findall(addnodes.toctree):
        if tree.get("caption") in translated:
            tree["caption"] = translated[tree["caption"]]


def _at_home(app: Sphinx, page: nodes.document) -> None:
    """Give translated nodes the page as their document.

    Theirs is the one that Sphinx made of a sentence, and with it each page would be kept with all that is known of the
    book.
    """
    for node in page.findall():
        node.document = page


def _glued(app: Sphinx, page: nodes.document, name: str) -> None:
    """Translate the words that a page glues, mostly names of economies."""
    words = Words(app.config.language, by_page(app.env, "asked").setdefault(name, {}))
    if words.language != SOURCE or app.builder.name == "gettext":
        for node in page.findall(lambda node: isinstance(node, nodes.inline) and "pasted-text" in node["classes"]):
            node.replace(node.children[0], nodes.Text(words.text(node.astext())))


def _quoted(app: Sphinx, page: nodes.document, name: str) -> None:
    """Put the title of another page into quotation marks."""
    titles = {title.astext() for title in app.env.titles.values()}
    for node in page.findall(lambda node: isinstance(node, nodes.inline) and "doc" in node["classes"]):
        if node.astext() in titles:
            node.replace(node.children[0], nodes.Text(f"“{node.astext()}”"))


def _elsewhere(app: Sphinx, page: nodes.document, name: str) -> None:
    """Say of which page an exhibit is, where a page refers to the exhibit of another."""
    words = Words(app.config.language)
    for node in page.findall(addnodes.number_reference):
        path = node.get("refuri", "").partition("#")[0]
        other = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)).removesuffix(".html")
        if path and other in app.env.titles and other != name:
            told = words.say("{0} of {1}", node.astext(), f"“{app.env.titles[other].astext()}”")
            node[:] = [nodes.inline("", told, classes=node[0]["classes"])]


def _leave_out(app: Sphinx, page: nodes.document) -> None:
    """Drop a section on a reader's own panels, with its heading, if the reader has none."""
    for section in list(page.findall(nodes.section)):
        cells = [child for child in section.children if child.get("nb_element") == "cell_code"]
        shown = [part for cell in cells for part in cell.children if part.get("nb_element") == "cell_code_output"]
        if cells and not shown and all(f"tag_{UNCOMPARED_CELL}" in cell["classes"] for cell in cells):
            section.parent.remove(section)


def _renamed(app: Sphinx, env: Any) -> list[str]:
    """Have all pages written again where a title has changed: each lists the titles of all."""
    before = getattr(env, "gvc_titles", None)
    env.gvc_titles = {page: title.astext() for page, title in env.titles.items()}
    return sorted(env.found_docs) if env.gvc_titles != before else []


def _picture(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Give social sites the first chart of a page as its picture."""
    drawn = (name for name, exhibit in exhibits(app.env).get(page, {}).items() if exhibit.drawn)
    if app.config.html_baseurl and (first := next(drawn, None)):
        context["meta"] = {**(context.get("meta") or {}), "og:image": f"{app.config.html_baseurl}{FOLDER}/{first}.png"}


def _finish_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Add what draws the charts, and drop what is about to ask the network."""
    explorer_page = getattr(app.env, "gvc_explorer", None)
    if page in (explorer_page, getattr(app.env, "gvc_share_of", None)):
        app.add_css_file("explorer.css")
        own = ("explorer_files", "explorer") if page == explorer_page else ("share_of",)
        for script in (*explorer.SCRIPTS, *own):
            app.add_js_file(f"{script}.js", loading_method="defer")
    if getattr(app.env, "gvc_what_if", None) == page:
        draws(app)
        for script in ("address.js", "trade_model.js", "what_if.js"):
            app.add_js_file(script, loading_method="defer")
    if getattr(app.env, "gvc_find_statement", None) == page:
        app.add_js_file("find_statement.js", loading_method="defer")
    for kind in ("script_files", "css_files"):
        context[kind] = [asset for asset in context[kind] if not _NEEDLESS.search(_text(asset))]
    if doctree:
        context["body"] = _PLAIN.sub(r"\1", context["body"])
        context["script_files"] = [_later(asset) for asset in context["script_files"]]
    if doctree and 'name="description"' not in context["metatags"]:
        opening = _opening(doctree, "。" if app.config.language.startswith("zh") else ". ")
        context["metatags"] += f'<meta name="description" content="{escape(shortened(opening))}">'
    if page in by_page(app.env, "needs"):
        # The notebooks are the same in every language.
        if app.config.language == SOURCE and app.builder.name == "html":
            notebooks.write(app, page, doctree)
        up = page.count("/") + (app.config.language != SOURCE)
        context["body"] += _to_run(f"{'../' * up}{chapters.NOTEBOOKS}/{page}.ipynb", Words(app.config.language))


def _opening(page: nodes.document, stop: str) -> str:
    """Return what a page finds, if it says so below its name, and how its text begins."""
    first = list(islice(page.findall(nodes.paragraph), 2))
    found = bool(first) and "gvc-finding" in first[0]["classes"]
    return stop.join(one.astext() for one in first) if found else "".join(one.astext() for one in first[:1])


def shortened(text: str, most: int = 160) -> str:
    """Shorten a text at the end of a word; Chinese, which does not part them, at the end of a sentence or a clause.

    Examples
    --------
    >>> shortened("产业链一再转移。先到日本，后到东盟，再到墨西哥", 12)
    '产业链一再转移。'
    >>> shortened("先到日本，后到东盟，再到墨西哥", 12)
    '先到日本，后到东盟…'
    """
    if sum(map(len, chinese.RUN.findall(text))) < len(text) / 2:
        return shorten(text, most, placeholder="…")
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    sentence = re.match(r".*[。！？]", text[:most])
    clause = re.match(r".*(?=[，；：、])", text[:most])
    return sentence[0] if sentence else f"{clause[0] if clause else text[: most - 1]}…"


def _to_run(notebook: str, said: Words) -> str:
    # Where Babel looks for messages: within the f-strings of Python 3.11 it finds none.
    name = said.say("notebook with its results")
    line = said.say("This page to run yourself: {0}", f'<a href="{notebook}" download>{name}</a>')
    return f'<p class="exhibit-downloads gvc-page">{line}</p>'


#: What asks the network, and what serves buttons and tabs that no page has.
_NEEDLESS = re.compile(r"://|thebe|togglebutton|design-tabs", re.IGNORECASE)
#: Code in the colour of all text: names, punctuation and space, which are most of its marks.
_PLAIN = re.compile(r'<span class="[npw]">([^<]*)</span>')


def _text(asset: Any) -> str:
    return f"{asset.filename} {asset.attributes.get('body', '')}"


def _later(asset: Any) -> Any:
    """Let a script run when the page is read; all but one, whose options others write into the page."""
    if not asset.filename or str(asset.filename).endswith("documentation_options.js"):
        return asset
    return type(asset)(asset.filename, priority=asset.priority, **(asset.attributes | {"defer": "defer"}))


def _write(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    out = Path(app.outdir)
    shutil.rmtree(out / "_static" / "vendor", ignore_errors=True)  # all icons of the theme, as fonts and as a script
    # Sphinx copies these only when it writes a page.
    shutil.copytree(_STATIC, out / "_static", dirs_exist_ok=True)
    words = Words(app.config.language)
    years = search.years() if hasattr(app.env, "gvc_explorer") else []
    script = identity.script(Path(app.srcdir), words, search.spellings(words), search.asked(words), years)
    (out / "_static" / "build.js").write_text(script, "utf-8")
    for offered in (Path(app.srcdir) / "CITATION.cff", identity.printed(Path(app.srcdir), app.config.language)):
        (out / offered.name).unlink(missing_ok=True)
        if offered.is_file():
            shutil.copyfile(offered, out / offered.name)
    for old, new in app.config.gvc_moved.items():
        if new in app.env.found_docs:  # a book of a few pages may lack it
            _lead_on(out, old, new)
    if app.config.language != SOURCE:
        return
    robots = ["User-agent: *", "Allow: /"]
    if app.config.html_baseurl:
        robots.append(f"Sitemap: {app.config.html_baseurl}sitemap.xml")
    (out / "robots.txt").write_text("\n".join([*robots, ""]), "utf-8")


def _lead_on(out: Path, old: str, new: str) -> None:
    """Write a page at an old address that leads to the new one, and to the place on it that the address names."""
    to = posixpath.relpath(f"{new}.html", posixpath.dirname(old))
    place = out / f"{old}.html"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(new)}</title>'
        f'<link rel="canonical" href="{to}"><meta name="robots" content="noindex">'
        f'<script>location.replace("{to}" + location.search + location.hash)</script>'
        f'<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript></head>'
        f'<body><a href="{to}">{escape(new)}</a></body></html>\n',
        "utf-8",
    )
