"""What of a change of shares is prices: shares in the prices of another year, and an exact split of the change."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from gvc.errors import GvcError


def at_prices_of(base: int, shares: pd.DataFrame, price: pd.DataFrame) -> pd.DataFrame:
    r"""Value what each origin supplies at the prices of one year.

    Parameters
    ----------
    base : int
        The year whose prices are used.
    shares : DataFrame, origin × year
        In any unit; each year sums to the whole.
    price : DataFrame, origin × year
        Of what each origin supplies, in one currency; of its own only ratios of two years count.

    Returns
    -------
    DataFrame, origin × year
        Percent. Those of `base` are as they were.

    Raises
    ------
    GvcError
        If an origin that supplies something has no price.

    Notes
    -----
    .. math:: s'_{o,t} = 100 \frac{s_{o,t}\, p_{o,0} / p_{o,t}}{\sum_k s_{k,t}\, p_{k,0} / p_{k,t}}

    Examples
    --------
    >>> shares = pd.DataFrame({2011: [50.0, 50.0], 2022: [25.0, 75.0]}, ["A", "B"])
    >>> price = pd.DataFrame({2011: [2.0, 7.0], 2022: [1.0, 7.0]}, ["A", "B"])
    >>> at_prices_of(2011, shares, price)[2022].tolist()
    [40.0, 60.0]
    """
    dearer = _known(shares, price.reindex(shares.index)[shares.columns].div(price.reindex(shares.index)[base], axis=0))
    valued = shares / dearer
    return 100 * valued / valued.sum()


def split(shares: pd.DataFrame, prices: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    r"""Split the change of shares into what prices did and what remains.

    Parameters
    ----------
    shares : DataFrame, origin × {start, end}
        Each column sums to the same whole.
    prices : mapping
        By name, origin × year; what an origin supplies is worth their product times a quantity.

    Returns
    -------
    DataFrame, origin × {change, …, rest}
        In the unit of the shares. A column a price; `rest` is what they leave of `change`. Each column sums to zero.

    Raises
    ------
    GvcError
        If an origin that supplies something has no price.

    Notes
    -----
    With L the logarithmic mean, :math:`L(a, b) = (a - b) / \ln(a / b)`, a change is
    :math:`\Delta s_o = L_o \Delta \ln s_o` with :math:`L_o = L(s_{o1}, s_{o0})`. A price gives

    .. math:: L_o \Bigl(\Delta \ln p_o - \sum_k \frac{L_k}{\sum_j L_j} \Delta \ln p_k\Bigr)

    of it: how the origin's price moved against the mean of all, with the weights of the index of Sato (1976) and Vartia
    (1976). Neither the order of the years nor that of the prices matters. An origin that supplies nothing in one of the
    years has no logarithm: all its change is `rest`.

    Examples
    --------
    >>> shares = pd.DataFrame({2011: [50.0, 50.0], 2022: [25.0, 75.0]}, ["A", "B"])
    >>> price = pd.DataFrame({2011: [2.0, 7.0], 2022: [1.0, 7.0]}, ["A", "B"])
    >>> split(shares, {"rates": price}).round(1)
       change  rates  rest
    A   -25.0  -15.8  -9.2
    B    25.0   15.8   9.2
    """
    start, end = shares.columns
    before, after = shares[start], shares[end]
    weight = _log_mean(before, after)
    found = {"change": after - before}
    for name, price in prices.items():
        given = _known(shares, price.reindex(shares.index)[[start, end]])
        moved = np.log((given[end] / given[start]).where(weight > 0, 1.0))
        found[name] = weight * (moved - (weight * moved).sum() / weight.sum())
    parts = pd.DataFrame(found)
    return parts.assign(rest=parts["change"] - parts.drop(columns="change").sum(axis=1))


def _log_mean(one: pd.Series, other: pd.Series) -> pd.Series:
    """Return the logarithmic mean, zero where one of both is."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (one - other) / np.log(one / other)
    return mean.where(~np.isclose(one, other, rtol=1e-9, atol=0), one).where((one > 0) & (other > 0), 0.0)


def _known(shares: pd.DataFrame, price: pd.DataFrame) -> pd.DataFrame:
    """Return prices, of which none is missing where something is supplied."""
    lacking = price.isna() & (shares > 0)
    if lacking.to_numpy().any():
        origin, year = lacking.stack()[lambda here: here].index[0]
        raise GvcError(
            "price",
            expected="one for each origin and year",
            found=f"none for {origin} in {year}",
            remedy="Leave that origin or year out of the shares.",
        )
    return price.fillna(1.0)
