"""Chapters that start at the same time cannot take each other's ports."""

import gc
import os
import tempfile
from pathlib import Path

import jupyter_client
import nbformat
import pytest
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.cache.main import JupyterCacheBase
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from book.building import kernels
from book.chapters import KERNEL


def test_kernels_share_no_port_and_leave_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(jupyter_client, "AsyncKernelManager", AsyncKernelManager)  # as it was, when the test has ended
    kernels.patch()
    cells = [nbformat.v4.new_code_cell("print(6 * 7)")]
    clients = [
        NotebookClient(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), timeout=60)
        for _ in range(2)
    ]
    places = set()
    for client in clients:
        manager = client.create_kernel_manager()
        manager.write_connection_file()
        told = manager.get_connection_info()
        assert told["transport"] == "ipc"
        places.add(told["ip"])
    assert len(places) == 2
    assert NotebookClient(clients[0].nb, timeout=60).execute().cells[0].outputs[0].text == "42\n"
    del clients, client, manager
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_a_kernel_is_a_fork_whose_signals_reach_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has what this process has imported, and no name of it; what runs it is not told that it is interrupted."""
    monkeypatch.setattr(jupyter_client, "AsyncKernelManager", AsyncKernelManager)
    kernels.patch()
    code = (
        "import os, signal, sys; print(os.getppid(), 'nbclient' in sys.modules, 'kernels' in globals())",
        "try:\n    os.kill(os.getpid(), signal.SIGINT)\nexcept KeyboardInterrupt:\n    print('stopped')",
        "print(os.getpgid(0) == os.getpid(), os.getcwd())",
    )
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(one) for one in code], metadata={"kernelspec": KERNEL}
    )
    done = NotebookClient(notebook, timeout=60, resources={"metadata": {"path": "/"}}).execute()
    assert [cell.outputs[0].text for cell in done.cells] == [f"{os.getpid()} True False\n", "stopped\n", "True /\n"]


def test_a_chapter_that_has_run_drops_nothing_from_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jupyter_client, "AsyncKernelManager", AsyncKernelManager)
    monkeypatch.setattr(JupyterCacheBase, "truncate_caches", kernels.truncate)
    kernels.patch()
    cache = get_cache(tmp_path)
    cache.change_cache_limit(1)
    for number in (1, 2):
        cells = [nbformat.v4.new_code_cell(f"print({number})")]
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
        cache.cache_notebook_bundle(CacheBundleIn(notebook, f"{number}.ipynb"), check_validity=False)
    assert len(cache.list_cache_records()) == 2
    kernels.truncate(cache)
    assert len(cache.list_cache_records()) == 1


def test_a_cache_has_its_size_before_languages_begin(tmp_path: Path) -> None:
    """Where each language set it as it began, one met the other's row and ended the build with `200`."""
    assert kernels.results(tmp_path).get_cache_limit() == 200
    assert get_cache(tmp_path).get_cache_limit() == 200
