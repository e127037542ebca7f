r"""Scenarios of the trade model: what is asked, as arguments of `gvc.counterfactual`, and what becomes of the world.

A scenario names its economies and industries, and knows no table. Two of them need elasticities, too: the trade costs
that a table implies, and costs that all but end a trade, depend on how much trade reacts to costs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd

from gvc.contents import content
from gvc.equilibrium import counterfactual
from gvc.errors import GvcError
from gvc.flows import value_added_in_final_demand
from gvc.icio import ICIO
from gvc.labels import Array


class Scenario(Protocol):
    """A change of costs, duties or productivities."""

    def arguments(self, icio: ICIO, theta: pd.Series, duties: pd.DataFrame) -> dict[str, Any]:
        """Arguments of `gvc.counterfactual`, given the table, elasticities by industry and the duties in force."""


@dataclass(frozen=True)
class Duty:
    """A buyer charges more duty on goods of some sellers; if it is answered, these charge as much on the buyer's.

    Attributes
    ----------
    rate : float
        What is added to the rate, 0.25 for 25 points.
    sellers, sectors : tuple of str
    buyer : str
    answered : bool
    """

    rate: float
    sellers: tuple[str, ...]
    buyer: str
    sectors: tuple[str, ...]
    answered: bool = False

    def arguments(self, icio: ICIO, theta: pd.Series, duties: pd.DataFrame) -> dict[str, Any]:
        """Rates before, which are those in force, and after."""
        more = _by_destination(icio, 0.0)
        for seller in self.sellers:
            more.loc[_products(seller, self.sectors), self.buyer] = self.rate
            if self.answered:
                more.loc[_products(self.buyer, self.sectors), seller] = self.rate
        return {"tariffs": (duties, duties + more)}


@dataclass(frozen=True)
class Cheaper:
    """Industries of a host make more from the same inputs and the same work.

    Attributes
    ----------
    host : str
    sectors : tuple of str
    factor : float
        Of output: 1.1 for a tenth more.
    """

    host: str
    sectors: tuple[str, ...]
    factor: float

    def arguments(self, icio: ICIO, theta: pd.Series, duties: pd.DataFrame) -> dict[str, Any]:
        """Factors of productivity."""
        gain = {(economy, sector): 1.0 for economy in icio.economies for sector in icio.sectors}
        gain |= dict.fromkeys(_products(self.host, self.sectors), self.factor)
        return {"tariffs": (duties, duties), "productivity": pd.Series(gain)}


@dataclass(frozen=True)
class Closer:
    """Half of what trade among some economies costs more than trade at home is gone.

    Attributes
    ----------
    members, sectors : tuple of str
    """

    members: tuple[str, ...]
    sectors: tuple[str, ...]

    def arguments(self, icio: ICIO, theta: pd.Series, duties: pd.DataFrame) -> dict[str, Any]:
        r"""Factors of iceberg costs :math:`(1 + (\tau - 1) / 2) / \tau`, with the :func:`freeness` of trade.

        It is one half where there is no trade, which the costs of the table forbid and any other will, too.
        """
        costs = _by_destination(icio, 1.0)
        for one in self.members:
            for other in self.members:
                if one != other:
                    free = freeness(icio, one, other)[list(self.sectors)] ** (1 / theta[list(self.sectors)])
                    if (free > 1).any():
                        raise GvcError(
                            f"{icio.source or 'table'}, {one} and {other}, {free.idxmax()}",
                            expected="less trade with the other than at home",
                            found="more",
                            remedy="Leave the industry out: there is no cost to halve.",
                        )
                    costs.loc[_products(one, self.sectors), other] = (1 + free.to_numpy()) / 2
        return {"tariffs": (duties, duties), "costs": costs}


@dataclass(frozen=True)
class Apart:
    """Trade in some products all but ends between two sides, both ways.

    Attributes
    ----------
    side, other, sectors : tuple of str
    left : float
        What share of the trade would be left if no price moved but by these costs.
    """

    side: tuple[str, ...]
    other: tuple[str, ...]
    sectors: tuple[str, ...]
    left: float = 0.001

    def arguments(self, icio: ICIO, theta: pd.Series, duties: pd.DataFrame) -> dict[str, Any]:
        r"""Factors of iceberg costs :math:`\ell^{-1/\theta}`, with :math:`\ell` what is left."""
        costs = _by_destination(icio, 1.0)
        factor = self.left ** (-1 / theta[list(self.sectors)].to_numpy())
        for one in self.side:
            for other in self.other:
                costs.loc[_products(one, self.sectors), other] = factor
                costs.loc[_products(other, self.sectors), one] = factor
        return {"tariffs": (duties, duties), "costs": costs}


def at_levels(duties: pd.DataFrame, bought: pd.DataFrame, buyer: str, levels: Mapping[str, float]) -> pd.DataFrame:
    r"""Bring a buyer's duties on some sellers' products to levels: higher by equal points, or lower in proportion.

    Parameters
    ----------
    duties : DataFrame, (economy, sector) × economy
        Those in force, 0.25 for 25 percent.
    bought : DataFrame, seller × sector
        What the buyer has of the products that are charged so, in any unit.
    buyer : str
    levels : mapping of seller to level
        Of the duty on all of these products over what is bought of them; other sellers keep their duties.

    Returns
    -------
    DataFrame
        As `duties`.

    Notes
    -----
    With t what is charged, X what is bought and :math:`\bar t = \sum_i t_i X_i / \sum_i X_i`, a level :math:`\ell`
    makes :math:`t_i + \ell - \bar t` of a duty if it is above :math:`\bar t`, and :math:`t_i \ell / \bar t` if below,
    so that no duty falls below zero.

    Examples
    --------
    A seller sells as much of a product that pays nothing as of one that pays 20 percent; at a level of 12 percent each
    pays two points more:

    >>> duties = pd.DataFrame({"USA": [0.0, 0.2]}, [("CHN", "Food"), ("CHN", "Clothes")])
    >>> bought = pd.DataFrame({"Food": [7.0], "Clothes": [7.0]}, ["CHN"])
    >>> at_levels(duties, bought, "USA", {"CHN": 0.12})["USA"].round(6).tolist()
    [0.02, 0.22]
    """
    rates = duties.copy()
    for seller, level in levels.items():
        own, amounts = _products(seller, tuple(bought.columns)), bought.loc[seller].to_numpy()
        charged = duties[buyer].loc[own]
        mean = float(charged @ amounts / amounts.sum()) if amounts.sum() else 0.0
        rates.loc[own, buyer] = charged * (level / mean) if level < mean else charged + level - mean
    return rates


def duty_free(duties: pd.DataFrame, members: tuple[str, ...]) -> pd.DataFrame:
    """Take away all duties, (economy, sector) × economy, that members charge on each other's products."""
    rates = duties.copy()
    for one in members:
        for other in members:
            rates.loc[_products(one, tuple(rates.index.unique(level=1))), other] = 0.0
    return rates


def on_content(
    icio: ICIO, buyer: str, origin: str, rates: Mapping[str, float], sectors: tuple[str, ...]
) -> pd.DataFrame:
    r"""Say what a duty on an origin's value added in sellers' products adds to the duty on these.

    Parameters
    ----------
    icio : ICIO
    buyer, origin : str
        Who charges, and whose value added.
    rates : mapping of seller to rate
        On each unit of that value added; 0.25 for 25 percent.
    sectors : tuple of str
        Of the sellers' products.

    Returns
    -------
    DataFrame, (economy, sector) × economy
        0 but for these products and the buyer.

    Notes
    -----
    A duty :math:`r` on content :math:`c_i` of the exports :math:`e_i` of a product is one of :math:`r c_i / e_i` on
    their value. All exports of an industry to the buyer have the same content, and it is that of the table.

    Examples
    --------
    A duty of 25 percent on Chinese content is one of 2.3 percent on Mexican machinery:

    >>> from gvc import load_sample
    >>> added = on_content(load_sample(), "USA", "CHN", {"MEX": 0.25}, ("Machinery",))
    >>> added.loc[("MEX", "Machinery"), "USA"].round(4).item()
    0.0231
    """
    added = _by_destination(icio, 0.0)
    inside = content(
        icio, "exports", exporter=list(rates), importer=buyer, sector=sectors, by=("exporter", "sector", "origin")
    ).unstack("origin")
    part = inside[origin] / inside.T.sum()
    for seller, rate in rates.items():
        products = _products(seller, sectors)
        added.loc[products, buyer] = rate * part.loc[products].to_numpy()
    return added


def freeness(icio: ICIO, one: str, other: str) -> pd.Series:
    r"""How free trade between two economies is, by industry: 1 where it costs no more than at home, 0 without trade.

    Parameters
    ----------
    icio : ICIO
    one, other : str
        Economies of the table.

    Returns
    -------
    Series by sector
        Pure numbers. The same both ways.

    Raises
    ------
    GvcError
        If one of them buys nothing of a product at home: then there is nothing to compare with.

    Notes
    -----
    .. math::
        \phi_{ij,n} = \sqrt{\frac{X_{ij,n}\, X_{ji,n}}{X_{ii,n}\, X_{jj,n}}}, \qquad
        \tau_{ij,n} = \phi_{ij,n}^{-1/\theta_n}

    with :math:`X_{ij,n}` all that j buys of product n from i, and :math:`\tau` the geometric mean of what trade costs
    both ways, as a factor of what it costs at home. The index is that of Head and Ries (2001). Novy (2013) derives the
    costs from it, and shows that a broad range of models of trade agrees.

    Examples
    --------
    Trade in machinery is freer between China and Japan than in services:

    >>> from gvc import load_sample
    >>> freeness(load_sample(), "CHN", "JPN").round(6)[["Machinery", "Services"]]
    Machinery    0.058446
    Services     0.001211
    dtype: float64
    """
    bought = by_buyer(icio)
    rows = {
        code: pd.DataFrame(bought[icio.economies.index(code)], icio.sectors, icio.economies) for code in (one, other)
    }
    home = rows[one][one] * rows[other][other]
    if (home <= 0).any():
        raise GvcError(
            f"{icio.source or 'table'}, {one} and {other}, {home.idxmin()}",
            expected="purchases at home",
            found="none",
            remedy="Sum industries until both buy some of each at home.",
        )
    return (rows[one][other] * rows[other][one] / home) ** 0.5


def by_buyer(icio: ICIO) -> Array:
    """Purchases of each product in each economy, as inputs or finally: (G, N, G), in the unit of the table."""
    G, N = len(icio.economies), len(icio.sectors)
    bought: Array = icio.Z.reshape(G, N, G, N).sum(axis=3) + icio.Y.reshape(G, N, G)
    return bought


# -- what becomes of the world --------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class World:
    """What is asked of a world, before a change or after it.

    Attributes
    ----------
    real_income : Series by economy
        Final demand at constant prices, as a factor of what it was.
    absorbed : DataFrame, origin × absorber
        Value added in final demand, without duties, in the unit of the table. World value added is always the same.
    shipped : DataFrame, seller × buyer
        Goods, before duty, in the unit of the table.
    """

    real_income: pd.Series
    absorbed: pd.DataFrame
    shipped: pd.DataFrame


def as_it_is(icio: ICIO, goods: tuple[str, ...]) -> World:
    """Take a world as a table has it.

    Parameters
    ----------
    icio : ICIO
    goods : tuple of str
        Sectors that are shipped.
    """
    chosen = np.isin(icio.sectors, goods)
    return World(
        real_income=pd.Series(1.0, index=pd.Index(icio.economies, name="economy")),
        absorbed=value_added_in_final_demand(icio, "table"),
        shipped=pd.DataFrame(by_buyer(icio)[:, chosen].sum(axis=1), list(icio.economies), list(icio.economies)),
    )


def changed(
    icio: ICIO, arguments: dict[str, Any], theta: pd.Series, goods: tuple[str, ...], *, home: float = 1.0
) -> World:
    """Solve the trade model, and take the world that it finds.

    Parameters
    ----------
    icio : ICIO
    arguments : dict
        Of `gvc.counterfactual`, such as those of a :class:`Scenario`.
    theta : Series by sector
        Elasticity between origins abroad.
    goods : tuple of str
        Sectors that are shipped.
    home : float
        Elasticity between home and imports, as a share of the other one; 1 for one tier.
    """
    tiers = pd.DataFrame({"imports": theta, "home": home * theta})
    result = counterfactual(icio, elasticity=tiers, **arguments)
    found = as_it_is(result.table, goods)
    return World(result.real_income, found.absorbed, found.shipped)


#: What a seller loses for a dollar that leaves, by how it is counted.
COUNTS = ("buyer", "abroad", "earned", "real")


def lost(before: World, after: World, seller: str, buyer: str) -> pd.Series:
    """Count what a seller loses for each dollar of goods that a buyer no longer has from it.

    Returns
    -------
    Series
        `left`, by how much the goods imports fell, in the unit of the table. In cents on a dollar of it: `buyer`, value
        added of the seller that the buyer absorbed; `abroad`, what all but the seller absorbed of it; `earned`, income
        of the seller's factor, where the world's is the same; `real`, real income, at the value added that the seller
        absorbed before, which is what it spent but for its duties.
    """
    left = (before.shipped - after.shipped).loc[seller][buyer]
    gone = (before.absorbed - after.absorbed).loc[seller]
    real = (1 - after.real_income[seller]) * before.absorbed[seller].sum()
    amounts = pd.Series([gone[buyer], gone.drop(seller).sum(), gone.sum(), real], index=list(COUNTS))
    counted: pd.Series = pd.concat([pd.Series({"left": left}), 100 * amounts / left])
    return counted


def draws(elasticities: pd.DataFrame, number: int, seed: int) -> Iterator[tuple[pd.Series, float]]:
    """Draw elasticities anew: each industry takes the number of a study, and the tier of home a share of it.

    Parameters
    ----------
    elasticities : DataFrame, industry × study
    number : int
    seed : int

    Yields
    ------
    Series by industry, float
        Elasticities between origins; the tier of home as a share of them, from a half to one.
    """
    generator = np.random.default_rng(seed)
    industries, studies = elasticities.shape
    for _ in range(number):
        taken = elasticities.to_numpy()[np.arange(industries), generator.integers(studies, size=industries)]
        yield pd.Series(taken, index=elasticities.index), float(generator.uniform(0.5, 1))


def _by_destination(icio: ICIO, value: float) -> pd.DataFrame:
    index = pd.MultiIndex.from_product([icio.economies, icio.sectors])
    return pd.DataFrame(value, index=index, columns=list(icio.economies))


def _products(economy: str, sectors: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(economy, sector) for sector in sectors]
