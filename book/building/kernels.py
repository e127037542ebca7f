"""Keeps chapters apart that run at the same time, and drops damaged results from the cache."""

import asyncio
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import weakref
from collections.abc import Sequence
from contextlib import closing, suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import jupyter_client
from ipykernel.kernelapp import IPKernelApp
from jupyter_cache import get_cache
from jupyter_cache.cache.db import DB_NAME, NbCacheRecord
from jupyter_cache.cache.main import JupyterCacheBase
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import local_provisioner
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.config import Config
from traitlets import HasTraits, default

from exhibits.translation import SOURCE


class Files(HasTraits):
    """Speaks to a kernel by files of its own.

    Ports are looked for when a kernel is asked for and taken when it is there. Two kernels that start together can find
    the same port, and one of them dies: six that start at once did in 8 of 300 trials. On Windows, which has no such
    files, Sphinx runs one chapter at a time.
    """

    @default("transport")
    def _by_files(self) -> str:
        return "ipc" if os.name == "posix" else "tcp"

    @default("connection_file")
    def _in_a_folder_of_its_own(self) -> str:
        folder = tempfile.mkdtemp()
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return str(Path(folder) / "kernel.json")


class ByFiles(Files, AsyncKernelManager):
    """A manager of kernels that does so."""


class Fork:
    """A kernel in a fork of this process, which has imported most of what a chapter imports: half of what one takes.

    Told and asked as `subprocess.Popen` is.
    """

    stdin = stdout = stderr = None

    def __init__(self, command: Sequence[str], cwd: str | None = None, **_: Any) -> None:
        # Who its parent is it is told: it can be so late that to ask would name another, when this process has died.
        arguments = [*command[3:], f"--IPKernelApp.parent_handle={os.getpid()}"]
        self._process = get_context("fork").Process(target=_serve, args=(arguments, cwd or os.curdir))
        self._process.start()
        self.pid = self._process.pid or 0
        with suppress(ProcessLookupError, PermissionError):  # here, too: whoever stops a kernel stops its whole group
            os.setpgid(self.pid, self.pid)

    def poll(self) -> int | None:
        """Return how it ended, or nothing while it runs."""
        return self._process.exitcode

    def wait(self) -> int | None:
        """Wait for its end."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def _serve(arguments: list[str], folder: str) -> None:
    with suppress(PermissionError):
        os.setpgid(0, 0)
    # What waits for this kernel is told of signals by a socket, which is not to hear of those to the kernel.
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.chdir(folder)
    sys.path[0] = ""  # as a kernel has it
    asyncio.set_event_loop(asyncio.new_event_loop())  # the loop that waits for this kernel is none of its own
    IPKernelApp.launch_instance(arguments)


#: Where results are kept, from the folder of the book.
PLACE = Path(".cache", "execution")
#: Executed chapters that the cache keeps: some versions of each.
KEPT = 200
#: Drops the oldest results from the cache.
truncate = JupyterCacheBase.truncate_caches
#: Finds the record of a chapter's results, whatever has become of them.
_recorded = JupyterCacheBase.match_cache_notebook
#: Results that this process has looked at whole.
_SOUND: set[str] = set()


def results(place: Path) -> JupyterCacheBase:
    """Open the cache of results. A damaged cache is thrown away, and all chapters run again."""
    if not _readable(place / DB_NAME):
        print(f"{place} is damaged, and made again: all chapters run.", file=sys.stderr, flush=True)
        shutil.rmtree(place)
    cache = get_cache(place)
    cache.change_cache_limit(KEPT)  # before languages begin: of two that both set it first, one would fail
    return cache


def _readable(file: Path) -> bool:
    if not file.exists():
        return True
    try:
        with closing(sqlite3.connect(file)) as database:
            database.execute(f"select count(*) from {NbCacheRecord.__tablename__}")
            return bool(database.execute("pragma quick_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def kept(cache: JupyterCacheBase, notebook: NotebookNode) -> bool:
    """Return whether a cache has sound results of a chapter."""
    with suppress(KeyError):
        return bool(cache.match_cache_notebook(notebook))
    return False


def _kept(cache: JupyterCacheBase, notebook: NotebookNode) -> NbCacheRecord:
    """Find the results of a chapter. Damaged results are dropped, so that the chapter runs again."""
    record = _recorded(cache, notebook)
    if record.hashkey in _SOUND:
        return record
    try:
        _, found = cache.create_hashed_notebook(cache.get_cache_bundle(record.pk).nb)
    except Exception as error:  # of many kinds: what has become of the file may be anything
        found = str(error)
    if found == record.hashkey:
        _SOUND.add(record.hashkey)
        return record
    print(f"The results of {record.uri} are damaged: it runs again.", file=sys.stderr, flush=True)
    shutil.rmtree(cache.path / "executed" / record.hashkey, ignore_errors=True)
    NbCacheRecord.remove_records([record.pk], cache.db)
    raise KeyError(record.hashkey)


def register(app: Sphinx) -> None:
    """Set the place of the cache, and prepare for chapters that run at the same time."""
    app.connect("config-inited", _configure)
    app.connect("build-finished", _finish)
    patch()


def _configure(app: Sphinx, config: Config) -> None:
    cache = Path(app.srcdir) / PLACE
    results(cache)
    config.nb_execution_cache_path = str(cache)


def _finish(app: Sphinx, failure: Exception | None) -> None:
    if not failure and app.builder.format == "html" and app.config.language == SOURCE:
        truncate(get_cache(app.config.nb_execution_cache_path))


def patch() -> None:
    """Let nbclient take these kernels: it asks for the class by its name, and jupyter-cache hands no other one on.

    Nor does a chapter that has run drop old results from the cache: it would take for old what another has just begun
    to write. :data:`truncate` does so when all have run.
    """
    jupyter_client.AsyncKernelManager = ByFiles
    if os.name == "posix":
        local_provisioner.launch_kernel = Fork  # type: ignore[assignment]
    JupyterCacheBase.truncate_caches = lambda cache: None
    JupyterCacheBase.match_cache_notebook = _kept
