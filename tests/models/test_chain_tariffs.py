"""Duties along chains: the formula is the maximum of home's gain, found by trying."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.optimize import minimize_scalar

from gvc import GvcError
from industrial_chains.models.chain_tariffs import Good

SHARES = st.floats(0, 0.9)


def _gain(good: Good, duty: float) -> float:
    """Add up home's gain from the areas under the curves; the market is cleared on a grid that is made ever finer."""
    low, high = 0.0, good.choke
    for _ in range(200):
        middle = (low + high) / 2
        wanted = good.choke - (good.slope + good.made) * (1 + duty) * middle
        low, high = (middle, high) if wanted > good.supplied * middle**good.epsilon else (low, middle)
    abroad, home = low, (1 + duty) * low
    imports = good.supplied * abroad**good.epsilon
    consumers = quad(lambda price: good.choke - good.slope * price, home, good.choke / good.slope)[0]
    makers = quad(lambda price: good.made * price, 0, home)[0]
    rents = quad(lambda price: good.supplied * price**good.epsilon, 0, abroad)[0]
    return consumers + (1 - good.foreign_at_home) * makers + (home - abroad) * imports + good.home_abroad * rents


@settings(max_examples=25, deadline=None)
@given(st.builds(Good, home_abroad=SHARES, foreign_at_home=SHARES, epsilon=st.floats(0.8, 6)))
def test_no_other_duty_is_better(good: Good) -> None:
    best = minimize_scalar(
        lambda duty: -_gain(good, duty), bounds=(-0.6, 2), method="bounded", options={"xatol": 1e-10}
    )
    assert good.best() == pytest.approx(best.x, abs=1e-4)
    assert good.welfare(0.1) == pytest.approx(_gain(good, 0.1))


def test_by_hand() -> None:
    # Supply elasticity 4: a quarter without inputs; with home's part at 40 percent, 0.6 / 4.
    assert Good().best() == 0.25
    assert Good(home_abroad=0.4).best() == pytest.approx(0.15)
    # Foreign inputs of a fifth at home: kappa 0.1, so (1 - 0.4) / (4 · 1.1).
    assert Good(foreign_at_home=0.2).best() == pytest.approx(0.6 / 4.4)


def test_more_of_homes_value_abroad_means_a_lower_duty() -> None:
    duties = [Good(home_abroad=share, foreign_at_home=0.1).best() for share in np.linspace(0, 1, 11)]
    assert (np.diff(duties) < 0).all()


def test_shares_above_one_are_refused() -> None:
    with pytest.raises(GvcError, match="shares between 0 and 1"):
        Good(home_abroad=1.2)
