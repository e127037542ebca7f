"""The product cycle: costs that cross, the cohort's closed form, Krugman's wages, the same digits everywhere."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

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
    # Still at home are the products slower than years / age of the move; paces are spread evenly.
    years = np.arange(0.0, 41)
    quick, slow = cycle.PACE
    frame = cycle.cohort(years, products=100_000)["made"].unstack()
    gone = [np.clip((years / age - quick) / (slow - quick), 0, 1) for age in cycle.moves()]
    np.testing.assert_allclose(frame["Innovating"] / 100, 1 - gone[0], atol=2e-5)
    np.testing.assert_allclose(frame["Developing"] / 100, gone[1], atol=2e-5)


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
    assert list(made) == [76.7, 23.3, 0.0, 20.1, 47.1, 32.8, 0.0, 34.15, 65.85]


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
        "Innovating_imports": 11, "Industrial_exports": 12, "Industrial_imports_again": 26, "Developing_exports": 11,
    }  # fmt: skip
    ranges = cycle.sensitivity(0.2)
    for event, year in cycle.turns().items():
        assert ranges.at[event, "least"] <= year <= ranges.at[event, "most"]
    assert list(ranges.loc["Industrial_exports", ["least", "most", "cases"]]) == [6, 24, 17]
    still = cycle.sensitivity(0.0)
    assert (still["least"] == still["most"]).all()
