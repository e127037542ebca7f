"""Runs the chapters whose results are not kept, before Sphinx reads pages: on all processors, to the end.

Sphinx runs them, too, as it reads, in batches of which the longest leaves processors idle.
"""

import ast
import gc
import os
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import yaml
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import single_nb_execution
from nbformat import NotebookNode
from sphinx.util.parallel import ParallelTasks, SerialTasks, parallel_available

from book import chapters
from book.building import dependencies, kernels, mistakes, processes
from industrial_chains import kept
from industrial_chains.sources import SOURCES

#: Up to so many chapters read the databases themselves; for more, they are read once, for all forks to have them.
FEW = 3


def run(root: Path) -> None:
    """Run the chapters of a book whose results are not kept, and keep them.

    Raises
    ------
    MistakeError
        For the first chapter of which a cell fails.
    """
    processes.end_with_this()
    kernels.patch()
    os.environ.setdefault(kept.FOLDER, str((root / ".cache" / "results").absolute()))
    cache = kernels.results(root / kernels.PLACE)
    notebooks = {page: read(root, page) for page in chapters.chapters(root)}
    waiting = {page: notebook for page, notebook in notebooks.items() if not kernels.kept(cache, notebook)}
    for page in waiting:
        for code in chapters.code(root, page):
            _import(code)
    if len(waiting) > FEW:
        for source in SOURCES:
            source.read()
    gc.freeze()  # else each fork would copy what is read here, only to count it
    failed: dict[str, mistakes.MistakeError] = {}

    def run_one(page: str) -> mistakes.MistakeError | None:
        return _run(root, page, waiting[page])

    # One more than there are processors: a kernel waits half a second to begin and to end.
    tasks = ParallelTasks((os.cpu_count() or 1) + 1) if parallel_available else SerialTasks()
    for page in waiting:
        tasks.add_task(run_one, page, lambda page, error: failed.update({page: error} if error else {}))
    tasks.join()
    if failed:
        raise next(failed[page] for page in waiting if page in failed)


def read(root: Path, page: str) -> NotebookNode:
    """Read a chapter as Sphinx will, with the hash in its metadata."""
    notebook = deepcopy(chapters.notebook(root, page))
    notebook.metadata["kernelspec"]["needs"] = dependencies.needed(root, page)
    return notebook


def _import(code: str) -> None:
    """Import what a cell imports, once, for all forks to have it. What fails here fails in the cell, which says so."""
    for node in ast.parse(code).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            with suppress(Exception):
                exec(compile(ast.Module([node], []), "imports", "exec"), {})


def _run(root: Path, page: str, notebook: NotebookNode) -> mistakes.MistakeError | None:
    """Run a chapter and keep its results, or return what is wrong with it."""
    path = chapters.source(root, page)
    timeout = yaml.safe_load((root / "_config.yml").read_text("utf-8"))["execute"]["timeout"]
    done = single_nb_execution(notebook, cwd=str(path.parent), timeout=timeout, allow_errors=False)
    if done.err:
        return mistakes.of_cell(root, page, done.err)
    results = CacheBundleIn(notebook, str(path), data={"execution_seconds": done.time})
    get_cache(root / kernels.PLACE).cache_notebook_bundle(results, check_validity=False, overwrite=True)
    return None
