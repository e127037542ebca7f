"""Scenarios for Northeast Asia in the trade model, with what changes them: what `chapters.frontier.scenarios` reads."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from industrial_chains.trade_model import forecasts, inputs, scenarios
from industrial_chains.trade_model.inputs import BUYER, GOODS, NORTHEAST_ASIA, SELLER, SERVICES, STUDIES

#: The folder of ``data/`` that it writes to, and the command that runs it.
INTO, COMMAND = "frontier", "regional-scenarios"

YEAR = 2022
#: Who would agree, without Russia and with it.
MEMBERS = ("CHN", "JPN", "KOR")
#: Whose goods the United States would charge for what is Chinese in them.
HOSTS = ("VNM", "MEX")


class Change(NamedTuple):
    """Duties of the table's year, and those before and after a change, (economy, industry) × economy."""

    base: pd.DataFrame
    before: pd.DataFrame
    after: pd.DataFrame


def changes(elsewhere: tuple[str, ...] | None = None) -> dict[str, Change]:
    """List the scenarios.

    Parameters
    ----------
    elsewhere : tuple of str, optional
        Economies whose duties on each other the base holds beside the American ones; those who agree by default.
    """
    table = inputs.table(YEAR)
    american = forecasts.in_force(table, YEAR)
    now = forecasts.at_levels(table, YEAR, inputs.charged_in(inputs.NOW))
    then = forecasts.in_force(table, inputs.YEARS[0])
    among, four = (_with(american, elsewhere or members) for members in (MEMBERS, NORTHEAST_ASIA))
    base = american if elsewhere is None else among
    law = among - american
    rate = inputs.charged_in(inputs.NOW)[SELLER]
    origin = now + scenarios.on_content(table, BUYER, SELLER, dict.fromkeys(HOSTS, rate), tuple(GOODS))
    beside = 0.0 if elsewhere is None else law
    free = scenarios.duty_free(among, MEMBERS)
    return {
        "agreement": Change(among, among, free),
        "with_russia": Change(four, four, scenarios.duty_free(four, NORTHEAST_ASIA)),
        "origin": Change(base, now + beside, origin + beside),
        "in_force": Change(base, base, now + beside),
        "end": Change(base, now + beside, then + beside),
        "shielded": Change(among, free, free - american + now),
    }


def _with(duties: pd.DataFrame, members: tuple[str, ...]) -> pd.DataFrame:
    """Add the tariffs that members charge on each other's goods; of the United States those of customs stay."""
    rates, by_law = duties.copy(), inputs.tariffs()
    for one in members:
        for other in members:
            if BUYER != other != one:
                rates.loc[[(one, good) for good in GOODS], other] = by_law[other].loc[one].loc[list(GOODS)].to_numpy()
    return rates


def _made_only() -> Change:
    """Leave farming, fishing and food out of the agreement."""
    whole = changes()["agreement"]
    kept = whole.before.index.get_level_values(1).isin(["A", "C10T12"])
    return whole._replace(after=whole.after.mask(pd.Series(kept, whole.after.index), whole.before))


def cases() -> Iterator[tuple[str, str, str, Change, dict[str, Any]]]:
    """List scenario, trial, study, change and arguments of `scenarios.changed`."""
    everywhere = changes(tuple(inputs.ECONOMIES))
    services = list(SERVICES)
    for study in STUDIES:
        theta = inputs.elasticities()[study]
        for scenario, change in changes().items():
            yield scenario, "studies", study, change, {"theta": theta}
            if scenario in ("with_russia", "shielded"):
                continue
            for trial, factor in (("half", 0.5), ("double", 2.0)):
                scaled = (factor * theta).where(~theta.index.isin(services), theta)
                yield scenario, trial, study, change, {"theta": scaled}
            yield scenario, "two_tiers", study, change, {"theta": theta, "home": 0.5}
            yield scenario, "balanced", study, change, {"theta": theta, "balances": "zero"}
            yield scenario, "all_duties", study, everywhere[scenario], {"theta": theta}
        yield "agreement", "made_only", study, _made_only(), {"theta": theta}


def solved(scenario: str, trial: str, study: str, change: Change, given: dict[str, Any]) -> list[dict[str, Any]]:
    """Solve a case: what changes in each economy, a row a measure.

    Returns
    -------
    list of dict
        measure is `income`, real, percent; `used_by_USA`, value added in American final demand at its size before,
        billion USD; `sold_to_USA` and `sold_in_region`, goods shipped to the United States and to other members of
        :data:`MEMBERS`, percent at a constant world income.
    """
    table, goods = inputs.table(YEAR), tuple(GOODS)
    theta, home = given["theta"], given.get("home", 1.0)
    rest = {key: value for key, value in given.items() if key not in ("theta", "home")}
    was, now = (
        scenarios.changed(table, {"tariffs": (change.base, rates), **rest}, theta, goods, home=home)
        for rates in (change.before, change.after)
    )
    found = {"income": 100 * (now.real_income / was.real_income - 1)}
    if trial == "studies":
        used, use = was.absorbed[BUYER], now.absorbed[BUYER]
        found["used_by_USA"] = (use / use.sum() * used.sum() - used) / 1000
        old, new = (world.shipped.mask(np.eye(len(world.shipped), dtype=bool)) for world in (was, now))
        found["sold_to_USA"] = 100 * (new[BUYER] / old[BUYER] - 1)
        members = list(MEMBERS)
        found["sold_in_region"] = 100 * (new[members].sum(axis=1) / old[members].sum(axis=1) - 1)
    label = {"scenario": scenario, "trial": trial, "study": study}
    return [
        {**label, "measure": measure, **dict(zip(map(str, values.index), values, strict=True))}
        for measure, values in found.items()
    ]


def main(out: Path) -> None:
    """Compute them from the book's own tables, and write them."""
    rows = Parallel()(delayed(solved)(*case) for case in cases())
    frame = pd.DataFrame([row for of in rows for row in of])
    frame.to_csv(out / "regional_scenarios.csv", index=False, float_format="%.5g", lineterminator="\n")
