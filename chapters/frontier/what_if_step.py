"""The duty of 25 points on Chinese goods, tried under other assumptions: what `trade_model.inputs.trials` reads."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from joblib import Parallel, delayed

from gvc.icio import ICIO
from industrial_chains.trade_model import inputs, scenarios
from industrial_chains.trade_model.inputs import BUYER, GOODS, PARTNERS, POINTS, SELLER, SERVICES, STUDIES
from industrial_chains.trade_model.scenarios import Duty
from pipeline.oecd import read

#: The folder of ``data/`` that it writes to, and the command that runs it.
INTO, COMMAND = "frontier", "scenarios"

#: How many times elasticities are drawn, and the seed.
DRAWS, SEED = 200, 20260
_DUTY = inputs.SCENARIOS["duty"]


@dataclass(frozen=True, eq=False)
class Case:
    """What is tried: elasticities of a study or drawn, and arguments of `gvc.counterfactual` before and after."""

    trial: str
    case: str
    table: ICIO
    theta: pd.Series
    after: dict[str, Any]
    before: dict[str, Any] = field(default_factory=dict)
    home: float = 1.0


def trials(whole: ICIO) -> pd.DataFrame:
    """Solve all of them.

    Parameters
    ----------
    whole : ICIO
        The OECD's table of 2022, not summed.

    Returns
    -------
    DataFrame
        As `industrial_chains.trade_model.inputs.trials` says.
    """
    asked = [*_of_draws(), *_of_studies(), *_whole(whole)]
    return pd.DataFrame(Parallel()(delayed(solved)(one) for one in asked))


def solved(one: Case) -> dict[str, Any]:
    """Count what China loses in one case."""
    into = inputs.industries()
    goods = tuple(sector for sector in one.table.sectors if into.get(sector, sector) in GOODS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the model sets to zero in the whole table
        was, now = (
            scenarios.changed(one.table, given, one.theta, goods, home=one.home) for given in (one.before, one.after)
        )
    counted = scenarios.lost(was, now, SELLER, BUYER)
    fall = 100 * counted["left"] / was.shipped.loc[SELLER][BUYER]
    counts = {count: counted[count] for count in scenarios.COUNTS}
    return {"trial": one.trial, "case": one.case, "fall": fall, **counts}


def _of_draws() -> Iterator[Case]:
    table = inputs.table(2022)
    for number, (theta, home) in enumerate(scenarios.draws(inputs.elasticities(), DRAWS, SEED)):
        yield Case("draws", str(number), table, theta, _DUTY.arguments(table, theta), home=home)


def _of_studies() -> Iterator[Case]:
    table, then = inputs.table(2022), inputs.table(2017)
    now = collected(table, 2022)
    answered = Duty(POINTS / 100, (SELLER,), BUYER, tuple(GOODS), answered=True)
    for study in STUDIES:
        theta = inputs.elasticities()[study]
        duty, duty_then = (_DUTY.arguments(one, theta) for one in (table, then))
        more = duty["tariffs"][1]
        low, high = (theta.where(~theta.index.isin(list(SERVICES)), value) for value in (2.5, 10.0))
        yield Case("studies", study, table, theta, duty)
        yield Case("two_tiers", study, table, theta, duty, home=0.5)
        yield Case("services_low", study, table, low, duty)
        yield Case("services_high", study, table, high, duty)
        yield Case("base_2017", study, then, theta, duty_then)
        yield Case("collected", study, table, theta, {"tariffs": (now, now + more)}, {"tariffs": (now, now)})
        yield Case("costs", study, table, theta, {"costs": 1 + more})
        yield Case("answered", study, table, theta, answered.arguments(table, theta))
        yield Case("balanced", study, table, theta, {"balances": "zero", **duty}, {"balances": "zero"})
    four = pd.Series(4.0, index=list(table.sectors))
    yield Case("four", "4", table, four, _DUTY.arguments(table, four))


def _whole(table: ICIO) -> Iterator[Case]:
    into = inputs.industries()
    duty = Duty(POINTS / 100, (SELLER,), BUYER, tuple(sector for sector in table.sectors if into[sector] in GOODS))
    for study in STUDIES:
        theta = pd.Series({sector: inputs.elasticities()[study][into[sector]] for sector in table.sectors})
        yield Case("whole", study, table, theta, duty.arguments(table, theta))


def collected(table: ICIO, year: int) -> pd.DataFrame:
    """Rates of the duty that the United States collected in a year, (economy, industry) × economy."""
    share = inputs.charged(year, full_year=True).stack()
    rates = pd.DataFrame(
        0.0,
        index=pd.MultiIndex.from_product([table.economies, table.sectors]),
        columns=list(table.economies),
    )
    bought = [(partner, industry) for partner in PARTNERS for industry in GOODS]
    rates.loc[bought, BUYER] = share[bought].to_numpy()
    return rates


def main(data: Path, out: Path) -> None:
    """Compute them from the sources, and write them."""
    frame = trials(read(data / "oecd_icio", 2022))
    frame.to_csv(out / "what_if_trials.csv", index=False, float_format="%.6g", lineterminator="\n")
