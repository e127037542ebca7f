"""Modes of relocation: flying geese, core and periphery, rings of land, exporters that invest."""

import numpy as np
import pandas as pd

from report import handover
from report.look import names
from report.look.turning import Curve, Knob, Panel, Point, Traced, Turned, bisected
from report.models import agglomeration, countries, location
from report.sectors import FLOCK
from report.sources import LRWIOD, OECD

SHORT = dict(zip(FLOCK, ("Textiles", "Electronics", "Machinery", "Vehicles"), strict=True))
GEESE = ("JPN", "KOR", "TWN", "CHN", "IDN", "VNM", "IND", "MEX")


def geese() -> pd.DataFrame:
    """Revealed comparative advantage in exported value added.

    Returns
    -------
    DataFrame
        Columns economy, industry, value, year, database; 1 where an industry weighs as much as in the world.
    """
    frames = []
    for industry, group in FLOCK.items():
        for source in handover.SOURCES:
            index = source.advantage(group)
            shown = [code for code in GEESE if code in index]
            long = index[shown].rename_axis(index="year", columns="economy").melt(ignore_index=False).reset_index()
            frames.append(long.assign(industry=industry, database=long["year"].map(source.label_in)))
    frame = pd.concat(frames, ignore_index=True)
    return frame[["economy", "industry", "value", "year", "database"]]


def geese_drawn() -> pd.DataFrame:
    """Return the same for the two industries that begin and end the flight, every third year."""
    frame = geese()
    chosen = frame["industry"].isin(list(FLOCK)[:2]) & frame["economy"].isin(["JPN", "KOR", "TWN", "CHN"])
    return frame[chosen & frame["year"].mod(3).eq(0)]


def geese_from_to() -> pd.DataFrame:
    """Return the same in the first and the last year of the longest and of the latest database.

    Returns
    -------
    DataFrame, economy × (industry, year)
        Missing where a database does not show an economy.
    """
    years = {LRWIOD: (1965, 2000), OECD: (2011, 2022)}
    frame = geese()
    columns = {}
    for industry, short in SHORT.items():
        for source, ends in years.items():
            for year in ends:
                here = frame["database"].eq(source.label_in(year)) & frame["year"].eq(year)
                values = frame[here & frame["industry"].eq(industry)].set_index("economy")["value"]
                columns[short, str(year)] = values.reindex(list(GEESE))
    wide = pd.DataFrame(columns)
    return wide.rename(index=names.economy).rename_axis(index="Economy")


#: Trade costs of the picture of core and periphery: steps that land on both of its corners, to the digits shown.
COSTS = np.round(np.arange(1.4, 2.1001, 0.01), 2)


def one_country() -> Turned:
    """Core and periphery within one country: equilibria, and the incentive to move, at one trade cost."""
    model = agglomeration.CorePeriphery()
    frame = model.equilibria(COSTS)
    low = model.break_point()
    # Lines meet at the corners themselves.
    high = model.sustain_point()
    corners = model.equilibria(
        np.array([low, *(low + (high - low) * np.array([0.0005, 0.003, 0.01, 0.03])), high - 1e-9])
    )
    frame = pd.concat([frame, corners, pd.DataFrame([(low, 0.5, True, "even")], columns=frame.columns)])
    lines = frame.sort_values(["stable", "branch", "cost"]).rename(columns={"cost": "x", "branch": "line"})
    lines = lines.assign(y=100 * lines["share"], unstable=~lines["stable"], unnamed=~lines["stable"])
    named = {"even": "Even", "core": "Core", "uneven": "Unstable"}
    kind = lines["line"].str.extract("(core|even|uneven)", expand=False).map(named).where(lines["stable"], "Unstable")
    curves = [
        Traced(name, lines.loc[kind == name, ["x", "y", "line", "unstable", "unnamed"]], ".0f")
        for name in ("Core", "Even", "Unstable")
    ]
    corner = "'{} ' + format({:.6f}, '.2f')"
    break_, sustain = model.break_point(), model.sustain_point()
    left = Panel(
        "Share of region 1, percent, by τ",
        (0, 100),
        curves,
        [
            Point(f"{break_:.6f}", "50", corner.format("break", break_), dx=-74, dy=14),
            Point(f"{sustain:.6f}", "100", corner.format("sustain", sustain), dx=10, dy=14),
        ],
    )
    gap = agglomeration.real_wage_gaps(np.linspace(0, 1, 25), COSTS, model)
    even = gap["cost"].map({cost: model.real_wages(0.5, cost)[0] for cost in COSTS})
    gaps = pd.DataFrame({"x": 100 * gap["share"], "y": 100 * gap["gap"] / even, "state": gap["cost"]})
    right = Panel(
        "Wage gap, percent, by its share",
        (-5, 5),
        [Traced("Gap", gaps), Curve("Zero", "0", [0, 100])],
    )
    return {"panels": [left, right], "knobs": {"cost": Knob("Trade cost τ", 1.4, 2.1, 0.01, 1.7)}, "lets": {}}


def corners() -> Turned:
    """Break and sustain point of one country, by the share of manufactures in spending, with the elasticity as a knob.

    Notes
    -----
    Closed form and equation of :class:`report.models.agglomeration.CorePeriphery`, written for the page.
    """
    model = agglomeration.CorePeriphery()
    grid = [round(0.1 + step / 100, 2) for step in range(51)]
    rho = "(1 - 1 / sigma)"
    even = "pow(({r} + {m}) * (1 + {m}) / (({r} - {m}) * (1 - {m})), 1 / (sigma - 1))"
    held = "1 - pow({t}, -{m} * sigma) * ((1 + {m}) / 2 * pow({t}, 1 - sigma) + (1 - {m}) / 2 * pow({t}, sigma - 1))"
    lets: dict[str, str] = {}
    for name, share in (("there", "datum.x"), ("here", "mu")):
        lets[f"break_{name}"] = even.format(r=rho, m=share)
        excess = held.format(t="{0}", m=share)
        lets |= bisected(f"sustain_{name}", excess, f"datum.break_{name}", f"(5 * datum.break_{name})", 18)
    said = "'{0} ' + format(datum.{0}_here, '.2f')"
    panel = Panel(
        "Trade cost τ, by manufactures in spending μ",
        (1, 3),
        [Curve("Break", "datum.break_there", grid), Curve("Sustain", "datum.sustain_there", grid)],
        [
            Point("mu", "min(3, datum.break_here)", said.format("break"), dx=8, dy=14),
            Point("mu", "min(3, datum.sustain_here)", said.format("sustain"), dx=-92, dy=-8),
        ],
    )
    knobs = {
        "sigma": Knob("Elasticity σ", 4, 9, 0.1, model.sigma),
        "mu": Knob("Manufactures in spending μ", 0.1, 0.6, 0.01, model.mu),
    }
    return {"panels": [panel], "knobs": knobs, "lets": lets}


def two_countries() -> Turned:
    """Core and periphery between two countries: equilibria, and real wages along the way that history takes."""
    model = countries.Countries()
    costs = np.round(np.arange(1.02, 2.7001, 0.02), 2)
    rows, wages = [], []
    for cost in map(float, costs):
        frame = model.equilibria(cost)
        for kind, share, stable in zip(frame["kind"], frame["share"], frame["stable"], strict=True):
            rows += [(cost, 100 * part, stable, kind, mirror) for part, mirror in ((share, 1), (1 - share, 2))]
        # As costs fall the spread is even until it breaks; from there a core remains.
        at = frame[frame["stable"]].sort_values("share").iloc[0]
        if cost < model.break_point():
            wages += [("Core", cost, at["real_1"]), ("Periphery", cost, at["real_2"])]
        else:
            wages.append(("Even", cost, at["real_1"]))
    lines = pd.DataFrame(rows, columns=["x", "y", "stable", "kind", "mirror"]).drop_duplicates(["x", "y", "stable"])
    lines["line"] = lines["kind"].replace({"core": "core", "uneven": "core"}) + lines["mirror"].astype(str)
    lines.loc[lines["kind"] == "even", "line"] = "even"
    lines["unstable"] = lines["unnamed"] = ~lines["stable"]
    lines.loc[lines["unstable"] & (lines["kind"] != "even"), "line"] = "between" + lines["mirror"].astype(str)
    name = lines["kind"].map({"even": "Even", "core": "Core", "uneven": "Core"}).where(lines["stable"], "Unstable")
    left = Panel(
        "Share of country 1, percent, by τ",
        (0, 100),
        [Traced(one, lines.loc[name == one].sort_values(["line", "x"]), ".0f") for one in ("Core", "Even", "Unstable")],
    )
    paid = pd.DataFrame(wages, columns=["name", "x", "y"])
    right = Panel(
        "Real wage, by τ",
        (0.5, 1.2),
        [Traced(one, paid.loc[paid["name"] == one, ["x", "y"]], ".2f") for one in ("Core", "Even", "Periphery")],
    )
    return {"panels": [left, right], "knobs": {"cost": Knob("Trade cost τ", 1.02, 2.7, 0.02, 1.5)}, "lets": {}}


#: What :meth:`report.models.countries.Countries.offer` computes, for the page; {a} the share of inputs, {t} the cost.
OFFER = (
    "pow((({s}) * pow({t}, 1 - sigma) + (1 - ({s})) * pow({t}, sigma - 1)) * pow({t}, -({a}) * sigma), "
    "1 / (sigma * (1 - ({a})))) * datum.wage"
)
#: Industries by what they buy from one another.
LINKS = {"Few inputs": 0.35, "More inputs": 0.45, "Most inputs": 0.55}


def leaving() -> Turned:
    """Wage that a first firm abroad could pay, by trade cost, for three industries with more or fewer links.

    Notes
    -----
    Closed form of :meth:`report.models.countries.Countries.offer` for two countries. The wage of the core depends on
    spending only, so it is the same for each industry by itself and for all together.
    """
    costs = np.round(np.linspace(1.0, 2.2, 61), 3)
    spent = "if(mu > 0.5, mu * (1 - {a}) + {a}, (1 + {a}) / 2)"
    lets = {"wage": "max(1, mu / (1 - mu))"}

    def offer(alpha: float, cost: str) -> str:
        return OFFER.format(s=spent.format(a=alpha), a=alpha, t=cost)

    panel = Panel(
        "Wage a first firm could pay, by trade cost τ",
        (0.7, 1.5),
        [
            *(Curve(name, offer(alpha, "datum.x"), list(costs)) for name, alpha in LINKS.items()),
            Curve("Leaves above", "1", [1.0, 2.2]),
        ],
        [Point("cost", offer(alpha, "cost"), f"format({offer(alpha, 'cost')}, '.2f')") for alpha in LINKS.values()],
    )
    knobs = {
        "cost": Knob("Trade cost τ", 1.0, 2.2, 0.01, 1.3),
        "mu": Knob("Manufactures in spending μ", 0.3, 0.65, 0.005, 0.55),
        "sigma": Knob("Elasticity σ", 3.5, 9, 0.1, 5),
    }
    return {"panels": [panel], "knobs": knobs, "lets": lets}


def offer_at(alpha: float, cost: float) -> float:
    """Compute one point of :func:`leaving` in its base case."""
    return countries.Countries(alpha=alpha).offer(cost)


#: At which industry spreads over many countries.
SPREADING_COST = 1.3


def spreading() -> Turned:
    """Countries that industry has reached, as spending turns to manufactures, for a number of countries."""
    rows = []
    for number in range(2, 9):
        grid = np.linspace(0.05, 0.95, 181)
        reached = [countries.Countries(mu=float(mu)).cores(SPREADING_COST, number) for mu in grid]
        wage = [
            countries.Countries(mu=float(mu)).core_wage(number, m) if m < number else 1.0
            for mu, m in zip(grid, reached, strict=True)
        ]
        every = pd.DataFrame({"x": grid, "reached": reached, "wage": wage, "state": float(number)})
        turns = every["reached"].diff().ne(0) | every["reached"].diff(-1).ne(0)
        rows.append(every[turns | (every.index % 6 == 0)])
    frame = pd.concat(rows)
    left = Panel(
        "Countries with industry, by μ",
        (0, 8),
        [Traced("Countries", frame.rename(columns={"reached": "y"})[["x", "y", "state"]])],
    )
    right = Panel(
        "Their wage over that elsewhere, by μ",
        (0.9, 1.5),
        [Traced("Wage", frame.rename(columns={"wage": "y"})[["x", "y", "state"]])],
    )
    return {"panels": [left, right], "knobs": {"number": Knob("Number of countries", 2, 8, 1, 5)}, "lets": {}}


def steps(number: int) -> list[float]:
    """Shares of manufactures in spending at which industry reaches one more of a number of countries."""
    grid = np.linspace(0.05, 0.95, 181)
    reached = [countries.Countries(mu=float(mu)).cores(SPREADING_COST, number) for mu in grid]
    pairs = zip(grid[1:], reached[:-1], reached[1:], strict=True)
    return [float(mu) for mu, before, after in pairs if after > before]


def balances() -> pd.DataFrame:
    """Balances of trade by economy, every third year, as :func:`report.handover.balances` has them."""
    frame = handover.balances(("USA", "JPN", "KOR", "CHN"))
    return frame[frame["year"].mod(3).eq(0)].sort_values(["economy", "industry"], key=_order, kind="stable")


def _order(column: pd.Series) -> pd.Series:
    places = {name: place for place, name in enumerate(("USA", "JPN", "KOR", "CHN", *handover.INDUSTRIES))}
    return column.map(places)


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
        location.bid_rents(np.linspace(0, 40, 11), USES, rate / 100)
        .melt(ignore_index=False, var_name="use", value_name="rent")
        .reset_index()
        .assign(**{FREIGHT: rate})
        for rate in (50, 60, 70, 80, 90, 100)
    ]
    return pd.concat(frames, ignore_index=True).query("rent > -5").reset_index(drop=True)


def serving() -> Turned:
    """Profit of serving a foreign market, by productivity and way, with knobs.

    Notes
    -----
    :meth:`report.models.location.Market.profits`, written for the page.
    """
    market, grid = location.Market(), [round(one / 4, 2) for one in range(41)]
    reach = "pow(1 + barrier / 100, 1 - sigma)"
    lets = {"exports": f"fx / {reach}", "invests": f"(fi - fx) / (1 - {reach})"}
    panel = Panel(
        "Profit, by productivity of the firm",
        (-3, 5),
        [
            Curve("Export", f"{reach} * datum.x - fx", grid),
            Curve("Produce abroad", "datum.x - fi", grid),
        ],
        [
            Point(
                "datum.invests", "datum.invests - fi", "'invests from ' + format(datum.invests, '.1f')", dx=-130, dy=-12
            )
        ],
    )
    knobs = {
        "barrier": Knob("Barrier, percent of cost", 10, 60, 1, round(100 * (market.barrier - 1))),
        "fx": Knob("Fixed cost of exporting", 0.1, 1, 0.05, market.export_cost),
        "fi": Knob("Fixed cost of a plant", 2, 5, 0.05, market.plant_cost),
        "sigma": Knob("Elasticity σ", 2, 6, 0.1, market.sigma),
    }
    return {"panels": [panel], "knobs": knobs, "lets": lets}


def switch(barrier: int) -> tuple[float, float]:
    """Productivity from which a firm exports, and from which it produces abroad, at a barrier in percent."""
    return location.Market(barrier=1 + barrier / 100).cutoffs()
