r"""Care against disruption: what a maker spends on it, and what it should, after Grossman, Helpman and Sabal (2024).

The smallest case that has their gap: one tier, and makers of goods with the elasticity of substitution
:math:`\sigma`, on which consumers spend one together. Each maker fails with probability :math:`x = d\, e^{-r}` when it
spends r units of care, which cost c each. Those that deliver, :math:`1 - x` of all, share the profits
:math:`1/\sigma`. A maker gains :math:`d\,e^{-r}/(\sigma (1 - x))` from one more unit of care, and consumers and makers
together gain :math:`d\,e^{-r}/((\sigma - 1)(1 - x))`.
"""

from dataclasses import dataclass

import numpy as np

from gvc.errors import GvcError


@dataclass(frozen=True)
class Makers:
    """Makers of goods that differ.

    Parameters
    ----------
    sigma : float
        Elasticity of substitution between their goods, above one.
    cost : float
        What a unit of care costs, as a share of spending on the goods.
    risk : float
        Probability to fail without care.
    """

    sigma: float = 4.0
    cost: float = 0.02
    risk: float = 0.3

    def __post_init__(self) -> None:
        if not (self.sigma > 1 and self.cost > 0 and 0 < self.risk < 1):
            raise GvcError(
                "makers",
                expected="sigma above 1, cost above 0, risk between 0 and 1",
                found=f"sigma {self.sigma}, cost {self.cost}, risk {self.risk}",
                remedy="Keep the parameters in their ranges.",
            )

    def private(self, subsidy: float = 0.0) -> float:
        r"""Risk that is left when each maker cares for itself, and a share of the cost is paid for it.

        Notes
        -----
        :math:`x / (1 - x) = \sigma c (1 - \text{subsidy})`, or the risk without care if that is lower.
        """
        return self._left(self.sigma * self.cost * (1 - subsidy))

    def social(self) -> float:
        r"""Risk that is left when consumers and makers together are best off, :math:`x / (1 - x) = (\sigma - 1) c`."""
        return self._left((self.sigma - 1) * self.cost)

    def subsidy(self) -> float:
        r"""Share of the cost of care that makers must be paid so that they care enough, :math:`1/\sigma`."""
        return 1 / self.sigma

    def welfare(self, left: float) -> float:
        r"""Add up what consumers and makers gain from care, as a share of spending, by the risk that is left.

        Notes
        -----
        :math:`\ln[(1 - x)/(1 - d)] / (\sigma - 1) - c \ln(d/x)`: a price index that is lower where more makers deliver,
        less the cost of care. Profits together stay the same.
        """
        gained = np.log((1 - left) / (1 - self.risk)) / (self.sigma - 1)
        return float(gained - self.cost * np.log(self.risk / left))

    def _left(self, odds: float) -> float:
        return min(self.risk, odds / (1 + odds))
