"""Geopolitics: on whom buyers depend, then and now."""

from collections.abc import Iterable

import pandas as pd

from gvc import economies as eco
from industrial_chains.charting import names
from industrial_chains.sources import OECD, Source

#: Exporters of one database, the large members of ASEAN apart; and the years set side by side.
LEANING = ("VNM", "IDN", "THA", "PHL", "MYS", "SGP", "JPN", "KOR", "RUS", "MEX", "IND", "USA")
SPAN = (2017, 2022)


def leaning() -> pd.DataFrame:
    """Set China's share in the foreign value added of exports in two years side by side, exporter × year; percent."""
    return OECD.shares("CHN", [*LEANING, "ASEAN"])[list(SPAN)]


def every_exporter() -> pd.DataFrame:
    """Follow China's share in the foreign value added of all economies' exports, exporter × year; percent."""
    return OECD.shares("CHN", [code for code in OECD.economies if code not in ("CHN", eco.ROW)])


def shown_leaning() -> pd.DataFrame:
    """Lay :func:`leaning` out for a chart, the largest last share in the lead: columns exporter, 2017, 2022."""
    frame = leaning().drop("ASEAN").rename(columns=str).rename_axis(index="exporter", columns=None)
    return frame.sort_values(str(SPAN[1]), ascending=False, kind="stable").reset_index()


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
