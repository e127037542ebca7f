"""Runs a chapter again when a module that it imports, a file of data or a pinned package has changed.

The cache finds results by a chapter's code and its metadata. So a hash of all three is put into the metadata.
"""

import re
from pathlib import Path

from myst_nb.core.read import is_myst_markdown_notebook
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from book import chapters
from book.building import mistakes
from exhibits.render import by_page
from industrial_chains.kept import digest


def register(app: Sphinx) -> None:
    """Put the hash into each chapter, and have Sphinx read a chapter again when its hash has changed."""
    app.connect("source-read", _mark)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)


def _mark(app: Sphinx, page: str, source: list[str]) -> None:
    """Put the hash into a chapter's metadata, so that the cache finds no result that is out of date."""
    if is_myst_markdown_notebook(source[0]):
        by_page(app.env, "needs")[page] = needed(Path(app.srcdir), page)
        # jupyter-cache looks at the code and at this entry of the metadata. The count of lines stays, for the warnings.
        marked = rf"kernelspec:\n  {{name: \1, needs: {by_page(app.env, 'needs')[page]}}}"
        source[0], done = re.subn(r"^kernelspec:\n  name: (\S+)$", marked, source[0], count=1, flags=re.MULTILINE)
        if not done:
            raise ExtensionError(f"{page}: write its kernelspec in two lines, as the other chapters do.")


def _outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Name the chapters whose hash has changed, which Sphinx would not read again by itself."""
    root = Path(app.srcdir)
    needs = by_page(env, "needs").items()
    stale = [page for page, needed_ in needs if page not in removed and needed_ != needed(root, page)]
    # Sphinx goes on in several processes, of which each would look into all modules by itself.
    for page in chapters.chapters(root):
        if page in added | changed:
            needed(root, page)
    return stale


def _purge(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    by_page(env, "needs").pop(page, None)


def _merge(app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    by_page(env, "needs").update({page: of for page, of in by_page(other, "needs").items() if page in pages})


def needed(root: Path, page: str) -> str:
    """Hash what the results of a chapter depend on."""
    try:
        return digest("\n".join(chapters.code(root, page)), root / "requirements.lock")
    except SyntaxError as error:
        raise mistakes.unreadable(root, page) or error from error
