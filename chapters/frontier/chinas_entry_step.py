"""China's entry in the trade model on WIOD's tables, for its page."""

import warnings
from itertools import permutations, product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import root_scalar

from chapters.frontier.chinas_entry import BASES, END, ENTRANT, FITTED, FOUR, HELD_IN, LINKED, SCOPES, TIERS
from gvc import flows, indicators
from gvc.equilibrium import counterfactual
from gvc.icio import ICIO
from gvc.sources import read_icio
from industrial_chains.economies import ROW
from industrial_chains.industry_groups import CONCORDANCE, codes
from industrial_chains.trade_model import inputs

#: The folder of ``data/`` that it writes to, and the command that runs it.
INTO, COMMAND = "frontier", "entry"

#: Where the fit begins: logarithms of two factors; and how near to the factor it ends, as a part of it.
STARTS, NEAR = (0.3, 0.5), 1e-8


def elasticities() -> dict[str, pd.Series | pd.DataFrame]:
    """Take elasticities to the industries of WIOD: of each study, four for all, and the main study's in two tiers.

    An industry that holds several of the model's has their mean.
    """
    model, studies = inputs.industries(), inputs.elasticities()
    rows = {
        ours: studies.loc[list(dict.fromkeys(model[part] for part in parts))].mean()
        for several, parts in CONCORDANCE
        for ours in several
    }
    by_industry = pd.DataFrame(rows).T
    main = by_industry[inputs.MAIN]
    return {
        **{study: by_industry[study] for study in inputs.STUDIES},
        FOUR: pd.Series(4.0, index=by_industry.index),
        TIERS: pd.DataFrame({"imports": main, "home": main / 2}),
    }


def table(data: Path, year: int) -> ICIO:
    """Read a table of WIOD as the model takes it: nothing below zero, output the sum of its uses."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # inventories, and a few millions that rounding left
        return counterfactual(read_icio(data / "wiod2013" / f"wiod{year % 100:02}.rda"), elasticity=4).table


def rows(icio: ICIO) -> pd.MultiIndex:
    """Label the rows of a table by economy and industry."""
    return pd.MultiIndex.from_product([icio.economies, icio.sectors])


def goods(icio: ICIO) -> pd.DataFrame:
    """Sum exports of goods, (exporter, industry) × importer."""
    G, N = len(icio.economies), len(icio.sectors)
    sold = icio.Z.reshape(G, N, G, N).sum(axis=3) + icio.Y.reshape(G, N, G)
    sold[range(G), :, range(G)] = 0
    frame = pd.DataFrame(sold.reshape(G * N, G), index=rows(icio), columns=list(icio.economies))
    return frame.loc[(slice(None), list(codes("goods", icio.sectors))), :]


def by_economy(values: pd.Series) -> pd.Series:
    """Give each economy its share in the sum of values by economy and industry, percent."""
    summed = values.groupby(level=0, sort=False).sum()
    return 100 * summed / summed.sum()


def numbers(icio: ICIO) -> dict[str, pd.Series]:
    """Give what the factor may be fitted to, percent of the world by economy."""
    return {"goods": by_economy(goods(icio).sum(axis=1)), "income": by_economy(pd.Series(icio.va, index=rows(icio)))}


def bought(sold: pd.DataFrame, economy: str) -> pd.Series:
    """Give the share of an economy in what others import of goods, percent by importer."""
    return (100 * sold.loc[economy].sum() / sold.sum()).drop(economy)


def measured(icio: ICIO) -> pd.Series:
    """Measure what :func:`chapters.frontier.chinas_entry.predictions` lists but the factor, by what and place."""
    sold, of_world = goods(icio), numbers(icio)
    by_industry = sold.sum(axis=1).unstack(0).loc[list(codes("goods", icio.sectors))]
    links = indicators.link_index(flows.value_added_in_final_demand(icio))
    in_exports = flows.value_added_in_exports(icio)
    parts = {
        "income": of_world["income"][[ENTRANT]],
        "exports": of_world["goods"],
        "imports": bought(sold, ENTRANT),
        "industry": 100 * by_industry[ENTRANT] / by_industry.sum(axis=1),
        "link": pd.Series({f"{a}-{b}": links.loc[a, b] for a, b in permutations(LINKED, 2)}),
        "origin": pd.Series({host: indicators.origin_share(in_exports, ENTRANT, host) for host in HELD_IN}),
    }
    return pd.concat(parts)


def after(icio: ICIO, factor: float, scope: str, elasticity: Any, economy: str = ENTRANT) -> ICIO:
    """Let industries of an economy make so many times as much of the same inputs."""
    goods_made = tuple(f"c{number}" for number in range(3, 17))
    within = icio.sectors if scope == "all" else goods_made
    productivity = pd.Series(1.0, index=rows(icio))
    productivity[pd.MultiIndex.from_product([[economy], within])] = factor
    return counterfactual(icio, productivity=productivity, elasticity=elasticity).table


def fit(icio: ICIO, goal: float, fitted: str, scope: str, elasticity: Any) -> float:
    """Find the factor of productivity at which the one number is what it came to be."""

    def gap(logarithm: float) -> float:
        return float(np.log(numbers(after(icio, np.exp(logarithm), scope, elasticity))[fitted][ENTRANT] / goal))

    return float(np.exp(root_scalar(gap, x0=STARTS[0], x1=STARTS[1], xtol=NEAR, method="secant").root))


def predictions(tables: dict[int, ICIO]) -> pd.DataFrame:
    """Predict the last year from each base, by each fitted number, scope and elasticity."""
    end = measured(tables[END])
    frames = {}
    for base, fitted, scope in product(BASES, FITTED, SCOPES):
        goal, columns = numbers(tables[END])[fitted][ENTRANT], {"before": measured(tables[base]), "after": end}
        for name, elasticity in elasticities().items():
            factor = fit(tables[base], goal, fitted, scope, elasticity)
            predicted = measured(after(tables[base], factor, scope, elasticity))
            columns[name] = pd.concat([pd.Series({("factor", ENTRANT): factor}), predicted])
        frames[base, fitted, scope] = pd.DataFrame(columns).reindex(columns[inputs.MAIN].index)
    return pd.concat(frames, names=["base", "fitted", "scope", "what", "place"])


def placebo(tables: dict[int, ICIO], predicted: pd.DataFrame) -> pd.DataFrame:
    """Give the factor to each economy in turn, and correlate what follows with what came when China rose."""
    found = {}
    for base in BASES:
        came = predicted.xs((base, FITTED[0], SCOPES[0]))
        factor, actual = float(came[inputs.MAIN]["factor", ENTRANT]), came["after"] - came["before"]
        before = goods(tables[base])
        for economy in tables[base].economies:
            sold = goods(after(tables[base], factor, SCOPES[0], elasticities()[inputs.MAIN], economy))
            others = [one for one in tables[base].economies if one not in {ENTRANT, economy}]
            gained = bought(sold, economy) - bought(before, economy)
            moved = by_economy(sold.sum(axis=1)) - by_economy(before.sum(axis=1))
            found[base, economy] = {
                "imports": gained[others].corr(actual["imports"][others]),
                "exports": moved[others].drop(ROW, errors="ignore").corr(actual["exports"].drop(ROW)),
            }
    return pd.DataFrame.from_dict(found, orient="index").rename_axis(["base", "economy"])


def main(data: Path, out: Path) -> None:
    """Compute everything from WIOD's tables, and write it."""
    tables = {year: table(data, year) for year in (*BASES, END)}
    predicted = predictions(tables)
    for name, frame in (("entry", predicted), ("entry_placebo", placebo(tables, predicted))):
        frame.to_csv(out / f"{name}.csv", float_format="%.5g", lineterminator="\n")
