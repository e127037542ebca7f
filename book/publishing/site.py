"""Builds the whole site unless it is up to date: the English book, its translations, the search index, and notices.

``python -m book.publishing.site`` reads what has changed, with ``--all`` every page unless all were
written together, and builds what ``LANGUAGES`` names below English. Nothing here imports what builds: to find that
nothing has changed takes a tenth of that.
"""

import hashlib
import os
import sys
from importlib import import_module
from pathlib import Path

from book.commit import commit

#: What a site is made of, but for the data.
MADE_OF = (
    *("_config.yml", "_toc.yml", "CITATION.cff", "index.md", "references.bib", "requirements.lock"),
    *("book", "chapters", "exhibits", "gvc", "locale", "industrial_chains"),
)
DATA = Path(os.environ.get("GVC_DATA", Path(__file__).parents[2] / "data"))
#: What of the environment the site hangs on.
ASKED = ("LANGUAGES", "GVC_PNG", "SOURCE_DATE_EPOCH")
#: Whether all pages of a site were written together, or some onto those of a build before.
WHOLE, PART = " whole", " in part"


def listed(*places: Path) -> str:
    """Hash names, dates and sizes of all files in some places, but for bytecode."""
    files = sorted(path for place in places for path in (place, *place.rglob("*")) if path.is_file())
    known = [(path, path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    return hashlib.sha256(repr([one for one in known if one[0].parent.name != "__pycache__"]).encode()).hexdigest()


def state(book: Path) -> str:
    """Return a fingerprint of all that the site is made of: while it stays the same, a build has nothing to do."""
    files = listed(DATA, *(book / part for part in MADE_OF), *(book / "_build").glob("*.pdf"))
    return repr([files, commit(book), *(os.environ.get(name) for name in ASKED)])


def stands(kept: Path, now: str, *, every: bool) -> bool:
    """Return whether the site is up to date; with `every`, only if one build wrote all its pages."""
    written = kept.read_text("utf-8") if kept.is_file() else ""
    return written == now + WHOLE or (not every and written == now + PART)


def main(book: Path, *, every: bool) -> int:
    """Build the site if anything has changed; return 0 if that succeeds."""
    site = book / "_build" / "html"
    if stands(book / "_build" / "state", state(book) + listed(site), every=every):
        return 0
    status: int = import_module("book.publishing.whole_site").main(book, every=every)
    return status


if __name__ == "__main__":
    sys.exit(main(Path.cwd(), every="--all" in sys.argv))
