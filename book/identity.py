"""States who made the book, from which commit and when, and how to cite it."""

import json
import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from book.commit import commit
from book.translation import Words, folder
from exhibits.translation import SOURCE

_PLACE = """<div class="gvc-cite-book" id="cite"><p>{author}. <em>{title}</em>. {version}.</p></div>
<p><a href="CITATION.cff" download>CITATION.cff</a></p>"""

#: As `CITATION.cff` has them; a test compares.
AUTHOR = "The gvc authors"
TITLE = "Where Industrial Chains Go"
VERSION = version("industrial-chains")


class CiteBook(SphinxDirective):
    """``{cite-book}``, without options: how to cite the book; the script offers it as text and as BibTeX, to copy."""

    def run(self) -> list[nodes.Node]:
        """Say it for those without scripts; the first page is the root of the site, where the file lies."""
        words = Words(self.env.config.language)
        version = words.say("Version {0}", VERSION)
        parts = {"author": words.say("The gvc authors"), "title": words.say(TITLE), "version": version}
        place = _PLACE.format(**{part: escape(word) for part, word in parts.items()})
        return [nodes.raw("", place, format="html")]


class Byline(SphinxDirective):
    """``{byline}``, without options: who made the book, its version and day, on what terms, and how to cite it."""

    def run(self) -> list[nodes.Node]:
        """Say it of the version that `CITATION.cff` describes; what was built when stands at the foot of each page."""
        file = Path(self.env.srcdir) / "CITATION.cff"
        self.env.note_dependency(str(file))
        cff = yaml.safe_load(file.read_text("utf-8")) if file.is_file() else {}
        return [nodes.raw("", byline(cff.get("date-released"), Words(self.env.config.language)), format="html")]


def byline(released: date | None, words: Words) -> str:
    """Return the line below the name of the first page."""
    how = words.say("How to cite")
    cite = f'<a href="#cite">{escape(how)}</a>'
    said = [
        escape(words.say("The gvc authors")),
        escape(words.say("Version {0}", VERSION)),
        *([escape(_day(released, words))] if released else []),
        escape(words.say("Text and charts: CC BY 4.0. Code: MIT")),
        cite,
    ]
    return f'<p class="gvc-byline">{" · ".join(said)}</p>'


def _day(day: date, words: Words) -> str:
    return format_date(day, "d MMMM y" if words.language == SOURCE else "long", locale=words.language)


def built() -> datetime:
    """Return when the book was built: ``SOURCE_DATE_EPOCH`` where a build must be repeated to the byte."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)


def footer(root: Path, words: Words) -> str:
    """Return what stands at the foot of each page: version, commit and date."""
    day = _day(built(), words)
    if known := commit(root):
        return words.say("Version {0}, commit {1}, built on {2}.", VERSION, known, day)
    return words.say("Version {0}, built on {1}.", VERSION, day)


def printed(root: Path, language: str) -> Path:
    """Return the place of the printed book, if there is one."""
    of_language = f".{folder(language)}" if folder(language) else ""
    return root / "_build" / f"where-industrial-chains-go{of_language}.pdf"


def script(
    root: Path, words: Words, spellings: dict[str, str], economies: dict[str, str], years: Sequence[int] = ()
) -> str:
    """Return the script that tells pages who made the book and from what; pages need not be written again for it.

    It also gives scripts their words, ``say("Copy {0}", what)``, and the search field economies and years.
    """
    pdf = printed(root, words.language)
    book = {
        "author": words.say("The gvc authors"),
        "title": words.say(TITLE),
        "year": f"{built():%Y}",
        "date": f"{built():%Y-%m-%d}",
        "version": VERSION,
        "built": footer(root, words),
        "pdf": pdf.name if pdf.is_file() else "",
        "spellings": spellings,
        "economies": economies,
        "years": list(years),
    }
    known = words.interface()
    say = "(text, ...values) => (gvcWords[text] ?? text).replace(/\\{(\\d)\\}/g, (_, n) => values[n])"
    return f"window.gvcBook = {json.dumps(book)};\nwindow.gvcWords = {json.dumps(known)};\nconst say = {say};\n"


def buttons(theme: dict[str, Any], repository: str) -> dict[str, Any]:
    """Turn the buttons on that need a repository, among the options of the theme, if the book has its address."""
    if not repository:
        return theme
    on = dict.fromkeys(("use_repository_button", "use_issues_button", "use_edit_page_button"), True)
    binder = {"launch_buttons": {"binderhub_url": "https://mybinder.org"}}
    return theme | on | binder | {"repository_url": repository}
