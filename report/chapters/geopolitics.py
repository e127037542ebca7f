"""Geopolitics: on whom buyers depend, then and now."""

from collections.abc import Iterable

import pandas as pd

from report.article import HOSTS, NEA
from report.look import names
from report.sources import Source

#: Buyers in both databases, and all that one of them shows.
BUYERS = ("CHN", "JPN", "KOR", "RUS", "IDN", "IND", "MEX", "USA")
EXPORTERS = (*NEA, "IDN", *HOSTS)


def suppliers_then_and_now(source: Source, measure: str, years: tuple[int, int], buyers: Iterable[str]) -> pd.DataFrame:
    """Set the concentration of buyers' suppliers in two years side by side, for a table.

    Returns
    -------
    DataFrame, buyer × ({Index, Largest supplier, Its share}, year)
        Names, not codes; shares in percent.
    """
    wide = source.concentration(buyers, measure).unstack()
    columns = {
        (label, str(year)): wide[column, year].map(names.economy) if column == "largest" else wide[column, year]
        for label, column in (("Index", "hhi"), ("Largest supplier", "largest"), ("Its share", "largest_share"))
        for year in years
    }
    kept = [buyer for buyer in buyers if buyer in wide.index]
    return pd.DataFrame(columns).loc[kept].rename(index=names.economy).rename_axis(index="Buyer")
