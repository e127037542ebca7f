r"""Factor proportions: what a small open economy makes as it saves, with two factors and any number of industries.

World prices are given, each industry uses capital and labour in fixed proportion. An industry is then a point: capital
per worker and revenue per worker. Competition puts the economy on the upper hull of these points (Leamer 1987), between
two of them, where it is the two-by-two model of Heckscher (1919) and Ohlin (1933).
"""

import numpy as np
import pandas as pd

from gvc.errors import GvcError
from gvc.labels import Array


def ladder(capital: Array, industries: pd.DataFrame) -> pd.DataFrame:
    r"""Employment, wage and return on capital by the economy's capital per worker.

    Parameters
    ----------
    capital : array
        Capital per worker.
    industries : DataFrame, industry × (capital, revenue)
        Per worker, in order of capital per worker; revenue must be concave in it.

    Returns
    -------
    DataFrame, capital × (*industries, wage, return)
        Shares of the labour force, then factor prices.

    Raises
    ------
    GvcError
        If an industry lies below the hull, so that no economy would have it, or if capital per worker lies outside
        what the industries use.

    Notes
    -----
    Between neighbours i and j the shares solve :math:`n_i + n_j = 1`, :math:`n_i k_i + n_j k_j = k`; factor prices
    solve :math:`y = w + r k` for both. Saving raises the output of the capital-intensive of the two and lowers that of
    the other (Rybczynski 1955), at unchanged wages; wages rise where an industry is left behind.
    """
    k, y = (industries[name].to_numpy(dtype=float) for name in ("capital", "revenue"))
    slope = np.diff(y) / np.diff(k)
    if (np.diff(k) <= 0).any() or (np.diff(slope) >= 0).any():
        raise GvcError(
            "industries",
            expected="capital per worker that rises, and revenue that rises by less and less",
            found=f"slopes {np.round(slope, 3).tolist()}",
            remedy="Leave out the industry that does not pay.",
        )
    if np.min(capital) < k[0] or np.max(capital) > k[-1]:
        raise GvcError(
            "capital per worker",
            expected=f"{k[0]:g} to {k[-1]:g}, what the industries use",
            found=f"{np.min(capital):g} to {np.max(capital):g}",
            remedy="Add an industry that uses so much or so little, or stay between.",
        )
    cone = np.clip(np.searchsorted(k, capital, side="right") - 1, 0, len(slope) - 1)
    shares = {name: np.interp(capital, k, unit) for name, unit in zip(industries.index, np.eye(len(k)), strict=True)}
    prices = {"wage": y[cone] - slope[cone] * k[cone], "return": slope[cone]}
    return pd.DataFrame(shares | prices, index=pd.Index(capital, name="capital"))
