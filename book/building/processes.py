"""Keeps builds of the book apart: one at a time in its folders, and no worker outlives its build."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from threading import Thread

from filelock import FileLock, Timeout


@contextmanager
def alone(book: Path) -> Iterator[None]:
    """Keep other builds out of the folders of a book. Another build says that it waits, and waits.

    The system lets it in if this process dies.
    """
    place = book / ".cache" / "building"
    place.parent.mkdir(exist_ok=True)
    lock = FileLock(place)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        print("Another build of this book is running: waiting for its end.", file=sys.stderr, flush=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


#: The process that forks, as its forks are to know it.
_forking = 0


@cache
def end_with_this() -> None:
    """End each process that this one forks when its parent has died.

    A parent that is killed tells nobody, and Sphinx's workers would wait for ever until somebody reads their results.
    """
    os.register_at_fork(before=_remember, after_in_child=_end_with_parent)


def _remember() -> None:
    """Keep who forks: a fork that asks for its parent can be too late, and would then outlive a parent dead before."""
    global _forking  # noqa: PLW0603
    _forking = os.getpid()


def _end_with_parent() -> None:
    Thread(target=partial(_watch, _forking), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
