"""Knows what results come from, and keeps on disk, until one of these changes, what several pages take seconds for."""

import ast
import hashlib
import os
import pickle
from collections.abc import Callable, Iterator
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import grimp
from filelock import FileLock

import exhibits
import gvc
from exhibits.file_cache import once
from gvc import sample
from industrial_chains import data

_ROOT = Path(__file__).parents[1]
_FOLDERS = {
    **{package.__name__: Path(str(package.__file__)).parent for package in (exhibits, gvc)},
    "industrial_chains": Path(__file__).parent,
    "chapters": _ROOT / "chapters",
}
#: What lies elsewhere than in ``data/``, and the module that reads it.
_BESIDE = {
    sample.FILE: Path(str(sample.__file__)),
    _ROOT / "references.bib": _FOLDERS["industrial_chains"] / "literature.py",
}
#: The variable of the environment that names the folder of what is kept: builds and tests set it.
FOLDER = "GVC_KEPT"

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def kept(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Keep what a function returns: in this process, and on disk where :data:`FOLDER` says so.

    Parameters
    ----------
    function : callable
        Its arguments say by their `repr` all that they are. What else it depends on are its module, what that imports,
        the data that these name and the pinned packages.
    """
    name = f"{function.__module__}.{function.__name__}"

    @cache
    def asked(*args: Asked.args, **named: Asked.kwargs) -> Answer:
        if not (place := os.environ.get(FOLDER)):
            return function(*args, **named)
        folder, now = Path(place), _now(function.__module__)
        file = folder / f"{name}-{now}-{hashlib.sha256(repr((args, named)).encode()).hexdigest()[:16]}"
        folder.mkdir(parents=True, exist_ok=True)

        def make() -> bytes:
            for older in (one for one in folder.glob(f"{name}-*") if now not in one.name):
                older.unlink(missing_ok=True)
            return pickle.dumps(function(*args, **named))

        with FileLock(f"{file}.lock"):  # whoever asks meanwhile waits: to compute it, too, takes longer
            found: Answer = pickle.loads(once(file, make))
        return found

    return cast(Callable[Asked, Answer], wraps(function)(asked))


@cache
def _now(module: str) -> str:
    return digest(f"import {module}", _ROOT / "requirements.lock")


def digest(code: str, lock: Path) -> str:
    """Hash what the results of some code depend on: the modules that it imports, the data that these name, the pins.

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
    files = [*modules(code), *read(code), *([lock] if lock.exists() else [])]
    return hashlib.sha256(b"".join(_hash(path, path.stat().st_mtime_ns) for path in files)).hexdigest()[:16]


@cache
def _hash(path: Path, changed: int) -> bytes:
    """Hash name and content of a file, once until it changes, since many chapters ask for the same files."""
    return hashlib.sha256(f"{path.name}\0".encode() + path.read_bytes()).digest()


def modules(code: str) -> list[Path]:
    """List the files of the packages here that code imports, and all that those import."""
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


def read(code: str) -> list[Path]:
    """List the files that code reads: those of ``data/`` that it or a module it imports names, and two beside them."""
    used = modules(code)
    asking = [module for module in used if _FOLDERS["gvc"] not in module.parents]  # gvc reads what it is told to
    found = {file for module in asking for file in data.named(module.read_text("utf-8"), str(module))}
    beside = {path for path, module in _BESIDE.items() if module in used}
    return sorted(found | data.named(code, "a cell") | beside)


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
