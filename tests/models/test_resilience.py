"""Care against disruption: the risk that is left is that of a maker's own maximum, and of everybody's."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from gvc import GvcError
from industrial_chains.models.resilience import Makers

MAKERS = st.builds(Makers, sigma=st.floats(1.5, 9), cost=st.floats(0.002, 0.05), risk=st.floats(0.1, 0.6))


def _chosen(makers: Makers, others: float, share: float) -> float:
    """Risk that one maker leaves, who earns a share of spending if it delivers and the others leave theirs."""

    def lost(care: float) -> float:
        delivers = 1 - makers.risk * np.exp(-care)
        return float(-(delivers * share / (1 - others) - makers.cost * care))

    best = minimize_scalar(lost, bounds=(0, 20), method="bounded", options={"xatol": 1e-12})
    return float(makers.risk * np.exp(-best.x))


@given(MAKERS)
def test_no_maker_would_rather_care_more_or_less(makers: Makers) -> None:
    left = makers.private()
    assert _chosen(makers, left, 1 / makers.sigma) == pytest.approx(left, abs=1e-4)


@given(MAKERS)
def test_nothing_else_is_better_for_all(makers: Makers) -> None:
    best = minimize_scalar(
        lambda left: -makers.welfare(left), bounds=(1e-9, makers.risk), method="bounded", options={"xatol": 1e-12}
    )
    assert makers.social() == pytest.approx(best.x, abs=1e-5)
    assert makers.social() <= makers.private()


@given(MAKERS)
def test_the_subsidy_closes_the_gap(makers: Makers) -> None:
    assert makers.private(makers.subsidy()) == pytest.approx(makers.social())


def test_a_subsidy_to_consumers_that_undoes_the_mark_up_closes_it_too() -> None:
    # Consumers pay cost; makers get sigma / (sigma - 1) of it, and so 1 / (sigma - 1) of spending as profit.
    makers = Makers()
    left = makers.social()
    assert _chosen(makers, left, 1 / (makers.sigma - 1)) == pytest.approx(left, abs=1e-6)


def test_by_hand() -> None:
    # Odds 4 · 0.02 = 0.08 and 3 · 0.02 = 0.06.
    makers = Makers()
    assert (makers.private(), makers.social()) == pytest.approx((0.08 / 1.08, 0.06 / 1.06))
    assert makers.subsidy() == 0.25
    assert Makers(cost=0.2).private() == 0.3


def test_the_welfare_is_that_of_the_price_index() -> None:
    # Goods at a price of one: the index falls with the number that deliver to the power of 1 / (1 - sigma).
    makers = Makers()
    index = [(1 - left) ** (1 / (1 - makers.sigma)) for left in (0.3, 0.1)]
    gain = np.log(index[0] / index[1]) - makers.cost * np.log(0.3 / 0.1)
    assert makers.welfare(0.1) == pytest.approx(gain)


def test_goods_that_are_all_the_same_are_refused() -> None:
    with pytest.raises(GvcError, match="sigma above 1"):
        Makers(sigma=1)
