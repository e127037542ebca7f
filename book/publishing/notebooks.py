"""Writes chapters as notebooks to download, with plain Markdown and a first cell that checks what they need."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import nbformat
import yaml
from docutils import nodes
from jupyter_cache import get_cache
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import getLogger

from book import chapters
from book.identity import AUTHOR, TITLE, VERSION

_NEEDS = """To run {what} you need Python 3.11, 3.12 or 3.13 and {copy}, version {version}. In the folder of that copy

- `make .venv/gvc` makes an environment for it, `.venv`, whose Python can be the kernel; or
- `pip install -e . -e ./exhibits -e ./industrial_chains` adds its three packages to your kernel's environment.

Let the copy stay where it is: the packages find their data in it."""

_FIRST = """> This notebook is a page of *{title}* by {author}, version {version}, with its results.
> Text, tables and charts: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/). Code: MIT License.

{needs} The next cell checks that."""

#: What the first cell of code runs: it imports nothing of the book before it knows that it can.
_CHECK = """\
# Says in one sentence what this notebook needs and does not find.
import sys
from importlib.metadata import version
from pathlib import Path


class Missing(Exception):
    def _render_traceback_(self):
        return [str(self)]


python = f"Python {{sys.version.split()[0]}} at {{sys.executable}}"
install = "run `pip install -e . -e ./exhibits -e ./industrial_chains` in {copy}, and restart the kernel."
if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    raise Missing(f"This notebook needs Python 3.11, 3.12 or 3.13, and its kernel is {{python}}.")
try:
    import exhibits.prose
    import industrial_chains.charting
    from gvc.panel import DATA

    found = {{version("gvc-measures"), version("industrial-chains")}}
except ImportError as error:
    raise Missing(f"The book's packages are not installed for {{python}} ({{error}}): {{install}}")
if found != {{"{version}"}}:
    other = " and ".join(found)
    raise Missing(f"This notebook is of version {version}, the book's packages are of version {{other}}: {{install}}")
if not DATA.is_dir() or not (Path(industrial_chains.__file__).parents[1] / "references.bib").is_file():
    raise Missing(f"The book's packages do not find the data of their copy of the repository: {{install}}")"""

#: What roles become on a page: text in an inline of this class. Titles of pages are known without it.
_ROLES = {
    "glue:text": "pasted-text",
    "n": "pasted-text",
    "d": "pasted-text",
    "cite:t": "bibtex-citation",
    "cite:p": "bibtex-citation",
    "numref": "std-numref",
    "ref": "std-ref",
}
_CODE = "code"
_ROLE = re.compile(r"\{([\w:]+)\}`([^`]*)`")
_DIRECTIVE = re.compile(r"^(`{3,})\{([\w-]+)\} *(.*)\n((?s:.*?))^\1$", re.MULTILINE)
_UNSEEN = re.compile(r"^(?:\([\w-]+\)=|\{\.[\w-]+\}|%.*)\n", re.MULTILINE)
_DEFINED = re.compile(r"^(\S.*)\n: ", re.MULTILINE)
_MEANT = re.compile(r"^(\S.*)\n  ", re.MULTILINE)

_log = getLogger(__name__)


def repository(root: Path) -> str:
    """Return the address of the book's repository, empty where ``_config.yml`` has none."""
    config = yaml.safe_load((root / "_config.yml").read_text("utf-8"))
    return str((config.get("repository") or {}).get("url") or "")


def needs(what: str, address: str) -> str:
    """Return in Markdown what running one notebook or several needs."""
    copy = f"a copy of [the book's repository]({address})" if address else "a copy of the book's repository"
    return _NEEDS.format(what=what, copy=copy, version=VERSION)


def first_cells(address: str) -> list[NotebookNode]:
    """Return what a notebook begins with: what it needs, in words, and a check."""
    first = _FIRST.format(title=TITLE, author=AUTHOR, version=VERSION, needs=needs("it", address))
    copy = f"a copy of the book's repository ({address})" if address else "a copy of the book's repository"
    check = _CHECK.format(copy=copy, version=VERSION)
    return [new_markdown_cell(first, id="what-it-needs"), new_code_cell(check, id="check")]


def write(app: Sphinx, name: str, page: nodes.document) -> None:
    """Write a chapter as a notebook, with its outputs and the prose of the finished page."""
    made = Path(app.outdir).parent / "jupyter_execute" / f"{name}.ipynb"
    path = Path(app.outdir) / chapters.NOTEBOOKS / f"{name}.ipynb"
    notebook = nbformat.read(made, as_version=4)
    if not any(cell.get("outputs") for cell in notebook.cells):
        # Where results come from the cache, myst-nb shows them on the page and leaves them out here.
        _, notebook = get_cache(app.config.nb_execution_cache_path).merge_match_into_notebook(notebook)
    prose = Prose(name, page, app.env, app.config.html_baseurl)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = prose.plain(cell.source)
    if left := prose.left():
        _log.warning("%s: a notebook's prose and its page do not fit: %s", name, left, type="gvc", subtype="notebook")
    if works := prose.works():
        notebook.cells.append(new_markdown_cell(works, id="works"))
    notebook.cells = [*first_cells(repository(Path(app.srcdir))), *notebook.cells]
    notebook.metadata = {"kernelspec": chapters.KERNEL}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


class Prose:
    """Turns a chapter's MyST into plain Markdown, cell by cell: its roles say in turn what they say on the page.

    Parameters
    ----------
    name : str
        Of the page.
    page : document
        With everything resolved.
    env : BuildEnvironment
    address : str
        Of the book, so that links lead somewhere; empty where nobody knows.
    """

    def __init__(self, name: str, page: nodes.document, env: BuildEnvironment, address: str) -> None:
        self._name, self._page, self._env, self._address = name, page, env, address
        self._missing: list[str] = []
        found: dict[str, list[str]] = {kind: [] for kind in (*_ROLES.values(), _CODE)}
        for node in _written(page):
            if isinstance(node, nodes.literal_block) and "source" in node:
                found[_CODE].append(node.astext())
            elif isinstance(node, nodes.inline):
                for kind in found.keys() & set(node["classes"]):
                    found[kind].append(self._said(node))
        self._found = {kind: iter(texts) for kind, texts in found.items()}

    def plain(self, source: str) -> str:
        """Return a cell's source in plain Markdown."""
        return self._directives(_ROLE.sub(self._role, _UNSEEN.sub("", source)))

    def left(self) -> list[str]:
        """Return the roles of the source that the page lacks, and the texts of the page that the source lacks."""
        return [*self._missing, *(text for of_kind in self._found.values() for text in of_kind)]

    def works(self) -> str:
        """Return the list of works at the end of a page."""
        for works in self._page.findall(
            lambda node: "gvc-works-cited" in getattr(node, "attributes", {}).get("classes", ())
        ):
            title, *entries = works.children
            return "\n".join([f"## {title.astext()}", "", *(f"- {_escaped(entry)}" for entry in entries)])
        return ""

    def _role(self, found: re.Match[str]) -> str:
        source, name, target = found[0], *found.groups()
        if name in _ROLES:
            return self._next(_ROLES[name], source)
        # A section that a page leaves out as long as a reader has no panel of their own leads to pages, too.
        document = self._env.relfn2path(target, self._name)[0]
        if name != "doc" or document not in self._env.titles:
            self._missing.append(source)
            return source
        title = f"“{_escaped(self._env.titles[document])}”"
        return f"[{title}]({self._address}{document}.html)" if self._address else title

    def _next(self, kind: str, source: str) -> str:
        text = next(self._found[kind], None)
        if text is None:
            self._missing.append(source)
        return source if text is None else text

    def _said(self, node: nodes.inline) -> str:
        text = _escaped(node)
        leads = isinstance(node.parent, nodes.reference) and node.parent.get("refuri")
        here = f"{self._address}{self._name}.html"
        return f"[{text}]({urljoin(here, leads)})" if leads and self._address else text

    def _directives(self, source: str) -> str:
        return _DEFINED.sub(r"- \1: ", _DIRECTIVE.sub(self._directive, source))

    def _directive(self, found: re.Match[str]) -> str:
        _, name, argument, body = found.groups()
        match name:
            case "dropdown":
                plain = f"**{argument}**\n\n{self._directives(body)}"
            case "literalinclude":
                plain = f"```python\n{self._next(_CODE, argument)}\n```"
            case "glossary":
                plain = _MEANT.sub(r"- **\1:** ", body)
            case "bibliography":
                plain = "\n".join(f"- {_escaped(work[-1])}" for work in self._page.findall(nodes.citation))
            case "cite-book":
                plain = f"{AUTHOR}. *{TITLE}*. Version {VERSION}."
            case "byline":
                plain = f"{AUTHOR} · Version {VERSION}"
            case "chapter-cards" | "exhibit-map" | "share-of" | "find-statement":
                plain = "*The book's page has here a list that is made from all its pages.*"
            case "data-to-take" | "versions" | "notices":
                plain = "*The book's page has here a list of files and programs.*"
            case "what-if":
                plain = "*The book's page has here a calculator of other duties.*"
            case _:
                plain = found[0]
                self._missing.append(plain)
        return plain


def _written(node: nodes.Element) -> Iterator[nodes.Element]:
    """Yield the elements that an author wrote, and none that a code cell put out."""
    for child in node.children:
        if isinstance(child, nodes.Element) and child.get("nb_element") != "cell_code":
            yield child
            yield from _written(child)


def _escaped(node: nodes.Node) -> str:
    """Return the text of a node, escaped for Markdown."""
    texts = (text for text in node.findall(nodes.Text) if not isinstance(text.parent, nodes.raw))
    return re.sub(r"([\\`*_$\[\]<])", r"\\\1", "".join(texts)).strip()
