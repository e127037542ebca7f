"""Builds the whole site: the English book, its translations, the index for the search field, and notices.

``python -m industrial_chains.book.publishing.site`` reads what has changed, with ``--all`` every page unless all were
written together, and builds what ``LANGUAGES`` names below English.
"""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from exhibits.errors import ExhibitError
from exhibits.translation import SOURCE, parsed
from gvc.errors import GvcError
from gvc.panel import DATA
from industrial_chains.book import identity
from industrial_chains.book.building import processes
from industrial_chains.book.building.sphinx_build import strict
from industrial_chains.book.languages import catalogues
from industrial_chains.book.pages import notices, search
from industrial_chains.book.translation import LOCALE, built, folder

#: What a site is made of, but for the data.
MADE_OF = (
    *("_config.yml", "_toc.yml", "CITATION.cff", "index.md", "references.bib", "requirements.lock"),
    *("chapters", "exhibits", "gvc", "locale", "industrial_chains"),
)
#: Whether all pages of a site were written together, or some onto those of a build before.
WHOLE, PART = " whole", " in part"


def listed(*places: Path) -> str:
    """Hash names, dates and sizes of all files in some places, but for bytecode."""
    files = sorted(path for place in places for path in (place, *place.rglob("*")) if path.is_file())
    known = [(path, path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    return hashlib.sha256(repr([one for one in known if one[0].parent.name != "__pycache__"]).encode()).hexdigest()


def state(book: Path, languages: list[str]) -> str:
    """Return a fingerprint of all that the site is made of: while it stays the same, a build has nothing to do."""
    files = listed(DATA, *(book / part for part in MADE_OF), *(book / "_build").glob("*.pdf"))
    return repr([files, languages, identity.commit(book), os.environ.get("SOURCE_DATE_EPOCH")])


def stands(kept: Path, now: str, *, every: bool) -> bool:
    """Return whether the site is up to date; with `every`, only if one build wrote all its pages."""
    written = kept.read_text("utf-8") if kept.is_file() else ""
    return written == now + WHOLE or (not every and written == now + PART)


def build(book: Path, *, every: bool) -> int:
    """Build the book and its translations if anything has changed; return 0 if that succeeds.

    Raises
    ------
    ExhibitError
        For a catalogue that is damaged: now, since a page would hide that in a traceback.
    """
    place = book / "_build"
    translations = [language for language in built() if language != SOURCE]
    kept, now = place / "state", state(book, translations)
    trees = [place / ".doctrees", *(place / folder(language) / ".doctrees" for language in translations)]
    if stands(kept, now + listed(place / "html"), every=every):
        return 0
    for path in sorted(LOCALE.rglob("*.po")):
        parsed(path)
    kept.unlink(missing_ok=True)
    if every:
        for tree in trees:
            shutil.rmtree(tree, ignore_errors=True)
    written = PART if any(tree.exists() for tree in trees) else WHOLE
    site = place / "html"
    if status := strict(book, site, place / ".doctrees", {}):
        return status
    # One after the other: each uses all processors, and what translations show has run by then.
    status = sum(_translated(book, site, language) for language in translations)
    search.write(site)  # one index holds all languages
    notices.write(site)
    if not status:
        kept.write_text(now + listed(site) + written, "utf-8")
    return status


def _translated(book: Path, site: Path, language: str) -> int:
    """Build the book in another language and put it into the site; return 0 if that succeeds."""
    if status := catalogues.build(book, language):
        return status
    place, made = site / folder(language), book / "_build" / folder(language) / "html"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(made, place, copy_function=os.link, ignore=shutil.ignore_patterns(".*", "_sources"))
    return 0


if __name__ == "__main__":
    try:
        with processes.alone(Path.cwd()):
            status = build(Path.cwd(), every="--all" in sys.argv)
    except (ExhibitError, GvcError) as error:
        sys.exit(f"error: {error}")
    sys.exit(status)
