"""What the build has executed is what the references hold, as nbval compares it, without executing it again.

`pytest --nbval tests/reference` executes by itself.
"""

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from jupyter_cache import get_cache
from jupyter_cache.cache.main import JupyterCacheBase
from nbformat import NotebookNode
from nbval.plugin import IPyNbCell, coalesce_streams, nocolors

from book import chapters
from book.building import kernels, references, runs

ROOT = Path(__file__).parents[1]
#: What nbval passes over in an output.
SKIPPED = ("metadata", "traceback", "prompt_number", "output_type", "name", "execution_count")


class Compared:
    """A cell of nbval, without the kernel that would run it."""

    colors = nocolors
    compare_outputs = IPyNbCell.compare_outputs
    format_output_compare = IPyNbCell.format_output_compare

    def __init__(self, config: pytest.Config) -> None:
        self.config, self.ihook = config, config.hook
        self.comparison_traceback: list[str] = []

    def sanitize(self, text: str) -> str:
        return text


@pytest.fixture(scope="module")
def cache() -> JupyterCacheBase:
    return get_cache(ROOT / kernels.PLACE)


def executed(root: Path, chapter: str, cache: JupyterCacheBase) -> NotebookNode:
    """Return a chapter with the results that the build has kept of it, of its code and all that this needs today."""
    notebook = runs.read(root, chapter)
    if not kernels.kept(cache, notebook):
        pytest.fail(f"{chapter} has not been executed as it is now; build the book first: make book", pytrace=False)
    return cache.merge_match_into_notebook(notebook)[1]


def differences(found: NotebookNode, reference: NotebookNode, config: pytest.Config) -> Iterator[str]:
    """Compare the outputs of all cells but those that show a reader's own panels."""
    pairs = zip((cell for cell in found.cells if cell.cell_type == "code"), reference.cells, strict=True)
    for number, (cell, other) in enumerate(pairs):
        compared = Compared(config)
        outputs = [coalesce_streams(one.outputs) for one in (cell, other)]
        skipped = (*references.UNCOMPARED, *SKIPPED)
        if not references.uncompared(cell) and not compared.compare_outputs(*outputs, skip_compare=skipped):
            yield f"cell {number}:\n" + "\n".join(compared.comparison_traceback)


@pytest.mark.parametrize("chapter", chapters.chapters(ROOT))
def test_a_chapter_gives_what_its_reference_holds(
    chapter: str, cache: JupyterCacheBase, pytestconfig: pytest.Config
) -> None:
    reference = nbformat.read(references.reference(ROOT, chapter), as_version=4)
    found = executed(ROOT, chapter, cache)
    if said := list(differences(found, reference, pytestconfig)):
        pytest.fail("\n".join([*said, "If this is meant: make refs"]), pytrace=False)
