"""Processes that compute years for another one: joblib's, or those that ``joblib.parallel_config`` names."""

import os
import signal
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from functools import cache
from threading import Thread, current_thread, main_thread
from typing import Any, TypeVar

from joblib import Parallel, cpu_count, delayed, effective_n_jobs
from joblib.parallel import LokyBackend, get_active_backend

from gvc.errors import GvcError

#: Bytes of memory that a worker takes at most. Measured, and most of it while the file is read: 0.55 GB for an ADB
#: workbook of 2,205 industries, 1.33 GB for a CSV of the OECD with 3,780.
WORKER = 1_500_000_000

Result = TypeVar("Result")


def affordable() -> int:
    """Workers that joblib's configuration names, or else those that processors and free memory allow; one at least."""
    if (named := effective_n_jobs(None)) > 1:
        return named
    try:
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # only some systems tell
        free = WORKER
    return max(1, min(cpu_count(), free // WORKER))


def each(
    work: Callable[..., Result], tasks: Sequence[tuple[Any, ...]], workers: int
) -> Generator[tuple[int, Result], None, None]:
    """Compute, and yield the number and result of each task as they come; after an error, only of those begun by then.

    One worker is this process itself.
    """
    wrong: list[Exception] = []
    waiting = (delayed(_done)(os.getpid(), at, work, task) for at, task in enumerate(tasks) if not wrong)
    pool = Parallel(workers, return_as="generator_unordered", batch_size=1, pre_dispatch="n_jobs", **_from_the_start())
    with _enough_memory(workers):
        with _interrupts_ignored():
            results = pool(waiting)
        with closing(results):
            for at, result in results:
                if isinstance(result, Exception):
                    wrong.append(result)
                else:
                    yield at, result
        if wrong:
            raise wrong[0]


def _from_the_start() -> dict[str, Any]:
    """Let the workers that are this process's own children watch it before their first task, which may never come."""
    # On Windows a program stands between the two, and no process gets another parent.
    own = os.name == "posix" and isinstance(get_active_backend()[0], LokyBackend)
    return {"initializer": _end_with, "initargs": (os.getpid(),)} if own else {}


def _done(parent: int, at: int, work: Callable[..., Result], task: tuple[Any, ...]) -> tuple[int, Result | Exception]:
    if os.getppid() == parent:  # of a cluster's workers it is none
        _end_with(parent)
    try:
        return at, work(*task)
    except Exception as error:  # of an error that is raised here, joblib would end all others at once
        return at, error


@cache
def _end_with(parent: int) -> None:
    """End this process soon after its parent, which would be waited for: not all that ends tells its children."""
    Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Start workers that the terminal's interrupt does not reach: it is for this process to end them."""
    if current_thread() is not main_thread():  # no other may say so
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _enough_memory(workers: int) -> Iterator[None]:
    """Turn the end of a worker that the system was short of memory for into the one exception."""
    try:
        yield
    except (BrokenProcessPool, MemoryError, OSError) as error:
        raise GvcError(
            "a worker",
            expected=f"up to {WORKER / 1e9:.1f} GB of memory for each of {workers} workers",
            found="one that the system ended" if isinstance(error, BrokenProcessPool) else str(error) or "less",
            remedy="Do the same with one worker, `workers=1` or `--workers 1`: finished years are kept.",
        ) from error
