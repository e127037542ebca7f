"""The duty of 25 points on Chinese goods, tried under other assumptions: what `trade_model.inputs.trials` reads."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from joblib import Parallel, delayed

from gvc.icio import ICIO
from industrial_chains.trade_model import forecasts, inputs, scenarios
from industrial_chains.trade_model.inputs import BUYER, GOODS, POINTS, SELLER, SERVICES, STUDIES
from industrial_chains.trade_model.scenarios import Duty, Scenario
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
    before: dict[str, Any]
    after: dict[str, Any]
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
    cost = 100 * (1 - now.real_income[BUYER])
    return {"trial": one.trial, "case": one.case, "fall": fall, **counts, "cost": cost}


def _of_draws() -> Iterator[Case]:
    table = inputs.table(2022)
    duties = forecasts.in_force(table, 2022)
    for number, (theta, home) in enumerate(scenarios.draws(inputs.elasticities(), DRAWS, SEED)):
        yield _case("draws", str(number), table, theta, duties, home=home)


def _of_studies() -> Iterator[Case]:
    table, then = inputs.table(2022), inputs.table(2017)
    duties, duties_then = forecasts.in_force(table, 2022), forecasts.in_force(then, 2017)
    base = {"tariffs": (duties, duties)}
    answered = Duty(POINTS / 100, (SELLER,), BUYER, tuple(GOODS), answered=True)
    for study in STUDIES:
        theta = inputs.elasticities()[study]
        after = _DUTY.arguments(table, theta, duties)
        more = after["tariffs"][1] - duties
        low, high = (theta.where(~theta.index.isin(list(SERVICES)), value) for value in (2.5, 10.0))
        yield _case("studies", study, table, theta, duties)
        yield _case("two_tiers", study, table, theta, duties, home=0.5)
        yield _case("services_low", study, table, low, duties)
        yield _case("services_high", study, table, high, duties)
        yield _case("base_2017", study, then, theta, duties_then)
        yield _case("no_duties", study, table, theta, 0 * duties)
        yield Case("costs", study, table, theta, base, {"costs": 1 + more, **base})
        yield _case("answered", study, table, theta, duties, more=answered)
        yield Case("balanced", study, table, theta, {"balances": "zero", **base}, {"balances": "zero", **after})
    yield _case("four", "4", table, pd.Series(4.0, index=list(table.sectors)), duties)


def _case(
    trial: str,
    case: str,
    table: ICIO,
    theta: pd.Series,
    duties: pd.DataFrame,
    *,
    more: Scenario = _DUTY,
    home: float = 1.0,
) -> Case:
    """Add a duty to those in force."""
    before = {"tariffs": (duties, duties)}
    return Case(trial, case, table, theta, before, more.arguments(table, theta, duties), home)


def _whole(table: ICIO) -> Iterator[Case]:
    into = inputs.industries()
    duties = forecasts.in_force(table, 2022)
    duty = Duty(POINTS / 100, (SELLER,), BUYER, tuple(sector for sector in table.sectors if into[sector] in GOODS))
    for study in STUDIES:
        theta = pd.Series({sector: inputs.elasticities()[study][into[sector]] for sector in table.sectors})
        yield _case("whole", study, table, theta, duties, more=duty)


def main(data: Path, out: Path) -> None:
    """Compute them from the sources, and write them."""
    frame = trials(read(data / "oecd_icio", 2022))
    frame.to_csv(out / "what_if_trials.csv", index=False, float_format="%.6g", lineterminator="\n")
