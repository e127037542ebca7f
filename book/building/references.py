"""Executes the chapters into ``tests/reference``, with which nbval compares every later execution.

``python -m book.building.references`` renews all of them, or those that are named:
``chapters/theory/waves``.
"""

import shutil
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from book.chapters import KERNEL, cells, chapters, source
from exhibits import charts, tables

#: What nbval does not compare: drawings, whose form has tests of its own, and what a text beside it says as well.
UNCOMPARED = (
    *("image/png", "image/jpeg", charts.MIME, tables.MIME, "text/markdown"),
    "application/papermill.record/text/plain",
)
#: Nor the outputs of cells with this tag.
UNCOMPARED_CELL = "nbval-ignore-output"


def reference(root: Path, chapter: str) -> Path:
    """Name the executed notebook of a chapter."""
    return root / "tests" / "reference" / f"{chapter}.ipynb"


def uncompared(cell: NotebookNode) -> bool:
    """Return whether a cell shows a reader's own panels, so that nbval runs it and compares nothing."""
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
        cell.outputs = [output for output in cell.outputs if output.get("data", output)]
    return notebook


def renew(root: Path, only: Sequence[str] = ()) -> None:
    """Replace the references of some chapters, or of all, once every one of them has run."""
    names = list(only) or chapters(root)
    with ThreadPoolExecutor(2) as pool:
        executed = list(pool.map(partial(execute, root), names))
    if not only:
        shutil.rmtree(root / "tests" / "reference", ignore_errors=True)
    for name, notebook in zip(names, executed, strict=True):
        path = reference(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        print(f"{name}: {len(notebook.cells)} cells")


if __name__ == "__main__":
    renew(Path.cwd(), sys.argv[1:])
