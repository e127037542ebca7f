"""How chapters that run at the same time keep apart."""

import shutil
import tempfile
import weakref
from pathlib import Path

import jupyter_client
from jupyter_cache.cache.main import JupyterCacheBase
from jupyter_client.manager import AsyncKernelManager
from traitlets import default


class ByFiles(AsyncKernelManager):
    """Speaks to a kernel by files of its own.

    Ports are looked for when a kernel is asked for and taken when it is there; two that start together can find the
    same one, and one of them dies.
    """

    @default("transport")
    def _by_files(self) -> str:
        return "ipc"

    @default("connection_file")
    def _in_a_folder_of_its_own(self) -> str:
        folder = tempfile.mkdtemp()
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return str(Path(folder) / "kernel.json")


#: Drops the oldest results from the cache.
truncate = JupyterCacheBase.truncate_caches


def register() -> None:
    """Let nbclient take these: it asks for the class by its name, and jupyter-cache hands no other one on.

    Nor does a chapter that has run drop old results from the cache: it would take for old what another has just begun
    to write. Whoever builds the book calls :data:`truncate` when all have run.
    """
    jupyter_client.AsyncKernelManager = ByFiles
    JupyterCacheBase.truncate_caches = lambda cache: None
