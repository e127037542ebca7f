"""What the trade model says where each theory of the book says something, for `chapters.theory.newer`."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy.stats import rankdata, spearmanr

import gvc
from gvc.equilibrium import Counterfactual
from gvc.icio import ICIO
from industrial_chains.trade_model import inputs, scenarios
from industrial_chains.trade_model.inputs import BUYER, GOODS, NORTHEAST_ASIA, PARTNERS, SERVICES, STUDIES

#: The folder of ``data/`` that it writes to, and the command that runs it.
INTO, COMMAND = "theory", "theories"

#: Industries that make goods from materials.
MADE = tuple(code for code in GOODS if code.startswith("C"))
#: A change of productivity or cost.
FACTOR = 1.1
YEAR = 2022
Solve = Callable[..., Counterfactual]
#: Elasticities for scenarios that need none.
NONE = pd.Series(dtype=float)


def main(out: Path) -> None:
    """Write `answers.csv`, question × study."""
    found = Parallel()(delayed(asked)(study) for study in STUDIES)
    frame = pd.DataFrame(dict(zip(STUDIES, found, strict=True))).rename_axis("question")
    # What should be zero is a residual of the solver.
    frame.where(frame.abs() > 1e-8, 0.0).to_csv(out / "answers.csv", float_format="%.6g")


def asked(study: str) -> dict[str, float]:
    """Put each question to the model with the elasticities of a study, and without duties, as the small models do."""
    table, theta = inputs.table(YEAR), inputs.elasticities()[study]

    def solve(**arguments: Any) -> Counterfactual:
        return gvc.counterfactual(table, elasticity=theta, **arguments)

    return {
        "learning": _learnt(table, solve, where_it_lags=False),
        "lagging": _learnt(table, solve, where_it_lags=True),
        "core_first": _core(table, solve, theta, second=False),
        "core_second": _core(table, solve, theta, second=True),
        "cycle": _cycle(table, solve),
        "kojima_best": _kojima(table, solve, best=True),
        "kojima_least": _kojima(table, solve, best=False),
        "tasks": _tasks(table, solve),
        "sources": _sources(table, solve),
        "stages": _stages(table),
        "lasting": _back_again(table, solve, theta),
        "supplier": _supplier_lost(table, solve, theta),
        **_duty_by_part(table, solve),
    }


def _by_destination(table: ICIO, value: float = 1.0) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([table.economies, table.sectors])
    return pd.DataFrame(value, index=index, columns=list(table.economies))


def _cheaper(table: ICIO, seller: str, sectors: tuple[str, ...], factor: float) -> dict[str, Any]:
    return scenarios.Cheaper(seller, sectors, factor).arguments(table, NONE, _by_destination(table, 0.0))


def _costs(table: ICIO, seller: str, buyers: list[str], sectors: tuple[str, ...], factor: Any) -> dict[str, Any]:
    costs = _by_destination(table)
    costs.loc[[(seller, sector) for sector in sectors], buyers] = factor
    return {"costs": costs}


def _advantage(table: ICIO, economy: str) -> list[str]:
    """Order the industries by an economy's revealed comparative advantage in exported goods, highest first."""
    exports = scenarios.by_buyer(table).copy()
    for place in range(len(table.economies)):
        exports[place, :, place] = 0
    sold = pd.DataFrame(exports.sum(axis=2), list(table.economies), list(table.sectors))[list(MADE)]
    index: pd.Series = sold.T[economy] / sold.sum()
    return index.sort_values(ascending=False, kind="stable").index.tolist()


def _learnt(table: ICIO, solve: Solve, *, where_it_lags: bool) -> float:
    """Return the change of American real income after China makes a tenth more, everywhere or where it was behind."""
    sectors = MADE
    if where_it_lags:
        ahead, behind = _advantage(table, BUYER), _advantage(table, "CHN")
        sectors = tuple(sorted(MADE, key=lambda code: (ahead.index(code) - behind.index(code), code))[: len(MADE) // 3])
    return float(solve(**_cheaper(table, "CHN", sectors, FACTOR)).real_income[BUYER] - 1)


def _core(table: ICIO, solve: Solve, theta: pd.Series, *, second: bool) -> float:
    """Return by how much China's share of manufacturing in Northeast Asia changes as half of the costs there go.

    The second time it is from a half to nine tenths of them.
    """

    def share(gone: float) -> float:
        costs = _by_destination(table)
        sectors = [*GOODS, *SERVICES]
        for one in NORTHEAST_ASIA:
            for other in NORTHEAST_ASIA:
                if one != other:
                    free = scenarios.freeness(table, one, other)[sectors] ** (1 / theta[sectors])
                    costs.loc[[(one, sector) for sector in sectors], other] = (1 - gone * (1 - free)).to_numpy()
        after = solve(costs=costs).table
        made = pd.DataFrame(after.va.reshape(len(after.economies), -1), list(after.economies), list(after.sectors))
        members = made.loc[list(NORTHEAST_ASIA), list(MADE)].sum(axis=1)
        return float(members["CHN"] / members.sum())

    return share(0.9) - share(0.5) if second else share(0.5) - share(0.0)


def _cycle(table: ICIO, solve: Solve) -> float:
    """Compare American wages with those of six hosts, after these make a tenth more in electronics and machinery."""
    hosts = ["VNM", "THA", "MYS", "IDN", "IND", "MEX"]
    gain = {(economy, sector): 1.0 for economy in table.economies for sector in table.sectors}
    gain |= dict.fromkeys(product(hosts, ("C26", "C27", "C28", "C29_30")), FACTOR)
    wages = solve(productivity=pd.Series(gain)).wages
    return float(np.log(wages[BUYER]) - np.log(wages[hosts]).mean())


def _kojima(table: ICIO, solve: Solve, *, best: bool) -> float:
    """Return the change of world trade after Viet Nam makes a tenth more where its advantage is largest, or least."""
    order, third = _advantage(table, "VNM"), len(MADE) // 3
    sectors = tuple(order[:third] if best else order[-third:])
    return _trade(solve(**_cheaper(table, "VNM", sectors, FACTOR)).table) - _trade(table)


def _shipped(table: ICIO) -> pd.DataFrame:
    return scenarios.as_it_is(table, tuple(GOODS)).shipped


def _trade(table: ICIO) -> float:
    """Divide the goods that cross a border by world factor income."""
    shipped = _shipped(table).to_numpy()
    return float((shipped.sum() - np.trace(shipped)) / table.va.sum())


def _tasks(table: ICIO, solve: Solve) -> float:
    """Return the change of American real income after Mexican goods cost Americans a tenth less to bring in."""
    return float(solve(**_costs(table, "MEX", [BUYER], MADE, 1 / FACTOR)).real_income[BUYER] - 1)


def _sources(table: ICIO, solve: Solve) -> float:
    """Return the change of what Americans buy from all but Mexico, themselves included, after the same."""
    after = solve(**_costs(table, "MEX", [BUYER], MADE, 1 / FACTOR)).table
    rest = [code for code in table.economies if code != "MEX"]
    bought = [_shipped(one)[BUYER][rest].sum() for one in (table, after)]
    return float(bought[1] / bought[0] - 1)


def _stages(table: ICIO, theta: float = 4.0) -> float:
    """Correlate, by rank, how trade grows by industry and how far downstream it is, after all costs fall by a tenth.

    The elasticity is four in every industry, so that nothing but the place in the chain differs.
    """
    costs = _by_destination(table, 1 / FACTOR)
    for code in table.economies:
        costs.loc[[(code, sector) for sector in table.sectors], code] = 1.0
    after = gvc.counterfactual(table, costs=costs, elasticity=theta).table
    traded = [scenarios.by_buyer(one) for one in (table, after)]
    crossing = [one.sum(axis=(0, 2)) - np.einsum("gng->n", one) for one in traded]
    growth = pd.Series(np.log(crossing[1] / crossing[0]), list(table.sectors))[list(MADE)]
    made = pd.Series(table.x.reshape(len(table.economies), -1).sum(axis=0), list(table.sectors))
    upstream = gvc.upstreamness(table)
    height = (upstream.to_numpy() * table.x).reshape(len(table.economies), -1).sum(axis=0) / made
    return -float(spearmanr(growth, height[list(MADE)]).statistic)


def _back_again(table: ICIO, solve: Solve, theta: pd.Series) -> float:
    """Return the change of what Americans buy from China after its goods cost a tenth less, and then as before."""
    first = solve(**_costs(table, "CHN", [BUYER], MADE, 1 / FACTOR)).table
    second = gvc.counterfactual(first, **_costs(table, "CHN", [BUYER], MADE, FACTOR), elasticity=theta).table
    bought = [_shipped(one)[BUYER]["CHN"] for one in (table, second)]
    return float(bought[1] / bought[0] - 1)


def _supplier_lost(table: ICIO, solve: Solve, theta: pd.Series) -> float:
    """Return what all but Taiwan lose, as a share of world income, if its electronics reach nobody abroad."""
    others = [code for code in table.economies if code != "TWN"]
    after = solve(**_costs(table, "TWN", others, ("C26",), 0.001 ** (-1 / theta["C26"])))
    spent = scenarios.as_it_is(table, tuple(GOODS)).absorbed.sum()
    return float(((1 - after.real_income) * spent)[others].sum() / spent.sum())


def _duty_by_part(table: ICIO, solve: Solve) -> dict[str, float]:
    """Correlate, by rank, what a duty of ten points on a partner's goods gains for a dollar of them, and its part.

    The second is the partial correlation, given the share of what the partner makes in goods that Americans buy.
    """
    partners = list(PARTNERS)
    shipped = _shipped(table)
    spent = float(scenarios.as_it_is(table, tuple(GOODS)).absorbed[BUYER].sum())
    gains = []
    for code in partners:
        duty = scenarios.Duty(FACTOR - 1, (code,), BUYER, tuple(GOODS))
        arguments = duty.arguments(table, NONE, _by_destination(table, 0.0))
        gains.append((solve(**arguments).real_income[BUYER] - 1) * spent / shipped.loc[code][BUYER])
    depends = (shipped[BUYER] / shipped.sum(axis=1))[partners]
    ranks = np.corrcoef([rankdata(one) for one in (gains, inputs.american_part(YEAR)[partners], depends)])
    alike = (ranks[0, 1] - ranks[0, 2] * ranks[1, 2]) / ((1 - ranks[0, 2] ** 2) * (1 - ranks[1, 2] ** 2)) ** 0.5
    return {"duty": float(ranks[0, 1]), "duty_alike": float(alike)}
