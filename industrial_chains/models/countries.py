r"""Core and periphery between countries, after Krugman and Venables (1995) and Fujita, Krugman and Venables (1999).

Workers cannot leave their country. They farm, at a wage of one, or make manufactures, out of labour and of a share
:math:`\alpha` of all manufactures. Firms want to be where their suppliers and customers are, and firms are both.
A good that crosses a border costs :math:`\tau` times as much. With :math:`\lambda_r` the share of country r's workers
in manufacturing, :math:`p_r = w_r^{1-\alpha} G_r^{\alpha}` and :math:`E_r` its spending on manufactures,

.. math::
    G_r^{1-\sigma} = \sum_s \lambda_s w_s p_s^{-\sigma} \tau_{sr}^{1-\sigma}, \qquad
    E_r = \mu Y_r + \frac{\alpha}{1-\alpha} w_r \lambda_r, \qquad
    \frac{p_r^{\sigma}}{1-\alpha} = \sum_s E_s G_s^{\sigma-1} \tau_{rs}^{1-\sigma}.

With many equal countries it is the spread of industry of Puga and Venables (1996), with spending on manufactures as
what grows.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from gvc.errors import GvcError
from gvc.labels import Array


@dataclass(frozen=True)
class Countries:
    r"""Parameters of the model.

    Parameters
    ----------
    sigma : float
        Elasticity of substitution between manufactures.
    mu : float
        Share of manufactures in consumers' spending.
    alpha : float
        Share of manufactures in the cost of manufactures. Below :math:`1 - 1/\sigma`, else no trade cost disperses
        industry.
    """

    sigma: float = 5.0
    mu: float = 0.55
    alpha: float = 0.5

    def __post_init__(self) -> None:
        if not (self.sigma > 1 and 0 < self.alpha < 1 - 1 / self.sigma and 0 < self.mu < 1):
            raise GvcError(
                "countries",
                expected="sigma above 1, alpha between 0 and 1 - 1/sigma, mu between 0 and 1",
                found=f"sigma {self.sigma}, alpha {self.alpha}, mu {self.mu}",
                remedy="Lower alpha, or raise sigma.",
            )

    # -- closed forms -------------------------------------------------------------------------------------------------

    def break_point(self) -> float:
        r"""Trade cost below which an even spread over two countries is no longer stable.

        Notes
        -----
        :math:`\tau^{\sigma-1} = \frac{(\rho + \alpha)(1 + \alpha)}{(\rho - \alpha)(1 - \alpha)}`: that of one country,
        with firms' spending on manufactures in the place of mobile workers'.
        """
        rho, alpha = 1 - 1 / self.sigma, self.alpha
        return float(((rho + alpha) * (1 + alpha) / ((rho - alpha) * (1 - alpha))) ** (1 / (self.sigma - 1)))

    def core_wage(self, countries: int = 2, cores: int = 1) -> float:
        r"""Wage of each of several equal cores that make all manufactures, over the wage of farmers elsewhere.

        Notes
        -----
        Labour in manufacturing earns what the world spends: :math:`m w = \mu (m w + N - m)`, as long as that exceeds
        what farmers earn.
        """
        return max(1.0, self.mu * (countries - cores) / (cores * (1 - self.mu)))

    def offer(self, cost: float, countries: int = 2, cores: int = 1) -> float:
        r"""Wage that a first firm outside the cores could pay, over the wage there: above one, industry leaves.

        Notes
        -----
        For two countries :math:`\left( w^{\sigma(1-\alpha)} \tau^{-\alpha\sigma}
        [\eta \tau^{1-\sigma} + (1-\eta) \tau^{\sigma-1}] \right)^{1/(\sigma(1-\alpha))}`, where the core has the share
        :math:`\eta` of all spending on manufactures.
        """
        n, m, alpha, sigma = countries, cores, self.alpha, self.sigma
        wage = self.core_wage(n, m)
        if wage > 1:
            at_core, outside = (self.mu * (1 - alpha) + alpha) / m, (1 - alpha) * (1 - self.mu) / (n - m)
        else:
            at_core, outside = (1 - alpha) / n + alpha / m, (1 - alpha) / n
        free = cost ** (1 - sigma)
        near, far = 1 + (m - 1) * free, m * free
        reached = m * at_core * free / near + outside * (1 + (n - m - 1) * free) / far
        above = m * reached * wage ** (sigma * (1 - alpha)) * (near / far) ** (alpha * sigma / (1 - sigma))
        return float(above ** (1 / (sigma * (1 - alpha))))

    def sustain_points(self) -> tuple[float, float]:
        """Trade costs between which one of two countries keeps all manufacturing; the lower is one if its wage is."""
        top = self.break_point()
        while self.offer(top) < 1:
            top *= 1.5
        inside = np.linspace(1.0, top, 400)[1:-1]
        deep = float(inside[np.argmin([self.offer(cost) for cost in inside])])
        if self.offer(deep) >= 1:
            raise GvcError(
                "core",
                expected="a trade cost at which a core keeps all manufacturing",
                found=f"none with mu {self.mu}: its wage is {self.core_wage():.3g}",
                remedy="Lower mu, or raise alpha.",
            )
        high = float(brentq(lambda cost: self.offer(cost) - 1, deep, top, xtol=1e-13))
        if self.core_wage() == 1:
            return 1.0, high
        return float(brentq(lambda cost: self.offer(cost) - 1, 1.0, deep, xtol=1e-13)), high

    # -- many countries -----------------------------------------------------------------------------------------------

    def joining(self, cost: float, countries: int) -> list[float]:
        r"""Shares of manufactures in spending, :math:`\mu`, from which on industry starts in one more country.

        Notes
        -----
        Below :math:`m / N` the m countries with industry have farmers left, so that nobody there earns more than
        elsewhere. From there on their wage rises with :math:`\mu`, until a first firm elsewhere breaks even.
        """

        def offered(mu: float, cores: int) -> float:
            return replace(self, mu=mu).offer(cost, countries, cores) - 1

        return [float(brentq(offered, m / countries, 1 - 1e-9, args=(m,), xtol=1e-13)) for m in range(1, countries)]

    def spread(self, cost: float, countries: int) -> tuple[Array, float]:
        r"""Where industry is among equal countries, as spending on manufactures has grown from little.

        Returns
        -------
        tuple
            Share of the workers of each country in manufacturing, and the wage in the countries that have no farmers,
            over that elsewhere.

        Notes
        -----
        The first :math:`m` countries have no farmers, where :math:`m` is the whole part of :math:`\mu N`. If a firm
        elsewhere could not pay the wage there, nobody else has industry. Else one newcomer has :math:`\lambda < 1` of
        its workers in manufacturing, at the wage of its farmers, and its firms break even: :meth:`newcomer` is zero.
        """
        employed = np.zeros(countries)
        full = int(self.mu * countries + 1e-12)
        if full == 0:
            employed[0] = self.mu * countries
            return employed, 1.0
        employed[:full], own, left = 1.0, 0.0, self.mu * countries - full
        if left > 1e-9 and self.offer(cost, countries, full) > 1:
            employed[full] = own = float(
                brentq(lambda own: self.newcomer(own, cost, countries, full), 0, left, xtol=1e-13)
            )
        return employed, self._leaders_wage(own, countries, full)

    def newcomer(self, own: float, cost: float, countries: int, cores: int) -> float:
        r"""Compute what a firm in a newcomer could pay for its costs, over what one in the cores gets, in logs.

        Parameters
        ----------
        own : float
            Part of the newcomer's workers who are in manufacturing, :math:`\lambda`.
        cost : float
        countries, cores : int
            :math:`N`, and the :math:`m` countries without farmers.

        Notes
        -----
        World spending is paid out to those who work in manufacturing: :math:`m w + \lambda = \mu (m w + N - m)`. With
        :math:`\phi = \tau^{1-\sigma}` the equations are those of the module for :math:`m` equal countries, the newcomer
        and :math:`N - m - 1` without industry.
        """
        n, m, alpha, power = countries, cores, self.alpha, 1 - self.sigma
        wage, free, others = self._leaders_wage(own, n, m), cost ** (1 - self.sigma), countries - cores - 1
        at_core = at_new = 1.0  # price indices to the power 1 - sigma
        for _ in range(2000):
            made = wage ** (1 - self.sigma * (1 - alpha)) * at_core ** (-alpha * self.sigma / power)
            other = own * at_new ** (-alpha * self.sigma / power)
            before, at_core, at_new = at_core, (1 + (m - 1) * free) * made + free * other, m * free * made + other
            if abs(at_core - before) < 1e-15 * at_core:
                break
        links = alpha / (1 - alpha)
        spent, spent_new = (self.mu + links) * wage / at_core, (self.mu + links * own) / at_new
        spent_else = others * self.mu / (free * (m * made + other))
        sold = (1 + (m - 1) * free) * spent + free * (spent_new + spent_else)
        sold_new = m * free * spent + spent_new + free * spent_else
        dearer = alpha * math.log(at_new / at_core) / power - (1 - alpha) * math.log(wage)
        return math.log(sold_new / sold) - self.sigma * dearer

    def _leaders_wage(self, newcomers: float, countries: int, cores: int) -> float:
        """Wage of countries without farmers, if one newcomer employs so many in manufacturing."""
        return max(1.0, (self.mu * (countries - cores) - newcomers) / (cores * (1 - self.mu)))

    # -- all equilibria of two countries ------------------------------------------------------------------------------

    def state(self, second: float, cost: float) -> dict[str, float]:
        r"""Solve the two countries for a given employment in the second one's manufacturing.

        Parameters
        ----------
        second : float
            :math:`\lambda_2`, from 0 to :math:`\mu`, at which the two are equal.
        cost : float

        Returns
        -------
        dict
            ``first`` and ``second``, workers in manufacturing; ``wage`` of the first country; ``excess``, the log of
            what a firm in the second could pay for its costs; ``real_1``, ``real_2``, real wages.

        Notes
        -----
        World spending fixes :math:`\lambda_1 + \lambda_2 = 2 \mu` until the first country has no farmers left; from
        then on its wage is :math:`(\mu - \lambda_2) / (1 - \mu)`.
        """
        first = min(1.0, 2 * self.mu - second)
        wage = 1.0 if first < 1 else (self.mu - second) / (1 - self.mu)
        free, power, inputs = cost ** (1 - self.sigma), 1 - self.sigma, self.alpha
        paid = wage ** (1 - inputs)
        here = there = 1.0  # price indices to the power 1 - sigma
        # Prices of inputs depend on one another; the map contracts in logarithms, since alpha lies below 1 - 1/sigma.
        for _ in range(2000):
            made = first * wage * (paid * here ** (inputs / power)) ** -self.sigma
            other = second * there ** (-inputs * self.sigma / power)
            before, here, there = here, made + free * other, free * made + other
            if abs(here - before) < 1e-15 * here:
                break
        price, price_2 = paid * here ** (inputs / power), there ** (inputs / power)
        spent = (self.mu * (first * wage + 1 - first) + inputs / (1 - inputs) * wage * first) / here
        spent_2 = (self.mu + inputs / (1 - inputs) * second) / there
        sold, sold_2 = spent + free * spent_2, free * spent + spent_2
        return {
            "first": first,
            "second": second,
            "wage": wage,
            "excess": math.log(sold_2 / sold) - self.sigma * math.log(price_2 / price),
            "real_1": wage * here ** (-self.mu / power),
            "real_2": there ** (-self.mu / power),
        }

    def equilibria(self, costs: Iterable[float]) -> pd.DataFrame:
        """Every equilibrium at each trade cost in which the first country has no less of manufacturing.

        Returns
        -------
        DataFrame
            Columns cost, those of :meth:`state`, share (of the first country in manufacturing), stable, and kind:
            ``even``, ``core``, ``uneven``.
        """
        rows = [
            {"cost": cost, **self.state(second, cost), "stable": stable, "kind": kind}
            for cost in map(float, costs)
            for second, stable, kind in self._found(cost)
        ]
        frame = pd.DataFrame(rows)
        return frame.assign(share=frame["first"] / (frame["first"] + frame["second"]))

    def _found(self, cost: float) -> list[tuple[float, bool, str]]:
        """Employment in the second country's manufacturing, whether stable, and the kind."""
        grid = np.concatenate([[0.0], np.linspace(1e-5, self.mu - 1e-5, 240)])
        excess = self._pull(grid, cost)
        found: list[tuple[float, bool, str]] = [(self.mu, bool(excess[-1] > 0), "even")]
        if excess[0] <= 0:
            found.append((0.0, True, "core"))
        for turn in np.flatnonzero(excess[:-1] * excess[1:] < 0):
            root = float(brentq(self._pull, grid[turn], grid[turn + 1], args=(cost,), xtol=1e-13))
            # More firms than that pay less than they cost.
            found.append((root, bool(excess[turn + 1] < 0), "uneven"))
        return found

    def _pull(self, second: Any, cost: float) -> Any:
        """Compute what has the sign of the second country's excess, and its zeros."""
        first = np.minimum(1.0, 2 * self.mu - second)
        wage = np.where(first < 1, 1.0, (self.mu - second) / (1 - self.mu))
        paid = first * wage
        return self.pull((paid, second), wage, (paid + 1 - first, 1.0), cost)

    def pull(self, paid: tuple[Any, Any], wage: Any, incomes: tuple[Any, Any], cost: float) -> Any:
        r"""Compute what has the sign of the second country's excess, and its zeros, without prices to solve for.

        Parameters
        ----------
        paid : tuple of float or array
            What the industry pays its workers in each country, :math:`w_r \lambda_r`.
        wage : float or array
            Of the first country; that of the second is one.
        incomes : tuple of float or array
            Of the two countries, of which :math:`\mu` is spent on the industry.
        cost : float

        Notes
        -----
        Let :math:`q = (G_2 / G_1)^{1-\sigma}` and :math:`\phi = \tau^{1-\sigma}`. In equilibrium prices and sales
        together say :math:`\lambda_1 w (q - \phi)(\phi E_1 q + E_2) = \lambda_2 (1 - \phi q)(E_1 q + \phi E_2)`, a
        square equation for :math:`q`.
        """
        free, inputs = cost ** (1 - self.sigma), self.alpha
        links = inputs / (1 - inputs)
        spent, spent_2 = (self.mu * income + links * part for income, part in zip(incomes, paid, strict=True))
        both = paid[0] + paid[1]
        a, c = free * spent * both, free * spent_2 * both
        b = paid[0] * (spent_2 - free**2 * spent) - paid[1] * (spent - free**2 * spent_2)
        q = (np.sqrt(b**2 + 4 * a * c) - b) / (2 * a)
        sold = (free * spent * q + spent_2) / (spent * q + free * spent_2)
        power = inputs * self.sigma / (self.sigma - 1)
        return np.log(sold) + power * np.log(q) + (1 - inputs) * self.sigma * np.log(wage)
