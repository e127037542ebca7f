"""What China buys to make chips, and what those who sell it count.

Its sources are not held here; `chapters.frontier.chips_step` makes the file ``chips``.

The file has the columns count, good, partner, year, months and value; million USD at current prices, of as many months
of the year. :func:`by_partner` says what the counts are.
"""

import pandas as pd

from industrial_chains import data

BUYER = "CHN"
#: Headings of the Harmonized System: machines that make semiconductors and flat screens, with their parts; integrated
#: circuits.
GOODS = {"machines": 8486, "chips": 8542}


def by_partner(count: str, good: str) -> pd.DataFrame:
    """Lay one count of a good out, year × partner; billion USD, whole years only.

    Parameters
    ----------
    count : {"bought", "sold", "partners"}
        What China counts as imports by origin, where ``WLD`` is all and ``CHN`` what it imports back; as exports to
        all; or what a partner counts as exports to China.
    good : {"machines", "chips"}
    """
    rows = data.table("chips").query("count == @count and good == @good and months == 12")
    return rows.pivot(index="year", columns="partner", values="value") / 1000
