r"""Firms that choose where to buy: Antràs, Fort and Tintelnot (2017), one firm and its sources.

A source j has the potential :math:`T_j (\tau_j w_j)^{-\theta}` and takes a fixed cost :math:`f_j`. With what it buys
from, J, a firm of productivity :math:`\varphi` earns

.. math:: \pi = \varphi^{\sigma-1} \Theta^{(\sigma-1)/\theta} - \sum_{j \in J} f_j, \qquad
    \Theta = \sum_{j \in J} T_j (\tau_j w_j)^{-\theta},

where demand and constants are one. Home has the potential one and no fixed cost. A source is worth the more, the more
sources the firm has, if :math:`\sigma - 1 > \theta`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from gvc.errors import GvcError
from gvc.labels import Array


@dataclass(frozen=True)
class Sourcing:
    r"""Sources abroad, and how a firm's profit depends on them.

    Parameters
    ----------
    potentials : tuple of float
        :math:`T_j (\tau_j w_j)^{-\theta}` of each source abroad, where home's is one.
    fixed : tuple of float
        Fixed cost of each.
    sigma : float
        Elasticity of demand for the firm's good.
    theta : float
        Likeness of the sources: the larger, the less their prices of one input differ.
    """

    potentials: tuple[float, ...] = (0.8, 0.5)
    fixed: tuple[float, ...] = (2.0, 2.0)
    sigma: float = 4.0
    theta: float = 2.0

    def __post_init__(self) -> None:
        if not (len(self.potentials) == len(self.fixed) and min(*self.potentials, *self.fixed, self.theta) > 0):
            raise GvcError(
                "sourcing",
                expected="a potential and a fixed cost for each source, all above 0",
                found=f"potentials {self.potentials}, fixed {self.fixed}, theta {self.theta}",
                remedy="Give both tuples the same length and keep their numbers above 0.",
            )

    @property
    def exponent(self) -> float:
        r""":math:`(\sigma - 1) / \theta`: above one, sources complement each other."""
        return (self.sigma - 1) / self.theta

    def capability(self, chosen: Iterable[int]) -> float:
        r"""Sum of the potentials of home and of the sources chosen, :math:`\Theta`."""
        return 1 + sum(self.potentials[one] for one in chosen)

    def profit(self, size: float, chosen: Iterable[int]) -> float:
        r"""Profit of a firm of productivity :math:`\varphi`, where `size` is :math:`\varphi^{\sigma-1}`."""
        taken = tuple(chosen)
        return float(size * self.capability(taken) ** self.exponent - sum(self.fixed[one] for one in taken))

    def choose(self, size: float) -> frozenset[int]:
        r"""Find the sources with which the firm earns most.

        Notes
        -----
        As in Jia (2008): where sources complement each other, one that pays beside none is always taken, and one that
        does not pay beside all the others never is. Both are asked again until nothing changes. The sets between are
        tried out.
        """
        least, most = frozenset[int](), frozenset(range(len(self.potentials)))
        if self.exponent >= 1:
            while True:
                sure = frozenset(one for one in most if self._gain(size, least - {one}, one) > 0)
                open_ = frozenset(one for one in most if self._gain(size, most - {one}, one) > 0)
                if (sure, open_) == (least, most):
                    break
                least, most = sure, open_
        between = sorted(most - least)
        sets = [least | set(more) for number in range(len(between) + 1) for more in combinations(between, number)]
        return max(sets, key=lambda chosen: self.profit(size, sorted(chosen)))

    def bought(self, size: float) -> Array:
        r"""Return what the best choice of sources makes a firm buy, from home first and then from each source.

        Notes
        -----
        :math:`(\sigma - 1)` times variable profit, divided in proportion to the potentials.
        """
        chosen = self.choose(size)
        parts = [1.0, *(one if place in chosen else 0.0 for place, one in enumerate(self.potentials))]
        return np.asarray(np.array(parts) * (self.sigma - 1) * size * self.capability(chosen) ** (self.exponent - 1))

    def _gain(self, size: float, others: frozenset[int], one: int) -> float:
        return self.profit(size, [*others, one]) - self.profit(size, others)
