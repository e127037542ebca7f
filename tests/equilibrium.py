"""The equilibrium of `gvc.counterfactual` computed the long way, to compare against: quantities, user by user.

Prices are levels that are 1 before the change, quantities what is bought then. A table gives each user the quantities
that it would buy at those prices; it buys others by the demand functions of the textbook, with elasticities of
substitution. Wages are found by a solver of equations that knows nothing of them, outputs by one linear system.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import root

from gvc import ICIO


@dataclass(frozen=True)
class Before:
    """What holds before and after: who buys how much of what at which rates, and how dear a switch is."""

    icio: ICIO
    rates: np.ndarray
    #: Elasticities of substitution by sector: between origins, between home and imports.
    origins: np.ndarray
    home: np.ndarray

    def users(self) -> list[tuple[int, np.ndarray]]:
        """Economy and quantities of each industry, and then of each economy's final demand."""
        G, N = len(self.icio.economies), len(self.icio.sectors)
        columns = [(j // N, self.icio.Z[:, j].clip(0)) for j in range(G * N)]
        return columns + [(d, self.icio.Y[:, d].clip(0)) for d in range(G)]


def index(quantities: np.ndarray, prices: np.ndarray, sigma: float) -> float:
    """Price of what one bought for one unit of money at prices of 1."""
    if abs(sigma - 1) < 1e-12:
        return float(np.exp(quantities @ np.log(prices) / quantities.sum()))
    return float((quantities @ prices ** (1 - sigma) / quantities.sum()) ** (1 / (1 - sigma)))


def bought(
    money: np.ndarray, prices: np.ndarray, own: np.ndarray, origins: float, home: float
) -> tuple[float, np.ndarray]:
    """Price of a product, and for one unit of money spent on it the money that each origin gets."""
    bundles = [bundle for bundle in (own, ~own) if money[bundle].any()]
    inside = np.array([index(money[bundle], prices[bundle], origins) for bundle in bundles])
    amounts = np.array([money[bundle].sum() for bundle in bundles])
    price = index(amounts, inside, home)
    gets = np.zeros(len(money))
    for bundle, cost, amount in zip(bundles, inside, amounts, strict=True):
        of_bundle = amount * (cost / price) ** (1 - home)
        gets[bundle] = of_bundle * money[bundle] / amount * (prices[bundle] / cost) ** (1 - origins)
    return price, gets / money.sum()


def equilibrium(  # noqa: PLR0915  (in one piece, as it is told)
    before: Before, cost: np.ndarray, rates: np.ndarray, productivity: np.ndarray, *, balanced: bool = False
) -> dict[str, np.ndarray]:
    """Wages, prices of final demand, spending on it in money, and uses before duty."""
    icio = before.icio
    G, N, R = len(icio.economies), len(icio.sectors), len(icio.result_economies)
    GN = G * N
    home = [icio.result_economies.index(icio.parts.get(code, code)) for code in icio.economies]
    economy = [home[i // N] for i in range(GN)]
    users = before.users()
    money = np.array([used * (1 + before.rates[:, d]) for d, used in users]).T  # (GN, users), with duty
    output = sum(used for _, used in users)
    earned = output - money[:, :GN].sum(axis=0)
    income = np.array([sum(earned[i] for i in range(GN) if economy[i] == r) for r in range(R)])
    duty = np.zeros(R)
    for d, used in users:
        duty[home[d]] += used @ before.rates[:, d]
    final = np.array([money[:, GN + d].sum() for d in range(G)])
    demand = np.array([sum(final[d] for d in range(G) if home[d] == r) for r in range(R)])
    balance = np.zeros(R) if balanced else demand - income - duty

    baskets = []  # of each user, what it buys of each product
    for u, (d, _) in enumerate(users):
        own = np.array([home[g] == home[d] for g in range(G)])
        for n in range(N):
            rows = np.arange(n, GN, N)
            if spent := money[rows, u].sum():
                baskets.append((u, d, n, rows, own, spent / (output[u] if u < GN else final[d])))
    last = np.ones(GN)

    def at(wages: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        nonlocal last
        for _ in range(5000):
            of_user = np.ones(len(users))
            share = np.zeros((GN, len(users)))  # of the user's money before the factor
            paid = last[:, None] * cost * (1 + rates) / (1 + before.rates)
            for u, d, n, rows, own, weight in baskets:
                price, gets = bought(money[rows, u], paid[rows, d], own, before.origins[n], before.home[n])
                of_user[u] *= price**weight
                share[rows, u] = gets * weight
            new = np.ones(GN)
            for i in range(GN):
                if output[i]:
                    new[i] = of_user[i] * wages[economy[i]] ** (earned[i] / output[i]) / productivity[i]
            moved = np.abs(new / last - 1).max()
            last = new
            if moved < 1e-14:
                break
        # Outputs x and spending e: x = sum of sales before duty; e = wages, balance and duty.
        sales = share / (1 + rates[:, [d for d, _ in users]])
        paid_duty = sales * rates[:, [d for d, _ in users]]
        system, given = np.eye(GN + R), np.zeros(GN + R)
        for u, (d, _) in enumerate(users):
            column, weight = (u, 1.0) if u < GN else (GN + home[d], final[d] / demand[home[d]] if final[d] else 0.0)
            system[:GN, column] -= weight * sales[:, u]
            system[GN + home[d], column] -= weight * paid_duty[:, u].sum()
        given[GN:] = wages * income + balance
        solved = np.linalg.solve(system, given)
        x, e = solved[:GN], solved[GN:]
        spends = np.array(
            [x[u] if u < GN else e[home[d]] * final[d] / max(demand[home[d]], 1e-300) for u, (d, _) in enumerate(users)]
        )
        wanted = np.zeros(R)
        for i in range(GN):
            if output[i]:
                wanted[economy[i]] += earned[i] / output[i] * x[i]
        return wanted, e, sales * spends, of_user[GN:]

    earns = np.flatnonzero(income)

    def wages_of(logs: np.ndarray) -> np.ndarray:
        wages = np.ones(R)
        wages[earns] = np.exp([*logs, 0])
        return wages * income.sum() / (wages @ income)

    def excess(logs: np.ndarray) -> np.ndarray:
        wages = wages_of(logs)
        return (at(wages)[0] / np.where(income, wages * income, 1) - 1)[earns[:-1]]

    logs = np.zeros(len(earns) - 1)
    if len(logs):
        found = root(excess, logs, method="hybr", tol=1e-13)
        assert np.abs(found.fun).max() < 1e-10, found.message
        logs = found.x
    wages = wages_of(logs)
    _, e, uses, of_final = at(wages)
    prices = np.ones(R)
    for d in range(G):
        if final[d]:
            prices[home[d]] *= of_final[d] ** (final[d] / demand[home[d]])
    return {"wages": wages, "prices": prices, "spending": e, "demand": demand, "Z": uses[:, :GN], "Y": uses[:, GN:]}
