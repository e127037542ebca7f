"""Comparative advantage: closed forms, and what Kojima and Samuelson found."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from industrial_chains.models.ricardo import World, convergence, learning, opening, trade_share

WORLDS = st.builds(World, technology=st.floats(0.01, 1e4), labour=st.floats(0.05, 20), theta=st.floats(1.5, 12))


@given(WORLDS)
def test_the_border_is_where_the_closed_form_puts_it(world: World) -> None:
    odds = world.technology ** (1 / (1 + world.theta)) * world.labour ** (-world.theta / (1 + world.theta))
    assert world.border() == pytest.approx(odds / (1 + odds), rel=1e-9)
    assert world.wage() == pytest.approx((world.technology * world.labour) ** (1 / (1 + world.theta)), rel=1e-8)


@given(WORLDS)
def test_trade_balances(world: World) -> None:
    z, wage = world.border(), world.wage()
    assert (1 - z) * wage == pytest.approx(z * world.labour, rel=1e-8)


@given(WORLDS)
def test_gains_are_those_of_arkolakis_costinot_and_rodriguez_clare(world: World) -> None:
    home, abroad = world.gains()
    z = world.border()
    assume(0.01 < z < 0.99)
    assert home == pytest.approx(z ** (-1 / world.theta), rel=1e-6)
    assert abroad == pytest.approx((1 - z) ** (-1 / world.theta), rel=1e-6)


def test_equal_countries_split_the_industries() -> None:
    world = World(technology=1, labour=1)
    assert (world.border(), world.wage()) == (pytest.approx(0.5), pytest.approx(1))


@given(WORLDS, st.floats(1.01, 5))
def test_home_cannot_tell_labour_from_learning(world: World, factor: float) -> None:
    more, better = (path(np.array([1.0, factor]), world) for path in (opening, learning))
    np.testing.assert_allclose(more[["border", "home"]], better[["border", "home"]], rtol=1e-6)
    for path in (more, better):
        assert path["border"].is_monotonic_decreasing
        assert path["home"].is_monotonic_increasing
    assert more["wage"].is_monotonic_increasing
    assert better["wage"].is_monotonic_decreasing
    assert more["abroad"].is_monotonic_decreasing
    assert better["abroad"].is_monotonic_increasing


def test_industries_leave_in_kojimas_order() -> None:
    z = np.linspace(0.05, 0.95, 19)
    order = World().transfer_needed(z)
    assert (np.diff(order) < 0).all()
    assert World().transfer_needed(np.array([World().border()])) == pytest.approx(0, abs=1e-9)
    # As productivity abroad grows by what an industry needs, relative to the wage, that industry is at the border.
    world = World(labour=4)
    needed = world.transfer_needed(np.array([0.4]))[0] / 100
    after = World(world.technology / (1 + needed) ** world.theta, world.labour, world.theta)
    assert after.border() < world.border()


def test_samuelson_home_gains_if_learning_is_even_and_loses_if_it_is_not() -> None:
    gains = convergence(np.linspace(0, 0.95, 20), World(labour=4))
    assert gains["alike"].is_monotonic_increasing
    assert gains["where_it_lags"].is_monotonic_decreasing
    assert (gains > 0).all().all()
    assert gains.iloc[0].nunique() == 1


def test_trade_without_barrier_is_what_the_border_says() -> None:
    # Home spends 1 - z on what abroad makes, abroad z on what home makes; both directions are equal.
    for world in (World(), World(labour=4)):
        z, wage = world.border(), world.wage()
        both = 100 * (wage * (1 - z) + world.labour * z) / (wage + world.labour)
        assert trade_share(world, 1.0) == pytest.approx(both)
    # A fourth of home's income and a fourth of income abroad, in the opened world: 49 per cent in two directions.
    assert round(trade_share(World(labour=4), 1.0) / 2, 1) == 24.5


def test_kojimas_contrast_needs_a_trade_cost() -> None:
    world = World(labour=4)
    marginal, leading = (0.5, 0.6), (0.2, 0.3)
    with_cost = [trade_share(world, 1.2, band, 1.5) - trade_share(world, 1.2) for band in (marginal, leading)]
    without = [trade_share(world, 1.0, band, 1.5) - trade_share(world, 1.0) for band in (marginal, leading)]
    assert with_cost[1] < -3 < 3 < with_cost[0]
    assert max(map(abs, without)) < 0.5


def test_newcomers_gain_what_earlier_hosts_lose_in_part() -> None:
    before, after = World().gains()[1], World(labour=4).gains()[1]
    assert (round(before, 3), round(after, 3)) == (1.495, 1.234)
