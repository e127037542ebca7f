"""Builds the whole site: the English book, its translations, the index for the search field, and notices."""

import os
import shutil
import sys
from multiprocessing import get_context
from pathlib import Path

from book import times
from book.building import processes, runs
from book.building.mistakes import MistakeError
from book.building.sphinx_build import strict
from book.languages import catalogues
from book.pages import notices, search
from book.publishing import site
from book.translation import LOCALE, built, folder
from exhibits import fonts
from exhibits.errors import ExhibitError
from exhibits.translation import SOURCE, parsed
from gvc.errors import GvcError
from industrial_chains import oecd_tables


def build(book: Path, *, every: bool) -> int:
    """Build the book and its translations if anything has changed; return 0 if that succeeds.

    Raises
    ------
    ExhibitError
        For a catalogue that is damaged: now, since a page would hide that in a traceback.
    """
    place = book / "_build"
    translations = [language for language in built() if language != SOURCE]
    kept, now = place / "state", site.state(book)
    trees = [place / ".doctrees", *(place / folder(language) / ".doctrees" for language in translations)]
    if site.stands(kept, now + site.listed(place / "html"), every=every):  # another build, which ended meanwhile
        return 0
    for path in sorted(LOCALE.rglob("*.po")):
        parsed(path)
    kept.unlink(missing_ok=True)
    if every:
        for tree in trees:
            shutil.rmtree(tree, ignore_errors=True)
    written = site.PART if any(tree.exists() for tree in trees) else site.WHOLE
    out = place / "html"
    stages: times.Stages = {}
    with times.stage(stages, "all"):
        status = _staged(book, out, translations, stages)
    if status[SOURCE]:
        return status[SOURCE]
    if not any(status.values()):
        times.keep(book, "make book", stages)
        kept.write_text(now + site.listed(out) + written, "utf-8")
    return sum(status.values())


def _staged(book: Path, out: Path, translations: list[str], stages: times.Stages) -> dict[str, int]:
    """Do all that a build does, one stage after another; return by language how it ended."""
    with times.stage(stages, "chapters that run"):
        runs.run(book)
        fonts.made(book / fonts.PLACE)
    with times.stage(stages, "pages, in all languages"):
        status = _written(book, out, translations)
    if not status[SOURCE]:
        with times.stage(stages, "search and notices"):
            for language in (language for language in translations if not status[language]):
                _joined(out.parent / folder(language) / "html", out / folder(language))
            search.write(out)  # one index holds all languages
            notices.write(out)
    return status


def _written(book: Path, out: Path, translations: list[str]) -> dict[str, int]:
    """Write the book in all languages at once, each in a process of its own; return by language how that ended.

    Without an English book there is none in another language, and one mistake is not told twice.
    """
    (book / "_build").mkdir(exist_ok=True)
    logs = {language: book / "_build" / f"{language}.log" for language in translations}

    def write(language: str) -> None:
        if language in logs:
            log = os.open(logs[language], os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
            os.dup2(log, sys.stdout.fileno())
            os.dup2(log, sys.stderr.fileno())
        status = (
            catalogues.build(book, language) if language in logs else strict(book, out, out.parent / ".doctrees", {})
        )
        if not status:
            search.prepare(out.parent / folder(language) / "html")
        sys.exit(status)

    fork = get_context("fork")
    writing = {language: fork.Process(target=write, args=(language,)) for language in (SOURCE, *translations)}
    for process in writing.values():
        process.start()
    for language, process in writing.items():
        if writing[SOURCE].exitcode:
            process.terminate()
        process.join()
        if process.exitcode:
            # Else the next build would take what was read for written, and miss the rest.
            shutil.rmtree(out.parent / folder(language) / ".doctrees", ignore_errors=True)
        if language in logs and not writing[SOURCE].exitcode:
            sys.stderr.write(logs[language].read_text("utf-8", "replace"))
    return {language: process.exitcode or 0 for language, process in writing.items()}


def _joined(made: Path, place: Path) -> None:
    """Put the book in another language into the site."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(made, place, copy_function=os.link, ignore=shutil.ignore_patterns(".*", "_sources"))


def main(book: Path, *, every: bool) -> int:
    """Build it as a command does, which ends with what is wrong."""
    if oecd_tables.official():
        sys.stderr.write(f"note: {oecd_tables.NOTICE}\n")
    try:
        with processes.alone(book):
            return build(book, every=every)
    except (ExhibitError, GvcError, MistakeError) as error:
        sys.exit(f"error: {error}")
