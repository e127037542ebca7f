"""Reports a mistake in a chapter in a few lines: file, cell, what is wrong and what to do."""

import ast
import logging
import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

import myst_nb.sphinx_
from docutils import frontend, nodes
from myst_nb.core.execute.base import ExecutionError
from myst_nb.core.read import read_myst_markdown_notebook
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from nbclient.exceptions import CellExecutionError
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError, SphinxError

from book import chapters
from exhibits.render import ExhibitRenderer
from gvc.errors import GvcError

#: What to do, by how an exception in a cell begins.
_IN_CELLS = {
    r"TypeError: .* missing .*keyword-only arguments?: .*'alt'": (
        'Give the chart alt="…", which says what kind of picture it is. The chart adds its numbers.'
    ),
    r"TypeError: .* missing .*keyword-only arguments?: ": "Give the exhibit what is missing; all its words stand in "
    "its constructor in exhibits.",
    r"(ImportError|ModuleNotFoundError): ": "Import what exists. The map of modules is docs/map.md.",
    # These end with a remedy of their own.
    r"(\w+\.)*(GvcError|SilentError): ": "",
}
_MEND = "Mend the line that the traceback below points at."

#: What to do, by what a warning says. Sphinx adds the place.
_WARNED = {
    r"No key '(.+?)' found in glue data": r"Return the number '\1' from numbers() in the page's module, or "
    r"keep(\1=…) in a cell, or write the name under which one keeps it.",
    r"glue key '(.+?)' duplicate": r"Rename one of the numbers that are kept as \1.",
    r'Unknown interpreted text role "(.+?)"': "The book's pages use n, d, glue:text, numref, ref, doc, term, "
    "cite:t and cite:p. Write one of these, or mend the spelling.",
    r"Unknown directive type": "Mend the spelling; other pages show the directives that there are.",
    r"undefined label|unknown document|Failed to (create a cross|resolve)": "Mend the name: that of an exhibit is its "
    "name=…, that of a page its path, that of a section stands in brackets above its heading.",
}
#: What nbclient prints below the source of a cell, before the traceback.
_SOURCE_ENDS = "\n------------------\n"
_COLOUR = re.compile(r"\x1b\[[\d;]*m")


class MistakeError(SphinxError):
    """A mistake of an author, which Sphinx reports without a traceback of its own."""

    category = "A mistake in a chapter"


class Parser(myst_nb.sphinx_.Parser):
    """Reads a page, and names a cell that fails without the frames of what ran it."""

    def parse(self, inputstring: str, document: nodes.document) -> None:
        """Parse a page, and run it where the cache has no results; or a sentence of its translation."""
        if document.current_source.endswith("<translated>") and not inputstring.startswith("---"):
            _sentences(document.settings.env.app, document).render(inputstring)
            return
        try:
            super().parse(inputstring, document)
        except ExecutionError as error:
            env: Any = document.settings.env
            raise of_cell(Path(env.srcdir), env.docname, error.__cause__ or error) from error


#: Reads what docutils' options are by default, which takes longer than a sentence and is asked for with each.
_defaults = cache(frontend.get_default_settings)


def _settings(*components: Any) -> frontend.Values:
    return _defaults(*components).copy()


def _sentences(app: Any, document: nodes.document) -> Any:
    """Return what reads thousands of sentences: myst-nb would make it anew for each."""
    if not hasattr(app, "gvc_sentences"):
        app.gvc_sentences = create_md_parser(app.env.myst_config, SphinxRenderer)
    app.gvc_sentences.options["document"] = document
    return app.gvc_sentences


def register(app: Sphinx) -> None:
    """Name the cell in errors, and add a remedy to warnings."""
    app.setup_extension("myst_nb")
    app.add_source_parser(Parser, override=True)
    frontend.get_default_settings = _settings
    if not hasattr(ExhibitRenderer.handle_mime, "__wrapped__"):  # once, in however many builds of a process
        ExhibitRenderer.handle_mime = staticmethod(located(ExhibitRenderer.handle_mime))
    for handler in logging.getLogger("sphinx").handlers:
        if handler.level == logging.WARNING:
            handler.addFilter(_Advice(Path(app.srcdir)))


def of_cell(root: Path, page: str, error: BaseException) -> MistakeError:
    """Say which cell of a page failed when it ran, and why."""
    if not isinstance(error, CellExecutionError):  # it took too long, or its kernel died
        return _mistake(f"{page}.md", "cells that run", f"{type(error).__name__}: {error}", "Run them one by one.")
    traceback = _COLOUR.sub("", error.traceback)
    number = re.search(r"In\[(\d+)\](?:, line (\d+))?", traceback)
    found = f"{error.ename}: {_COLOUR.sub('', error.evalue)}"
    remedy = next((remedy for begins, remedy in _IN_CELLS.items() if re.match(begins, found)), _MEND)
    message = _mistake(_cell(root, page, int(number[1])) if number else f"{page}.md", "a cell that runs", found, remedy)
    return MistakeError(f"{message}\n\n{traceback.rsplit(_SOURCE_ENDS, 1)[-1].strip()}")


def unreadable(root: Path, page: str) -> MistakeError | None:
    """Return the error for the first cell of a page that is not valid Python."""
    for number, code in enumerate(chapters.code(root, page), start=1):
        try:
            ast.parse(code)
        except SyntaxError as error:
            found = f"{error.msg}, line {error.lineno} of the cell: {(error.text or '').strip()}"
            return _mistake(_cell(root, page, number), "Python", found, "Mend that line.")
    return None


def located(render: Callable[..., Any]) -> Callable[..., Any]:
    """Name the cell in an error that its output raises."""

    @wraps(render)
    def asked(renderer: Any, data: Any, *more: Any, **named: Any) -> Any:
        try:
            return render(renderer, data, *more, **named)
        except ExtensionError as error:
            env = renderer.renderer.sphinx_env
            if not data.line or not (root := getattr(env, "srcdir", None)):
                raise
            where = after(Path(root), env.docname, data.line)
            found = re.sub(rf"^\S*{re.escape(env.docname)}(\.md)?(:\d+)?: ", "", str(error))
            raise MistakeError(f"{where}: {found}") from error

    return asked


def after(root: Path, page: str, line: int) -> str:
    """Name the cell in which a line of a page stands, or after which it does.

    Examples
    --------
    >>> after(Path(__file__).parents[2], "chapters/theory/effects", 59)
    'chapters/theory/effects.md:59, after cell 2 (charts.dumbbell()'
    """
    lines = chapters.source(root, page).read_text("utf-8").splitlines()
    starts = _starts(root, page)
    number = bisect_right(starts, line)
    if not number:
        return f"{page}.md:{line}"
    fence = re.match(r"`+|~+", lines[starts[number - 1] - 1])
    inside = fence is not None and fence[0] not in (text.strip() for text in lines[starts[number - 1] : line - 1])
    return f"{page}.md:{line}, {'' if inside else 'after '}cell {number} ({_begins(root, page, number)})"


def _cell(root: Path, page: str, number: int) -> str:
    starts = _starts(root, page)
    return f"{page}.md:{starts[number - 1]}, cell {number} ({_begins(root, page, number)})"


def _starts(root: Path, page: str) -> list[int]:
    """Lines at which the code cells of a page begin."""
    path = chapters.source(root, page)
    notebook = read_myst_markdown_notebook(path.read_text("utf-8"), path=path, add_source_map=True)
    lines = notebook.metadata["source_map"]
    return [line for line, cell in zip(lines, notebook.cells, strict=True) if cell.cell_type == "code"]


def _begins(root: Path, page: str, number: int) -> str:
    """First line of a cell's code."""
    return next(iter(chapters.code(root, page)[number - 1].strip().splitlines()), "empty")


def _mistake(where: str, expected: str, found: str, remedy: str) -> MistakeError:
    return MistakeError(str(GvcError(where, expected=expected, found=found, remedy=remedy)).rstrip())


class _Advice(logging.Filter):
    """Adds the nearest cell and a remedy to a warning."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self._root = root

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass."""
        message = logging.LogRecord.getMessage(record)  # Sphinx's own would put the place before it, twice
        for pattern, remedy in _WARNED.items():
            if found := re.search(pattern, message):
                record.msg, record.args = f"{message}\n  {self._beside(record)}{found.expand(remedy)}", ()
                break
        return True

    def _beside(self, record: logging.LogRecord) -> str:
        path, _, line = str(getattr(record, "location", "")).rpartition(":")
        page = Path(path)
        if page.suffix != ".md" or not line.isdigit() or not page.is_relative_to(self._root):
            return ""
        where = after(self._root, str(page.relative_to(self._root).with_suffix("")), int(line))
        beside = where.partition(", ")[2]
        return f"{beside[0].upper()}{beside[1:]}: " if beside else ""
