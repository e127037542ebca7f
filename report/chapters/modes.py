"""Modes of relocation: flying geese, core and periphery, rings of land, exporters that invest."""

import numpy as np
import pandas as pd

from gvc import economies as eco
from report.look import names
from report.models import agglomeration, location
from report.sectors import FLOCK
from report.sources import WIOD

SHORT = dict(zip(FLOCK, ("Textiles", "Electronics", "Machinery", "Vehicles"), strict=True))
GEESE = ("JPN", "KOR", "TWN", "CHN", "IDN", "IND", "MEX")


def geese() -> pd.DataFrame:
    """Revealed comparative advantage in exported value added, WIOD.

    Returns
    -------
    DataFrame
        Columns economy, industry, value, year; 1 where an industry weighs as much as in the world.
    """
    frames = []
    for industry, sectors in FLOCK.items():
        index = WIOD.advantage(sectors)[list(GEESE)].rename_axis(index="year", columns="economy")
        frames.append(index.melt(ignore_index=False).reset_index().assign(industry=industry))
    return pd.concat(frames, ignore_index=True)[["economy", "industry", "value", "year"]]


def world_shares() -> pd.DataFrame:
    """Shares of the geese, and of the economies that WIOD does not name, in the world's exported value added.

    Returns
    -------
    DataFrame
        Columns year, economy, value, industry (short); percent of the value added of all economies' industries that is
        absorbed abroad.
    """
    frames = []
    for name, sectors in FLOCK.items():
        shares = WIOD.world_shares("vax", sectors)[[*GEESE, eco.ROW]]
        frames.append(shares.melt(ignore_index=False, var_name="economy").reset_index().assign(industry=SHORT[name]))
    return pd.concat(frames, ignore_index=True)


def geese_from_to(start: int = 1995, end: int = 2011) -> pd.DataFrame:
    """Return the same in two years.

    Returns
    -------
    DataFrame, economy × (industry, year)
    """
    frame = geese().query("year in (@start, @end)")
    wide = frame.pivot(index="economy", columns=["industry", "year"], values="value").reindex(list(GEESE))
    wide = wide[[(name, year) for name in FLOCK for year in (start, end)]]
    columns = [(name, str(year)) for name in SHORT.values() for year in (start, end)]
    wide.columns = pd.MultiIndex.from_tuples(columns)
    return wide.rename(index=names.economy).rename_axis(index="Economy")


def tomahawk() -> pd.DataFrame:
    """Equilibria of core and periphery over trade costs.

    Returns
    -------
    DataFrame
        Columns cost, share, branch, line, stability; share of region 1 in manufacturing, percent. A branch and its
        mirror image are two lines.
    """
    model = agglomeration.CorePeriphery()
    low, high = model.break_point(), model.sustain_point()
    inside = low + (high - low) * np.linspace(0.0005, 0.9995, 24)
    costs = np.unique(np.concatenate([np.linspace(1.4, 2.1, 15), [low, high], inside]))
    frame = model.equilibria(costs)
    # The spread is stable on one side of the break point only: two strokes that meet there.
    meet = pd.DataFrame([(low, 0.5, True, "even")], columns=frame.columns)
    frame = pd.concat([frame, meet]).sort_values(["stable", "branch", "cost"], ascending=[False, True, True])
    stability = frame["stable"].map({True: "Stable", False: "Unstable"})
    branch = frame["branch"].str.extract("(core|even|uneven)", expand=False)
    frame = frame.assign(share=100 * frame["share"], stability=stability, line=frame["branch"], branch=branch)
    return frame.drop(columns="stable").round(6)


TRADE_COST = "Trade cost T"


def incentive() -> pd.DataFrame:
    """Real wage of region 1 less that of region 2, by its share in manufacturing, for several trade costs.

    Returns
    -------
    DataFrame
        Columns share (percent), gap (percent of the even spread's real wage), curve, Trade cost T.
    """
    model = agglomeration.CorePeriphery()
    costs = np.round(np.arange(1.5, 2.05, 0.1), 1)
    frame = agglomeration.real_wage_gaps(np.linspace(0, 1, 41), costs, model)
    even = frame["cost"].map({cost: model.real_wages(0.5, cost)[0] for cost in costs})
    return pd.DataFrame(
        {
            "share": 100 * frame["share"],
            "gap": 100 * frame["gap"] / even,
            "curve": "wage gap",
            TRADE_COST: frame["cost"],
        }
    ).round(6)


def rests() -> pd.DataFrame:
    """Where the incentive is zero, and what holds there.

    Returns
    -------
    DataFrame
        Columns share, gap, text, its place (dx, dy), Trade cost T.
    """
    frame = agglomeration.CorePeriphery().equilibria(np.sort(incentive()[TRADE_COST].unique()))
    frame = frame[~frame["branch"].str.startswith("core")]
    text = frame["stable"].map({True: "stable", False: "unstable"})
    points = pd.DataFrame({"share": 100 * frame["share"], "gap": 0.0, "text": text, TRADE_COST: frame["cost"]})
    # The curve falls through a stable point and rises through an unstable one.
    return points.assign(dx=12, dy=frame["stable"].map({True: -14, False: 16}))


FREIGHT = "Freight rate (percent of the old)"
#: Von Thünen's trades round a market: yield, price less cost, freight.
USES = pd.DataFrame(
    {"yield": [10.0, 5.0, 1.0], "margin": [10.0, 12.0, 30.0], "freight": [2.0, 1.0, 1.0]},
    index=["Market gardens", "Grain", "Grazing"],
)


def land() -> pd.DataFrame:
    """Rent that each use of land can pay, by distance and freight rate.

    Returns
    -------
    DataFrame
        Columns distance, use, rent and the freight rate.
    """
    frames = [
        location.bid_rents(np.linspace(0, 40, 41), USES, rate / 100)
        .melt(ignore_index=False, var_name="use", value_name="rent")
        .reset_index()
        .assign(**{FREIGHT: rate})
        for rate in (50, 60, 70, 80, 90, 100)
    ]
    return pd.concat(frames, ignore_index=True).query("rent > -5").reset_index(drop=True)


BARRIER = "Barrier (percent of cost)"


def serving_a_market() -> pd.DataFrame:
    """Profit of serving a foreign market, by productivity, way and barrier.

    Returns
    -------
    DataFrame
        Columns productivity, way, profit and the barrier.
    """
    frames = [
        location.Market(barrier=1 + barrier / 100)
        .profits(np.linspace(0, 8, 17))
        .melt(ignore_index=False, var_name="way", value_name="profit")
        .reset_index()
        .assign(**{BARRIER: barrier})
        for barrier in range(10, 61, 10)
    ]
    return pd.concat(frames, ignore_index=True)


def switch(barrier: int) -> tuple[float, float]:
    """Productivity from which a firm exports, and from which it produces abroad, at a barrier in percent."""
    return location.Market(barrier=1 + barrier / 100).cutoffs()
