"""The numbers behind each exhibit of the theory chapters: one function an exhibit, long form, no charts.

Waves and tables of theories are read from ``data/theory``; trade comes from the WIOD panels; the rest is computed by
the models of :mod:`report.models`.
"""

from typing import Any

import numpy as np
import pandas as pd

from gvc import economies as eco
from gvc import panel
from gvc.indicators import revealed_comparative_advantage
from report import evidence
from report.look import names
from report.look.text import Myst
from report.models import agglomeration, cycle, location, proportions, ricardo

#: WIOD's industries that make goods, and those of them that are manufacturing.
GOODS = tuple(f"c{number}" for number in range(1, 17))
MANUFACTURING = GOODS[2:]

#: Industries in the order in which the geese are said to take them up.
FLOCK = {
    "Textiles, clothing and footwear": ("c4", "c5"),
    "Electrical and electronic goods": ("c14",),
    "Machinery": ("c13",),
    "Vehicles and other transport equipment": ("c15",),
}
SHORT = dict(zip(FLOCK, ("Textiles", "Electronics", "Machinery", "Vehicles"), strict=True))
GEESE = ("JPN", "KOR", "TWN", "CHN", "IDN", "IND", "MEX")

FROM_MODEL = "Own computation from the model."


def words(name: str) -> pd.DataFrame:
    """Read one of the tables of ``data/theory``, its first column as the index, what is no number as inline MyST."""
    frame = pd.read_csv(panel.DATA / "theory" / f"{name}.csv", index_col=0, keep_default_na=False)
    return frame.map(_myst).rename(index=_myst)


def _myst(value: Any) -> Any:
    return Myst(value) if isinstance(value, str) else value


# -- waves --------------------------------------------------------------------------------------------------------


def waves() -> pd.DataFrame:
    """Five waves of relocation, for the timeline.

    Returns
    -------
    DataFrame
        Columns wave, start, end, who, what.
    """
    return words("waves")[["start", "end", "who", "what"]].reset_index(names="wave")


def export_shares() -> pd.DataFrame:
    """Shares of large exporters in world exports of goods, WIOD, and China's as the article has them.

    Returns
    -------
    DataFrame
        Columns database, year, exporter, value; percent of exports of all economies and the rest of the world.
    """
    goods = _by_industry("gross_exports", GOODS).groupby(["year", "origin"])["value"].sum().unstack()
    shares = 100 * goods.div(goods.sum(axis=1), axis=0)
    long = shares[["CHN", "DEU", "USA", "JPN", "KOR"]].melt(ignore_index=False, var_name="exporter").reset_index()
    stated = [(year, "CHN", evidence.figure("world_export_share", "CHN", year, "WLD")) for year in (1990, 2010)]
    article = pd.DataFrame(stated, columns=["year", "exporter", "value"])
    return pd.concat([long.assign(database=evidence.WIOD), article.assign(database="Article, World Bank")])


def export_ranks(places: int = 8) -> pd.DataFrame:
    """Ranks of the exporters of goods that end among the first, WIOD.

    Returns
    -------
    DataFrame
        Columns year, exporter, rank; the rest of the world is not ranked.
    """
    goods = _by_industry("gross_exports", GOODS).groupby(["year", "origin"])["value"].sum().unstack()
    ranks = goods.drop(columns=eco.ROW).rank(axis=1, ascending=False).astype(int)
    last = ranks.iloc[-1]
    chosen = list(last[last <= places].sort_values().index)
    long: pd.DataFrame = ranks[chosen].melt(ignore_index=False, var_name="exporter", value_name="rank")
    return long.reset_index()


def manufacturing() -> pd.DataFrame:
    """Value added of manufacturing, WIOD.

    Returns
    -------
    DataFrame
        Columns year, economy, value; billion US dollars at current prices.
    """
    made = _by_industry("value_added", MANUFACTURING).groupby(["year", "origin"])["value"].sum().unstack() / 1000
    return made[["CHN", "USA", "JPN", "DEU"]].melt(ignore_index=False, var_name="economy").reset_index()


# -- drivers ------------------------------------------------------------------------------------------------------

#: Home as rich as four times abroad, the two equal in labour.
BASE = ricardo.World()
#: After the opening: four times as much labour abroad as at home.
OPENED = ricardo.World(labour=4.0)

LABOUR = "Labour abroad (home has 1)"
#: What a small open economy may make: capital and revenue per worker.
INDUSTRIES = pd.DataFrame(
    {"capital": [0.0, 2.0, 6.0, 12.0], "revenue": [1.0, 3.0, 5.4, 7.8]},
    index=["Farming", "Clothing", "Electronics", "Machinery"],
)


def border() -> pd.DataFrame:
    """Both curves of the Ricardian model, for each number of workers abroad.

    Returns
    -------
    DataFrame
        Columns industry, wage, curve and the labour abroad.
    """
    z = 1 / (1 + np.exp(-np.linspace(-4.6, 4.6, 47)))
    rows = []
    for labour in range(1, 9):
        world = ricardo.World(labour=labour)
        curves = {"Home's advantage A": world.advantage(z), "Market for labour B": world.demanded(z)}
        rows += [
            (at, wage, curve, labour) for curve, wages in curves.items() for at, wage in zip(z, wages, strict=True)
        ]
    return pd.DataFrame(rows, columns=["industry", "wage", "curve", LABOUR])


def borders() -> pd.DataFrame:
    """Where the two curves meet.

    Returns
    -------
    DataFrame
        Columns industry, wage, text, its place (dx, dy) and the labour abroad.
    """
    worlds = [ricardo.World(labour=labour) for labour in range(1, 9)]
    rows = [(w.border(), w.wage(), f"home makes {100 * w.border():.0f} %", w.labour) for w in worlds]
    return pd.DataFrame(rows, columns=["industry", "wage", "text", LABOUR]).assign(dx=14, dy=-4)


def two_causes() -> pd.DataFrame:
    """Relative and real wages as labour, or productivity, abroad grows up to fourfold.

    Returns
    -------
    DataFrame
        Columns factor, cause, measure, value; 100 at the start.
    """
    factors = np.linspace(1, 4, 25)
    names = {"wage": "Home's wage over that abroad", "home": "Real wage at home", "abroad": "Real wage abroad"}
    paths = {"Labour": ricardo.opening(factors, BASE), "Skill": ricardo.learning(factors, BASE)}
    frames = [
        (100 * path / path.iloc[0])[list(names)]
        .rename(columns=names)
        .melt(ignore_index=False, var_name="measure")
        .reset_index()
        .assign(cause=cause)
        for cause, path in paths.items()
    ]
    return pd.concat(frames, ignore_index=True)


def rungs() -> pd.DataFrame:
    """Employment by industry as a small open economy saves.

    Returns
    -------
    DataFrame
        Columns capital, industry, value; percent of the labour force.
    """
    path = 100 * proportions.ladder(np.linspace(0, 12, 73), INDUSTRIES)[list(INDUSTRIES.index)]
    frame = path.melt(ignore_index=False, var_name="industry").reset_index().round(6)
    # A curve begins and ends on the axis; where the industry does not exist there is none.
    near = frame["value"].groupby(frame["industry"]).transform(lambda value: value.rolling(3, 1, center=True).max())
    return frame[near > 0].reset_index(drop=True)


def wage_steps() -> pd.Series:
    """Wage on each stretch of the ladder, by the industry that it leaves behind."""
    middle = (INDUSTRIES["capital"].to_numpy()[:-1] + INDUSTRIES["capital"].to_numpy()[1:]) / 2
    wages = proportions.ladder(middle, INDUSTRIES)["wage"]
    return wages.set_axis(INDUSTRIES.index[:-1])


def product_cycle() -> pd.DataFrame:
    """Production and net exports of a cohort of products, year by year.

    Returns
    -------
    DataFrame
        Columns years, country, made, bought, net; percent of world output of the cohort.
    """
    return cycle.cohort(np.arange(0.0, 41.0)).reset_index().astype({"years": int})


def marginal_industries() -> pd.DataFrame:
    """Technology transfer that each tenth of home's industries would take to move, most marginal first.

    Returns
    -------
    DataFrame
        Columns industry, value; percent.
    """
    z = np.arange(0.05, 1, 0.1)
    needed = OPENED.transfer_needed(z)
    names = ["1 (home's strongest)", *map(str, range(2, 10)), "10 (abroad's strongest)"]
    frame = pd.DataFrame({"industry": names, "value": needed})
    return frame.iloc[::-1].reset_index(drop=True)


# -- modes --------------------------------------------------------------------------------------------------------


def geese() -> pd.DataFrame:
    """Revealed comparative advantage in exported value added, WIOD.

    Returns
    -------
    DataFrame
        Columns year, industry, economy, value; 1 where an industry weighs as much as in the world.
    """
    frame = _advantage(list(GEESE), list(FLOCK))
    for column, order in (("industry", FLOCK), ("economy", GEESE)):
        frame[column] = pd.Categorical(frame[column], list(order))
    ordered: pd.DataFrame = frame.sort_values(["industry", "economy", "year"], ignore_index=True)
    return ordered.astype({"industry": str, "economy": str})


def textiles_elsewhere() -> pd.Series:
    """Revealed comparative advantage of the economies that WIOD does not name in textiles, by year."""
    frame = _advantage([eco.ROW], list(FLOCK)[:1])
    return frame.set_index("year")["value"]


def world_shares() -> pd.DataFrame:
    """Shares of the geese, and of the economies that WIOD does not name, in the world's exported value added.

    Returns
    -------
    DataFrame
        Columns year, industry (short), economy, value; percent of the value added of all economies' industries that is
        absorbed abroad.
    """
    frames = []
    for name, codes in FLOCK.items():
        vax = _by_industry("vax", codes).groupby(["year", "origin"])["value"].sum().unstack()
        shares = 100 * vax.div(vax.sum(axis=1), axis=0)[[*GEESE, eco.ROW]]
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


# -- effects ------------------------------------------------------------------------------------------------------


def hollowing() -> pd.DataFrame:
    """Share of manufacturing in value added, WIOD.

    Returns
    -------
    DataFrame
        Columns year, economy, value; percent.
    """
    made, whole = (
        _by_industry("value_added", sectors).groupby(["year", "origin"])["value"].sum().unstack()
        for sectors in (MANUFACTURING, None)
    )
    share = 100 * made / whole
    return share[["CHN", "KOR", "TWN", "DEU", "JPN", "USA"]].melt(ignore_index=False, var_name="economy").reset_index()


def catching_up() -> pd.DataFrame:
    """Home's gain from trade as technology abroad closes its gap, in two ways.

    Returns
    -------
    DataFrame
        Columns closed, how, value; percent.
    """
    names = {"alike": "alike in every industry", "where_it_lags": "most where it lags most"}
    path = ricardo.convergence(np.linspace(0, 0.9, 37), OPENED).rename(columns=names)
    frame = path.melt(ignore_index=False, var_name="how").reset_index()
    return frame.assign(closed=100 * frame["closed"]).round(6)


def domestic_content() -> pd.DataFrame:
    """Share of domestic value added in gross exports, WIOD.

    Returns
    -------
    DataFrame
        Columns year, economy, value; percent.
    """
    flows = panel.load_panel("wiod2013").query("flow == 'va_exports'")
    own = flows[flows["origin"] == flows["destination"]].set_index(["year", "destination"])["value"]
    share = 100 * own / flows.groupby(["year", "destination"])["value"].sum()
    shown = ["JPN", "IDN", "IND", "CHN", "MEX", "KOR", "TWN"]
    wide = share.unstack()[shown].rename_axis(columns="economy")
    return wide.melt(ignore_index=False).reset_index()


def _advantage(economies: list[str], industries: list[str]) -> pd.DataFrame:
    vax = _by_industry("vax")
    groups = {code: name for name, codes in FLOCK.items() for code in codes}
    vax = vax.assign(industry=vax["sector"].map(lambda code: groups.get(code, code)))
    frames = []
    for year, part in vax.groupby("year"):
        exports = part.groupby(["origin", "industry"])["value"].sum().rename_axis(["exporter", "sector"])
        index = revealed_comparative_advantage(exports).loc[economies, industries]
        frames.append(index.rename("value").rename_axis(["economy", "industry"]).reset_index().assign(year=year))
    return pd.concat(frames, ignore_index=True)


def _by_industry(flow: str, sectors: tuple[str, ...] | None = None) -> pd.DataFrame:
    frame = panel.load_panel("wiod2013_sectors")
    chosen = frame["flow"] == flow
    return frame[chosen if sectors is None else chosen & frame["sector"].isin(sectors)]
