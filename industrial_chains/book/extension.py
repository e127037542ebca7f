"""The Sphinx extension of the book: exhibits, their numbers, and pages that ask no network for anything."""

import re
import shutil
from html import escape
from pathlib import Path
from textwrap import shorten
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from jupyter_cache import get_cache
from markupsafe import Markup
from myst_nb.core.read import is_myst_markdown_notebook
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx_external_toc.parsing import parse_toc_yaml

from exhibits.extension import draws, write_library
from exhibits.render import FOLDER, by_page, exhibits
from exhibits.translation import SOURCE
from industrial_chains.book import (
    beside,
    bibliography,
    cards,
    catalogues,
    chapters,
    docstrings,
    exhibit_map,
    explorer,
    formulas,
    icons,
    identity,
    kernels,
    meanings,
    mistakes,
    notebooks,
    notices,
    pairs,
    search,
    status,
    switch,
    together,
)
from industrial_chains.book.needs import digest
from industrial_chains.book.references import UNCOMPARED_CELL
from industrial_chains.book.translation import Formulas, Words, folder, lexicon, messages

_STATIC = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"
#: What Sphinx remembers of each page between builds: the works that it cites, and what its results depended on.
_REMEMBERED = ("cited", "needs")

#: Follow the reader's system until they choose; the theme alone reports an error on a first visit.
_MODE = """
{
  const page = document.documentElement.dataset;
  page.mode ||= "auto";
  page.theme ||= matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}
"""

#: Executed chapters that the cache keeps: some versions of each.
KEPT = 200

#: The article's own tables keep the article's own numbers.
_ARTICLE = {"table-1": 1, "table-2": 2, "table-3": 3}


class Pages(StandaloneHTMLBuilder):
    """Reads two to five pages at once, too: Sphinx does from six on, but these take seconds each to run."""

    def _read_serial(self, docnames: list[str]) -> None:
        several = len(docnames) > 1 and self.app.parallel > 1 and self.app.is_parallel_allowed("read")
        if several:
            self._read_parallel(docnames, self.app.parallel)
        else:
            super()._read_serial(docnames)


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect the extension."""
    app.add_builder(Pages, override=True)
    app.add_css_file("gvc.css")
    app.setup_extension("exhibits")
    app.add_css_file("literature.css")
    app.add_config_value("gvc_languages", [], "html")
    app.connect("config-inited", _configure)
    app.connect("source-read", _mark)
    app.connect("doctree-read", _leave_out, priority=100)  # before Sphinx lists the sections
    for change in (_captions, _at_home):
        app.connect("doctree-read", change)
    for change in (_glued, _quoted):
        app.connect("doctree-resolved", change)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-get-updated", _renamed)
    app.add_node(exhibit_map.exhibit_map)
    app.add_transform(Formulas)
    app.add_directive("exhibit-map", exhibit_map.ExhibitMap)
    app.add_directive("explorer", explorer.Explorer)
    app.add_directive("cite-book", identity.CiteBook)
    app.add_directive("notices", notices.Notices)
    app.connect("env-get-updated", exhibit_map.page_of_map)
    app.connect("doctree-resolved", exhibit_map.fill)
    if len(parse_toc_yaml(Path(app.srcdir, app.config.external_toc_path))) > 1:  # of one page there is nothing to miss
        app.setup_extension("notfound.extension")
    if app.config.html_baseurl:  # all that needs an address
        app.setup_extension("sphinx_sitemap")
        app.setup_extension("sphinxext.opengraph")
    app.connect("html-page-context", _picture, priority=400)  # before the extension that announces it
    app.connect("html-page-context", _finish_page, priority=900)
    app.connect("html-page-context", switch.add)
    app.connect("build-finished", _write)
    app.add_directive("translation-status", catalogues.Status)
    app.add_js_file(None, body=_MODE)
    site: dict[str, Any] = {"data-site": ".." if app.config.language == SOURCE else "../.."}
    for script, more in {"build": {}, "cite": {}, "search": site, "page": {}, "language": {}}.items():
        app.add_js_file(f"{script}.js", loading_method="defer", **more)
    beside.register(app)
    bibliography.register(app)
    cards.register(app)
    docstrings.register(app)
    formulas.register(app)
    kernels.register()
    meanings.register(app)
    mistakes.register(app)
    pairs.register()
    status.register(app)
    together.register(app)
    return {"version": "1", "env_version": 5, "parallel_read_safe": True, "parallel_write_safe": True}


def _configure(app: Sphinx, config: Config) -> None:
    config.exhibits_lexicon = lexicon()
    config.exhibits_numbers = _ARTICLE
    # A translation lies beside the English book, and uses its library.
    config.exhibits_shared = "" if config.language == SOURCE else "../../_static/"
    config.html_static_path.append(str(_STATIC))
    config.templates_path.append(str(_TEMPLATES))
    config.html_math_renderer = formulas.NAME
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
    config.gvc_languages = switch.languages()
    config.bibtex_reference_style = bibliography.citing(config.language)
    config.bibtex_default_style = bibliography.listing(config.language)
    config.html_theme_options["article_header_end"] = ["gvc-languages.html", "article-header-buttons.html"]
    if config.language != SOURCE:
        said = Words(config.language)
        for name in ("author", "html_title", "nb_code_prompt_show", "nb_code_prompt_hide"):
            config[name] = said.say(config[name])
        config.html_theme_options["search_bar_text"] = escape(said.say("Search this book..."))  # into an attribute
        config.notfound_context = {part: said.say(words) for part, words in catalogues.NOT_FOUND.items()}
        config.numfig_format = {kind: said.say(form) for kind, form in config.numfig_format.items()}
        footer = " ".join(config.html_theme_options["extra_footer"].split())
        config.html_theme_options["extra_footer"] = said.say(footer)
    cache = Path(app.srcdir) / ".cache" / "execution"
    if not config.gvc_waits:  # else another process has
        kernels.results(cache).change_cache_limit(KEPT)
    config.nb_execution_cache_path = str(cache)
    config.suppress_warnings = [*config.suppress_warnings, "mystnb.exec"]  # a cell that fails raises, too


def _mark(app: Sphinx, page: str, source: list[str]) -> None:
    """Put into a chapter's metadata what its results depend on: the cache then keeps none that outlives its needs."""
    if is_myst_markdown_notebook(source[0]):
        by_page(app.env, "needs")[page] = _needed(app, page)
        # jupyter-cache looks at the code and at this entry of the metadata. The count of lines stays, for the warnings.
        marked = rf"kernelspec:\n  {{name: \1, needs: {by_page(app.env, 'needs')[page]}}}"
        source[0], done = re.subn(r"^kernelspec:\n  name: (\S+)$", marked, source[0], count=1, flags=re.MULTILINE)
        if not done:
            raise ExtensionError(f"{page}: write its kernelspec in two lines, as the other chapters do.")


def _captions(app: Sphinx, page: nodes.document) -> None:
    """Translate the names of the parts, which enter a page after Sphinx has translated it."""
    said = messages(app.config.language, app.env.docname)
    for tree in page.findall(addnodes.toctree):
        if tree.get("caption") in said:
            tree["caption"] = said[tree["caption"]]


def _at_home(app: Sphinx, page: nodes.document) -> None:
    """Give translated nodes the page as their document.

    Theirs is the one that Sphinx made of a sentence, and with it each page would be kept with all that is known of the
    book.
    """
    for node in page.findall():
        node.document = page


def _glued(app: Sphinx, page: nodes.document, name: str) -> None:
    """Translate the words that a page glues: names of economies, mostly."""
    said = Words(app.config.language, by_page(app.env, "asked").setdefault(name, {}))
    if said.language != SOURCE or app.builder.name == "gettext":
        for node in page.findall(lambda node: isinstance(node, nodes.inline) and "pasted-text" in node["classes"]):
            node.replace(node.children[0], nodes.Text(said.text(node.astext())))


def _quoted(app: Sphinx, page: nodes.document, name: str) -> None:
    """Set the title of another page in a sentence apart from the sentence."""
    titles = {title.astext() for title in app.env.titles.values()}
    for node in page.findall(lambda node: isinstance(node, nodes.inline) and "doc" in node["classes"]):
        if node.astext() in titles:
            node.replace(node.children[0], nodes.Text(f"“{node.astext()}”"))


def _leave_out(app: Sphinx, page: nodes.document) -> None:
    """Leave a section on nothing but a reader's own panels out, its heading too, where it has nothing to show."""
    for section in list(page.findall(nodes.section)):
        cells = [child for child in section.children if child.get("nb_element") == "cell_code"]
        shown = [part for cell in cells for part in cell.children if part.get("nb_element") == "cell_code_output"]
        if cells and not shown and all(f"tag_{UNCOMPARED_CELL}" in cell["classes"] for cell in cells):
            section.parent.remove(section)


def _outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Name the pages that Sphinx would not read again although their results may be others."""
    stale = [page for page, needed in by_page(env, "needs").items() if needed != _needed(app, page)]
    # Sphinx goes on in several processes, of which each would look into all modules by itself.
    for page in chapters.chapters(Path(app.srcdir)):
        if page in added | changed:
            _needed(app, page)
    return [page for page in stale if page not in removed]


def _needed(app: Sphinx, page: str) -> str:
    root = Path(app.srcdir)
    try:
        return digest("\n".join(chapters.code(root, page)), root / "requirements.lock")
    except SyntaxError as error:
        raise mistakes.unreadable(root, page) or error from error


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    for what in _REMEMBERED:
        by_page(env, what).pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    for what in _REMEMBERED:
        by_page(env, what).update({page: of for page, of in by_page(other, what).items() if page in docnames})
    for page in ("gvc_explorer", "gvc_map_page", "gvc_cards_page"):
        if getattr(other, page, None) in docnames:
            setattr(env, page, getattr(other, page))


def _renamed(app: Sphinx, env: Any) -> list[str]:
    """Have all pages written again where a title has changed: each lists the titles of all."""
    before = getattr(env, "gvc_titles", None)
    env.gvc_titles = {page: title.astext() for page, title in env.titles.items()}
    return sorted(env.found_docs) if env.gvc_titles != before else []


def _picture(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Show a page by its first chart where somebody links to it."""
    drawn = (name for name, exhibit in exhibits(app.env).get(page, {}).items() if exhibit.drawn)
    if app.config.html_baseurl and (first := next(drawn, None)):
        context["meta"] = {**(context.get("meta") or {}), "og:image": f"{app.config.html_baseurl}{FOLDER}/{first}.png"}


def _finish_page(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Add what draws the charts, drop what is about to ask the network, mend what stops some readers."""
    if getattr(app.env, "gvc_explorer", None) == page:
        draws(app)
        app.add_js_file("explorer.js", loading_method="defer")
    for kind in ("script_files", "css_files"):
        context[kind] = [asset for asset in context[kind] if not _REMOTE.search(_text(asset))]
    if doctree:
        context["script_files"] = [_later(asset) for asset in context["script_files"]]
    context["lean"] = lambda head: Markup(_NEEDLESS.sub("", head))
    if doctree and 'name="description"' not in context["metatags"]:
        opening = next((paragraph.astext() for paragraph in doctree.findall(nodes.paragraph)), "")
        context["metatags"] += f'<meta name="description" content="{escape(shortened(opening))}">'
    if page in by_page(app.env, "needs"):
        # The notebooks are the same in every language.
        if app.config.language == SOURCE and app.builder.name == "html":
            notebooks.write(app, page, doctree)
        up = page.count("/") + (app.config.language != SOURCE)
        context["body"] += _to_run(f"{'../' * up}{chapters.NOTEBOOKS}/{page}.ipynb", Words(app.config.language))
    if "body" in context:
        for found, mended in _MENDED.items():
            context["body"] = context["body"].replace(found, mended)
        chinese = in_chinese if app.config.language == SOURCE else in_chinese_units
        context["body"] = chinese(context["body"])


def shortened(text: str, most: int = 160) -> str:
    """Shorten a text at the end of a word; Chinese, which does not part them, at the end of a sentence or a clause.

    Examples
    --------
    >>> shortened("产业链一再转移。先到日本，后到东盟，再到墨西哥", 12)
    '产业链一再转移。'
    >>> shortened("先到日本，后到东盟，再到墨西哥", 12)
    '先到日本，后到东盟…'
    """
    if sum(map(len, _CHINESE.findall(text))) < len(text) / 2:
        return shorten(text, most, placeholder="…")
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    sentence = re.match(r".*[。！？]", text[:most])
    clause = re.match(r".*(?=[，；：、])", text[:most])
    return sentence[0] if sentence else f"{clause[0] if clause else text[: most - 1]}…"


def in_chinese(body: str) -> str:
    """Say of Chinese words in a page that they are Chinese, so that they are spoken and drawn as such.

    Examples
    --------
    >>> in_chinese('<a title="产业链">Chains (产业链)</a>')
    '<a title="产业链">Chains (<span lang="zh">产业链</span>)</a>'
    """
    parts = _NO_TEXT.split(body)
    parts[::2] = [_CHINESE.sub(r'<span lang="zh">\g<0></span>', text) for text in parts[::2]]
    return "".join(parts)


def in_chinese_units(body: str) -> str:
    """Count by ten thousands and hundreds of millions where a number in thousands of millions or millions stands.

    Examples
    --------
    >>> in_chinese_units("1.4<b>十亿</b>美元，31十亿，0.36十亿，1,205百万，十亿美元")
    '14<b>亿</b>美元，310亿，3.6亿，120,500万，十亿美元'
    """

    def said(found: re.Match[str]) -> str:
        number, between, unit = found.groups()
        times, name = _UNITS[unit]
        digits = max(0, len(number.partition(".")[2]) - len(str(times)) + 1)
        return f"{float(number.replace(',', '')) * times:,.{digits}f}{between}{name}"

    return _COUNTED.sub(said, body)


_UNITS = {"十亿": (10, "亿"), "百万": (100, "万")}
_COUNTED = re.compile(r"(\d[\d,]*(?:\.\d+)?)((?:<[^>]*>)*)(十亿|百万)")
_NO_TEXT = re.compile(r"(<script\b.*?</script>|<svg\b.*?</svg>|<option\b.*?</option>|<[^>]*>)", re.DOTALL)
_CHINESE = re.compile(r"[\u4e00-\u9fff](?:[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”…]*[\u4e00-\u9fff])?")
_MENDED = {
    # The deprecated role of docutils is none of a list's.
    'role="doc-biblioentry"': 'role="listitem"',
    # Nobody who speaks to a computer knows this name of what says "Show the code".
    '<summary aria-label="Toggle hidden content">': "<summary>",
    # The theme's wide tables scroll, but not from the keyboard.
    '<div class="pst-scrollable-table-container">': '<div class="pst-scrollable-table-container" tabindex="0">',
}


def _to_run(notebook: str, said: Words) -> str:
    # Where Babel looks for messages: within the f-strings of Python 3.11 it finds none.
    name = said.say("notebook with its results")
    line = said.say("This page to run yourself: {0}", f'<a href="{notebook}" download>{name}</a>')
    return f'<p class="gvc-downloads gvc-page">{line}</p>'


#: Icons as a script, beside the fonts that draw the same ones; and fonts and scripts before what there is to read.
_NEEDLESS = re.compile(
    r'<script src="[^"]*/fontawesome/[^"]*"></script>|<link rel="preload" as="(?:font|script)"[^>]*>'
)
_REMOTE = re.compile(r"://|thebe", re.IGNORECASE)


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
    # Sphinx copies these only when it writes a page.
    shutil.copytree(_STATIC, out / "_static", dirs_exist_ok=True)
    icons.write(out)
    (out / "_static" / "build.js").write_text(identity.script(Path(app.srcdir), Words(app.config.language)), "utf-8")
    if (citation := Path(app.srcdir) / "CITATION.cff").is_file():
        shutil.copyfile(citation, out / "CITATION.cff")
    if explored := hasattr(app.env, "gvc_explorer"):
        explorer.write(out / "_static", Words(app.config.language), Path(app.srcdir))
    if app.config.language != SOURCE:
        return  # what draws is the same, and lies beside
    kernels.truncate(get_cache(app.config.nb_execution_cache_path))
    robots = ["User-agent: *", "Allow: /"]
    if app.config.html_baseurl:
        robots.append(f"Sitemap: {app.config.html_baseurl}sitemap.xml")
    (out / "robots.txt").write_text("\n".join([*robots, ""]), "utf-8")
    if explored:
        write_library(out)
    if not app.config.gvc_beside:
        search.write(out)
        notices.write(out)
