"""The one reader of ``data/``: a table by its name, and which files the code of a module reads.

What a file is, with its columns, unit and source, ``data/manifest.yml`` says, and the step of the pipeline that makes
it. Code names a file where it reads it, in so many letters: so a page is stale when a file that it reads has changed,
and not otherwise.
"""

import ast
from functools import cache
from pathlib import Path

import pandas as pd

from gvc import panel
from gvc.errors import GvcError

#: Calls that may read any panel.
_PANELS = {"load_panel", "files", "about"}


def path(name: str) -> Path:
    """Return the path of a file of ``data/`` by its name, without the ending.

    Raises
    ------
    GvcError
        If no file, or more than one, has that name.
    """
    found = [file for file in every() if file.stem == name]
    if len(found) != 1:
        raise GvcError(
            str(panel.DATA),
            expected=f"one file named {name}",
            found=", ".join(str(file.relative_to(panel.DATA)) for file in found) or "none",
            remedy="Write the name as data/manifest.yml has it, without folder and ending.",
        )
    return found[0]


def every() -> list[Path]:
    """List all files of ``data/`` and its folders."""
    return sorted(file for level in ("*", "*/*") for file in panel.DATA.glob(level) if file.is_file())


def folder(name: str) -> Path:
    """Return a folder of ``data/``, whose files are read all, also those that a reader adds."""
    return panel.DATA / name


def table(name: str, *, text: bool = False) -> pd.DataFrame:
    """Return a table of ``data/`` by its name; an empty cell is missing, or with `text` the empty text.

    Examples
    --------
    >>> table("mined").columns.tolist()
    ['mineral', 'year', 'share', 'largest', 'largest_share', 'hhi']
    """
    file = path(name)
    return _table(file, file.stat().st_mtime_ns, text).copy()


@cache
def _table(file: Path, changed: int, text: bool) -> pd.DataFrame:
    if text:
        return pd.read_csv(file, dtype=str, keep_default_na=False)
    return pd.read_csv(file, keep_default_na=False, na_values=[""])


def named(code: str, where: str) -> set[Path]:
    """Return the files of ``data/`` that code names, in calls of :func:`table`, :func:`path` and :func:`folder`.

    Parameters
    ----------
    code : str
        Python.
    where : str
        What it is, for the message.

    Raises
    ------
    GvcError
        If such a call does not name its file in letters, or names none that there is.
    """
    return {one for name in _named(code, where) for one in _meant(name)}


def _meant(name: str) -> list[Path]:
    within = "panel" if name in _PANELS else name.removesuffix("/")
    return [file for file in every() if file.parent.name == within] if within != name else [path(name)]


@cache
def _named(code: str, where: str) -> frozenset[str]:
    found = set()
    nodes = [*ast.walk(ast.parse(code))]
    for one in (node for node in nodes if isinstance(node, ast.ImportFrom)):
        renamed = [alias for alias in one.names if alias.name == "data" and alias.asname]
        if one.module == __name__ or (one.module == __package__ and renamed):
            raise GvcError(
                f"{where}, line {one.lineno}",
                expected="from industrial_chains import data",
                found=ast.unparse(one),
                remedy="Call the reader by that name: by it, pages know when they are stale.",
            )
    for call in (node for node in nodes if isinstance(node, ast.Call)):
        match call.func, call.args:
            case ast.Attribute(value=ast.Name(id="data"), attr="table" | "path"), [ast.Constant(value=str(name)), *_]:
                found.add(name)
            case ast.Attribute(value=ast.Name(id="data"), attr="folder"), [ast.Constant(value=str(name))]:
                found.add(f"{name}/")
            case ast.Attribute(value=ast.Name(id="data"), attr="table" | "path" | "folder"), _:
                raise GvcError(
                    f"{where}, line {call.lineno}",
                    expected='the name of a file in letters, such as data.table("ledger")',
                    found=ast.unparse(call),
                    remedy="Write a call for each file: by it, pages know when they are stale.",
                )
            case ((ast.Attribute(attr=attr) | ast.Name(id=attr)), _) if attr in _PANELS:
                found.add(attr)
    return frozenset(found)
