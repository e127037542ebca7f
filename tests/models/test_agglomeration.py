"""Core and periphery: the textbook's break and sustain points, equilibria, and what is refused."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gvc import GvcError
from industrial_chains.models.agglomeration import CorePeriphery
from tests.models import all_equations

TEXTBOOK = CorePeriphery()


def test_break_and_sustain_point_of_the_textbook() -> None:
    # Fujita, Krugman and Venables (1999), chapter 5: sigma 5, mu 0.4. Their formula gives T^4 = 7 for the first.
    assert TEXTBOOK.break_point() == pytest.approx(7**0.25, abs=1e-12)
    assert round(TEXTBOOK.break_point(), 4) == 1.6266
    assert round(TEXTBOOK.sustain_point(), 4) == 1.8073


@given(st.floats(2.5, 9), st.floats(0.1, 0.5))
def test_the_points_are_those_of_the_solved_model(sigma: float, mu: float) -> None:
    assume(mu < 0.95 * (1 - 1 / sigma))
    model = CorePeriphery(sigma, mu)
    low, high = model.break_point(), model.sustain_point()
    # The real wage gap at the even spread turns from falling to rising as trade costs pass the break point.
    slopes = [model.gap(0.5 + 1e-5, low * near) for near in (1.01, 0.99)]
    assert slopes[0] < 0 < slopes[1]
    parts = (1 + mu) / 2 * high ** (1 - sigma) + (1 - mu) / 2 * high ** (sigma - 1)
    assert high ** (-mu * sigma) * parts == pytest.approx(1, rel=1e-8)
    assert low < high


@given(st.floats(0, 1), st.floats(1.01, 3))
def test_both_regions_clear(share: float, cost: float) -> None:
    w_1, w_2 = TEXTBOOK.wages(share, cost)
    assert share * w_1 + (1 - share) * w_2 == pytest.approx(1)
    assert TEXTBOOK._offered(w_1, w_2, share, cost) == pytest.approx(w_1)
    assert TEXTBOOK._offered(w_2, w_1, 1 - share, cost) == pytest.approx(w_2)
    assert TEXTBOOK.gap(share, cost) == pytest.approx(-TEXTBOOK.gap(1 - share, cost), abs=1e-9)


def test_without_trade_costs_location_does_not_matter() -> None:
    assert [TEXTBOOK.gap(share, 1.0) for share in (0.1, 0.5, 0.9)] == pytest.approx([0, 0, 0], abs=1e-9)


def test_equilibria_are_zeros_and_cores() -> None:
    frame = TEXTBOOK.equilibria(np.array([1.5, 1.7, 2.0]))
    assert list(frame.groupby("cost").size()) == [3, 5, 1]
    inside = frame[frame["share"].between(0.01, 0.99)]
    gaps = [TEXTBOOK.gap(share, cost) for cost, share in inside[["cost", "share"]].itertuples(index=False)]
    assert gaps == pytest.approx([0] * len(gaps), abs=1e-6)
    assert list(frame.query("branch == 'even'")["stable"]) == [False, True, True]


def test_the_incentive_is_the_models_gap() -> None:
    assert [round(TEXTBOOK.gap(share, 1.7), 6) for share in (0.25, 0.75)] == [0.005271, -0.005271]


def test_a_black_hole_is_refused() -> None:
    with pytest.raises(GvcError, match="no black hole"):
        CorePeriphery(sigma=2, mu=0.6)


@pytest.mark.parametrize("cost", [1.5, 1.9])
def test_without_two_kinds_of_rest_there_is_no_uneven_one(cost: float) -> None:
    with pytest.raises(GvcError, match="between break and sustain point"):
        TEXTBOOK.uneven(cost)


@pytest.mark.parametrize(("sigma", "mu"), [(5, 0.4), (4, 0.2), (8, 0.5)])
@pytest.mark.parametrize("share", [0.2, 0.75])
def test_wages_are_what_all_equations_say(sigma: float, mu: float, share: float) -> None:
    for cost in (1.2, 1.75):
        due = all_equations.core_and_periphery(cost, sigma, mu, share)
        assert CorePeriphery(sigma, mu).real_wages(share, cost) == pytest.approx(due, abs=1e-8)
