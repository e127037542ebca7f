"""The product cycle: costs that cross, the cohort's closed form, Krugman's wages, the same digits everywhere."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from industrial_chains.models import cycle


def test_products_move_where_the_costs_cross() -> None:
    for here, there, age in zip(cycle.PRICES.index[:-1], cycle.PRICES.index[1:], cycle.moves(), strict=True):
        cost = cycle.costs(np.array([age - 1e-9, age, age + 1e-9]))
        assert cost[here].iloc[1] == pytest.approx(cost[there].iloc[1], abs=1e-12)
        assert cost.iloc[0].idxmin() == here
        assert cost.iloc[2].idxmin() == there


def test_a_country_that_is_never_cheapest_is_passed_over() -> None:
    dear = cycle.PRICES.copy()
    dear.loc["Industrial"] *= 10
    home, follower = cycle.moves(dear)
    assert home == follower
    assert cycle.cohort(np.arange(0.0, 41), prices=dear)["made"].unstack()["Industrial"].max() == 0
    dear.loc["Developing"] *= 1000
    assert np.isinf(cycle.moves(dear)).all()


def test_each_stage_uses_one_factor_most() -> None:
    assert list(cycle.STAGES.idxmax(axis=1)) == list(cycle.FACTORS)
    np.testing.assert_allclose(cycle.STAGES.sum(axis=1), 1)


def test_the_cohort_is_its_closed_form() -> None:
    # Product by product: each is made where it costs least at its age, and ages at a pace of its own.
    quick, slow = cycle.PACE
    pace = quick + (np.arange(40_000) + 0.5) / 40_000 * (slow - quick)
    for prices in (cycle.PRICES, cycle.PRICES * np.array([1, 1, 0.8]), cycle.PRICES.assign(capital=[1, 2, 2])):
        years = np.array([0.0, 3.0, 8.0, 16.0, 24.0, 40.0])
        frame = cycle.cohort(years, prices)["made"].unstack()[list(prices.index)]
        for year in years:
            place = cycle.costs(year / pace, prices).to_numpy().argmin(axis=1)
            due = np.bincount(place, minlength=3) / len(pace) * 100
            np.testing.assert_allclose(frame.loc[year], due, atol=0.02)


def test_vernons_picture() -> None:
    frame = cycle.cohort(np.arange(0.0, 41))
    assert frame["net"].groupby("years").sum().abs().max() < 1e-5
    np.testing.assert_allclose(frame["made"].groupby("years").sum(), 100, atol=1e-5)
    net = frame["net"].unstack()
    assert np.sign(net["Innovating"].iloc[5]) == 1
    assert net["Innovating"].iloc[-1] < 0
    assert net["Industrial"].iloc[[3, -1]].max() < 0 < net["Industrial"].max()
    assert net["Developing"].iloc[3] < 0 < net["Developing"].iloc[-1]


def test_a_cohort_has_the_same_digits_everywhere() -> None:
    made = cycle.cohort(np.array([8.0, 16.0, 24.0]))["made"]
    due = [76.715208, 23.284792, 0.0, 20.097082, 47.097496, 32.805422, 0.0, 34.1252, 65.8748]
    assert list(made) == due


def test_krugmans_north_earns_what_its_simulated_stock_of_products_says() -> None:
    innovation, transfer, labour, elasticity = 0.05, 0.02, 6.0, 3.0
    stocks = solve_ivp(
        lambda _, n: [innovation * n.sum() - transfer * n[0], transfer * n[0]], (0, 400), [1.0, 1.0], rtol=1e-9
    ).y[:, -1]
    north_over_south = (stocks[0] / stocks[1] * labour) ** (1 / elasticity)
    assert cycle.relative_wage(innovation, transfer, labour, elasticity) == pytest.approx(north_over_south, rel=1e-6)
    assert cycle.relative_wage(0.01, 0.1, 1, 4) == 1


def test_the_industrial_follower_exports_only_for_a_while() -> None:
    net = cycle.cohort(np.arange(0.0, 41))["net"].swaplevel().sort_index()
    assert net["Innovating"].loc[1:9].min() > 0 > net["Innovating"].loc[15:].max()
    exporting = net["Industrial"] > 0
    assert not exporting.iloc[0]
    assert exporting.astype(int).diff().abs().sum() == 2


def test_years_of_the_turns_hang_on_prices_and_signs_do_not() -> None:
    assert cycle.turns() == {
        "Innovating_imports": 11, "Industrial_exports": 12, "Industrial_imports_again": 25, "Developing_exports": 11,
    }  # fmt: skip
    ranges = cycle.sensitivity(0.2)
    for event, year in cycle.turns().items():
        assert ranges.at[event, "least"] <= year <= ranges.at[event, "most"]
    assert list(ranges.loc["Industrial_exports", ["least", "most", "cases"]]) == [6, 24, 17]
    still = cycle.sensitivity(0.0)
    assert (still["least"] == still["most"]).all()


def test_the_follower_imports_again_just_before_the_twenty_fifth_year() -> None:
    def net(year: float) -> float:
        return float(cycle.cohort(np.array([year]))["net"].unstack()["Industrial"].iloc[0])

    assert brentq(net, 20, 30, xtol=1e-9) == pytest.approx(24.998, abs=5e-4)


def test_dear_labour_in_developing_countries_leaves_products_with_the_industrial_ones() -> None:
    prices = cycle.PRICES.copy()
    prices.loc["Developing", "labour"] = 1.4
    assert cycle.turns(prices) == {"Innovating_imports": 11, "Industrial_exports": 10}
    # By hand: 0.1 ln 5 + 0.2 ln 3 + 0.7 ln 1.4 against 0.1 ln 1.8 + 0.7 ln 2.
    last = cycle.costs(np.array([2.0]), prices).iloc[0]
    by_hand = (5 / 1.8) ** 0.1 * 3**0.2 * (1.4 / 2) ** 0.7
    assert np.exp(last["Developing"] - last["Industrial"]) == pytest.approx(by_hand)
