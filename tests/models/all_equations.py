"""Every equation of a model at once, by least squares: no closed form, and nothing assumed of who is a core."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.integrate import quad
from scipy.optimize import least_squares

Array = Any


def core_and_periphery(cost: float, sigma: float, mu: float, share: float) -> tuple[float, float]:
    """Solve for wages and price indices of two regions; return real wages."""

    def unmet(logs: Array) -> Array:
        w, g = np.exp(logs[:2]), np.exp(logs[2:])
        workers = np.array([share, 1 - share])
        freight = np.array([[1, cost], [cost, 1]]) ** (1 - sigma)
        income = mu * workers * w + (1 - mu) / 2
        index = freight @ (workers * w ** (1 - sigma))
        pays = freight @ (income * g ** (sigma - 1))
        return np.concatenate([np.log(index) - (1 - sigma) * np.log(g), np.log(pays) - sigma * np.log(w)])

    found = least_squares(unmet, np.zeros(4), xtol=1e-15, ftol=1e-15, gtol=1e-15)
    assert np.abs(found.fun).max() < 1e-9
    w, g = np.exp(found.x[:2]), np.exp(found.x[2:])
    real = w * g**-mu
    return float(real[0]), float(real[1])


def countries(
    cost: float, sigma: float, spending: Sequence[float], alphas: Sequence[float], start: Array
) -> tuple[Array, Array, Array]:
    """Solve for workers, wages and price indices of any number of industries and countries.

    `start` has workers by industry and country, to begin from. Returns workers, wages, and the wage that a firm of each
    industry could pay in each country.
    """
    mu, alpha = (np.array(column, dtype=float)[:, None] for column in (spending, alphas))
    industries, places = np.shape(start)
    freight = np.where(np.eye(places) > 0, 1.0, cost ** (1 - sigma))
    both = industries * places

    def parts(x: Array) -> tuple[Array, Array, Array]:
        shape = industries, places
        return x[:both].reshape(shape), np.exp(x[both : both + places]), np.exp(x[both + places :].reshape(shape))

    def sales_and_costs(workers: Array, w: Array, g: Array) -> tuple[Array, Array, Array]:
        price = w ** (1 - alpha) * g**alpha
        index = (workers * w * price**-sigma) @ freight
        income = w * workers.sum(axis=0) + 1 - workers.sum(axis=0)
        spent = mu * income + alpha / (1 - alpha) * w * workers
        return index, (spent * g ** (sigma - 1)) @ freight, price**sigma / (1 - alpha)

    def either(one: Array, other: Array) -> Array:
        """Zero where both are at least zero and one of them is (Fischer and Burmeister)."""
        return one + other - np.sqrt(one**2 + other**2)

    def unmet(x: Array) -> Array:
        workers, w, g = parts(x)
        index, sales, costs = sales_and_costs(workers, w, g)
        return np.concatenate(
            [
                (np.log(index) - (1 - sigma) * np.log(g)).ravel(),
                either(workers, np.log(costs / sales)).ravel(),  # free entry
                either(w - 1, 1 - workers.sum(axis=0)),  # farmers earn one
            ]
        )

    workers, w, g = np.array(start, dtype=float), np.ones(places), np.ones((industries, places))
    for _ in range(100):  # price indices that go with the start
        g = ((workers * w * (w ** (1 - alpha) * g**alpha) ** -sigma) @ freight) ** (1 / (1 - sigma))
    x = np.concatenate([workers.ravel() + 1e-9, np.log(w) + 0.05 * (workers.sum(axis=0) > 0.95), np.log(g).ravel()])
    least = np.concatenate([np.full(both, -1e-15), np.full(places, -1e-15), np.full(both, -50.0)])
    found = least_squares(unmet, x, bounds=(least, np.inf), xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=5000)
    assert np.abs(found.fun).max() < 1e-6, found.fun
    workers, w, g = parts(found.x)
    _, sales, _ = sales_and_costs(workers, w, g)
    return workers, w, ((sales * (1 - alpha)) ** (1 / sigma) * g**-alpha) ** (1 / (1 - alpha))


def tasks(gap: float, spread: float, cost: float) -> tuple[float, float, float]:
    """Solve for the last task that is abroad and home's wage, which was one; return both, and what abroad is paid."""

    def paid(last: float) -> float:
        return cost / gap * float(quad(lambda task: 1 + spread * task, 0, last)[0])

    def unmet(x: Array) -> Array:
        last, wage = x
        # The last task costs the same in both places; labour in the good costs what it did.
        return np.array([cost / gap * (1 + spread * last) - wage, (1 - last) * wage + paid(last) - 1])

    found = least_squares(unmet, [0.3, 1.1], bounds=([0, 0], [1, 10]), xtol=1e-15, ftol=1e-15, gtol=1e-15)
    assert np.abs(found.fun).max() < 1e-7
    return float(found.x[0]), float(found.x[1]), paid(found.x[0])


def at_rest(cost: float, sigma: float, mu: float, alpha: float, start: Sequence[float], *, moves: int = 3000) -> Array:
    """Let workers go where manufacturing pays more than farming, until they rest; return workers by country.

    At any spread of workers the wage in manufacturing is what firms there can pay: no country is told to be a core.
    """
    workers = np.array(start, dtype=float)
    freight = np.where(np.eye(len(workers)) > 0, 1.0, cost ** (1 - sigma))
    w, index = np.ones(len(workers)), np.ones(len(workers))
    for move in range(moves):
        for _ in range(200 if move == 0 else 4):
            price = w ** (1 - alpha) * index ** (alpha / (1 - sigma))
            index = freight @ (workers * w * price**-sigma)
            spent = mu * (w * workers + 1 - workers) + alpha / (1 - alpha) * w * workers
            sales = freight @ (spent / index)
            w = ((sales * (1 - alpha)) ** (1 / sigma) * index ** (-alpha / (1 - sigma))) ** (1 / (1 - alpha))
        workers = np.clip(workers + 0.05 * (w - 1), 0, 1)
    return workers
