"""Builds of the book, as processes: one at a time, none that outlives the one that began it, none stopped by damage."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from book.building import processes
from tests import small_books

ROOT = Path(__file__).parents[3]
#: What builds a book.
SITE = "book.publishing.site"
#: What builds are told.
ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "GVC_DATA": str(ROOT / "data"),
    "LANGUAGES": "en",
    "OPENBLAS_NUM_THREADS": "1",
}
#: What says that a build waits for another.
WAITS = "Another build of this book is running: waiting for its end.\n"
#: Of the book that is built again and again: one for each way in which results are damaged, and one that stays.
CHAPTERS = 5
PAGE = """---
file_format: mystnb
kernelspec:
  name: python3
---
# Page {number}

```{{code-cell}} python
import time
number = {number}
{code}
```
"""


def write(book: Path, code: str, chapters: int = 2) -> Path:
    """Write a small book of a first page and chapters that run some code."""
    for name in ("_config.yml", "book/static/favicon.svg"):
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, book / name)
    (book / "references.bib").touch()
    (book / "data").mkdir()
    small_books.lend_fonts(book)
    (book / "index.md").write_text("# A book\n\nWords.\n", "utf-8")
    numbers = range(1, chapters + 1)
    listed = "".join(f"- file: p{number}\n" for number in numbers)
    (book / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{listed}", "utf-8")
    for number in numbers:
        (book / f"p{number}.md").write_text(PAGE.format(number=number, code=code), "utf-8")
    return book


def start(book: Path, *command: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", *(command or [SITE])],
        cwd=book,
        env={**os.environ, **ENVIRONMENT},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def until(true: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def test_of_two_builds_at_once_the_second_waits_and_both_end_well(tmp_path: Path) -> None:
    book = write(tmp_path, "time.sleep(1); print('ran')")
    builds = [start(book), start(book)]
    ends = [build.communicate(timeout=240) for build in builds]
    assert [build.returncode for build in builds] == [0, 0], ends
    assert sorted(errors for _, errors in ends) == ["", WAITS]
    assert "ran" in (book / "_build/html/p2.html").read_text("utf-8")


@pytest.mark.parametrize(
    "command",
    [
        ["publishing.site", "--all"],
        ["languages.catalogues"],
        ["languages.catalogues", "build", "en", "--page", "p1"],
        ["publishing.pdf", "en"],
        ["publishing.archive"],
    ],
)
def test_whatever_writes_into_the_books_folders_waits(tmp_path: Path, command: list[str]) -> None:
    with processes.alone(tmp_path):
        waiting = start(tmp_path, f"book.{command[0]}", *command[1:])
        assert waiting.stderr
        assert waiting.stderr.readline() == WAITS
        assert waiting.poll() is None
        waiting.kill()
        waiting.communicate()


def _alive(processes: list[psutil.Process]) -> list[str]:
    found = []
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                found.append(" ".join(process.cmdline()))
    return found


def test_a_killed_build_leaves_no_process(tmp_path: Path) -> None:
    build = start(write(tmp_path, "time.sleep(60)"))
    main = psutil.Process(build.pid)

    def kernels() -> list[psutil.Process]:
        """Each is a child of a worker, and sleeps."""
        workers = main.children()
        return [one for one in main.children(recursive=True) if one not in workers and _alive([one])]

    began: list[psutil.Process] = []
    try:
        assert until(lambda: len(kernels()) == 2, 120), build.poll()
        began = main.children(recursive=True)
        assert len(began) >= 4, "two workers and their kernels"
        build.kill()
        build.wait()
        until(lambda: not _alive(began), 20)
        assert _alive(began) == []
    finally:
        build.kill()
        for one in began:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        build.communicate()


#: Forks, of which the parent has died before the child looks who it is.
LATE = """
import os, time
from book.building import processes
os.register_at_fork(after_in_child=lambda: time.sleep(2))
processes.end_with_this()
if os.fork():
    os._exit(0)
time.sleep(60)
print("lived")
"""


def test_a_fork_that_is_late_ends_with_its_parent_too() -> None:
    """Its pipe is closed when it has ended; one that took whoever it was left to for its parent would sleep on."""
    assert subprocess.run([sys.executable, "-c", LATE], cwd=ROOT, capture_output=True, check=True).stdout == b""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a small book once, whose chapters count how often they have run."""
    book = tmp_path_factory.mktemp("book")
    write(book, "open('runs', 'a').write('x'); print('ran')", CHAPTERS)
    assert small_books.forked(book, SITE, env=ENVIRONMENT) == (0, "")
    assert runs(book) == CHAPTERS
    return book


def runs(book: Path) -> int:
    return len((book / "runs").read_text("ascii"))


def again(book: Path) -> tuple[int, str]:
    """Build it anew from what is kept."""
    shutil.rmtree(book / "_build")
    status, errors = small_books.forked(book, SITE, env=ENVIRONMENT)
    # A kernel that ends can abort in libzmq, as in its issue 1307, when all that it ran is kept.
    lines = [line for line in errors.splitlines(keepends=True) if "(src/signaler.cpp:" not in line]
    return status, "".join(lines)


@pytest.mark.parametrize("damage", [b"garbage, no database" * 100, b""])
def test_a_damaged_record_of_results_is_made_again(built: Path, damage: bytes) -> None:
    before = runs(built)
    (built / ".cache/execution/global.db").write_bytes(damage)
    status, errors = again(built)
    assert (status, errors.count("\n")) == (0, 1), errors
    assert "execution is damaged" in errors
    assert runs(built) == before + CHAPTERS


def test_damaged_results_are_made_again_and_no_others(built: Path) -> None:
    before = runs(built)
    cut, empty, another, lost, _ = sorted((built / ".cache/execution/executed").glob("*/base.ipynb"))
    content = cut.read_text("utf-8")
    cut.write_text(content[: len(content) // 2], "utf-8")
    empty.write_text("", "utf-8")
    another.write_text('{"cells": [], "metadata": {}, "nbformat": 4}', "utf-8")
    lost.unlink()
    status, errors = again(built)
    assert (status, errors.count("\n")) == (0, 4), errors
    assert sum(f"p{number}.md" in errors for number in range(1, CHAPTERS + 1)) == 4
    assert runs(built) == before + 4


def test_what_is_made_again_is_kept_and_does_not_run_again(built: Path) -> None:
    before = runs(built)
    assert again(built) == (0, "")
    assert runs(built) == before
