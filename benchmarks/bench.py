"""How long the heavy half takes: one real year from file to flows, and the multipliers three ways."""

import os
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd
import pymrio
from made import parts, timed
from threadpoolctl import threadpool_limits

import gvc
from gvc.leontief import multipliers

#: Economies and sectors, and how often each way is tried.
SIZES = {(63, 35): 5, (40, 50): 3, (100, 50): 1, (196, 50): 1}
#: Beyond it, pymrio and what is done by hand take more memory than many machines have.
LARGEST_OF_PYMRIO = 5000


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


def by_gvc(icio: gvc.ICIO) -> np.ndarray:
    return multipliers(icio)


def by_inverse(icio: gvc.ICIO) -> np.ndarray:
    A = icio.Z / icio.x
    v = 1 - A.sum(axis=0)
    B = np.linalg.inv(np.eye(len(A)) - A)
    return (v[:, None] * B).reshape(len(icio.economies), len(icio.sectors), -1).sum(axis=1)


def by_pymrio(icio: gvc.ICIO) -> np.ndarray:
    index = pd.MultiIndex.from_product([icio.economies, icio.sectors], names=["region", "sector"])
    economies = pd.Index(icio.economies, name="region")
    system = pymrio.IOSystem(
        Z=pd.DataFrame(icio.Z, index, index), Y=pd.DataFrame(icio.Y, index, economies)
    ).calc_system()
    v = 1 - system.A.sum(axis=0)
    return system.L.mul(v, axis=0).groupby(level="region", sort=False).sum().to_numpy()


def three_ways() -> None:
    """Compute the same multipliers by each way in turn: the best of several rounds, and memory beyond the table."""
    ways = {"gvc, LU": by_gvc, "numpy.linalg.inv": by_inverse, "pymrio and by hand": by_pymrio}
    for (G, N), rounds in SIZES.items():
        made = parts(G, N)
        spent: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        expected = multipliers(gvc.ICIO(**made))  # type: ignore[arg-type]
        for _ in range(rounds):
            for name, way in ways.items():
                if way is by_pymrio and G * N > LARGEST_OF_PYMRIO:
                    continue
                fresh = gvc.ICIO(**made)  # type: ignore[arg-type]  # gvc remembers the multipliers of a table it has seen
                *took, result = timed(lambda way=way, fresh=fresh: way(fresh))
                spent[name].append(tuple(took))
                np.testing.assert_allclose(result, expected, rtol=1e-9)
        print(f"value-added multipliers at {G}×{N}, {G * N:,}², best of {rounds}, {os.cpu_count()} cores:")
        best = {name: min(took)[0] for name, took in spent.items() if took}
        for name, time in best.items():
            peak = max(peak for _, peak in spent[name])
            print(f"  {name:<32}{time:6.2f} s  {time / best['gvc, LU']:5.2f} ×{peak:8,.0f} MiB")


if __name__ == "__main__":
    if "GVC_TEST_DATA" in os.environ:
        with threadpool_limits(1):
            one_year(Path(os.environ["GVC_TEST_DATA"]) / "data" / "wiod2013" / "wiod11.rda")
    else:
        print("one year of WIOD: skipped, GVC_TEST_DATA does not name the folder with the source tables")
    three_ways()
