"""What customs and other offices count: China's trade by partner, markets of others, who invests in Indonesia, jobs.

``data/northeast_asia`` keeps it. It reaches further than tables of value added, and shows one side of a flow each.
"""

from typing import Literal

import pandas as pd

from industrial_chains import data

#: What stands below exhibits of each.
CUSTOMS = "General Administration of Customs of China, monthly bulletin of December, table 2."
SOLD = "IMF, International Merchandise Trade Statistics."
EMPLOYED = "GGDC/UNU-WIDER Economic Transformation Database (Kruse and others 2022)."
INVESTED = "Statistics Indonesia, Investment Realization, Foreign Investment by Country."
ANNOUNCED = "American Enterprise Institute and Heritage Foundation, China Global Investment Tracker, fall 2024."
Flow = Literal["both", "exports", "imports"]


def china_trade(flow: Flow) -> pd.DataFrame:
    """Return China's trade by partner and year, as its customs count it.

    Parameters
    ----------
    flow : {"both", "exports", "imports"}

    Returns
    -------
    DataFrame, year × partner
        Billion RMB at current prices, as first printed. A year that is not printed for a partner but stands before one
        that is follows from the printed growth, and is blank where there is none.
    """
    rows = data.table("china_customs").set_index(["year", "partner"])
    wide = rows[flow].unstack()
    before = (rows[flow] / (1 + rows[f"growth_{flow}"] / 100)).unstack()
    before.index = before.index - 1
    return wide.combine_first(before)


def china_trade_usd(flow: Flow) -> pd.DataFrame:
    """Return China's trade with some partners since 2020, as its customs count it, year × partner; billion USD."""
    return data.table("china_customs_usd").pivot(index="year", columns="partner", values=flow)


def years(reporter: str) -> list[int]:
    """Return the years of which a reporter's exports are known."""
    return sorted(map(int, data.table("markets").query("reporter == @reporter")["year"].unique()))


def exports_of(reporter: str, year: int) -> pd.Series:
    """Return exports of goods to the largest partners, by the reporter's own count; million USD.

    Parameters
    ----------
    reporter : str
    year : int

    Returns
    -------
    Series by partner
        The largest first; ``WLD`` is all.
    """
    rows = data.table("markets").query("reporter == @reporter and year == @year")
    return rows.set_index("partner")["value"].sort_values(ascending=False, kind="stable")
