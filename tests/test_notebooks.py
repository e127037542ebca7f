"""Each page as readers download it: a notebook that runs by itself, on the data it is said to need, to the same end."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from report.book import chapters, needs, references
from report.book.extension import NOTEBOOKS
from report.look import tables

ROOT = Path(__file__).parents[1]
SITE = ROOT / "_build" / "html"
CHAPTERS = chapters.chapters(ROOT)
#: What of a table is read.
PARTS = ("caption", "notes", "source", "head", "body")


def texts(notebook: NotebookNode) -> list[list[str]]:
    """Return what each cell of code says in words, but for what depends on the reader's own panels."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [
        [] if references.uncompared(cell) else [output.get("data", {}).get("text/plain", "") for output in cell.outputs]
        for cell in cells
    ]


@pytest.fixture(scope="module")
def site() -> Path:
    if not SITE.exists():
        pytest.skip("no site yet: run make book")
    return SITE


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_as_downloaded_runs_and_says_what_the_page_says(
    chapter: str, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = nbformat.read(site / NOTEBOOKS / f"{chapter}.ipynb", as_version=4)
    code = "\n".join(chapters.code(ROOT, chapter))
    for path in needs.data(code):
        if not path.is_relative_to(needs.DATA):
            continue
        copy = tmp_path / "data" / path.relative_to(needs.DATA)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    monkeypatch.setenv("GVC_DATA", str(tmp_path / "data"))
    NotebookClient(notebook, resources={"metadata": {"path": str(tmp_path)}}).execute()
    said = [[text for text in cell if text] for cell in texts(notebook)]
    due = texts(nbformat.read(references.reference(ROOT, chapter), as_version=4))
    assert said == [[text for text in cell if text] for cell in due]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_is_offered_as_it_was_written(chapter: str, site: Path) -> None:
    assert (site / NOTEBOOKS / f"{chapter}.md").read_bytes() == (ROOT / f"{chapter}.md").read_bytes()
    notebook = nbformat.read(site / NOTEBOOKS / f"{chapter}.ipynb", as_version=4)
    shown = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]
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
    cells = nbformat.read(site / NOTEBOOKS / f"{chapter}.ipynb", as_version=4).cells
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    parts = [output[tables.MIME][part] for output in outputs if tables.MIME in output for part in PARTS]
    marks = re.compile(r"\{[\w:]+\}`|`[^`]+`|\$[^$]+\$|\]\(|\*\*")
    assert not [text for text in shown(parts) if marks.search(text)], "say Myst(...) of what is markup"
