"""Drivers of relocation: comparative advantage, factor proportions, marginal industries, as the models have them."""

from collections.abc import Iterable
from functools import cache, reduce

import numpy as np
import pandas as pd

from exhibits.prose import Numbers
from exhibits.sliders import Curve, Knob, Panel, Point, Sentence, SliderChart, Traced, looked_up
from industrial_chains import theory_tests, waves_by_industry
from industrial_chains.models import cycle, proportions, ricardo
from industrial_chains.models.ricardo import BASE, OPENED, World
from industrial_chains.sources import LRWIOD, WIOD

#: What a small open economy may make: capital and revenue per worker.
INDUSTRIES = pd.DataFrame(
    {"capital": [0.0, 2.0, 6.0, 12.0], "revenue": [1.0, 3.0, 5.4, 7.8]},
    index=["Farming", "Clothing", "Electronics", "Machinery"],
)


#: Knobs of the Ricardian model; the base case is the world after the opening.
KNOBS = {
    "labour": Knob("Labour abroad over home's ℓ", 1, 8, 0.1, OPENED.labour),
    "tech": Knob("Home's technology T", 64, 4096, 1, OPENED.technology),
    "theta": Knob("Likeness of industries θ", 2, 8, 0.1, OPENED.theta),
}


def border() -> SliderChart:
    """Both curves of the Ricardian model, and what trade is worth to home and abroad, with knobs.

    Notes
    -----
    The closed forms of `models.ricardo`, written for the page.
    """
    z = 1 / (1 + np.exp(-np.linspace(-4.6, 4.6, 61)))
    labour = np.linspace(1, 8, 36)
    odds = "pow(tech, 1 / (1 + theta)) * pow(1 / {}, theta / (1 + theta))"
    lets = {
        "odds": odds.format("labour"),
        "border": "datum.odds / (1 + datum.odds)",
        "wage": "pow(tech * labour, 1 / (1 + theta))",
        "home": "pow(1 + 1 / datum.odds, 1 / theta)",
        "abroad": "pow(1 + datum.odds, 1 / theta)",
        "odds_there": odds.format("datum.x"),
    }
    beside = "'home makes ' + format(100 * datum.border, '.0f') + ' %, wage ' + format(datum.wage, '.2f')"
    curves = Panel(
        "Home's relative wage, by industry z",
        (0, 15),
        [
            Curve("A(z), home's lead", "pow(tech * (1 - datum.x) / datum.x, 1 / theta)", list(z)),
            Curve("B(z), full employment", "datum.x / (1 - datum.x) * labour", list(z)),
        ],
        [Point("datum.border", "datum.wage", beside)],
    )
    both = "datum.home, datum.abroad"
    gains = Panel(
        "Real wage over autarky, by labour abroad",
        (1, 2),
        [
            Curve("Home", "pow(1 + 1 / datum.odds_there, 1 / theta)", list(labour)),
            Curve("Abroad", "pow(1 + datum.odds_there, 1 / theta)", list(labour)),
        ],
        [
            Point("labour", f"max({both})", f"format(max({both}), '.2f')"),
            Point("labour", f"min({both})", f"format(min({both}), '.2f')"),
        ],
    )
    said = Sentence(
        "Home makes {0} per cent of the industries, and its wage is {1} times that abroad.",
        [("100 * datum.border", ".0f"), ("datum.wage", ".2f")],
    )
    return {"panels": [curves, gains], "knobs": KNOBS, "lets": lets, "said": [said]}


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


#: The transfer of technology in the experiment on Kojima's contrast: width of the band of industries, and the factor.
BAND, TRANSFER = 0.1, 1.5
#: Points of world income by which trade must grow to count: more than wages alone bring about where trade is free.
COUNTS = 0.5


def transfer_and_trade() -> SliderChart:
    """Change of trade over world income if one tenth of the industries abroad improves by half, by which tenth it is.

    Notes
    -----
    `models.ricardo.trade_share` at each barrier, in the world after the opening.
    """
    data, knob = _transfers(), Knob("Trade cost, percent", 0, 50, 2, 20)
    panel = Panel(
        "Change of trade, points, by industry",
        (-6, 8),
        [Traced("Trade", data)],
    )
    percents = [int(one) for one in data["barrier"].unique()]
    adds = looked_up({"barrier": percents}, [round(one, 3) for one in adds_to_trade(percents).values()])
    said = Sentence(
        "At a trade cost of {0} per cent such a plant adds more than half a point to trade in {1} per cent of the "
        "industries.",
        [("barrier", ".0f"), (adds, ".0f")],
    )
    return {"panels": [panel], "knobs": {"barrier": knob}, "lets": {}, "said": [said]}


@cache
def _transfers() -> pd.DataFrame:
    middle = np.round(np.arange(BAND / 2, 1 - BAND / 2 + 0.001, 0.0125), 4)
    percents = range(0, 51, 2)
    rows = [(at, change_of_trade(float(at), percent), float(percent)) for percent in percents for at in middle]
    return pd.DataFrame(rows, columns=["x", "y", "barrier"])


def adds_to_trade(percents: Iterable[int]) -> dict[int, float]:
    """Share of the places of the band at which trade grows by more than `COUNTS`, percent, by trade cost."""
    grows = _transfers().set_index("barrier")["y"].gt(COUNTS).groupby(level=0).mean()
    return {one: 100 * float(grows[one]) for one in percents}


def generation() -> SliderChart:
    """Where the products of one cohort are made, and what each kind of country sells, by years since the launch.

    Notes
    -----
    Closed form of `models.cycle.cohort` with many products, written for the page. The knobs are the two
    followers' wages and the years that a stage takes for the slowest product.
    """
    first, middle, last = cycle.PRICES.index
    paid = {kind: float(wage) for kind, wage in cycle.PRICES["labour"].items()}
    prices = cycle.PRICES.T
    wages = {first: f"{paid[first]}", middle: "industrial", last: "developing"}
    quick, slow = cycle.PACE

    def gap(here: str, there: str, stage: int) -> str:
        shares = cycle.STAGES.iloc[stage]
        ratios = np.log(prices[there] / prices[here])
        fixed = shares["technology"] * ratios["technology"] + shares["capital"] * ratios["capital"]
        return f"({fixed:.9f} + {shares['labour']} * (log({wages[there]}) - log({wages[here]})))"

    def crossing(here: str, there: str) -> str:
        new, mature, standard = (gap(here, there, stage) for stage in range(3))
        later = f"if({standard} <= 0, 1 + {mature} / ({mature} - {standard}), 1000)"
        return f"if({new} <= 0, 0.001, if({mature} <= 0, {new} / ({new} - {mature}), {later}))"

    def gone(age: str, year: str) -> str:
        return f"min(max(({year} / datum.{age} - {quick}) / (slow - {quick}), 0), 1)"

    def buys(kind: str, year: str = "datum.x") -> str:
        size, years = cycle.MARKETS.loc[kind]
        return f"{size} * min(1, {year} / {years})" if years else f"{size}"

    world = " + ".join(buys(kind) for kind in cycle.PRICES.index)

    def balanced(since: float) -> str:
        """Year from which home makes less than it buys, of a world whose demand grows as it does from one year on."""
        size, years = cycle.MARKETS["size"], cycle.MARKETS["years"]
        level, growth = size[years <= since].sum(), (size / years)[years > since].sum()
        square, line = f"{growth} / datum.first", f"({level} / datum.first - {growth} * slow)"
        rest = f"({level} * slow - {size[first]} * (slow - {quick}))"
        return f"2 * {rest} / ({line} + sqrt({line} * {line} + 4 * {square} * {rest}))"

    lets = {
        "direct": crossing(first, last),
        "first": f"min({crossing(first, middle)}, datum.direct)",
        "second": f"max({crossing(middle, last)}, datum.direct)",
        # Demand is the lowest of its lines, so the year is the first of theirs; we look no further than 60 years.
        "turn": reduce(lambda year, since: f"min({year}, {balanced(since)})", cycle.MARKETS["years"], "59.99"),
    }
    left, reached = gone("first", "datum.x"), gone("second", "datum.x")
    made = {first: f"100 * (1 - {left})", middle: f"100 * ({left} - {reached})", last: f"100 * {reached}"}
    years = list(range(41))
    half = f"{quick} / 2 + slow / 2"
    makes = Panel(
        "Made there, percent, by years since launch",
        (0, 100),
        # What a country no longer makes ends where it ends, so that its name stands there.
        [Curve(kind, f"if({formula} > 0, {formula}, -1)", years) for kind, formula in made.items()],
        [
            Point(
                f"min(40, ({half}) * datum.first)",
                "50",
                f"'half has left by year ' + format(({half}) * datum.first, '.0f')",
            )
        ],
    )
    sells = Panel(
        "Net exports, percent of world sales, by years since launch",
        (-60, 90),
        [Curve(kind, f"{formula} - 100 * ({buys(kind)}) / ({world})", years) for kind, formula in made.items()],
        [Point("min(40, datum.turn)", "0", "'imports from year ' + format(floor(datum.turn) + 1, '.0f')")],
    )
    knobs = {
        "developing": Knob("Wage in developing countries", 0.4, 1.6, 0.05, paid[last]),
        "industrial": Knob("Wage in industrial countries", 1, 4, 0.1, paid[middle]),
        "slow": Knob("Years that a stage takes at most", 8, 40, 1, slow),
    }
    said = Sentence(
        "The innovating country has passed on half of the products by year {0}, and imports more than it exports from "
        "year {1}.",
        [(f"({half}) * datum.first", ".0f"), ("floor(datum.turn) + 1", ".0f")],
    )
    return {"panels": [makes, sells], "knobs": knobs, "lets": lets, "said": [said]}


def cycle_seen() -> pd.DataFrame:
    """Balances of trade in cars and electronics, every second year, as `waves_by_industry.balances` has them."""
    frame = waves_by_industry.balances(("USA", "JPN", "KOR", "CHN"))
    chosen = frame["industry"].isin(["Cars and other vehicles", "Electronics"])
    return frame[chosen & frame["year"].mod(2).eq(0)]


def turns() -> pd.Series:
    """Years from which the United States bought more than they sold, and Korea and China sold more, to the end.

    Returns
    -------
    Series of int
        By economy and industry; of the Long-run WIOD, and where the name says so of WIOD.
    """
    cases = {
        "USA_cars": ("Cars and other vehicles", "USA", LRWIOD, -1),
        "USA_electronics": ("Electronics", "USA", LRWIOD, -1),
        "KOR_cars": ("Cars and other vehicles", "KOR", LRWIOD, 1),
        "KOR_electronics": ("Electronics", "KOR", LRWIOD, 1),
        "CHN_electronics": ("Electronics", "CHN", LRWIOD, 1),
        "CHN_electronics_in_WIOD": ("Electronics", "CHN", WIOD, 1),
    }
    found = {
        name: waves_by_industry.lasting(waves_by_industry.balance(industry, economy, source), sign)
        for name, (industry, economy, source, sign) in cases.items()
    }
    return pd.Series(found, dtype=int)  # which raises where a balance does not turn for good


def change_of_trade(at: float, percent: float) -> float:
    """Points of world income by which trade changes if the industries round `at` improve abroad."""
    barrier, band = 1 + percent / 100, (at - BAND / 2, at + BAND / 2)
    change = ricardo.trade_share(OPENED, barrier, band, TRANSFER) - ricardo.trade_share(OPENED, barrier)
    return round(change, 9) + 0.0  # what is left are the digits to which the wage was not solved for, and no "-0"


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


# -- numbers of sentences that no exhibit holds ------------------------------------------------------------------------


def numbers() -> Numbers:
    """Return the numbers of the page's sentences that no exhibit holds."""
    return {
        **_opening(),
        **_saving(),
        **_product_cycle(),
        **_turns(),
        **_relative_wage(),
        **_plants_abroad(),
        **_tests(),
    }


def _opening() -> Numbers:
    """Return what the Ricardian model says before and after the opening, and where industries are more alike."""
    alike = World(OPENED.technology, OPENED.labour, theta=8.0)
    return {
        "technology": int(BASE.technology),
        "theta": int(BASE.theta),
        "share_made_at_home_before_opening": 100 * BASE.border(),
        "share_made_at_home_after_opening": 100 * OPENED.border(),
        "relative_wage_before_opening": BASE.wage(),
        "percent_entrants_gain": 100 * (OPENED.gains()[1] - 1),
        "gain_at_theta_4": 100 * (OPENED.gains()[0] - 1),
        "gain_at_theta_8": 100 * (alike.gains()[0] - 1),
        "share_made_at_theta_8": 100 * alike.border(),
    }


def _saving() -> Numbers:
    """Return wages on the ladder, and the capital per worker of the exercise on it."""
    wages, before, after = wage_steps(), 3, 4
    return {
        "wage_before_leaving_Farming": wages["Farming"],
        "wage_before_leaving_Clothing": wages["Clothing"],
        "wage_before_leaving_Electronics": wages["Electronics"],
        "capital_before": before,
        "capital_after": after,
        "wage_while_saving": proportions.ladder(np.array([after]), INDUSTRIES)["wage"].iloc[0],
    }


def _product_cycle() -> Numbers:
    """Return when the product cycle turns, with each price a fifth lower or higher, and if one wage doubles."""
    years, tried, ages = cycle.turns(), cycle.sensitivity(0.2), cycle.moves()
    least, most, cases = tried["least"], tried["most"], 2 * cycle.PRICES.size
    shares = (100 * cycle.STAGES).round().astype(int).astype(str).agg(" : ".join, axis=1)
    prices, wage = cycle.PRICES.copy(), cycle.PRICES["labour"]["Developing"]
    prices.loc["Developing", "labour"] = 2 * wage
    cost = cycle.costs(np.array([2.0]), prices).iloc[0]
    return {
        "cost_shares_Innovation": shares["Innovation"],
        "cost_shares_Standard": shares["Standard"],
        "age_at_leaving_Innovating": ages["Innovating"],
        "age_at_leaving_Industrial": ages["Industrial"],
        "year_Innovating_imports": years["Innovating_imports"],
        "year_Industrial_exports": years["Industrial_exports"],
        "year_Industrial_imports_again": years["Industrial_imports_again"],
        "least_year_Innovating_imports": int(least["Innovating_imports"]),
        "most_year_Innovating_imports": int(most["Innovating_imports"]),
        "least_year_Industrial_exports": int(least["Industrial_exports"]),
        "most_year_Industrial_exports": int(most["Industrial_exports"]),
        "least_year_Industrial_imports_again": int(least["Industrial_imports_again"]),
        "most_year_Industrial_imports_again": int(most["Industrial_imports_again"]),
        "cases": cases,
        "cases_without_follower": cases - int(tried["cases"]["Industrial_exports"]),
        "wage_developing": wage,
        "wage_developing_doubled": 2 * wage,
        "year_Innovating_imports_then": cycle.turns(prices)["Innovating_imports"],
        "percent_dearer_when_standard": 100 * (np.exp(cost["Developing"] - cost["Industrial"]) - 1),
    }


def _turns() -> Numbers:
    """Return from when on economies bought or sold more than they sold or bought."""
    years = turns()
    return {
        "year_of_turn_USA_electronics": int(years["USA_electronics"]),
        "year_of_turn_USA_cars": int(years["USA_cars"]),
        "year_of_turn_KOR_electronics": int(years["KOR_electronics"]),
        "year_of_turn_KOR_cars": int(years["KOR_cars"]),
        "year_of_turn_CHN_electronics": int(years["CHN_electronics"]),
        "year_of_turn_CHN_electronics_in_WIOD": int(years["CHN_electronics_in_WIOD"]),
    }


def _relative_wage() -> Numbers:
    """Return by how much Krugman's ratio of wages falls at twice the speed of transfer."""
    slower, faster = (cycle.relative_wage(0.04, transfer, 8.0, 4.0) for transfer in (0.02, 0.04))
    closer = [cycle.relative_wage(0.04, transfer, 8.0, 8.0) for transfer in (0.02, 0.04)]
    return {
        "percent_relative_wage_falls": 100 * (1 - faster / slower),
        "percent_relative_wage_falls_at_8": 100 * (1 - closer[1] / closer[0]),
    }


def _plants_abroad() -> Numbers:
    """Return what the experiment on Kojima's contrast takes as given, and what changes with the cost of trade."""
    marginal, leading, adds = 0.55, 0.25, adds_to_trade([0, 10, 30, 50])
    return {
        "transfer": round(100 * (TRANSFER - 1)),
        "trade_cost": transfer_and_trade()["knobs"]["barrier"].base,
        "marginal": marginal,
        "leading": leading,
        "points_without_cost": max(abs(change_of_trade(at, 0)) for at in (marginal, leading)),
        "points_that_count": COUNTS,
        "industries_that_add_0": adds[0],
        "industries_that_add_10": adds[10],
        "industries_that_add_30": adds[30],
        "industries_that_add_50": adds[50],
    }


def _tests() -> Numbers:
    """Return cases as the theories predict, as many as bystanders would make, and the American balance."""
    saved, cycles, margin = (theory_tests.counted(claim) for claim in ("proportions", "cycle", "marginal"))
    second = theory_tests.windows()[0]
    return {
        "proportions_held": saved.held,
        "proportions_of": saved.of,
        "proportions_beside": saved.expected,
        "cycle_held": cycles.held,
        "cycle_of": cycles.of,
        "cycle_beside": cycles.expected,
        "marginal_held": margin.held,
        "marginal_of": margin.of,
        "marginal_beside": margin.expected,
        "net_balance_USA_electronics_1965": theory_tests.net_balance(second, "Electronics", 1965)["USA"],
        "net_deficit_USA_electronics_2000": -theory_tests.net_balance(second, "Electronics", 2000)["USA"],
    }
