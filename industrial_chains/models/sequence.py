r"""Chains of stages in space: Antràs and de Gortari (2020), a good made in N stages, each in one of L places.

Stage n adds to the good of the stage before it, with the share :math:`\alpha_n` of its own work in cost:

.. math:: p^n = \left(a^n_{\ell(n)} c_{\ell(n)}\right)^{\alpha_n}
    \left(p^{n-1} \tau_{\ell(n-1)\,\ell(n)}\right)^{1-\alpha_n}, \qquad \alpha_1 = 1,

and a consumer in j pays :math:`p^N \tau_{\ell(N) j}`. So what is lost between two stages weighs

.. math:: \beta_n = \prod_{m=n+1}^{N} (1 - \alpha_m)

in the price: the more, the later the two stages are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gvc.errors import GvcError
from gvc.labels import Array


@dataclass(frozen=True, eq=False)
class Chain:
    r"""Stages, places and what it costs to go from place to place.

    Parameters
    ----------
    shares : (N,) array
        :math:`\alpha_n`, the share of the stage's own work in its cost; one at the first stage.
    costs : (N, L) array
        :math:`a^n_\ell c_\ell`, what a unit of the stage's work costs in each place.
    trade : (L, L) array
        :math:`\tau`, what must be sent for one unit to arrive, by origin and destination.
    """

    shares: Array
    costs: Array
    trade: Array

    def __post_init__(self) -> None:
        stages, places = self.costs.shape
        if not (
            self.shares.shape == (stages,)
            and self.trade.shape == (places, places)
            and self.shares[0] == 1
            and min(self.shares.min(), self.costs.min()) > 0
            and self.shares.max() <= 1
            and self.trade.min() >= 1
        ):
            raise GvcError(
                "chain",
                expected="shares (N,) up to 1, the first one 1; costs (N, L) above 0; trade (L, L) of 1 or more",
                found=f"shares {self.shares}, costs {self.costs.shape}, trade {self.trade.shape}",
                remedy="Give a row of costs for each stage and a column for each place.",
            )

    def weights(self) -> Array:
        r""":math:`\beta_n`, the weight in the price of what is lost on the way from stage n to the next place."""
        after = np.append(1 - self.shares[1:], 1.0)
        return np.asarray(np.cumprod(after[::-1])[::-1], dtype=float)

    def price(self, path: Sequence[int], destination: int) -> float:
        """Return what a consumer pays for the good of a path, which names a place for each stage."""
        price = 1.0
        for stage, (here, share) in enumerate(zip(path, self.shares, strict=True)):
            before = price * self.trade[path[stage - 1], here] if stage else 1.0
            price = self.costs[stage, here] ** share * before ** (1 - share)
        return float(price * self.trade[path[-1], destination])

    def best(self, destination: int) -> tuple[list[int], float]:
        """Find the cheapest path to a consumer, and its price.

        Notes
        -----
        Whatever comes later, a stage in a place is best fed by the cheapest way to get there. So each stage needs a
        choice among L for each of L places: N L² steps, where there are L to the power of N paths.
        """
        price, came = self.costs[0], []
        for stage in range(1, len(self.shares)):
            arrived = price[:, None] * self.trade
            came.append(arrived.argmin(axis=0))
            share = self.shares[stage]
            price = self.costs[stage] ** share * arrived.min(axis=0) ** (1 - share)
        delivered = price * self.trade[:, destination]
        path = [int(delivered.argmin())]
        for choice in reversed(came):
            path.append(int(choice[path[-1]]))
        return path[::-1], float(delivered.min())

    def spread(self, destination: int, theta: float) -> Array:
        r"""How often each stage is in each place, if the efficiency of whole chains differs by chance: (N, L).

        Parameters
        ----------
        destination : int
        theta : float
            Likeness of chains; efficiency is drawn from Fréchet's distribution, as in the article.

        Notes
        -----
        A chain is then chosen in proportion to its price, as :meth:`price` has it, to the power of
        :math:`-\theta`. The sum over all chains through a place is a product of matrices, one for each step.
        """
        weights = self.weights()
        own = self.costs ** (-theta * self.shares * weights)[:, None]
        steps = [self.trade ** (-theta * weight) for weight in weights]
        before = [own[0]]
        for stage in range(1, len(own)):
            before.append(before[-1] @ steps[stage - 1] * own[stage])
        after = [steps[-1][:, destination]]
        for stage in range(len(own) - 1, 0, -1):
            after.append(steps[stage - 1] @ (own[stage] * after[-1]))
        through = np.array(before) * np.array(after[::-1])
        return np.asarray(through / through.sum(axis=1, keepdims=True))


def line(places: int, stages: int, cost: float, share: float) -> Chain:
    """Build a chain over equal places on a line, where each step costs the same part of the good.

    Parameters
    ----------
    places, stages : int
    cost : float
        What must be sent for one unit to arrive one place further.
    share : float
        Share of a stage's own work in its cost, from the second on.
    """
    apart = np.abs(np.subtract.outer(np.arange(places), np.arange(places)))
    return Chain(np.array([1.0] + [share] * (stages - 1)), np.ones((stages, places)), cost**apart)
