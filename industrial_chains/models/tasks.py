r"""Trade in tasks: Grossman and Rossi-Hansberg (2008), a small economy at given prices of goods.

A good takes tasks :math:`i \in (0, 1)`, each as much labour. At home a task costs the wage w; abroad, where the wage
:math:`w^*` is lower, it costs :math:`\beta t(i) w^*`, with tasks in the order of how hard they are to do from
afar, here :math:`t(i) = 1 + \kappa i`. Tasks up to :math:`I` go abroad,

.. math:: w = \beta t(I) w^*, \qquad \Omega = 1 - I + \frac{1}{t(I)} \int_0^I t(i) \, di,

and what labour costs in a good is :math:`w \Omega`. Goods' prices do not move, so neither does that: home's wage
rises as far as tasks that leave save cost. That is the productivity effect. Home's workers stay employed: each
good takes :math:`1 - I` of them, and output grows.
"""

from dataclasses import dataclass

from gvc.errors import GvcError


@dataclass(frozen=True)
class Tasks:
    r"""One economy and what its tasks cost abroad.

    Parameters
    ----------
    gap : float
        Home's wage over that abroad while no task is abroad.
    spread : float
        :math:`\kappa`: how much harder the last task is to do from afar than the first.
    labour : float
        Part of the good's cost that is labour in tasks that may go; the rest is home's other factors.
    """

    gap: float = 3.0
    spread: float = 2.0
    labour: float = 0.6

    def __post_init__(self) -> None:
        if not (self.gap > 1 and self.spread > 0 and 0 < self.labour <= 1):
            raise GvcError(
                "tasks",
                expected="gap above 1, spread above 0, labour between 0 and 1",
                found=f"gap {self.gap}, spread {self.spread}, labour {self.labour}",
                remedy="Keep the parameters in their ranges.",
            )

    def end(self) -> float:
        r"""Cost of coordination at which the last task leaves home, and below which the model has no solution.

        Notes
        -----
        At :math:`I = 1` home's wage is :math:`w_0 / \Omega` with :math:`\Omega = (1 + \kappa/2) / (1 + \kappa)`, and
        the last task costs as much abroad: :math:`\beta = w_0 / (w^* (1 + \kappa / 2))`. With less,
        labour abroad alone makes the good for less than its price, which the model takes as given, so that output has
        no limit.
        """
        return self.gap / (1 + self.spread / 2)

    def abroad(self, cost: float) -> float:
        r"""Share of the tasks that are done abroad, :math:`I`, at a cost of coordination :math:`\beta`.

        Raises
        ------
        GvcError
            If coordination costs less than at :meth:`end`.

        Notes
        -----
        With this t, :math:`w \Omega = \beta w^* [1 + \kappa (I - I^2 / 2)]` is what labour cost at the start, so
        :math:`I = 1 - \sqrt{1 - 2 (w_0 / (\beta w^*) - 1) / \kappa}`.
        """
        if cost < self.end() * (1 - 1e-12):
            raise GvcError(
                "tasks",
                expected=f"a cost of coordination of at least {self.end():.4g}, at which the last task is abroad",
                found=f"{cost:.4g}",
                remedy="Raise the cost: below that labour abroad alone makes the good for less than its price.",
            )
        saving = max(0.0, self.gap / cost - 1)
        return float(1 - max(0.0, 1 - 2 * saving / self.spread) ** 0.5)

    def wage(self, cost: float) -> float:
        r"""Home's wage over what it was while no task was abroad, :math:`1 / \Omega`."""
        gone = self.abroad(cost)
        return cost * (1 + self.spread * gone) / self.gap if gone > 0 else 1.0

    def foreign_share(self, cost: float) -> float:
        r"""Share of foreign value added in the good, :math:`\beta w^* \int_0^I t(i) di` over its price.

        Notes
        -----
        What coordination costs is foreign labour, as in the model. With all tasks abroad it is the share of labour.
        """
        gone = self.abroad(cost)
        return self.labour * cost * (gone + self.spread * gone**2 / 2) / self.gap
