"""Trade in tasks: the border, the wage and the value added are those of the integrals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from gvc import GvcError
from industrial_chains.models.tasks import Tasks
from tests.models import all_equations

MODELS = st.builds(Tasks, gap=st.floats(1.1, 5), spread=st.floats(0.2, 6), labour=st.floats(0.1, 1))


@given(MODELS, st.floats(1, 5))
def test_the_border_is_where_costs_meet_and_labour_costs_what_it_did(model: Tasks, cost: float) -> None:
    if cost < model.end():
        return
    gone = model.abroad(cost)
    assert 0 <= gone <= 1
    if gone == 0:
        return
    paid = quad(lambda i: 1 + model.spread * i, 0, gone)[0]
    hardest = 1 + model.spread * gone
    wage = cost * hardest / model.gap
    omega = 1 - gone + paid / hardest
    assert model.wage(cost) == pytest.approx(wage)
    # Prices of goods are given: wage times Omega is what labour cost before.
    assert wage * omega == pytest.approx(1)
    assert model.foreign_share(cost) == pytest.approx(model.labour * cost * paid / model.gap)


@pytest.mark.parametrize(("gap", "spread", "cost"), [(3, 2, 2.0), (3, 2, 1.6), (4, 1, 3.0), (2, 4, 1.2)])
def test_all_equations_at_once_say_the_same(gap: float, spread: float, cost: float) -> None:
    model = Tasks(gap, spread, 0.6)
    found = model.abroad(cost), model.wage(cost), model.foreign_share(cost) / model.labour
    assert found == pytest.approx(all_equations.tasks(gap, spread, cost), abs=1e-6)


def test_by_hand() -> None:
    # Gap 3, cost 2, spread 2: I = 1 - sqrt(1 - 2 (3/2 - 1) / 2) = 1 - sqrt(0.5).
    model = Tasks(3, 2, 0.6)
    assert model.abroad(2.0) == pytest.approx(1 - 0.5**0.5)
    assert (model.abroad(3.0), model.wage(3.0), model.foreign_share(3.0)) == (0, 1, 0)
    # All go when the last saves: 3 / cost - 1 = 1. Then Omega is 2 / 3.
    assert model.end() == 1.5
    assert (model.abroad(1.5), model.wage(1.5), model.foreign_share(1.5)) == pytest.approx((1, 1.5, 0.6))


@given(MODELS)
def test_cheaper_coordination_moves_more_and_raises_wages(model: Tasks) -> None:
    costs = np.linspace(5, max(1, model.end()), 30)
    assert [model.abroad(cost) for cost in costs] == sorted(model.abroad(cost) for cost in costs)
    wages = np.array([model.wage(cost) for cost in costs])
    assert (np.diff(wages) >= -1e-9).all()


@given(MODELS)
def test_below_the_end_there_is_no_answer(model: Tasks) -> None:
    with pytest.raises(GvcError, match="at which the last task is abroad"):
        model.wage(model.end() * 0.99)


def test_no_gap_is_refused() -> None:
    with pytest.raises(GvcError, match="gap above 1"):
        Tasks(gap=0.9)
