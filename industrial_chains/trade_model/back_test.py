r"""A trade model as a forecast: what it says that an importer buys after its duties changed, and how near that comes.

The model gives factors of change of what is bought, by origin and industry. They are applied to what customs counted in
the first year, so that customs are compared with customs. What a forecast says of shares is scored beside rules that
need no model.
"""

import numpy as np
import pandas as pd

from gvc.equilibrium import counterfactual
from gvc.icio import ICIO


def duties(rates: pd.DataFrame, table: ICIO, importer: str) -> pd.DataFrame:
    """Lay an importer's duties out as :func:`gvc.counterfactual` takes them.

    Parameters
    ----------
    rates : DataFrame, origin × sector
        0.25 for 25 percent. Of other origins and sectors nothing is charged.
    table : ICIO
    importer : str
        The economy that charges them; the others charge nothing.

    Returns
    -------
    DataFrame, (economy, sector) × economy
    """
    products = pd.MultiIndex.from_product([table.economies, table.sectors])
    listed = np.zeros((len(table.economies), len(table.sectors)))
    rows, columns = map(table.economies.index, rates.index), map(table.sectors.index, rates.columns)
    listed[np.ix_(list(rows), list(columns))] = rates
    charged = pd.DataFrame(0.0, index=products, columns=list(table.economies))
    charged[importer] = listed.ravel()
    return charged


def bought(table: ICIO, importer: str) -> pd.DataFrame:
    """Sum what an economy buys, for its industries and its final demand, origin × sector; in the unit of the table."""
    G, N = len(table.economies), len(table.sectors)
    uses = table.Z.reshape(G, N, G, N).sum(axis=3) + table.Y.reshape(G, N, G)
    return pd.DataFrame(uses[:, :, table.economies.index(importer)], table.economies, table.sectors)


def growth(
    table: ICIO,
    importer: str,
    rates: tuple[pd.DataFrame, pd.DataFrame],
    elasticity: pd.Series | pd.DataFrame,
    abroad: tuple[pd.DataFrame, pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Factors by which the trade model changes what an importer buys, before duty, when its duties change.

    Parameters
    ----------
    table : ICIO
    importer : str
    rates : pair of DataFrames, origin × sector
        Of its duties, before and after, as :func:`duties` takes them.
    elasticity : Series by sector, or DataFrame, sector × {imports, home}
    abroad : pair of DataFrames, (economy, sector) × economy, optional
        Rates that others charge, before and after, added to the importer's.

    Returns
    -------
    DataFrame, origin × sector
        Pure numbers, in units of the world's factor income; 1 where nothing is bought.
    """
    before, after = (duties(one, table, importer) for one in rates)
    if abroad is not None:
        before, after = before + abroad[0], after + abroad[1]
    then = bought(table, importer)
    # In the order of the table already, so that nobody need read labels.
    tariffs = before.to_numpy(), after.to_numpy()
    now = bought(counterfactual(table, tariffs=tariffs, elasticity=elasticity).table, importer)
    factors: pd.DataFrame = (now / then.where(then > 0)).fillna(1.0)
    return factors


def shares(flows: pd.DataFrame) -> pd.DataFrame:
    """Return what each origin sells of each industry, as a share of all that is bought; percent."""
    return flows * (100 / float(flows.to_numpy().sum()))


def in_proportion(base: pd.Series, loser: str, change: float) -> pd.Series:
    """Let one origin's share change and all others make room, or fill it, in proportion to their own shares.

    Parameters
    ----------
    base : Series by origin
        Shares before, percent.
    loser : str
    change : float
        Of its share, points.

    Returns
    -------
    Series by origin
        Changes of shares, points; they add up to zero.
    """
    others = base.drop(loser)
    return (-change * others / others.sum()).reindex(base.index, fill_value=change)


def scores(predicted: pd.Series, counted: pd.Series, weights: pd.Series | None = None) -> dict[str, float]:
    r"""Score a forecast.

    Parameters
    ----------
    predicted, counted : Series
        Changes, of the same index.
    weights : Series, optional
        Default: all count alike.

    Returns
    -------
    dict
        `correlation`, `rank` (of ranks), `slope` of what is counted on what is predicted, which is 1 where a predicted
        point is a point, and `error`, the mean of :math:`|p - c|`. NaN where the forecast does not differ.
    """
    w = np.ones(len(predicted)) if weights is None else weights.reindex(predicted.index).to_numpy()
    counted = counted.reindex(predicted.index)
    square = np.cov(predicted, counted, aweights=w)
    ranks = np.cov(predicted.rank(), counted.rank(), aweights=w)
    return {
        "correlation": _correlation(square),
        "rank": _correlation(ranks),
        "slope": float(square[0, 1] / square[0, 0]) if square[0, 0] else np.nan,
        "error": float(np.average((predicted - counted).abs(), weights=w)),
    }


def _correlation(square: np.ndarray) -> float:
    size = np.sqrt(square[0, 0] * square[1, 1])
    return float(square[0, 1] / size) if size else np.nan
