"""Executes the chapters into ``tests/reference``, with which nbval compares every later execution.

``python -m report.book.references`` renews all of them.
"""

# mypy: allow-untyped-calls
# (nbformat has no types)

import shutil
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import nbformat
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from nbclient import NotebookClient
from nbformat import NotebookNode
from sphinx_external_toc.parsing import parse_toc_yaml

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}
#: nbval compares everything but these two, and the outputs of cells with this tag.
UNCOMPARED = ("image/png", "image/jpeg")
UNCOMPARED_CELL = "nbval-ignore-output"


def chapters(root: Path) -> list[str]:
    """List the documents of the table of contents that hold code, in reading order."""
    documents = list(parse_toc_yaml(root / "_toc.yml"))
    return [name for name in documents if is_myst_markdown_notebook(source(root, name).read_text("utf-8"))]


def source(root: Path, chapter: str) -> Path:
    """Name the Markdown file of a chapter."""
    return root / f"{chapter}.md"


def reference(root: Path, chapter: str) -> Path:
    """Name the executed notebook of a chapter."""
    return root / "tests" / "reference" / f"{chapter}.ipynb"


def cells(root: Path, chapter: str) -> list[NotebookNode]:
    """Read the chapter's code cells as the book reads them."""
    path = source(root, chapter)
    notebook = read_myst_markdown_notebook(path.read_text("utf-8"), path=path)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def code(root: Path, chapter: str) -> list[str]:
    """Read what the chapter's code cells say."""
    return [cell.source for cell in cells(root, chapter)]


def uncompared(cell: NotebookNode) -> bool:
    """Whether a cell shows what depends on the reader's own panels, so that nbval only runs it."""
    return UNCOMPARED_CELL in cell.metadata.get("tags", ())


def execute(root: Path, chapter: str) -> NotebookNode:
    """Run a chapter's code where the book runs it, and keep what does not change from run to run."""
    executed = []
    for number, cell in enumerate(cells(root, chapter)):
        tags = {"tags": [UNCOMPARED_CELL]} if uncompared(cell) else {}
        executed.append(nbformat.v4.new_code_cell(cell.source, id=f"cell-{number}", metadata=tags))
    notebook: NotebookNode = nbformat.v4.new_notebook(cells=executed, metadata={"kernelspec": KERNEL})
    NotebookClient(
        notebook,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(source(root, chapter).parent)}},
    ).execute()
    notebook.metadata = NotebookNode(kernelspec=KERNEL)
    for cell in executed:
        if uncompared(cell):
            cell.outputs = []
        for output in cell.outputs:
            for mime in UNCOMPARED:
                output.get("data", {}).pop(mime, None)
    return notebook


def renew(root: Path) -> None:
    """Replace all references, once every chapter has run."""
    names = chapters(root)
    with ThreadPoolExecutor(2) as pool:
        executed = list(pool.map(partial(execute, root), names))
    shutil.rmtree(root / "tests" / "reference", ignore_errors=True)
    for name, notebook in zip(names, executed, strict=True):
        path = reference(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        print(f"{name}: {len(notebook.cells)} cells")


if __name__ == "__main__":
    renew(Path.cwd())
