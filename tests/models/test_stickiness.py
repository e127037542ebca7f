"""Suppliers that stay: the band is that of the value of being in and of being out, iterated year by year."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc import GvcError
from industrial_chains.models.stickiness import Market


def _iterated(market: Market, cost: float) -> tuple[float, float]:
    """Iterate both values on a grid of rates, and look where they tell a firm to enter and to leave."""
    rates = 1 + market.spread * (np.arange(40_000) + 0.5 - 20_000) / 20_000
    inside = outside = 0.0
    for _ in range(2000):
        stay = rates - cost - market.stay + market.discount * inside
        enter = rates - cost - market.entry + market.discount * inside
        out = market.discount * outside
        new = np.maximum(stay, out).mean(), np.maximum(enter, out).mean()
        done = max(abs(new[0] - inside), abs(new[1] - outside)) < 1e-12
        inside, outside = new
        if done:
            break
    ahead = market.discount * (inside - outside)
    return cost + market.stay - ahead, cost + market.entry - ahead


@pytest.mark.parametrize(
    ("market", "cost"),
    [(Market(), 0.9), (Market(0.6, 0.2, 0.4, 0.95), 0.8), (Market(0.3, 0.0, 0.2, 0.8), 1.1), (Market(), 1.3)],
)
def test_the_band_is_that_of_iterated_values(market: Market, cost: float) -> None:
    assert market.band(cost) == pytest.approx(_iterated(market, cost), abs=1e-4)


@given(
    st.builds(
        lambda stay, sunk, spread, discount: Market(stay + sunk, stay, spread, discount),
        st.floats(0, 0.3),
        st.floats(0, 0.5),
        st.floats(0.1, 0.9),
        st.floats(0, 0.97),
    ),
    st.floats(0.3, 1.7),
)
def test_who_would_enter_would_stay(market: Market, rate: float) -> None:
    assert market.enters(rate) <= market.stays(rate) + 1e-12
    assert market.enters(rate) < market.enters(rate + 0.01)


def test_by_hand() -> None:
    # Sunk 0.3, spread 0.5: g(0.7) - g(1) = (0.64 - 0.25) / 2 = 0.195, and g(1) - g(1.3) = (0.25 - 0.04) / 2 = 0.105.
    market = Market()
    assert market.enters(1) == pytest.approx(0.6 + 0.95 * 0.195)
    assert market.stays(1) == pytest.approx(0.9 + 0.95 * 0.105)


def test_a_large_shock_lasts_and_a_small_one_does_not() -> None:
    market = Market()
    start = market.before()
    assert market.path([1.05, 1.05, 1])[-1] == start
    # At 1.3 suppliers up to 0.9 + 0.95 · 0.105 enter, as g(1) - g(1.3) = 0.105, and at 1 as many would stay.
    assert market.path([1.3, 1.3, 1])[-1] == pytest.approx(0.99975)
    assert market.path([1.3, 1, 0.7])[-1] < 0.9
    # Without a sunk cost nothing lasts.
    assert Market(entry=0.1).path([1.3, 1])[-1] == pytest.approx(Market(entry=0.1).before())


def test_uncertainty_makes_suppliers_wait_on_both_sides() -> None:
    calm, unsure = Market(spread=0.4), Market(spread=0.8)
    assert unsure.enters(1) < calm.enters(1)
    assert unsure.stays(1) > calm.stays(1)


def test_a_market_that_is_cheaper_to_enter_than_to_stay_in_is_refused() -> None:
    with pytest.raises(GvcError, match="at least stay"):
        Market(entry=0.1, stay=0.2)
