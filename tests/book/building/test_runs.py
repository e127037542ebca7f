"""Chapters run before pages are read: those whose results are not kept, side by side, and a mistake stops no other."""

from pathlib import Path

import pytest

from book.building import kernels, mistakes, runs
from tests.book.building.test_processes import write

CODE = "import os; open(f'ran-{number}-{os.getppid()}', 'w').close(); print('ran')"


def ran(book: Path) -> list[str]:
    return sorted(path.name.split("-")[1] for path in book.glob("ran-*"))


def test_each_chapter_runs_once_in_a_process_of_its_own(tmp_path: Path) -> None:
    book = write(tmp_path, CODE, 3)
    for _ in range(2):
        runs.run(book)
        assert ran(book) == ["1", "2", "3"]
    assert len({path.name.split("-")[2] for path in book.glob("ran-*")}) == 3
    page = book / "p2.md"
    page.write_text(page.read_text("utf-8").replace("print('ran')", "print('again')"), "utf-8")
    runs.run(book)
    assert ran(book) == ["1", "2", "2", "3"]
    cache = kernels.results(book / kernels.PLACE)
    assert cache.merge_match_into_notebook(runs.read(book, "p2"))[1].cells[-1].outputs[0].text == "again\n"


def test_a_mistake_is_told_and_the_other_chapters_are_kept(tmp_path: Path) -> None:
    book = write(tmp_path, CODE, 3)
    page = book / "p1.md"
    page.write_text(page.read_text("utf-8").replace("print('ran')", "1 / 0"), "utf-8")
    with pytest.raises(mistakes.MistakeError, match=r"p1.md:8, cell 1 .*ZeroDivisionError"):
        runs.run(book)
    cache = kernels.results(book / kernels.PLACE)
    assert [kernels.kept(cache, runs.read(book, page)) for page in ("p1", "p2", "p3")] == [False, True, True]
