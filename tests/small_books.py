"""What small books that tests build have in common."""

import os
import runpy
import sys
from collections.abc import Mapping
from multiprocessing import get_context
from pathlib import Path

from exhibits import fonts
from industrial_chains.book.publishing import whole_site

ROOT = Path(__file__).parents[1]


def lend_fonts(book: Path) -> None:
    """Let a book have the fonts of this one: to make them takes each build of a new book seconds, charts or none."""
    place = book / fonts.PLACE
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(fonts.made(ROOT / fonts.PLACE).parent)


def forked(book: Path, module: str, *arguments: str, env: Mapping[str, str]) -> tuple[int, str]:
    """Run a module as a command in the folder of a book, in a fork of this process; return its status and its errors.

    To import what builds a book takes longer than to build a small one.
    """
    assert whole_site, "imported here, for all forks to have it"
    said = book / "said"

    def command() -> None:
        for number, name in ((1, os.devnull), (2, said)):
            os.dup2(os.open(name, os.O_CREAT | os.O_WRONLY), number)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
        os.chdir(book)
        os.environ.update(env)
        sys.argv = [module, *arguments]
        try:
            runpy.run_module(module, run_name="__main__")
        except SystemExit as end:
            if isinstance(end.code, str):
                print(end.code, file=sys.stderr)
            sys.stderr.flush()
            os._exit(end.code if isinstance(end.code, int) else bool(end.code))

    process = get_context("fork").Process(target=command)
    process.start()
    process.join(240)
    return process.exitcode or 0, said.read_text("utf-8")
