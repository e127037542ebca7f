r"""Location before agglomeration: von Thünen's rings (1826), and who serves a market from where.

The second is the rule of Helpman, Melitz and Yeaple (2004), in which a firm's own advantage, the market's location and
the fixed cost of a plant decide between staying at home, exporting and producing abroad.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from gvc.errors import GvcError
from gvc.labels import Array


def bid_rents(distance: Array, uses: pd.DataFrame, freight: float = 1.0) -> pd.DataFrame:
    r"""Rent that each use of land can pay, by distance from the market.

    Parameters
    ----------
    distance : array
    uses : DataFrame, use × (yield, margin, freight)
        Units per area; price less cost per unit; freight per unit and distance.
    freight : float
        Factor on all freight rates.

    Returns
    -------
    DataFrame, distance × use
        :math:`A_i (m_i - f_i d)`; negative where the use does not pay. The highest bid takes the land.
    """
    rent = uses["yield"].to_numpy() * (
        uses["margin"].to_numpy() - freight * uses["freight"].to_numpy() * np.asarray(distance)[:, None]
    )
    return pd.DataFrame(rent, index=pd.Index(distance, name="distance"), columns=uses.index)


def rings(uses: pd.DataFrame, freight: float = 1.0) -> pd.Series:
    """Outer edge of each use's ring, for uses in order from the market outwards, each with a ring.

    Notes
    -----
    Two bids meet where :math:`A_i (m_i - f_i d) = A_j (m_j - f_j d)`; the last ring ends where its bid is zero.
    """
    level = (uses["yield"] * uses["margin"]).to_numpy()
    slope = (freight * uses["yield"] * uses["freight"]).to_numpy()
    between = (level[:-1] - level[1:]) / (slope[:-1] - slope[1:])
    return pd.Series([*between, level[-1] / slope[-1]], index=uses.index)


@dataclass(frozen=True)
class Market:
    r"""A foreign market and three ways to serve it or not.

    Profit of a firm with productivity :math:`\varphi` and :math:`\Phi = \varphi^{\sigma - 1}`: nothing if it stays at
    home, :math:`\tau^{1-\sigma} \Phi - f_X` if it exports, :math:`\Phi - f_I` if it produces there.

    Parameters
    ----------
    barrier : float
        :math:`\tau`: freight and tariff, as a factor on cost.
    export_cost, plant_cost : float
        Fixed, :math:`f_X < \tau^{1-\sigma} f_I`.
    sigma : float
        Elasticity of substitution.
    """

    barrier: float = 1.3
    export_cost: float = 0.5
    plant_cost: float = 3.0
    sigma: float = 4.0

    def __post_init__(self) -> None:
        most = self.barrier ** (1 - self.sigma) * self.plant_cost
        if not (self.barrier > 1 and self.sigma > 1 and self.export_cost < most):
            raise GvcError(
                "market",
                expected=f"barrier and sigma above 1, and an export cost below {most:.3g}, else nobody exports",
                found=f"barrier {self.barrier}, sigma {self.sigma}, export cost {self.export_cost}",
                remedy="Lower the export cost or the barrier, or raise the cost of a plant.",
            )

    def profits(self, productivity: Array) -> pd.DataFrame:
        r"""Profit by way, against :math:`\Phi`."""
        ways = {
            "Export": self.barrier ** (1 - self.sigma) * productivity - self.export_cost,
            "Produce abroad": productivity - self.plant_cost,
        }
        return pd.DataFrame(ways, index=pd.Index(productivity, name="productivity"))

    def cutoffs(self) -> tuple[float, float]:
        r"""Productivity :math:`\Phi` from which a firm exports, and from which it produces abroad.

        Notes
        -----
        :math:`\Phi_X = f_X \tau^{\sigma-1}` and :math:`\Phi_I = (f_I - f_X) / (1 - \tau^{1-\sigma})`.
        """
        reach = self.barrier ** (1 - self.sigma)
        return self.export_cost / reach, (self.plant_cost - self.export_cost) / (1 - reach)
