"""Core and periphery between countries: closed forms, limits by hand, and equilibria that clear."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import brentq

from gvc import GvcError
from industrial_chains.models.agglomeration import CorePeriphery
from industrial_chains.models.countries import Countries
from tests.models import all_equations

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


#: By two solvers that assume nothing of who is a core: share of spending, workers of the marginal country, wage.
FIVE = [(0.275, 0.151, 1.308), (0.30, 0.376, 1.177), (0.34, 0.648, 1.079), (0.38, 0.887, 1.022), (0.50, 0.370, 1.130),
        (0.56, 0.767, 1.038)]  # fmt: skip


@pytest.mark.parametrize(("mu", "own", "wage"), FIVE)
def test_newcomers_industrialise_little_by_little(mu: float, own: float, wage: float) -> None:
    employed, paid = Countries(mu=mu).spread(1.3, 5)
    full = int(mu * 5)
    assert employed[:full].tolist() == [1.0] * full
    assert round(float(employed[full]), 3) == own
    assert (employed[full + 1 :] == 0).all()
    assert round(paid, 3) == wage


@pytest.mark.parametrize(
    ("number", "mu", "cost"),
    [(5, 0.3, 1.3), (5, 0.56, 1.3), (3, 0.5, 1.3), (8, 0.25, 1.3), (5, 0.3, 1.4), (2, 0.6, 1.1)],
)
def test_spread_is_what_all_equations_say(number: int, mu: float, cost: float) -> None:
    employed, wage = Countries(mu=mu).spread(cost, number)
    start = np.full(number, 0.01)
    full = int(mu * number)
    start[:full], start[full] = 1.0, 0.4
    workers, wages, offers = all_equations.countries(cost, 5, [mu], [0.5], start[None])
    np.testing.assert_allclose(workers[0], employed, atol=1e-5)
    assert wages == pytest.approx(np.where(employed == 1, wage, 1.0), abs=1e-5)
    assert (offers[0][employed == 0] < 1).all()


@pytest.mark.parametrize("mu", [0.2, 0.25, 0.275, 0.3, 0.38, 0.45, 0.5, 0.56, 0.7])
def test_a_spread_comes_back_when_it_is_perturbed(mu: float) -> None:
    employed, _ = Countries(mu=mu).spread(1.3, 5)
    for shift in (0.01, -0.01):
        moved = np.clip(employed + shift * np.array([1, -1, 1, -0.5, 0.5]), 0, 1)
        assert all_equations.at_rest(1.3, 5, mu, 0.5, moved) == pytest.approx(employed, abs=1e-4)


@pytest.mark.parametrize("mu", [0.3, 0.5])
def test_from_anywhere_industry_comes_to_the_same_rest(mu: float) -> None:
    employed, _ = Countries(mu=mu).spread(1.3, 5)
    for start in np.random.default_rng(5).random((4, 5)):
        rest = all_equations.at_rest(1.3, 5, mu, 0.5, start)
        assert sorted(rest) == pytest.approx(sorted(employed), abs=1e-4)


def test_equal_cores_with_farmers_clear_and_do_not_last() -> None:
    equal = [0.75, 0.75, 0, 0, 0]
    workers, wages, _ = all_equations.countries(1.3, 5, [0.3], [0.5], [equal])
    assert workers[0] == pytest.approx(equal, abs=1e-6)
    assert wages == pytest.approx(np.ones(5), abs=1e-6)
    rest = all_equations.at_rest(1.3, 5, 0.3, 0.5, [0.76, 0.75, 0, 0, 0])
    assert rest == pytest.approx(Countries(mu=0.3).spread(1.3, 5)[0], abs=1e-4)


def test_industry_starts_where_a_first_firm_breaks_even() -> None:
    for number in (2, 5, 8):
        starts = Countries().joining(1.3, number)
        assert len(starts) == number - 1
        for cores, mu in enumerate(starts, 1):
            before, after = (Countries(mu=mu + shift).spread(1.3, number)[0] for shift in (-1e-4, 1e-3))
            assert before[cores] == 0 < after[cores] < 0.15
    grown = np.array([Countries(mu=float(mu)).spread(1.3, 5)[0] for mu in np.linspace(0.05, 0.95, 91)])
    assert (np.diff(grown, axis=0) >= -1e-9).all()


@pytest.mark.parametrize(
    ("mu", "alpha", "cost"), [(0.55, 0.5, 2.1), (0.55, 0.5, 1.05), (0.5, 0.4, 1.85), (0.6, 0.6, 2.3)]
)
def test_stable_cores_of_two_countries_are_what_all_equations_say(mu: float, alpha: float, cost: float) -> None:
    frame = Countries(mu=mu, alpha=alpha).equilibria([cost])
    for row in frame[frame["stable"] & frame["kind"].ne("even")].to_dict("records"):
        start = np.array([[row["first"] - 0.01, row["second"] + 0.01]])
        workers, wages, _ = all_equations.countries(cost, 5, [mu], [alpha], start)
        assert workers[0] == pytest.approx([row["first"], row["second"]], abs=1e-5)
        assert wages == pytest.approx([row["wage"], 1], abs=1e-5)


def test_two_equilibria_are_stable_where_trade_is_dear() -> None:
    frame = PAIR.equilibria([2.1])
    stable = sorted(frame.loc[frame["stable"], "share"])
    assert stable == pytest.approx([0.5, 0.9497], abs=5e-5)
    # One has to pass the unstable one to become the core.
    (unstable,) = frame.loc[~frame["stable"], "share"]
    for lead, rest in ((0.02, stable[1]), (-0.02, 0.5)):
        start = 1.1 * np.array([unstable + lead, 1 - unstable - lead])
        workers = all_equations.at_rest(2.1, 5, 0.55, 0.5, np.clip(start, 0, 1), moves=6000)
        assert workers[0] / workers.sum() == pytest.approx(rest, abs=1e-3)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(GvcError, match="alpha between"):
        Countries(sigma=2, alpha=0.6)
    with pytest.raises(GvcError, match="keeps all manufacturing"):
        Countries(mu=0.64, alpha=0.3).sustain_points()
