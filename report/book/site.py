"""Builds the book as ``jupyter-book build . -n -W --keep-going`` does, several pages at once.

Its command has no option for that. ``python -m report.book.site`` reads what has changed, with ``--all`` every page.
"""

# mypy: disable-error-code="import-untyped"

import os
import shutil
import sys
from pathlib import Path

from jupyter_book.sphinx import build_sphinx


def build(root: Path, *, every_page: bool = False) -> int:
    """Execute and build the book in its own language; 0 where nothing was amiss."""
    place = root / "_build"
    status: int = build_sphinx(
        str(root),
        str(place / "html"),
        noconfig=True,
        path_config=str(root / "_config.yml"),
        confoverrides={"latex_individualpages": False, "nitpicky": True},
        doctreedir=str(place / ".doctrees"),
        freshenv=every_page,
        warningiserror=True,
        keep_going=True,
        quiet=True,
        jobs=os.cpu_count(),
    )
    if status:
        # Else the next build would read no page again, see no warning and pass.
        shutil.rmtree(place / ".doctrees", ignore_errors=True)
    return status


if __name__ == "__main__":
    sys.exit(build(Path.cwd(), every_page="--all" in sys.argv))
