"""What the results of a chapter depend on: the modules that it imports, directly or not, and the data they name."""

import ast
import hashlib
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import exhibits
import gvc
import industrial_chains
from gvc import sample
from gvc.panel import DATA

_ROOT = Path(__file__).parents[3]
_PACKAGES = {package.__name__: Path(str(package.__file__)).parent for package in (exhibits, gvc, industrial_chains)}


def digest(code: str, lock: Path) -> str:
    """Hash what the results of some code depend on, the pins of its environment among it.

    Parameters
    ----------
    code : str
        Python, as a chapter's cells have it.
    lock : Path
        The lock file.

    Returns
    -------
    str
        Another one whenever a result may be another one.
    """
    found = hashlib.sha256(lock.read_bytes() if lock.exists() else b"")
    for path in [*modules(code), *data(code)]:
        found.update(_hash(path, path.stat().st_mtime_ns))
    return found.hexdigest()[:16]


@cache
def _hash(path: Path, changed: int) -> bytes:
    """Hash name and content of a file as it is since it was last changed; most are asked for by many chapters."""
    return hashlib.sha256(f"{path.name}\0".encode() + path.read_bytes()).digest()


def modules(code: str) -> list[Path]:
    """List the files of the three packages here that code imports, and all that those import."""
    found: set[Path] = set()
    waiting = [*_imported(_parts(code))]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _looked_into(path)[0]
    return sorted(found)


def data(code: str) -> list[Path]:
    """List the files below ``data/``, the sample and the references, if code or a module it imports names them.

    A name counts wherever it stands as a string, ``f"table{number}.csv"`` for all tables and ``f"{name}.parquet"`` for
    all panels. A file too many costs a second; one too few is a stale page.
    """
    names = _named(_parts(code)).union(*(_looked_into(path)[1] for path in modules(code)))
    patterns = [name for name in names if {"*", "?", "["} & set(name)]
    every = [*sorted(path for path in DATA.rglob("*") if path.is_file()), sample.FILE, _ROOT / "references.bib"]
    return [path for path in every if path.name in names or any(fnmatchcase(path.name, one) for one in patterns)]


@cache
def _looked_into(path: Path) -> tuple[list[Path], set[str]]:
    """Return what a module imports, and the names in it."""
    parts = _parts(path.read_text("utf-8"))
    return list(_imported(parts)), _named(parts)


def _parts(code: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(code)))


def _imported(parts: list[ast.AST]) -> Iterator[Path]:
    for node in parts:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from _files(node.module)
            for alias in node.names:
                yield from _files(f"{node.module}.{alias.name}")
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield from _files(alias.name)


def _files(name: str) -> Iterator[Path]:
    """Files that an import of a dotted name runs: those of the packages on its way, and its own."""
    package, *rest = name.split(".")
    if package in _PACKAGES:
        folder = _PACKAGES[package]
        for part in ["", *rest]:
            folder = folder / part
            yield from (path for path in (folder / "__init__.py", folder.with_suffix(".py")) if path.is_file())


def _named(parts: list[ast.AST]) -> set[str]:
    """Strings of code that could name a file, with a star for what is filled in; one all of stars names none."""
    found = set()
    for node in parts:
        if isinstance(node, ast.JoinedStr):
            found.add("".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
    return {name for name in found if not re.search(r"\s", name) and ("*" not in name or "." in name.strip("*"))}
