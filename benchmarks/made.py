"""Tables of any size to time measures on, and how long a measure takes and what memory it needs."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np

MIB = 2**20


def parts(G: int, N: int) -> dict[str, object]:
    """Make the parts of a balanced random table in which every industry adds value."""
    random = np.random.default_rng(1)
    A = random.gamma(0.1, size=(G * N, G * N))
    A *= random.uniform(0.3, 0.7, G * N) / A.sum(axis=0)
    Y = random.gamma(0.5, size=(G * N, G))
    x = np.linalg.solve(np.eye(G * N) - A, Y.sum(axis=1))
    A *= x
    labels = {
        "economies": [f"E{number:02}" for number in range(G)],
        "sectors": [f"S{number:02}" for number in range(N)],
    }
    return labels | {"Z": A, "Y": Y, "x": x, "va": x - A.sum(axis=0)}


def timed(work: Callable[[], object]) -> tuple[float, float, object]:
    """Seconds, MiB of memory beyond what is taken before, and the result.

    The kernel counts memory, on Linux alone: Python does not see all that LAPACK takes.
    """
    status = Path("/proc/self/status")

    def mebibytes(name: str) -> float:
        if not status.exists():
            return float("nan")
        return int(status.read_text("utf-8").partition(f"{name}:")[2].split()[0]) / 1024

    if status.exists():
        Path("/proc/self/clear_refs").write_text("5", "utf-8")  # so that the peak is that of what follows
    before, start = mebibytes("VmRSS"), perf_counter()
    result = work()
    return perf_counter() - start, mebibytes("VmHWM") - before, result
