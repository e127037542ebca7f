"""Relocation: where the foreign value added in the hosts' exports comes from."""

import pandas as pd

from report.article import HOSTS
from report.look import names
from report.sources import ADB


def hosts_compared(years: tuple[int, int] = (2017, 2022)) -> pd.DataFrame:
    """Compare the article's hosts of relocation by the foreign value added in their exports, ADB.

    Returns
    -------
    DataFrame, host × ({China's share, Northeast Asia's share, Concentration}, year)
        Percent; the index of :func:`report.analysis.exposure.concentration`.
    """
    columns = {
        "China's share": ADB.shares("CHN", HOSTS),
        "Northeast Asia's share": ADB.shares("NEA", HOSTS),
        "Concentration": ADB.concentration(HOSTS)["hhi"].unstack(),
    }
    table = pd.DataFrame({(label, str(year)): by_year[year] for label, by_year in columns.items() for year in years})
    return table.loc[list(HOSTS)].rename(index=names.economy).rename_axis(index="Host")
