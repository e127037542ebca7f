"""Sourcing: the choice of sources is that of all sets tried one by one."""

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gvc import GvcError
from industrial_chains.models.sourcing import Sourcing

NUMBERS = st.floats(0.05, 3)
MODELS = st.integers(1, 6).flatmap(
    lambda many: st.builds(
        Sourcing,
        potentials=st.tuples(*[NUMBERS] * many),
        fixed=st.tuples(*[NUMBERS] * many),
        sigma=st.floats(1.5, 6),
        theta=st.floats(1, 4),
    )
)


def _best(model: Sourcing, size: float) -> float:
    """Earn the most over every set, written without the model's own methods."""
    places = range(len(model.potentials))
    sets = chain.from_iterable(combinations(places, number) for number in range(len(model.potentials) + 1))
    return max(
        size * (1 + sum(model.potentials[i] for i in one)) ** ((model.sigma - 1) / model.theta)
        - sum(model.fixed[i] for i in one)
        for one in sets
    )


@given(MODELS, st.floats(0.05, 10))
def test_no_other_set_earns_more(model: Sourcing, size: float) -> None:
    assert model.profit(size, model.choose(size)) == pytest.approx(_best(model, size), abs=1e-9)


@given(MODELS, st.floats(0.05, 5), st.floats(1.01, 3))
def test_larger_firms_buy_from_all_that_smaller_ones_buy_from(model: Sourcing, size: float, more: float) -> None:
    if model.exponent >= 1:
        small, large = model.choose(size), model.choose(size * more)
        # Sources that pay exactly their cost may be left out.
        kept = model.profit(size * more, large | small)
        assert kept == pytest.approx(model.profit(size * more, large), abs=1e-9)


def test_by_hand() -> None:
    # Exponent 3/2. A alone pays from 2 / (1.8^1.5 - 1) = 1.4135, B besides from 2 / (2.3^1.5 - 1.8^1.5) = 1.8636.
    model = Sourcing()
    assert [sorted(model.choose(size)) for size in (1.41, 1.42, 1.86, 1.87)] == [[], [0], [0], [0, 1]]
    # At 2 it has both: 3 · 2 · 2.3^0.5 from home, and from A and B as much as their potentials say.
    np.testing.assert_allclose(model.bought(2), 6 * 2.3**0.5 * np.array([1, 0.8, 0.5]))


def test_a_further_source_raises_what_is_bought_elsewhere_only_if_sources_complement_each_other() -> None:
    for sigma, sign in ((4.0, 1), (3.0, 0), (2.0, -1)):
        one, both = (
            Sourcing(potentials=(1.0, potential), fixed=(1e-9, 1e-9), sigma=sigma) for potential in (1e-9, 0.5)
        )
        change = both.bought(3.0)[0] - one.bought(3.0)[0]
        assert abs(change) < 1e-6 if sign == 0 else np.sign(change) == sign


def test_a_source_without_fixed_cost_is_refused() -> None:
    with pytest.raises(GvcError, match="fixed cost for each source"):
        Sourcing(potentials=(1.0,), fixed=(1.0, 1.0))
