"""How long the trade model takes and what memory it needs, and many draws of its elasticities on two processes."""

import warnings
from functools import partial

import numpy as np
from joblib import Parallel, delayed
from made import parts, timed

import gvc

ROUNDS = 3
DRAWS = 200


def dearer(table: gvc.ICIO) -> np.ndarray:
    """Let the second economy pay a quarter more for all that the first sells it."""
    costs = np.ones(table.Y.shape)
    costs[: len(table.sectors), 1] = 1.25
    return costs


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # what the model cannot take from the sample
    tables = [gvc.load_sample(), *(gvc.ICIO(**parts(*size)) for size in ((21, 22), (80, 50)))]  # type: ignore[arg-type]
    print(f"counterfactual, best of {ROUNDS}")
    for table in tables:
        work = partial(gvc.counterfactual, table, costs=dearer(table), elasticity=4)
        rounds = [timed(work)[:2] for _ in range(ROUNDS)]
        size = f"{len(table.economies)}×{len(table.sectors)}"
        print(f"  {size:<8}{min(time for time, _ in rounds):8.2f} s{max(peak for _, peak in rounds):8.0f} MiB")
    draws = np.random.default_rng(1).uniform(2, 10, (DRAWS, len(tables[1].sectors)))
    ask = partial(gvc.counterfactual, tables[1], costs=dearer(tables[1]))
    seconds, _, _ = timed(lambda: Parallel(2)(delayed(ask)(elasticity=draw) for draw in draws))
    print(f"{DRAWS} draws of elasticities at {len(tables[1].economies)}×{len(tables[1].sectors)}, two processes")
    print(f"  {'':<8}{seconds:8.2f} s")
