"""Chains in space: the cheapest path and the spread of chains are those of every path written out."""

from itertools import product

import numpy as np
import pytest

from gvc import GvcError
from industrial_chains.models.sequence import Chain, line


def _drawn(seed: int, stages: int = 4, places: int = 4) -> Chain:
    generator = np.random.default_rng(seed)
    trade = generator.uniform(1, 2, (places, places))
    np.fill_diagonal(trade, 1)
    shares = np.append(1.0, generator.uniform(0.2, 0.9, stages - 1))
    return Chain(shares, generator.uniform(0.5, 2, (stages, places)), trade)


def _log_price(chain: Chain, path: tuple[int, ...], destination: int) -> float:
    """Sum the closed form: each stage's cost by its share, each step by what comes after it."""
    total = 0.0
    for n, place in enumerate(path):
        weight = np.prod(1 - chain.shares[n + 1 :])
        following = path[n + 1] if n + 1 < len(path) else destination
        total += weight * (chain.shares[n] * np.log(chain.costs[n, place]) + np.log(chain.trade[place, following]))
    return float(total)


@pytest.mark.parametrize("seed", range(8))
def test_the_cheapest_path_is_that_of_all_paths(seed: int) -> None:
    chain = _drawn(seed)
    for destination in range(4):
        prices = {path: _log_price(chain, path, destination) for path in product(range(4), repeat=4)}
        path, price = chain.best(destination)
        assert tuple(path) == min(prices, key=lambda one: prices[one])
        assert np.log(price) == pytest.approx(min(prices.values()))
        assert chain.price(path, destination) == pytest.approx(price)


@pytest.mark.parametrize("seed", range(3))
def test_the_spread_is_that_of_all_paths(seed: int) -> None:
    chain, theta = _drawn(seed, stages=3), 3.0
    for destination in range(4):
        counted = np.zeros((3, 4))
        for path in product(range(4), repeat=3):
            counted[range(3), path] += np.exp(-theta * _log_price(chain, path, destination))
        np.testing.assert_allclose(chain.spread(destination, theta), counted / counted[0].sum(), rtol=1e-10)


def test_by_hand() -> None:
    # Four stages of which half is own work: what is lost last weighs one, before that a half, a quarter, an eighth.
    chain = line(5, 4, 1.1, 0.5)
    assert chain.weights().tolist() == [0.125, 0.25, 0.5, 1]
    # One step before the last stage, and two more to the consumer: 1.1^(1/2) · 1.1^2.
    assert chain.price([1, 1, 1, 2], 4) == pytest.approx(1.1**2.5)


def test_later_stages_gather_in_the_middle_while_trade_is_cheap() -> None:
    for cost, grows in ((1.02, True), (1.1, True), (1.4, False)):
        chain = line(5, 4, cost, 0.5)
        middle = np.mean([chain.spread(j, 4.0)[:, 2] for j in range(5)], axis=0)
        assert (np.diff(middle) > 0).all() == grows
        assert middle[-1] > middle[0] > 0.2


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(GvcError, match="the first one 1"):
        Chain(np.array([0.5, 0.5]), np.ones((2, 2)), np.ones((2, 2)))
