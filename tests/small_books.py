"""What small books that tests build have in common."""

import os
import runpy
import sys
import warnings
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path

import pytest

from book.publishing import whole_site
from exhibits import fonts

ROOT = Path(__file__).parents[1]
#: The file of a book that holds what a command said of what is wrong.
SAID = "said"
#: How long a command may take.
SECONDS = 240


def lend_fonts(book: Path) -> None:
    """Let a book have the fonts of this one: to make them takes each build of a new book seconds, charts or none."""
    place = book / fonts.PLACE
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(fonts.made(ROOT / fonts.PLACE).parent)


def forked(book: Path, module: str, *arguments: str, env: Mapping[str, str]) -> tuple[int, str]:
    """Run a module as a command in the folder of a book, in a fork; return its status and its errors.

    To import what builds a book takes longer than to build a small one. It is a fork of a process that has only
    imported that: one of this process would wait for ever for threads that draw, if a test before has drawn.
    """
    server = get_context("forkserver")
    server.set_forkserver_preload([whole_site.__name__])
    process = server.Process(target=_run, args=(book, module, arguments, {**os.environ, **env}))
    process.start()
    process.join(SECONDS)
    if process.exitcode is None:
        process.kill()
        pytest.fail(f"{module} has not ended after {SECONDS} seconds; it said {(book / SAID).read_text('utf-8')!r}")
    return process.exitcode, (book / SAID).read_text("utf-8")


def _run(book: Path, module: str, arguments: Sequence[str], env: Mapping[str, str]) -> None:
    for number, name in ((1, os.devnull), (2, book / SAID)):
        os.dup2(os.open(name, os.O_CREAT | os.O_WRONLY | os.O_TRUNC), number)
    sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
    os.chdir(book)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = [module, *arguments]
    warnings.filterwarnings("ignore", module="runpy")  # that it has been imported is what this is for
    try:
        runpy.run_module(module, run_name="__main__")
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else bool(end.code))
