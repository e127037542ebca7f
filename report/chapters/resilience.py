"""Resilience: how far makers of final products rely on foreign inputs, at face value and looked through."""

from collections.abc import Iterable

import pandas as pd

#: Whose products the chapter follows.
MAKERS = ("CHN", "JPN", "KOR", "RUS", "IDN", "IND", "MEX", "USA")


def in_two_panels(reliance: pd.DataFrame, makers: Iterable[str]) -> pd.DataFrame:
    """Lay direct and full reliance of some makers out for a chart with a panel each.

    Parameters
    ----------
    reliance : DataFrame
        As :meth:`report.sources.Source.reliance` returns it.
    makers : iterable of str

    Returns
    -------
    DataFrame
        Columns reach, maker, year, value; percent.
    """
    rows = [
        (reach.capitalize(), maker, year, value)
        for reach in ("direct", "full")
        for maker in makers
        for year, value in reliance[reach].xs(maker, level="maker").items()
    ]
    return pd.DataFrame(rows, columns=["reach", "maker", "year", "value"])
