"""Draws of what the trade model predicts of American imports, for `industrial_chains.trade_model.forecasts` to read."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from industrial_chains.trade_model import forecasts, inputs
from industrial_chains.trade_model.forecasts import PERIODS, Period
from industrial_chains.trade_model.inputs import MAIN, PARTNERS, SELLER

#: The folder of ``data/`` that it writes to, and the command that runs it.
INTO, COMMAND = "frontier", "forecasts"

#: How many, and what they begin from.
DRAWS, SEED = 200, 2017
#: Between home and imports trade reacts this much as between imports, at least.
LEAST_HOME = 0.5


def elasticities(rng: np.random.Generator) -> pd.DataFrame:
    """Give each industry the number of a study that is drawn for it, and home a share of it that is drawn for all."""
    numbers = inputs.elasticities()
    of = rng.integers(numbers.shape[1], size=len(numbers))
    drawn = pd.Series(numbers.to_numpy()[np.arange(len(numbers)), of], numbers.index)
    return pd.DataFrame({"imports": drawn, "home": rng.uniform(LEAST_HOME, 1) * drawn})


def mixed_duties(period: Period, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Duties before and after; what was added to those on a partner other than China is added to another's."""
    before, after = forecasts.duties(period)
    added = (1 + after) / (1 + before)
    others = [partner for partner in PARTNERS if partner != SELLER]
    mixed = added.copy()
    mixed.loc[others] = added.loc[rng.permutation(others)].to_numpy()
    return before, (1 + before) * mixed - 1


def _draw(period: Period, what: str, number: int, seed: np.random.SeedSequence) -> dict[Any, Any]:
    rng = np.random.default_rng(seed)
    if what == "duties":
        rates, numbers = mixed_duties(period, rng), forecasts.elasticity(MAIN)
    else:
        rates, numbers = forecasts.duties(period), elasticities(rng)
    points = forecasts.predicted(period, forecasts.modelled(period, rates, numbers)).sum(axis=1)
    return {"period": str(period), "what": what, "draw": number, **points.round(3).add(0.0)}


def main(output: Path) -> None:
    """Write the draws to a folder."""
    kinds = [(period, what) for period in PERIODS for what in ("elasticities", "duties")]
    seeds = np.random.SeedSequence(SEED).spawn(len(kinds) * DRAWS)
    tasks = [(period, what, number) for period, what in kinds for number in range(DRAWS)]
    rows = Parallel(n_jobs=-1)(delayed(_draw)(*task, seed) for task, seed in zip(tasks, seeds, strict=True))
    pd.DataFrame(rows).to_csv(output / "back_test_draws.csv", index=False, lineterminator="\n")
