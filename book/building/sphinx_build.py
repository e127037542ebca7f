"""Runs Sphinx on the book as ``jupyter-book build . -n -W --keep-going`` does, several pages at once.

Its command has no option for that.
"""

import gc
import os
import shutil
from pathlib import Path
from typing import Any

from jupyter_book.sphinx import build_sphinx

from book.building import processes
from industrial_chains import kept, oecd_tables

#: Processes of one language: all are written at the same time. Each more costs seconds for what it hands over.
JOBS = max(1, (os.cpu_count() or 1) // 2)


def sphinx(root: Path, out: Path, doctrees: Path, overrides: dict[str, Any], **options: Any) -> int:
    """Run Sphinx on the book; return 0 if it succeeds.

    Parameters
    ----------
    root, out, doctrees : Path
        The book, where it is written, and where Sphinx keeps what it has read.
    overrides : dict
        What differs from ``_config.yml``.
    **options
        Of jupyter-book's function.
    """
    processes.end_with_this()
    os.environ.setdefault(kept.FOLDER, str((root / ".cache" / "results").absolute()))
    # Pages are millions of objects. Looking through them for garbage took a sixth of the time, and a second at the end.
    gc.set_threshold(3_000_000)
    done = build_sphinx(
        str(root),
        str(out),
        noconfig=True,
        path_config=str(root / "_config.yml"),
        confoverrides={"latex_individualpages": False, **overrides},  # which jupyter-book expects
        doctreedir=str(doctrees),
        **options,
    )
    gc.freeze()
    return done if isinstance(done, int) else 1  # else what went wrong, which it has said


def strict(root: Path, out: Path, doctrees: Path, overrides: dict[str, Any], **options: Any) -> int:
    """Run Sphinx on all processors, with every warning an error; return 0 if it succeeds.

    On the OECD's own tables a sentence that no longer holds is a warning, with page and line, and the book is whole.
    """
    overrides = {"nitpicky": True, **overrides}
    options = {"warningiserror": not oecd_tables.official(), "keep_going": True, "quiet": True, "jobs": JOBS, **options}
    status = sphinx(root, out, doctrees, overrides, **options)
    if status:
        # Else the next build would read no page again, see no warning and pass.
        shutil.rmtree(doctrees, ignore_errors=True)
    return status
