r"""Which industry leaves a core: Krugman and Venables (1995) with several industries, solved together.

Two countries as in :mod:`.countries`, and industries :math:`i` that differ in one thing, the share :math:`\alpha_i` of
inputs in cost. Each buys its inputs from itself alone, and consumers spend the same part of their income,
:math:`\mu / I`, on each. All draw on one market for labour, so that they meet in the wage and in incomes:

.. math::
    w_1 \lambda_{i1} + \lambda_{i2} = \frac{\mu}{I} (w_1 + 1), \qquad
    w_1 = \max\left(1, \frac{\mu - \sum_i \lambda_{i2}}{1 - \mu}\right).

An industry that leaves the first country therefore lowers the wage that the others pay there.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from gvc.errors import GvcError
from gvc.labels import Array
from industrial_chains.models import countries


@dataclass(frozen=True)
class Industries:
    r"""Parameters of the model.

    Parameters
    ----------
    sigma : float
        Elasticity of substitution between the goods of an industry.
    mu : float
        Share of all industries in consumers' spending, in equal parts.
    alphas : tuple of float
        Share of an industry's own goods in its cost. Below :math:`1 - 1/\sigma`.
    """

    sigma: float = 5.0
    mu: float = 0.55
    alphas: tuple[float, ...] = (0.35, 0.45, 0.55)

    def __post_init__(self) -> None:
        inside = all(0 < alpha < 1 - 1 / self.sigma for alpha in self.alphas)
        if not (self.sigma > 1 and 0 < self.mu < 1 and self.alphas and inside):
            raise GvcError(
                "industries",
                expected="sigma above 1, mu between 0 and 1, each alpha between 0 and 1 - 1/sigma",
                found=f"sigma {self.sigma}, mu {self.mu}, alphas {self.alphas}",
                remedy="Lower the alphas, or raise sigma.",
            )

    def state(self, gone: Array, cost: float) -> tuple[float, pd.DataFrame]:
        r"""Solve the two countries for a given part of each industry in the second.

        Parameters
        ----------
        gone : array, industry
            Part of what the industry pays its workers that it pays in the second country, from 0 to 1.
        cost : float

        Returns
        -------
        tuple
            Wage of the first country; and by industry ``first`` and ``second``, workers there, and ``offer``, the wage
            that a firm in the second country could pay, over the wage there.
        """
        wage = float(self._wage(gone.sum()))
        paid = self.mu / len(self.alphas) * (wage + 1)
        pulls = np.array([float(self._pull(which, one, gone, cost)) for which, one in enumerate(gone)])
        offers = np.exp(pulls / (self.sigma * (1 - np.array(self.alphas))))
        return wage, pd.DataFrame({"first": paid * (1 - gone) / wage, "second": paid * gone, "offer": offers})

    def leaving(self, cost: float) -> Array:
        r"""Let firms leave a core that has everything, until none gains by moving.

        Returns
        -------
        array, industry
            The part of each that is then in the second country, as in :meth:`state`.

        Notes
        -----
        The industry that gains most by it moves first, firm by firm, until its next firm gains nothing, and so on until
        none gains. Firms may come back, since each that leaves lowers the wage of the core.
        """
        gone = np.zeros(len(self.alphas))
        for _ in range(500):
            offers = self.state(gone, cost)[1]["offer"].to_numpy()
            gains = np.where(offers > 1, np.where(gone < 1, offers, 1), np.where(gone > 0, 1 / offers, 1))
            mover = int(gains.argmax())
            if gains[mover] < 1 + 1e-9:
                return self._farmed(gone)
            gone[mover] = self._rest(mover, gone, cost, out=bool(offers[mover] > 1))
        raise GvcError(
            "industries",
            expected="firms that come to rest",
            found=f"none after 500 moves at mu {self.mu} and a trade cost of {cost}",
            remedy="Try other parameters.",
        )

    def _farmed(self, gone: Array) -> Array:
        """Return what is gone if the second country has farmers left, so that its wage is one."""
        there = self.mu / len(self.alphas) * (float(self._wage(gone.sum())) + 1) * float(gone.sum())
        if there > 1:
            raise GvcError(
                "industries",
                expected="farmers left in the second country, since its wage is set to theirs",
                found=f"industries that would employ {there:.2f} times its workers, at mu {self.mu}",
                remedy="Lower mu.",
            )
        return gone

    def _rest(self, mover: int, gone: Array, cost: float, *, out: bool) -> float:
        """Where an industry that moves one way comes to rest, the others as they are."""
        way = np.linspace(gone[mover], 1.0 if out else 0.0, 401)
        drawn = self._pull(mover, way, gone, cost) > 0
        turned = np.flatnonzero(drawn[1:] != out)
        if not turned.size:
            return float(way[-1])
        low, high = way[turned[0]], way[turned[0] + 1]
        return float(brentq(lambda own: self._pull(mover, own, gone, cost), low, high, xtol=1e-14))

    def _wage(self, gone: Any) -> Any:
        """Wage of the first country, given the sum over industries of the parts that have left."""
        left = self.mu / len(self.alphas) * gone
        return np.maximum(1.0, (self.mu - left) / (1 - self.mu + left))

    def _pull(self, which: int, own: Any, gone: Array, cost: float) -> Any:
        """Say what draws firms of one industry abroad, if a part of its own is there and what has gone of others."""
        part, wage = self.mu / len(self.alphas), self._wage(gone.sum() - gone[which] + own)
        paid = part * (wage + 1)
        alone = countries.Countries(self.sigma, part, self.alphas[which])
        return alone.pull((paid * (1 - own), paid * own), wage, (wage, 1.0), cost)
