"""Reads the code cells of the chapters as the book does."""

from functools import cache
from pathlib import Path

from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from nbformat import NotebookNode
from sphinx_external_toc.parsing import parse_toc_yaml

#: Where a site offers its chapters as notebooks and as sources.
NOTEBOOKS = "_notebooks"
#: What runs them.
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def chapters(root: Path) -> list[str]:
    """List the documents of the table of contents that hold code, in reading order."""
    documents = list(parse_toc_yaml(root / "_toc.yml"))
    return [name for name in documents if is_myst_markdown_notebook(source(root, name).read_text("utf-8"))]


def source(root: Path, chapter: str) -> Path:
    """Name the Markdown file of a chapter."""
    return root / f"{chapter}.md"


def notebook(root: Path, chapter: str) -> NotebookNode:
    """Read a chapter as the book reads it; nobody may write to it."""
    path = source(root, chapter)
    return _notebook(path, path.read_text("utf-8"))


@cache
def _notebook(path: Path, text: str) -> NotebookNode:
    """Read a chapter once: a build asks for the code of each several times."""
    return read_myst_markdown_notebook(text, path=path)


def cells(root: Path, chapter: str) -> list[NotebookNode]:
    """Read the chapter's code cells; nobody may write to them."""
    return [cell for cell in notebook(root, chapter).cells if cell.cell_type == "code"]


def code(root: Path, chapter: str) -> list[str]:
    """Read what the chapter's code cells say."""
    return [cell.source for cell in cells(root, chapter)]
