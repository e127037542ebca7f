r"""Krugman's (1991) core and periphery, in the notation of Fujita, Krugman and Venables (1999), chapter 5.

Two regions share farmers equally; manufacturing workers move to where real wages are higher. Goods of region 1 cost
:math:`\tau` times as much in region 2. With :math:`\lambda` the share of region 1 in manufacturing,

.. math::
    Y_1 = \mu \lambda w_1 + \tfrac{1 - \mu}{2}, \quad
    G_1 = [\lambda w_1^{1-\sigma} + (1 - \lambda) (w_2 \tau)^{1-\sigma}]^{1/(1-\sigma)}, \quad
    w_1 = [Y_1 G_1^{\sigma-1} + Y_2 G_2^{\sigma-1} \tau^{1-\sigma}]^{1/\sigma},

likewise for region 2, and real wages are :math:`w G^{-\mu}`.
"""

from dataclasses import dataclass

import pandas as pd
from scipy.optimize import brentq

from gvc.errors import GvcError
from gvc.labels import Array


@dataclass(frozen=True)
class CorePeriphery:
    r"""Parameters of the model; as given, those of the textbook.

    Parameters
    ----------
    sigma : float
        Elasticity of substitution between manufactures.
    mu : float
        Share of manufactures in spending. Below :math:`1 - 1/\sigma`, else no trade cost disperses industry.
    """

    sigma: float = 5.0
    mu: float = 0.4

    def __post_init__(self) -> None:
        if not (self.sigma > 1 and 0 < self.mu < 1 - 1 / self.sigma):
            raise GvcError(
                "core and periphery",
                expected="sigma above 1, mu between 0 and 1 - 1/sigma (no black hole)",
                found=f"sigma {self.sigma}, mu {self.mu}",
                remedy="Lower mu, or raise sigma.",
            )

    def wages(self, share: float, cost: float) -> tuple[float, float]:
        r"""Nominal wages of the two regions.

        Notes
        -----
        :math:`\lambda w_1 + (1 - \lambda) w_2 = 1`, so that one equation in one unknown is left.
        """
        if share > 0.5:
            there, here = self.wages(1 - share, cost)
            return here, there
        if share == 0:
            return self._offered(0.0, 1.0, 0.0, cost), 1.0

        def excess(w: float) -> float:
            w_2 = (1 - share * w) / (1 - share)
            return w - self._offered(w, w_2, share, cost)

        w_1 = float(brentq(excess, 1e-9, (1 - 1e-9) / share, xtol=1e-14))
        return w_1, (1 - share * w_1) / (1 - share)

    def real_wages(self, share: float, cost: float) -> tuple[float, float]:
        """Real wages of the two regions at a given share of region 1 in manufacturing."""
        w_1, w_2 = self.wages(share, cost)
        return (
            w_1 * self._index(w_1, w_2, share, cost) ** -self.mu,
            w_2 * self._index(w_2, w_1, 1 - share, cost) ** -self.mu,
        )

    def gap(self, share: float, cost: float) -> float:
        """Real wage of region 1 less that of region 2: where it is positive, workers move to region 1."""
        here, there = self.real_wages(share, cost)
        return here - there

    def break_point(self) -> float:
        r"""Trade cost below which an equal spread is no longer stable.

        Notes
        -----
        With :math:`\rho = 1 - 1/\sigma`,
        :math:`\tau^{\sigma-1} = \frac{(\rho + \mu)(1 + \mu)}{(\rho - \mu)(1 - \mu)}`.
        """
        rho, mu = 1 - 1 / self.sigma, self.mu
        return float(((rho + mu) * (1 + mu) / ((rho - mu) * (1 - mu))) ** (1 / (self.sigma - 1)))

    def sustain_point(self) -> float:
        """Trade cost up to which a core keeps all manufacturing, where the first worker to leave it gains nothing."""
        high = 2.0
        while self.gap(1.0, high) > 0:
            high *= 2
        return float(brentq(lambda cost: self.gap(1.0, cost), self.break_point(), high, xtol=1e-13))

    def uneven(self, cost: float) -> float:
        """Share of the larger region in the unstable equilibrium, which exists between break and sustain point."""
        low, high = self.break_point(), self.sustain_point()
        if not low < cost < high:
            raise GvcError(
                "trade cost",
                expected=f"a cost between break and sustain point, {low:.4f} and {high:.4f}",
                found=f"{cost}",
                remedy="Elsewhere industry is spread evenly or all in one region.",
            )
        return float(brentq(lambda share: self.gap(share, cost), 0.5 + 1e-6, 1.0, xtol=1e-12))

    def equilibria(self, costs: Array) -> pd.DataFrame:
        """Every equilibrium at each trade cost.

        Returns
        -------
        DataFrame
            Columns cost, share, stable, branch; the branches are ``even``, ``core``, ``uneven`` with the mirror images.
        """
        low, high = self.break_point(), self.sustain_point()
        rows: list[tuple[float, float, bool, str]] = []
        for cost in map(float, costs):
            rows.append((cost, 0.5, cost > low, "even"))
            if cost <= high:
                rows += [(cost, 1.0, True, "core in region 1"), (cost, 0.0, True, "core in region 2")]
            if low < cost < high:
                share = self.uneven(cost)
                rows += [(cost, share, False, "uneven"), (cost, 1 - share, False, "uneven, mirrored")]
        return pd.DataFrame(rows, columns=["cost", "share", "stable", "branch"]).round(6)

    def _index(self, own: float, other: float, share: float, cost: float) -> float:
        """Price index of the region whose wage is `own` and whose share in manufacturing is `share`."""
        power = 1 - self.sigma
        supplied = ((share, own), (1 - share, other * cost))
        return float(sum(weight * price**power for weight, price in supplied if weight) ** (1 / power))

    def _offered(self, own: float, other: float, share: float, cost: float) -> float:
        """Wage at which firms of the first region break even."""
        farm = (1 - self.mu) / 2
        near = (self.mu * share * own + farm) * self._index(own, other, share, cost) ** (self.sigma - 1)
        far = (self.mu * (1 - share) * other + farm) * self._index(other, own, 1 - share, cost) ** (self.sigma - 1)
        return float((near + far * cost ** (1 - self.sigma)) ** (1 / self.sigma))
