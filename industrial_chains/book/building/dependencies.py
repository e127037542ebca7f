"""Runs a chapter again when a module that it imports, a file of data or a pinned package has changed.

The cache finds results by a chapter's code and its metadata. So a hash of all three is put into the metadata.
"""

import ast
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import grimp
from myst_nb.core.read import is_myst_markdown_notebook
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

import exhibits
import gvc
import industrial_chains
from exhibits.render import by_page
from gvc import sample
from gvc.panel import DATA
from industrial_chains.book import chapters
from industrial_chains.book.building import mistakes

_ROOT = Path(__file__).parents[3]
_FOLDERS = {package.__name__: Path(str(package.__file__)).parent for package in (exhibits, gvc, industrial_chains)}


def register(app: Sphinx) -> None:
    """Put the hash into each chapter, and have Sphinx read a chapter again when its hash has changed."""
    app.connect("source-read", _mark)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)


def digest(code: str, lock: Path) -> str:
    """Hash what the results of some code depend on: the modules that it imports, all data, and the lock file.

    Parameters
    ----------
    code : str
        Python, as a chapter's cells have it.
    lock : Path
        The lock file.

    Returns
    -------
    str
        Sixteen hexadecimal digits, which differ whenever a result may differ.
    """
    files = [*modules(code), *data(), *([lock] if lock.exists() else [])]
    return hashlib.sha256(b"".join(_hash(path, path.stat().st_mtime_ns) for path in files)).hexdigest()[:16]


@cache
def _hash(path: Path, changed: int) -> bytes:
    """Hash name and content of a file, once until it changes, since many chapters ask for the same files."""
    return hashlib.sha256(f"{path.name}\0".encode() + path.read_bytes()).digest()


def modules(code: str) -> list[Path]:
    """List the files of the three packages here that code imports, and all that those import."""
    graph = _graph()
    found: set[str] = set()
    waiting = [*_imported(code)]
    while waiting:
        name = waiting.pop()
        if name in graph.modules and name not in found:
            found.add(name)
            # An import runs the packages on its way, too.
            waiting += [name.rpartition(".")[0], *graph.find_modules_directly_imported_by(name)]
    return sorted(map(_file, found))


def data() -> list[Path]:
    """List all data: ``data/``, the sample and the references. Every chapter imports modules that read most of them."""
    return [*sorted(path for path in DATA.rglob("*") if path.is_file()), sample.FILE, _ROOT / "references.bib"]


@cache
def _graph() -> Any:
    return grimp.build_graph(*_FOLDERS, cache_dir=None)


def _imported(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _file(module: str) -> Path:
    package, *rest = module.split(".")
    path = _FOLDERS[package].joinpath(*rest)
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _mark(app: Sphinx, page: str, source: list[str]) -> None:
    """Put the hash into a chapter's metadata, so that the cache finds no result that is out of date."""
    if is_myst_markdown_notebook(source[0]):
        by_page(app.env, "needs")[page] = _needed(app, page)
        # jupyter-cache looks at the code and at this entry of the metadata. The count of lines stays, for the warnings.
        marked = rf"kernelspec:\n  {{name: \1, needs: {by_page(app.env, 'needs')[page]}}}"
        source[0], done = re.subn(r"^kernelspec:\n  name: (\S+)$", marked, source[0], count=1, flags=re.MULTILINE)
        if not done:
            raise ExtensionError(f"{page}: write its kernelspec in two lines, as the other chapters do.")


def _outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """Name the chapters whose hash has changed, which Sphinx would not read again by itself."""
    stale = [page for page, needed in by_page(env, "needs").items() if needed != _needed(app, page)]
    # Sphinx goes on in several processes, of which each would look into all modules by itself.
    for page in chapters.chapters(Path(app.srcdir)):
        if page in added | changed:
            _needed(app, page)
    return [page for page in stale if page not in removed]


def _purge(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    by_page(env, "needs").pop(page, None)


def _merge(app: Sphinx, env: BuildEnvironment, pages: set[str], other: BuildEnvironment) -> None:
    by_page(env, "needs").update({page: of for page, of in by_page(other, "needs").items() if page in pages})


def _needed(app: Sphinx, page: str) -> str:
    root = Path(app.srcdir)
    try:
        return digest("\n".join(chapters.code(root, page)), root / "requirements.lock")
    except SyntaxError as error:
        raise mistakes.unreadable(root, page) or error from error
