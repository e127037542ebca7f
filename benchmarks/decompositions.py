"""How long the decompositions take and what memory they need: at 63×35, and as economies grow from 20 to 80."""

import os
import tracemalloc
from collections.abc import Callable
from functools import partial
from time import perf_counter

from made import MIB, parts

import gvc
from gvc.leontief import inverse, multipliers

N = 35
ROUNDS = 3

STEPS: dict[str, Callable[[gvc.ICIO], object]] = {
    "multipliers V·B": multipliers,
    "kww": gvc.kww,
    "inverse B": inverse,
    "borin_mancini, source": gvc.borin_mancini,
    "borin_mancini, sink": partial(gvc.borin_mancini, approach="sink"),
    "borin_mancini, bilateral_sector": partial(gvc.borin_mancini, detail="bilateral_sector"),
    "wwz": gvc.wwz,
    "value_added_by_route": lambda icio: gvc.value_added_by_route(icio, icio.economies[:9], icio.economies[-1]),
    "upstreamness": gvc.upstreamness,
    "production_length": gvc.production_length,
    "participation, output": partial(gvc.participation, basis="output"),
}


def seconds(made: dict[str, object]) -> dict[str, float]:
    """Time each step after the ones before it, since they share factors and inverse; the best of several rounds."""
    spent: dict[str, list[float]] = {name: [] for name in STEPS}
    for _ in range(ROUNDS):
        fresh = gvc.ICIO(**made)  # type: ignore[arg-type]
        for name, step in STEPS.items():
            start = perf_counter()
            step(fresh)
            spent[name].append(perf_counter() - start)
    return {name: min(times) for name, times in spent.items()}


def peak(step: str, made: dict[str, object]) -> float:
    """Memory that one step takes beyond the table, factors and inverse included."""
    table = gvc.ICIO(**made)  # type: ignore[arg-type]
    tracemalloc.start()
    STEPS[step](table)
    most = tracemalloc.get_traced_memory()[1] / MIB
    tracemalloc.stop()
    return most


if __name__ == "__main__":
    sizes = 20, 40, 63, 80
    times: dict[str, list[float]] = {name: [] for name in STEPS}
    memory: dict[str, list[float]] = {name: [] for name in STEPS}
    for G in sizes:
        made = parts(G, N)
        for name, time in seconds(made).items():
            times[name].append(time)
            memory[name].append(peak(name, made))
    print(f"G × {N} sectors, best of {ROUNDS}, {os.cpu_count()} cores")
    for title, rows, form in (
        ("seconds, each after those above it", times, "9.2f"),
        ("peak MiB beyond the table, each alone", memory, "9.0f"),
    ):
        print(f"{title:<40}" + "".join(f"{f'{G}×{N}':>9}" for G in sizes))
        for name, row in rows.items():
            print(f"  {name:<38}" + "".join(format(number, form) for number in row))
