r"""Duties along chains: Blanchard, Bown and Johnson (2026), the duty on a final good that is made with home's inputs.

Home demands :math:`D(p) = a - bp` and makes :math:`hp` of a good whose price abroad is :math:`p^*` and at home
:math:`p = (1 + t) p^*`. Abroad supplies :math:`k (p^*)^\epsilon`, all for home. Of the rents abroad a share s goes to
inputs from home, and of the rents at home a share :math:`\phi` goes to inputs from abroad. Home gains

.. math:: W = \int_p^{a/b} D + (1 - \phi) \frac{h p^2}{2} + (p - p^*) M + s\, \frac{p^* M}{1 + \epsilon},

with imports M, and is best off at the duty

.. math:: t = \frac{1 - s - \epsilon\kappa}{\epsilon (1 + \kappa)}, \qquad \kappa = \frac{\phi h}{b + h},

which is :math:`1/\epsilon`, the textbook's, where no inputs cross the border.
"""

from dataclasses import dataclass

from scipy.optimize import brentq

from gvc.errors import GvcError


@dataclass(frozen=True)
class Good:
    r"""A final good that home makes and imports.

    Parameters
    ----------
    home_abroad : float
        s, the share of home's inputs in the rents of those who make the good abroad.
    foreign_at_home : float
        :math:`\phi`, the share of foreign inputs in the rents of those who make it at home.
    epsilon : float
        :math:`\epsilon`, elasticity of supply from abroad.
    choke, slope, made, supplied : float
        a, b, h and k.
    """

    home_abroad: float = 0.0
    foreign_at_home: float = 0.0
    epsilon: float = 4.0
    choke: float = 10.0
    slope: float = 1.0
    made: float = 1.0
    supplied: float = 2.0

    def __post_init__(self) -> None:
        shares = self.home_abroad, self.foreign_at_home
        if not (min(shares) >= 0 and max(shares) <= 1 and self.epsilon > 0 and min(self.slope, self.supplied) > 0):
            raise GvcError(
                "good",
                expected="shares between 0 and 1, and epsilon, slope and supplied above 0",
                found=f"shares {shares}, epsilon {self.epsilon}, slope {self.slope}, supplied {self.supplied}",
                remedy="Keep the parameters in their ranges.",
            )

    def best(self) -> float:
        """Duty at which home gains most; below zero it is a subsidy."""
        kappa = self.foreign_at_home * self.made / (self.slope + self.made)
        return (1 - self.home_abroad - self.epsilon * kappa) / (self.epsilon * (1 + kappa))

    def price(self, duty: float) -> float:
        """Price abroad at which home buys all that abroad supplies."""

        def excess(price: float) -> float:
            return float(
                self.choke - (self.slope + self.made) * (1 + duty) * price - self.supplied * price**self.epsilon
            )

        return float(brentq(excess, 0, self.choke / (self.slope + self.made) / (1 + duty), xtol=1e-14))

    def welfare(self, duty: float) -> float:
        """Add up what home gains, W."""
        abroad = self.price(duty)
        home, bought = (1 + duty) * abroad, self.supplied * abroad**self.epsilon
        consumers = (self.choke - self.slope * home) ** 2 / (2 * self.slope)
        makers = (1 - self.foreign_at_home) * self.made * home**2 / 2
        abroad_earned = abroad * bought / (1 + self.epsilon)
        return float(consumers + makers + duty * abroad * bought + self.home_abroad * abroad_earned)
