"""Each page as readers download it: the notebook that nbval runs, and that runs by itself to the same end."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from industrial_chains.book import chapters, references
from industrial_chains.book.chapters import NOTEBOOKS
from industrial_chains.look import tables
from tests.conftest import copied

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
CHAPTERS = chapters.chapters(ROOT)
#: What of a table is read.
PARTS = ("caption", "notes", "source", "head", "body")


def words(notebook: NotebookNode) -> list[list[str]]:
    """Return what each cell of code says in words, but for what depends on the reader's own panels."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    outputs = [[] if references.uncompared(cell) else cell.outputs for cell in cells]
    texts = [[output.get("data", {}).get("text/plain", "") for output in of_cell] for of_cell in outputs]
    return [[text for text in of_cell if text] for of_cell in texts]


@pytest.fixture(scope="module")
def site() -> Path:
    if not SITE.exists():
        pytest.skip("no site yet: run make book")
    return SITE


def downloaded(site: Path, chapter: str) -> NotebookNode:
    return nbformat.read(site / NOTEBOOKS / f"{chapter}.ipynb", as_version=4)


def reference(chapter: str) -> NotebookNode:
    return nbformat.read(references.reference(ROOT, chapter), as_version=4)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_as_downloaded_is_what_nbval_runs_and_says_the_same(chapter: str, site: Path) -> None:
    """The references are run by nbval, away from the book and on the data that they are said to need (see conftest)."""
    offered, due = downloaded(site, chapter), reference(chapter)
    assert offered.metadata["kernelspec"] == due.metadata["kernelspec"]
    assert [cell.source for cell in offered.cells if cell.cell_type == "code"] == [cell.source for cell in due.cells]
    assert words(offered) == words(due)


def test_a_notebook_runs_as_downloaded(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One for all of them: the others differ in what their cells say, and nbval runs these."""
    notebook, due = downloaded(site, "index"), reference("index")
    monkeypatch.setenv("GVC_DATA", str(copied("\n".join(cell.source for cell in due.cells), tmp_path / "data")))
    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert words(notebook) == words(due)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_is_offered_as_it_was_written(chapter: str, site: Path) -> None:
    assert (site / NOTEBOOKS / f"{chapter}.md").read_bytes() == (ROOT / f"{chapter}.md").read_bytes()
    shown = [cell for cell in downloaded(site, chapter).cells if cell.cell_type == "code" and cell.outputs]
    assert shown, "a notebook without outputs is none that was executed"
    page = (site / f"{chapter}.html").read_text("utf-8")
    assert f"{NOTEBOOKS}/{chapter}.ipynb" in page


def shown(of: Any) -> Iterator[str]:
    """Strings of a table that are shown as they stand."""
    if isinstance(of, str):
        yield of
    elif isinstance(of, list):
        yield from (text for one in of for text in shown(one))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_markup_is_shown_as_text(chapter: str, site: Path) -> None:
    cells = downloaded(site, chapter).cells
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    parts = [output[tables.MIME][part] for output in outputs if tables.MIME in output for part in PARTS]
    marks = re.compile(r"\{[\w:]+\}`|`[^`]+`|\$[^$]+\$|\]\(|\*\*")
    assert not [text for text in shown(parts) if marks.search(text)], "say Myst(...) of what is markup"
