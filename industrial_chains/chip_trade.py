"""What China buys to make chips, and what those who sell it count.

Its sources are not held here; `pipeline.chip_trade` makes what :func:`stored` reads.
"""

import pandas as pd

from gvc import panel

BUYER = "CHN"
#: Headings of the Harmonized System: machines that make semiconductors and flat screens, with their parts; integrated
#: circuits.
GOODS = {"machines": 8486, "chips": 8542}


def stored() -> pd.DataFrame:
    """Read results of `pipeline.chip_trade`.

    Returns
    -------
    DataFrame
        Columns count, good, partner, year, months, value; million USD, current prices. `count` is

        - ``bought``: what China counts as imports by origin; ``WLD`` is all, ``CHN`` what China imports back;
        - ``sold``: what China counts as exports to all;
        - ``partners``: what a partner counts as exports to China, in as many months of the year.
    """
    return pd.read_csv(panel.DATA / "frontier" / "chips.csv")


def by_partner(count: str, good: str) -> pd.DataFrame:
    """Lay one count of a good out, year × partner; billion USD, whole years only.

    Parameters
    ----------
    count : {"bought", "sold", "partners"}
        As :func:`stored` has it.
    good : {"machines", "chips"}
    """
    rows = stored().query("count == @count and good == @good and months == 12")
    return rows.pivot(index="year", columns="partner", values="value") / 1000
