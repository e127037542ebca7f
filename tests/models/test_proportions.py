"""Factor proportions: the ladder maximises revenue, and the theorems hold on it."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from chapters.theory import drivers
from gvc import GvcError
from industrial_chains.models import proportions


@given(st.floats(0, 12))
def test_the_ladder_is_what_maximises_revenue(capital: float) -> None:
    goods = drivers.INDUSTRIES
    shares = proportions.ladder(np.array([capital]), goods)[list(goods.index)].to_numpy()[0]
    best = linprog(-goods["revenue"], A_ub=[goods["capital"]], b_ub=[capital], A_eq=[np.ones(len(goods))], b_eq=[1.0])
    assert shares.sum() == pytest.approx(1)
    assert shares @ goods["capital"] == pytest.approx(capital)
    assert shares @ goods["revenue"] == pytest.approx(-best.fun)


def test_rybczynski_and_stolper_samuelson() -> None:
    path = proportions.ladder(np.array([3.0, 4.0]), drivers.INDUSTRIES)
    gained, lost = (path[name].diff().iloc[-1] for name in ("Electronics", "Clothing"))
    # A quarter more workers in the capital-intensive industry, and as many fewer in the other; factor prices stay.
    assert (gained, lost) == (pytest.approx(0.25), pytest.approx(-0.25))
    assert path["wage"].nunique() == path["return"].nunique() == 1
    paid = (
        path["wage"].iloc[0] + path["return"].iloc[0] * drivers.INDUSTRIES.loc[["Clothing", "Electronics"], "capital"]
    )
    np.testing.assert_allclose(paid, drivers.INDUSTRIES.loc[["Clothing", "Electronics"], "revenue"])
    assert drivers.wage_steps().is_monotonic_increasing


def test_an_industry_below_the_hull_is_named() -> None:
    goods = pd.DataFrame({"capital": [0.0, 1.0, 2.0], "revenue": [1.0, 1.1, 3.0]})
    with pytest.raises(GvcError, match="Leave out the industry"):
        proportions.ladder(np.array([1.0]), goods)


@pytest.mark.parametrize("capital", [-0.1, 12.1])
def test_capital_that_no_industry_uses_is_refused(capital: float) -> None:
    with pytest.raises(GvcError, match="what the industries use"):
        proportions.ladder(np.array([1.0, capital]), drivers.INDUSTRIES)
