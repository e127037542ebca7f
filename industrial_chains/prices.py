"""What a dollar buys of each currency, and prices of what each economy makes and exports, since 1995.

``data/northeast_asia/rates.csv`` keeps them, from 1995 to 2022, with their sources.
"""

from functools import cache
from typing import Literal

import pandas as pd

from gvc import economies as eco
from gvc import panel

#: What is held: units of currency per US dollar, the deflator of gross domestic product, the price of exports in
#: dollars, to 2018; and, for comparison, the rates of the Federal Reserve and of the European Central Bank.
Column = Literal["rate", "deflator", "export_price", "fed", "ecb"]
#: Whose price is meant: of a unit of currency, of what an economy adds, or of the goods that it exports.
Priced = Literal["currency", "value added", "exports"]
#: The rest of the world has no currency. It is taken to have the dollar and American prices.
DOLLAR = "USA"


@cache
def table(column: Column) -> pd.DataFrame:
    """Read one column of the file.

    Parameters
    ----------
    column : {"rate", "deflator", "export_price", "fed", "ecb"}

    Returns
    -------
    DataFrame, economy × year
        `rate`, `fed`, `ecb`: units of currency per US dollar, mean of the year; of an economy that has the euro today
        all years are in euros. `deflator`, `export_price`: 100 in 2011. Empty where the source has none: `fed` and
        `ecb` are there for main currencies, the euro's under Germany.
    """
    rows = pd.read_csv(panel.DATA / "northeast_asia" / "rates.csv", encoding="utf-8")
    return rows.pivot(index="economy", columns="year", values=column).rename_axis(index="origin")


@cache
def in_dollars(of: Priced) -> pd.DataFrame:
    r"""Return what something cost in US dollars, as an index.

    Parameters
    ----------
    of : {"currency", "value added", "exports"}
        A unit of the economy's currency; what it adds, by the deflator of its gross domestic product; its exports.

    Returns
    -------
    DataFrame, origin × year
        Of each origin in units of its own, so that only ratios of two years mean something. The rest of the world is
        there as :data:`DOLLAR`. Empty where the file is.

    Notes
    -----
    With e units of currency per dollar and P the deflator, :math:`1 / e` and :math:`P / e`.

    Examples
    --------
    >>> yen = in_dollars("currency").loc["JPN"]
    >>> print(f"{yen[2022] / yen[2011]:.2f}")
    0.61
    """
    if of == "exports":
        found = table("export_price")
    else:
        found = 1 / table("rate")
        found = found * table("deflator") if of == "value added" else found
    return pd.concat([found, found.loc[[DOLLAR]].rename(index={DOLLAR: eco.ROW})])
