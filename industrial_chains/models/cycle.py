r"""The product cycle: Vernon's (1966) three stages in three kinds of countries, and Krugman's (1979) wages.

A product's age runs from 0 (innovation) through 1 (maturity) to 2 (standard). Its unit cost in a country is
Cobb–Douglas in the prices of technology, capital and labour there; the shares move with age from stage to stage. It is
made where it is cheapest. Nothing is drawn at random: the products of a cohort are many, and their paces spread evenly.
"""

import numpy as np
import pandas as pd

from gvc.labels import Array

FACTORS = ("technology", "capital", "labour")

#: Cost shares of the factors at ages 0, 1 and 2.
STAGES = pd.DataFrame(
    [(0.7, 0.2, 0.1), (0.2, 0.6, 0.2), (0.1, 0.2, 0.7)],
    index=["Innovation", "Maturity", "Standard"],
    columns=list(FACTORS),
)
#: Prices of the factors in each kind of country.
PRICES = pd.DataFrame(
    [(1.0, 1.0, 4.0), (1.8, 1.0, 2.0), (5.0, 3.0, 0.7)],
    index=["Innovating", "Industrial", "Developing"],
    columns=list(FACTORS),
)
#: A kind's part of world demand once everybody buys, and the years that takes after the launch.
MARKETS = pd.DataFrame([(0.5, 0.0), (0.3, 10.0), (0.2, 25.0)], index=PRICES.index, columns=["size", "years"])
#: Years that a stage lasts for the quickest and the slowest product.
PACE = (5.0, 20.0)


def costs(age: Array, prices: pd.DataFrame = PRICES) -> pd.DataFrame:
    """Log unit cost by age and kind of country: linear in age between the stages."""
    shares = np.column_stack([np.interp(age, range(len(STAGES)), STAGES[factor]) for factor in FACTORS])
    return pd.DataFrame(shares @ np.log(prices.to_numpy()).T, index=pd.Index(age, name="age"), columns=prices.index)


def moves(prices: pd.DataFrame = PRICES) -> pd.Series:
    """Ages at which production leaves for the next kind of country, exactly.

    Returns
    -------
    Series by the kind of country that it leaves
        Two equal ages where the country between them is never the cheapest; infinite where a product stays.
    """
    first, middle, last = prices.index
    direct = _crossing(first, last, prices)
    return pd.Series(
        {
            first: min(_crossing(first, middle, prices), direct),
            middle: max(_crossing(middle, last, prices), direct),
        }
    )


def _crossing(here: str, there: str, prices: pd.DataFrame) -> float:
    """Age from which the second of two kinds of country is the cheaper one."""
    gap = np.diff(costs(np.arange(float(len(STAGES))), prices)[[here, there]].to_numpy(), axis=1)[:, 0]
    if gap[0] <= 0:
        return 0.0
    stages = np.flatnonzero((gap[:-1] > 0) & (gap[1:] <= 0))
    return float(stages[0] + gap[stages[0]] / (gap[stages[0]] - gap[stages[0] + 1])) if stages.size else np.inf


def cohort(years: Array, prices: pd.DataFrame = PRICES) -> pd.DataFrame:
    r"""Share of a cohort's products that each kind of country makes and buys, by the years since its launch.

    Parameters
    ----------
    years : array
    prices : DataFrame, country × factor

    Returns
    -------
    DataFrame, (years, country) × (made, bought, net)
        Percent; `net` is net exports, zero over all countries.

    Notes
    -----
    All products are launched at year 0. The years that a stage lasts are spread evenly from one end of `PACE`, d, to
    the other, D, so that by year t a product with :math:`t / a` or fewer of them has passed age a: the share
    :math:`(t / a - d) / (D - d)`, between 0 and 1.
    """
    quick, slow = PACE
    gone = np.clip((years[:, None] / moves(prices).clip(lower=1e-9).to_numpy() - quick) / (slow - quick), 0, 1)
    made = -np.diff(np.column_stack([np.ones(len(years)), gone, np.zeros(len(years))]), axis=1)
    ramp = np.where(MARKETS["years"] > 0, years[:, None] / MARKETS["years"].clip(lower=1).to_numpy(), 1.0)
    demand = MARKETS["size"].to_numpy() * np.clip(ramp, 0, 1)
    bought = demand / demand.sum(axis=1, keepdims=True)
    index = pd.MultiIndex.from_product([years, PRICES.index], names=["years", "country"])
    frame = pd.DataFrame({"made": 100 * made.ravel(), "bought": 100 * bought.ravel()}, index=index)
    return frame.assign(net=frame["made"] - frame["bought"]).round(6)


def turns(prices: pd.DataFrame = PRICES, last: int = 80) -> dict[str, int]:
    """First whole years in which kinds of countries have turned from buyers to sellers or back.

    Returns
    -------
    dict
        ``Innovating_imports``, ``Industrial_exports``, ``Industrial_imports_again``, ``Developing_exports``; an event
        that does not come within `last` years is left out.
    """
    net = cohort(np.arange(0.0, last + 1), prices)["net"].unstack("country")
    sells, buys = net > 0, net < 0
    first: dict[str, pd.Series] = {
        "Innovating_imports": buys["Innovating"],
        "Industrial_exports": sells["Industrial"],
        "Industrial_imports_again": buys["Industrial"] & sells["Industrial"].cummax(),
        "Developing_exports": sells["Developing"],
    }
    years = net.index.to_numpy()
    return {event: int(years[when.to_numpy().argmax()]) for event, when in first.items() if when.any()}


def sensitivity(by: float = 0.2) -> pd.DataFrame:
    """Let each factor price in each kind of country be lower or higher by a part, one at a time.

    Returns
    -------
    DataFrame, event × (least, most, cases)
        Of the years of :func:`turns`, and in how many of the cases the event comes at all.
    """
    found = []
    for country in PRICES.index:
        for factor in FACTORS:
            for change in (1 - by, 1 + by):
                prices = PRICES.copy()
                prices.loc[country, factor] *= change
                found.append(turns(prices))
    years = pd.DataFrame(found)
    return pd.DataFrame({"least": years.min(), "most": years.max(), "cases": years.count()}).astype(int)


def relative_wage(innovation: float, transfer: float, labour: float, elasticity: float) -> float:
    r"""Wage of the innovating North over that of the South in the steady state of Krugman (1979).

    Parameters
    ----------
    innovation, transfer : float
        New products a year as a share of all; share of the North's products that the South learns a year.
    labour : float
        Labour of the South over that of the North.
    elasticity : float
        Of substitution between products.

    Notes
    -----
    :math:`w_N/w_S = \left( \frac{\nu}{\delta} \, \ell \right)^{1/\sigma}` with innovation :math:`\nu`, transfer
    :math:`\delta` and labour :math:`\ell`, as long as it exceeds 1.
    """
    return max(1.0, float((innovation / transfer * labour) ** (1 / elasticity)))
