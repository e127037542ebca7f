"""Where the value of final goods comes from, and who sells and buys what, by industry."""

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from gvc.icio import ICIO
from gvc.leontief import by_industry, output_needed, value_added_coefficients
from industrial_chains import economies as eco

#: All economies with a name, as one maker of final goods.
ALL = "WLD"


def foreign_in_final_goods(icio: ICIO, groups: Mapping[str, Iterable[str]], economies: Iterable[str]) -> pd.DataFrame:
    r"""Share of foreign value added in the final goods that an economy completes.

    Parameters
    ----------
    icio : ICIO
    groups : mapping
        Sectors by the name of the industry that completes the good.
    economies : iterable of str
        Of these the ones that the table shows, and :data:`ALL`: every economy but the rest of the world, whose own
        trade no table shows.

    Returns
    -------
    DataFrame
        Columns industry, economy, foreign; percent of the final goods' value.

    Notes
    -----
    :math:`1 - \sum_{o = c} \hat v_o B_{oc} f_c / \iota' f_c` for the country of completion c, after Los, Timmer and de
    Vries (2015). Final goods are those sold to consumers, governments and investors anywhere.
    """
    names = list(icio.result_economies)
    final = icio.demand.sum(axis=1)
    sector = np.tile(icio.sectors, len(icio.economies))
    v = value_added_coefficients(icio)
    rows = []
    for industry, sectors in groups.items():
        sold = np.where(np.isin(sector, list(sectors)), final, 0.0)
        by_maker = np.where(icio.home[:, None] == np.arange(len(names)), sold[:, None], 0.0)
        earned = v[:, None] * output_needed(icio, by_maker)
        total, own = earned.sum(axis=0), by_industry(icio, earned).sum(axis=1).diagonal()
        known = [place for place, code in enumerate(names) if code != eco.ROW]
        rows.append((industry, ALL, 100 * (1 - own[known].sum() / total[known].sum())))
        rows += [
            (industry, code, 100 * (1 - own[place] / total[place]))
            for place, code in enumerate(names)
            if code in set(economies) and total[place] > 0
        ]
    return pd.DataFrame(rows, columns=["industry", "economy", "foreign"])


def trade_by_product(icio: ICIO, groups: Mapping[str, Iterable[str]], economies: Iterable[str]) -> pd.DataFrame:
    """Output, exports and imports of the products of industries.

    Returns
    -------
    DataFrame
        Columns industry, economy, output, exports, imports; in the unit of the table. Imports are all purchases
        abroad of what the industries of all economies sell.
    """
    names = list(icio.result_economies)
    sold = icio.by_economy(icio.Z) + icio.demand
    sector = np.tile(icio.sectors, len(icio.economies))
    rows = []
    for industry, sectors in groups.items():
        within = np.isin(sector, list(sectors))
        for place, code in enumerate(names):
            if code in set(economies):
                at_home = icio.home == place
                rows.append(
                    (
                        industry,
                        code,
                        icio.x[within & at_home].sum(),
                        np.delete(sold[within & at_home], place, axis=1).sum(),
                        sold[within & ~at_home, place].sum(),
                    )
                )
    return pd.DataFrame(rows, columns=["industry", "economy", "output", "exports", "imports"])
