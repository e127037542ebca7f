"""The executed notebooks belong to the chapters as they are, and nbval goes red when a result moves."""

import os
import re
import subprocess
import sys
from inspect import getmembers, isfunction
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from book import chapters
from book.building import references
from industrial_chains import reader_panels

ROOT = Path(__file__).parents[3]
CHAPTERS = chapters.chapters(ROOT)
#: A call of what shows the reader's own panels.
SHOWN = "|".join(name for name, _ in getmembers(reader_panels, isfunction) if name[0] != "_")
OWN = re.compile(rf"\breader_panels\.({SHOWN})\(")


BOOK = """\
---
file_format: mystnb
kernelspec: {name: python3}
---

# A page

```{code-cell} python
from exhibits.prose import keep
keep(share=100 / 3)
```

```{code-cell} python
import pandas as pd
from industrial_chains.charting import charts
data = pd.DataFrame({"economy": ["CHN"], "share": [1 / 7]})
charts.bars(data, "economy", "share", name="n", title="T", subtitle="S", source="O", alt="A")
```

```{code-cell} python
:tags: [hide-input, nbval-ignore-output]
import time
print(time.time_ns())
```
"""


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells for output in cell.outputs]


def test_references_are_those_of_the_chapters():
    folder = ROOT / "tests" / "reference"
    assert sorted(folder.rglob("*.ipynb")) == sorted(references.reference(ROOT, name) for name in CHAPTERS), (
        "run make refs"
    )


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_reference_is_executed_and_clean(chapter):
    notebook = read(references.reference(ROOT, chapter))
    assert [cell.execution_count for cell in notebook.cells] == list(range(1, len(notebook.cells) + 1))
    assert outputs(notebook), "a chapter that shows nothing has nothing to compare"
    kinds = {output.get("name", output.output_type) for output in outputs(notebook)}
    assert not kinds & {"error", "stderr"}


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_nbval_looks_away_only_from_the_readers_own_panels(chapter):
    for cell in chapters.cells(ROOT, chapter):
        assert references.uncompared(cell) == bool(OWN.search(cell.source))
        said = f"{cell.source} {[tag for tag in cell.metadata.get('tags', ()) if tag != references.UNCOMPARED_CELL]}"
        assert not re.search("nbval_|pytest_validate_", said.lower().replace("-", "_"))


@pytest.fixture(scope="module")
def small_book(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("book")
    (root / "_toc.yml").write_text("format: jb-book\nroot: index\n", "utf-8")
    (root / "index.md").write_text(BOOK, "utf-8")
    references.renew(root)
    return root


def test_nbval_goes_red_on_a_chart_datum_and_on_a_glued_number(small_book):
    page = references.reference(small_book, "index")
    text = page.read_text("utf-8")
    copies = {"datum": ("CHN: 0.142857", "CHN: 0.142858"), "glued": ("share = 33.3333", "share = 33.3334")}
    for name, (true, false) in copies.items():
        assert text.count(true) == 1
        page.with_stem(name).write_text(text.replace(true, false), "utf-8")
    (small_book / "conftest.py").write_text("from tests.conftest import pytest_itemcollected\n", "utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--nbval", "-rA", "--tb=no", "-p", "no:cacheprovider", page.parent],
        cwd=small_book,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
    )
    lines = [line.split() for line in run.stdout.splitlines() if line.startswith(("PASSED", "FAILED"))]
    verdicts = {f"{Path(line[1].partition('::')[0]).stem} {line[2]}": line[0] for line in lines}
    assert verdicts == {
        "index 0": "PASSED",
        "index 1": "PASSED",
        "index 2": "PASSED",
        "datum 0": "PASSED",
        "datum 1": "FAILED",
        "datum 2": "PASSED",
        "glued 0": "FAILED",
        "glued 1": "PASSED",
        "glued 2": "PASSED",
    }
