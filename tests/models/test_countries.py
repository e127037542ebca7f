"""Core and periphery between countries: closed forms, limits by hand, and equilibria that clear."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import brentq

from gvc import GvcError
from industrial_chains.models.agglomeration import CorePeriphery
from industrial_chains.models.countries import Countries

PAIR = Countries()


def test_corners_are_the_textbooks_with_alpha_for_mu() -> None:
    # Fujita, Krugman and Venables (1999), chapter 14: with mu up to a half, those of chapter 5 with alpha for mu.
    pair = Countries(sigma=5, mu=0.5, alpha=0.4)
    assert pair.break_point() == pytest.approx(7**0.25)
    assert round(pair.sustain_points()[1], 4) == 1.8073
    assert pair.sustain_points()[0] == 1
    other = Countries(sigma=6, mu=0.3, alpha=0.35)
    assert other.sustain_points()[1] == pytest.approx(CorePeriphery(6, 0.35).sustain_point())


@given(st.floats(3, 8), st.floats(0.2, 0.45), st.floats(0.2, 0.6))
def test_the_break_point_is_where_the_solved_model_turns(sigma: float, alpha: float, mu: float) -> None:
    assume(alpha < 0.9 * (1 - 1 / sigma))
    pair = Countries(sigma, mu, alpha)
    at = pair.break_point()
    above, below = (pair.state(mu * (1 - 1e-4), at * near)["excess"] for near in (1.01, 0.99))
    # One firm too few in the second country pays if trade is dear, and does not if it is cheap.
    assert below < 0 < above


def test_the_core_wage_is_what_the_world_spends() -> None:
    # By hand: mu 0.55 gives 0.55 / 0.45; five countries with one core at mu 0.3 give 0.3 * 4 / 0.7.
    assert PAIR.core_wage() == pytest.approx(11 / 9)
    assert Countries(mu=0.3).core_wage(5) == pytest.approx(12 / 7)
    assert Countries(mu=0.4).core_wage() == 1


@given(st.floats(1.01, 3), st.floats(0.3, 0.64), st.floats(0.2, 0.55))
def test_the_offer_is_what_the_solved_core_says(cost: float, mu: float, alpha: float) -> None:
    pair = Countries(5, mu, alpha)
    solved = pair.state(0.0, cost)
    # The log of what a firm could pay for its costs: sigma (1 - alpha) times that of the wage it could pay.
    assert solved["excess"] == pytest.approx(5 * (1 - alpha) * np.log(pair.offer(cost)), abs=1e-8)
    assert solved["wage"] == pytest.approx(pair.core_wage())


def test_free_trade_leaves_nothing_but_wages() -> None:
    assert PAIR.offer(1.0) == pytest.approx(PAIR.core_wage())
    assert PAIR.offer(1.0, 5, 2) == pytest.approx(PAIR.core_wage(5, 2))


def test_every_equilibrium_clears() -> None:
    for cost in (1.05, 1.5, 1.905, 2.2):
        frame = PAIR.equilibria([cost])
        inside = frame[frame["kind"] != "core"]
        assert inside["excess"].abs().max() < 1e-9
        cores = frame[frame["kind"] == "core"]
        assert (cores["excess"] <= 0).all()
        for row in frame[frame["kind"] == "uneven"].to_dict("records"):
            # Stable where one firm more in the second country pays less than it costs.
            assert (PAIR.state(row["second"] + 1e-4, cost)["excess"] < 0) == row["stable"]
        for row in frame.to_dict("records"):
            spent = PAIR.mu * (row["first"] * row["wage"] + 1 - row["first"] + 1)
            assert row["first"] * row["wage"] + row["second"] == pytest.approx(spent)


def test_the_story_of_divergence_and_return() -> None:
    near_free, between, dear = (PAIR.equilibria([cost]) for cost in (1.05, 1.5, 2.6))
    assert list(dear["kind"]) == ["even"]
    assert dear["stable"].all()
    core = between[between["kind"] == "core"].iloc[0]
    assert (core["share"], core["wage"]) == (1, pytest.approx(11 / 9))
    back = near_free[near_free["stable"]].iloc[0]
    assert 0.5 < back["share"] < 1
    assert back["real_1"] - back["real_2"] < core["real_1"] - core["real_2"]


def test_the_sustain_points_are_zeros_of_the_solved_model() -> None:
    for point in PAIR.sustain_points():
        assert PAIR.state(0.0, point)["excess"] == pytest.approx(0, abs=1e-9)
    low = brentq(lambda cost: PAIR.state(0.0, cost)["excess"], 1.01, 1.5)
    assert PAIR.sustain_points()[0] == pytest.approx(low)


def test_industry_reaches_more_countries_as_demand_grows() -> None:
    reached = [Countries(mu=mu).cores(1.3, 5) for mu in np.linspace(0.05, 0.95, 40)]
    assert reached == sorted(reached)
    assert (reached[0], reached[-1]) == (1, 5)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(GvcError, match="alpha between"):
        Countries(sigma=2, alpha=0.6)
    with pytest.raises(GvcError, match="keeps all manufacturing"):
        Countries(mu=0.64, alpha=0.3).sustain_points()
