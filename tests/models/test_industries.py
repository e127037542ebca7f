"""Industries that leave a core: against all equations at once, when perturbed, and limits by counting workers."""

import numpy as np
import pytest

from gvc import GvcError
from industrial_chains.models.countries import Countries
from industrial_chains.models.industries import Industries
from tests.models import all_equations

ALPHAS = (0.35, 0.45, 0.55)


@pytest.mark.parametrize(
    ("mu", "cost"), [(0.55, 1.3), (0.55, 1.05), (0.55, 1.5), (0.45, 1.2), (0.65, 1.2), (0.65, 1.7), (0.85, 1.1)]
)
def test_what_leaves_is_what_all_equations_say(mu: float, cost: float) -> None:
    model = Industries(mu=mu)
    wage, state = model.state(model.leaving(cost), cost)
    # From a core that has most of everything; the equations know others.
    start = np.array([[0.74, 0.26], [1.0, 0.0], [1.0, 0.0]]) * mu / 3 * 2
    if mu != 0.55:
        start[0] = [0.1, 0.4] if mu > 0.6 else [mu / 3 * 2, 0]
    workers, wages, offers = all_equations.countries(cost, 5, [mu / 3] * 3, ALPHAS, start)
    np.testing.assert_allclose(state[["first", "second"]], workers, atol=1e-5)
    assert wages == pytest.approx([wage, 1], abs=1e-5)
    stay = state["first"].gt(0).to_numpy()
    np.testing.assert_allclose(state["offer"][stay], offers[stay, 1], atol=1e-5)


@pytest.mark.parametrize(
    ("cost", "wage", "offers"),
    [(1.21, 1.069, [0.884, 0.780]), (1.10, 1.042, [0.925, 0.865]), (1.03, 1.013, [0.972, 0.951])],
)
def test_by_another_solver(cost: float, wage: float, offers: list[float]) -> None:
    model = Industries()
    found, state = model.state(model.leaving(cost), cost)
    assert round(found, 3) == wage
    assert state["offer"].round(3).tolist() == [1.0, *offers]


def test_who_leaves_is_what_the_count_of_workers_allows() -> None:
    for cost in (1.02, 1.1, 1.25, 1.4):
        for mu in (0.2, 0.4, 0.5):
            assert (Industries(mu=mu).leaving(cost) == 0).all()
        for mu in (0.51, 0.58, 0.7, 0.75):
            gone = Industries(mu=mu).leaving(cost)
            # A gap in wages of a few percent drives nobody out before trade is nearly free.
            assert gone[0] > 0 or (mu == 0.51 and cost > 1.03)
            assert (gone[1:] == 0).all()
    for mu in (0.8, 0.85):
        gone = Industries(mu=mu).leaving(1.05)
        assert gone[0] == 1 > gone[1] > 0 == gone[2]


@pytest.mark.parametrize(("mu", "cost"), [(0.55, 1.3), (0.55, 1.05), (0.65, 1.7), (0.85, 1.2), (0.85, 1.7)])
def test_firms_that_move_by_mistake_come_back(mu: float, cost: float) -> None:
    model = Industries(mu=mu)
    rest = model.leaving(cost)
    offers = model.state(rest, cost)[1]["offer"].to_numpy()
    assert (offers[rest == 0] < 0.999).all()
    assert (offers[rest == 1] > 1.001).all()
    inside = np.flatnonzero((rest > 0) & (rest < 1))

    def moved(which: int, by: float) -> np.ndarray:
        gone = rest.copy()
        gone[which] += by
        return np.log(model.state(gone, cost)[1]["offer"].to_numpy())[inside]

    # More firms abroad than at rest lose there, and fewer gain.
    slopes = np.column_stack([(moved(which, 1e-6) - moved(which, -1e-6)) / 2e-6 for which in inside])
    assert (np.linalg.eigvals(slopes).real < 0).all()
    for which in inside:
        assert moved(int(which), 0.01).max() < 0 < moved(int(which), -0.01).min()


def test_one_industry_alone_is_the_model_of_two_countries() -> None:
    pair = Countries(mu=0.55, alpha=0.5)
    alone = Industries(mu=0.55, alphas=(0.5,))
    for cost in (1.05, 1.3, 2.1):
        wage, state = alone.state(alone.leaving(cost), cost)
        core = pair.equilibria([cost]).query("stable").sort_values("share").iloc[-1]
        assert (state["first"].item(), state["second"].item()) == pytest.approx((core["first"], core["second"]))
        assert wage == pytest.approx(core["wage"])
    assert alone.state(np.zeros(1), 1.3)[1]["offer"].item() == pytest.approx(pair.offer(1.3))


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(GvcError, match="each alpha between"):
        Industries(alphas=(0.3, 0.9))
    with pytest.raises(GvcError, match="farmers left in the second country"):
        Industries(mu=0.6)._farmed(np.ones(3))
