"""China's entry in the trade model on WIOD's tables, for its page."""

import warnings
from itertools import permutations, product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from joblib import Parallel, delayed
from scipy.optimize import anderson, root_scalar

from chapters.frontier.chinas_entry import BASES, END, ENTRANT, FITS, FOUR, HELD_IN, LINKED, PROPORTION, TIERS
from gvc import flows, indicators
from gvc.equilibrium import counterfactual
from gvc.icio import ICIO
from gvc.sources import read_icio
from industrial_chains.economies import ROW
from industrial_chains.industry_groups import CONCORDANCE, codes
from industrial_chains.trade_model import inputs

#: The folder of ``data/`` that it writes to, and the command that runs it.
INTO, COMMAND = "frontier", "entry"

#: Where the fit of one factor begins: logarithms of two; and how near it ends, as a part of the factor or of the share.
STARTS, NEAR = (0.3, 0.5), 1e-8
NEAR_SHARE, ROUNDS, MEMORY = 1e-5, 60, 12


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


def of_industries(sold: pd.Series, economy: str = ENTRANT) -> pd.Series:
    """Give an economy's share in the world's exports of each industry, percent, from sums by exporter × industry."""
    wide = sold.unstack(0)
    return (100 * wide[economy] / wide.sum(axis=1)).loc[list(dict.fromkeys(sold.index.get_level_values(1)))]


def shares(icio: ICIO, fit: str) -> pd.Series:
    """Give what factors are fitted to, the entrant's shares in the world's exports of each industry or of all goods."""
    sold = goods(icio).sum(axis=1)
    return of_industries(sold) if fit == FITS[0] else by_economy(sold)[[ENTRANT]]


def bought(sold: pd.DataFrame, economy: str) -> pd.Series:
    """Give the share of an economy in what others import of goods, percent by importer."""
    return (100 * sold.loc[economy].sum() / sold.sum()).drop(economy)


def measured(icio: ICIO) -> pd.Series:
    """Measure what :func:`chapters.frontier.chinas_entry.predictions` lists but factors, by what and place."""
    links = indicators.link_index(flows.value_added_in_final_demand(icio))
    in_exports = flows.value_added_in_exports(icio)
    parts = {
        "income": by_economy(pd.Series(icio.va, index=rows(icio)))[[ENTRANT]],
        **of_trade(goods(icio)),
        "link": pd.Series({f"{a}-{b}": links.loc[a, b] for a, b in permutations(LINKED, 2)}),
        "origin": pd.Series({host: indicators.origin_share(in_exports, ENTRANT, host) for host in HELD_IN}),
    }
    return pd.concat(parts)


def of_trade(sold: pd.DataFrame) -> dict[str, pd.Series]:
    """Measure exports, imports and industry from what is sold, (exporter, industry) × importer."""
    of_all = sold.sum(axis=1)
    return {"exports": by_economy(of_all), "imports": bought(sold, ENTRANT), "industry": of_industries(of_all)}


def in_proportion(icio: ICIO, fit: str, goal: pd.Series) -> pd.Series:
    """Let the entrant's sales grow everywhere by one factor and others' shrink by one, so that its share is as it came.

    Of each industry, or of all goods together, as what is fitted.
    """
    sold, before = goods(icio), shares(icio, fit)
    grown, left = goal / before, (100 - goal) / (100 - before)
    kind = sold.index.get_level_values(1) if fit == FITS[0] else pd.Index([ENTRANT] * len(sold))
    entrant = sold.index.get_level_values(0) == ENTRANT
    factor = np.where(entrant, grown.reindex(kind), left.reindex(kind))
    return pd.concat(of_trade(sold.mul(factor, axis=0)))


def after(icio: ICIO, factors: pd.Series, elasticity: Any, economy: str = ENTRANT) -> ICIO:
    """Let industries of an economy make so many times as much of the same inputs."""
    productivity = pd.Series(1.0, index=rows(icio))
    productivity[pd.MultiIndex.from_product([[economy], factors.index])] = factors.to_numpy()
    return counterfactual(icio, productivity=productivity, elasticity=elasticity).table


def fitted(icio: ICIO, fit: str, goal: pd.Series, elasticity: Any) -> pd.Series:
    """Find the factors of productivity at which the entrant's shares are what they came to be, by industry."""
    made = {FITS[0]: tuple(goal.index), FITS[1]: icio.sectors, FITS[2]: tuple(f"c{number}" for number in range(3, 17))}
    within = list(made[fit])

    def gap(logarithms: Any) -> np.ndarray:
        factors = pd.Series(np.exp(logarithms), index=within)
        return np.asarray(np.log(shares(after(icio, factors, elasticity), fit) / goal))

    if fit == FITS[0]:
        theta = elasticity["imports"] if isinstance(elasticity, pd.DataFrame) else elasticity
        theta = theta[within].to_numpy()
        # One per cent of productivity sells about theta per cent more: steps of the gap over it are safe.
        found = anderson(
            lambda one: gap(one) / theta,
            np.zeros(len(within)),
            alpha=1.0,
            M=MEMORY,
            f_tol=NEAR_SHARE / theta.max(),
            maxiter=ROUNDS,
            line_search=None,
        )
    else:
        found = root_scalar(lambda one: float(gap(one)[0]), x0=STARTS[0], x1=STARTS[1], xtol=NEAR, method="secant").root
    return pd.Series(np.exp(found), index=within)


def predicted(icio: ICIO, fit: str, goal: pd.Series, elasticity: Any) -> pd.Series:
    """Measure the world of the fitted factors, and put these before: one each industry, or the one of all."""
    factors = fitted(icio, fit, goal, elasticity)
    said = factors if fit == FITS[0] else pd.Series({ENTRANT: float(factors.iloc[0])})
    return pd.concat([pd.concat({"factor": said}), measured(after(icio, factors, elasticity))])


def predictions(tables: dict[int, ICIO]) -> pd.DataFrame:
    """Predict the last year from each base, by each fit and elasticity."""
    end, frames = measured(tables[END]), {}
    for base, fit in product(BASES, FITS):
        goal, icio = shares(tables[END], fit), tables[base]
        found = Parallel()(delayed(predicted)(icio, fit, goal, elasticity) for elasticity in elasticities().values())
        columns = {"before": measured(icio), "after": end, PROPORTION: in_proportion(icio, fit, goal)}
        columns |= dict(zip(elasticities(), found, strict=True))
        frames[base, fit] = pd.DataFrame(columns).reindex(columns[inputs.MAIN].index)
    return pd.concat(frames, names=["base", "fit", "what", "place"])


def placebo(tables: dict[int, ICIO], predicted: pd.DataFrame) -> pd.DataFrame:
    """Give the factors to each economy in turn, and correlate what follows with what came when China rose."""
    found = {}
    elasticity = elasticities()[inputs.MAIN]
    for base in BASES:
        came = predicted.xs((base, FITS[0]))
        factors, actual = came[inputs.MAIN]["factor"], came["after"] - came["before"]
        before = goods(tables[base])
        worlds = Parallel()(
            delayed(after)(tables[base], factors, elasticity, economy) for economy in tables[base].economies
        )
        for economy, world in zip(tables[base].economies, worlds, strict=True):
            sold = goods(world)
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
