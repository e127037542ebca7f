"""Builds the book as ``jupyter-book build . -n -W --keep-going`` does, several pages at once.

Its command has no option for that. ``python -m industrial_chains.book.building.site`` reads what has changed, with
``--all`` every page unless all were written together, and builds what ``LANGUAGES`` names beside English.
"""

import gc
import hashlib
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from jupyter_book.sphinx import build_sphinx

from exhibits.errors import ExhibitError
from exhibits.translation import SOURCE, parsed
from gvc.errors import GvcError
from gvc.panel import DATA
from industrial_chains.book import identity
from industrial_chains.book.building import processes
from industrial_chains.book.translation import LOCALE, built, folder

#: What a site is made of, but for the data.
MADE_OF = (
    *("_config.yml", "_toc.yml", "CITATION.cff", "index.md", "references.bib", "requirements.lock"),
    *("chapters", "exhibits", "gvc", "locale", "industrial_chains"),
)
#: Sphinx gives each process as many pages, and some take ten times as long as others: many processes even that out.
JOBS = max(os.cpu_count() or 1, 6)
#: Whether all pages of a site were written together, or some onto those of a build before.
WHOLE, PART = " whole", " in part"


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
    processes.end_with_this()
    # Pages are millions of objects. Looking through them for garbage took a sixth of the time, and a second at the end.
    gc.set_threshold(500_000)
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
    """Do so with every warning an error, and all processors."""
    overrides = {"nitpicky": True, **overrides}
    options = {"warningiserror": True, "keep_going": True, "quiet": True, "jobs": JOBS, **options}
    status = sphinx(root, out, doctrees, overrides, **options)
    if status:
        # Else the next build would read no page again, see no warning and pass.
        shutil.rmtree(doctrees, ignore_errors=True)
    return status


def listed(*places: Path) -> str:
    """Hash names, dates and sizes of all files in some places, but for bytecode."""
    files = sorted(path for place in places for path in (place, *place.rglob("*")) if path.is_file())
    known = [(path, path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    return hashlib.sha256(repr([one for one in known if one[0].parent.name != "__pycache__"]).encode()).hexdigest()


def state(book: Path, languages: list[str]) -> str:
    """Say what a site, in English and languages beside it, is made of: while that stays, a build has nothing to do."""
    files = listed(DATA, *(book / part for part in MADE_OF))
    return repr([files, languages, identity.commit(book), os.environ.get("SOURCE_DATE_EPOCH")])


def stands(kept: Path, now: str, *, every: bool) -> bool:
    """Whether a site is what the last build has kept of it: all pages of one build, unless some are enough."""
    written = kept.read_text("utf-8") if kept.is_file() else ""
    return written == now + WHOLE or (not every and written == now + PART)


def build(book: Path, *, every: bool) -> int:
    """Build the book and its translations, if anything has changed; 0 where nothing was amiss.

    Raises
    ------
    ExhibitError
        For a catalogue that is damaged: now, since a page would hide that in a traceback.
    """
    place = book / "_build"
    beside = [language for language in built() if language != SOURCE]
    kept, now = place / "state", state(book, beside)
    trees = [place / ".doctrees", *(place / folder(language) / ".doctrees" for language in beside)]
    if stands(kept, now + listed(place / "html"), every=every):
        return 0
    for path in sorted(LOCALE.rglob("*.po")):
        parsed(path)
    kept.unlink(missing_ok=True)
    if every:
        for tree in trees:
            shutil.rmtree(tree, ignore_errors=True)
    written = PART if any(tree.exists() for tree in trees) else WHOLE
    status = strict(book, place / "html", place / ".doctrees", {"gvc_beside": beside})
    if not status:
        kept.write_text(now + listed(place / "html") + written, "utf-8")
    return status


if __name__ == "__main__":
    try:
        with processes.alone(Path.cwd()):
            status = build(Path.cwd(), every="--all" in sys.argv)
    except (ExhibitError, GvcError) as error:
        sys.exit(f"error: {error}")
    sys.exit(status)
