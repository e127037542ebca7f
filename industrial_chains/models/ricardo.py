r"""Comparative advantage with a continuum of industries, after Dornbusch, Fischer and Samuelson (1977).

Two countries, labour the only factor, industries :math:`z \in (0, 1)` on which all spend alike. Home's
advantage, the labour that a unit takes abroad over what it takes at home,

.. math:: A(z) = \left( T \, \frac{1 - z}{z} \right)^{1/\theta}

falls in z: the functional form of Eaton and Kortum (2002) for two countries, which has every result in closed form.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.integrate import quad
from scipy.optimize import brentq

from gvc.labels import Array


@dataclass(frozen=True)
class World:
    r"""Home and what it faces abroad.

    Parameters
    ----------
    technology : float
        Home's state of technology over that abroad, :math:`T`.
    labour : float
        Labour abroad over labour at home, :math:`\ell`.
    theta : float
        Likeness of industries: the larger, the less one industry's advantage differs from another's.
    """

    technology: float = 1024.0
    labour: float = 1.0
    theta: float = 4.0

    def advantage(self, z: Array) -> Array:
        """Labour that a unit takes abroad over what it takes at home, :math:`A(z)`."""
        return np.asarray((self.technology * (1 - z) / z) ** (1 / self.theta))

    def demanded(self, z: Array) -> Array:
        r"""Relative wage at which home's labour is all bought if it makes the industries up to z.

        :math:`B(z) = \frac{z}{1 - z} \ell`: world spending on these industries over that on the others.
        """
        return np.asarray(z / (1 - z) * self.labour)

    def border(self) -> float:
        """Share of the industries that home makes, :math:`A(z) = B(z)`."""
        return float(brentq(lambda z: np.log(self.advantage(z) / self.demanded(z)), 1e-12, 1 - 1e-12, xtol=1e-14))

    def wage(self) -> float:
        """Home's wage over the wage abroad, at the border."""
        return float(self.advantage(np.asarray(self.border())))

    def gains(self) -> tuple[float, float]:
        r"""Real wage over its value without trade, at home and abroad.

        Notes
        -----
        At home :math:`\exp \int_{\bar z}^1 \ln(\omega / A(z)) \, dz`, abroad
        :math:`\exp \int_0^{\bar z} \ln(A(z) / \omega) \, dz`. With this A they are :math:`\bar z^{-1/\theta}` and
        :math:`(1 - \bar z)^{-1/\theta}`, as Arkolakis, Costinot and Rodríguez-Clare (2012) find for a whole class of
        models.
        """
        z, wage = self.border(), self.wage()

        def log_cost(industry: float) -> float:
            return float(np.log(self.advantage(np.asarray(industry)) / wage))

        return float(np.exp(-quad(log_cost, z, 1)[0])), float(np.exp(quad(log_cost, 0, z)[0]))

    def transfer_needed(self, z: Array) -> Array:
        r"""Rise of productivity abroad, in percent, from which on an industry is cheaper there.

        Notes
        -----
        :math:`100 (A(z)/\omega - 1)`, negative for what is made abroad already: Kojima's order of marginal industries.
        """
        return np.asarray(100 * (self.advantage(z) / self.wage() - 1))


#: Home as rich as four times abroad, the two equal in labour.
BASE = World()
#: After the opening: four times as much labour abroad as at home.
OPENED = World(labour=4.0)


def opening(factors: Array, base: World) -> pd.DataFrame:
    """More labour abroad: border, relative wage and real wages, by the factor of growth.

    Returns
    -------
    DataFrame, factor × (border, wage, home, abroad)
        Real wages over those without trade at the base.
    """
    return _paths(
        factors, [World(base.technology, base.labour * f, base.theta) for f in factors], np.ones(len(factors))
    )


def learning(factors: Array, base: World) -> pd.DataFrame:
    """Higher productivity abroad, by the same factor in every industry: as :func:`opening`."""
    worlds = [World(base.technology / f**base.theta, base.labour, base.theta) for f in factors]
    return _paths(factors, worlds, factors)


def convergence(closed: Array, base: World) -> pd.DataFrame:
    r"""Home's gain from trade as the world closes its gap in technology, in two ways.

    Parameters
    ----------
    closed : array
        Share of the gap of the middle industry, in logarithms, that is closed; below 1.
    base : World

    Returns
    -------
    DataFrame, closed × (alike, where_it_lags)
        Percent of the real wage without trade. ``alike``: every industry abroad catches up by the same factor.
        ``where_it_lags``: by the more, the further behind it was, :math:`A(z)^{1-\chi}` (Samuelson 2004).
    """
    alike = [World(base.technology ** (1 - k), base.labour, base.theta) for k in closed]
    lagging = [World(base.technology, base.labour, base.theta / (1 - k)) for k in closed]
    columns = {"alike": alike, "where_it_lags": lagging}
    gains = {name: [100 * (world.gains()[0] - 1) for world in worlds] for name, worlds in columns.items()}
    return pd.DataFrame(gains, index=pd.Index(closed, name="closed"))


def trade_share(world: World, barrier: float, band: tuple[float, float] = (0.0, 0.0), transfer: float = 1.0) -> float:
    r"""Trade over world income, percent, when goods cost more abroad and some industries abroad have improved.

    Parameters
    ----------
    world : World
    barrier : float
        What must be sent for one unit to arrive.
    band : tuple of float
        First and last of the industries whose productivity abroad has grown.
    transfer : float
        The factor by which it has.

    Notes
    -----
    With :math:`a` over the factor as advantage, home sells abroad where it exceeds :math:`\omega \tau` and buys where
    it lies below :math:`\omega / \tau`; between the two each makes its own. The wage balances the two directions.
    """
    pieces = [(0.0, band[0], 1.0), (*band, transfer), (band[1], 1.0, 1.0)]

    def made(least: float) -> float:
        """Measure of the industries whose advantage exceeds a number."""
        total = 0.0
        for low, high, factor in pieces:
            place = world.technology / (world.technology + (least * factor) ** world.theta)
            total += min(max(place, low), high) - low
        return total

    def surplus(log_wage: float) -> float:
        wage = float(np.exp(log_wage))
        return world.labour * made(wage * barrier) - wage * (1 - made(wage / barrier))

    wage = float(np.exp(brentq(surplus, -20, 20, xtol=1e-13)))
    return 100 * (wage * (1 - made(wage / barrier)) + world.labour * made(wage * barrier)) / (wage + world.labour)


def _paths(factors: Array, worlds: list[World], productivity: Array) -> pd.DataFrame:
    rows = [
        (world.border(), world.wage(), world.gains()[0], world.gains()[1] * own)
        for world, own in zip(worlds, productivity, strict=True)
    ]
    return pd.DataFrame(rows, pd.Index(factors, name="factor"), ["border", "wage", "home", "abroad"])
