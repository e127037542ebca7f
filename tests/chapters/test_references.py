"""A chapter whose cell was edited has a reference of another: `make check` sees it, without running anything."""

from pathlib import Path

import nbformat
import pytest

from book import chapters
from book.building import references

ROOT = Path(__file__).parents[2]
CHAPTERS = chapters.chapters(ROOT)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_reference_holds_the_code_of_its_chapter(chapter):
    cells = nbformat.read(references.reference(ROOT, chapter), as_version=4).cells
    assert [cell.source for cell in cells] == chapters.code(ROOT, chapter), "run make refs"
    away = [references.uncompared(cell) for cell in chapters.cells(ROOT, chapter)]
    assert [references.uncompared(cell) for cell in cells] == away, "run make refs"
    assert not [cell for cell in cells if references.uncompared(cell) and cell.outputs], "run make refs"
