"""How long the heavy half takes: one real year from file to flows, and the multipliers three ways."""

import os
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd
import pymrio
from threadpoolctl import threadpool_limits

import gvc
from gvc.leontief import multipliers

G, N = 63, 35
ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def one_year(file: Path) -> None:
    """Read, check and compute every flow of one table on one core."""
    start = perf_counter()
    icio = gvc.read_icio(file)
    steps = {"read": perf_counter() - start, "check": seconds(icio.check)}
    for flow in (
        gvc.value_added_in_exports,
        gvc.value_added_in_final_demand,
        gvc.gross_exports,
        gvc.intermediate_flows,
    ):
        steps[flow.__name__] = seconds(lambda flow=flow: flow(icio))
    print(f"{file.name}, {len(icio.x)}², one core:")
    for name, spent in steps.items():
        print(f"  {name:<32}{spent:6.2f} s")
    print(f"  {'together':<32}{sum(steps.values()):6.2f} s")


def made_table() -> gvc.ICIO:
    """Make a balanced random table in which every industry adds value."""
    random = np.random.default_rng(1)
    A = random.gamma(0.1, size=(G * N, G * N))
    A *= random.uniform(0.3, 0.7, G * N) / A.sum(axis=0)
    Y = random.gamma(0.5, size=(G * N, G))
    x = np.linalg.solve(np.eye(G * N) - A, Y.sum(axis=1))
    labels = [f"E{number:02}" for number in range(G)], [f"S{number:02}" for number in range(N)]
    Z = A * x
    return gvc.ICIO(economies=labels[0], sectors=labels[1], Z=Z, Y=Y, x=x, va=x - Z.sum(axis=0))


def by_gvc(icio: gvc.ICIO) -> np.ndarray:
    return multipliers(icio)


def by_inverse(icio: gvc.ICIO) -> np.ndarray:
    A = icio.Z / icio.x
    v = 1 - A.sum(axis=0)
    B = np.linalg.inv(np.eye(len(A)) - A)
    return (v[:, None] * B).reshape(G, N, -1).sum(axis=1)


def by_pymrio(icio: gvc.ICIO) -> np.ndarray:
    index = pd.MultiIndex.from_product([icio.economies, icio.sectors], names=["region", "sector"])
    economies = pd.Index(icio.economies, name="region")
    system = pymrio.IOSystem(
        Z=pd.DataFrame(icio.Z, index, index), Y=pd.DataFrame(icio.Y, index, economies)
    ).calc_system()
    v = 1 - system.A.sum(axis=0)
    return system.L.mul(v, axis=0).groupby(level="region", sort=False).sum().to_numpy()


def three_ways() -> None:
    """Compute the same multipliers by each way in turn and show the best of several rounds."""
    table = made_table()
    parts = {name: getattr(table, name) for name in ("economies", "sectors", "Z", "Y", "x", "va")}
    ways = {"gvc, LU": by_gvc, "numpy.linalg.inv": by_inverse, "pymrio and by hand": by_pymrio}
    spent: dict[str, list[float]] = {name: [] for name in ways}
    expected = by_inverse(table)
    for _ in range(ROUNDS):
        for name, way in ways.items():
            fresh = gvc.ICIO(**parts)  # gvc remembers the multipliers of a table it has seen
            start = perf_counter()
            result = way(fresh)
            spent[name].append(perf_counter() - start)
            np.testing.assert_allclose(result, expected, rtol=1e-9)
    best = {name: min(times) for name, times in spent.items()}
    print(f"value-added multipliers at {G}×{N}, best of {ROUNDS}, {os.cpu_count()} cores:")
    for name, time in best.items():
        print(f"  {name:<32}{time:6.2f} s  {time / best['gvc, LU']:5.2f} ×")


if __name__ == "__main__":
    if "GVC_TEST_DATA" in os.environ:
        with threadpool_limits(1):
            one_year(Path(os.environ["GVC_TEST_DATA"]) / "data" / "wiod2013" / "wiod11.rda")
    else:
        print("one year of WIOD: skipped, GVC_TEST_DATA does not name the folder with the source tables")
    three_ways()
