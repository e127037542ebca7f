"""Numbers in the sentences on why industry moves."""

import numpy as np

from exhibits.prose import Numbers, labelled
from industrial_chains import theory_tests
from industrial_chains.chapters import drivers
from industrial_chains.models import cycle, proportions
from industrial_chains.models.ricardo import BASE, OPENED, World


def numbers() -> Numbers:
    """All of them, by name."""
    return dict(
        **_opening(),
        **_likeness(),
        **labelled("wage_before_leaving", drivers.wage_steps()),
        **_saving(),
        **_product_cycle(),
        **labelled("year_of_turn", drivers.turns()),
        **_relative_wage(),
        **_marginal_industries(),
        **_plants_abroad(),
        **_tests(),
    )


def _opening() -> Numbers:
    """Of the Ricardian model, before and after labour abroad, or its skill, grows fourfold."""
    wages = drivers.two_causes().set_index(["cause", "measure", "factor"])["value"]
    fourfold = OPENED.labour / BASE.labour
    return {
        "technology": int(BASE.technology),
        "theta": int(BASE.theta),
        "share_made_at_home_before_opening": 100 * BASE.border(),
        "share_made_at_home_after_opening": 100 * OPENED.border(),
        "relative_wage_before_opening": BASE.wage(),
        "percent_home_gains": 100 * (OPENED.gains()[0] / BASE.gains()[0] - 1),
        "percent_abroad_loses_by_labour": 100 - wages["Labour", "Real wage abroad", fourfold],
        "percent_entrants_gain": 100 * (OPENED.gains()[1] - 1),
        "gain_abroad_before": BASE.gains()[1],
        "gain_abroad_after": OPENED.gains()[1],
        "ratio_abroad_gains_by_skill": wages["Skill", "Real wage abroad", fourfold] / 100,
    }


def _likeness() -> Numbers:
    """Of the exercise in which industries are more alike."""
    alike = World(OPENED.technology, OPENED.labour, theta=8.0)
    return {
        "gain_at_theta_4": 100 * (OPENED.gains()[0] - 1),
        "gain_at_theta_8": 100 * (alike.gains()[0] - 1),
        "share_made_at_theta_8": 100 * alike.border(),
    }


def _saving() -> Numbers:
    """Of the exercise in which an economy on the ladder saves one unit of capital a worker."""
    path = proportions.ladder(np.array([3.0, 4.0]), drivers.INDUSTRIES)
    before, after = 100 * path.iloc[0], 100 * path.iloc[1]
    return {
        "capital_before": 3,
        "capital_after": 4,
        "percent_in_clothing_before": before["Clothing"],
        "percent_in_clothing_after": after["Clothing"],
        "percent_in_electronics_before": before["Electronics"],
        "percent_in_electronics_after": after["Electronics"],
        "wage_while_saving": path["wage"].iloc[1],
    }


def _product_cycle() -> Numbers:
    """Hirsch's version in the base case, and with each factor price a fifth lower or higher."""
    years, tried = cycle.turns(), cycle.sensitivity(0.2)
    events = ["Innovating_imports", "Industrial_exports", "Industrial_imports_again"]
    cases = 2 * cycle.PRICES.size
    shares = (100 * cycle.STAGES).round().astype(int).astype(str).agg(" : ".join, axis=1)
    return {
        **labelled("year", {event: years[event] for event in events}),
        **labelled("least_year", tried["least"][events]),
        **labelled("most_year", tried["most"][events]),
        "cases": cases,
        "cases_without_follower": cases - int(tried["cases"]["Industrial_exports"]),
        **labelled("cost_shares", shares[["Innovation", "Standard"]]),
        **labelled("age_at_leaving", cycle.moves()),
        **_dearer_developing(),
    }


def _dearer_developing() -> Numbers:
    """Of the exercise in which the wage in developing countries doubles."""
    prices, last = cycle.PRICES.copy(), cycle.PRICES.index[-1]
    prices.loc[last, "labour"] *= 2
    cost = cycle.costs(np.array([2.0]), prices).iloc[0]
    return {
        "wage_developing": cycle.PRICES["labour"][last],
        "wage_developing_doubled": prices["labour"][last],
        "year_Innovating_imports_then": cycle.turns(prices)["Innovating_imports"],
        "percent_dearer_when_standard": 100 * (np.exp(cost[last] - cost["Industrial"]) - 1),
    }


def _relative_wage() -> Numbers:
    """Krugman's, at twice the speed of transfer."""
    slower, faster = (cycle.relative_wage(0.04, transfer, 8.0, 4.0) for transfer in (0.02, 0.04))
    closer = [cycle.relative_wage(0.04, transfer, 8.0, 8.0) for transfer in (0.02, 0.04)]
    return {
        "percent_relative_wage_falls": 100 * (1 - faster / slower),
        "percent_relative_wage_falls_at_8": 100 * (1 - closer[1] / closer[0]),
    }


def _marginal_industries() -> Numbers:
    needed = drivers.marginal_industries().query("value > 0")["value"].tolist()
    return {
        "percent_needed_at_margin": needed[0],
        "percent_needed_next_to_margin": needed[1],
        "percent_needed_in_strongest": needed[-1],
    }


def _plants_abroad() -> Numbers:
    """Kojima's contrast: what a transfer of technology does to trade, by the industry and the cost of trade."""
    cost = drivers.transfer_and_trade()["knobs"]["barrier"].base
    marginal, leading = 0.55, 0.25
    return {
        "transfer": round(100 * (drivers.TRANSFER - 1)),
        "trade_cost": cost,
        "marginal": marginal,
        "leading": leading,
        "points_by_marginal": drivers.change_of_trade(marginal, cost),
        "points_by_leading": -drivers.change_of_trade(leading, cost),
        "points_without_cost": max(abs(drivers.change_of_trade(at, 0)) for at in (marginal, leading)),
        "points_that_count": drivers.COUNTS,
        **labelled("industries_that_add", drivers.adds_to_trade([0, 10, 30, 50])),
    }


def _tests() -> Numbers:
    """Cases as the theories predict, and as many as bystanders would make; the American balance, net of all trade."""
    first = theory_tests.windows()[0]
    net = {year: theory_tests.net_balance(first, theory_tests.ELECTRONICS, year)["USA"] for year in (1965, 2000)}
    return {
        **theory_tests.numbers("proportions"),
        **theory_tests.numbers("cycle"),
        **theory_tests.numbers("marginal"),
        "net_balance_USA_electronics_1965": net[1965],
        "net_deficit_USA_electronics_2000": -net[2000],
    }
