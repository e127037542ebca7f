r"""Suppliers that stay: Baldwin and Krugman (1989), where it costs more to enter a market than to remain in it.

A supplier with unit cost c earns :math:`e - c` in a year in which the exchange rate is e. To be in the market costs N
in the year of entry and M in each later one, with :math:`N > M`. Rates are independent from year to year and uniform
between :math:`1 - s` and :math:`1 + s`; :math:`\delta` discounts a year. It enters at rates above :math:`e_I` and
leaves below :math:`e_O`,

.. math:: e_I - c = N - \delta D, \qquad e_O - c = M - \delta D, \qquad
    D = E \min\{N - M, \max\{0, e - e_O\}\} = g(e_O) - g(e_I),

where :math:`g(z) = E \max\{0, e - z\}` and D is what it is worth to be in. Between the two rates suppliers stay as they
are.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from scipy.optimize import brentq

from gvc.errors import GvcError


@dataclass(frozen=True)
class Market:
    r"""A market whose suppliers differ in cost.

    Parameters
    ----------
    entry, stay : float
        N and M: what it costs to be in the market in the year of entry, and in each later one.
    spread : float
        s: how far the rate may be from one.
    discount : float
        :math:`\delta`, what a year later is worth.
    """

    entry: float = 0.4
    stay: float = 0.1
    spread: float = 0.5
    discount: float = 0.95

    def __post_init__(self) -> None:
        if not (self.entry >= self.stay >= 0 and self.spread > 0 and 0 <= self.discount < 1):
            raise GvcError(
                "market",
                expected="entry of at least stay, which is not below 0, spread above 0, discount from 0 to below 1",
                found=f"entry {self.entry}, stay {self.stay}, spread {self.spread}, discount {self.discount}",
                remedy="Keep the parameters in their ranges.",
            )

    def above(self, rate: float) -> float:
        """By how much rates are expected to exceed one, :math:`g(z)`, where those that do not count as zero."""
        if rate <= 1 - self.spread:
            return 1 - rate
        return max(0.0, 1 + self.spread - rate) ** 2 / (4 * self.spread)

    def enters(self, rate: float) -> float:
        """Highest cost of a supplier that enters at a rate."""
        ahead = self.above(rate - self.entry + self.stay) - self.above(rate)
        return rate - self.entry + self.discount * ahead

    def stays(self, rate: float) -> float:
        """Highest cost of a supplier that is in the market and stays at a rate."""
        ahead = self.above(rate) - self.above(rate + self.entry - self.stay)
        return rate - self.stay + self.discount * ahead

    def band(self, cost: float) -> tuple[float, float]:
        """Rates below which a supplier leaves and above which it enters."""
        enters = float(brentq(lambda rate: self.enters(rate) - cost, cost - 9, cost + 9, xtol=1e-13))
        return enters - self.entry + self.stay, enters

    def before(self) -> float:
        """Highest cost in the market at the start: half-way between entry and exit at the rate of one."""
        return (self.enters(1) + self.stays(1)) / 2

    def path(self, rates: Iterable[float]) -> list[float]:
        """Highest cost of a supplier in the market, year by year, from :meth:`before` on."""
        found, now = [], self.before()
        for rate in rates:
            now = min(max(now, self.enters(rate)), self.stays(rate))
            found.append(now)
        return found
