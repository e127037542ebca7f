"""Processes that compute for another one, and end when it does."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread, current_thread, main_thread

from gvc.errors import GvcError

#: Bytes of memory that a worker takes at most. Measured, and most of it while the file is read: 0.55 GB for an ADB
#: workbook of 2,205 industries, 1.33 GB for a CSV of the OECD with 3,780.
WORKER = 1_500_000_000


def affordable() -> int:
    """Workers that processors and free memory allow; one at least."""
    try:
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # only some systems tell
        free = WORKER
    return max(1, min(os.cpu_count() or 1, free // WORKER))


@contextmanager
def pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Workers that end with the block; at once if an interrupt ends it, or this process dies in whatever way."""
    # A new process, not a fork: the parent's BLAS threads do not survive one.
    context = get_context("spawn")
    # Nothing is ever sent. That the other end is closed, by this process or by the system, is the sign.
    lifeline, held = context.Pipe(duplex=False)
    with lifeline, held, ProcessPoolExecutor(workers, context, _serve, (lifeline,)) as executor:
        try:
            yield executor
        except BaseException:
            held.close()
            raise


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let an interrupt wait while workers are started: nobody would know of one that is only half so."""
    if current_thread() is not main_thread():  # no other thread is interrupted
        yield
        return
    waiting: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda number, _: waiting.append(number)) for number in numbers]
    # Workers inherit what is blocked, and no handler: an interrupt from the terminal reaches those that start, too.
    blocks = hasattr(signal, "pthread_sigmask")
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT]) if blocks else set()
    try:
        yield
    finally:
        if blocks:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
        for caught in waiting:
            signal.raise_signal(caught)


def _serve(lifeline: Connection) -> None:
    """Make this process a worker, which lives as long as the one at the other end."""
    if hasattr(os, "setpgrp"):
        os.setpgrp()  # apart from the terminal's interrupt, and together with what it starts itself
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # and what came of it until now
    signal.signal(signal.SIGTERM, _end)
    Thread(target=_end_after, args=(lifeline,), daemon=True).start()


def _end_after(lifeline: Connection) -> None:
    with suppress(EOFError, OSError):
        lifeline.recv_bytes()
    _end()


def _end(*_: object) -> None:
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


@contextmanager
def enough_memory(workers: int) -> Iterator[None]:
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
