"""Builds the book as ``jupyter-book build . -n -W --keep-going`` does, several pages at once.

Its command has no option for that. ``python -m report.book.site`` reads what has changed, with ``--all`` every page,
and builds what ``LANGUAGES`` names beside English.
"""

# mypy: disable-error-code="import-untyped"

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from jupyter_book.sphinx import build_sphinx

from report.book import switch
from report.book.translation import SOURCE, folder


def sphinx(root: Path, out: Path, doctrees: Path, overrides: dict[str, Any], **options: Any) -> int:
    """Let Sphinx read the book and write it into a folder; 0 where nothing was amiss.

    Parameters
    ----------
    root, out, doctrees : Path
        The book, where it is written, and where Sphinx keeps what it has read.
    overrides : dict
        What differs from ``_config.yml``.
    **options
        Of jupyter-book's function.
    """
    status: int = build_sphinx(
        str(root),
        str(out),
        noconfig=True,
        path_config=str(root / "_config.yml"),
        confoverrides={"latex_individualpages": False, **overrides},  # which jupyter-book expects
        doctreedir=str(doctrees),
        **options,
    )
    return status


def strict(root: Path, out: Path, doctrees: Path, overrides: dict[str, Any], **options: Any) -> int:
    """Do so with every warning an error, and all processors."""
    overrides = {"nitpicky": True, **overrides}
    options = {"warningiserror": True, "keep_going": True, "quiet": True, "jobs": os.cpu_count(), **options}
    status = sphinx(root, out, doctrees, overrides, **options)
    if status:
        # Else the next build would read no page again, see no warning and pass.
        shutil.rmtree(doctrees, ignore_errors=True)
    return status


if __name__ == "__main__":
    book, place = Path.cwd(), Path.cwd() / "_build"
    beside = [language for language in switch.languages() if language != SOURCE]
    if fresh := "--all" in sys.argv:
        for language in beside:
            shutil.rmtree(place / folder(language) / ".doctrees", ignore_errors=True)
    sys.exit(strict(book, place / "html", place / ".doctrees", {"gvc_beside": beside}, freshenv=fresh))
